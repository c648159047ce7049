// Notes what the component does with WebAssembly: its memories, how long its module takes to unpack, and
// how long from the bytes in memory to a working instance; if it is asked to, also how long the browser takes
// to compile the same bytes once more.
(() => {
  'use strict';

  /** How many bytes all WebAssembly memories of the page have, and the times in milliseconds. */
  const wasm = {
    memories: [],
    unpackMs: [],
    startMs: [],
    compileMs: [],
    comparesCompiling: false,
    bytes: () => sum(wasm.memories),
  };
  window.wasm = wasm;

  const { compile, compileStreaming, instantiate, instantiateStreaming, Module, Instance } =
    WebAssembly;
  let begun;
  let compiled;
  let unpacking;
  let serial = 0;

  // The component alone reads base64, as the first step of unpacking its module.
  window.atob = new Proxy(window.atob, {
    apply(target, self, args) {
      unpacking = performance.now();
      return target.apply(self, args);
    },
  });

  WebAssembly.compile = async (bytes) => {
    if (unpacking) wasm.unpackMs.push(performance.now() - unpacking);
    const own = unseen(bytes);
    begun = performance.now();
    return compile(own);
  };
  WebAssembly.compileStreaming = async (response) =>
    WebAssembly.compile(await (await response).arrayBuffer());
  WebAssembly.Module = new Proxy(Module, {
    construct(target, [bytes]) {
      const own = unseen(bytes);
      begun = performance.now();
      return new target(own);
    },
  });
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args) {
      const instance = new target(...args);
      note(instance);
      return instance;
    },
  });
  WebAssembly.instantiate = async (source, imports) => {
    if (source instanceof Module) {
      const instance = await instantiate(source, imports);
      note(instance);
      return instance;
    }
    const own = unseen(source);
    begun = performance.now();
    const made = await instantiate(own, imports);
    note(made.instance);
    return made;
  };
  WebAssembly.instantiateStreaming = async (response, imports) =>
    WebAssembly.instantiate(await (await response).arrayBuffer(), imports);
  void [compileStreaming, instantiateStreaming];

  function note({ exports }) {
    const memories = Object.values(exports).filter((it) => it instanceof WebAssembly.Memory);
    wasm.memories.push(...memories);
    // It works once its own start has run, which comes in the same task.
    const start = begun;
    Promise.resolve().then(() => {
      wasm.startMs.push(performance.now() - start);
      if (wasm.comparesCompiling) compileAgain(compiled);
    });
  }

  function compileAgain(bytes) {
    const own = unseen(bytes);
    const start = performance.now();
    void new Module(own);
    wasm.compileMs.push(performance.now() - start);
  }

  /**
   * The module with a custom section of its own. V8 gives the code of bytes that it knows without
   * compiling them.
   */
  function unseen(bytes) {
    const known = new Uint8Array(bytes.buffer || bytes, bytes.byteOffset || 0, bytes.byteLength);
    const mark = new TextEncoder().encode(`${Date.now()}-${(serial += 1)}`);
    const section = [0, mark.length + 2, 1, 0x62, ...mark];
    const own = new Uint8Array(known.length + section.length);
    own.set(known);
    own.set(section, known.length);
    compiled = own;
    return own;
  }

  function sum(memories) {
    return memories.reduce((all, { buffer }) => all + buffer.byteLength, 0);
  }
})();
