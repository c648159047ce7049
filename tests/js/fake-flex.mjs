// A stand-in for Flex UI 2.17.1, as a plugin's `init` is given it. Faithful, as read in its bundle:
// - the store: `flex.session` (`ssoTokenPayload`, `identity`; both undefined after a logout),
//   `flex.worker.tasks` (a new Map for each change) and `attributes` (a new object), `flex.view.selectedTaskSid`;
//   subscribers are called
//   in a plain loop, so that what one throws leaves `dispatch` and the later ones hear nothing;
// - Actions: registering again replaces, nothing unregisters, an action that throws rejects, and without
//   `before…` listeners it runs within the call;
// - Notifications: an id registers once and throws after that; what is shown is a copy of what was
//   registered, with its own `context`; dismissing takes the copy.
// Left out: React's rendering of contents, `before…` listeners, everything else.

export function createFakeFlex(tasks = []) {
  const subscribers = new Set();
  const state = {
    session: { identity: 'maria', ssoTokenPayload: { identity: 'maria', token: 'token-1' } },
    worker: { tasks: new Map(tasks.map((task) => [task.sid, task])), attributes: {} },
    view: {},
  };
  const store = {
    getState: () => ({ flex: state }),
    subscribe(listen) {
      subscribers.add(listen);
      return () => subscribers.delete(listen);
    },
  };
  const dispatch = (change) => {
    change();
    for (const listen of subscribers) listen();
  };

  const actions = new Map();
  const invoked = [];
  const Actions = {
    registerAction: (name, run) => actions.set(name, run),
    async invokeAction(name, payload) {
      invoked.push([name, payload]);
      if (name === 'SelectTask') return undefined;
      return actions.get(name)(payload);
    },
  };

  const registered = new Map();
  const shown = [];
  const Notifications = {
    registerNotification(notification) {
      if (registered.has(notification.id)) throw new Error('already registered');
      registered.set(notification.id, notification);
    },
    showNotification(id, context) {
      const notification = { ...registered.get(id), context };
      shown.push(notification);
      return notification;
    },
    dismissNotification(notification) {
      const at = shown.indexOf(notification);
      if (at >= 0) shown.splice(at, 1);
    },
  };
  const NotificationBar = { Action: () => null };

  const contents = new Set();
  const place = () => ({
    Content: {
      add(element) {
        contents.add(element);
        return () => contents.delete(element);
      },
    },
  });

  return {
    flex: {
      Actions,
      Notifications,
      NotificationBar,
      TaskCanvasHeader: place(),
      CRMContainer: place(),
    },
    manager: { store, workerClient: { sid: 'WK1', name: 'maria@example.com' } },
    store,
    invoked,
    shown,
    contents: () => Array.from(contents, ({ key }) => key),
    select: (sid) => (state.view.selectedTaskSid = sid),
    setTasks: (list) =>
      dispatch(() => {
        const tasks = new Map(list.map((task) => [task.sid, task]));
        state.worker = { ...state.worker, tasks };
      }),
    setWorkerAttributes: (attributes) =>
      dispatch(() => {
        state.worker = { ...state.worker, attributes };
      }),
    setSession: (payload) =>
      dispatch(() => {
        state.session = payload
          ? { identity: payload.identity, ssoTokenPayload: payload }
          : { identity: undefined, ssoTokenPayload: undefined };
      }),
    /** Clicks the button of what is shown. */
    click: (notification) => notification.actions[0].props.onClick({}, notification),
  };
}

/** A task as Flex gives it: its fields are prototype getters of a reservation that changes in place. */
export function createTask(sid, attributes = {}, taskSid = sid.replace('WR', 'WT')) {
  const reservation = { status: 'accepted' };
  class Task {
    get sid() {
      return sid;
    }
    get taskSid() {
      return taskSid;
    }
    get status() {
      return reservation.status;
    }
    get attributes() {
      return attributes;
    }
    get queueName() {
      return 'Sales';
    }
    get queueSid() {
      return 'WQ1';
    }
    get taskChannelUniqueName() {
      return 'chat';
    }
  }
  return Object.assign(new Task(), { end: (status) => (reservation.status = status) });
}
