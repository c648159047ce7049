/**
 * Unpacks the component's WebAssembly, which is base64 of `deflate-raw`: the browser inflates it by
 * itself.
 */

/**
 * @param {string} packed The packed module, as `scripts/package/bundle.mjs` writes it.
 * @returns {Promise<ArrayBuffer>}
 * @throws {Error} If the browser cannot inflate, or `packed` is damaged.
 */
export async function unpack(packed) {
  if (typeof DecompressionStream !== 'function') {
    throw new Error('flex-glance: this browser has no DecompressionStream. Update the browser.');
  }
  const inflate = new DecompressionStream('deflate-raw');
  try {
    const inflated = new Response(decodeBase64(packed)).body.pipeThrough(inflate);
    return await new Response(inflated).arrayBuffer();
  } catch (error) {
    const why = 'flex-glance: its WebAssembly is damaged. Install the package again.';
    throw new Error(why, { cause: error });
  }
}

function decodeBase64(text) {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
