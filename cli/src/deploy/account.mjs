// What an account has of ours, and what of others' we have to leave as it is. It only reads.

import {
  CONFIGURATION_NAME,
  ENVIRONMENT,
  FLEX,
  FUNCTION_PATH,
  PLUGIN,
  PLUGINS_API,
  SERVERLESS,
  SERVICE,
  UNDO,
} from './names.mjs';

/** So many of the newest builds, releases and configurations are looked at. */
const NEWEST = 100;

/**
 * @typedef {object} Build
 * @property {string} sid
 * @property {'building' | 'completed' | 'failed'} status
 * @property {string} runtime
 * @property {{sid: string, path: string}[]} functions Versions, as `assets`.
 * @property {{sid: string, path: string}[]} assets
 * @property {unknown[]} dependencies
 *
 * @typedef {object} Configured A plugin in a configuration.
 * @property {string} name
 * @property {string} version
 * @property {string} versionSid
 * @property {string} url
 * @property {number} phase
 * @property {boolean} isPrivate
 *
 * @typedef {object} Account
 * @property {string} sid
 * @property {{sid: string, includesCredentials: boolean}} [service]
 * @property {{sid: string, domain: string, buildSid?: string}} [environment]
 * @property {{sid: string, key: string, value: string}[]} variables
 * @property {{sid: string, versions: {sid: string, content: string}[]}} [func] Our Function, with its version in the
 *   live build and its newest.
 * @property {{sid: string, name: string, version?: string}[]} assets `version`: the SID of its newest version.
 * @property {Build[]} builds
 * @property {Plugin} [plugin]
 * @property {Active} active
 * @property {{configuration: string, isUndo: boolean, plugins: Configured[]}} [draft] A configuration of ours that
 *   nobody released.
 * @property {Configured[]} [lost] What a release had that ours has hidden.
 * @property {{uiAttributes: any, serviceSids: string[]}} flex
 *
 * @typedef {object} Plugin
 * @property {string} sid
 * @property {boolean} isArchived
 * @property {{sid: string, version: string, url: string, isArchived: boolean}[]} versions
 *
 * @typedef {object} Active
 * @property {string} [release] undefined where nothing was ever released.
 * @property {string} [at] When that was.
 * @property {Configured[]} plugins
 *
 * @param {ReturnType<typeof import('./twilio.mjs').createTwilio>} twilio
 * @param {string} sid The account's.
 * @returns {Promise<Account>}
 * @throws {import('./twilio.mjs').TwilioError}
 */
export async function readAccount(twilio, sid) {
  const [serverless, released] = await Promise.all([
    readServerless(twilio),
    readReleased(twilio, sid),
  ]);
  return { sid, ...serverless, ...released };
}

/** The parts that are others' as well: Flex's configuration, and the plugins. */
export async function readReleased(twilio, sid) {
  const [flex, plugin, active] = await Promise.all([
    readFlex(twilio, sid),
    readPlugin(twilio),
    readActive(twilio),
  ]);
  return { flex, plugin, active, draft: await readDraft(twilio, active) };
}

async function readFlex(twilio, sid) {
  const found = await twilio.send({ method: 'GET', host: FLEX, path: '/v1/Configuration' });
  if (found.account_sid !== sid) {
    throw new Error(
      `These credentials are of the account ${found.account_sid}, and TWILIO_ACCOUNT_SID names ${sid}. Use those of one account.`,
    );
  }
  return {
    uiAttributes: found.ui_attributes,
    serviceSids: found.serverless_service_sids ?? [],
  };
}

async function readServerless(twilio) {
  const nothing = { variables: [], assets: [], builds: [] };
  const services = await twilio.list(SERVERLESS, '/v1/Services', 'services');
  const found = services.find((it) => it.unique_name === SERVICE);
  if (!found) return nothing;
  const service = { sid: found.sid, includesCredentials: found.include_credentials !== false };
  const inService = `/v1/Services/${found.sid}`;
  const list = (name, key, most) => twilio.list(SERVERLESS, `${inService}/${name}`, key, most);
  const [environments, functions, assets, builds] = await Promise.all([
    list('Environments', 'environments'),
    list('Functions', 'functions'),
    list('Assets', 'assets'),
    list('Builds', 'builds', NEWEST),
  ]);
  const environment = environments.find((it) => it.unique_name === ENVIRONMENT);
  const variables = environment
    ? await list(`Environments/${environment.sid}/Variables`, 'variables')
    : [];
  const known = builds.map(asBuild);
  const live = known.find(({ sid }) => sid === environment?.build_sid);
  return {
    service,
    environment: environment && {
      sid: environment.sid,
      domain: environment.domain_name,
      buildSid: environment.build_sid ?? undefined,
    },
    variables: variables.map(({ sid, key, value }) => ({ sid, key, value })),
    func: await readFunction(twilio, inService, functions, live),
    assets: await Promise.all(assets.map((it) => readAsset(twilio, inService, it))),
    builds: known,
  };
}

function asBuild(it) {
  const versions = (list) => (list ?? []).map(({ sid, path }) => ({ sid, path }));
  return {
    sid: it.sid,
    status: it.status,
    runtime: it.runtime,
    functions: versions(it.function_versions),
    assets: versions(it.asset_versions),
    dependencies: it.dependencies ?? [],
  };
}

/** Two people who deploy at once may have made two: the first one counts for both. */
async function readFunction(twilio, inService, functions, live) {
  const func = oldest(functions.filter((it) => it.friendly_name === FUNCTION_PATH));
  if (!func) return undefined;
  const path = `${inService}/Functions/${func.sid}/Versions`;
  const versions = (await twilio.list(SERVERLESS, path, 'function_versions')).filter(
    (it) => it.path === FUNCTION_PATH && it.visibility === 'public',
  );
  const inBuild = versions.find(({ sid }) => live?.functions.some((it) => it.sid === sid));
  const content = async ({ sid }) => {
    const found = await twilio.find(SERVERLESS, `${path}/${sid}/Content`);
    return { sid, content: found?.content };
  };
  // The newest may be one that nobody has built yet. What is live counts where both are the same.
  const looked = [...new Set([inBuild, newest(versions)])].filter(Boolean);
  return { sid: func.sid, versions: await Promise.all(looked.map(content)) };
}

async function readAsset(twilio, inService, { sid, friendly_name: name }) {
  const path = `${inService}/Assets/${sid}/Versions`;
  const versions = await twilio.list(SERVERLESS, path, 'asset_versions');
  const usable = versions.filter((it) => it.visibility === 'protected');
  return { sid, name, version: newest(usable)?.sid };
}

async function readPlugin(twilio) {
  const found = await twilio.find(FLEX, `${PLUGINS_API}/Plugins/${PLUGIN}`);
  if (!found) return undefined;
  const path = `${PLUGINS_API}/Plugins/${found.sid}/Versions`;
  const versions = await twilio.list(FLEX, path, 'plugin_versions');
  return {
    sid: found.sid,
    isArchived: found.archived === true,
    versions: versions.map((it) => ({
      sid: it.sid,
      version: it.version,
      url: it.plugin_url,
      isArchived: it.archived === true,
    })),
  };
}

async function readActive(twilio) {
  const [release] = await readReleases(twilio, 1);
  if (!release) return { plugins: [] };
  return {
    release: release.sid,
    at: release.date_created,
    plugins: await readConfigured(twilio, release.configuration_sid),
  };
}

/** Releases, the newest first. */
export async function readReleases(twilio, most = NEWEST) {
  return twilio.list(FLEX, `${PLUGINS_API}/Releases`, 'releases', most);
}

/** @returns {Promise<Configured[]>} */
export async function readConfigured(twilio, configuration) {
  const path = `${PLUGINS_API}/Configurations/${configuration}/Plugins`;
  const plugins = await twilio.list(FLEX, path, 'plugins');
  return plugins.map((it) => ({
    name: it.unique_name,
    version: it.version,
    versionSid: it.plugin_version_sid,
    url: it.plugin_url,
    phase: it.phase,
    isPrivate: it.private === true,
  }));
}

/** @returns {Promise<Set<string>>} The SIDs of configurations that undo something. */
export async function readUndoing(twilio) {
  const all = await readConfigurations(twilio);
  return new Set(all.filter(isUndoing).map(({ sid }) => sid));
}

function isUndoing({ description }) {
  return Boolean(description?.startsWith(UNDO));
}

async function readDraft(twilio, active) {
  const [first] = await readConfigurations(twilio, 1);
  const isOurs = first && !first.archived && first.name?.startsWith(CONFIGURATION_NAME);
  if (!isOurs || Date.parse(first.date_created) < Date.parse(active.at ?? 0)) return undefined;
  return {
    configuration: first.sid,
    isUndo: isUndoing(first),
    plugins: await readConfigured(twilio, first.sid),
  };
}

function readConfigurations(twilio, most = NEWEST) {
  return twilio.list(FLEX, `${PLUGINS_API}/Configurations`, 'configurations', most);
}

function newest(list) {
  return [...list].sort((a, b) => Date.parse(b.date_created) - Date.parse(a.date_created))[0];
}

function oldest(list) {
  return [...list].sort((a, b) => Date.parse(a.date_created) - Date.parse(b.date_created))[0];
}
