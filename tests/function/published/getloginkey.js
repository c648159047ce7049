/**
 * Stands for the Function that Twilio's Glance page publishes.
 *
 * Faithful in: Twilio's validator package around it; the variables and parameters that it reads and
 * does not check; the reply, API key included; 404 without a body when it fails.
 * Differs in: it is written anew, and signs with node:crypto, which gives the same bytes as crypto-js.
 * Source: https://www.twilio.com/docs/flex/admin-guide/integrations/glance
 */

'use strict';

const { createHmac } = require('node:crypto');
const { functionValidator } = require('twilio-flex-token-validator');

exports.handler = functionValidator((context, event, callback) => {
  const response = new Twilio.Response();
  response.appendHeader('Access-Control-Allow-Origin', '*');
  response.appendHeader('Access-Control-Allow-Headers', 'Content-Type');
  response.appendHeader('Content-Type', 'application/json');
  try {
    const { GLANCE_API_KEY: apiKey, GLANCE_GROUP_ID: groupId } = context;
    const expiration = Math.floor(Date.now() / 1000) + parseInt(context.GLANCE_EXPIRATION, 10);
    const signature = createHmac('sha256', apiKey)
      .update(`${groupId}${event.partneruserid}1${expiration}`, 'utf8')
      .digest('base64url');
    response.setBody({ loginKey: `$1$${expiration}$${signature}`, groupId, expiration, apiKey });
  } catch {
    response.setStatusCode(404);
  }
  callback(null, response);
});
