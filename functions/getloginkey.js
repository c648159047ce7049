/**
 * getloginkey: signs Glance login keys for the agents of a Twilio Flex account.
 *
 * A Flex plugin posts the agent's Flex token; the Function asks Twilio who that is and answers with
 * a login key for exactly this agent. The Glance API key never leaves the Function.
 *
 * Before you deploy
 *   - Twilio: Flex, and a Functions service with "Add my Twilio Credentials (ACCOUNT_SID) and
 *     (AUTH_TOKEN) to ENV" switched on. The Function is public: it checks the Flex token itself.
 *   - npm dependency: twilio-flex-token-validator 1.6.0. Nothing else.
 *   - Glance: group ID and API key, and agents whose Partner UID is their Flex identity.
 *
 * Environment variables (see .env.example)
 *   GLANCE_API_KEY     required  the group's API key, a secret
 *   GLANCE_GROUP_ID    required  digits
 *   GLANCE_EXPIRATION  required  for how many seconds a key is good: 1 to 86400, usually 3600
 *   ALLOWED_ORIGINS    optional  origins that may call from a browser, separated by commas;
 *                                https://flex.twilio.com if absent
 *
 * Request: POST, form-encoded (or JSON)
 *   Token          required  the agent's Flex token
 *   partneruserid  optional  if given it must be the token's own identity
 *
 * Answer: JSON
 *   200 {loginKey, groupId, expiration, partnerUserId}
 *       expiration is the moment the key runs out, in seconds since 1970;
 *       partnerUserId is the value that was signed.
 *   otherwise {error: {code, message}}: 400 the request, 401 no token, 403 refused,
 *       500 a wrong setting, 503 Twilio could not be asked (see Retry-After).
 */

'use strict';

const { createHmac } = require('node:crypto');
const { validator } = require('twilio-flex-token-validator');

const DEFAULT_ORIGINS = 'https://flex.twilio.com';
const LONGEST_LIFE_S = 86400;
const LONGEST_TOKEN = 16384;
/** Leaves half a second of the five that callers count on. */
const VALIDATION_TIMEOUT_MS = 4500;
const RETRY_AFTER_S = 5;

/** An answer other than 200. Its message is shown to callers and never holds a secret. */
class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

exports.handler = function getloginkey(context, event, callback) {
  answer(context, event).then(({ status, body }) =>
    callback(null, response(context, event, status, body)),
  );
};

/** Signs a login key of version 1, as Glance documents it. `expiresAtS` is in seconds since 1970. */
exports.sign = sign;
function sign(apiKey, groupId, partnerUserId, expiresAtS) {
  const signature = createHmac('sha256', apiKey)
    .update(`${groupId}${partnerUserId}1${expiresAtS}`, 'utf8')
    .digest('base64url');
  return `$1$${expiresAtS}$${signature}`;
}

/** Always resolves: what goes wrong becomes an error answer. */
async function answer(context, event) {
  try {
    return { status: 200, body: await loginKey(context, event) };
  } catch (error) {
    if (error instanceof Refusal) {
      return {
        status: error.status,
        body: { error: { code: error.code, message: error.message } },
      };
    }
    // The name alone: a message could quote what the request or the settings hold.
    console.error(`getloginkey: unexpected ${error instanceof Error ? error.name : typeof error}`);
    const message = 'The Function failed. Its log in the Twilio Console names the error.';
    return { status: 500, body: { error: { code: 'internal_error', message } } };
  }
}

async function loginKey(context, event) {
  refuseForeignOrigin(context, event);
  const settings = readSettings(context);
  refuseOutsideBody(event);
  const token = readToken(event);
  const asked = readParameter(event, 'partneruserid');
  const partnerUserId = identityOf(await validate(token, settings));
  if (asked !== undefined && asked !== partnerUserId) {
    throw new Refusal(
      403,
      'identity_mismatch',
      "partneruserid is not the identity of the Flex token's owner. Send the agent's own identity, " +
        'or leave partneruserid out.',
    );
  }
  const expiration = Math.floor(Date.now() / 1000) + settings.lifeS;
  return {
    loginKey: sign(settings.apiKey, settings.groupId, partnerUserId, expiration),
    groupId: settings.groupId,
    expiration,
    partnerUserId,
  };
}

// ---- Settings

function readSettings(context) {
  const lifeS = Number(setting(context, 'GLANCE_EXPIRATION', /^[0-9]{1,5}$/, EXPIRATION_HINT));
  if (lifeS < 1 || lifeS > LONGEST_LIFE_S) {
    throw wrongSetting('GLANCE_EXPIRATION', 'is out of range', EXPIRATION_HINT);
  }
  return {
    apiKey: setting(context, 'GLANCE_API_KEY', /^\S+$/, API_KEY_HINT),
    groupId: setting(context, 'GLANCE_GROUP_ID', /^[1-9][0-9]{0,9}$/, GROUP_ID_HINT),
    lifeS,
    ...readCredentials(context),
  };
}

const API_KEY_HINT = "Set it to the group's API key from the Glance portal, without white space";
const GROUP_ID_HINT = 'Set it to the group ID from the Glance portal, digits only';
const EXPIRATION_HINT = `Set it to a number of seconds from 1 to ${LONGEST_LIFE_S}, for example 3600`;

function setting(context, name, shape, hint) {
  const value = context[name];
  if (value === undefined || value === '') {
    throw wrongSetting(name, 'is not set', hint);
  }
  if (!shape.test(String(value))) {
    throw wrongSetting(name, 'has a wrong value', hint);
  }
  return String(value);
}

function wrongSetting(name, what, hint) {
  const message = `getloginkey: ${name} ${what}. ${hint}, and deploy again.`;
  return new Refusal(500, 'configuration', message);
}

/** The account's credentials, from the variables that the validator package reads as well. */
function readCredentials(context) {
  const { ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken, API_KEY, API_SECRET } = context;
  const hint = 'Switch on "Add my Twilio Credentials to ENV" in the settings of the service';
  if (!accountSid) {
    throw wrongSetting('ACCOUNT_SID', 'is not set', hint);
  }
  if (!authToken && !(API_KEY && API_SECRET)) {
    throw wrongSetting('AUTH_TOKEN', 'is not set', hint);
  }
  const region = String(context.TWILIO_REGION || '').split('-')[0];
  return { accountSid, authToken, region, apiCredentials: { Sid: API_KEY, Secret: API_SECRET } };
}

// ---- The request

/** Headers of the request; undefined on a runtime that does not tell them. */
function headersOf(event) {
  const headers = event.request && event.request.headers;
  return headers && typeof headers === 'object' ? headers : undefined;
}

/** A token in a URL ends in logs, so it has to come in the body. */
function refuseOutsideBody(event) {
  const headers = headersOf(event);
  if (!headers) {
    return;
  }
  const type = String(headers['content-type'] || '');
  const empty = String(headers['content-length']) === '0';
  if (empty || !/^application\/(x-www-form-urlencoded|json)\s*(;|$)/i.test(type)) {
    throw new Refusal(
      400,
      'body_required',
      'Send Token in the body of a POST request, as application/x-www-form-urlencoded.',
    );
  }
}

function readToken(event) {
  const token = readParameter(event, 'Token');
  if (token === undefined) {
    throw new Refusal(401, 'token_missing', "Token is missing. Send the agent's Flex token.");
  }
  if (token.length > LONGEST_TOKEN || !/^[\x21-\x7e]+$/.test(token)) {
    throw new Refusal(403, 'token_refused', 'Token is not a Flex token.');
  }
  return token;
}

/** A parameter given once as text; undefined if it is absent or empty. */
function readParameter(event, name) {
  const value = event[name];
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    const message = `${name} must be given once, as text.`;
    throw new Refusal(400, 'parameter_invalid', message);
  }
  return value;
}

// ---- Twilio's verdict on the token

/**
 * Asks Twilio's IAM about the token. The validator package knows no time limit and rejects with a
 * sentence only, be it IAM's verdict or an outage.
 */
async function validate(token, { accountSid, authToken, region, apiCredentials }) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(reject, VALIDATION_TIMEOUT_MS);
  });
  try {
    const verdict = validator(token, accountSid, authToken, region, apiCredentials);
    return await Promise.race([verdict, timeout]);
  } catch (reason) {
    throw refusalFor(reason);
  } finally {
    clearTimeout(timer);
  }
}

/** How Node.js and Twilio word that no verdict was reached. */
const OUTAGE = new RegExp(
  [
    '^(connect|read|write|getaddrinfo|query\\w*) E[A-Z_]+',
    'socket|network|parse error|certificate|altnames|SSL|EPROTO',
    'in JSON|valid JSON|of JSON|of null|of undefined',
    'internal server error|too many requests|unavailable|bad gateway|gateway timeout',
  ].join('|'),
  'i',
);

function refusalFor(reason) {
  if (typeof reason !== 'string' || reason === '' || OUTAGE.test(reason)) {
    return unavailable();
  }
  if (/^authenticat/i.test(reason)) {
    const hint = "Check that they are this account's own";
    return wrongSetting('ACCOUNT_SID or AUTH_TOKEN', 'was refused by Twilio', hint);
  }
  return new Refusal(
    403,
    'token_refused',
    "Twilio refused the Flex token: it is wrong, has expired, or is another account's. " +
      'Read the token again from the Flex Manager, or log in again.',
  );
}

function unavailable() {
  return new Refusal(
    503,
    'validator_unavailable',
    'Twilio could not be asked about the Flex token. Try again in a few seconds.',
  );
}

function identityOf(tokenResult) {
  const identity = tokenResult && tokenResult.identity;
  if (typeof identity !== 'string' || identity === '') {
    throw unavailable();
  }
  return identity;
}

// ---- CORS and the response

/** The allowed origins, each as a browser spells it. What is no web address is left out. */
function allowedOrigins(context) {
  return String(context.ALLOWED_ORIGINS || DEFAULT_ORIGINS)
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => /^https?:\/\//i.test(entry) && URL.canParse(entry))
    .map((entry) => new URL(entry).origin);
}

function originOf(event) {
  const headers = headersOf(event);
  return headers && headers.origin;
}

function refuseForeignOrigin(context, event) {
  const origin = originOf(event);
  const allowed = allowedOrigins(context);
  if (allowed.length === 0) {
    const hint = `Set it to origins such as ${DEFAULT_ORIGINS}, separated by commas`;
    throw wrongSetting('ALLOWED_ORIGINS', 'has a wrong value', hint);
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
