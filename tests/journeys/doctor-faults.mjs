// The doctor's faults: how each comes about, and the one finding that it must be told by.

/**
 * `[what is wrong, how it comes about, [the finding's check, its status, words of what was seen, words
 * of the fix]]`.
 *
 * How it comes about: `scenario`, `settings` and `props` (functions that the page makes), `attributes`
 * of the task, the Function's `answer`, `before` and `after` the desktop starts.
 */
export const FAULTS = [
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
    'a prop that the component refuses and JavaScript would not: a byte order mark is no white space',
    { settings: { notifications: '\ufefftrue' } },
    [
      'settings.notifications',
      'error',
      'notifications is a text',
      'Set notifications to true or false',
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
    ['visitor.id', 'warning', 'names no visitor', 'npx flex-glance-cli studio'],
  ],
  [
    'a visitor ID under another name',
    { attributes: { glanceVisitorId: 'alice-1' } },
    ['visitor.id', 'warning', 'It has "glanceVisitorId"', 'Rename the attribute'],
  ],
  [
    'a visitor ID that is no session key',
    { attributes: { glance_visitor_id: 'alice@example.com' } },
    ['visitor.id', 'error', 'not "@"', 'Set glance_visitor_id'],
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

  // Other plugins
  [
    'another plugin with a copy of the package',
    { settings: { form: 'registered-beside-a-copy' }, before: () => {} },
    ['flex.copies', 'warning', 'brought a copy of flex-glance', 'Switch one of the plugins off'],
  ],
  [
    'a second panel that another plugin hides',
    { settings: { form: 'changing-and-hidden-panel' }, before: () => {} },
    ['flex.panel', 'warning', 'showPanel2 is false', 'Set openlocation to "tab"'],
  ],
  [
    'a second panel that another plugin has taken out',
    { settings: { form: 'changing-and-removed-panel' }, before: () => {} },
    ['flex.panel', 'warning', 'removed or replaced', 'Set openlocation to "tab"'],
  ],
];

/** Lets the Function answer, and changes its answer on the way. */
export async function alter(agent, change) {
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
export function refuseWebAssembly() {
  const refuse = () => Promise.reject(new WebAssembly.CompileError('refused'));
  window.WebAssembly = Object.assign(Object.create(window.WebAssembly), { compile: refuse });
}

function hosts({ glance }, others) {
  return { web: glance, cdn: glance, presence: glance, authorization: glance, ...others };
}
