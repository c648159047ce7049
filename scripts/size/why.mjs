// Where the bytes of the WebAssembly are, by the names that the compiler gave its functions.

import { readFile } from 'node:fs/promises';

const IMPORTS = 2;
const CODE = 10;
const SECTIONS = {
  1: 'types',
  2: 'imports',
  3: 'functions',
  9: 'elements',
  10: 'code',
  11: 'data',
};

/** How many functions are listed. */
const LARGEST = 40;

/**
 * Prints the module's sections, its code by crate, and its largest functions.
 * @param {string} file A module with a name section, before names are taken out.
 */
export async function printWhy(file) {
  const { sections, functions } = read(await readFile(file));
  print('section', sections);
  print('crate', byCrate(functions));
  functions.sort((a, b) => b.size - a.size);
  print(
    'function',
    functions.slice(0, LARGEST).map(({ name, size }) => [name, size]),
  );
}

function print(title, rows) {
  console.log(`\n   bytes  ${title}`);
  for (const [name, size] of rows) console.log(`${String(size).padStart(8)}  ${name}`);
}

function byCrate(functions) {
  const crates = new Map();
  for (const { name, size } of functions) {
    // `<yew::… as …>::f`, `core::…`; what wasm-bindgen exports has no path.
    const [crate] = name.match(/[a-z_]\w*(?=::)/) ?? ['exports'];
    crates.set(crate, (crates.get(crate) ?? 0) + size);
  }
  return [...crates].sort((a, b) => b[1] - a[1]);
}

/**
 * Reads what is needed of the WebAssembly binary format: sections, imported functions, the sizes of
 * function bodies, and the function names of the name section.
 */
function read(bytes) {
  let at = 8;
  const number = () => {
    let [value, shift] = [0, 0];
    let byte;
    do {
      byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    return value;
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const sections = [];
  const sizes = [];
  let imported = 0;
  const names = new Map();
  while (at < bytes.length) {
    const id = bytes[at++];
    const end = number() + at;
    if (SECTIONS[id]) sections.push([SECTIONS[id], end - at]);
    if (id === IMPORTS) {
      // wasm-bindgen imports functions alone: module, name, kind, type.
      for (imported = number(); at < end; number()) {
        text();
        text();
        at += 1;
      }
    } else if (id === CODE) {
      for (let count = number(); count > 0; count -= 1) {
        const size = number();
        sizes.push(size);
        at += size;
      }
    } else if (id === 0 && text() === 'name') {
      while (at < end) {
        const kind = bytes[at++];
        const past = number() + at;
        if (kind === 1) {
          for (let count = number(); count > 0; count -= 1) names.set(number(), text());
        }
        at = past;
      }
    }
    at = end;
  }
  const functions = sizes.map((size, index) => ({
    size,
    name: (names.get(imported + index) ?? `function ${index}`).replace(/\[[0-9a-f]+\]/g, ''),
  }));
  return { sections, functions };
}
