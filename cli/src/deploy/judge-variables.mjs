// Whether the Function will take its variables, as the Function itself says: it is asked here, before it is deployed,
// without a token. Who is right never comes further than that.

import { FUNCTION_ERRORS } from '../../../src/doctor/judge/function-errors.mjs';
import { UsageError } from '../usage-error.mjs';

/** What the account gives the Function by itself. */
const CREDENTIALS = { ACCOUNT_SID: `AC${'0'.repeat(32)}`, AUTH_TOKEN: 'not-asked-for' };

/**
 * @param {{handler: Function}} func Our Function.
 * @param {Record<string, string>} variables All that it will have.
 * @throws {UsageError} That names the variable, and never its value.
 */
export async function judgeVariables(func, variables) {
  const { error } = await askHere(func, { ...variables, ...CREDENTIALS });
  if (error?.code !== 'configuration') return;
  const judge = FUNCTION_ERRORS[`configuration ${error.name} ${error.problem}`];
  const { seen, fix } = judge?.({}) ?? { seen: `${error.name} is wrong.`, fix: '' };
  throw new UsageError(`${seen} ${fix.replace(', and deploy again.', '.')}`.trim());
}

/** What the Function looks for on Twilio's runtime. */
class Response {
  setStatusCode() {}
  appendHeader() {}
  setBody(body) {
    this.body = body;
  }
}

async function askHere({ handler }, context) {
  const before = globalThis.Twilio;
  globalThis.Twilio = { Response };
  try {
    return await new Promise((resolve, reject) => {
      handler(context, {}, (error, { body } = {}) => (error ? reject(error) : resolve(body)));
    });
  } finally {
    globalThis.Twilio = before;
  }
}
