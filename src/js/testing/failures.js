/** What a test can let fail, by the names of the component's texts: `failed_…` and `presence_…`. */
export const KEY_FAILURES = [
  'network',
  'timeout',
  'refused',
  'fault',
  'unreadable',
  'malformed_key',
  'key_lifetime',
  'no_token',
  'no_partner_user_id',
];
export const PRESENCE_FAILURES = ['script', 'api', 'refused', 'connection'];
