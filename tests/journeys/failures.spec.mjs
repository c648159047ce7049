import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';

const FUNCTION_FAULTS = [
  ['forbidden', text('failed_refused', { status: 403 })],
  ['garbage', text('failed_unreadable')],
  ['down', text('failed_network')],
  ['error', text('failed_fault', { status: 500 })],
];

test.describe('When something goes wrong', () => {
  test('every failure of the login-key service is told, and Try again works once it is over', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    // A key that lasts would be used again.
    await agent.start({ login_key: 'short_lived' });
    await agent.select('Alice');
    const message = agent.header.alert;

    for (const [fault, sentence] of FUNCTION_FAULTS) {
      await agent.control.scenario({ function: fault });
      await agent.button.click();
      await expect(message).toContainText(sentence);
      await agent.header.message.button('dismiss').click();
      await expect(message).toBeHidden();

      await agent.button.click();
      await expect(message).toContainText(sentence);
      await agent.control.scenario({ function: 'none' });
      await agent.header.message.button('try_again').click();
      await expect(waiting(agent)).toBeVisible();
      await expect(message).toBeHidden();
      await agent.header.button('close_viewer').click();
      await expect(agent.page.locator('iframe[src*="AgentView"]')).toHaveCount(0);
    }
    expect(agent.errors).toEqual([]);
  });

  test('without a login key the agent can sign in to Glance in a tab', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ function: 'error' });
    await agent.select('Alice');
    await agent.button.click();

    const opened = agent.context.waitForEvent('page');
    await agent.header.button('sign_in').click();
    const tab = await opened;
    await expect(tab.getByRole('alert')).toHaveText('Sign in to view this session.');
    const parameters = Object.fromEntries(new URL(tab.url()).searchParams);
    expect(parameters).toEqual({ SessionKey: 'alice-1', Wait: '1' });
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(agent.header.alert).toBeHidden();
  });

  test('what Glance refuses is said in its frame, and the agent can close it and join again', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ login_key: 'unknown_user' });
    await agent.select('Alice');
    await agent.button.click();
    await expect(agent.viewerFrame('alice-1').getByRole('alert')).toHaveText(
      'The partner user ID was not found in this group.',
    );
    await expect(agent.panel.button('open_in_tab')).toBeVisible();

    await agent.control.scenario({ login_key: 'none' });
    await agent.header.button('close_viewer').click();
    await agent.button.click();
    await expect(waiting(agent)).toBeVisible();
  });

  test(
    'a silent service is given up after 10 seconds, a silent viewer moves to a tab after 20',
    OWN_FLEX,
    async ({ agent }) => {
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.context.clock.install();
      await agent.start({ function: 'slow' });
      await agent.select('Alice');
      const message = agent.header.alert;
      const status = agent.header.status;

      const asked = agent.page.waitForRequest((request) => request.url().endsWith('/getloginkey'));
      await agent.button.click();
      const request = await asked;
      await agent.context.clock.fastForward(8_000);
      await expect(status).toHaveText(text('getting_key'));
      await expect(message).toBeHidden();
      await agent.context.clock.fastForward(2_000);
      await expect(message).toContainText(text('failed_timeout'));
      await expect.poll(() => request.failure()?.errorText).toContain('ABORTED');

      await agent.control.scenario({ function: 'none', viewer: 'never_loads' });
      await agent.header.message.button('try_again').click();
      await expect(status).toHaveText(text('loading'));
      await agent.context.clock.fastForward(15_000);
      await expect(message).toBeHidden();
      await agent.context.clock.fastForward(5_000);
      await expect(message).toContainText(text('frame_slow'));

      await agent.control.scenario({ viewer: 'none' });
      const opened = agent.context.waitForEvent('page');
      await agent.header.message.button('open_in_tab').click();
      await expect((await opened).getByText('Waiting for the visitor')).toBeVisible();
      await expect(agent.page.locator('iframe[src*="AgentView"]')).toHaveCount(0);
      await expect(message).toBeHidden();
    },
  );

  test(
    'a literal token that is refused is replaced once by the one that Flex holds',
    OWN_FLEX,
    async ({ agent }) => {
      const tokens = [];
      agent.context.on('request', (request) => {
        if (request.method() !== 'POST' || !request.url().endsWith('/getloginkey')) return;
        tokens.push(new URLSearchParams(request.postData()).get('Token'));
      });
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.start({
        plugin: 'forms',
        login_key: 'short_lived',
        settings: { form: 'header', authtoken: 'stale-token' },
      });
      const current = await agent.page.evaluate(
        () => JSON.parse(localStorage.getItem('TWILIO_FLEX_SSO')).token,
      );
      await agent.select('Alice');
      await agent.button.click();
      await expect(waiting(agent)).toBeVisible();
      expect(tokens).toEqual(['stale-token', current]);

      await agent.header.button('close_viewer').click();
      await agent.control.scenario({ function: 'forbidden' });
      await agent.button.click();
      await expect(agent.header.alert).toContainText(text('failed_refused', { status: 403 }));
      expect(tokens.slice(2)).toEqual(['stale-token', current]);
    },
  );

  test(
    'where WebAssembly is missing or refused the slot says so and Flex goes on',
    OWN_FLEX,
    async ({ agent }) => {
      await agent.context.addInitScript(() => {
        const real = window.WebAssembly;
        const refuse = () => Promise.reject(new Error('refused by policy'));
        window.webAssembly = {
          remove: () => delete window.WebAssembly,
          refuse: () =>
            (window.WebAssembly = Object.assign(Object.create(real), { compile: refuse })),
          restore: () => (window.WebAssembly = real),
        };
        window.webAssembly.remove();
      });
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.control.task('Bob');
      await agent.start();
      await agent.select('Alice');
      const status = agent.header.status;
      const again = agent.header.button('try_again');
      await expect(status).toContainText(text('no_wasm'));
      await expect(again).toBeVisible();
      const slot = agent.page.locator('.Twilio-TaskCanvasHeader');
      const [{ y, height }, own] = [
        await slot.boundingBox(),
        await agent.header.root.boundingBox(),
      ];
      expect(own.y, 'top of the message').toBeGreaterThanOrEqual(y);
      expect(own.y + own.height, 'bottom of the message').toBeLessThanOrEqual(y + height);
      await expect(agent.panel.root, 'the panel has nothing to say').toHaveCount(0);

      await agent.page.evaluate(() => window.webAssembly.refuse());
      await again.click();
      await expect(status).toContainText(text('no_wasm'));

      await agent.select('Bob');
      await expect(slot.getByRole('heading', { name: 'Bob' })).toBeVisible();
      await agent.select('Alice');
      await expect(slot.getByRole('heading', { name: 'Alice' })).toBeVisible();
      expect(agent.errors).toEqual([]);

      await agent.page.evaluate(() => window.webAssembly.restore());
      await again.click();
      await agent.button.click();
      await expect(waiting(agent)).toBeVisible();
      await expect(agent.panel.button('close_viewer')).toBeVisible();
    },
  );
});

function waiting(agent) {
  return agent.viewerFrame('alice-1').getByText('Waiting for the visitor');
}
