/**
 * The steps of an examination: each observes one kind of thing and has it judged. What depends on
 * something that failed is left out, so that one fault is one finding.
 *
 * @typedef {import('./finding.mjs').Finding} Finding
 * @typedef {import('./subject.mjs').Subject} Subject
 * @typedef {(subject: Subject, told: Told) => Promise<{findings: Finding[], [fact: string]: any}>} Step
 * @typedef {object} Told
 * @property {(secret: unknown) => void} keepSecret What must not be in the report.
 * @property {(step: string) => Promise<any>} of What another step answers.
 */

import { askComponent, noAnswer } from './diagnosis.mjs';
import { judgePopups, judgeWebAssembly } from './judge/browser.mjs';
import { serverClock } from './judge/clock.mjs';
import { judgeFunction } from './judge/function.mjs';
import { judgeHost } from './judge/hosts.mjs';
import { judgeCopies, judgePanel } from './judge/neighbours.mjs';
import { addToPolicy } from './judge/policy.mjs';
import { judgeApi, judgePresence, judgeScript } from './judge/presence.mjs';
import { tellProps } from './judge/props.mjs';
import { fixedToken, judgeSession, judgeToken } from './judge/token.mjs';
import { judgeViewer } from './judge/viewer.mjs';
import { tellPolicy } from './judge/visibility.mjs';
import { tellState, tellVisitor } from './judge/visitor.mjs';
import { check } from './finding.mjs';
import { answers, reachHost } from './observe/host.mjs';
import { askForKey } from './observe/login-key.mjs';
import { otherCopies, takenPanel } from './observe/neighbours.mjs';
import { askPresence } from './observe/presence.mjs';
import { awaitPresenceApi, fetchScript, presenceApi } from './observe/script.mjs';
import { supplied } from './observe/supplied.mjs';
import { frameViewer } from './observe/viewer.mjs';
import { tryWebAssembly } from './observe/webassembly.mjs';
import { flexFacts } from './subject.mjs';
import { trim } from './white-space.mjs';

const isWrong = ({ status }) => status === 'error';

/** A step that asks for what the component works with; with a wrong prop that is nothing. */
const withSettings = (step) => async (subject, told) => {
  const { settings } = await told.of('settings');
  return settings ? step(settings, subject, told) : { findings: [] };
};

/** @type {Record<string, Step>} In the order in which their findings are told. */
export const STEPS = {
  async settings(subject, { of }) {
    const diagnosis = await askComponent(subject);
    if (diagnosis) {
      const { settings } = diagnosis;
      return { findings: tellProps(diagnosis, subject.props), diagnosis, settings };
    }
    const { findings } = await of('webAssembly');
    return { findings: findings.some(isWrong) ? [] : [noAnswer()] };
  },

  loginKey: withSettings(async (settings, { props }, { keepSecret }) => {
    const { groupid, authurl: url } = settings;
    const { authtoken } = props;
    const own = flexFacts.token();
    const token = settings.authtoken ? await supplied(authtoken) : own;
    keepSecret(own);
    keepSecret(token);
    const present = judgeToken(token, settings.authtoken ? 'authtoken' : 'Flex');
    if (!token) return { findings: [present] };
    const puid = await supplied(props.puid);
    if (!puid) return { findings: [present, ...withoutPuid(props)] };

    const question = {
      url,
      origin: location.origin,
      token: 'flex',
      inBrowser: true,
      partnerUserId: puid,
      identity: flexFacts.identity(),
      groupid,
    };
    let answer = await askForKey(url, token, puid);
    const stale = [];
    if (isRefused(judgeFunction(answer, question)) && typeof authtoken === 'string') {
      // The component replaces a refused text by Flex's own token, too.
      const second = own && own !== token ? await askForKey(url, own, puid) : answer;
      if (!isRefused(judgeFunction(second, question))) {
        answer = second;
        stale.push(fixedToken());
      }
    }
    if (answer.directive) return { findings: [present, forbidden(answer.directive, url)] };
    const { nowMs = Date.now() } = answer.failure ? {} : serverClock({}, answer);
    const judged = judgeFunction(answer, question);
    const session = judgeSession(flexFacts.sessionEndsAtMs(), nowMs);
    const isOver = session.some(({ status }) => status === 'error');
    if (isRefused(judged) && isOver) return { findings: [present, ...session] };
    return {
      findings: [present, ...stale, ...(isOver ? [] : session), ...judged],
      grant: grantOf(answer, judged, puid, keepSecret),
    };
  }),

  async visitor({ task }, { of }) {
    const { diagnosis } = await of('settings');
    if (!diagnosis) return { findings: [] };
    const names = Object.keys((task && task.attributes) || {});
    const findings = [tellVisitor(diagnosis, names), ...tellState(diagnosis)];
    return { findings: [...findings, ...tellPolicy(diagnosis)] };
  },

  viewer: withSettings(async ({ openlocation, hosts: { web } }) => {
    if (openlocation !== 'flex') return { findings: [] };
    const seen = await frameViewer(web);
    return { findings: [judgeViewer(seen, web, location.origin)], isGone: seen === 'unreachable' };
  }),

  hosts: withSettings(async (settings, _, { of }) => {
    const { web, presence, authorization } = settings.hosts;
    const wanted = [];
    if (settings.openlocation !== 'flex') wanted.push(['web', web]);
    if (settings.presence) wanted.push(['presence', presence], ['authorization', authorization]);
    const { isGone } = await of('viewer');
    const hosts = wanted.filter(
      ([, origin], at) =>
        origin &&
        !(isGone && origin === web) &&
        wanted.findIndex(([, other]) => other === origin) === at,
    );
    const seen = await Promise.all(hosts.map(([, origin]) => reachHost(origin)));
    return { findings: hosts.map(([server, origin], at) => judgeHost(server, origin, seen[at])) };
  }),

  presence: withSettings(async (settings, _, { of }) => {
    if (!settings.presence) return { findings: [] };
    const { groupid: groupId, hosts: origins } = settings;
    const script = await examineScript(origins.cdn, groupId);
    if (isWrong(script)) return { findings: [script] };
    const api = await awaitPresenceApi();
    const findings = [script, ...judgeApi(api)];
    const [{ grant }, hosts] = await Promise.all([of('loginKey'), of('hosts')]);
    if (!api.Agent || !api.authorize || !grant || hosts.findings.some(isWrong)) return { findings };
    const seen = await askPresence({ groupId, ...grant }, origins);
    return { findings: [...findings, ...judgePresence(seen, location.origin)] };
  }),

  neighbours: withSettings(async ({ openlocation }) => {
    const panel = openlocation === 'flex' ? [judgePanel(takenPanel())] : [];
    return { findings: [...panel, judgeCopies(otherCopies())] };
  }),

  webAssembly: async () => ({ findings: [judgeWebAssembly(await tryWebAssembly())] }),

  async popups({ popup }, { of }) {
    const { diagnosis, settings } = await of('settings');
    if (!settings && popup === undefined) return { findings: [] };
    const showsBlocked = Boolean(diagnosis && diagnosis.session && diagnosis.session.blocked);
    const place = settings && settings.openlocation;
    return { findings: [judgePopups({ opened: popup, showsBlocked }, place, location.origin)] };
  },
};

function isRefused(findings) {
  return findings.some((finding) => finding.check === 'function.token' && isWrong(finding));
}

function withoutPuid({ puid }) {
  if (typeof puid !== 'function') return [];
  const PUID = check('settings.puid', 'Glance knows an agent by the Partner UID.');
  return [PUID.error('puid gives no text.', 'Set puid to manager.user.identity.')];
}

function forbidden(directive, url) {
  const { origin } = new URL(url);
  const POLICY = check('function.policy', 'The page asks the Function for login keys.');
  return POLICY.error(
    `The page's Content Security Policy (${directive}) refuses ${origin}.`,
    addToPolicy(directive, origin),
  );
}

/** What the reply admits to, if nothing is wrong with it. The rest of the reply is not read. */
function grantOf({ body }, judged, puid, keepSecret) {
  const isOk = (name) => judged.some((it) => it.check === name && it.status === 'ok');
  if (judged.some(isWrong) || !isOk('key.expired') || !isOk('identity.match')) return undefined;
  const { loginKey: given, partnerUserId } = JSON.parse(body);
  const loginKey = trim(given);
  keepSecret(loginKey);
  return { loginKey, partnerUserId: partnerUserId || puid };
}

async function examineScript(cdn, groupId) {
  if (presenceApi().Agent) return judgeScript({ loaded: true, hostReached: true }, cdn);
  const url = `${cdn}/cobrowse/CobrowseJS.ashx?groupid=${groupId}&script=PresenceAgent`;
  const { loaded, directive } = await fetchScript(url);
  const hostReached = loaded || (!directive && (await answers(`${cdn}/`)));
  return judgeScript({ loaded, directive, hostReached }, cdn);
}
