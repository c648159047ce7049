/**
 * What outlives a WebAssembly instance. An instance that starts takes over what it finds here.
 */
export function createPage() {
  return {
    /**
     * Task to `{ window?, frame?, memory? }`: the viewers that are open, and what the next instance has to
     * know of each.
     */
    viewers: new Map(),
    /** The mounted panels' places for frames of whichever task, oldest first. */
    panels: [],
    /** The open presence connections: `Presence.Agent`s of Glance's script. */
    connections: new Set(),
  };
}
