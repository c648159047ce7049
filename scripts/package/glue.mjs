// Shorter JavaScript glue. Each step fails the build when wasm-bindgen writes something else.

/**
 * @param {string} glue What wasm-bindgen wrote.
 * @param {string} table The names that wasm-opt shortened, as it prints them.
 * @param {string} module The import module's short name.
 * @returns {string}
 * @throws {Error} If something is not found exactly where it is expected.
 */
export function shorten(glue, table, module) {
  return withoutRepetition(rename(withoutLoading(glue), table, module));
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

/**
 * Says once what wasm-bindgen writes for every import that throws, returns an object or returns a text.
 */
function withoutRepetition(glue) {
  const parts = [
    [
      /\(\) \{ return handleError\(function \((.*?)\) \{\n([^]*?)\n {12}\}, arguments\); \},/g,
      ': caught(($1) => {\n$2\n            }),',
    ],
    [
      / {4}function handleError\(f, args\) \{\n {8}try \{\n {12}return f\.apply\(this, args\);([^]*?)\n {4}\}\n/,
      `    function caught(f) {
        return (...args) => {
        try {
            return f(...args);$1
        };
    }
`,
    ],
    [/return isLikeNone\(ret\) \? 0 : addToExternrefTable0\(ret\);/g, 'return giveObject(ret);'],
    [
      /(?:const|var) ptr1 = (?:isLikeNone\(ret\) \? 0 : )?passStringToWasm0\(ret, (.*?)\);\s+(?:const|var) len1 = WASM_VECTOR_LEN;\s+getDataViewMemory0\(\)\.setInt32\(\(arg0 >>> 0\) \+ 4 \* 1, len1, true\);\s+getDataViewMemory0\(\)\.setInt32\(\(arg0 >>> 0\) \+ 4 \* 0, ptr1, true\);/g,
      'giveText(arg0, ret, $1);',
    ],
    [
      '    function isLikeNone(x) {',
      `    function giveObject(object) {
        return isLikeNone(object) ? 0 : addToExternrefTable0(object);
    }
    function giveText(to, text, malloc, realloc) {
        const at = isLikeNone(text) ? 0 : passStringToWasm0(text, malloc, realloc);
        getDataViewMemory0().setInt32((to >>> 0) + 4, WASM_VECTOR_LEN, true);
        getDataViewMemory0().setInt32(to >>> 0, at, true);
    }
    function isLikeNone(x) {`,
    ],
  ];
  return replaceAll(glue, parts);
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
  return replaceAll(glue, parts);
}

function replaceAll(glue, parts) {
  return parts.reduce((text, [part, instead]) => {
    const replaced = text.replace(part, instead);
    if (replaced === text) throw new Error(`The glue has no ${part}: has wasm-bindgen changed?`);
    return replaced;
  }, glue);
}
