/** Hears which requests the page's Content Security Policy refuses while something is tried. */

/** The browser reports a refusal a moment after the request failed, in milliseconds. */
const REPORT_MS = 100;

/**
 * Runs `attempt` and tells with its outcome what the page's policy refused meanwhile.
 * @template T
 * @param {string} blocked How the refused address begins, or what stands for it (`wasm-eval`).
 * @param {() => Promise<T>} attempt
 * @returns {Promise<{outcome: T, directive?: string}>} `directive` as it is written in a policy.
 */
export async function underPolicy(blocked, attempt) {
  let directive;
  const hear = (event) => {
    if (event.disposition !== 'enforce' || !event.blockedURI.startsWith(blocked)) return;
    directive = event.effectiveDirective.replace(/-(elem|attr)$/, '');
  };
  document.addEventListener('securitypolicyviolation', hear);
  try {
    const outcome = await attempt();
    await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
    return { outcome, directive };
  } finally {
    document.removeEventListener('securitypolicyviolation', hear);
  }
}
