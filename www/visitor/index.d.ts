/**
 * The visitor's side of one-click cobrowsing, for the pages of a site with a chat.
 *
 * Each `connect…` function tells Glance presence that the visitor of a chat is on this page, under
 * the ID by which the agent's task knows them. None of them ever throws into a chat: what goes wrong
 * is told to `onerror`.
 */

/** What went wrong. */
export type ProblemCode =
  /**
   * `GLANCE.Presence.Visitor`, or for an invitation `GLANCE.Cobrowse.Visitor`, is not there after ten seconds. It is
   * still waited for. The message says which attributes the script tag lacks, if any.
   */
  | 'script'
  /** The connection to Glance presence was lost or refused. It is tried again. */
  | 'connection'
  /** Glance could not disconnect a visitor. It is connected until the page is left. */
  | 'disconnect'
  /** The chat's channel was not found. It is looked for again. */
  | 'channel'
  /** `connectWebchat` was given neither a webchat nor a manager, or its promise failed. */
  | 'webchat'
  /** `connectConversation` was not given a conversation. */
  | 'conversation'
  /**
   * The visitor ID is none that Glance accepts, or a text that stands for nothing, such as
   * "undefined": all who have no ID would share it.
   */
  | 'visitorid'
  /** The page's address has an invitation by link that is none by its form. It is left out. */
  | 'invitation'
  /** It has one that has run out. It is left out. */
  | 'expired'
  /** An option is of the wrong type. It is left out. */
  | 'option'
  /** A listener of the page, or of this package, threw. */
  | 'internal';

/** What `onerror` is called with. */
export interface Problem extends Error {
  code: ProblemCode;
  /** What was thrown or handed over, where there is anything. */
  cause?: unknown;
}

/** Options that every `connect…` function takes. */
export interface ConnectOptions {
  /**
   * The Glance group. Default: `data-groupid` of the Glance script tag; without one, Glance decides.
   */
  groupid?: number | string;
  /**
   * Sent with the visitor's presence. Values are texts or numbers.
   * Source: Glance's Presence Visitor API.
   */
  data?: Record<string, string | number>;
  /**
   * What presence is told when a single-page site has changed its address (`pushState`, `replaceState`,
   * `popstate`, `hashchange`), a second later at the most: a function of the new address that answers
   * data, or nothing to tell nothing. `false` never tells. Default `(url) => ({ url })`.
   *
   * Glance documents that it merges later data, and not that `url` takes the place of the address that
   * it was told as the page loaded.
   */
  pagedata?: false | ((url: string) => Record<string, string | number> | undefined);
  /** Called with each problem. Default: `console.warn`, once for each code. */
  onerror?: (problem: Problem) => void;
  /** Called with the ID of the visitor who is connected from now on, or `undefined` for nobody. */
  onchange?: (visitorId: string | undefined) => void;
}

/** Options of `connectWebchat` and `connectConversation`. */
export interface ChatOptions extends ConnectOptions {
  /**
   * When the visitor is connected: `message`, once something was written in the chat, which is when
   * an agent's task comes of it; or `chat`, as soon as there is a chat. Default `message`.
   */
  start?: 'message' | 'chat';
}

/** What is used of `Twilio.FlexWebChat.Actions`. */
export interface WebchatActions {
  addListener(event: any, listener: (payload: any) => void): unknown;
  removeListener(event: any, listener: (payload: any) => void): unknown;
}

/** Options of `connectWebchat`. */
export interface WebchatOptions extends ChatOptions {
  /** Flex WebChat's Actions. Default `Twilio.FlexWebChat.Actions`, for the script from the CDN. */
  Actions?: WebchatActions;
}

/** What is used of the manager that `FlexWebChat.Manager.create` gives. */
export interface WebchatManager {
  store: { getState(): any; subscribe(listener: () => void): () => void };
  chatClient?: any;
}

/** What is used of the webchat that `createWebChat` gives. */
export interface Webchat {
  manager: WebchatManager;
}

/** What is used of a `Conversation` of `@twilio/conversations`. */
export interface ConversationLike {
  readonly sid: string;
  readonly status?: string;
  readonly state?: { current: string } | undefined;
  readonly lastMessage?: unknown;
  on(event: any, listener: (...args: any[]) => void): unknown;
  removeListener(event: any, listener: (...args: any[]) => void): unknown;
}

/** A connected chat or visitor. */
export interface Connection {
  /** The ID of the visitor who is connected now, or `undefined`. */
  readonly visitorId: string | undefined;
  /** Disconnects and stops listening, for good. Extra calls are harmless. */
  stop(): void;
}

/**
 * Connects the visitor of Flex WebChat 2.x while a chat goes on. The visitor ID is the channel SID.
 *
 * A new chat takes the place of the old one, a reload that resumes a chat connects again, a chat that
 * has ended disconnects. Call it once, before or after `webchat.init()`.
 *
 * @param webchat What `createWebChat` or `Manager.create` resolves to, or the promise.
 */
export function connectWebchat(
  webchat: Webchat | WebchatManager | PromiseLike<Webchat | WebchatManager>,
  options?: WebchatOptions,
): Connection;

/**
 * Connects the visitor of a conversation until it is closed, removed, or the visitor has left it. The
 * visitor ID is the conversation SID.
 *
 * @param conversation A `Conversation` of `@twilio/conversations`, which the visitor is in.
 */
export function connectConversation(
  conversation: ConversationLike,
  options?: ChatOptions,
): Connection;

/**
 * Connects a visitor at once, until `stop` is called.
 *
 * @param visitorid The value that the task has as `glance_visitor_id`, such as `visitorId()`.
 */
export function connectVisitor(visitorid: string, options?: ConnectOptions): Connection;

/** Options of `followInvitation`. */
export interface InvitationOptions {
  /**
   * For how many minutes an invitation is good, by the clock of this device and the time in the link.
   * Default 240.
   */
  maxage?: number;
  /**
   * Shows Glance's terms for a session key, in place of `GLANCE.Cobrowse.Visitor.showTerms({ sessionKey })`, which
   * was observed and is not documented. It has to leave the start to the customer.
   */
  show?: (sessionKey: string) => void;
  /** Called with each problem. Default: `console.warn`, once for each code. */
  onerror?: (problem: Problem) => void;
}

/**
 * Shows Glance's terms for an invitation by link (`#glance=…`) that the page was opened with or is led to
 * later, and takes it out of the address at once. A link that is none, or has run out, does nothing but
 * tell `onerror`. Call it before scripts that read the address.
 *
 * @returns Its `stop` follows no further invitation.
 */
export function followInvitation(options?: InvitationOptions): { stop(): void };

/** Options of `visitorId`. */
export interface VisitorIdOptions {
  /** Name of the entry in localStorage, or of the cookie. Default `flex-glance-visitor`. */
  name?: string;
  /**
   * Keeps the ID in a cookie of this domain, for a year, so that sub-domains share it; for example
   * `example.com`. Default: in localStorage, for this origin.
   */
  cookieDomain?: string;
  /** Makes a new ID in place of the one that is kept. Default `false`. */
  renew?: boolean;
}

/**
 * The visitor ID that this browser keeps, or a new one that is kept from now on: `V` and 32
 * hexadecimal digits, 128 random bits. It is in localStorage, or else a cookie, or else good for this
 * page only. An option that cannot be used is told on the console, and left out.
 *
 * @throws {Error} Without `crypto.getRandomValues`.
 */
export function visitorId(options?: VisitorIdOptions): string;

/**
 * Options of `scriptTag`: the attributes of Glance's script tag, without `data-`. `data-authtoken` is
 * not among them: it belongs to agents' pages and must not be on a visitor's.
 */
export interface ScriptTagOptions {
  /** The Glance group. */
  groupid: number | string;
  /** Which of the group's published settings the page uses. Default `production`. */
  site?: 'production' | 'staging';
  /**
   * `api` makes `GLANCE.Presence.Visitor` available, which the `connect…` functions need; `on` lets
   * Glance connect visitors by itself; `off` leaves the attribute out. Default `api`. That a tag
   * without it has no presence was observed, not documented.
   */
  presence?: 'api' | 'on' | 'off';
  /**
   * The domain of Glance's cookie, such as `example.com`: a session goes on from one sub-domain to
   * the next. Leave it out if all pages are on one host.
   */
  cookiedomain?: string;
  /** How Glance stores the session. Glance names the values and does not explain them. */
  cookietype?: 'normal' | 'ls' | 'dual' | 'secure';
  /** Further groups that sessions of this page may run in. */
  additionalgroupids?: (number | string)[];
  /**
   * Keys that start something, such as `{ "ctrl-13": "showTerms" }`. The attribute is documented, the
   * form of its value was observed.
   */
  inputevents?: Record<string, 'showButton' | 'showTerms' | 'startSession'>;
  /** Address of the site's own terms. */
  termsurl?: string;
  /** The visitor's ID for all of the page. Observed, not documented. */
  visitorid?: string;
  /** Glance's web server, such as `www.glance.net`. Observed, not documented. */
  ws?: string;
  /** Glance's presence server. Observed, not documented. */
  presenceserver?: string;
  /** Glance's script server. Observed, not documented. */
  scriptserver?: string;
  /** Whether a session starts paused: 1, or 2 for not paused. Observed, not documented. */
  startpaused?: 1 | 2;
  /** Video at the start. Observed, not documented; its values are not known. */
  video?: string;
  /** Observed, not documented. */
  collection?: 'on';
  /**
   * The host that serves the script, or its https address (http on this machine). Default
   * `www.glancecdn.net`.
   */
  cdn?: string;
}

/**
 * The HTML of Glance's script tag, escaped, for the `head` of every page of the site. Not in the
 * classic script.
 *
 * @throws {TypeError} If an option is missing, wrong or unknown; the message names it.
 */
export function scriptTag(options: ScriptTagOptions): string;

/**
 * Adds Glance's script tag to this page, once: for frameworks, and for pages whose tag manager takes
 * `data-` attributes away. Not in the classic script; docs/site.md has lines of its own for that.
 *
 * @returns The tag; the one that is there already, if there is one.
 * @throws {TypeError} As `scriptTag`.
 */
export function loadScript(options: ScriptTagOptions): HTMLElement;
