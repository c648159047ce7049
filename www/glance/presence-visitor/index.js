/**
 * Stands for the visitor's script of Presence on pages without cobrowse,
 * `CobrowseJS.ashx?groupid=&script=PresenceVisitor`. See `visitor.js` for what is faithful.
 */

import { readConfig } from '../visitor/config.js';
import { startPresence } from './start.js';

startPresence(readConfig(document.currentScript));
