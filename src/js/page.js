/**
 * What outlives a WebAssembly instance: the open viewers, the panels' places for frames, and the way
 * to Flex's Manager. Every instance of this page is given this object.
 */
import { perform } from './actions.js';
import { currentToken, showPanel } from './flex.js';
import { notify } from './notifications.js';

export const page = {
  /** Task to `{ window?, frame?, target, sessionKey, openedAt? }`. */
  viewers: new Map(),
  /** The mounted panels' places for frames, oldest first. */
  panels: [],
  /** The open presence connections, of Glance's script. */
  agents: new Set(),
  /** Whether a panel of ours was added to Flex, whether or not Flex shows it now. */
  panelAdded: false,
  flexToken: currentToken,
  perform,
  notify,
  showPanel() {
    if (page.panelAdded) showPanel();
  },
};
