/**
 * What the component's page is asked for: Flex, a desktop without Flex, or a stand-in for plugins'
 * tests. Everything is read at the moment it is needed, and nothing here throws.
 */
export interface Host {
  /** What a plugin's `init` was given counts from now on. Only Flex has plugins. */
  take?(flex: any, manager: any): void;
  /** Forgets what `take` was given. */
  release?(): void;
  /** Flex, as a plugin was given it or as it stands on the page. */
  flex(): any;
  /** Flex's Manager. */
  manager(): any;

  /** The tasks that the agent has now; undefined where nobody can say. */
  tasks(): Task[] | undefined;
  /**
   * The latest tasks that were listed before, are missing now and are known to have ended, with the
   * status that says so.
   */
  endedTasks(): Task[];
  /** The task that the agent has selected. */
  selectedTask(): Task | undefined;
  /** Shows the agent another task. */
  selectTask(sid: string): void;

  /**
   * A task's attributes as they are now. Undefined where the task is not the agent's.
   * @throws As a rejection, where they cannot be read.
   */
  taskAttributes(sid: string): Promise<any>;
  /**
   * Writes all of a task's attributes.
   * @throws As a rejection, where somebody has changed them since they were read, or they cannot be written.
   */
  setTaskAttributes(sid: string, attributes: object): Promise<unknown>;

  /**
   * Writes in a task's chat, as the agent.
   * @returns `true`; undefined where the task has none.
   * @throws As a rejection, where it was not sent: another plugin may have stopped it.
   */
  sendMessage?(sid: string, body: string): Promise<true | undefined>;

  /** Which agent is logged in; undefined for nobody, or where nobody can say. */
  identity(): string | undefined;
  /** What rules may ask of the agent, each a list of texts; undefined where nobody can say. */
  worker(): { names?: string[]; roles?: unknown; skills?: unknown } | undefined;
  /** The token of the agent's session. */
  token(): string | undefined;
  /** The language tag that the page speaks. */
  language(): string;
  /**
   * Brings a hidden second panel into view.
   * @param place Where the viewer goes that opens in it, if that is on the page already.
   * @returns Why it cannot be seen, as far as the host knows.
   */
  showPanel(place?: Element): 'taken' | 'narrow' | undefined;
  /** Hides the panel again, if `showPanel` made it visible. */
  leavePanel(): void;

  /**
   * Follows changes.
   * @returns Ends it; undefined where there is nothing to follow yet.
   */
  watch(listener: Listener): (() => void) | undefined;
  /** Tells who watches now what the host would tell in a moment: others may hear of it before. */
  catchUp?(): void;

  /** Flex's Actions, where there are any. Flex cannot unregister one. */
  actions(): Actions | undefined;
  /** Flex's notifications, where there are any. */
  notifications(): Notifications | undefined;
}

/** A task as Flex knows it, or as a desktop names it. */
export interface Task {
  /** The reservation's, `WR…` in Flex. */
  readonly sid: string;
  readonly taskSid?: string;
  /** The reservation's status. */
  readonly status: string;
  readonly attributes?: any;
  readonly queueName?: string;
  readonly queueSid?: string;
  readonly taskChannelUniqueName?: string;
}

export interface Listener {
  /** Tasks changed, or what rules may ask of the agent. */
  onTasks(): void;
  onIdentity(): void;
  onToken(): void;
}

export interface Actions {
  registerAction(name: string, run: (payload: any) => unknown): void;
  /** Gives a promise, as a plugin's test may not. */
  invokeAction(name: string, payload: object): any;
}

export interface Notifications {
  /**
   * @param id One for each label of the button: what is registered with Flex stays as it is.
   * @returns What `dismiss` takes; undefined where it is not shown.
   */
  show(id: string, notification: { text: string; button: string; onClick(): void }): unknown;
  dismiss(shown: unknown): void;
}
