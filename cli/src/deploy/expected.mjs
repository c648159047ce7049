// What deploy counts on in Twilio's answers. Whatever stands between (a gateway, a page to sign in at) answers too: a
// list that is missing there is no empty one, and what is taken for empty would be written as such. Pure.

/** What each entry of a list has, by the name under which a page has its entries. */
const ENTRIES = {
  services: ['sid'],
  environments: ['sid', 'domain_name'],
  functions: ['sid'],
  assets: ['sid'],
  function_versions: ['sid'],
  asset_versions: ['sid'],
  builds: ['sid', 'status'],
  variables: ['sid', 'key'],
  plugin_versions: ['sid', 'version'],
  releases: ['sid', 'configuration_sid'],
  configurations: ['sid'],
  plugins: ['unique_name', 'version', 'plugin_version_sid'],
};

/**
 * @param {unknown} answer
 * @param {string[]} names Of members that are a text.
 * @returns {string | undefined} What is wrong with it.
 */
export function wrongIn(answer, names) {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return 'is no object';
  const missing = names.find((name) => typeof answer[name] !== 'string');
  return missing && `has no ${missing}`;
}

/**
 * @param {unknown} page Of a list.
 * @param {keyof typeof ENTRIES} key
 * @returns {string | undefined} What is wrong with it.
 */
export function wrongInPage(page, key) {
  if (!Array.isArray(page?.[key])) return `has no list of ${key}`;
  const [wrong] = page[key].map((entry) => wrongIn(entry, ENTRIES[key])).filter(Boolean);
  return wrong && `has an entry of ${key} that ${wrong}`;
}
