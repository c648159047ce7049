/**
 * Twilio's own validator package, wrapped around a Function that repeats what it was given: the
 * verdict against which ours is held.
 */

'use strict';

const { functionValidator } = require('twilio-flex-token-validator');

exports.handler = functionValidator((context, event, callback) =>
  callback(null, event.TokenResult),
);
