/** Tells apart the answers of the Function that carry no login key. */

import { check } from '../finding.mjs';
import { mayBeFirewall } from './connection.mjs';
import {
  CREDENTIALS,
  FAULT,
  LOG,
  SETTINGS,
  VALIDATOR,
  judgeError,
  refusesMadeUp,
  tokenMissing,
  tokenRefused,
} from './function-errors.mjs';

const ADDRESS = check(
  'function.address',
  'The address must be that of the deployed, public Function.',
);

/**
 * @param {import('./function.mjs').Answer} answer
 * @param {any} reply The body as JSON, or undefined.
 * @param {import('./function.mjs').Question} question
 * @returns {{ofFunction: boolean, findings: import('../finding.mjs').Finding[]}} `ofFunction`: whether
 *   a login-key Function answered, so that its CORS headers count.
 */
export function judgeRefusal(answer, reply, question) {
  const error = (reply && reply.error) || {};
  const findings = judgeError(error, question);
  if (findings) {
    // Where the Function's list of origins is what is wrong, CORS is no second fault.
    const isOrigins = error.code === 'origin_not_allowed' || error.name === 'ALLOWED_ORIGINS';
    return { ofFunction: !isOrigins, findings };
  }
  if (isPublishedValidator(answer)) {
    return { ofFunction: true, findings: judgePublished(answer, question) };
  }
  return { ofFunction: false, findings: [judgeForeign(answer, reply, question)] };
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
    return [tokenMissing()];
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
function judgeForeign({ status }, reply, { inBrowser }) {
  const seen = `Something else than a login-key Function answered, with status ${status}.`;
  // Firewalls answer with a page, or with nothing.
  if (!inBrowser && reply === undefined && mayBeFirewall(status)) {
    return ADDRESS.unknown(
      seen,
      'Open the address in a browser of an agent: a firewall or proxy may have refused a program. If it ' +
        'answers the same there, set the Function to Public in the Twilio Console and deploy.',
    );
  }
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
