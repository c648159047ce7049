// @ts-check
/**
 * The component's life on one page: one WebAssembly instance for all that is mounted and registered,
 * the host's changes told to it, and its wishes told to the host. What is taken back ends all of it;
 * what is registered or mounted after that begins a new life.
 */
import { createActions } from './actions.js';
import { createInvitations } from './invitations.js';
import { ONLY_PAGE } from './leading-page.js';
import { createNews } from './news.js';
import { createNotifications } from './notifications.js';
import { createPage } from './page.js';
import { pathsOf } from './policy.js';
import { PROPS, pick } from './props.js';
import { quietly } from './quietly.js';
import { createReports } from './reports.js';
import { safeFetch } from './safe-fetch.js';
import { browserSchedule } from './schedule.js';
import { createSessionFacts } from './session-facts.js';
import { createSupervisor } from './supervisor.js';
import { taskDiffers, taskOf } from './task.js';
import { createVisitorIds } from './visitor-ids.js';

/** The name that the instance knows the registration's props by. */
const REGISTRATION = 'registration';

/**
 * @param {import('./host/host.js').Host} host
 * @param {import('./wasm/wasm.js').Wasm} wasm
 * @param {import('./schedule.js').Schedule} [schedule]
 * @param {import('./leading-page.js').LeadingPage} [leading]
 */
export function createRuntime(host, wasm, schedule = browserSchedule, leading = ONLY_PAGE) {
  const page = createPage();
  /**
   * What is registered now, the latest last.
   * @type {{props: any, contents: (() => void)[]}[]}
   */
  const registrations = [];
  const mounts = new Set();
  const visitorIds = createVisitorIds();
  const news = createNews(schedule.frame, tellNews);
  const notifications = createNotifications(host, clicked, leading);
  const { report } = createReports(leading);
  const actions = createActions(host, {
    start: (task, key) => enter((glue) => glue.startSession(describeTask(task), key)),
    end: (sid) => enter((glue) => glue.endSession(sid)),
    waits: (sid, again) => tell((glue) => glue.actionWaits(sid, again)),
    isOver: (sid) => tell((glue) => glue.actionOver(sid)),
  });
  const facts = createSessionFacts(host, (current, change) =>
    tell((glue) => glue.factsAfter(current, change)),
  );
  const invitations = createInvitations(host, (...told) => tell((glue) => glue.linkTold(...told)));
  let supervisor;
  /** The tasks as the instance was told them last. */
  let told;
  let stopWatching;
  let cancelIdle = () => {};
  /** What rules may ask of the agent, as the instance was told it last, in JSON. */
  let toldWorker;
  /** The paths of the attributes that policies name. */
  let namedPaths = String(undefined);
  /** Whether a panel of ours was added to Flex, whether or not Flex shows it now. */
  let hasPanel = false;
  /** Takes away the panel that was added for a component in the vendor's form. */
  let removePanel;

  /** What the instance calls. Nothing is thrown into it. */
  const forInstance = {
    showPanel: (place) => quietly(() => (hasPanel ? host.showPanel(place) : undefined)),
    leavePanel: () => quietly(() => host.leavePanel()),
    flexToken: () => quietly(host.token),
    agentIdentity: () => quietly(host.identity),
    perform: (name, payload) => Boolean(quietly(() => actions.perform(name, payload))),
    giveActionUp: (sid) => quietly(() => actions.giveUp(sid)),
    notify: (kind, context) => quietly(() => notifications.notify(kind, context)),
    dismissNotification: (kind, sid) => quietly(() => notifications.dismiss(kind, sid)),
    selectTask: (sid) => quietly(() => host.selectTask(sid)),
    deliver: (sid, link, copies, text) =>
      quietly(() => invitations.deliver(sid, link, copies, text)),
    writeFacts: (sid, change) => quietly(() => facts.write(sid, change)),
    report: (kind, callback, session) => quietly(() => report(kind, callback, session)),
  };

  function ensureSupervisor() {
    if (supervisor) return supervisor;
    supervisor = createSupervisor({
      compile: () => wasm.compile(),
      createGlue: (assembly) => wasm.createGlue(assembly, safeFetch),
      begin,
      page,
      later: schedule.later,
      now: schedule.now,
      assembly: wasm.assembly,
    });
    supervisor.onInstance((glue, error) =>
      mounts.forEach((mount) => quietly(() => mount.onInstance(glue, error))),
    );
    return supervisor;
  }

  /** Tells a fresh instance what there is, before anything is mounted in it. */
  function begin(glue) {
    // Nobody knows any more what those of an instance that trapped were about.
    notifications.dismissAll();
    glue.start(page, forInstance);
    configure(glue);
    glue.agentChanged(host.identity());
    tellAllTasks(glue);
  }

  /** Tells who is logged in. What the host lists now is theirs, whether the list changes or not. */
  function tellAgent(glue) {
    const identity = host.identity();
    glue.agentChanged(identity);
    if (identity) tellAllTasks(glue);
  }

  function configure(glue) {
    const [latest] = registrations.slice(-1);
    if (latest) glue.configure(REGISTRATION, collect(latest.props));
  }

  function tellAllTasks(glue) {
    told = undefined;
    toldWorker = undefined;
    const tasks = newTasks();
    if (tasks) glue.tasksChanged(tasks, [], newWorker());
  }

  /** Enters the instance once for all that is new, and not at all if nothing is. */
  function tellNews(stale) {
    tell((glue) => {
      const tasks = newTasks();
      const shown = stale.map((mount) => mount.news()).filter(Boolean);
      const worker = newWorker();
      if (tasks || worker || shown.length > 0) glue.tasksChanged(tasks, shown, worker);
    });
  }

  /** Whoever acts does so with what the host says now. */
  function catchUp() {
    if (host.catchUp) quietly(host.catchUp);
    news.flush();
  }

  /** What the host lists, unless that is what the instance knows. */
  function newTasks() {
    const listed = host.tasks();
    if (!listed) return undefined;
    const all = [...listed, ...host.endedTasks()];
    // A list that is empty may be Flex connecting anew.
    if (all.length > 0) visitorIds.keep(all.map(({ sid }) => sid));
    const tasks = all.map((task) => ({ ...describeTask(task), status: task.status }));
    if (told && isSame(told, tasks)) return undefined;
    told = tasks;
    return tasks;
  }

  /** What rules may ask of the agent, unless that is what the instance knows. */
  function newWorker() {
    const worker = host.worker();
    const before = toldWorker;
    toldWorker = JSON.stringify(worker);
    return toldWorker === before ? undefined : worker;
  }

  function tell(work) {
    return supervisor && supervisor.tell(work);
  }

  function enter(work) {
    catchUp();
    if (!supervisor || !supervisor.current()) load();
    return ensureSupervisor().enter(work);
  }

  function load() {
    wasm.raisePriority();
    // Each mounted component hears of a failure by `onInstance`.
    ensureSupervisor()
      .load()
      .catch(() => {});
  }

  function loadWhenIdle() {
    if (supervisor && supervisor.current()) return;
    cancelIdle();
    cancelIdle = schedule.idle(() =>
      ensureSupervisor()
        .load()
        .catch(() => {}),
    );
  }

  function clicked(kind, sid) {
    catchUp();
    if (supervisor && supervisor.current()) tell((glue) => glue.notificationClicked(kind, sid));
    else host.selectTask(sid);
  }

  const listener = {
    onTasks: () => quietly(() => news.add()),
    onIdentity: () => quietly(() => tell(tellAgent)),
    onToken: () => quietly(() => tell((glue) => glue.tokenChanged())),
  };

  /** Follows the host, as soon as there is one. */
  function watch() {
    quietly(actions.register);
    quietly(leading.claim);
    if (!stopWatching) stopWatching = quietly(() => host.watch(listener));
  }

  function unwatch() {
    if (stopWatching) quietly(stopWatching);
    stopWatching = undefined;
  }

  /** The props that are passed on, with the language that the host speaks. */
  function collect(props) {
    const { language = host.language() } = props.configured || {};
    return Object.assign(pick(props, PROPS), { language });
  }

  /**
   * What is passed on of a task. `own` is the `visitorid` of the component that shows it; `policy` counts beside
   * those that are registered and mounted.
   */
  function describeTask(task, own, policy) {
    const counts = own === undefined && task ? visitorIds.of(task.sid) : own;
    return taskOf({ task, visitorid: counts, paths: policyPaths(policy) });
  }

  /** What the policies of all that is registered and mounted name, with another one. */
  function policyPaths(policy) {
    const all = [...registrations, ...Array.from(mounts)];
    return pathsOf([policy, ...all.map(({ props }) => quietly(() => props.policy))]);
  }

  /** Tells everybody, if another `visitorid` counts from now on, or policies name other attributes. */
  function afterChange(isChanged) {
    const before = namedPaths;
    namedPaths = String(policyPaths());
    if (isChanged || namedPaths !== before) news.add(...mounts);
  }

  /**
   * Registers props, and takes care of the contents that were added with them.
   * @param {{flex: any, manager: any, props: any}} given What the plugin gave.
   * @param {() => (() => void)[]} addContents Adds the contents; gives what removes each.
   * @returns {() => void} Takes everything back. A second call does nothing.
   */
  function register({ flex, manager, props }, addContents) {
    const registration = { props, contents: /** @type {(() => void)[]} */ ([]) };
    if (host.take) host.take(flex, manager);
    registrations.push(registration);
    hasPanel = true;
    unwatch();
    watch();
    tell(configure);
    afterChange(visitorIds.set(registration, props.visitorid));
    news.add();
    news.flush();
    try {
      registration.contents = addContents();
    } catch (error) {
      takeBack(registration);
      throw error;
    }
    mounts.forEach((mount) => mount.isDetached && mount.attach());
    if (props.presence) loadWhenIdle();
    return () => takeBack(registration);
  }

  function takeBack(registration) {
    const at = registrations.indexOf(registration);
    if (at < 0) return;
    registrations.splice(at, 1);
    registration.contents.forEach(quietly);
    const { doctor } = registration.props;
    if (doctor && doctor.close) quietly(doctor.close);
    if (registrations.length === 0) {
      dispose();
      return;
    }
    tell(configure);
    afterChange(visitorIds.remove(registration));
  }

  /** Lets go of everything. Components that nobody registered begin a new life. */
  function dispose() {
    cancelIdle();
    news.clear();
    unwatch();
    actions.unregister();
    registrations.splice(0).forEach(({ contents }) => contents.forEach(quietly));
    if (removePanel) quietly(removePanel);
    removePanel = undefined;
    hasPanel = false;
    mounts.forEach((mount) => quietly(() => mount.detach()));
    tell((glue) => glue.release(REGISTRATION));
    const old = supervisor;
    supervisor = undefined;
    if (old) old.dispose();
    notifications.dismissAll();
    leading.release();
    closeViewers();
    visitorIds.clear();
    if (host.release) host.release();
    mounts.forEach((mount) => mount.isRegistered() || quietly(() => mount.attach()));
  }

  /** Closes what an instance has left that could not be asked any more. */
  function closeViewers() {
    page.viewers.forEach(({ window: opened, frame }) => {
      quietly(() => opened && opened.close());
      quietly(() => frame && frame.remove());
    });
    page.viewers.clear();
  }

  return {
    host,
    page,
    watch,
    register,
    dispose,
    load,
    loadWhenIdle,
    tell,
    catchUp,
    /** A component has something else to tell of its task. */
    hear: news.add,
    /** Tells what has changed in the registered props, in place. */
    reconfigure: () => tell(configure),
    collect,
    describeTask,

    /**
     * Asks the instance, which is loaded if need be, what a component with these props thinks of them and
     * of the task.
     */
    async diagnose(props, task) {
      const given = collect(props);
      return enter((glue) =>
        glue.diagnose(
          Object.assign(given, { task: describeTask(task, props.visitorid, props.policy) }),
        ),
      );
    },
    /** The instance that works, or undefined. */
    current: () => supervisor && supervisor.current(),

    /** A mounted component, or one that has new props; `task`: the SID of the one that it shows. */
    admit(mount, props, task = undefined) {
      mounts.add(mount);
      watch();
      afterChange(visitorIds.show(mount, props.visitorid, task));
      if (props.presence) loadWhenIdle();
    },

    /** A component that is off its element. */
    dismiss(mount) {
      mounts.delete(mount);
      afterChange(visitorIds.leave(mount));
    },

    /** Adds a panel of ours, once; `add` gives what removes it. */
    addPanel(add) {
      if (hasPanel) return;
      hasPanel = true;
      removePanel = add();
    },
    /** A component that is a panel is mounted. */
    notePanel() {
      hasPanel = true;
    },
  };
}

function isSame(before, after) {
  const isAsBefore = (task, at) =>
    task.status === before[at].status && !taskDiffers(before[at], task);
  return before.length === after.length && after.every(isAsBefore);
}
