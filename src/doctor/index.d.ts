/**
 * The doctor of `flex-glance`: finds what is wrong with a set-up.
 *
 * What each check means, and what is sent where, is in `docs/doctor.md`.
 */

import type { TwilioFlexGlanceProps } from 'flex-glance';

/**
 * `ok`: in order. `warning`: works, and should be put right. `error`: does not work. `unknown`: no
 * fault; it could not be told, and `fix` says how to find out.
 */
export type Status = 'ok' | 'warning' | 'error' | 'unknown';

/** What one check found. */
export interface Finding {
  /** Name of the check, such as `function.cors`. Names stay; more may be added. */
  check: string;
  status: Status;
  /** What was seen. Never a secret. */
  seen: string;
  /** Why it matters. */
  why: string;
  /** The step to take; empty if there is nothing to do. */
  fix: string;
}

/** What an examination found. It holds no API key, login key or Flex token. */
export interface Report {
  /** Version of flex-glance. */
  version: string;
  /** When, in ISO 8601. */
  at: string;
  /** Origin of the page. */
  page: string;
  /** The browser's user agent. */
  browser: string;
  /** A check that depends on one that failed is left out, so that one fault is one finding. */
  findings: Finding[];
}

/**
 * Examines a set-up from this page. It asks the login-key Function once with the agent's Flex token,
 * and Glance's hosts, as the component does.
 *
 * @param props Props to examine; left out, those of the component on the page that has the prop `doctor`.
 *   That component says what it thinks of them: without one on the page, nothing is examined.
 * @returns Never rejects.
 */
export function diagnose(props?: Partial<TwilioFlexGlanceProps>): Promise<Report>;

/** The value of the component's prop `doctor`. */
export interface Doctor {
  diagnose: typeof diagnose;
  /** Opens the panel, for a button of your own. */
  open(props?: Partial<TwilioFlexGlanceProps>): void;
  /** Closes the panel. Taking a registration back does so, too. */
  close(): void;
  /** For the component alone. */
  attach(component: object): { update(): void; detach(): void };
}

export const doctor: Doctor;
