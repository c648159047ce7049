// What goes wrong on purpose with Glance's Presence, as an agent's bare page hears it.

import { connect, ID, test } from './agent-page.mjs';
import { expect, Viewer, viewerUrl } from './visitor.mjs';

/** Longer than an answer that comes takes. */
const NEVER_MS = 1_500;

/** How a promise stands after a while: its value, or `silence`. */
function orSilence(promise) {
  return Promise.race([
    promise,
    new Promise((resolve) => setTimeout(resolve, NEVER_MS, 'silence')),
  ]);
}

test.describe('Of Presence, on purpose', () => {
  test('an authorization is never answered', async ({ agentPage, sandbox }) => {
    await agentPage.open();
    await sandbox.control.scenario({ authorization: 'silent' });
    const { authorization_requests: before } = await sandbox.control.presence();
    expect(await orSilence(agentPage.authorize())).toBe('silence');
    const { authorization_requests: after } = await sandbox.control.presence();
    expect(after - before).toBe(1);
    await sandbox.control.scenario({ authorization: 'none' });
    expect(await agentPage.authorize()).toBeNull();
  });

  test('an authorization fails once, with a reason', async ({ agentPage, sandbox }) => {
    await agentPage.open();
    await sandbox.control.scenario({ authorization: 'flaky' });
    expect(await agentPage.authorize()).toMatch(/is busy/);
    expect(await agentPage.authorize()).toBeNull();
  });

  test('a connection is accepted and says nothing', async ({ agentPage, visitor, sandbox }) => {
    await sandbox.control.scenario({ connection: 'silent' });
    await agentPage.open();
    expect(await agentPage.authorize()).toBeNull();
    await agentPage.follow();
    expect(await orSilence(agentPage.connect())).toBe('silence');
    expect((await sandbox.control.presence()).agents.open).toBe(1);
    await visitor.open('/');
    await connect(visitor.page);
    expect(await agentPage.heard()).toEqual([]);
  });

  test('a connection of an older authorization is rejected after a newer one', async ({
    agentPage,
    sandbox,
  }) => {
    await sandbox.control.scenario({ connection: 'old_rejected' });
    await agentPage.open();
    await agentPage.watch();
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
    expect(await agentPage.heard()).toEqual([]);
    expect(await agentPage.authorize()).toBeNull();
    await expect.poll(() => agentPage.heard()).toEqual(['error authorization']);
    await agentPage.connect();
    expect(await agentPage.ask('lookupVisitor')).toEqual({ ok: {} });
    expect((await sandbox.control.presence()).agents.open).toBe(1);
  });

  test('a look-up is never answered, or is older than what the connection says', async ({
    agentPage,
    visitor,
    sandbox,
  }) => {
    await agentPage.open();
    await agentPage.watch();
    await sandbox.control.scenario({ lookup: 'silent' });
    expect(await orSilence(agentPage.ask('lookupVisitor'))).toBe('silence');
    await sandbox.control.scenario({ lookup: 'stale' });
    await visitor.open('/');
    const lookups = async () => (await sandbox.control.presence()).lookups;
    const before = await lookups();
    const answer = agentPage.ask('lookupVisitor');
    await expect.poll(lookups).toBe(before + 1);
    await connect(visitor.page);
    await expect.poll(() => agentPage.heard()).toContain('visitorconn true');
    expect(await answer, 'the visitor was not there yet').toEqual({ ok: {} });
  });

  test('methods throw, one at a time', async ({ agentPage, sandbox }) => {
    await sandbox.control.scenario({ agent_method: 'disconnect_throws' });
    await agentPage.open();
    await agentPage.watch();
    const disconnect = () => agentPage.page.evaluate(() => window.agent.disconnect());
    await expect(disconnect()).rejects.toThrow('disconnect failed');
    await sandbox.control.scenario({ agent_method: 'lookup_throws' });
    await expect(agentPage.ask('lookupVisitor')).rejects.toThrow('lookupVisitor failed');
    await sandbox.control.scenario({ agent_method: 'invoke_throws' });
    await expect(agentPage.showTerms()).rejects.toThrow('invokeVisitor failed');
    await sandbox.control.scenario({ agent_method: 'none' });
    await disconnect();
    await sandbox.control.scenario({ agent_method: 'connect_throws' });
    await expect(agentPage.connect()).rejects.toThrow('connect failed');
  });

  test('agents do not hear that a session has ended', async ({ agentPage, visitor, sandbox }) => {
    await sandbox.control.scenario({ session_end: 'lost' });
    await agentPage.open();
    await agentPage.watch();
    await visitor.open('/');
    await connect(visitor.page);
    await visitor.startSession(ID);
    await expect.poll(() => agentPage.heard()).toContain('visitorsessionstart');
    await visitor.endButton.click();
    await expect(visitor.page.getByText('You have ended the session.')).toBeVisible();
    await visitor.page.evaluate(() => window.presence.presence({ data: { last: 1 } }));
    await expect.poll(async () => (await agentPage.presenceHeard()).at(-1)?.last).toBe(1);
    expect(await agentPage.heard()).not.toContain('visitorsessionend');
  });
});

test.describe('Glance as an adversary', () => {
  /** What forty calls and forty signals come to. */
  async function hear({ agentPage, visitor, sandbox }, seed) {
    // Nobody of the run before is there any more.
    await visitor.page.goto('about:blank');
    await sandbox.control.reset();
    await sandbox.control.scenario({ glance: 'adversary', glance_seed: seed });
    await agentPage.open();
    await expect(async () => {
      expect(await orSilence(agentPage.authorize())).toBeNull();
    }).toPass();
    await agentPage.follow();
    const threw = await agentPage.page.evaluate(async () => {
      const threw = [];
      for (let i = 0; i < 40; i += 1) {
        try {
          await window.agent.lookupVisitor({});
        } catch {
          threw.push(i);
        }
      }
      return threw;
    });
    const connects = () => agentPage.page.evaluate(() => window.agent.connect());
    await expect(connects).toPass();
    const open = async () => (await sandbox.control.presence()).agents.open;
    await expect.poll(open).toBe(1);
    await visitor.open('/');
    await connect(visitor.page);
    for (let i = 0; i < 40; i += 1) {
      await visitor.page.evaluate((i) => window.presence.presence({ data: { i } }), i);
    }
    const { misdeeds } = await sandbox.control.presence();
    await sandbox.control.scenario({ glance: 'none' });
    const heard = async () => (await agentPage.presenceHeard()).map(({ i }) => i);
    const expectArrival = async (sign) => {
      await visitor.page.evaluate((i) => window.presence.presence({ data: { i } }), sign);
      await expect.poll(heard).toContain(sign);
    };
    await expectArrival('all are sent');
    // What is late comes all the same.
    await expect.poll(async () => (await sandbox.control.presence()).late).toBe(0);
    await expectArrival('all have come');
    return { threw, misdeeds, heard: (await heard()).filter((i) => typeof i === 'number') };
  }

  test('does the same for the same seed, and stops when it is told to', async ({
    agentPage,
    visitor,
    sandbox,
  }) => {
    const parties = { agentPage, visitor, sandbox };
    const first = await hear(parties, 5);
    const again = await hear(parties, 5);
    const other = await hear(parties, 6);
    expect(first.misdeeds).toBeGreaterThan(6);
    expect(first.threw).toHaveLength(6);
    expect(again.threw).toEqual(first.threw);
    expect(other.threw).not.toEqual(first.threw);
    const lost = ({ heard }) =>
      Array.from({ length: 40 }, (_, i) => i).filter((i) => !heard.includes(i));
    expect(lost(again)).toEqual(lost(first));
    for (let i = 0; i < 30; i += 1)
      expect(await agentPage.ask('lookupVisitor')).toHaveProperty('ok');
  });
});

test.describe('Glance’s viewer, on purpose', () => {
  test('is out of its opener’s reach', async ({ agentPage, sandbox }) => {
    await agentPage.open();
    const { page } = agentPage;
    const seemsClosed = async (policy) => {
      await sandbox.control.scenario({ viewer_coop: policy });
      const opened = page.context().waitForEvent('page');
      await page.evaluate(
        (url) => {
          window.viewer = window.open(url);
        },
        viewerUrl(sandbox.origins, ID),
      );
      const viewer = await opened;
      await expect(new Viewer(viewer).waits).toBeVisible();
      const closed = await page.evaluate(() => window.viewer.closed);
      await viewer.close();
      return closed;
    };
    for (const policy of ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups']) {
      expect(await seemsClosed(policy), policy).toBe(true);
    }
    expect(await seemsClosed('none')).toBe(false);
  });

  test('is out of reach of a desktop that keeps to itself', async ({ agentPage, sandbox }) => {
    const { page } = agentPage;
    const header = async () => {
      const { headers } = await fetch(`${sandbox.origins.desktop}/`);
      return headers.get('cross-origin-opener-policy');
    };
    expect(await header()).toBeNull();
    await sandbox.control.scenario({ desktop_coop: 'same-origin' });
    expect(await header()).toBe('same-origin');
    // Without Flex, which has nothing to do with it.
    await page.route('**/flex.js', (route) => route.fulfill({ body: '' }));
    await page.goto(`${sandbox.origins.desktop}/`);
    const opened = page.context().waitForEvent('page');
    await page.evaluate(
      (url) => {
        window.viewer = window.open(url);
      },
      viewerUrl(sandbox.origins, ID),
    );
    const viewer = await opened;
    await expect(new Viewer(viewer).waits).toBeVisible();
    expect(await page.evaluate(() => window.viewer.closed)).toBe(true);
  });

  test('navigates the page around it, unless the frame is sandboxed', async ({
    agentPage,
    sandbox,
  }) => {
    await sandbox.control.scenario({ viewer: 'navigates' });
    const { page } = agentPage;
    const frame = async (attributes) => {
      await page.goto(`${sandbox.origins.desktop}/desktop.css`);
      const all = { src: viewerUrl(sandbox.origins, ID), name: 'viewer', ...attributes };
      await page.evaluate((attributes) => {
        const frame = document.createElement('iframe');
        for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
        document.body.replaceChildren(frame);
      }, all);
      const root = page.frameLocator('iframe');
      await expect(root.locator('body[data-attempts="by-itself"]')).toBeVisible();
      return new Viewer(root);
    };
    const holding = await frame({ sandbox: 'allow-scripts allow-same-origin allow-popups' });
    await holding.waits.click();
    const attempts = 'body[data-attempts="by-itself after-a-click"]';
    await expect(holding.root.locator(attempts)).toBeVisible();
    await expect(holding.waits).toBeVisible();
    expect(page.url()).toBe(`${sandbox.origins.desktop}/desktop.css`);
    const open = await frame({});
    await open.waits.click();
    await expect(page).toHaveURL(/glance\.localhost:\d+\/agentjoin\/login-to-flex\?after-a-click/);
    await expect(page.getByText('has taken the place of Flex')).toBeVisible();
  });
});
