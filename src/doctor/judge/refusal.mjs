/** Tells apart the answers of the Function that carry no login key. */

import { check } from '../finding.mjs';
import { corsError } from './cors.mjs';

const WHY = {
  address: 'The address must be that of the deployed, public Function.',
  request: 'The Function has to get the request as the component sends it.',
  token:
    'The Function signs for whoever the Flex token belongs to, so it has to let Twilio check it.',
  role: 'Agents without one of the allowed roles get no login key.',
  identity: 'The Function signs for the owner of the Flex token and for nobody else.',
  settings: 'The Function signs only when all its environment variables are right.',
  validator: "Without Twilio's verdict on the Flex token the Function cannot sign.",
  fault: 'The Function failed, so that no agent gets a login key.',
  reply: 'The component reads the login key from the reply.',
};

const ADDRESS = check('function.address', WHY.address);
const REQUEST = check('function.request', WHY.request);
const TOKEN = check('function.token', WHY.token);
const ROLE = check('function.role', WHY.role);
const IDENTITY = check('identity.match', WHY.identity);
const SETTINGS = check('function.settings', WHY.settings);
const VALIDATOR = check('function.validator', WHY.validator);
const FAULT = check('function.fault', WHY.fault);
const REPLY = check('function.reply', WHY.reply);

const LOG = "Open the Function's log in the Twilio Console, try again, and read what it says.";

/**
 * @param {import('./function.mjs').Answer} answer
 * @param {any} reply The body as JSON, or undefined.
 * @param {import('./function.mjs').Question} question
 * @returns {{ofFunction: boolean, findings: import('../finding.mjs').Finding[]}} `ofFunction`: whether
 *   a login-key Function answered, so that its CORS headers count.
 */
export function judgeRefusal(answer, reply, question) {
  const error = (reply && reply.error) || {};
  if (typeof error.code === 'string' && Object.hasOwn(CODES, error.code)) {
    const message = String(error.message);
    const findings = [].concat(CODES[error.code](question, message));
    // Where the Function's list of origins is what is wrong, CORS is no second fault.
    const isOrigins = error.code === 'origin_not_allowed' || /ALLOWED_ORIGINS/.test(message);
    return { ofFunction: !isOrigins, findings };
  }
  if (isPublishedValidator(answer)) {
    return { ofFunction: true, findings: judgePublished(answer, question) };
  }
  return { ofFunction: false, findings: [judgeForeign(answer)] };
}

/** What our Function refuses: `functions/README.md`. */
const CODES = {
  body_required: () =>
    REQUEST.error(
      'The Function says that the token did not come in the body of a POST.',
      'Look for a proxy or a redirect that changes the request on its way.',
    ),
  parameter_invalid: () =>
    REQUEST.error(
      'The Function says that a parameter came more than once, or not as text.',
      'Remove Token and partneruserid from the query of authurl.',
    ),
  token_missing: () =>
    TOKEN.error(
      'The Function got no Flex token.',
      'Look for a proxy or a redirect that drops the body of the request.',
    ),
  token_refused: (question) => (question.token === 'made-up' ? refusesMadeUp() : tokenRefused()),
  role_not_allowed: () =>
    ROLE.error(
      "None of the agent's Flex roles is among those that the Function allows.",
      'Give the agent an allowed role in Flex, or add theirs to ALLOWED_ROLES of the Function.',
    ),
  identity_mismatch: () =>
    IDENTITY.error(
      "The Function says that partneruserid is not the identity of the Flex token's owner.",
      'Set puid to manager.user.identity.',
    ),
  origin_not_allowed: ({ origin }) => corsError(`The Function refuses pages of ${origin}.`, origin),
  configuration: (_, message) => wrongSetting(message),
  internal_error: () => FAULT.error('The Function says that it failed.', LOG),
  validator_unavailable: () =>
    VALIDATOR.error(
      'The Function could not ask Twilio about the token.',
      'Try again in a few seconds. If it stays, see status.twilio.com and the log of the Function.',
    ),
};

function refusesMadeUp() {
  return [
    SETTINGS.ok("The variables are set, and Twilio took the account's credentials."),
    TOKEN.ok('It had a made-up token checked by Twilio and refused it.'),
    REPLY.unknown(
      'Not tried: a login key takes the Flex token of an agent.',
      'Run it again with a Flex token, see npx flex-glance doctor --help.',
    ),
  ];
}

function tokenRefused() {
  return TOKEN.error(
    'Twilio refused the Flex token: it has expired, or is of another account than the Function.',
    'Log in to Flex again and repeat. If it stays, deploy the Function in the account of this Flex.',
  );
}

const CREDENTIALS =
  'Tick "Add my Twilio Credentials (ACCOUNT_SID) and (AUTH_TOKEN) to ENV" in the settings of the ' +
  "service, which must be one of this Flex's account, and deploy again.";

const set = (name, to) => `Set ${name} to ${to}, and deploy again.`;

/** What a message of the Function may be about, and what is to be done. */
const FIXES = {
  "the account's credentials": CREDENTIALS,
  ACCOUNT_SID: CREDENTIALS,
  AUTH_TOKEN: CREDENTIALS,
  API_KEY: set('API_KEY', 'the SID of a Twilio API key, and API_SECRET to its secret'),
  API_SECRET: set('API_SECRET', 'the secret of the Twilio API key in API_KEY'),
  GLANCE_API_KEY: set('GLANCE_API_KEY', 'the API key from the Glance portal, without spaces'),
  GLANCE_GROUP_ID: set('GLANCE_GROUP_ID', 'the group ID from the Glance portal, digits only'),
  GLANCE_EXPIRATION: set('GLANCE_EXPIRATION', 'a number of seconds from 1 to 86400, usually 3600'),
  PARTNER_USER_ID: set('PARTNER_USER_ID', 'identity, or to a form that all agents have'),
  ALLOWED_ROLES: set('ALLOWED_ROLES', 'Flex roles such as agent,supervisor, or take it away'),
  ALLOWED_ORIGINS: set('ALLOWED_ORIGINS', 'origins such as https://flex.twilio.com, with commas'),
  TWILIO_REGION: set('TWILIO_REGION', 'a region of Twilio such as ie1, or take it away'),
};

const WORDS = [
  'is not set',
  'is out of range',
  'has a wrong value',
  'were refused by Twilio',
  'is unknown to Twilio',
  'is (?:decoded|realm), which this agent does not have',
];

const WRONG = new RegExp(`^getloginkey: (${Object.keys(FIXES).join('|')}) (${WORDS.join('|')})\\.`);

/** Only what is known here gets from the message into the finding. */
function wrongSetting(message) {
  const parts = WRONG.exec(message);
  if (!parts) return SETTINGS.error('The Function says that a setting is wrong.', LOG);
  return SETTINGS.error(`In the Function, ${parts[1]} ${parts[2]}.`, FIXES[parts[1]]);
}

/** The published package `twilio-flex-token-validator`: 403 of a content type that it misspells. */
function isPublishedValidator({ status, headers = {}, body = '' }) {
  const type = String(headers['content-type'] || '');
  return status === 403 && (/^plain\/text/i.test(type) || /^Unauthorized: /.test(body));
}

/** How Node.js and Twilio word that no verdict was reached; the package passes it on with 403. */
const OUTAGE =
  /\bE[A-Z]{4,}\b|JSON|[Ss]ocket|[Nn]etwork|[Cc]ertificate|[Ii]nternal [Ss]erver|[Tt]oo [Mm]any|[Uu]navailable|[Gg]ateway/;

function judgePublished({ body = '' }, { token }) {
  if (/Token was not provided/.test(body)) {
    return [CODES.token_missing()];
  }
  if (/AccountSid|AuthToken|Credentials/.test(body)) {
    return [SETTINGS.error('In the Function, ACCOUNT_SID or AUTH_TOKEN is not set.', CREDENTIALS)];
  }
  if (/^\s*authenticat/i.test(body)) {
    return [SETTINGS.error("The account's credentials were refused by Twilio.", CREDENTIALS)];
  }
  if (OUTAGE.test(body)) {
    return [
      VALIDATOR.error(
        'The Function answers 403, but what it says is that Twilio could not be asked.',
        'Try again. functions/getloginkey.js of flex-glance tells the two apart.',
      ),
    ];
  }
  if (/^\s*(\{\}|null)?\s*$/.test(body)) {
    return [FAULT.error('The Function answers 403 without a reason: as a rule, it failed.', LOG)];
  }
  if (token !== 'made-up') return [tokenRefused()];
  // The package asks Twilio before the Function reads its settings.
  const [, refused, untried] = refusesMadeUp();
  return [refused, untried];
}

/**
 * An answer that is not of a login-key Function.
 *
 * Source: https://www.twilio.com/docs/api/errors/82001 (4xx: there is no such route, or the Function is
 * not public and the request unsigned); https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow
 * (400 for a request without a valid signature, 504 after the time limit; GET, POST and OPTIONS).
 */
function judgeForeign({ status }) {
  const seen = `Something else than a login-key Function answered, with status ${status}.`;
  if (status === 404) {
    return ADDRESS.error(
      'There is no login-key Function at the address (404), or a published one that failed.',
      'Compare the address with Copy URL in the Twilio Console, and deploy. The Function that ' +
        "Twilio's Glance page publishes answers 404 for every failure of its own: see its log.",
    );
  }
  if ([400, 401, 403].includes(status)) {
    return ADDRESS.error(
      seen,
      'Set the Function to Public in the Twilio Console (no .protected in its file name) and deploy: ' +
        'it checks the Flex token itself. If it is public, look for a proxy that wants a sign-in.',
    );
  }
  if (status === 405) {
    return ADDRESS.error(
      seen,
      'The address does not take POST: an Asset, or no Twilio Function. Use that of getloginkey.',
    );
  }
  if (status === 429) {
    return VALIDATOR.error(
      'Too many requests (429).',
      'Try again in a minute. If it stays, look at the limits of your Twilio account.',
    );
  }
  if (status === 504) return FAULT.error('The Function did not finish in time (504).', LOG);
  if (status >= 500) {
    return FAULT.error(`The Function did not run to its end (${status}).`, LOG);
  }
  return ADDRESS.error(seen, 'Set authurl to the address of getloginkey, as deploy printed it.');
}
