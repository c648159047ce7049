/**
 * Judges what came of one request to the login-key Function: the POST that the component sends
 * (`src/effects/key_request.rs`), form-encoded, with `Token` and perhaps `partneruserid`.
 *
 * @typedef {object} Question
 * @property {string} url The Function's address.
 * @property {string} origin The origin of the page that asks, or in whose name is asked.
 * @property {'flex' | 'made-up'} token Whether the token was an agent's, or a text that Twilio has to
 *   refuse.
 * @property {boolean} [inBrowser] Whether a browser asked from a page of `origin`: it shows an answer
 *   only if CORS lets it.
 * @property {string} [partnerUserId] What was sent as `partneruserid`.
 * @property {string} [identity] The agent's Flex identity, where it is known.
 * @property {unknown} [groupid] The component's `groupid`, where it is known.
 *
 * @typedef {object} Answer
 * @property {'dns' | 'refused' | 'tls' | 'timeout' | 'closed' | 'too_large' | 'cors' | 'network' |
 *   'proxy' | 'local'} [failure] Why there is no answer, or no whole one. `cors`: a browser kept it from
 *   the page. `network`: none, and no more is known. `local`: it would have come from the local network.
 * @property {string} [code] The name of the error, such as `ENOTFOUND`, or the status of a proxy.
 * @property {string} [proxy] The proxy that failed, and the variable that names it.
 * @property {boolean} [isConnected] Whether the connection stood before it failed.
 * @property {number} [status] HTTP status.
 * @property {Record<string, string>} [headers] Names in lower case. In a browser, what CORS exposes.
 * @property {string} [body] As text. It is read and dropped; no finding quotes it.
 * @property {number} [askedAtMs] Own clock before the request.
 * @property {number} [answeredAtMs] Own clock when the answer's head came.
 */

import { check, quote } from '../finding.mjs';
import { readGroupId } from '../group-id.mjs';
import { judgeClock, serverClock } from './clock.mjs';
import { judgeBetween, withCode } from './connection.mjs';
import { judgeCors } from './cors.mjs';
import { judgeIdentity } from './identity.mjs';
import { judgeKey } from './key.mjs';
import { judgeRefusal } from './refusal.mjs';

const REACHABLE = check(
  'function.reachable',
  'Without an answer of the login-key Function no agent gets into a session.',
);
const REDIRECT = check(
  'function.redirect',
  'The component follows no redirect: it would carry the Flex token to another address.',
);
const TOKEN = check(
  'function.token',
  'The Function signs for whoever the Flex token belongs to, so it has to let Twilio check it.',
);
const REPLY = check('function.reply', 'The component reads the login key from the reply.');
const GROUP = check(
  'function.groupid',
  'A login key opens sessions of the group that it is signed for, and of no other.',
);
const API_KEY = check(
  'function.api_key_exposed',
  'Whoever has the Glance API key can sign in as any agent, until it is changed.',
);

const FAILURES = {
  dns: [
    'The host name of the address is unknown.',
    'Copy the address from the Twilio Console (Functions, Copy URL) or from what deploy printed. If ' +
      'a browser here knows it, set HTTPS_PROXY to the proxy of this network.',
  ],
  refused: [
    'Nothing listens at the address.',
    'Compare host and port with the address that deploy printed.',
  ],
  tls: [
    'No trusted https connection came about.',
    'Use the *.twil.io address itself; if a proxy is in between, let its certificate be trusted (NODE_EXTRA_CA_CERTS).',
  ],
  timeout: [
    'No answer came in time.',
    "Look at the Function's logs in the Twilio Console while you try again.",
  ],
  closed: [
    'The connection was closed without an answer.',
    "Look at the Function's logs in the Twilio Console, and for a proxy or firewall in between.",
  ],
  too_large: [
    'The answer is longer than 1 MB.',
    'Check the address: a login-key Function answers with a few hundred characters.',
  ],
  network: [
    'The request failed without an answer.',
    'Check the address and the network. npx flex-glance-cli doctor --function tells more than a browser can.',
  ],
};

/**
 * @param {Answer} answer
 * @param {Question} question
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgeFunction(answer, question) {
  if (answer.failure && answer.failure !== 'cors') {
    // A browser is where agents are: what stops it, stops them.
    const between = question.inBrowser ? undefined : judgeBetween(answer, question.url);
    if (between) return [REACHABLE.unknown(between.seen, between.fix)];
    const [seen, fix] = FAILURES[answer.failure] || FAILURES.network;
    return [REACHABLE.error(withCode(seen, answer.code), fix)];
  }
  const cors = judgeCors(answer, question);
  if (answer.failure) return [REACHABLE.ok('Something answers at the address.'), cors];

  const { status } = answer;
  const reachable = REACHABLE.ok(`It answered with status ${status}.`);
  if (status >= 300 && status < 400) return [reachable, redirect(answer, question)];

  const reply = readJson(answer.body);
  if (status === 200 && isObject(reply) && !isObject(reply.error)) {
    return [reachable, cors, ...judgeReply(reply, answer, question)];
  }
  if (status === 200) return [reachable, notAFunction(answer)];
  const refusal = judgeRefusal(answer, reply, question);
  // Of an answer that is no Function's, and of a refused origin, CORS is no fault of its own.
  return refusal.ofFunction
    ? [reachable, cors, ...refusal.findings]
    : [reachable, ...refusal.findings];
}

function redirect({ headers = {} }, { url }) {
  let target;
  try {
    target = new URL(headers.location, url);
  } catch (_) {
    // No address to tell.
  }
  return REDIRECT.error(
    `It sends the caller on${target ? ` to ${quote(target.origin + target.pathname)}` : ''}.`,
    target && target.pathname === new URL(url).pathname && target.protocol === 'https:'
      ? `Set authurl to ${quote(target.origin + target.pathname)}, if that is your Function.`
      : 'Set authurl to the final address of the Function.',
  );
}

function notAFunction({ headers = {} }) {
  const type = String(headers['content-type'] || '')
    .split(';')[0]
    .trim();
  return REPLY.error(
    /html/i.test(type) ? 'It answered with a web page.' : 'The reply is no JSON object.',
    'Check that the address is that of getloginkey, and that no sign-in page or proxy is in between.',
  );
}

function judgeReply(reply, answer, question) {
  const findings = [
    question.token === 'made-up'
      ? TOKEN.error(
          'It answered a made-up token with a login key: anybody can become an agent.',
          'Deploy functions/getloginkey.js of flex-glance, and change the Glance API key.',
        )
      : TOKEN.ok('It took the Flex token.'),
    judgeApiKey(reply),
  ];
  if (reply.loginKey === undefined || reply.loginKey === null) {
    return [
      ...findings,
      REPLY.error(
        `The reply has no loginKey${'loginkey' in reply ? ', but loginkey' : ''}.`,
        'Let the Function reply {loginKey, groupId, expiration, partnerUserId}, spelled so.',
      ),
    ];
  }
  findings.push(REPLY.ok('The reply has a login key.'));
  const group = judgeGroup(reply, question);
  if (group) findings.push(group);
  const clock = serverClock(reply, answer);
  findings.push(...judgeKey(reply, clock), ...judgeClock(clock), ...judgeIdentity(reply, question));
  return findings;
}

/** That there is an API key is all that is read of it. */
function judgeApiKey(reply) {
  return reply.apiKey !== undefined && reply.apiKey !== null
    ? API_KEY.error(
        'The reply carries the Glance API key to the browser, as the published Function does.',
        'Deploy functions/getloginkey.js of flex-glance in its place, and then change the API key ' +
          'in the Glance portal: the old one counts as known.',
      )
    : API_KEY.ok('The reply carries no API key.');
}

function judgeGroup({ groupId }, { groupid }) {
  const signed = readGroupId(groupId);
  const wanted = readGroupId(groupid);
  if (signed === undefined || wanted === undefined) return undefined;
  return signed === wanted
    ? GROUP.ok(`Login keys are signed for group ${signed}.`)
    : GROUP.error(
        `Login keys are signed for group ${signed}, and the component's groupid is ${wanted}.`,
        'Set GLANCE_GROUP_ID of the Function and groupid of the component to the same group.',
      );
}

function readJson(body) {
  try {
    return JSON.parse(body);
  } catch (_) {
    return undefined;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
