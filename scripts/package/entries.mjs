// The component's entries: where each starts, and which files stand in for which.

const JS = 'src/js';

/** Those that hold the WebAssembly module, or fetch it (`external`). */
export const COMPONENT = [
  { name: 'index', source: 'index.js' },
  {
    name: 'external',
    source: `${JS}/external/index.js`,
    types: `${JS}/external/index.d.ts`,
    instead: { [`${JS}/module.js`]: `${JS}/external/module.js` },
  },
  {
    name: 'element',
    source: `${JS}/element/index.js`,
    types: `${JS}/element/index.d.ts`,
    instead: {
      [`${JS}/actions.js`]: `${JS}/element/actions.js`,
      [`${JS}/flex.js`]: `${JS}/element/flex.js`,
      [`${JS}/notifications.js`]: `${JS}/element/notifications.js`,
    },
  },
];

/** The mock for plugins' tests. */
export const TESTING = {
  name: 'testing',
  source: `${JS}/testing/index.js`,
  types: `${JS}/testing/index.d.ts`,
  instead: { [`${JS}/instance.js`]: `${JS}/testing/instance.js` },
};
