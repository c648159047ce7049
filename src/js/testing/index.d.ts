/**
 * The exports of `flex-glance` for a plugin's own tests: the component itself, without a network, and
 * what it shows is in the document at once. `glance` plays Glance, the Function and the visitor.
 */
import type { OpenLocation } from 'flex-glance';

export * from 'flex-glance';

/** What goes wrong with a login key; see `Strings`, `failed_…`. */
export type KeyFailure =
  'network' | 'timeout' | 'refused' | 'fault' | 'unreadable' | 'malformed_key' | 'key_lifetime';

/** Why presence cannot tell; see `Strings`, `presence_…`. */
export type PresenceFailure = 'script' | 'api' | 'refused' | 'connection';

/** What the component did. `what` tells which of the others are there. */
export interface GlanceCall {
  what:
    | 'registerTaskCanvasHeader'
    | 'registerCrmContainer'
    | 'registerFromConfiguration'
    | 'unregistered'
    | 'presenceStarted'
    | 'visitorAsked'
    | 'keyTyped'
    | 'keyRequested'
    | 'viewerOpened'
    | 'viewerFocused'
    | 'viewerBlocked'
    | 'viewerClosed'
    | 'onsessionstart'
    | 'onsessionend';
  [detail: string]: unknown;
}

/** A viewer that is open. */
export interface OpenViewer {
  sid: string;
  sessionKey: string;
  openlocation: OpenLocation;
}

/**
 * Plays Glance, the Function and the visitor. `sid` is the task's, or the visitor's ID, and may be left
 * out where only one fits.
 */
export interface GlanceScript {
  /** The visitor comes to the site, or goes to another page. An agent who waits asks them now. */
  visitorArrives(visitorId: string, where?: { page?: string; browser?: string }): void;
  /** They leave, and do not come back within the time that a change of page takes. */
  visitorLeaves(visitorId: string): void;
  /** The visitor who was asked accepts: the session starts, and the viewer opens. */
  visitorAccepts(sid?: string): void;
  visitorDeclines(sid?: string): void;
  /** Glance reports that the session is over. */
  sessionEnds(sid?: string): void;
  /**
   * The next request for a login key fails, with all that the component tries again by itself. Default
   * `refused`.
   */
  failNextKey(reason?: KeyFailure): void;
  /**
   * Presence cannot tell, until `restorePresence`. Default `connection`. A script that is loaded cannot
   * fail to load: `script` and `api` come before the component is shown.
   */
  failPresence(reason?: PresenceFailure): void;
  /** So much time passes that the component tries again. */
  restorePresence(): void;
  /** Lets time pass for the component alone: what lapses then, lapses now. */
  timePasses(seconds: number): void;
  /** Whether the browser blocks viewers in a `tab` or `window`. Default `true`. */
  blockPopups(blocked?: boolean): void;
  /** Everything that the component did since `reset`, in order. */
  readonly calls: GlanceCall[];
  /** The calls of one kind. */
  callsOf(what: GlanceCall['what']): GlanceCall[];
  readonly viewers: OpenViewer[];
  /** The IDs of the visitors on the site. */
  readonly visitors: string[];
  /**
   * Takes registrations back, and forgets sessions, visitors, calls and what was arranged. Components
   * that are still mounted begin anew. Call it before each test.
   */
  reset(): void;
}

export const glance: GlanceScript;
