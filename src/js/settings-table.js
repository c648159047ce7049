// @ts-check
/**
 * The settings that `configuration.js` reads, of the table in `src/core/props/table.rs`.
 *
 * @typedef {object} Setting
 * @property {string} name
 * @property {string} [prop] The prop that it sets; the others are for `registerFromConfiguration` itself.
 * @property {string} [member] Of a prop that is an object, the member that it sets.
 * @property {unknown[]} [values] What is taken, where no prop's rules say so.
 * @property {boolean} [isWorkers] Whether a worker's `config_overrides` may change it.
 * @property {string} [standsFor] What counts where nobody sets it.
 */

/** @type {Setting[]} */
export const SETTINGS = [
  // props: begin (written by `npm run props`)
  { name: 'group_id', prop: 'groupid' },
  { name: 'auth_url', prop: 'authurl' },
  { name: 'open_location', prop: 'openlocation', isWorkers: true },
  { name: 'presence', prop: 'presence', isWorkers: true },
  { name: 'environment', prop: 'glancebaseurl', standsFor: 'production' },
  { name: 'debug_mode', prop: 'debugmode', isWorkers: true },
  { name: 'notifications', prop: 'notifications', isWorkers: true },
  { name: 'immediate_tab', prop: 'immediatetab', isWorkers: true },
  { name: 'video', prop: 'video', isWorkers: true },
  { name: 'viewer_sandbox', prop: 'viewersandbox' },
  { name: 'session_facts', prop: 'sessionfacts' },
  { name: 'session_max_age', prop: 'sessionmaxage' },
  { name: 'invite_url', prop: 'inviteurl' },
  { name: 'invite_text', prop: 'invitetext' },
  { name: 'policy', prop: 'policy' },
  { name: 'host_web', prop: 'hosts', member: 'web' },
  { name: 'host_cdn', prop: 'hosts', member: 'cdn' },
  { name: 'host_presence', prop: 'hosts', member: 'presence' },
  { name: 'host_authorization', prop: 'hosts', member: 'authorization' },
  { name: 'strings', prop: 'strings' },
  { name: 'enabled', values: [true, false], isWorkers: true },
  { name: 'placement', values: ['header', 'panel', 'both'], isWorkers: true },
  { name: 'language', values: ['en', 'es'], isWorkers: true },
  // props: end
];
