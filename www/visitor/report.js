/** Where problems go. Nothing is ever thrown into a chat or into Glance's script. */

/**
 * @param {(error: Error & {code: string}) => void} [onerror]
 * @returns {(code: string, message: string, cause?: unknown) => void} Reports a problem: to
 *   `onerror`, or else to the console, once per code.
 */
export function reporter(onerror) {
  const warned = new Set();
  return (code, message, cause) => {
    const error = new Error(`flex-glance/visitor: ${message}`);
    error.code = code;
    error.cause = cause;
    if (onerror) {
      try {
        onerror(error);
        return;
      } catch (_) {
        // It is the page's own; the problem is told on the console instead.
      }
    }
    if (!warned.has(code)) console.warn(error.message);
    warned.add(code);
  };
}

/** Controls, direction marks and whatever else is not seen. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;

/** Longest text of others that is told, in characters. */
const LONGEST = 200;

/** A text of others in one line that reads in its own direction. */
export function shown(text) {
  return text.replace(UNSEEN, ' ').slice(0, LONGEST);
}

/** What went wrong, in words, whatever was thrown or handed over. */
export function reason(cause) {
  try {
    const told = cause && (cause.message || cause.msg || cause.code);
    return shown(String(told || cause || 'no reason given'));
  } catch (_) {
    return 'no reason given';
  }
}

/**
 * Wraps a listener so that it never throws and answers nothing.
 * @param {ReturnType<typeof reporter>} report
 * @param {(...args: unknown[]) => void} listener
 */
export function guarded(report, listener) {
  return (...args) => {
    try {
      listener(...args);
    } catch (error) {
      report('internal', `A listener failed (${reason(error)}).`, error);
    }
  };
}
