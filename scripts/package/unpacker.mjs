// The module that unpacks, and proof that it does.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { transform } from 'esbuild';

import { run } from '../run.mjs';
import { SMALL } from './compile.mjs';

/**
 * @param {string} root The project's folder.
 * @param {string} work A folder for what is made.
 * @returns {Promise<string>} The module as `src/js/unpack.js` reads it.
 */
export async function unpacker(root, work) {
  const target = path.join(root, 'target', 'small');
  const RUSTFLAGS = `${SMALL.RUSTFLAGS} -Ctarget-feature=+simd128`;
  const args = [
    'rustc',
    '--locked',
    '--release',
    '-p',
    'unpack',
    '--lib',
    '--crate-type',
    'cdylib',
  ];
  args.push('--target', 'wasm32-unknown-unknown', '--target-dir', target);
  args.push('-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size');
  await run('cargo', args, { cwd: root, env: { ...SMALL, RUSTFLAGS } });
  const module = path.join(target, 'wasm32-unknown-unknown', 'release', 'unpack.wasm');
  const optimized = path.join(work, 'unpack.wasm');
  const wasmOpt = path.join(root, 'node_modules', '.bin', 'wasm-opt');
  const strip = ['--strip-producers', '--strip-target-features'];
  await run(wasmOpt, ['-Oz', '--converge', '--enable-simd', ...strip, module, '-o', optimized]);
  return Array.from(await readFile(optimized), asText).join('');
}

/**
 * One printable character for the bytes that instructions are made of most, below 66 and from 103 to 127,
 * two for others; never a question mark, which could look like syntax that old bundlers do not know.
 */
function asText(byte) {
  if (byte === 31) return asLongText(65);
  if (byte < 66) return String.fromCharCode(byte + 32);
  return byte > 102 && byte < 128 ? String.fromCharCode(byte - 5) : asLongText(byte);
}

/** Of 65, which is short itself, the long form stands for what would be a question mark. */
function asLongText(byte) {
  const rest = byte - 65;
  return String.fromCharCode(Math.floor(rest / 63) + 123, (rest % 63) + 64);
}

/**
 * Unpacks with what ships.
 * @param {string} root The project's folder.
 * @param {{packed: string, unpacker: string}} optimized The packed module's file, and what unpacks it.
 * @param {Buffer} bytes What has to come out.
 * @throws {Error} If something else does, or if damage is not told.
 */
export async function verify(root, optimized, bytes) {
  const file = path.join(root, 'src', 'js', 'unpack.js');
  const { code } = await transform(await readFile(file, 'utf8'), {
    target: 'es2018',
    minify: true,
  });
  const { unpack } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const packed = await readFile(optimized.packed);
  const unpacked = await unpack(packed.toString('base64'), optimized.unpacker);
  if (Buffer.compare(bytes, unpacked) !== 0) {
    throw new Error('What was packed does not unpack to the same bytes: see scripts/unpack.');
  }
  const flipped = Buffer.from(packed);
  flipped[packed.length >> 1] ^= 1;
  const oversized = Buffer.from(packed).fill(0xff, 0, 8);
  for (const damaged of [flipped, oversized, packed.subarray(0, -100), packed.subarray(0, 5)]) {
    const told = await unpack(damaged.toString('base64'), optimized.unpacker).catch(({ message }) =>
      message.includes('damaged'),
    );
    if (told !== true)
      throw new Error('Damage of what was packed is not told: see scripts/unpack.');
  }
}
