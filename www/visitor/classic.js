/**
 * The classic script: sets the global `FlexGlanceVisitor`, with everything that a page uses while it
 * runs. `scriptTag` is for those who write the page, and not in it.
 */
import { connectConversation } from './conversation.js';
import { followInvitation } from './invitation.js';
import { connectVisitor } from './visitor.js';
import { visitorId } from './visitor-id.js';
import { connectWebchat } from './webchat.js';

window.FlexGlanceVisitor = {
  connectConversation,
  connectVisitor,
  connectWebchat,
  followInvitation,
  visitorId,
};
