// Steps from what is uploaded to what is deployed. Pure.

import { RUNTIME, SERVERLESS } from './names.mjs';

/** A build of what is live, with ours in its place: older bundles stay, which `--undo` goes back to. */
export function nextBuild(account, ours) {
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
