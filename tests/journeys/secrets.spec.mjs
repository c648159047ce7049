import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { anyOf, text } from './texts.mjs';

// The sandbox's own, see sandbox/src/common/account.rs.
const API_KEY = 'sandbox-glance-api-key';

const FAULTS = [
  { function: 'forbidden' },
  { function: 'error' },
  { function: 'garbage' },
  { function: 'down' },
  { login_key: 'expired' },
  { login_key: 'published' },
  { login_key: 'unknown_user' },
];

test(
  'with debugmode on every step is logged, and no secret is shown, logged or stored',
  OWN_FLEX,
  async ({ agent }) => {
    const log = [];
    agent.context.on('console', (message) => log.push(`${message.type()} ${message.text()}`));
    const keys = new Set();
    agent.context.on('response', async (response) => {
      if (response.request().method() !== 'POST' || !response.url().endsWith('/getloginkey'))
        return;
      const reply = await response.json().catch(() => ({}));
      if (reply.loginKey) keys.add(reply.loginKey);
    });
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ popups: 'blocked', settings: { debugmode: true } });
    const token = await agent.page.evaluate(
      () => JSON.parse(localStorage.getItem('TWILIO_FLEX_SSO')).token,
    );
    const flexsOwn = await storedWith(agent, token);
    await agent.select('Alice');
    const close = agent.header.button('close_viewer', 'dismiss', 'cancel');
    const status = agent.header.status;
    let shown = '';

    await agent.control.scenario({ function: 'slow' });
    await agent.button.click();
    await expect(status).toHaveText(text('getting_key'));
    shown += await everythingShown(agent);
    await close.click();

    for (const fault of FAULTS) {
      await agent.control.scenario({ function: 'none', login_key: 'none', ...fault });
      await agent.button.click();
      await expect(close.first()).toBeVisible();
      await expect(status).not.toHaveText(anyOf(['getting_key', 'loading']));
      shown += await everythingShown(agent);
      await close.first().click();
      await expect(close).toHaveCount(0);
    }
    await agent.control.scenario({ login_key: 'none' });
    await agent.button.click();
    await expect(status).toHaveText(text('viewer_open'));
    await agent.panel.button('open_in_tab').click();
    await expect(agent.header.link('open_viewer')).toBeVisible();
    shown += await everythingShown(agent);
    await agent.header.button('cancel').click();
    await expect(status).toHaveText(text('viewer_open'));
    await close.click();

    expect(keys.size, 'login keys that came').toBeGreaterThanOrEqual(2);
    expect(token.length).toBeGreaterThan(20);
    for (const secret of [...keys, token, API_KEY]) {
      expect(log.filter((line) => holds(line, secret))).toEqual([]);
      expect(holds(shown, secret), 'shown').toBe(false);
      const stored = await storedWith(agent, secret);
      expect(stored.filter((name) => !flexsOwn.includes(name))).toEqual([]);
    }

    const steps = log.filter((line) => line.includes(' flex-glance: ')).join('\n');
    for (const step of [
      'start -> idle, fetching the key',
      'login key -> idle, viewer open in the panel',
      'frame loaded -> idle, viewer open in the panel',
      'end session -> idle, no viewer',
      'login key failed -> idle, failed',
      'dismiss -> idle, no viewer',
      'cancel -> idle, no viewer',
    ]) {
      expect(steps).toContain(step);
    }
    expect(steps, 'no id in the log').not.toMatch(/alice-1|WR[0-9a-f]{8}/);
  },
);

/** Whether a text holds a secret as it is, percent-encoded, or in part. */
function holds(text, secret) {
  const signature = secret.slice(-20);
  return [secret, encodeURIComponent(secret), signature].some((form) => text.includes(form));
}

/** Where the page keeps a secret: the names in its storages, its title, its address. */
async function storedWith(agent, secret) {
  const places = await agent.page.evaluate(() => [
    ...Object.entries({ ...localStorage }),
    ...Object.entries({ ...sessionStorage }),
    ['title', document.title],
    ['address', location.href],
  ]);
  return places.filter(([, text]) => holds(text, secret)).map(([name]) => name);
}

/** Text, titles and labels of every component on the page, and of the page around them. */
function everythingShown(agent) {
  return agent.page.evaluate(() => {
    const words = [document.body.innerText];
    for (const { shadowRoot } of document.querySelectorAll('.flex-glance')) {
      words.push(shadowRoot.textContent);
      for (const element of shadowRoot.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          if (!['src', 'href'].includes(name)) words.push(`${name}=${value}`);
        }
      }
    }
    return words.join('\n');
  });
}
