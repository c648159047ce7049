// Twilio's REST APIs, by fifteen plain calls. Twilio's own clients (`@twilio-labs/serverless-api`,
// `@twilio/flex-plugins-api-client`) bring 480 packages and 64 MB for these calls, know neither NO_PROXY nor
// NODE_EXTRA_CA_CERTS as the doctor does, and stop at the first dropped connection. The sandbox's stand-in
// is held to them.

import manifest from '../../package.json' with { type: 'json' };
import { judgeBetween } from '../../../src/doctor/judge/connection.mjs';
import { quote } from '../../../src/doctor/finding.mjs';
import { bodyOf } from './body.mjs';

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** An upload takes as long as a slow line does: so many times the patience with other calls. */
const UPLOAD_PATIENCE = 6;
const PAGE_SIZE = 100;
/** A list without an end is none. */
const MOST_PAGES = 50;
const LARGEST_ANSWER = 16 << 20;

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

/**
 * @typedef {object} Request
 * @property {'GET' | 'POST' | 'DELETE'} method
 * @property {string} host Such as `serverless.twilio.com`.
 * @property {string} path From `/v1`.
 * @property {Record<string, unknown>} [form]
 * @property {unknown} [json]
 * @property {import('./body.mjs').Part[]} [parts]
 * @property {boolean} [isExact] The answer is to be sent back: it may have no number that JavaScript rounds.
 *
 * @param {object} how
 * @param {{user: string, secret: string}} how.credentials
 * @param {(url: URL, init: object) => Promise<import('../../../src/doctor/judge/function.mjs').Answer>} how.ask
 *   The doctor's `request`.
 * @param {(ms: number) => Promise<void>} how.wait
 * @param {number} how.patienceMs How long one request may take.
 */
export function createTwilio({ credentials, ask, wait, patienceMs }) {
  const { user, secret } = credentials;
  const authorization = `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

  /**
   * Calls, again where that is safe: reads after whatever may pass, writes after 429, which Twilio documents as
   * never processed. Another write that failed may have taken effect: whoever asked for it has to look.
   * @param {Request} request
   * @returns {Promise<any>} The JSON, undefined if there is none.
   * @throws {TwilioError}
   */
  async function send(request) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await sendOnce(request);
      } catch (error) {
        const isSafe = request.method === 'GET' ? error.isTransient : error.status === 429;
        if (!isSafe || tries === MOST_TRIES) throw error;
        await pause(error, tries);
      }
    }
  }

  async function sendOnce(request) {
    const url = new URL(`https://${request.host}${request.path}`);
    const { type, body } = bodyOf(request);
    const answer = await ask(url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        authorization,
        'user-agent': `flex-glance-cli/${manifest.version}`,
        ...(type && { 'content-type': type }),
      },
      body,
      patienceMs: patienceMs * (request.parts ? UPLOAD_PATIENCE : 1),
      largestBody: LARGEST_ANSWER,
    });
    const what = `${request.method} ${url.host}${url.pathname}`;
    if (answer.failure) throw unanswered(answer, url, what);
    if (answer.status < 200 || answer.status >= 300) throw refused(answer, what);
    if (answer.body === '') return undefined;
    const reply = asJson(answer.body);
    if (reply === undefined) {
      throw new TwilioError(`${what}: the answer is no JSON. Something between may have made it.`);
    }
    const inexact = request.isExact ? inexactIn(answer.body) : undefined;
    if (inexact !== undefined) {
      throw new TwilioError(
        `${what}: the answer has the number ${inexact}, which would be sent back changed. Make it a text first.`,
      );
    }
    return reply;
  }

  /** Before the next try: what Twilio asks for, else twice as long each time. */
  function pause({ retryAfterMs }, tries) {
    return wait(Math.min(retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS));
  }

  return {
    send,
    pause,
    wait,
    /** Reads one thing; undefined if it is not there. */
    async find(host, path) {
      try {
        return await send({ method: 'GET', host, path });
      } catch (error) {
        if (error.status === 404) return undefined;
        throw error;
      }
    },
    /**
     * Reads a list, all pages of it.
     * @param {string} host
     * @param {string} path
     * @param {string} key Under which a page has its entries.
     * @param {number} [most] How many entries are enough.
     */
    async list(host, path, key, most = Infinity) {
      const entries = [];
      let next = `${path}?PageSize=${Math.min(most, PAGE_SIZE)}`;
      for (let page = 0; next && page < MOST_PAGES && entries.length < most; page += 1) {
        const answer = await send({ method: 'GET', host, path: next });
        entries.push(...(answer?.[key] ?? []));
        next = nextPath(answer?.meta?.next_page_url, host);
      }
      return entries.slice(0, most);
    },
  };
}

/** No credentials go to another host than the one that was asked. */
function nextPath(url, host) {
  if (!url) return undefined;
  const next = new URL(url, `https://${host}`);
  return next.host === host ? next.pathname + next.search : undefined;
}

function unanswered(answer, url, what) {
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

function refused({ status, headers, body }, what) {
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
  const fix = status === 403 ? ' Use the auth token, or a main API key of the account.' : '';
  return new TwilioError(`${what}: Twilio answered ${status}${told}${number}.${fix}`, about);
}

/** Seconds, as Twilio sends them. */
function retryAfterMs(header) {
  return /^\d{1,4}$/.test(header ?? '') ? Number(header) * 1000 : undefined;
}

/** The first whole number of a JSON text that is another one once it is read. */
function inexactIn(text) {
  const numbers = text.replace(/"(?:\\.|[^"\\])*"/g, '').match(/-?\d[\d.eE+-]*/g) ?? [];
  return numbers.find((number) => /^-?\d+$/.test(number) && String(Number(number)) !== number);
}

function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
