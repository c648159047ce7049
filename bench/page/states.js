// Brings the component into its states, one after the other, and writes down what is to be seen in each.
import { PROPS, Place, answers, next, task, turn } from './place.js';
import { statesInFlex } from './states-in-flex.js';
import { statesOfPresence } from './states-of-presence.js';

// Until the end of the next hour, so that the pages of all variants have the same.
const EXPIRES_S = (Math.floor(Date.now() / 3_600_000) + 2) * 3600;
const LOGIN_KEY = `$1$${EXPIRES_S}$${'A'.repeat(43)}`;

const PATIENCE_MS = 10_000;

const TOKENS = {
  backgroundColors: { colorBackgroundBody: 'rgb(1, 2, 3)', colorBackground: 'red;} a{' },
  textColors: { colorText: '#eee' },
  fonts: { fontFamilyText: '"Inter var", sans-serif' },
};

/** Of the settings in Flex's configuration. */
const PROBLEMS = [
  { kind: 'unknown', name: 'grup_id' },
  { kind: 'value', name: 'placement' },
  { kind: 'worker', name: 'auth_url' },
  { kind: 'secret', name: 'api_key' },
];

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });

/** By how much the page's clocks are ahead, in milliseconds. */
let ahead = 0;

/**
 * @param {object} variant
 * @param {(place: Place) => unknown} see Writes down what is to be seen.
 * @param {string} slot Where the component is, in the states that do not say it themselves.
 * @returns {Promise<Array<[string, unknown]>>} The states by name, with what was to be seen. A string of
 *   its own says that the variant does not come there.
 */
export async function states(variant, see, slot) {
  const seen = [];
  const note = async (name, place) => {
    for (let i = 0; i < 20; i += 1) await turn();
    seen.push([name, see(place)]);
  };
  const show = async (name, props, change) => {
    const place = new Place(variant);
    // A Function of its own, so that no state has the login key of another.
    const authurl = `${PROPS.authurl}?state=${seen.length}`;
    place.render({ task: task(next()), authurl, slot, ...props });
    for (let i = 0; i < 5; i += 1) await turn();
    let undo;
    try {
      if (change) undo = await change(place);
      await note(name, place);
    } catch (error) {
      seen.push([name, `${variant.name} does not come there: ${error.message}`]);
    }
    if (undo) undo();
    place.remove();
    await turn();
  };
  const click = (words) => async (place) => {
    place.button(words).click();
    for (let i = 0; i < 20; i += 1) await turn();
  };
  const launch = click('Cobrowse');
  const wrongTask = (attributes, props) => ({ task: task(next(), attributes), ...props });
  const then =
    (...steps) =>
    async (place) => {
      for (const step of steps) await step(place);
    };
  setClocks();
  const later = (seconds) => async () => {
    ahead += seconds * 1000;
    // The component looks at the clock when its timer is due, and when the browser is online again.
    window.dispatchEvent(new Event('online'));
    for (let i = 0; i < 20; i += 1) await turn();
  };
  const opens = () => {
    answers.key = () => Promise.resolve(json({ loginKey: LOGIN_KEY }));
    answers.window = blankWindow;
  };
  const stage = { variant, slot, show, appears, click, launch, then, later, wrongTask, opens };

  await show('ready', {});
  await show('ready, in the panel', { slot: 'panel' });
  await show('a host without a viewer', { slot: 'host' });
  await show('no task', { task: undefined });
  await show('no customer', { task: task(next(), {}) });
  await show('an impossible key', wrongTask({ glance_visitor_id: 'Ann Smith' }));
  await show('a key that is too long', wrongTask({ conversationSid: 'x'.repeat(63) }));
  await show('a key that is no text', wrongTask({ channelSid: { a: 1 } }));
  await show('a visitorid prop', wrongTask({}, { visitorid: 'v-1' }));
  await show('wrong props', {
    groupid: -1,
    authurl: 'http://example.com/getloginkey',
    glancebaseurl: undefined,
    puid: [],
    presence: 'perhaps',
    openlocation: 7,
    video: {},
    onsessionend: 'no',
    hosts: { web: 'https://a@b', cdn: 'cdn.example.com' },
    strings: 'none',
  });
  const settings = (isAdministrator) => ({
    groupid: undefined,
    configured: { isAdministrator, problems: PROBLEMS },
  });
  await show('wrong settings, for an administrator', settings(true));
  await show('wrong settings, for an agent', settings(false));
  await show('own texts', { strings: { cobrowse: 'Share', key_hint: '' } });
  await show('a dark theme', { theme: { isLight: false, tokens: TOKENS } });
  const openForm = (place) => place.find('form').showPopover();
  const key = (typed) => (place) => {
    openForm(place);
    place.find('input').value = typed;
    place.find('form').requestSubmit();
  };
  await show('typing a key', {}, openForm);
  await show('a typed key that is impossible', {}, key('a/b'));
  await show('no typed key', {}, key(' '));

  answers.key = () => new Promise(() => {});
  answers.window = () => null;
  await show('getting the key', {}, launch);
  await show('getting the key of a typed key', {}, key('12-34'));
  await show('no answer in time', {}, then(launch, later(11)));
  answers.key = () => Promise.resolve(json({ loginKey: LOGIN_KEY }));
  await show('the window is blocked', {}, launch);
  await show(
    'open in a tab by a link',
    {},
    then(launch, (place) => place.find('a').click()),
  );
  answers.key = () => Promise.resolve(json({ error: { message: 'No\nway' } }, 403));
  // A token that Flex gives anew: for one that stays the component would ask Flex, which is not here.
  await show('refused', { authtoken: () => 'flex-token' }, launch);
  await show('refused, and put away', {}, then(launch, click('Dismiss')));
  answers.key = () => Promise.resolve(json({}, 500));
  await show('a fault', { openlocation: 'window' }, launch);
  await show('a fault, in the panel', { slot: 'panel', openlocation: 'window' }, launch);
  answers.key = () => Promise.reject(new TypeError('no network'));
  await show('no network, tried again', {}, launch);
  await show('no network', {}, then(launch, later(3), later(3)));
  answers.key = () => Promise.resolve(json({ loginKey: 'abc' }));
  await show('a malformed key', {}, launch);
  answers.key = () =>
    Promise.resolve(json({ loginKey: LOGIN_KEY.replace(EXPIRES_S, 1_700_000_000) }));
  await show('a key that has run out', {}, launch);
  answers.key = () => Promise.resolve(json({}));
  await show('an unreadable answer', {}, launch);
  await show('no token', { authtoken: undefined }, launch);
  await show('no partner user ID', { puid: () => undefined }, launch);

  opens();
  await show('open in a tab', {}, launch);
  await show('open in a tab, and closed', {}, then(launch, click('Close viewer')));
  await show('open without a panel', { slot: 'header', openlocation: 'flex' }, launch);
  const inPanel = { openlocation: 'flex', slot: 'panel' };
  const shared = { task: task(next()), authurl: `${PROPS.authurl}?state=shared` };
  const inHeader = { ...inPanel, ...shared, slot: 'header' };
  const besidePanel = async (place) => {
    const panel = new Place(variant);
    panel.render({ ...inPanel, ...shared });
    await then(launch, arrived)(place);
    return () => panel.remove();
  };
  await show('open in the panel', inHeader, besidePanel);
  await show('open in the panel', inPanel, then(launch, arrived));
  await show('open in a panel that was closed', inHeader, async (place) => {
    const removePanel = await besidePanel(place);
    removePanel();
  });
  await show(
    'open in the panel, and closed',
    inPanel,
    then(launch, arrived, click('Close viewer')),
  );

  const silent = {
    ...inPanel,
    hosts: { web: location.origin.replace('127.0.0.1', 'silent.localhost') },
  };
  await show('opening the viewer', silent, launch);
  await show('a viewer that shows nothing', silent, then(launch, later(31)));

  await statesOfPresence(stage);
  await statesInFlex(stage);
  return seen;
}

/** Waits until something is to be seen in the place. */
const appears = (isThere) => (place) =>
  new Promise((resolve, reject) => {
    const observer = new MutationObserver(() => isThere(place) && resolve());
    const { shadowRoot } = place.element.firstChild;
    observer.observe(shadowRoot, { attributes: true, childList: true, subtree: true });
    if (isThere(place)) resolve();
    setTimeout(() => reject(new Error('it did not appear')), PATIENCE_MS);
  });

/** The viewer is there. */
const arrived = appears((place) => place.find('section').dataset.tone === 'open');

function blankWindow() {
  const frame = document.body.appendChild(document.createElement('iframe'));
  return frame.contentWindow;
}

/** The page's clocks go on with the machine's, and can be put forward. */
function setClocks() {
  if (ahead > 0) return;
  const { now } = Date;
  const monotonic = performance.now.bind(performance);
  Date.now = () => now() + ahead;
  performance.now = () => monotonic() + ahead;
}
