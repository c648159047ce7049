/** Calls the Function as the runtime calls it, without a runtime around it. */

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const runtime = require.resolve('@twilio/runtime-handler/dev');
const { Response } = require(runtime.replace(/dev-runtime\.js$/, 'internal/response.js'));
export const { handler } = require('../../functions/getloginkey.js');

globalThis.Twilio = { Response };

const SID = 'AC00000000000000000000000000000000';

export const SETTINGS = {
  ACCOUNT_SID: SID,
  AUTH_TOKEN: 'secret-auth-token',
  GLANCE_API_KEY: 'secret-api-key',
  GLANCE_GROUP_ID: '20541',
  GLANCE_EXPIRATION: '3600',
};

export const REQUEST = {
  headers: {
    host: 'login-1234.twil.io',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': '9',
  },
  cookies: {},
};

/** The answer to a request; without a token and with good settings it is a 401. */
export async function call(changes = {}, event = { request: REQUEST }) {
  const context = { ...SETTINGS, ...changes };
  const reply = await new Promise((resolve, reject) => {
    handler(context, event, (error, response) => (error ? reject(error) : resolve(response)));
  });
  return reply.serialize();
}
