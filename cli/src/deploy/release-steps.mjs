// Steps towards a release: the plugin, its version, a configuration of what is active with ours in it. Pure.

import { CONFIGURATION_NAME, FLEX, PLUGIN, PLUGINS_API, UNDO, bundlePath } from './names.mjs';
import { upserted } from './step.mjs';
import { redeployed } from './version.mjs';

const FRIENDLY_NAME = 'Glance Cobrowse';
const DESCRIPTION =
  "Glance Cobrowse by flex-glance. Its settings are glance_cobrowse in Flex's configuration.";

/** The plugin and its version. */
export function nextPlugin(account, goal) {
  const { plugin } = account;
  if (!plugin) return makePlugin(account);
  return versionOf(account, goal) ? undefined : makeVersion(account, goal);
}

/** Our version in the account, if it is there: the one whose address is that of the bundle. */
export function versionOf({ plugin, environment }, { version }) {
  const url = environment && urlOf(environment, version);
  const found = plugin?.versions.filter((it) => it.url === url && !it.isArchived);
  // After the service was removed, a version may be there again at a new address.
  return found?.find((it) => it.version === version) ?? found?.[0];
}

/** The version of our package whose bundle a plugin version loads; its own may be another. */
export function packageVersionOf({ url, version }) {
  return /\/plugins\/[^/]+\/([^/]+)\/bundle\.js$/.exec(url)?.[1] ?? version;
}

function urlOf({ domain }, version) {
  return `https://${domain}${bundlePath(version)}`;
}

function makePlugin(account) {
  return {
    key: 'plugin',
    what: `Make the Flex plugin ${PLUGIN}`,
    request: {
      method: 'POST',
      host: FLEX,
      path: `${PLUGINS_API}/Plugins`,
      form: { UniqueName: PLUGIN, FriendlyName: FRIENDLY_NAME, Description: DESCRIPTION },
    },
    pretend: { sid: '(FP of the plugin)' },
    after: ({ sid }) => ({ ...account, plugin: { sid, isArchived: false, versions: [] } }),
  };
}

function makeVersion(account, goal) {
  const { plugin, environment } = account;
  const version = freeVersion(plugin, goal.version);
  const url = urlOf(environment, goal.version);
  const why = version === goal.version ? '' : ` (${goal.version} is taken, at another address)`;
  return {
    key: 'version',
    what: `Make its version ${version}${why}, at ${url}`,
    request: {
      method: 'POST',
      host: FLEX,
      path: `${PLUGINS_API}/Plugins/${plugin.sid}/Versions`,
      form: {
        Version: version,
        PluginUrl: url,
        Private: true,
        Changelog: `flex-glance ${goal.version}`,
      },
    },
    pretend: { sid: `(FV of ${version})` },
    after: ({ sid }) => ({
      ...account,
      plugin: {
        ...plugin,
        versions: upserted(plugin.versions, { sid, version, url, isArchived: false }),
      },
    }),
  };
}

/** A version keeps its address for good. */
function freeVersion({ versions }, version) {
  const isTaken = (name) => versions.some((it) => it.version === name);
  if (!isTaken(version)) return version;
  let times = 1;
  while (isTaken(redeployed(version, times))) times += 1;
  return redeployed(version, times);
}

/**
 * The configuration and its release.
 * @param {import('./account.mjs').Account} account
 * @param {{version: string, versionSid: string} | undefined} ours The version that is to be active; none without.
 * @param {boolean} isUndo
 */
export function nextRelease(account, ours, isUndo) {
  const { active, draft, lost } = account;
  const plugins = withOurs(lost ?? active.plugins, ours);
  if (isSameList(plugins, active.plugins)) return undefined;
  const isDrafted = draft && draft.isUndo === isUndo && isSameList(draft.plugins, plugins);
  return isDrafted
    ? release(account, plugins, ours)
    : makeConfiguration(account, plugins, ours, isUndo);
}

/** What is active, with our plugin at this version or without it. */
function withOurs(plugins, ours) {
  const others = plugins.filter(({ name }) => name !== PLUGIN);
  if (!ours) return others;
  const phase = plugins.find(({ name }) => name === PLUGIN)?.phase ?? 3;
  return [...others, { name: PLUGIN, phase, ...ours }];
}

function isSameList(a, b) {
  const sids = (list) => list.map(({ versionSid }) => versionSid).sort();
  return String(sids(a)) === String(sids(b));
}

function makeConfiguration(account, plugins, ours, isUndo) {
  const others = plugins.length - (ours ? 1 : 0);
  const name = `${CONFIGURATION_NAME} ${ours?.version ?? 'removed'}`;
  const beside =
    ['no other plugins', 'the other active plugin as it is'][others] ??
    `the ${others} other active plugins as they are`;
  return {
    key: 'configuration',
    what: `Make a plugin configuration: ${ours ? `${PLUGIN} ${ours.version} and ` : ''}${beside}`,
    request: {
      method: 'POST',
      host: FLEX,
      path: `${PLUGINS_API}/Configurations`,
      form: {
        Name: name,
        Plugins: plugins.map(({ versionSid, phase }) => ({ phase, plugin_version: versionSid })),
        Description: isUndo ? UNDO : 'flex-glance-cli deploy',
      },
    },
    isShared: true,
    pretend: { sid: '(FJ of the configuration)' },
    after: ({ sid }) => ({ ...account, draft: { configuration: sid, isUndo, plugins } }),
  };
}

function release(account, plugins, ours) {
  const { active, draft } = account;
  const before = active.plugins.find(({ name }) => name === PLUGIN);
  const live = before ? `, in place of ${before.version}` : '';
  return {
    key: 'release',
    what: ours
      ? `Release it: agents get ${PLUGIN} ${ours.version}${live} when they load Flex`
      : `Release it: agents are without ${PLUGIN} when they load Flex`,
    request: {
      method: 'POST',
      host: FLEX,
      path: `${PLUGINS_API}/Releases`,
      form: { ConfigurationId: draft.configuration },
    },
    isShared: true,
    pretend: { sid: '(FK of the release)' },
    after: ({ sid }) => ({
      ...account,
      lost: undefined,
      draft: undefined,
      active: { release: sid, at: new Date().toISOString(), plugins, onTopOf: active.release },
    }),
  };
}
