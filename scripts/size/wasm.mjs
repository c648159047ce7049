// What is in a WebAssembly module. Source: the WebAssembly specification, "Binary Format".

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

/**
 * @param {Buffer} bytes A module, with a name section if its functions are to have names.
 * @returns {{sections: {name: string, size: number}[], functions: {name: string, size: number}[]}} Its
 *   sections and the bodies of its functions, in their order.
 */
export function readModule(bytes) {
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
    if (SECTIONS[id]) sections.push({ name: SECTIONS[id], size: end - at });
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
