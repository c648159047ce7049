/** Finds Glance's script tag among a page's tags. */

export const IDS = ['glance-cobrowse', 'cobrowsescript'];
const PATH = /\/cobrowse\/CobrowseJS\.ashx$/i;

/**
 * Every tag that is Glance's by its ID or by its address.
 * @param {import('./html.mjs').Element[]} tags
 * @param {string} url The page's address.
 */
export function scriptTags(tags, url) {
  const base = baseOf(tags, url);
  return tags
    .filter(({ name }) => name === 'script')
    .map((tag) => ({ tag, src: resolve(tag.attributes.get('src'), base) }))
    .filter(
      ({ tag, src }) =>
        IDS.includes(tag.attributes.get('id')) || (src !== undefined && PATH.test(src.pathname)),
    );
}

/** What addresses of the page are relative to. */
function baseOf(tags, url) {
  const base = tags.find(({ name, attributes }) => name === 'base' && attributes.has('href'));
  return (base && resolve(base.attributes.get('href'), url)) || url;
}

function resolve(address, base) {
  if (address === undefined) return undefined;
  try {
    return new URL(address.trim(), base);
  } catch (_) {
    return undefined;
  }
}
