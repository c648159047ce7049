/**
 * Unpacks the component's WebAssembly, which `scripts/pack` packs: much smaller than what a browser
 * unpacks by itself. A small WebAssembly module does it (`scripts/unpack`).
 */

/** Flex may go on after this many milliseconds. */
const STRETCH_MS = 5;
/** Bytes from one look at the clock to the next. */
const BYTES = 512;
/** In the background, a busy page has its way for so many milliseconds at the most. */
const PATIENCE_MS = 1000;

/** Ends the pause under way, in the background. */
let wake;
let isAwaited = false;

/** From now on somebody waits for it. Until then it takes only the time that the page has to spare. */
export function hurry() {
  isAwaited = true;
  if (wake) wake();
}

/**
 * @param {string} packed The packed module, base64.
 * @param {string} unpacker The module that unpacks, as `scripts/package/unpacker.mjs` writes it.
 * @returns {Promise<Uint8Array>}
 * @throws {Error} If there is no WebAssembly, no memory, or `packed` is damaged.
 */
export async function unpack(packed, unpacker) {
  const { instance } = await WebAssembly.instantiate(read(unpacker));
  const { memory, take, begin, step } = instance.exports;
  const bytes = atob(packed);
  const at = take(bytes.length);
  const room = new Uint8Array(memory.buffer, at, bytes.length);
  for (let i = 0; i < bytes.length; i += 1) room[i] = bytes.charCodeAt(i);
  const output = begin();
  let size = output ? 0 : -1;
  while (!size) {
    const until = Date.now() + STRETCH_MS;
    do size = step(BYTES);
    while (!size && Date.now() < until);
    if (!size) await pause();
  }
  if (size < 0)
    throw new Error('flex-glance: its WebAssembly is damaged. Install the package again.');
  return new Uint8Array(memory.buffer, output, size);
}

/** Bytes as printable characters, most of them one: shorter than base64 once the file is compressed. */
function read(text) {
  const bytes = [];
  for (let i = 0; i < text.length; i += 1) {
    let byte = text.charCodeAt(i) - 32;
    if (byte > 90) {
      const rest = (byte - 91) * 63 + text.charCodeAt((i += 1)) - 64;
      byte = rest ? rest + 65 : 31;
    } else if (byte > 65) byte += 37;
    bytes.push(byte);
  }
  return new Uint8Array(bytes);
}

function pause() {
  return new Promise((resolve) => {
    if (!isAwaited && typeof requestIdleCallback === 'function') {
      wake = resolve;
      requestIdleCallback(resolve, { timeout: PATIENCE_MS });
      return;
    }
    // Not `setTimeout`, which waits four milliseconds from the fifth time on.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
