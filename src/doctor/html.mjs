/**
 * The start tags of an HTML page, as a browser's tokenizer finds them: comments, and the text of
 * scripts, styles and other raw elements, hold none.
 *
 * Source: HTML Standard, section "Tokenization"; a test holds it to parse5. Ours, so that a plugin that
 * installs the package installs nothing else for it. It differs from a browser in what only a tree tells:
 * tags inside `template` and in the titles of an `svg` are found too, and those that a browser moves
 * are found where they are written.
 *
 * @typedef {object} Element
 * @property {string} name In lower case.
 * @property {Map<string, string>} attributes Names in lower case; of those given twice, the first.
 * @property {string[]} repeated Names of attributes that were given more than once.
 * @property {string} text What a raw element holds, as it is written; empty for all others.
 */

/** Elements whose content is text; `noscript` is, where scripts run. */
const RAW = new Set([
  'iframe',
  'noembed',
  'noframes',
  'noscript',
  'script',
  'style',
  'textarea',
  'title',
  'xmp',
]);

const SPACE = '[\\t\\n\\f\\r ]';
const TAG_NAME = /<(\/?)([a-z][^\t\n\f\r />]*)/iy;
const ATTRIBUTE = new RegExp(
  `[\\t\\n\\f\\r /]*([^\\t\\n\\f\\r />][^\\t\\n\\f\\r />=]*)` +
    `(?:${SPACE}*=${SPACE}*(?:"([^"]*)"|'([^']*)'|(?=>)|([^\\t\\n\\f\\r >"'][^\\t\\n\\f\\r >]*)))?`,
  'y',
);
const TAG_END = /[\t\n\f\r /]*>/y;

/**
 * @param {string} html
 * @returns {Element[]} In the order of the page.
 */
export function startTags(html) {
  const found = [];
  // Inside these, titles, styles and scripts are elements like any other.
  let foreign = 0;
  let at = 0;
  while ((at = html.indexOf('<', at)) !== -1) {
    const markup = skipMarkup(html, at);
    if (markup !== undefined) {
      at = markup;
      continue;
    }
    const tag = readTag(html, at);
    if (tag === undefined) {
      at += 1;
      continue;
    }
    at = tag.end;
    const isForeign = tag.name === 'svg' || tag.name === 'math';
    if (tag.closes) {
      if (isForeign) foreign = Math.max(0, foreign - 1);
      continue;
    }
    const element = {
      name: tag.name,
      attributes: tag.attributes,
      repeated: tag.repeated,
      text: '',
    };
    found.push(element);
    if (isForeign && !tag.closesItself) foreign += 1;
    if (foreign > 0 || !RAW.has(tag.name)) continue;
    const end = rawEnd(html, at, tag.name);
    element.text = html.slice(at, end);
    at = end;
  }
  return found;
}

/** Where a comment, a doctype or the like ends that begins at `at`; undefined if none does. */
function skipMarkup(html, at) {
  if (html.startsWith('<!--', at)) {
    // `<!-->` and `<!--->` are whole comments.
    const empty = /^<!---?>/.exec(html.slice(at, at + 6));
    if (empty) return at + empty[0].length;
    return after(html, /--!?>/g, at + 4);
  }
  if (/^<[!?]|^<\/[^a-z]/i.test(html.slice(at, at + 3))) return after(html, />/g, at);
  return undefined;
}

function after(html, pattern, from) {
  pattern.lastIndex = from;
  return pattern.test(html) ? pattern.lastIndex : html.length;
}

/** The tag that begins at `at`; undefined for text. One that the page ends in is no element. */
function readTag(html, at) {
  TAG_NAME.lastIndex = at;
  const head = TAG_NAME.exec(html);
  if (!head) return undefined;
  const attributes = new Map();
  const repeated = [];
  let end = TAG_NAME.lastIndex;
  for (;;) {
    TAG_END.lastIndex = end;
    const close = TAG_END.exec(html);
    if (close) {
      return {
        name: head[2].toLowerCase(),
        closes: head[1] === '/',
        closesItself: close[0].endsWith('/>'),
        attributes,
        repeated,
        end: TAG_END.lastIndex,
      };
    }
    ATTRIBUTE.lastIndex = end;
    const attribute = ATTRIBUTE.exec(html);
    // A quotation mark that nothing closes takes the rest of the page.
    if (!attribute || isUnclosed(html, attribute)) return { closes: true, end: html.length };
    end = ATTRIBUTE.lastIndex;
    const name = attribute[1].toLowerCase();
    const value = [attribute[2], attribute[3], attribute[4]].find((text) => text !== undefined);
    if (attributes.has(name)) repeated.push(name);
    else attributes.set(name, unescape(value || ''));
  }
}

function isUnclosed(html, attribute) {
  const end = attribute.index + attribute[0].length;
  return attribute[0].endsWith(attribute[1]) && /^[\t\n\f\r ]*=/.test(html.slice(end, end + 100));
}

/** Where the text of a raw element ends: at its end tag, or with the page. */
function rawEnd(html, from, name) {
  if (name === 'script') return scriptEnd(html, from);
  const end = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi');
  end.lastIndex = from;
  const found = end.exec(html);
  return found ? found.index : html.length;
}

/** A script inside `<!--` may hold a whole `<script>…</script>` as text. */
function scriptEnd(html, from) {
  const marks = /<!--|-->|<(\/?)script(?=[\t\n\f\r />])/gi;
  marks.lastIndex = from;
  let depth = 0;
  let mark;
  while ((mark = marks.exec(html))) {
    if (mark[0] === '<!--') {
      if (depth === 0) depth = 1;
      // Its dashes may be those of `-->` too.
      marks.lastIndex -= 2;
    } else if (mark[0] === '-->') {
      depth = 0;
    } else if (mark[1] === '') {
      if (depth === 1) depth = 2;
    } else if (depth === 2) {
      depth = 1;
    } else {
      return mark.index;
    }
  }
  return html.length;
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const REFERENCE =
  /&(?:#(\d{1,7});?|#x([0-9a-f]{1,6});?|(amp|lt|gt|quot|nbsp)(?:;|(?![\w=]))|(apos);)/gi;

/** Character references as they occur in addresses and names: numbers, and the six above. */
function unescape(text) {
  return text.replace(REFERENCE, (_, decimal, hex, name, strict) => {
    if (name !== undefined || strict !== undefined) return ENTITIES[(name || strict).toLowerCase()];
    const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\u{fffd}';
  });
}
