// Smaller WebAssembly: wasm-opt, short names on both sides of the boundary, packing.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../run.mjs';
import { refuseFormatting } from './formatting.mjs';
import { unpacker, verify } from './unpacker.mjs';

/**
 * @param {string} root The project's folder.
 * @param {{wasm: string, glue: string}} compiled
 * @param {string} work A folder for what is made.
 * @returns {Promise<{wasm: string, packed: string, unpacker: string, glue: string}>} The module's file,
 *   the packed module's file, the text of what unpacks it, and the glue's text.
 * @throws {Error} If something formats, if a name that wasm-opt shortened is not found exactly where it
 *   is expected, or if the packed module does not unpack to the same bytes.
 */
export async function optimize(root, { wasm, glue }, work) {
  await refuseFormatting(wasm);
  const wasmOpt = path.join(root, 'node_modules', '.bin', 'wasm-opt');
  const [optimized, renamed] = ['optimized.wasm', 'renamed.wasm'].map((n) => path.join(work, n));
  // Not `--all-features`: that writes an import section that Chromium refuses.
  // Nothing lives below address 1024: that is the far end of the stack.
  // Common expressions stay as they are: what is the same twice is packed well, a new local is not.
  const passes = [
    '--skip-pass=local-cse',
    '-Oz',
    '--flatten',
    '--rereloop',
    '-Oz',
    '-Oz',
    '--converge',
  ];
  // With names, which tell where the bytes are; the next step drops them.
  await run(wasmOpt, [...passes, '-lmu', '-g', wasm, '-o', optimized]);
  const shorten = '--minify-imports-and-exports-and-modules';
  const table = await run(wasmOpt, [shorten, '--strip-target-features', optimized, '-o', renamed]);
  const bytes = await readFile(renamed);
  const [{ module }] = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  const text = rename(withoutLoading(await readFile(glue, 'utf8')), table, module);
  await writeFile(path.join(work, 'glue.js'), text);
  const packed = path.join(work, 'packed.bin');
  await run('cargo', ['run', '--locked', '--quiet', '-p', 'pack', '--', renamed, packed], {
    cwd: root,
  });
  const built = { wasm: renamed, packed, unpacker: await unpacker(root, work), glue: text };
  await verify(root, built, bytes);
  return built;
}

/**
 * Applies wasm-opt's table of shortened names to the glue: its import keys, the name of its import
 * module, and exports used as `wasm.name`.
 */
function rename(glue, table, module) {
  const { imports, exports } = JSON.parse(table);
  if (imports.length === 0)
    throw new Error('wasm-opt shortened no import: has its output changed?');
  const used = new Map(exports);
  glue = glue.replace(/\bwasm\.(\w+)\b/g, (use, name) => {
    if (!used.has(name)) throw new Error(`wasm.${name} is no export: has wasm-bindgen changed?`);
    return `wasm.${used.get(name)}`;
  });
  const short = new Map(imports.map(([, name, shortened]) => [name, shortened]));
  let keys = 0;
  glue = glue.replace(/^( +)(__wb\w+): function(\([^]*?^\1}.*\n)/gm, (_, indent, name, body) => {
    // What is left unused, wasm-opt has taken out.
    if (!short.has(name)) return '';
    keys += 1;
    // A method is the shorter function.
    return indent + short.get(name) + withoutDoubt(body);
  });
  if (keys !== short.size) throw new Error(`${short.size - keys} imports are not in the glue.`);
  return glue.replace(/"\.\/flex_glance_bg\.js": /, `"${module}": `);
}

/** Every page that Flex runs on has the classes that are asked for. */
function withoutDoubt(body) {
  return body.replace(
    /let result;\s+try {\s+result = (\w+ instanceof \w+);\s+} catch \(_\) {\s+result = false;\s+}\s+const ret = result;/,
    'const ret = $1;',
  );
}

/**
 * Takes out of the glue how it would fetch a module from an address: ours is compiled already, for
 * `initSync`.
 * @throws {Error} If one of the parts is not there as expected.
 */
function withoutLoading(glue) {
  const parts = [
    [/^ {4}let script_src;\n {4}if [^]*?^ {4}}\n/m, ''],
    [/^ {4}async function __wbg_load\([^]*?^ {4}}\n/m, ''],
    [/^ {4}let __wbg_init_promise;\n/m, ''],
    [/^ {4}async function __wbg_init\([^]*?^ {4}}\n/m, ''],
    [/^ {4}async function __wbg_init_once\([^]*?^ {4}}\n/m, ''],
    ['Object.assign(__wbg_init, { initSync }, exports)', 'Object.assign({ initSync }, exports)'],
  ];
  return parts.reduce((text, [part, instead]) => {
    const without = text.replace(part, instead);
    if (without === text) throw new Error(`The glue has no ${part}: has wasm-bindgen changed?`);
    return without;
  }, glue);
}
