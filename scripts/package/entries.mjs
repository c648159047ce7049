// The component's entries: where each starts. Each puts the component together in its own way, with a
// host and a WebAssembly module.

const JS = 'src/js';

/** Those that hold the WebAssembly module, or fetch it (`external`). */
export const COMPONENT = [
  { name: 'index', source: 'index.js' },
  ...['external', 'element', 'testing'].map(subpath),
];

function subpath(name) {
  return { name, source: `${JS}/${name}/index.js`, types: `${JS}/${name}/index.d.ts` };
}
