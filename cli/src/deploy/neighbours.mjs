// Other active plugins that bring flex-glance along: two copies on one page stand in each other's way.

/** What the component marks a page with, as bundlers leave it (`src/js/sole-copy.js`). */
const MARK = /Symbol\.for\(["'`]flex-glance["'`]\)/;

/** Twilio takes plugins up to this size. */
const LARGEST_PLUGIN = 10 << 20;

/**
 * @param {import('./account.mjs').Configured[]} plugins Those of others.
 * @param {(url: URL, init: object) => Promise<{failure?: string, status?: number, body?: string}>} ask
 * @returns {Promise<string[]>} Warnings.
 */
export async function judgeNeighbours(plugins, ask) {
  const told = await Promise.all(plugins.map((plugin) => judge(plugin, ask)));
  return told.filter(Boolean);
}

async function judge({ name, version, url, isPrivate }, ask) {
  const bundle = isPrivate ? undefined : await read(url, ask);
  const plugin = `The active plugin ${name} ${version}`;
  if (bundle !== undefined) {
    return MARK.test(bundle)
      ? `${plugin} has flex-glance in it already. Of two copies the one that comes first shows the button, and the other none: take one of them out of the release.`
      : undefined;
  }
  return /glance|cobrowse/i.test(name)
    ? `${plugin} may be another Cobrowse plugin, by its name; its bundle cannot be read from here. Two of them stand in each other's way.`
    : undefined;
}

async function read(url, ask) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return undefined;
  }
  if (address.protocol !== 'https:') return undefined;
  // Whatever comes of it: a warning less is no reason to stop.
  const answer = await ask(address, { largestBody: LARGEST_PLUGIN }).catch(() => undefined);
  return answer && !answer.failure && answer.status === 200 ? answer.body : undefined;
}
