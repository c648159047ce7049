/**
 * Unpacks raw LZMA, which `scripts/pack` packs: an eighth smaller than what a browser unpacks by
 * itself.
 *
 * Source: the LZMA specification of the 7-Zip project, for `lc` 3, `lp` 0 and `pb` 0.
 */

const STATES = 12;
const LITERAL_CONTEXT_BITS = 3;

// Where the probabilities of each kind of decision begin.
const IS_MATCH = 0;
const IS_REP = IS_MATCH + STATES;
const IS_REP_0 = IS_REP + STATES;
const IS_REP_1 = IS_REP_0 + STATES;
const IS_REP_2 = IS_REP_1 + STATES;
const IS_LONG_REP_0 = IS_REP_2 + STATES;
const SLOTS = IS_LONG_REP_0 + STATES;
const SPECIAL = SLOTS + 4 * 64;
const ALIGN = SPECIAL + 128;
const LENGTH = ALIGN + 16;
const REP_LENGTH = LENGTH + 274;
const LITERAL = REP_LENGTH + 274;
const COUNT = LITERAL + (0x300 << LITERAL_CONTEXT_BITS);

/** Flex may go on after this many bytes, some three milliseconds. */
const STRETCH = 1 << 15;

/**
 * @param {Uint8Array} packed
 * @param {number} size How many bytes come out.
 * @returns {Promise<Uint8Array>}
 */
export async function unpack(packed, size) {
  const output = new Uint8Array(size);
  const probabilities = new Uint16Array(COUNT).fill(1024);
  let range = 0xffffffff;
  let code = 0;
  let at = 1;
  while (at < 5) code = ((code << 8) | packed[at++]) >>> 0;

  const normalize = () => {
    if (range < 0x1000000) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | packed[at++]) >>> 0;
    }
  };
  const bit = (index) => {
    const probability = probabilities[index];
    const bound = (range >>> 11) * probability;
    const is = code >= bound;
    if (is) {
      range -= bound;
      code -= bound;
      probabilities[index] = probability - (probability >>> 5);
    } else {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >>> 5);
    }
    normalize();
    return is ? 1 : 0;
  };
  const tree = (base, bits) => {
    let node = 1;
    for (let i = 0; i < bits; i += 1) node = node * 2 + bit(base + node);
    return node - (1 << bits);
  };
  const reverseTree = (base, bits) => {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      const digit = bit(base + node);
      node = node * 2 + digit;
      value |= digit << i;
    }
    return value;
  };
  const direct = (bits) => {
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      range >>>= 1;
      const is = code >= range;
      if (is) code -= range;
      value = value * 2 + (is ? 1 : 0);
      normalize();
    }
    return value;
  };
  const length = (base) => {
    if (!bit(base)) return 2 + tree(base + 2, 3);
    if (!bit(base + 1)) return 10 + tree(base + 10, 3);
    return 18 + tree(base + 18, 8);
  };
  const distance = (matched) => {
    const slot = tree(SLOTS + Math.min(matched - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 + (slot & 1)) * 2 ** bits;
    if (slot < 14) return high + reverseTree(SPECIAL + high - slot, bits);
    return high + direct(bits - 4) * 16 + reverseTree(ALIGN, 4);
  };

  let written = 0;
  let state = 0;
  const reps = [0, 0, 0, 0];
  const literal = () => {
    const before = written ? output[written - 1] : 0;
    const base = LITERAL + 0x300 * (before >> (8 - LITERAL_CONTEXT_BITS));
    let symbol = 1;
    if (state >= 7) {
      let match = output[written - reps[0] - 1];
      while (symbol < 0x100) {
        const expected = (match >> 7) & 1;
        match <<= 1;
        const is = bit(base + ((1 + expected) << 8) + symbol);
        symbol = symbol * 2 + is;
        if (is !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = symbol * 2 + bit(base + symbol);
    output[written++] = symbol;
    if (state < 4) state = 0;
    else state -= state < 10 ? 3 : 6;
  };
  const copy = (count) => {
    for (let i = 0; i < count && written < size; i += 1) {
      output[written] = output[written - reps[0] - 1];
      written += 1;
    }
  };
  const repeat = () => {
    const count = length(REP_LENGTH);
    state = state < 7 ? 8 : 11;
    copy(count);
  };

  let rest = STRETCH;
  while (written < size) {
    if (written > rest) {
      rest = written + STRETCH;
      await new Promise((resolve) => setTimeout(resolve));
    }
    if (!bit(IS_MATCH + state)) {
      literal();
    } else if (!bit(IS_REP + state)) {
      reps.pop();
      const count = length(LENGTH);
      reps.unshift(distance(count));
      state = state < 7 ? 7 : 10;
      copy(count);
    } else if (bit(IS_REP_0 + state)) {
      const which = bit(IS_REP_1 + state) ? 2 + bit(IS_REP_2 + state) : 1;
      reps.unshift(...reps.splice(which, 1));
      repeat();
    } else if (bit(IS_LONG_REP_0 + state)) {
      repeat();
    } else {
      state = state < 7 ? 9 : 11;
      copy(1);
    }
  }
  return output;
}
