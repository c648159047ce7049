// The text of a JSON file or a `.env`, in whatever encoding an editor or a shell wrote it.

/**
 * By the byte order mark, else by where the zeroes of the first characters are, which both have in ASCII.
 * Source: RFC 4627, section 3.
 */
const WIDE = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[undefined, 0, 0, 0], 'utf-32le'],
  [[0, 0, 0, undefined], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[undefined, 0], 'utf-16le'],
  [[0, undefined], 'utf-16be'],
];

/**
 * @param {Buffer} bytes
 * @returns {string} Without a byte order mark. What is no UTF-8 is read as Latin-1.
 */
export function decode(bytes) {
  const [, encoding] = WIDE.find(([mark]) => mark.every((byte, at) => fits(byte, bytes[at]))) || [];
  if (encoding?.startsWith('utf-32')) return decodeUtf32(bytes, encoding === 'utf-32le');
  if (encoding) return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

function fits(wanted, byte) {
  return wanted === undefined ? byte > 0 : byte === wanted;
}

/** No decoder of the platform knows it. */
function decodeUtf32(bytes, isLittle) {
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  return text.replace(/^\ufeff/, '');
}
