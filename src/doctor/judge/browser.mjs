/** Judges what the agent's browser lets the component do. */

import { check } from '../finding.mjs';
import { addToPolicy } from './policy.mjs';

const WEBASSEMBLY = check('browser.webassembly', 'The component is written in WebAssembly.');
const POPUPS = check(
  'browser.popups',
  'A viewer in a tab or window opens only where the browser lets Flex open one.',
);

/** @param {Awaited<ReturnType<typeof import('../observe/webassembly.mjs').tryWebAssembly>>} seen */
export function judgeWebAssembly(seen) {
  if (seen === 'runs') return WEBASSEMBLY.ok('WebAssembly runs here.');
  if (seen === 'missing') {
    return WEBASSEMBLY.error(
      'This browser has no WebAssembly.',
      "Use a browser that Flex supports; switch on WebAssembly where a company's policy or a security mode has switched it off.",
    );
  }
  if (seen === 'refused') {
    return WEBASSEMBLY.error(
      'The browser refuses to compile WebAssembly.',
      "Look for a security mode or a company's policy that forbids it, and except Flex from it.",
    );
  }
  return WEBASSEMBLY.error(
    `The page's Content Security Policy (${seen.directive}) refuses WebAssembly.`,
    addToPolicy(seen.directive, "'wasm-unsafe-eval'"),
  );
}

/**
 * @param {{opened?: boolean, showsBlocked: boolean}} seen `opened`: what came of the administrator's
 *   own test; `showsBlocked`: the component shows that its viewer was blocked.
 * @param {string} place Where viewers open.
 * @param {string} origin The page's.
 */
export function judgePopups({ opened, showsBlocked }, place, origin) {
  if (opened) return POPUPS.ok('The browser let Flex open a window.');
  if (opened === false || showsBlocked) {
    return POPUPS.error(
      `The browser blocks windows that ${origin} opens.`,
      `Allow pop-ups for ${origin} in the browser's settings, or by a company's policy (PopupsAllowedForUrls in Chrome and Edge).`,
    );
  }
  return place === 'flex'
    ? POPUPS.ok('Viewers open in the panel. Only Open in a tab needs a pop-up.')
    : POPUPS.unknown(
        'Not tried: a window may open only when somebody clicks.',
        'Press Test pop-ups. A blank window opens and closes at once.',
      );
}
