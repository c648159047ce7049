/**
 * The visitor's side of one-click cobrowsing: `flex-glance/visitor`.
 *
 * Tells Glance presence which chat the visitor of this page is in, so that the agent of that chat
 * can start a session. Plain JavaScript without dependencies; importing it touches no browser API.
 * The public contract is `index.d.ts`.
 */
export { connectConversation } from './conversation.js';
export { followInvitation } from './invitation.js';
export { loadScript, scriptTag } from './script-tag.js';
export { connectVisitor } from './visitor.js';
export { visitorId } from './visitor-id.js';
export { connectWebchat } from './webchat.js';
