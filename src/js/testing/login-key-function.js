// @ts-check
/**
 * The `getloginkey` Function, as far as the component sees it: what `fetch` gives. The answers are those
 * of the published Function and of a network; nothing leaves the test.
 */

/** The component waits for a key so long at the most, with all its retries. */
const LONGEST_WAIT_MS = 10000;
const KEY_LIFE_S = 3600;

/** By the names of the component's texts, `failed_…`. */
const FAILURES = {
  network: { error: 'There is no network.' },
  timeout: { isSilent: true },
  refused: { status: 403, body: {} },
  fault: { status: 500, body: {} },
  unreadable: { status: 200 },
  malformed_key: { status: 200, body: { loginKey: 'no login key' } },
  key_lifetime: { status: 200, body: { loginKey: loginKey(1) } },
};
export const KEY_FAILURES = Object.keys(FAILURES);

/** The request, as the component makes it. */
export class ScriptedRequest {
  constructor(url, { body }) {
    this.url = url;
    this.body = body;
  }
}

/** The answer, as the component reads it. */
export class ScriptedResponse {
  constructor(turn, { status, body }) {
    this.status = status;
    this.headers = { get: () => null };
    this.json = () =>
      turn.promise((resolve, reject) =>
        body ? resolve(body) : reject(new SyntaxError('This is no JSON.')),
      );
  }
}

/**
 * @param {object} parts
 * @param {ReturnType<import('./turn.js').createTurn>} parts.turn
 * @param {ReturnType<import('./clock.js').createClock>} parts.clock
 * @param {(what: string, details: object) => void} parts.note
 */
export function createLoginKeyFunction({ turn, clock, note }) {
  /** What a test has arranged for the next request. */
  let arranged;
  /** Whether a request has met with it. */
  let isMet = false;

  function answer() {
    if (!arranged) {
      const issuedAt = Math.floor(clock.Date.now() / 1000);
      return { status: 200, body: { loginKey: loginKey(issuedAt + KEY_LIFE_S), issuedAt } };
    }
    isMet = true;
    return FAILURES[arranged];
  }

  return {
    /** Stands for the page's `fetch`. */
    fetch({ url, body }) {
      const form = new URLSearchParams(body);
      const [token, puid] = [form.get('Token'), form.get('partneruserid')];
      note('keyRequested', { authurl: url, puid, token });
      const given = answer();
      return turn.promise((resolve, reject) => {
        if (given.error) reject(new TypeError(given.error));
        else if (!given.isSilent) resolve(new ScriptedResponse(turn, given));
      });
    },

    /** @param {string} reason One of `KEY_FAILURES`. */
    failNext(reason) {
      arranged = reason;
      isMet = false;
    },

    /** Lets the request that fails, and the component's own retries, come to their end. */
    finish() {
      if (!isMet) return;
      isMet = false;
      if (FAILURES[arranged].error || FAILURES[arranged].isSilent) clock.pass(LONGEST_WAIT_MS);
      arranged = undefined;
      isMet = false;
    },

    reset() {
      arranged = undefined;
      isMet = false;
    },
  };
}

/** In the form of a login key. Nobody has signed it. */
function loginKey(expiresAtS) {
  return `$1$${String(expiresAtS).padStart(10, '0')}$${'A'.repeat(43)}`;
}
