/** Tells which Node.js runs the Functions. */

'use strict';

exports.handler = (context, event, callback) => callback(null, process.version);
