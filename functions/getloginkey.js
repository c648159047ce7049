/**
 * getloginkey: signs Glance login keys for the agents of a Twilio Flex account.
 *
 * A Flex plugin posts the agent's Flex token; the Function asks Twilio who that is and answers with
 * a login key for exactly this agent. The Glance API key never leaves the Function.
 *
 * It is this one file, and needs no npm package.
 *
 * Before you deploy
 *   - Twilio: Flex, and a Functions service with "Add my Twilio Credentials (ACCOUNT_SID) and
 *     (AUTH_TOKEN) to ENV" switched on. The Function is public: it checks the Flex token itself.
 *   - Glance: group ID and API key, and agents whose Partner UID is what PARTNER_USER_ID names.
 *
 * Environment variables (see .env.example)
 *   GLANCE_API_KEY     required  the group's API key, a secret
 *   GLANCE_GROUP_ID    required  digits
 *   GLANCE_EXPIRATION  required  for how many seconds a key is good: 1 to 86400, usually 3600
 *   PARTNER_USER_ID    optional  what Glance holds as the agent's Partner UID:
 *                                identity  the Flex identity as it is, maria_40example_2Ecom; if absent
 *                                decoded   the same without Flex's escaping, maria@example.com
 *                                realm     the name at the identity provider (realm_user_id)
 *   ALLOWED_ROLES      optional  Flex roles of which an agent must have one, separated by commas;
 *                                any valid Flex worker if absent
 *   ALLOWED_ORIGINS    optional  origins that may call from a browser, separated by commas;
 *                                https://flex.twilio.com if absent
 *   API_KEY, API_SECRET          a Twilio API key, where there is no AUTH_TOKEN
 *   TWILIO_REGION      optional  Twilio's region, if it is not us1: ie1, au1
 *
 * Request: POST, form-encoded (or JSON)
 *   Token          required  the agent's Flex token
 *   partneruserid  optional  if given it must be the token's own identity, in any of its three forms
 *
 * Answer: JSON
 *   200 {loginKey, groupId, expiration, partnerUserId, issuedAt}
 *       expiration is the moment the key runs out, issuedAt that of signing, in seconds since 1970;
 *       partnerUserId is the value that was signed.
 *   otherwise {error: {code, message, name, problem}}: 400 the request, 401 no token, 403 refused,
 *       500 a wrong setting, 503 Twilio could not be asked (see Retry-After). name is the variable or
 *       the parameter that is wrong and problem says how, where a code has more than one cause.
 */

'use strict';

const { createHmac } = require('node:crypto');
const https = require('node:https');

const DEFAULT_ORIGINS = 'https://flex.twilio.com';
const LONGEST_LIFE_S = 86400;
const LONGEST_TOKEN = 16384;
/** Leaves half a second of the five that callers count on. */
const IAM_TIMEOUT_MS = 4500;
/** A verdict has less than one kilobyte. */
const LONGEST_VERDICT = 65536;
const RETRY_AFTER_S = 5;

/**
 * An answer other than 200. Its message is for people and never holds a secret; programs read
 * `status`, `code` and `about`: {name, problem}.
 */
class Refusal extends Error {
  constructor(status, code, message, about) {
    super(message);
    this.status = status;
    this.code = code;
    this.about = about;
  }
}

/** Always calls back, and once. */
exports.handler = function getloginkey(context, event, callback) {
  answer(context, event)
    .then(({ status, body }) => response(context, event, status, body))
    .then(
      (reply) => callback(null, reply),
      (error) => {
        logUnexpected(error);
        // Without a response of ours the runtime answers: with status 500.
        callback(new Error('getloginkey: the Function failed. Its log names the error.'));
      },
    )
    // An answer that the runtime did not take is given no second time.
    .catch(logUnexpected);
};

/** Signs a login key of version 1, as Glance documents it. `expiresAtS` is in seconds since 1970. */
exports.sign = sign;
function sign(apiKey, groupId, partnerUserId, expiresAtS) {
  const signature = createHmac('sha256', apiKey)
    .update(`${groupId}${partnerUserId}1${expiresAtS}`, 'utf8')
    .digest('base64url');
  return `$1$${expiresAtS}$${signature}`;
}

/** What goes wrong becomes an error answer. */
async function answer(context, event) {
  try {
    return { status: 200, body: await loginKey(context, event) };
  } catch (error) {
    if (error instanceof Refusal) {
      return {
        status: error.status,
        body: { error: { code: error.code, message: error.message, ...error.about } },
      };
    }
    logUnexpected(error);
    const message = 'The Function failed. Its log in the Twilio Console names the error.';
    return { status: 500, body: { error: { code: 'internal_error', message } } };
  }
}

/** The name alone: a message could quote what the request or the settings hold. */
function logUnexpected(error) {
  console.error(`getloginkey: unexpected ${error instanceof Error ? error.name : typeof error}`);
}

async function loginKey(context, event) {
  refuseForeignOrigin(context, event);
  const settings = readSettings(context);
  refuseOutsideBody(event);
  const token = readToken(event);
  const asked = readParameter(event, 'partneruserid');
  const verdict = await validate(token, settings);
  refuseOtherRoles(verdict, settings.roles);
  const partnerUserId = identify(verdict, asked, settings.claim);
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiration = issuedAt + settings.lifeS;
  return {
    loginKey: sign(settings.apiKey, settings.groupId, partnerUserId, expiration),
    groupId: settings.groupId,
    expiration,
    partnerUserId,
    issuedAt,
  };
}

// ---- Settings

function readSettings(context) {
  const lifeS = Number(required(context, 'GLANCE_EXPIRATION', /^[0-9]{1,5}$/));
  if (lifeS < 1 || lifeS > LONGEST_LIFE_S) {
    throw wrongSetting('GLANCE_EXPIRATION', 'out_of_range');
  }
  return {
    apiKey: required(context, 'GLANCE_API_KEY', SECRET),
    groupId: required(context, 'GLANCE_GROUP_ID', /^[1-9][0-9]{0,9}$/),
    lifeS,
    claim: optional(context, 'PARTNER_USER_ID', /^(identity|decoded|realm)$/),
    roles: readRoles(context),
    ...readCredentials(context),
  };
}

/**
 * What a key or secret may consist of: visible ASCII. Glance documents no alphabet for its API key, only
 * that it is random. White space, quotation marks, angle brackets and characters that nobody sees come
 * along when it is copied, and would sign login keys that Glance refuses.
 */
const SECRET = /^(?!.*["'`<>])[\x21-\x7e]+$/;

const CREDENTIALS_HINT =
  'Switch on "Add my Twilio Credentials to ENV" in the settings of the service';
const API_KEY_HINT = 'Set both API_KEY and API_SECRET to those of an API key of this account';

/** What is to be done about a variable, or about the account's credentials as a whole. */
const HINTS = {
  GLANCE_API_KEY:
    "Set it to the group's API key from the Glance portal, without white space or quotation marks",
  GLANCE_GROUP_ID: 'Set it to the group ID from the Glance portal, digits only',
  GLANCE_EXPIRATION: `Set it to a number of seconds from 1 to ${LONGEST_LIFE_S}, for example 3600`,
  PARTNER_USER_ID: 'Set it to identity, decoded or realm, or leave it out',
  ALLOWED_ROLES: 'Set it to Flex roles such as agent,supervisor, or leave it out',
  ALLOWED_ORIGINS: `Set it to whole origins such as ${DEFAULT_ORIGINS}, separated by commas`,
  ACCOUNT_SID: CREDENTIALS_HINT,
  AUTH_TOKEN: CREDENTIALS_HINT,
  API_KEY: API_KEY_HINT,
  API_SECRET: API_KEY_HINT,
  credentials: 'Check ACCOUNT_SID with AUTH_TOKEN, or API_KEY with API_SECRET',
  TWILIO_REGION: 'Set it to a region of Twilio such as ie1, or leave it out',
};

/** What may be wrong with a variable: as the answer's `problem`, and in words. */
const PROBLEMS = {
  missing: 'is not set',
  invalid: 'has a wrong value',
  out_of_range: 'is out of range',
  refused: 'were refused by Twilio',
  unknown: 'is unknown to Twilio',
  not_escaped:
    'asks for a form that this agent does not have: an identity with the escaping of Flex',
  no_realm_name: 'asks for a form that this agent does not have: a name at the identity provider',
};

/** The names and problems of `configuration` errors. */
exports.settings = { names: Object.keys(HINTS), problems: Object.keys(PROBLEMS) };

function required(context, name, shape) {
  const value = optional(context, name, shape);
  if (value === undefined) {
    throw wrongSetting(name, 'missing');
  }
  return value;
}

/** The value of a variable, or undefined where it is not set. */
function optional(context, name, shape) {
  const value = context[name];
  if (value === undefined || value === '') {
    return undefined;
  }
  if (!shape.test(String(value))) {
    throw wrongSetting(name, 'invalid');
  }
  return String(value);
}

function wrongSetting(name, problem, hint = HINTS[name]) {
  const message = `getloginkey: ${name} ${PROBLEMS[problem]}. ${hint}, and deploy again.`;
  return new Refusal(500, 'configuration', message, { name, problem });
}

/** The roles of which an agent must have one; undefined where every Flex worker is welcome. */
function readRoles(context) {
  if (context.ALLOWED_ROLES === undefined || context.ALLOWED_ROLES === '') {
    return undefined;
  }
  const roles = entriesOf(context.ALLOWED_ROLES);
  if (roles.length === 0 || !roles.every((role) => /^[\w.-]+$/.test(role))) {
    throw wrongSetting('ALLOWED_ROLES', 'invalid');
  }
  return roles;
}

/** The account's credentials, from the variables that Twilio's validator package reads as well. */
function readCredentials(context) {
  const accountSid = required(context, 'ACCOUNT_SID', /^AC[0-9a-f]{32}$/i);
  const region = optional(context, 'TWILIO_REGION', /^[a-z0-9]+(-[a-z0-9-]+)?$/);
  const iamHost = region ? `iam.${region.split('-')[0]}.twilio.com` : 'iam.twilio.com';
  if (context.AUTH_TOKEN || !(context.API_KEY || context.API_SECRET)) {
    const authToken = required(context, 'AUTH_TOKEN', SECRET);
    return { accountSid, iamHost, user: accountSid, secret: authToken };
  }
  return {
    accountSid,
    iamHost,
    user: required(context, 'API_KEY', /^\w+$/),
    secret: required(context, 'API_SECRET', SECRET),
  };
}

function entriesOf(list) {
  const entries = String(list).split(',');
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

// ---- The request

/** A member that the runtime itself has put there: nothing inherited. */
function own(object, name) {
  return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
}

/**
 * Headers of the request; undefined on a runtime that does not tell them, and where a parameter with
 * the name `request` took their place: Twilio's runtime lays the parameters over what it tells itself.
 *
 * A runtime tells texts, or lists of texts, and the header that every request has. A caller who
 * imitates all of this cannot be told from a runtime, and gains nothing that another way of asking
 * would not give.
 */
function headersOf(event) {
  const request = objectIn(event, 'request');
  const headers = request && objectIn(request, 'headers');
  const names = headers ? Object.keys(headers) : [];
  const isTold = names.includes('host') && names.every((name) => isText(headers[name]));
  return isTold ? headers : undefined;
}

function objectIn(object, name) {
  const value = own(object, name);
  return value && typeof value === 'object' ? value : undefined;
}

function isText(value) {
  return [].concat(value).every((one) => typeof one === 'string');
}

/** A token in a URL ends in logs, so it has to come in the body, as far as the runtime tells. */
function refuseOutsideBody(event) {
  const headers = headersOf(event);
  if (!headers && own(event, 'request') !== undefined) {
    const message = 'request is no parameter of this Function.';
    const about = { name: 'request', problem: 'reserved' };
    throw new Refusal(400, 'parameter_invalid', message, about);
  }
  if (headers && !couldHold(headers, own(event, 'Token'))) {
    throw new Refusal(
      400,
      'body_required',
      'Send Token in the body of a POST request, as application/x-www-form-urlencoded.',
    );
  }
}

/** Whether the request has a form or JSON in its body, and one that is long enough for the token. */
function couldHold(headers, token) {
  const type = own(headers, 'content-type');
  if (
    typeof type !== 'string' ||
    !/^application\/(x-www-form-urlencoded|json)\s*(;|$)/i.test(type)
  ) {
    return false;
  }
  const length = own(headers, 'content-length');
  if (typeof length !== 'string' || own(headers, 'content-encoding') !== undefined) {
    return true;
  }
  return Number(length) > (typeof token === 'string' ? token.length : 0);
}

function readToken(event) {
  const token = readParameter(event, 'Token');
  if (token === undefined) {
    throw new Refusal(401, 'token_missing', "Token is missing. Send the agent's Flex token.");
  }
  if (token.length > LONGEST_TOKEN || !/^[\x21-\x7e]+$/.test(token)) {
    throw new Refusal(403, 'token_refused', 'Token is not a Flex token.', { problem: 'malformed' });
  }
  return token;
}

/** A parameter given once as text; undefined if it is absent or empty. */
function readParameter(event, name) {
  const value = own(event, name);
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    const message = `${name} must be given once, as text.`;
    throw new Refusal(400, 'parameter_invalid', message, { name, problem: 'not_text' });
  }
  return value;
}

// ---- Twilio's verdict on the token

/**
 * Twilio's verdict on a valid token: {valid, expiration, identity, realm_user_id, roles, worker_sid}.
 *
 * Twilio's package twilio-flex-token-validator asks the same, but knows no time limit and hides the
 * HTTP status, so that an outage looks like a bad token.
 */
async function validate(token, settings) {
  let answered;
  try {
    answered = await askIam(token, settings);
  } catch (error) {
    throw unavailable(String(error.code || error.message));
  }
  return judge(answered.status, answered.text);
}

/** Twilio's IAM about the token: {status, text}. Rejects without an answer in time. */
function askIam(token, { accountSid, iamHost, user, secret }) {
  const body = Buffer.from(JSON.stringify({ token }), 'utf8');
  const options = {
    hostname: iamHost,
    port: 443,
    path: `/v1/Accounts/${accountSid}/Tokens/validate`,
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')}`,
      'Cache-Control': 'no-cache',
      'Content-Type': 'application/json',
      'Content-Length': body.length,
    },
    // A connection kept from the last call may be dead by now.
    agent: false,
  };
  return new Promise((resolve, reject) => {
    let responded = false;
    const request = https.request(options, (response) => {
      responded = true;
      readAll(response).then(resolve, reject);
    });
    const late = () => request.destroy(new Error('no answer in time'));
    const timer = setTimeout(late, IAM_TIMEOUT_MS);
    request.on('error', reject);
    request.on('close', () => {
      clearTimeout(timer);
      // Node.js closes on a change of protocol (101), and tells neither a response nor an error.
      if (!responded) reject(new Error('a connection closed without an answer'));
    });
    request.end(body);
  });
}

async function readAll(response) {
  const chunks = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > LONGEST_VERDICT) {
      throw new Error('an answer too long');
    }
    chunks.push(chunk);
  }
  return { status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') };
}

function judge(status, text) {
  if (status === 429 || status >= 500) {
    throw unavailable(`HTTP ${status}`);
  }
  const verdict = objectOf(text);
  if (verdict.valid === false || status === 400) {
    throw refusedToken();
  }
  if (status === 401 || status === 403) {
    throw wrongSetting('credentials', 'refused');
  }
  if (status === 404) {
    const hint = "Check that it is this account's own, and TWILIO_REGION if it is set";
    throw wrongSetting('ACCOUNT_SID', 'unknown', hint);
  }
  if (status !== 200 || verdict.valid !== true) {
    throw unavailable(`HTTP ${status} without a verdict`);
  }
  // Where IAM tells no time, or tells it otherwise, its verdict alone counts.
  if (typeof verdict.expiration === 'string' && Date.parse(verdict.expiration) <= Date.now()) {
    throw refusedToken();
  }
  return verdict;
}

/** The JSON object that a text holds; an empty one if it holds something else. */
function objectOf(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

function refusedToken() {
  return new Refusal(
    403,
    'token_refused',
    "Twilio refused the Flex token: it is wrong, has expired, or is another account's. " +
      'Read the token again from the Flex Manager, or log in again.',
    { problem: 'refused' },
  );
}

/** The reason goes to the log: it is the kind of the failure and holds nothing of the request. */
function unavailable(reason) {
  console.warn(`getloginkey: no verdict from Twilio on a Flex token: ${reason}`);
  return new Refusal(
    503,
    'validator_unavailable',
    'Twilio could not be asked about the Flex token. Try again in a few seconds.',
  );
}

function refuseOtherRoles({ roles }, allowed) {
  if (allowed && !(Array.isArray(roles) && roles.some((role) => allowed.includes(role)))) {
    throw new Refusal(
      403,
      'role_not_allowed',
      "None of the agent's Flex roles may have a login key. Add one of them to ALLOWED_ROLES.",
    );
  }
}

// ---- The Partner UID

/** Why an agent does not have a form; all have `identity`. */
const MISSING_FORM = { decoded: 'not_escaped', realm: 'no_realm_name' };

/** The value to sign: the claim of the token's owner that PARTNER_USER_ID names. */
function identify(verdict, asked, claim = 'identity') {
  const identity = textOf(verdict.identity);
  if (identity === undefined) {
    throw unavailable('a verdict without an identity');
  }
  const forms = { identity, decoded: decode(identity), realm: textOf(verdict.realm_user_id) };
  if (asked !== undefined && !Object.values(forms).includes(asked)) {
    throw new Refusal(
      403,
      'identity_mismatch',
      "partneruserid is not the identity of the Flex token's owner. Send the agent's own identity, " +
        'or leave partneruserid out.',
    );
  }
  if (forms[claim] === undefined) {
    const hint = 'Set it to identity, or to another form that all your agents have';
    throw wrongSetting('PARTNER_USER_ID', MISSING_FORM[claim], hint);
  }
  return forms[claim];
}

/** Text that has bytes of its own: half a surrogate pair would be signed as any other half. */
function textOf(value) {
  const hasBytes =
    typeof value === 'string' && value !== '' && Buffer.from(value, 'utf8').toString() === value;
  return hasBytes ? value : undefined;
}

/**
 * An identity without Flex's escaping: `_40` stands for the byte 40 (hexadecimal) of UTF-8, so that
 * `maria_40example_2Ecom` is `maria@example.com`. undefined if it is not escaped, or wrongly.
 *
 * Everything but ASCII letters and digits has to be escaped, and they must not be, in capitals: then
 * no two identities decode to the same. Twilio's examples are of this form, its rule is not public.
 */
exports.decode = decode;
function decode(identity) {
  const toHex = (_, hex, character) => hex || Buffer.from(character).toString('hex');
  const bytes = Buffer.from(identity.replace(/_([0-9A-F]{2})|([^_])/gu, toHex), 'hex');
  const text = bytes.toString('utf8');
  return text !== '' && encode(text) === identity ? text : undefined;
}

function encode(text) {
  const escaped = (byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  const characters = Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9]/.test(character) ? character : escaped(byte);
  });
  return characters.join('');
}

// ---- CORS and the response

/** The allowed origins, each as a browser spells it. What can be no origin is left out. */
function allowedOrigins(context) {
  return entriesOf(context.ALLOWED_ORIGINS || DEFAULT_ORIGINS)
    .map(originIn)
    .filter((origin) => origin !== undefined);
}

/** A scheme, an authority without user info, and at most a plain path. */
const ADDRESS = /^https?:\/\/[^\s/\\?#@]+(\/[\w./~-]*)?$/i;
/** Names as DNS has them, of 253 characters at most in labels of 1 to 63; numbers of IPv4 and IPv6. */
const HOST = /^((?=.{1,254}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\])$/;

/**
 * The origin of an address, as a browser sends it; undefined if no page can have it. `URL` alone takes
 * signs in a host that no host has, `*` and `;` for example.
 */
function originIn(address) {
  if (!ADDRESS.test(address)) {
    return undefined;
  }
  try {
    const { origin, hostname, port } = new URL(address);
    return HOST.test(hostname) && port !== '0' ? origin : undefined;
  } catch {
    return undefined;
  }
}

function originOf(event) {
  const headers = headersOf(event);
  return headers && own(headers, 'origin');
}

function refuseForeignOrigin(context, event) {
  const origin = originOf(event);
  const allowed = allowedOrigins(context);
  const given = entriesOf(context.ALLOWED_ORIGINS || DEFAULT_ORIGINS);
  if (given.length === 0 || allowed.length < given.length) {
    throw wrongSetting('ALLOWED_ORIGINS', 'invalid');
  }
  if (origin !== undefined && !allowed.includes(origin)) {
    throw new Refusal(
      403,
      'origin_not_allowed',
      "The page's origin is not allowed to call this Function. Add it to ALLOWED_ORIGINS.",
    );
  }
}

/**
 * The origin that may read the answer. Where the request's own is unknown or not allowed, the first
 * allowed one: a browser on any other page then refuses the answer.
 */
function readableBy(context, event) {
  const allowed = allowedOrigins(context);
  const origin = originOf(event);
  return allowed.includes(origin) ? origin : allowed[0] || DEFAULT_ORIGINS;
}

function response(context, event, status, body) {
  const reply = new Twilio.Response();
  reply.setStatusCode(status);
  reply.appendHeader('Content-Type', 'application/json');
  reply.appendHeader('Cache-Control', 'no-store');
  reply.appendHeader('Access-Control-Allow-Origin', readableBy(context, event));
  // Date lets a page measure how far its clock is off.
  reply.appendHeader('Access-Control-Expose-Headers', 'Date, Retry-After');
  reply.appendHeader('Vary', 'Origin');
  if (status === 503) {
    reply.appendHeader('Retry-After', String(RETRY_AFTER_S));
  }
  reply.setBody(body);
  return reply;
}
