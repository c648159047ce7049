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

import { isAcceptable } from './address.mjs';
import { serversOf } from './environment.mjs';
import { judgePopups, judgeWebAssembly } from './judge/browser.mjs';
import { serverClock } from './judge/clock.mjs';
import { judgeFunction } from './judge/function.mjs';
import { judgeHost } from './judge/hosts.mjs';
import { addToPolicy } from './judge/policy.mjs';
import { judgeApi, judgePresence, judgeScript } from './judge/presence.mjs';
import { isOn, judgeProps, placeOf } from './judge/props.mjs';
import { judgeSettings, readGroupId } from './judge/settings.mjs';
import { fixedToken, judgeSession, judgeToken } from './judge/token.mjs';
import { judgeViewer } from './judge/viewer.mjs';
import { judgeVisitor } from './judge/visitor.mjs';
import { check } from './finding.mjs';
import { answers, reachHost } from './observe/host.mjs';
import { askForKey } from './observe/login-key.mjs';
import { showsBlocked } from './observe/popups.mjs';
import { askPresence } from './observe/presence.mjs';
import { awaitPresenceApi, fetchScript, presenceApi } from './observe/script.mjs';
import { supplied } from './observe/supplied.mjs';
import { frameViewer } from './observe/viewer.mjs';
import { tryWebAssembly } from './observe/webassembly.mjs';
import { flexFacts, taskFacts } from './subject.mjs';
import { trim } from './white-space.mjs';

/** @type {Record<string, Step>} In the order in which their findings are told. */
export const STEPS = {
  settings: async ({ props }) => {
    const { groupid, glancebaseurl: environment, authurl, hosts } = props;
    const settings = { groupid, environment, authurl, hosts };
    return { findings: [...judgeSettings(settings), ...judgeProps(props)] };
  },

  async loginKey({ props }, { keepSecret }) {
    const url = typeof props.authurl === 'string' ? trim(props.authurl) : '';
    if (!isAcceptable(url)) return { findings: [] };
    const { authtoken, groupid } = props;
    const isFlexs = authtoken === undefined || authtoken === null || authtoken === '';
    const own = flexFacts.token();
    const token = isFlexs ? own : await supplied(authtoken);
    keepSecret(own);
    keepSecret(token);
    const present = judgeToken(token, isFlexs ? 'Flex' : 'authtoken');
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
  },

  visitor: async (subject) => ({ findings: [judgeVisitor(taskFacts(subject))] }),

  async viewer({ props }) {
    const { web } = originsOf(props);
    if (!web || placeOf(props) !== 'flex') return { findings: [] };
    const seen = await frameViewer(web);
    return { findings: [judgeViewer(seen, web, location.origin)], isGone: seen === 'unreachable' };
  },

  async hosts({ props }, { of }) {
    const { web, presence, authorization } = originsOf(props);
    const wanted = [];
    if (placeOf(props) !== 'flex') wanted.push(['web', web]);
    if (isOn(props.presence)) wanted.push(['presence', presence], ['authorization', authorization]);
    const { isGone } = await of('viewer');
    const hosts = wanted.filter(
      ([, origin], at) =>
        origin &&
        !(isGone && origin === web) &&
        wanted.findIndex(([, other]) => other === origin) === at,
    );
    const seen = await Promise.all(hosts.map(([, origin]) => reachHost(origin)));
    return { findings: hosts.map(([server, origin], at) => judgeHost(server, origin, seen[at])) };
  },

  async presence({ props }, { of }) {
    const origins = originsOf(props);
    const groupId = readGroupId(props.groupid);
    if (!isOn(props.presence) || !origins.cdn || groupId === undefined) return { findings: [] };
    const script = await examineScript(origins.cdn, groupId);
    // Without WebAssembly there is no component that would load it.
    const { findings: webAssembly } = await of('webAssembly');
    if (isWrong(script) || webAssembly.some(isWrong)) return { findings: [script] };
    const api = await awaitPresenceApi();
    const findings = [script, ...judgeApi(api)];
    const [{ grant }, hosts] = await Promise.all([of('loginKey'), of('hosts')]);
    if (!api.Agent || !api.authorize || !grant || hosts.findings.some(isWrong)) return { findings };
    const seen = await askPresence({ groupId, ...grant }, origins);
    return { findings: [...findings, ...judgePresence(seen, location.origin)] };
  },

  webAssembly: async () => ({ findings: [judgeWebAssembly(await tryWebAssembly())] }),

  popups: async ({ props, root, popup }) => {
    const seen = { opened: popup, showsBlocked: showsBlocked(root) };
    return { findings: [judgePopups(seen, placeOf(props), location.origin)] };
  },
};

const isWrong = ({ status }) => status === 'error';

/** The servers that the component talks to; none where the props do not say, since it then talks to none. */
function originsOf({ glancebaseurl: environment, hosts }) {
  if (judgeSettings({ environment, hosts }).some(isWrong)) return {};
  const servers = serversOf({ environment, hosts });
  return { authorization: servers.web, ...servers };
}

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
