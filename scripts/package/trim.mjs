// Takes out of the module what no user of the component can ever see.

import { readFile, writeFile } from 'node:fs/promises';

import binaryen from 'binaryen';

/**
 * These say in words what serde found in place of what it expected. The words are an error that is
 * dropped unread (`src/effects/fields.rs`), so the error is `undefined` instead. With them goes all
 * formatting of the standard library: nothing else that ships formats anything.
 */
const UNREAD = [
  /^<serde_wasm_bindgen\[\w+\]::de::Deserializer>::invalid_type_$/,
  /^<serde_wasm_bindgen\[\w+\]::error::Error>::new::<core\[\w+\]::fmt::Arguments>$/,
];

/** Where wasm-bindgen keeps `undefined` (`JSIDX_UNDEFINED` in its `rt` module). */
const UNDEFINED = 1024;

/**
 * What formatting is made of. Only formatting uses it, which is reached by nothing but tables of
 * functions that nothing calls through; that is why no tool sees that it is unused.
 */
const UNUSED = [
  /^core\[\w+\]::fmt::write$/,
  /^<core\[\w+\]::fmt::Formatter>::pad$/,
  /^core\[\w+\]::fmt::num::imp::display_u64_small$/,
  /^<char as core\[\w+\]::fmt::Display>::fmt$/,
  /^<serde_core\[\w+\]::de::Unexpected as core\[\w+\]::fmt::Display>::fmt$/,
  /^core\[\w+\]::fmt::float::float_to_decimal_common_exact::<f64>$/,
  /^core\[\w+\]::fmt::float::float_to_decimal_common_shortest::<f64>$/,
];

/** Who may use formatting: formatting. */
const FORMATTING = /::fmt\b|^<serde_core\[\w+\]::de::WithDecimalPoint/;

/**
 * @param {string} wasm The module with its names. It is written over.
 * @throws {Error} If one of the functions is not there under its name, or something formats.
 */
export async function trim(wasm) {
  const module = binaryen.readBinary(await readFile(wasm));
  for (const pattern of UNREAD) replace(module, pattern, module.i32.const(UNDEFINED));
  module.runPasses(['remove-unused-module-elements']);
  checkUnused(module);
  for (const pattern of UNUSED) replace(module, pattern, module.unreachable());
  // Names stay: they tell where the bytes are. wasm-opt drops them.
  binaryen.setDebugInfo(true);
  await writeFile(wasm, module.emitBinary());
  module.dispose();
}

function replace(module, pattern, body) {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  ).filter(({ name }) => pattern.test(name));
  if (functions.length !== 1) {
    throw new Error(
      `${functions.length} functions are named ${pattern}, not 1: has a dependency changed? See scripts/package/trim.mjs.`,
    );
  }
  const [{ name, params, results }] = functions;
  module.removeFunction(name);
  module.addFunction(name, params, results, [], body);
}

/** Looks through the calls of every function. */
function checkUnused(module) {
  for (const text of module.emitText().split('\n (func $').slice(1)) {
    const [caller, ...called] = text.match(/^(?:"[^"]+"|\S+)|(?<=\(call \$)(?:"[^"]+"|[^\s)]+)/g);
    const bare = (name) => name.replace(/^"|"$/g, '');
    const wrong = called.find((name) => UNUSED.some((pattern) => pattern.test(bare(name))));
    if (wrong && !FORMATTING.test(bare(caller))) {
      throw new Error(`${caller} formats, by ${wrong}: see scripts/package/trim.mjs.`);
    }
  }
}
