// Takes out of the module what no user of the component can ever see.

import { readFile, writeFile } from 'node:fs/promises';

import binaryen from 'binaryen';

/**
 * Words what serde found in place of what it expected. The words end in an error that is dropped
 * unread (`src/effects/fields.rs`), so nothing is written instead.
 */
const UNREAD = /^<serde_core\[\w+\]::de::Unexpected as core\[\w+\]::fmt::Display>::fmt$/;

/**
 * The formatting of floating-point numbers, 10 kB with its tables, is used by those words alone.
 * Anything else that formats one traps, which the first test to come that way shows.
 */
const UNUSED = /^core\[\w+\]::fmt::float::float_to_decimal_common_(exact|shortest)::<f64>$/;

const OK = 0;

/**
 * @param {string} wasm The module with its names. It is written over.
 * @throws {Error} If one of the functions is not there under its name.
 */
export async function trim(wasm) {
  const module = binaryen.readBinary(await readFile(wasm));
  replace(module, UNREAD, 1, module.i32.const(OK));
  replace(module, UNUSED, 2, module.unreachable());
  // Names stay: they tell where the bytes are. wasm-opt drops them.
  binaryen.setDebugInfo(true);
  await writeFile(wasm, module.emitBinary());
  module.dispose();
}

function replace(module, pattern, expected, body) {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  ).filter(({ name }) => pattern.test(name));
  if (functions.length !== expected) {
    throw new Error(
      `${functions.length} functions are named ${pattern}, not ${expected}: has a dependency changed? See scripts/package/trim.mjs.`,
    );
  }
  for (const { name, params, results } of functions) {
    module.removeFunction(name);
    module.addFunction(name, params, results, [], body);
  }
}
