import { AxeBuilder } from '@axe-core/playwright';

import { expect, test } from './fixtures.mjs';

// The sandbox's own, see sandbox/src/account.rs.
const API_KEY = 'sandbox-glance-api-key';

/** How the desktop starts for each fault, unless it says otherwise. */
const ADMIN = { agent_role: 'admin', plugin: 'forms' };
const SETTINGS = { form: 'changing', with_doctor: true, presence: true };
const ALICE = { glance_visitor_id: 'alice-1' };
const IN_ORDER = { function: 'none', login_key: 'none', flex_token: 'none' };

/**
 * Each fault, and the one finding that it must be told by: `[what is wrong, how it comes about, the
 * finding's check, its status, words of what was seen, words of the fix]`.
 *
 * How it comes about: `scenario`, `settings` and `props` (functions that the page makes), `attributes`
 * of the task, the Function's `answer`, `before` and `after` the desktop starts.
 */
const FAULTS = [
  // Settings
  [
    'a group ID that is no number',
    { settings: { groupid: 'abc' } },
    ['settings.groupid', 'error', 'groupid is "abc"', 'Group ID in the Glance portal'],
  ],
  [
    'an environment that does not exist',
    { settings: { glancebaseurl: 'prod' } },
    [
      'settings.environment',
      'error',
      'glancebaseurl is "prod"',
      'Set glancebaseurl to "production"',
    ],
  ],
  [
    'an address without https',
    { settings: { authurl: 'http://example.com/getloginkey' } },
    ['settings.authurl', 'error', 'which is not https', 'Set authurl to the https address'],
  ],
  [
    'a host that is none',
    { settings: { hosts: { web: 'ftp://glance.example' } } },
    [
      'settings.hosts.web',
      'error',
      'hosts.web is "ftp://glance.example"',
      'Set hosts.web to a host name',
    ],
  ],
  [
    'a prop of a wrong type',
    { settings: { immediatetab: 'yes' } },
    [
      'settings.immediatetab',
      'error',
      'immediatetab is a text',
      'Set immediatetab to true or false',
    ],
  ],
  [
    'a Partner UID that is no text',
    { settings: { puid: 42 } },
    ['settings.puid', 'error', 'puid is a number', 'Set puid to manager.user.identity'],
  ],
  [
    'a Partner UID function that gives nothing',
    { props: () => ({ puid: () => undefined }) },
    ['settings.puid', 'error', 'puid gives no text', 'Set puid to manager.user.identity'],
  ],

  // The token
  [
    'a token function that gives nothing',
    { props: () => ({ authtoken: () => undefined }) },
    ['token.present', 'error', 'authtoken gives no text', 'Leave authtoken out'],
  ],
  [
    'a token function that throws',
    {
      props: () => ({
        authtoken() {
          throw new Error('no manager');
        },
      }),
    },
    ['token.present', 'error', 'authtoken gives no text', 'Leave authtoken out'],
  ],
  [
    'a fixed token that has run out',
    { settings: { authtoken: 'an-old-token-of-last-week' } },
    ['token.fixed', 'warning', 'authtoken is a fixed text', 'Leave authtoken out'],
  ],
  [
    'a token that Twilio refuses',
    { scenario: { flex_token: 'expired' } },
    ['function.token', 'error', 'Twilio refused the Flex token', 'Log in to Flex again'],
  ],
  [
    'a Flex session that is over',
    { scenario: { flex_token: 'expired' }, after: (agent) => agent.page.evaluate(endSession) },
    ['token.expired', 'error', "Flex's session ended", 'Log out of Flex and in again'],
  ],

  // The Function
  [
    'a Function that cannot be reached',
    { scenario: { function: 'down' } },
    ['function.reachable', 'error', 'without an answer', 'Check the address and the network'],
  ],
  [
    'a Function that another origin may read',
    {
      answer: (agent) =>
        alter(agent, ({ headers }) => {
          headers['access-control-allow-origin'] = 'https://flex.twilio.com';
        }),
    },
    ['function.cors', 'error', 'The browser hid the answer', 'ALLOWED_ORIGINS'],
  ],
  [
    'a Function that answers 401: it is not public',
    { answer: (agent) => replace(agent, { status: 401, body: 'Unauthorized' }) },
    ['function.address', 'error', 'status 401', 'Set the Function to Public'],
  ],
  [
    'a published Function that answers 403',
    { scenario: { function: 'forbidden' } },
    ['function.token', 'error', 'Twilio refused the Flex token', 'Log in to Flex again'],
  ],
  [
    'a Function with a variable that is not set',
    { scenario: { function: 'error' } },
    ['function.settings', 'error', 'GLANCE_EXPIRATION', 'Set GLANCE_EXPIRATION'],
  ],
  [
    'a Function that cannot ask Twilio',
    {
      answer: (agent) =>
        replace(agent, {
          status: 503,
          json: { error: { code: 'validator_unavailable', message: 'Try again.' } },
        }),
    },
    ['function.validator', 'error', 'could not ask Twilio', 'Try again in a few seconds'],
  ],
  [
    'a sign-in page in place of the Function',
    { scenario: { function: 'garbage' } },
    ['function.reply', 'error', 'a web page', 'no sign-in page or proxy'],
  ],
  [
    'a Function that does not exist',
    { answer: (agent) => replace(agent, { status: 404, body: 'not found' }) },
    ['function.address', 'error', '404', 'Copy URL'],
  ],
  [
    "the vendor's Function, which tells the API key",
    {
      answer: (agent) =>
        alter(agent, ({ json }) => {
          json.apiKey = 'canary-api-key';
          delete json.partnerUserId;
        }),
    },
    ['function.api_key_exposed', 'error', 'carries the Glance API key', 'change the API key'],
  ],
  [
    'a Function of another group',
    { answer: (agent) => alter(agent, ({ json }) => (json.groupId = '72')) },
    ['function.groupid', 'error', 'for group 72', 'GLANCE_GROUP_ID'],
  ],
  [
    'a key that is no login key',
    { answer: (agent) => alter(agent, ({ json }) => (json.loginKey = 'canary')) },
    ['key.form', 'error', 'does not begin with $1$', 'getloginkey.js'],
  ],
  [
    'a login key that has run out',
    { scenario: { login_key: 'expired' } },
    ['key.expired', 'error', 'ran out', 'GLANCE_EXPIRATION'],
  ],
  [
    'a key that is signed for somebody else',
    {
      answer: (agent) => alter(agent, ({ json }) => (json.partnerUserId = 'john_40example_2Ecom')),
    },
    ['identity.match', 'warning', 'signed for "john_40example_2Ecom"', 'Partner UID'],
  ],
  [
    'a clock that is two hours ahead',
    { before: (agent) => agent.context.addInitScript(setClock, 2 * 60 * 60 * 1000) },
    ['clock.skew', 'warning', 'seconds ahead of', 'set the time by itself'],
  ],

  // The task
  [
    'a task without a visitor',
    { attributes: {} },
    ['visitor.id', 'warning', 'names no visitor', 'npx flex-glance studio'],
  ],
  [
    'a visitor ID under another name',
    { attributes: { glanceVisitorId: 'alice-1' } },
    ['visitor.id', 'warning', 'It has "glanceVisitorId"', 'Rename the attribute'],
  ],
  [
    'a visitor ID that is no session key',
    { attributes: { glance_visitor_id: 'alice@example.com' } },
    ['visitor.id', 'error', 'it has the character "@"', 'Set glance_visitor_id'],
  ],
  [
    'a visitor ID that is no text',
    { attributes: { glance_visitor_id: ['alice-1'] } },
    ['visitor.id', 'error', 'it is an array', 'Set glance_visitor_id'],
  ],

  // Presence
  [
    'a blocked presence script',
    { scenario: { presence_script: 'blocked' } },
    ['presence.script', 'error', 'ad blocker', 'Allow'],
  ],
  [
    'a script that the browser refuses by itself',
    {
      before: (agent) =>
        agent.context.route('**/CobrowseJS.ashx*', (route) => route.abort('blockedbyclient')),
    },
    ['presence.script', 'error', 'ad blocker', 'Allow'],
  ],
  [
    "a script that the page's policy refuses",
    { before: (agent) => withPolicy(agent, "script-src 'self' 'unsafe-eval' 'unsafe-inline'") },
    ['presence.script', 'error', '(script-src) refuses', 'to script-src'],
  ],
  [
    'a presence host that the policy refuses',
    {
      settings: (origins) => ({
        hosts: hosts(origins, { presence: 'http://presence.localhost:9' }),
      }),
    },
    ['hosts.presence', 'error', '(connect-src) refuses', 'to connect-src'],
  ],
  [
    'a presence host that is not there',
    {
      settings: (origins) => ({ hosts: hosts(origins, { presence: origins.function }) }),
      before: ({ context, origins }) =>
        context.route(`${origins.function}/`, (route) => route.abort()),
    },
    ['hosts.presence', 'error', 'cannot be reached', 'firewall or proxy'],
  ],
  [
    'an agent without leave to use presence',
    { scenario: { authorization: 'refused' } },
    ['presence.authorized', 'error', 'no current subscription', 'Partner UID'],
  ],
  [
    'a page that presence does not trust',
    { scenario: { agent_origin: 'untrusted' } },
    ['presence.origin', 'error', 'refuses to look a visitor up', 'trusted agent origins'],
  ],

  // The browser and the panel
  [
    'WebAssembly that is missing',
    { before: (agent) => agent.context.addInitScript(() => delete window.WebAssembly) },
    ['browser.webassembly', 'error', 'has no WebAssembly', 'Use a browser'],
  ],
  [
    'WebAssembly that is refused',
    { before: (agent) => agent.context.addInitScript(refuseWebAssembly) },
    ['browser.webassembly', 'error', 'refuses to compile', 'security mode'],
  ],
  [
    'a site that the portal does not list',
    { scenario: { viewer: 'unlisted' } },
    ['viewer.frame', 'error', 'does not show in a frame', 'CRM and Chat Integration'],
  ],
  [
    'a viewer that never comes',
    { scenario: { viewer: 'never_loads' } },
    ['viewer.frame', 'error', 'within 10 seconds', 'set openlocation to "tab"'],
  ],
  [
    "a viewer that the page's policy refuses",
    { before: (agent) => withPolicy(agent, "frame-src 'self'; object-src 'self'") },
    ['viewer.frame', 'error', '(frame-src) refuses', 'to frame-src'],
  ],
];

test.describe('The doctor', () => {
  test('finds nothing wrong where everything is in order, and tells no secret', async ({
    agent,
  }) => {
    await start(agent);
    const report = await diagnose(agent);
    expect(faults(report)).toEqual([]);
    expect(unknowns(report)).toEqual([]);
    expect(report.findings.length).toBeGreaterThan(25);
    for (const finding of report.findings) expect(finding.why, finding.check).toMatch(/\.$/);
    expect(agent.errors).toEqual([]);
  });

  for (const [fault, how, finding] of FAULTS.filter((row) => !isAnyTime(row))) {
    test(`tells ${fault}, and nothing else`, async ({ agent }) => {
      await start(agent, how);
      await expectTold(agent, finding);
    });
  }

  // One after another on one page, since Flex takes its time to start.
  test('tells each fault that begins and ends while Flex runs, and nothing else', async ({
    agent,
  }) => {
    test.slow();
    const task = await start(agent);
    for (const [fault, how, finding] of FAULTS.filter(isAnyTime)) {
      await test.step(fault, async () => {
        await begin(agent, task, how);
        await expectTold(agent, finding);
        await agent.context.unroute('**/getloginkey');
        await begin(agent, task, { scenario: IN_ORDER, attributes: ALICE, props: () => null });
      });
    }
  });
});

test.describe('The doctor’s panel', () => {
  test('opens and closes by keyboard for an administrator, and gives the focus back', async ({
    agent,
  }) => {
    await start(agent, { scenario: { function: 'error' } });
    const button = agent.page.getByRole('button', { name: 'Check set-up' });
    await agent.header.getByRole('button', { name: 'Have a key?' }).focus();
    await agent.page.keyboard.press('Tab');
    await expect(button).toBeFocused();
    await agent.page.keyboard.press('Enter');

    const panel = agent.page.getByRole('dialog', { name: 'Cobrowse set-up' });
    await expect(panel.getByRole('heading', { name: 'Cobrowse set-up' })).toBeFocused();
    await expect(panel.getByRole('status')).toHaveText('Errors: 1. Warnings: 0.');
    const [first] = await panel.getByRole('listitem').all();
    await expect(first).toContainText('Variables of the Function');
    await expect(first).toContainText('Error');
    await expect(first).toContainText('What to do');
    await expect(panel.getByText('Group ID', { exact: true })).toBeHidden();
    await panel.getByText(/^In order \(/).click();
    await expect(panel.getByText('Group ID', { exact: true })).toBeVisible();

    await agent.control.scenario({ function: 'none' });
    await panel.getByRole('button', { name: 'Run again' }).click();
    await expect(panel.getByRole('status')).toHaveText(
      'Nothing is wrong with what could be checked.',
    );
    await agent.page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(button).toBeFocused();
    expect(agent.errors).toEqual([]);
  });

  test('is not offered to an agent, but with debugmode it is', async ({ agent }) => {
    await agent.control.task('Alice', ALICE);
    await agent.start({ plugin: 'forms', settings: SETTINGS });
    await agent.select('Alice');
    await expect(agent.button).toBeVisible();
    const button = agent.page.getByRole('button', { name: 'Check set-up' });
    await expect(button).toHaveCount(0);
    await setProps(agent, '() => ({ debugmode: true })');
    await expect(button).toBeVisible();
    await setProps(agent, '() => ({ debugmode: false })');
    await expect(button).toHaveCount(0);
  });

  test('is not there where the author passes no doctor', async ({ agent }) => {
    await agent.control.task('Alice', ALICE);
    await agent.start({ ...ADMIN, settings: { ...SETTINGS, with_doctor: false } });
    await agent.select('Alice');
    await expect(agent.button).toBeVisible();
    await expect(agent.page.getByRole('button', { name: 'Check set-up' })).toHaveCount(0);
    expect(await agent.page.evaluate(() => window.flexGlance)).toBeUndefined();
  });

  test('opens where WebAssembly is refused, and says so', async ({ agent }) => {
    await start(agent, { before: () => agent.context.addInitScript(refuseWebAssembly) });
    await agent.page.getByRole('button', { name: 'Check set-up' }).click();
    const panel = agent.page.getByRole('dialog');
    await expect(panel.getByRole('status')).toHaveText('Errors: 1. Warnings: 0.');
    await expect(panel.getByRole('listitem').first()).toContainText(
      'refuses to compile WebAssembly',
    );
  });

  for (const [popups, told] of [
    ['allowed', /^Nothing is wrong/],
    ['blocked', 'Errors: 1. Warnings: 0.'],
  ]) {
    test(`tries pop-ups only when asked to, ${popups}`, async ({ agent }) => {
      await start(agent, { scenario: { popups }, settings: { openlocation: 'tab' } });
      await agent.page.getByRole('button', { name: 'Check set-up' }).click();
      const panel = agent.page.getByRole('dialog');
      await expect(panel.getByRole('status')).toHaveText(/^Nothing is wrong/);
      await expect(panel.locator('[data-check="browser.popups"]')).toContainText('Not tried');
      expect(agent.context.pages()).toHaveLength(1);
      await panel.getByRole('button', { name: 'Test pop-ups' }).click();
      await expect(panel.locator('[data-check="browser.popups"]')).not.toContainText('Not tried');
      await expect(panel.getByRole('status')).toHaveText(told);
      expect(agent.context.pages()).toHaveLength(1);
    });
  }

  test('copies a report without secrets, and neither shows nor logs one', async ({ agent }) => {
    const log = [];
    agent.context.on('console', (message) => log.push(message.text()));
    const keys = new Set();
    agent.context.on('response', async (response) => {
      if (!response.url().endsWith('/getloginkey') || response.request().method() !== 'POST')
        return;
      const reply = await response.json().catch(() => ({}));
      if (reply.loginKey) keys.add(reply.loginKey);
    });
    // The machine's clipboard is not the tests'.
    await agent.context.addInitScript(() => {
      const writeText = async (text) => (window.copied = text);
      Object.defineProperty(navigator.clipboard, 'writeText', { value: writeText });
    });
    // A Function that sends back whatever it was sent.
    const echo = ({ json }, request) => {
      const sent = new URLSearchParams(request.postData());
      json.partnerUserId = `${sent.get('Token')} ${json.loginKey}`;
    };
    await start(agent, { before: () => alter(agent, echo) });
    await agent.page.getByRole('button', { name: 'Check set-up' }).click();
    const panel = agent.page.getByRole('dialog');
    await expect(panel.getByRole('status')).toHaveText(/^Errors/);
    await panel.getByRole('button', { name: 'Copy report' }).click();
    await expect(panel.getByRole('status')).toHaveText('Report copied.');
    const report = await agent.page.evaluate(() => window.copied);
    expect(faults(JSON.parse(report)).map(({ check }) => check)).toEqual(['identity.match']);

    const shown = await agent.page
      .locator('.flex-glance-doctor')
      .evaluate((host) => host.shadowRoot.innerHTML);
    const token = await agent.page.evaluate(
      () => JSON.parse(localStorage.getItem('TWILIO_FLEX_SSO')).token,
    );
    expect(token.length).toBeGreaterThan(20);
    expect(keys.size).toBeGreaterThan(0);
    for (const secret of [token, API_KEY, ...keys]) {
      const parts = [secret, encodeURIComponent(secret), secret.slice(-20)];
      for (const part of parts) {
        expect(report).not.toContain(part);
        expect(shown).not.toContain(part);
        expect(log.join('\n')).not.toContain(part);
      }
    }
  });

  for (const [look, theme] of Object.entries({ light: true, dark: false })) {
    test(`has nothing for axe to find and fits, wide and narrow, ${look}`, async ({ agent }) => {
      await start(agent, {
        scenario: { function: 'error', flex_config: { theme: { isLight: theme } } },
        settings: { openlocation: 'tab' },
        attributes: {},
      });
      await agent.page.getByRole('button', { name: 'Check set-up' }).click();
      const panel = agent.page.getByRole('dialog');
      await expect(panel.getByRole('status')).toHaveText('Errors: 1. Warnings: 1.');
      await panel.getByText(/^In order \(/).click();
      for (const size of [
        { width: 1400, height: 900 },
        { width: 400, height: 640 },
      ]) {
        await agent.page.setViewportSize(size);
        const axe = new AxeBuilder({ page: agent.page }).include('.flex-glance-doctor');
        const { violations, passes } = await axe.analyze();
        const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
        expect(found, `${size.width} wide`).toEqual([]);
        expect(passes.length).toBeGreaterThan(5);
        const { x, y, width, height } = await panel.boundingBox();
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(size.width);
        expect(y + height).toBeLessThanOrEqual(size.height);
        const spills = await panel.evaluate((dialog) =>
          [...dialog.querySelectorAll('*')].filter((it) => it.scrollWidth > dialog.clientWidth),
        );
        expect(spills).toEqual([]);
      }
    });
  }

  test('speaks Spanish, and the author’s words', async ({ agent }) => {
    await start(agent, {
      scenario: { flex_config: { language: 'es-ES' } },
      settings: { strings: { doctor_open: 'Check set-up', doctor_title: 'Diagnóstico' } },
    });
    await agent.page.getByRole('button', { name: 'Check set-up' }).click();
    const panel = agent.page.getByRole('dialog', { name: 'Diagnóstico' });
    await expect(panel.getByRole('button', { name: 'Copiar informe' })).toBeVisible();
    await expect(panel.getByRole('status')).toHaveText('Nada falla en lo que se pudo revisar.');
  });
});

/** An administrator at a desktop with the fault, with Alice's task selected. */
/** Whether the fault can begin and end while Flex runs. */
function isAnyTime([, how, [check]]) {
  const { settings = {} } = how;
  const needsStart = how.before || how.after || typeof settings === 'function' || settings.hosts;
  return !needsStart && (!how.scenario || /^(function|key)\./.test(check));
}

/** Makes a fault, or puts things in order, on a page that runs. */
async function begin(agent, task, { scenario, settings, attributes, answer, props }) {
  if (scenario) await agent.control.scenario(scenario);
  if (answer) await answer(agent);
  if (props) await setProps(agent, props);
  if (settings) await setProps(agent, `() => (${JSON.stringify(settings)})`);
  if (!attributes) return;
  await agent.control.attributes(task, attributes);
  const known = () => agent.page.evaluate(visitorIdOf, task);
  await expect.poll(known).toEqual(attributes.glance_visitor_id);
}

/** In the page: what Flex knows of a task's visitor. */
function visitorIdOf(sid) {
  const { worker } = Twilio.Flex.Manager.getInstance().store.getState().flex;
  return worker.tasks.get(sid).attributes.glance_visitor_id;
}

async function expectTold(agent, [check, status, seen, fix]) {
  const report = await diagnose(agent);
  const found = faults(report);
  expect(found.map((finding) => [finding.check, finding.status])).toEqual([[check, status]]);
  expect(found[0].seen).toContain(seen);
  expect(found[0].fix).toContain(fix);
  expect(unknowns(report)).toEqual([]);
  expect(JSON.stringify(report)).not.toContain('canary');
  expect(agent.errors).toEqual([]);
}

async function start(agent, { scenario, settings, attributes = ALICE, before, props, after } = {}) {
  const task = attributes && (await agent.control.task('Alice', attributes));
  if (before) await before(agent);
  const own = typeof settings === 'function' ? settings(agent.origins) : settings;
  await agent.start({ ...ADMIN, ...scenario, settings: { ...SETTINGS, ...own } });
  if (attributes) await agent.select('Alice');
  await expect(agent.page.getByRole('button', { name: 'Check set-up' })).toBeVisible();
  if (props) await setProps(agent, props);
  if (after) await after(agent);
  return task;
}

/** Gives the test plugin's component what a function of the page makes. */
function setProps(agent, make) {
  return agent.page.evaluate(
    `window.dispatchEvent(new CustomEvent('glance-props', { detail: (${make})() }))`,
  );
}

function diagnose(agent) {
  return agent.page.evaluate(() => window.flexGlance.diagnose());
}

function faults({ findings }) {
  return findings.filter(({ status }) => status === 'error' || status === 'warning');
}

function unknowns({ findings }) {
  return findings.filter(({ status }) => status === 'unknown').map(({ check }) => check);
}

function hosts({ glance }, others) {
  return { web: glance, cdn: glance, presence: glance, authorization: glance, ...others };
}

/** Lets the Function answer, and changes its answer on the way. */
async function alter(agent, change) {
  await agent.context.route('**/getloginkey', async (route) => {
    // One that is on its way as the journey ends has no answer.
    const response = await route.fetch().catch(() => undefined);
    if (!response) return undefined;
    if (response.status() !== 200) return route.fulfill({ response });
    const answer = { headers: response.headers(), json: await response.json() };
    change(answer, route.request());
    return route.fulfill({ response, ...answer });
  });
}

/** Answers in the Function's place, with the headers that it puts on every answer. */
async function replace(agent, answer) {
  const headers = { 'access-control-allow-origin': agent.origins.desktop };
  await agent.context.route('**/getloginkey', (route) => route.fulfill({ headers, ...answer }));
}

/** Before the page: a further Content Security Policy, as a proxy's. */
function withPolicy(agent, policy) {
  return agent.context.addInitScript((content) => {
    document.addEventListener('DOMContentLoaded', () => {
      const meta = document.createElement('meta');
      document.head.append(Object.assign(meta, { httpEquiv: 'Content-Security-Policy', content }));
    });
  }, policy);
}

/** In the page: Flex's session has run out, by its own account. */
function endSession() {
  const { store } = Twilio.Flex.Manager.getInstance();
  const ended = new Date(Date.now() - 60_000).toISOString();
  const state = store.getState.bind(store);
  store.getState = () => {
    const { flex, ...rest } = state();
    const { session } = flex;
    const ssoTokenPayload = { ...session.ssoTokenPayload, expiration: ended };
    return { ...rest, flex: { ...flex, session: { ...session, ssoTokenPayload } } };
  };
}

/** Before the page: its clock goes wrong by so many milliseconds. */
function setClock(aheadMs) {
  const RealDate = Date;
  window.Date = class extends RealDate {
    constructor(...args) {
      if (args.length > 0) super(...args);
      else super(RealDate.now() + aheadMs);
    }

    static now() {
      return RealDate.now() + aheadMs;
    }
  };
}

/** Before the page: a security mode refuses to compile. */
function refuseWebAssembly() {
  const refuse = () => Promise.reject(new WebAssembly.CompileError('refused'));
  window.WebAssembly = Object.assign(Object.create(window.WebAssembly), { compile: refuse });
}
