import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectWaiting, frame, opened, parameters, watchViewers } from './viewers.mjs';

const HOUR_MS = 3_600_000;

const BAD_KEYS = [
  ['malformed', text('failed_malformed_key')],
  ['expired', text('failed_key_lifetime')],
  ['long_lived', text('failed_key_lifetime')],
];

test.describe('The login key', () => {
  test.beforeEach(async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
  });

  test('opens the next task’s viewer in the panel within the click, without a request', async ({
    agent,
  }) => {
    await agent.start();
    const requests = watchKeys(agent);
    await join(agent, 'Alice', 'alice-1');
    await agent.select('Bob');
    const frames = await agent.button.evaluate(async (button) => {
      button.click();
      // As long as only microtasks run, the browser is still in the task of the click.
      for (let i = 0; i < 50; i += 1) await null;
      const inside = (root) =>
        [...root.querySelectorAll('*')].flatMap((element) => [
          element,
          ...(element.shadowRoot ? inside(element.shadowRoot) : []),
        ]);
      return inside(document).filter(({ src }) => String(src).includes('SessionKey=bob-1')).length;
    });
    expect(frames).toBe(1);
    await expectWaiting(agent.viewerFrame('bob-1'), 'bob-1');
    expect(requests).toHaveLength(1);
  });

  for (const openlocation of ['tab', 'window']) {
    test(`opens the next task’s viewer in a ${openlocation} without a request`, async ({
      agent,
    }) => {
      await agent.start({ settings: { openlocation } });
      const requests = watchKeys(agent);
      for (const [name, key] of [
        ['Alice', 'alice-1'],
        ['Bob', 'bob-1'],
      ]) {
        await agent.select(name);
        await expectWaiting(await opened(agent, () => agent.button.click()), key);
      }
      expect(requests).toHaveLength(1);
    });
  }

  test('is asked for once by two clicks at once, and giving one of them up leaves the other', async ({
    agent,
  }) => {
    await agent.start();
    for (const givesUp of [false, true]) {
      const requests = watchKeys(agent);
      const release = await holdKeys(agent);
      await agent.control.scenario({ login_key: 'short_lived' });
      for (const name of ['Alice', 'Bob']) {
        await agent.select(name);
        await agent.button.click();
        await expect(agent.header.status).toHaveText(text('getting_key'));
      }
      await agent.select('Alice');
      if (givesUp) await agent.header.button('cancel').click();
      await release();
      if (!givesUp) await closeViewer(agent, 'alice-1');
      await agent.select('Bob');
      await closeViewer(agent, 'bob-1');
      await expect(frame(agent, 'alice-1')).toHaveCount(0);
      expect(requests).toHaveLength(1);
    }
  });

  test('that runs out soon is used once and asked for anew', async ({ agent }) => {
    await agent.start({ login_key: 'short_lived' });
    const requests = watchKeys(agent);
    await join(agent, 'Alice', 'alice-1');
    await join(agent, 'Bob', 'bob-1');
    expect(requests).toHaveLength(2);
  });

  for (const [how, off_ms] of [
    ['ahead', 3 * HOUR_MS],
    ['behind', -3 * HOUR_MS],
  ]) {
    test(
      `is held as long as it is good where the page’s clock is three hours ${how}`,
      OWN_FLEX,
      async ({ agent }) => {
        await agent.context.clock.install();
        await agent.start();
        const requests = watchKeys(agent);
        const clock = (after_ms) => agent.page.clock.setSystemTime(Date.now() + off_ms + after_ms);
        await clock(0);
        await join(agent, 'Alice', 'alice-1');
        await clock(HOUR_MS - 120_000);
        await join(agent, 'Bob', 'bob-1');
        expect(requests).toHaveLength(1);

        await closeViewer(agent, 'bob-1');
        await clock(HOUR_MS - 30_000);
        await join(agent, 'Bob', 'bob-1');
        expect(requests).toHaveLength(2);
      },
    );
  }

  test('comes by itself once a service is back that was unavailable', async ({ agent }) => {
    await agent.start({ function: 'unavailable' });
    const requests = watchKeys(agent);
    await agent.select('Alice');
    const refused = agent.page.waitForResponse((response) => response.status() === 503);
    await agent.button.click();
    await refused;
    await expect(agent.header.status).toHaveText(text('getting_key'));
    await agent.control.scenario({ function: 'none' });
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    expect(requests.length).toBeGreaterThan(1);
  });

  test('is asked for with the token of the moment, each time', OWN_FLEX, async ({ agent }) => {
    await agent.start({ function: 'unavailable' });
    const requests = watchKeys(agent);
    await agent.select('Alice');
    const refused = agent.page.waitForResponse((response) => response.status() === 503);
    await agent.button.click();
    await refused;
    await agent.page.evaluate(() => {
      const { session } = Twilio.Flex.Manager.getInstance().store.getState().flex;
      session.ssoTokenPayload = { ...session.ssoTokenPayload, token: 'renewed-token' };
    });
    await agent.control.scenario({ function: 'none' });
    await expect(agent.header.alert).toContainText(text('failed_refused', { status: 403 }));
    const tokens = requests.map((request) => body(request).get('Token'));
    expect(tokens.length).toBeGreaterThan(1);
    expect(tokens[0]).not.toBe('renewed-token');
    expect(tokens.at(-1)).toBe('renewed-token');
  });

  for (const [fault, sentence] of [
    ['forbidden', text('failed_refused', { status: 403 })],
    ['error', text('failed_fault', { status: 500 })],
    ['garbage', text('failed_unreadable')],
  ]) {
    test(`is not asked for again by itself after “${fault}”`, async ({ agent }) => {
      await agent.start({ function: fault });
      const requests = watchKeys(agent);
      await agent.select('Alice');
      await agent.button.click();
      await expect(agent.header.alert).toContainText(sentence);
      expect(requests).toHaveLength(1);
    });
  }

  test('that is no good opens no viewer, and the agent is told what to do', async ({ agent }) => {
    await agent.start();
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    const message = agent.header.alert;
    for (const [fault, sentence] of BAD_KEYS) {
      await agent.control.scenario({ login_key: fault });
      await agent.button.click();
      await expect(message).toContainText(sentence);
      await agent.header.message.button('dismiss').click();
    }
    expect(viewers).toHaveLength(0);

    await agent.button.click();
    await expect(message).toContainText(BAD_KEYS.at(-1)[1]);
    await agent.control.scenario({ login_key: 'none' });
    await agent.header.message.button('try_again').click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
  });

  test('goes with the partner user ID that it was signed for', OWN_FLEX, async ({ agent }) => {
    await agent.start({ login_key: 'plain_user' });
    const viewers = watchViewers(agent);
    const requests = watchKeys(agent);
    await join(agent, 'Alice', 'alice-1');
    expect(body(requests[0]).get('partneruserid')).toBe('maria_40example_2Ecom');
    expect(parameters(viewers[0].url()).partneruserid).toBe('maria@example.com');
  });

  test('of the Function that Twilio publishes is taken, for the puid that was asked', async ({
    agent,
  }) => {
    await agent.start({ login_key: 'published' });
    const viewers = watchViewers(agent);
    const requests = watchKeys(agent);
    await join(agent, 'Alice', 'alice-1');
    await join(agent, 'Bob', 'bob-1');
    for (const viewer of viewers) {
      expect(parameters(viewer.url()).partneruserid).toBe('maria_40example_2Ecom');
    }
    expect(viewers).toHaveLength(2);
    expect(requests).toHaveLength(1);
  });

  test('that presence has is the one that a click uses', async ({ agent }) => {
    const requests = watchKeys(agent);
    await agent.start({ settings: { presence: true } });
    await agent.select('Alice');
    await expect(agent.header.status).toHaveText(text('visitor_away'));
    await agent.header.button('have_key').click();
    await agent.header.keyForm.field.fill('typed-1');
    await agent.header.keyForm.join.click();
    await expectWaiting(agent.viewerFrame('typed-1'), 'typed-1');
    expect(requests).toHaveLength(1);
  });

  test('that presence finds refused is replaced once, without the agent', async ({ agent }) => {
    const requests = watchKeys(agent);
    await agent.start({ settings: { presence: true } });
    await agent.select('Alice');
    await expect(agent.header.status).toHaveText(text('visitor_away'));
    expect(requests).toHaveLength(1);

    // Glance knows the agent by another name from now on.
    await agent.control.scenario({ login_key: 'plain_user' });
    await agent.control.expireAuthorizations();
    const retry = agent.header.button('retry_presence');
    await retry.click();
    await expect(agent.header.status).toHaveText(text('visitor_away'));
    await expect(retry).toBeHidden();
    expect(requests).toHaveLength(2);

    // A new one that is refused as well is not replaced.
    await agent.control.scenario({ login_key: 'unknown_user' });
    await agent.control.expireAuthorizations();
    await retry.click();
    await expect.poll(() => requests.length).toBe(3);
    await expect(retry).toBeVisible();
    expect(requests).toHaveLength(3);
  });
});

/** The key requests from now on, in order. */
function watchKeys(agent) {
  const requests = [];
  agent.context.on('request', (request) => {
    if (request.method() === 'POST' && isKey(request.url())) requests.push(request);
  });
  return requests;
}

function isKey(url) {
  return new URL(url).pathname === '/getloginkey';
}

/** Keeps key requests on their way, until the returned function is called. */
async function holdKeys(agent) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await agent.page.route(isKey, async (route) => {
    await released;
    // One that was given up meanwhile cannot go on.
    await route.continue().catch(() => {});
  });
  return async () => {
    release();
    await agent.page.unroute(isKey);
  };
}

function body(request) {
  return new URLSearchParams(request.postData());
}

async function join(agent, name, key) {
  await agent.select(name);
  await agent.button.click();
  await expectWaiting(agent.viewerFrame(key), key);
}

async function closeViewer(agent, key) {
  await expectWaiting(agent.viewerFrame(key), key);
  await agent.header.button('close_viewer').click();
  await expect(frame(agent, key)).toHaveCount(0);
}
