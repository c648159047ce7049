/** Glance Cobrowse as a custom element, `<flex-glance>`, without React and without Flex UI. */
import type { TwilioFlexGlanceProps } from 'flex-glance';

/** A task as the desktop names it. */
export interface GlanceTask {
  /** What tells it from all others, such as its reservation's SID. */
  sid: string;
  /** Where the visitor's ID is found; see `TwilioFlexGlanceProps.visitorid`. */
  attributes?: object;
  /** A reservation's status in Flex (`pending`, `accepted`, `wrapup`…). Default `accepted`. */
  status?: string;
}

/**
 * The element. Every prop of the React component but `doctor` is a property of it, and those that are texts,
 * numbers or flags are attributes too, in lower case. `authtoken` is a property alone. As an attribute
 * `viewersandbox` takes `none` in the place of `false`.
 */
export interface FlexGlanceElement
  extends HTMLElement, Partial<Omit<TwilioFlexGlanceProps, 'doctor'>> {
  /** The task that is shown. Left out, the visitor of a text `visitorid` stands for one. */
  task?: GlanceTask;
}

/**
 * Defines the element; importing defines nothing. A name that is taken is left as it is.
 *
 * The attribute `place` is `panel` (default: with the viewer) or `header` (narrow, 52 pixels high).
 *
 * @param name Default `flex-glance`.
 */
export function defineFlexGlance(name?: string): void;

/**
 * Names all tasks that the agent holds, at once and whenever they change. The sessions of others are
 * closed, and `presence` follows the visitors of accepted ones, shown or not. Where it is never called,
 * presence follows the visitors of the tasks that elements show, and sessions end by the agent or the
 * visitor alone.
 *
 * @throws {TypeError} If it is no list, or a task has no `sid`.
 */
export function setTasks(tasks: GlanceTask[]): void;

/**
 * Says which agent is logged in, where agents share a desk: call it at every log-in, and with nothing at
 * a logout. Login keys, the authorization for presence and the sessions of the agent before are
 * forgotten. Never called, the page belongs to one agent.
 *
 * @param identity Any text that stands for the agent alone; `undefined` or `null` for nobody.
 * @throws {TypeError} If it is something else, or a text that stands for nobody.
 */
export function setAgent(identity?: string | null): void;

declare global {
  interface HTMLElementTagNameMap {
    'flex-glance': FlexGlanceElement;
  }
}
