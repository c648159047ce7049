// What an account has of our Functions service. It only reads.

import { ENVIRONMENT, FUNCTION_PATH, SERVERLESS, SERVICE } from './names.mjs';

/** So many of the newest builds are looked at beside the live one. */
const NEWEST = 100;

/**
 * @param {ReturnType<typeof import('./twilio.mjs').createTwilio>} twilio
 * @returns {Promise<Pick<import('./account.mjs').Account, 'service' | 'environment' | 'variables' | 'func' | 'assets' |
 *   'builds'>>}
 */
export async function readServerless(twilio) {
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
  const known = await withLive(twilio, inService, builds, environment?.build_sid);
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

/** What is live may be older than all of the newest. */
async function withLive(twilio, inService, newest, sid) {
  const isKnown = !sid || newest.some((it) => it.sid === sid);
  const path = `${inService}/Builds/${sid}`;
  const live = isKnown ? undefined : await twilio.find(SERVERLESS, path, { has: ['status'] });
  return [...newest, ...(live ? [live] : [])].map(asBuild);
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

/** Two people who deploy at once may have made two: the one that is live counts, else the first one. */
async function readFunction(twilio, inService, functions, live) {
  const named = functions.filter((it) => it.friendly_name === FUNCTION_PATH);
  const found = await Promise.all(
    named.map(async (func) => {
      const path = `${inService}/Functions/${func.sid}/Versions`;
      const versions = await twilio.list(SERVERLESS, path, 'function_versions');
      const usable = versions.filter(
        (it) => it.path === FUNCTION_PATH && it.visibility === 'public',
      );
      const inBuild = usable.find(({ sid }) => live?.functions.some((it) => it.sid === sid));
      return { ...func, path, inBuild, newest: newest(usable) };
    }),
  );
  const func = found.find(({ inBuild }) => inBuild) ?? oldest(found);
  if (!func) return undefined;
  const content = async ({ sid }) => {
    const answer = await twilio.find(SERVERLESS, `${func.path}/${sid}/Content`);
    return { sid, content: answer?.content };
  };
  // The newest may be one that nobody has built yet. What is live counts where both are the same.
  const looked = [...new Set([func.inBuild, func.newest])].filter(Boolean);
  return { sid: func.sid, versions: await Promise.all(looked.map(content)) };
}

async function readAsset(twilio, inService, { sid, friendly_name: name }) {
  const path = `${inService}/Assets/${sid}/Versions`;
  const versions = await twilio.list(SERVERLESS, path, 'asset_versions');
  const usable = versions.filter((it) => it.visibility === 'protected');
  return { sid, name, version: newest(usable)?.sid };
}

function newest(list) {
  return [...list].sort((a, b) => Date.parse(b.date_created) - Date.parse(a.date_created))[0];
}

function oldest(list) {
  return [...list].sort((a, b) => Date.parse(a.date_created) - Date.parse(b.date_created))[0];
}
