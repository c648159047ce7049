/**
 * The exports of `flex-glance` for a plugin's own tests: no WebAssembly, no network, and what the
 * component shows is in the document at once. `glance` plays Glance and the visitor.
 */
import type { OpenLocation } from 'flex-glance';

export * from 'flex-glance';

/** Why a login key is refused; see `Strings`, `failed_…`. */
export type KeyFailure =
  | 'network'
  | 'timeout'
  | 'refused'
  | 'fault'
  | 'unreadable'
  | 'malformed_key'
  | 'key_lifetime'
  | 'no_token'
  | 'no_partner_user_id';

/** Why presence cannot tell; see `Strings`, `presence_…`. */
export type PresenceFailure = 'script' | 'api' | 'refused' | 'connection';

/** What the component did. `what` tells which of the others are there. */
export interface GlanceCall {
  what:
    | 'registerTaskCanvasHeader'
    | 'registerCrmContainer'
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

/** Plays Glance and the visitor. `sid` may be left out where only one task fits. */
export interface GlanceScript {
  /** The visitor comes to the site, or goes to another page. An agent who waits asks them now. */
  visitorArrives(visitorId: string, where?: { page?: string; browser?: string }): void;
  visitorLeaves(visitorId: string): void;
  /** The visitor who was asked accepts: the session starts, and the viewer opens. */
  visitorAccepts(sid?: string): void;
  visitorDeclines(sid?: string): void;
  /** Glance reports that the session is over. */
  sessionEnds(sid?: string): void;
  /** The next request for a login key fails. Default `refused`. */
  failNextKey(reason?: KeyFailure): void;
  /** Presence cannot tell, until `restorePresence`. Default `connection`. */
  failPresence(reason?: PresenceFailure): void;
  restorePresence(): void;
  /** Whether the browser blocks viewers in a `tab` or `window`. Default `true`. */
  blockPopups(blocked?: boolean): void;
  /** Everything that the component did since `reset`, in order. */
  readonly calls: GlanceCall[];
  /** The calls of one kind. */
  callsOf(what: GlanceCall['what']): GlanceCall[];
  readonly viewers: OpenViewer[];
  /** The IDs of the visitors on the site. */
  readonly visitors: string[];
  /** Forgets sessions, visitors, calls and what was arranged. Call it before each test. */
  reset(): void;
}

export const glance: GlanceScript;
