// Twilio's REST APIs, by fifteen plain calls. Twilio's own clients (`@twilio-labs/serverless-api`,
// `@twilio/flex-plugins-api-client`) bring 480 packages and 64 MB for these calls, know neither NO_PROXY nor
// NODE_EXTRA_CA_CERTS as the doctor does, and stop at the first dropped connection. The sandbox's stand-in
// is held to them.

import manifest from '../../package.json' with { type: 'json' };
import { bodyOf } from './body.mjs';
import { inexactIn } from '../exact-numbers.mjs';
import { wrongIn, wrongInPage } from './expected.mjs';
import { TwilioError, asJson, refused, strange, unanswered } from './twilio-error.mjs';

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** An upload takes as long as a slow line does: so many times the patience with other calls. */
const UPLOAD_PATIENCE = 6;
const PAGE_SIZE = 100;
/** A list that goes on further than this has no end. */
const MOST_PAGES = 50;
const LARGEST_ANSWER = 16 << 20;

/**
 * @typedef {object} Request
 * @property {'GET' | 'POST' | 'DELETE'} method
 * @property {string} host Such as `serverless.twilio.com`.
 * @property {string} path From `/v1`.
 * @property {Record<string, unknown>} [form]
 * @property {unknown} [json]
 * @property {import('./body.mjs').Part[]} [parts]
 * @property {string[]} [has] Which texts the answer has to have.
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
   * @returns {Promise<any>} The JSON, an object; undefined for a DELETE.
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
    if (request.method === 'DELETE') return undefined;
    const reply = asJson(answer.body);
    const wrong = wrongIn(reply, request.has ?? []);
    if (wrong) throw strange(what, wrong);
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
    /**
     * Reads one thing; undefined if it is not there.
     * @param {string} host
     * @param {string} path
     * @param {Pick<Request, 'has' | 'isExact'>} [how]
     */
    async find(host, path, how) {
      try {
        return await send({ method: 'GET', host, path, ...how });
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
     * @throws {TwilioError} Also for a list that is not as documented, or has no end.
     */
    async list(host, path, key, most = Infinity) {
      const entries = [];
      let next = `${path}?PageSize=${Math.min(most, PAGE_SIZE)}`;
      for (let pages = 0; next && entries.length < most; pages += 1) {
        const what = `GET ${host}${path}`;
        if (pages === MOST_PAGES) throw strange(what, 'has no end');
        const page = await send({ method: 'GET', host, path: next });
        const wrong = wrongInPage(page, key);
        if (wrong) throw strange(what, wrong);
        entries.push(...page[key]);
        next = nextPath(page.meta?.next_page_url, host);
        if (next === null) throw strange(what, 'has a next page somewhere else');
      }
      return entries.slice(0, most);
    },
  };
}

/** @returns undefined after the last page, null for another host, which is given no credentials. */
function nextPath(url, host) {
  if (!url) return undefined;
  const next = parsed(url, `https://${host}`);
  return next?.host === host ? next.pathname + next.search : null;
}

function parsed(url, base) {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
