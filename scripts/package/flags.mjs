// What the two builds differ in: flags alone.

/** @typedef {{name: string, profile: string, env: object, cargo: string[], wasmOpt: string[]}} Flags */

/**
 * What ships. The standard library is built anew, for size and without panic messages: a panic is a
 * trap, which the package handles like any other. That makes the packed module 19 kB smaller (132 for
 * 151). These flags belong to nightly; RUSTC_BOOTSTRAP lets the pinned stable compiler take them, so that
 * a build is the same on every machine.
 * @type {Flags}
 */
export const RELEASE = {
  name: 'release',
  profile: 'release',
  env: {
    RUSTC_BOOTSTRAP: '1',
    RUSTFLAGS: [
      '-Zunstable-options',
      '-Cpanic=immediate-abort',
      '-Zlocation-detail=none',
      '-Zfmt-debug=none',
      '-Clink-arg=-zstack-size=131072',
    ].join(' '),
  },
  cargo: ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size'],
  // Not `--all-features`: that writes an import section that Chromium refuses.
  // Nothing lives below address 1024 (`-lmu`): that is the far end of the stack.
  // Common expressions and functions with one caller stay as they are: what is alike is packed well.
  wasmOpt: [
    '--skip-pass=local-cse',
    '-Oz',
    '--flatten',
    '--rereloop',
    '-Oz',
    '-Oz',
    '--converge',
    '-lmu',
    '--one-caller-inline-max-function-size=1',
  ],
};

/**
 * For who works on the code: stable Rust, compiled in parts. -1: the compiler takes nothing that is not
 * stable, whatever the caller's environment says.
 * @type {Flags}
 */
export const EVERYDAY = {
  name: 'everyday',
  profile: 'everyday',
  env: { RUSTC_BOOTSTRAP: '-1', RUSTFLAGS: '' },
  cargo: [],
  wasmOpt: ['-O1'],
};
