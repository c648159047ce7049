/**
 * Stands for the agent's script of Presence, `CobrowseJS.ashx?groupid=&script=PresenceAgent`.
 *
 * Faithful in: `GLANCE.Authorization` (`authorize`, `setToken`, `data-authtoken`) and
 * `GLANCE.Presence.Agent` with the parameters, methods, handlers and error codes that Glance
 * documents or its public samples use; the default servers; the element `glance-cobrowse` with
 * `data-groupid`, without which the script does not start.
 *
 * Inferred, since Glance does not say: what happens without that element (an error is thrown);
 * `authorization` and `conndrop` as codes of `onerror` on a connection that ends, which then stays
 * closed until the next `connect`; `conndrop` as what `onfail` says when the service cannot be
 * reached; that a renewed token also keeps open connections; that after `connect` there is no word
 * about a visitor who was there before, so that a look-up is needed; the success of an invocation,
 * which says that the visitor's page has been told.
 *
 * Differs in: WebSocket without SockJS, whose messages are not public; kinder than Glance may be, calls
 * wait for a connection that is being opened, so that a look-up made after `connect` misses no arrival
 * (`faulty.js`, which an adversary serves, does not wait); an answer with the member `sandbox` comes
 * twice or never, on purpose.
 */

import { install } from './install.js';

install();
