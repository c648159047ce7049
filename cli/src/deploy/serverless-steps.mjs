// Steps towards the Functions service: `/getloginkey` with its variables, the plugin's bundle, build, deployment.
// Pure.

import {
  ENVIRONMENT,
  FUNCTION_PATH,
  NOTE,
  RUNTIME,
  SERVERLESS,
  SERVICE,
  UPLOAD,
  assetName,
  bundlePath,
} from './names.mjs';
import { upserted } from './step.mjs';

/** The address of what nobody has made yet. */
const PRETENDED_DOMAIN = `${SERVICE}-NNNN.twil.io`;

/** Variables whose values nobody is shown. */
export const SECRET_VARIABLES = ['GLANCE_API_KEY'];

/**
 * @param {import('./account.mjs').Account} account
 * @param {import('./goal.mjs').Goal} goal
 * @returns {import('./step.mjs').Step | undefined} The next one; undefined once all is as it should be.
 */
export function nextServerless(account, goal) {
  const { service, environment, func } = account;
  if (!service) return makeService(account);
  if (!service.includesCredentials) return includeCredentials(account);
  if (!environment) return makeEnvironment(account);
  const missing = Object.entries(goal.variables).find(([key, value]) => {
    return account.variables.find((it) => it.key === key)?.value !== value;
  });
  if (missing) return setVariable(account, ...missing);
  if (!func) return makeFunction(account);
  const code = func.versions.find(({ content }) => content === goal.code);
  if (!code) return uploadFunction(account, goal);
  const asset = account.assets.find(({ name }) => name === assetName(goal));
  if (!asset) return makeAsset(account, goal);
  if (!asset.version) return uploadBundle(account, goal, asset);
  return nextBuild(account, {
    functions: [{ sid: code.sid, path: FUNCTION_PATH }],
    assets: [{ sid: asset.version, path: bundlePath(goal.version) }],
  });
}

/** Sets one of the Function's variables; also the notes among them. */
export function setVariable(account, key, value) {
  const { service, environment, variables } = account;
  const before = variables.find((it) => it.key === key);
  const path = `/v1/Services/${service.sid}/Environments/${environment.sid}/Variables`;
  return {
    key: `variable ${key}`,
    what: describeVariable(key, value, before),
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: before ? `${path}/${before.sid}` : path,
      form: { Key: key, Value: value },
    },
    pretend: { sid: before?.sid ?? `(ZV of ${key})` },
    after: ({ sid }) => ({
      ...account,
      variables: upserted(variables, { sid: before?.sid ?? sid, key, value }),
    }),
  };
}

function describeVariable(key, value, before) {
  if (key.startsWith(NOTE)) {
    return `Note for --undo what ${key.slice(NOTE.length).toLowerCase()} was before (variable ${key})`;
  }
  if (SECRET_VARIABLES.includes(key)) {
    return `${before ? 'Change' : 'Set'} the Function's variable ${key} (a secret, not shown)`;
  }
  return before
    ? `Change the Function's variable ${key}: ${before.value} → ${value}`
    : `Set the Function's variable ${key}: ${value}`;
}

export function removeVariable(account, { sid, key }) {
  const { service, environment } = account;
  return {
    key: `variable ${key}`,
    what: `Forget what ${key.slice(NOTE.length).toLowerCase()} was before (variable ${key})`,
    request: {
      method: 'DELETE',
      host: SERVERLESS,
      path: `/v1/Services/${service.sid}/Environments/${environment.sid}/Variables/${sid}`,
    },
    after: () => ({ ...account, variables: account.variables.filter((it) => it.sid !== sid) }),
  };
}

export function removeService(account) {
  const { service, environment } = account;
  return {
    key: 'service',
    what: `Remove the Functions service ${SERVICE}, with ${environment?.domain ?? 'all that is in it'}, its Function and its variables`,
    request: { method: 'DELETE', host: SERVERLESS, path: `/v1/Services/${service.sid}` },
    after: () => ({
      ...account,
      service: undefined,
      environment: undefined,
      func: undefined,
      variables: [],
      assets: [],
      builds: [],
    }),
  };
}

function makeService(account) {
  return {
    key: 'service',
    what: `Make the Functions service ${SERVICE}`,
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: '/v1/Services',
      form: {
        UniqueName: SERVICE,
        FriendlyName: SERVICE,
        IncludeCredentials: true,
        UiEditable: true,
      },
    },
    pretend: { sid: '(ZS of the service)' },
    after: ({ sid }) => ({ ...account, service: { sid, includesCredentials: true } }),
  };
}

function includeCredentials(account) {
  const { service } = account;
  return {
    key: 'service',
    what: `Let the Functions service ${SERVICE} have the account's credentials, with which Twilio is asked about agents`,
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: `/v1/Services/${service.sid}`,
      form: { IncludeCredentials: true },
    },
    pretend: {},
    after: () => ({ ...account, service: { ...service, includesCredentials: true } }),
  };
}

function makeEnvironment(account) {
  return {
    key: 'environment',
    what: `Make its environment ${ENVIRONMENT}`,
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: `/v1/Services/${account.service.sid}/Environments`,
      form: { UniqueName: ENVIRONMENT },
    },
    pretend: { sid: '(ZE of the environment)', domain_name: PRETENDED_DOMAIN },
    after: ({ sid, domain_name: domain }) => ({ ...account, environment: { sid, domain } }),
  };
}

function makeFunction(account) {
  return {
    key: 'function',
    what: `Make the Function ${FUNCTION_PATH}`,
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: `/v1/Services/${account.service.sid}/Functions`,
      form: { FriendlyName: FUNCTION_PATH },
    },
    pretend: { sid: '(ZH of the Function)' },
    after: ({ sid }) => ({ ...account, func: { sid, versions: [] } }),
  };
}

function uploadFunction(account, { code }) {
  const { service, func } = account;
  return {
    key: 'upload function',
    what: `Upload the code of ${FUNCTION_PATH}, public: it checks the agent's Flex token itself`,
    request: {
      method: 'POST',
      host: UPLOAD,
      path: `/v1/Services/${service.sid}/Functions/${func.sid}/Versions`,
      parts: partsOf(FUNCTION_PATH, 'public', 'getloginkey.js', Buffer.from(code)),
    },
    pretend: { sid: '(ZN of the upload)' },
    after: ({ sid }) => ({
      ...account,
      func: { ...func, versions: [{ sid, content: code }, ...func.versions] },
    }),
  };
}

function makeAsset(account, goal) {
  const name = assetName(goal);
  return {
    key: 'asset',
    what: `Make an asset for the plugin's bundle, "${name}"`,
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: `/v1/Services/${account.service.sid}/Assets`,
      form: { FriendlyName: name },
    },
    pretend: { sid: '(ZH of the asset)' },
    after: ({ sid }) => ({ ...account, assets: upserted(account.assets, { sid, name }) }),
  };
}

function uploadBundle(account, { version, bundle }, asset) {
  const path = bundlePath(version);
  return {
    key: 'upload bundle',
    what: `Upload the plugin's bundle as ${path}, protected: Twilio gives it to Flex alone`,
    request: {
      method: 'POST',
      host: UPLOAD,
      path: `/v1/Services/${account.service.sid}/Assets/${asset.sid}/Versions`,
      parts: partsOf(path, 'protected', 'bundle.js', bundle),
    },
    pretend: { sid: '(ZN of the bundle)' },
    after: ({ sid }) => ({
      ...account,
      assets: upserted(account.assets, { ...asset, version: sid }),
    }),
  };
}

function partsOf(path, visibility, filename, content) {
  return [
    { name: 'Path', value: path },
    { name: 'Visibility', value: visibility },
    { name: 'Content', filename, type: 'application/javascript', content },
  ];
}

/** A build of what is live, with ours in its place: older bundles stay, which `--undo` goes back to. */
function nextBuild(account, ours) {
  const { environment, builds } = account;
  const live = builds.find(({ sid }) => sid === environment.buildSid);
  const wanted = {
    functions: replaced(live?.functions ?? [], ours.functions),
    assets: replaced(live?.assets ?? [], ours.assets),
    dependencies: live?.dependencies ?? [],
    runtime: isCurrent(live?.runtime) ? live.runtime : RUNTIME,
  };
  const build = [live, ...builds].find((it) => it && it.status !== 'failed' && fits(it, wanted));
  if (!build) return makeBuild(account, wanted);
  if (build.status === 'building') return awaitBuild(account, build);
  return build.sid === environment.buildSid ? undefined : activate(account, build);
}

function replaced(live, ours) {
  const others = live.filter(({ path }) => ours.every((it) => it.path !== path));
  return [...others, ...ours];
}

function isCurrent(runtime) {
  const [number, least] = [runtime, RUNTIME].map((name) => Number(/^node(\d+)$/.exec(name)?.[1]));
  return number >= least;
}

function fits(build, { functions, assets, runtime }) {
  const sids = (list) => list.map(({ sid }) => sid).sort();
  const same = (a, b) => String(sids(a)) === String(sids(b));
  return (
    same(build.functions, functions) && same(build.assets, assets) && build.runtime === runtime
  );
}

function makeBuild(account, { functions, assets, dependencies, runtime }) {
  const sids = (list) => list.map(({ sid }) => sid);
  return {
    key: 'build',
    what: `Build both on ${runtime}`,
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: `/v1/Services/${account.service.sid}/Builds`,
      form: {
        FunctionVersions: sids(functions),
        AssetVersions: sids(assets),
        // A list of its own would be taken apart into entries.
        ...(dependencies.length > 0 && { Dependencies: JSON.stringify(dependencies) }),
        Runtime: runtime,
      },
    },
    pretend: { sid: '(ZB of the build)', status: 'building' },
    after: ({ sid, status }) => ({
      ...account,
      builds: [{ sid, status, runtime, functions, assets, dependencies }, ...account.builds],
    }),
  };
}

function awaitBuild(account, build) {
  return {
    key: 'built',
    what: 'Wait until it is built',
    request: {
      method: 'GET',
      host: SERVERLESS,
      path: `/v1/Services/${account.service.sid}/Builds/${build.sid}/Status`,
    },
    pretend: { status: 'completed' },
    isPending: ({ status }) => status === 'building',
    after: ({ status }) => {
      if (status !== 'completed') {
        throw new Error(
          `Twilio could not build it: ${build.sid} is ${status}. Run the command again, which builds anew; the Console's build log may tell why.`,
        );
      }
      const builds = account.builds.map((it) => (it === build ? { ...build, status } : it));
      return { ...account, builds };
    },
  };
}

function activate(account, build) {
  const { service, environment } = account;
  return {
    key: 'deployment',
    what: `Deploy it to ${environment.domain}`,
    request: {
      method: 'POST',
      host: SERVERLESS,
      path: `/v1/Services/${service.sid}/Environments/${environment.sid}/Deployments`,
      form: { BuildSid: build.sid },
    },
    pretend: {},
    after: () => ({ ...account, environment: { ...environment, buildSid: build.sid } }),
  };
}
