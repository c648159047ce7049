/** Preloaded into `twilio-run`: takes away what Node.js has from 18.17 on. */

'use strict';

delete URL.canParse;
