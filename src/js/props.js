/** The component's props: which are passed on, and whether they mean anything new. */

/** The props that are passed on as they are; whatever else Flex injects stays out. */
export const PROPS = [
  // props: begin (written by `npm run props`)
  'groupid',
  'authurl',
  'authtoken',
  'openlocation',
  'opentype',
  'presence',
  'glancebaseurl',
  'puid',
  'debugmode',
  'visitorid',
  'notifications',
  'immediatetab',
  'video',
  'viewersandbox',
  'onsessionstart',
  'onsessionend',
  'sessionfacts',
  'sessionmaxage',
  'inviteurl',
  'invitetext',
  'policy',
  'hosts',
  'strings',
  // props: end
  // Flex's own.
  'theme',
  // Those of a registration by Flex's configuration.
  'configured',
];

/** Whether one of the fields of these names differs. */
export function differ(before, after, names) {
  return names.some((name) => !Object.is(before[name], after[name]));
}

/**
 * The fields of these names that are there: whoever reads them takes the time for each. A getter that
 * throws is passed on, since who reads it can say which one it is.
 */
export function pick(object, names) {
  const picked = {};
  for (const name of names) {
    try {
      const value = object[name];
      if (value !== undefined) picked[name] = value;
    } catch (_error) {
      Object.defineProperty(picked, name, { get: () => object[name] });
    }
  }
  return picked;
}
