/** Where problems go. Nothing is ever thrown into a chat or into Glance's script. */

/**
 * @param {{onerror?: (error: Error & {code: string}) => void}} options
 * @returns {(code: string, message: string, cause?: unknown) => void} Reports a problem: to
 *   `onerror`, or else to the console, once per code.
 */
export function reporter({ onerror }) {
  const warned = new Set();
  return (code, message, cause) => {
    const error = new Error(`flex-glance/visitor: ${message}`);
    error.code = code;
    error.cause = cause;
    if (typeof onerror === 'function') {
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

/** What went wrong, in words, whatever was thrown or handed over. */
export function reason(cause) {
  return String(
    (cause && (cause.message || cause.msg || cause.code)) || cause || 'no reason given',
  );
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
