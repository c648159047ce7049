/**
 * Judges a page whose HTML has no script tag of Glance's: may a script of the page add it?
 *
 * Source: the loaders that tag managers and consent managers publish; what the build tools of frameworks
 * write into their page.
 */

import { check } from '../finding.mjs';

/** Why the tag matters. */
export const SCRIPT = check(
  'visitor.script',
  "Without Glance's script nobody can see or join the page.",
);

/** For the console of a browser, which runs the page's scripts: the tag as it came to be, or null. */
export const LOOK_FOR_TAG =
  'document.querySelector("#glance-cobrowse, #cobrowsescript, script[src*=\'/CobrowseJS.ashx\']")?.outerHTML';

const CHECK_IN_CONSOLE =
  `Open the page in a browser, and run in its console: ${LOOK_FOR_TAG}. It prints the tag, with its ` +
  'attributes data-…, if a script adds it.';
const PUT_IT_THERE = 'Put the tag of docs/site.md into the head.';

/** Services that add tags to a page, by their loader. */
const TAG_MANAGERS = [
  [/googletagmanager\.com\/gtm|\bGTM-[A-Z0-9]{4,}/, 'Google Tag Manager'],
  [/tags\.tiqcdn\.com|\/utag(\.sync)?\.js/, 'Tealium'],
  [/assets\.adobedtm\.com|\/satelliteLib-|\/launch-[\w-]+\.min\.js/, 'Adobe tags'],
  [/nexus\.ensighten\.com|\/Bootstrap\.js/, 'Ensighten'],
  [/cdn\.tagcommander\.com|\/tc_\w+_\d+\.js/, 'Commanders Act'],
  [/\/js\/container_\w+\.js|\.containers\.piwik\.pro/, 'Matomo or Piwik PRO'],
  [/cdn\.segment\.com\/(analytics\.js|next-integrations)/, 'Segment'],
  [/cdn\.cookielaw\.org|consent\.cookiebot\.com|app\.usercentrics\.eu/, 'a consent manager'],
];

/** Scripts that a browser runs; others are data. */
const RUNS = /^\s*((text|application)\/(x-)?(java|ecma)script|module)?\s*$/i;

/** Ways in which a script brings another one. */
const BRINGS_SCRIPTS =
  /createElement|document\.write|insertAdjacentHTML|innerHTML|appendChild|\bimport\s*[("']|\b(fetch|eval|Function)\s*\(/;

/** What a page is called to which its own scripts bring all that is seen. */
const SHELL_MARK = /^(root|app|__next|__nuxt|___gatsby|svelte|q-app)$/;
const SHELL_ELEMENT = /^[a-z][\w]*-(root|app|shell)$/;

/**
 * @param {{tags: import('../html.mjs').Element[], html: string, isCut?: boolean}} page `isCut`: not all of
 *   it came.
 * @returns {import('../finding.mjs').Finding}
 */
export function judgeAbsentTag({ tags, html, isCut }) {
  if (/CobrowseJS\.ashx|glance-cobrowse|cobrowsescript/i.test(html)) {
    return SCRIPT.unknown(
      "Glance's script is named in a script, a comment or noscript, and there is no tag of its own.",
      `${CHECK_IN_CONSOLE} Otherwise take it out of the comment.`,
    );
  }
  const by = whatMayAddIt(tags);
  if (by) {
    return SCRIPT.unknown(
      `The page's HTML has no script tag of Glance's, and ${by} may add it.`,
      `${CHECK_IN_CONSOLE} If it prints undefined: ${PUT_IT_THERE}`,
    );
  }
  if (isCut) {
    return SCRIPT.unknown(
      "What came of the page has no script tag of Glance's.",
      `${CHECK_IN_CONSOLE} If it prints undefined: ${PUT_IT_THERE}`,
    );
  }
  return SCRIPT.error("The page's HTML has no script tag of Glance's.", PUT_IT_THERE);
}

/** What of the page may add a tag, in words; undefined if nothing may. */
function whatMayAddIt(tags) {
  const scripts = tags.filter(
    ({ name, attributes }) => name === 'script' && RUNS.test(attributes.get('type') || ''),
  );
  const texts = scripts.map(({ attributes, text }) => `${attributes.get('src') || ''}\n${text}`);
  const manager = TAG_MANAGERS.find(([loader]) => texts.some((text) => loader.test(text)));
  if (manager) return manager[1];
  const loaders = scripts.filter(
    ({ attributes, text }) => attributes.has('src') || BRINGS_SCRIPTS.test(text),
  );
  if (loaders.length === 0) return undefined;
  if (tags.some(isShell) || loaders.some(({ attributes }) => isModule(attributes))) {
    return 'the application that its scripts start';
  }
  return `its scripts (${loaders.length})`;
}

function isShell({ name, attributes }) {
  return SHELL_ELEMENT.test(name) || SHELL_MARK.test(attributes.get('id') || '');
}

function isModule(attributes) {
  return /^\s*module\s*$/i.test(attributes.get('type') || '');
}
