// Steps towards the Functions service, with `/getloginkey` and the plugin's bundle in it. Pure.

import {
  ENVIRONMENT,
  FUNCTION_PATH,
  SERVERLESS,
  SERVICE,
  UPLOAD,
  assetName,
  bundlePath,
} from './names.mjs';
import { nextBuild } from './build-steps.mjs';
import { upserted } from './step.mjs';
import { setVariable } from './variable-steps.mjs';

/** The address of what nobody has made yet. */
const PRETENDED_DOMAIN = `${SERVICE}-NNNN.twil.io`;

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
  const code = func.versions.find(({ content }) => isSameCode(content, goal.code));
  if (!code) return uploadFunction(account, goal);
  const asset = assetOf(account, goal);
  if (!asset) return makeAsset(account, goal);
  if (!asset.version) return uploadBundle(account, goal, asset);
  return nextBuild(account, {
    functions: [{ sid: code.sid, path: FUNCTION_PATH }],
    assets: [{ sid: asset.version, path: bundlePath(goal.version) }],
  });
}

/** Whoever stores a text may change its ends. */
function isSameCode(stored, code) {
  return stored?.replaceAll('\r\n', '\n').trim() === code.trim();
}

/** Two people who deploy at once may have made two: the one that is live counts, else the first one. */
function assetOf({ assets, builds, environment }, goal) {
  const ours = assets.filter(({ name }) => name === assetName(goal));
  const live = builds.find(({ sid }) => sid === environment.buildSid);
  return ours.find(({ version }) => live?.assets.some(({ sid }) => sid === version)) ?? ours.at(-1);
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
