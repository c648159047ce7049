// Imports or requires one subpath, and prints its exports, the browser APIs that it touched and the
// globals that it left, as JSON.
//
//   node probe.mjs import|require flex-glance/visitor '["document", …]'

import { createRequire } from 'node:module';

const [how, name, apis] = process.argv.slice(2);
const load = createRequire(import.meta.url);

// What React looks for is its own affair.
load('react');
await import('react');

const touched = new Set();
// Node.js itself reads some of them, whenever it comes to it.
function note(api) {
  const [, , , caller] = new Error().stack.split('\n');
  if (!/\bnode:/.test(caller)) touched.add(api);
}
// Node.js makes some of them on the first look, with the help of others.
const values = JSON.parse(apis).map((api) => [api, globalThis[api]]);
for (const [api, found] of values) {
  let value = found;
  Object.defineProperty(globalThis, api, {
    configurable: true,
    get() {
      note(api);
      return value;
    },
    set(next) {
      note(api);
      value = next;
    },
  });
}
const before = new Set(Reflect.ownKeys(globalThis));
const exported = Object.keys(how === 'import' ? await import(name) : load(name));
const result = {
  exported: exported.filter((key) => key !== 'default').sort(),
  touched: Array.from(touched),
  left: Reflect.ownKeys(globalThis).filter((key) => !before.has(key)),
};
// That a touch would have been noticed is part of the proof.
result.isWatched = typeof document === 'undefined' && touched.has('document');
process.stdout.write(JSON.stringify(result));
