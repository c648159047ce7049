// The states that only Flex brings: tasks that are not the agent's own, other plugins, no room for the panel, and
// another language. They come last, since a page's Flex stays.
import { Place, answers, next, task } from './place.js';

const WORKER = `WK${'0'.repeat(32)}`;

/** The same time of day in every run, wherever it runs. */
const SINCE_S = new Date(2026, 0, 5, 10, 4).getTime() / 1000;

export async function statesInFlex({
  variant,
  slot,
  show,
  click,
  launch,
  then,
  later,
  wrongTask,
  opens,
}) {
  const flex = standInForFlex();
  const taskOf = (status, attributes) => {
    const made = { ...task(next(), attributes), status };
    flex.list(made);
    return { task: made };
  };

  // The component hears of the tasks that are listed once it has found Flex.
  const first = new Place(variant);
  first.render({ task: taskOf('accepted').task });
  first.remove();

  await show('a task that is offered', taskOf('pending'));
  await show('a task of another agent', { task: task(next()) });

  const says = (glance_session) => ({
    ...taskOf('accepted', {
      ...task('of-another-page').attributes,
      glance_session: { version: 1, running_since: SINCE_S, count: 1, ...glance_session },
    }),
    sessionmaxage: 1e6,
  });
  await show(
    'the task says that the customer shares',
    says({ began: 'presence', workers: [WORKER] }),
  );
  const invitation = '0123456789abcdef0123456789abcdef';
  await show(
    'the task says that an invitation by link is out',
    says({ began: 'link', invitation, workers: [WORKER] }),
  );
  await show('the task says so, by a typed key', says({ began: 'key', workers: [WORKER] }));
  await show('the task says so, of a colleague', says({ began: 'presence' }));

  answers.key = () => new Promise(() => {});
  answers.window = () => null;
  flex.isHeld = true;
  await show('another plugin is asked', taskOf('accepted'), then(launch, launch));
  await show('another plugin does not answer', taskOf('accepted'), then(launch, later(6)));
  flex.isHeld = false;

  opens();
  const invites = { inviteurl: 'https://shop.example/help' };
  const invite = click('Invite');
  const chat = { conversationSid: 'CH0123456789abcdef0123456789abcdef' };
  await show('ready to invite by link', { ...taskOf('accepted'), ...invites });
  await show('an invitation that was sent', { ...taskOf('accepted', chat), ...invites }, invite);
  await show('an invitation to copy', { ...taskOf('accepted'), ...invites }, invite);
  for (const [name, writeText] of [
    ['an invitation that was copied', async () => {}],
    ['an invitation that the browser did not copy', () => Promise.reject(new Error('refused'))],
  ]) {
    const value = { writeText };
    Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
    await show(name, { ...taskOf('accepted'), ...invites }, then(invite, click('Copy')));
  }

  if (slot === 'header') {
    opens();
    // There was a panel, and it is gone.
    const panel = new Place(variant);
    panel.render({ slot: 'panel', openlocation: 'flex' });
    panel.remove();
    const desktop = document.body.appendChild(document.createElement('div'));
    desktop.className = 'Twilio-AgentDesktopView-default';
    const inPanel = { openlocation: 'flex' };
    await show('another plugin took the panel', { ...taskOf('accepted'), ...inPanel }, launch);
    const { innerWidth } = window;
    window.innerWidth = 400;
    await show('no room for the panel', { ...taskOf('accepted'), ...inPanel }, launch);
    window.innerWidth = innerWidth;
    desktop.remove();
  }

  flex.language = 'es-MX';
  await show('Spanish', { ...wrongTask(), ...taskOf('accepted', { glance_visitor_id: 'ñ' }) });
}

/** As much of Flex as `src/js/host/flex.js` asks for. A task is listed as long as the page lives. */
function standInForFlex() {
  const actions = new Map([['SendMessage', async () => {}]]);
  const subscribers = new Set();
  const flex = {
    language: 'en-US',
    /** Whether a listener of another plugin never lets an Action go on. */
    isHeld: false,
    list(listed) {
      tasks = new Map(tasks).set(listed.sid, listed);
      subscribers.forEach((told) => told());
    },
  };
  let tasks = new Map();
  const manager = {
    get localization() {
      return { localeTag: flex.language };
    },
    store: {
      getState: () => ({ flex: { worker: { tasks, attributes: {} }, view: {} } }),
      subscribe(told) {
        subscribers.add(told);
        return () => subscribers.delete(told);
      },
    },
    workerClient: { sid: WORKER },
    updateConfig() {},
  };
  window.Twilio = {
    Flex: {
      Manager: { getInstance: () => manager },
      Actions: {
        registerAction: (name, run) => actions.set(name, run),
        invokeAction: (name, payload) =>
          flex.isHeld ? new Promise(() => {}) : actions.get(name)(payload),
      },
    },
  };
  return flex;
}
