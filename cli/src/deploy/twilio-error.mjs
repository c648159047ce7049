// What a call of Twilio's APIs came to, where that is no success: told with what to do.

import { judgeBetween } from '../../../src/doctor/judge/connection.mjs';
import { quote } from '../../../src/doctor/finding.mjs';

/** An answer that is no success, or none. `message` says what to do and holds what Twilio says. */
export class TwilioError extends Error {
  /**
   * @param {string} message
   * @param {{status?: number, isTransient?: boolean, retryAfterMs?: number}} about `isTransient`: the same call
   *   may succeed later, and it is not known whether this one took effect.
   */
  constructor(message, { status, isTransient = false, retryAfterMs } = {}) {
    super(message);
    Object.assign(this, { status, isTransient, retryAfterMs });
  }
}

/** @param {string} what Was asked. */
export function unanswered(answer, url, what) {
  const told = judgeBetween(answer, url.href);
  const seen = told ? `${told.seen} ${told.fix}` : FAILURES[answer.failure];
  const isTransient = !['tls', 'proxy', 'too_large'].includes(answer.failure);
  return new TwilioError(`${what}: ${seen ?? 'there was no answer.'}`, { isTransient });
}

const FAILURES = {
  dns: 'the name of the host is not known here. Look at the network of this machine.',
  refused: 'the connection was refused.',
  timeout: 'there was no answer in time.',
  closed: 'the connection broke before there was an answer.',
  tls: 'the host shows no certificate that Node.js trusts.',
  too_large: 'the answer is too long.',
};

const REDIRECTED =
  ' It is asked for nothing that is elsewhere: something between may have answered. Look at the network of this machine.';
const FORBIDDEN = ' Use the auth token, or a main API key of the account.';

/** @param {string} what Was asked. */
export function refused({ status, headers, body }, what) {
  const about = {
    status,
    isTransient: status === 429 || status >= 500,
    retryAfterMs: retryAfterMs(headers?.['retry-after']),
  };
  if (status === 401) {
    return new TwilioError(
      'Twilio does not accept these credentials. Compare TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET, in the Twilio Console.',
      about,
    );
  }
  const { message, code } = asJson(body ?? '') ?? {};
  const told = typeof message === 'string' ? `: ${quote(message)}` : '';
  const number = Number.isInteger(code) ? ` (error ${code})` : '';
  const fix = status < 400 ? REDIRECTED : status === 403 ? FORBIDDEN : '';
  return new TwilioError(`${what}: Twilio answered ${status}${told}${number}.${fix}`, about);
}

/** Seconds, as Twilio sends them. */
function retryAfterMs(header) {
  return /^\d{1,4}$/.test(header ?? '') ? Number(header) * 1000 : undefined;
}

/**
 * An answer that deploy cannot go by.
 * @param {string} what Was asked.
 * @param {string} wrong Such as `has no sid`.
 */
export function strange(what, wrong) {
  return new TwilioError(
    `${what}: the answer ${wrong}, so it is not what Twilio documents. Something between may have made it: look at the network of this machine, and run the command again.`,
  );
}

/** @returns {any} undefined for what is no JSON. */
export function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
