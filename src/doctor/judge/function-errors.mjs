/**
 * What the errors of our Function (`functions/getloginkey.js`) mean: one entry for each, by its `code`
 * and, where a code has more than one cause, `name` and `problem`. A test makes the Function say each of
 * them and holds both lists together. No word of the Function's own gets from here into a finding.
 *
 * @typedef {import('./function.mjs').Question} Question
 * @typedef {import('../finding.mjs').Finding} Finding
 */

import { check } from '../finding.mjs';
import { corsError } from './cors.mjs';

const REQUEST = check(
  'function.request',
  'The Function has to get the request as the component sends it.',
);
export const TOKEN = check(
  'function.token',
  'The Function signs for whoever the Flex token belongs to, so it has to let Twilio check it.',
);
const ROLE = check('function.role', 'Agents without one of the allowed roles get no login key.');
const IDENTITY = check(
  'identity.match',
  'The Function signs for the owner of the Flex token and for nobody else.',
);
export const SETTINGS = check(
  'function.settings',
  'The Function signs only when all its environment variables are right.',
);
export const VALIDATOR = check(
  'function.validator',
  "Without Twilio's verdict on the Flex token the Function cannot sign.",
);
export const FAULT = check(
  'function.fault',
  'The Function failed, so that no agent gets a login key.',
);
const REPLY = check('function.reply', 'The component reads the login key from the reply.');

export const LOG =
  "Open the Function's log in the Twilio Console, try again, and read what it says.";

export const CREDENTIALS =
  'Tick "Add my Twilio Credentials (ACCOUNT_SID) and (AUTH_TOKEN) to ENV" in the settings of the ' +
  "service, which must be one of this Flex's account, and deploy again.";

export function tokenMissing() {
  return TOKEN.error(
    'The Function got no Flex token.',
    'Look for a proxy or a redirect that drops the body of the request.',
  );
}

export function tokenRefused() {
  return TOKEN.error(
    'Twilio refused the Flex token: it has expired, or is of another account than the Function.',
    'Log in to Flex again and repeat. If it stays, deploy the Function in the account of this Flex.',
  );
}

/** That a made-up token is refused is as it should be. */
export function refusesMadeUp() {
  return [
    SETTINGS.ok("The variables are set, and Twilio took the account's credentials."),
    TOKEN.ok('It had a made-up token checked by Twilio and refused it.'),
    REPLY.unknown(
      'Not tried: a login key takes the Flex token of an agent.',
      'Run it again with a Flex token, see npx flex-glance-cli doctor --help.',
    ),
  ];
}

const refused = ({ token }) => (token === 'made-up' ? refusesMadeUp() : tokenRefused());

/** The words of a problem, of whatever it is the problem. */
const PROBLEMS = {
  missing: 'is not set',
  invalid: 'has a wrong value',
  out_of_range: 'is out of range',
};

const set = (name, to) => `Set ${name} to ${to}, and deploy again.`;

/** What each variable has to be, and how it can be wrong. */
const VARIABLES = [
  ['ACCOUNT_SID', CREDENTIALS, ['missing', 'invalid']],
  ['AUTH_TOKEN', CREDENTIALS, ['missing', 'invalid']],
  [
    'API_KEY',
    set('API_KEY', 'the SID of a Twilio API key, and API_SECRET to its secret'),
    ['missing', 'invalid'],
  ],
  [
    'API_SECRET',
    set('API_SECRET', 'the secret of the Twilio API key in API_KEY'),
    ['missing', 'invalid'],
  ],
  [
    'GLANCE_API_KEY',
    set(
      'GLANCE_API_KEY',
      'the API key from the Glance portal, without spaces, quotation marks and hidden characters',
    ),
    ['missing', 'invalid'],
  ],
  [
    'GLANCE_GROUP_ID',
    set('GLANCE_GROUP_ID', 'the group ID from the Glance portal, digits only'),
    ['missing', 'invalid'],
  ],
  [
    'GLANCE_EXPIRATION',
    set('GLANCE_EXPIRATION', 'a number of seconds from 1 to 86400, usually 3600'),
    ['missing', 'invalid', 'out_of_range'],
  ],
  [
    'PARTNER_USER_ID',
    set('PARTNER_USER_ID', 'identity, decoded or realm, or take it away'),
    ['invalid'],
  ],
  [
    'ALLOWED_ROLES',
    set('ALLOWED_ROLES', 'Flex roles such as agent,supervisor, or take it away'),
    ['invalid'],
  ],
  [
    'ALLOWED_ORIGINS',
    set(
      'ALLOWED_ORIGINS',
      'whole origins such as https://flex.twilio.com, separated by commas and without wildcards',
    ),
    ['invalid'],
  ],
  [
    'TWILIO_REGION',
    set('TWILIO_REGION', 'a region of Twilio such as ie1, or take it away'),
    ['invalid'],
  ],
];

const wrongVariables = VARIABLES.flatMap(([name, fix, problems]) =>
  problems.map((problem) => [
    `configuration ${name} ${problem}`,
    () => SETTINGS.error(`In the Function, ${name} ${PROBLEMS[problem]}.`, fix),
  ]),
);

/** @type {Record<string, (question: Question) => Finding | Finding[]>} */
export const FUNCTION_ERRORS = {
  ...Object.fromEntries(wrongVariables),
  'configuration ACCOUNT_SID unknown': () =>
    SETTINGS.error('Twilio does not know the account of the Function.', CREDENTIALS),
  'configuration credentials refused': () =>
    SETTINGS.error("Twilio refused the account's credentials.", CREDENTIALS),
  'configuration PARTNER_USER_ID not_escaped': () =>
    SETTINGS.error(
      'In the Function, PARTNER_USER_ID is decoded, and the identity of this agent has not the ' +
        'escaping of Flex.',
      'Set PARTNER_USER_ID to realm or identity, whichever the Glance portal holds as the Partner ' +
        'UID of your agents, and deploy again.',
    ),
  'configuration PARTNER_USER_ID no_realm_name': () =>
    SETTINGS.error(
      'In the Function, PARTNER_USER_ID is realm, and Twilio tells no name of this agent at an ' +
        'identity provider.',
      'Let the agent log in to Flex by the identity provider. If not all agents do, set ' +
        'PARTNER_USER_ID to identity or decoded, as the Glance portal holds it, and deploy again.',
    ),
  body_required: () =>
    REQUEST.error(
      'The Function says that the token did not come in the body of a POST.',
      'Look for a proxy or a redirect that changes the request on its way.',
    ),
  'parameter_invalid Token not_text': () => repeated('Token'),
  'parameter_invalid partneruserid not_text': () => repeated('partneruserid'),
  'parameter_invalid request reserved': () =>
    REQUEST.error(
      'The Function got a parameter named request, or no Host header.',
      'Remove request from the query of authurl, and look for a proxy that takes headers away.',
    ),
  token_missing: tokenMissing,
  'token_refused refused': refused,
  'token_refused malformed': () =>
    TOKEN.error(
      'What was sent as the Flex token is none: it is too long, or has characters that no token has.',
      "Leave authtoken out, so that Flex's own token is sent, or give it as Flex has it.",
    ),
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
  internal_error: () => FAULT.error('The Function says that it failed.', LOG),
  validator_unavailable: () =>
    VALIDATOR.error(
      'The Function could not ask Twilio about the token.',
      'Try again in a few seconds. If it stays, see status.twilio.com and the log of the Function.',
    ),
};

function repeated(name) {
  return REQUEST.error(
    `The Function says that ${name} came more than once, or not as text.`,
    `Remove ${name} from the query of authurl.`,
  );
}

/** What to say of a cause that a Function of another version tells, or none. */
const OTHER_CAUSE = {
  configuration: () =>
    SETTINGS.error(
      'The Function says that a setting is wrong.',
      'Run curl -d Token=wrong with the address of the Function: the message of its answer names it.',
    ),
  parameter_invalid: () =>
    REQUEST.error(
      'The Function says that a parameter is wrong.',
      'Take away the query of authurl, so that the Function gets what the component sends.',
    ),
  token_refused: refused,
};

/**
 * @param {any} error The member `error` of a reply.
 * @param {Question} question
 * @returns {Finding[] | undefined} undefined if the error is none of our Function's.
 */
export function judgeError(error, question) {
  const { code, name, problem } = error || {};
  const key = [code, name, problem].filter((part) => typeof part === 'string').join(' ');
  const judge =
    ownIn(FUNCTION_ERRORS, key) || ownIn(OTHER_CAUSE, code) || ownIn(FUNCTION_ERRORS, code);
  return judge && [].concat(judge(question));
}

function ownIn(table, key) {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}
