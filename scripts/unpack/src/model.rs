//! Says how likely the next bit is a one: the opinions of many contexts, mixed.
//!
//! Integers alone, so that packing and unpacking agree to the bit on every machine. The method is that
//! of Mahoney's PAQ: counters by context, logistic mixing, a refinement at the end.

use crate::contexts::{CONTEXTS, contexts};
use crate::hash::hash;
use crate::reader::{Border, Reader, kind};

/// What is mixed: one opinion for each context, and two of the longest match.
const INPUTS: usize = CONTEXTS + 2;

/// What is known of half a byte in one context: a check of the context, then a counter for each of the
/// 15 ways in which its four bits can begin. A counter is twelve bits of probability above four that
/// count what it has seen.
type Row = [u16; 16];
/// Rows of each context, in bits.
const ROW_BITS: u32 = 15;
const ROWS: usize = 16 << ROW_BITS;
const EMPTY: u16 = 0x8000;

/// A counter that has seen this much learns no slower.
const SEEN: u16 = 12;

/// The most extreme opinion; the unit is 1/256 nat.
const LIMIT: i32 = 3071;
/// Distance of two refinements, in bits.
const STEP_BITS: u32 = 7;
const STEPS: usize = 49;

const MATCH_BITS: u32 = 14;
const MATCH_MINIMUM: usize = 6;
const MATCH_LIMIT: usize = 31;

/// Sets of weights: by what the byte is, and by the opcode before.
const BY_KIND: usize = 2 * kind::COUNT * 256;
const BY_OPCODE: usize = 256 * kind::COUNT * 8;
const REFINED: usize = kind::COUNT * 256;

const FIRST_WEIGHT: i32 = 11_000;
/// Of 1/4096.
const LEARNING: i32 = 6;
const LEARNING_AT_FIRST: i32 = 32;

/// Writes or reads one bit.
pub trait Coder {
    /// * `one`: how likely the bit is a one, of 65536.
    /// * `bit`: what to write; not looked at in reading.
    fn code(&mut self, one: u32, bit: u32) -> u32;
}

/// Large; comes into being as all zeros, so that it costs no bytes in a module, and then `prepare`.
pub struct Model {
    pub reader: Reader,
    rows: [Row; ROWS],
    by_kind: [[i32; INPUTS]; BY_KIND],
    by_opcode: [[i32; INPUTS]; BY_OPCODE],
    refined: [[u16; STEPS]; REFINED],
    found: [usize; CONTEXTS],
    expected: usize,
    matches: [u32; 1 << MATCH_BITS],
    /// Where the match goes on, and how long it has been right; zero is none.
    match_at: usize,
    match_length: usize,
    match_right: [u16; 2 * (MATCH_LIMIT + 1)],
    squash: [u16; 2 * LIMIT as usize + 1],
    stretch: [i16; 4096],
    rates: [i32; 16],
    learning: i32,
    last: u64,
    word: u32,
}

impl Model {
    /// Makes a model of all zeros ready.
    pub fn prepare(&mut self) {
        self.reader = Reader::new();
        // exp(-x / 256), in 1/2^30.
        let mut power: u64 = 1 << 30;
        for x in 0..=LIMIT as usize {
            let one = ((1u64 << 46) / ((1 << 30) + power)).min(65535) as u16;
            self.squash[LIMIT as usize + x] = one;
            self.squash[LIMIT as usize - x] = (65536 - u32::from(one)).min(65535) as u16;
            power -= (power * 16_744_533) >> 32;
        }
        let mut x = 0;
        for (i, stretched) in self.stretch.iter_mut().enumerate() {
            while x < 2 * LIMIT as usize && usize::from(self.squash[x]) < 16 * i + 8 {
                x += 1;
            }
            *stretched = (x as i32 - LIMIT) as i16;
        }
        for (i, rate) in self.rates.iter_mut().enumerate() {
            *rate = 65536 * 5 / (5 * i as i32 + 7);
        }
        self.by_kind = [[FIRST_WEIGHT / 2; INPUTS]; BY_KIND];
        self.by_opcode = [[FIRST_WEIGHT / 2; INPUTS]; BY_OPCODE];
        for row in &mut self.refined {
            for (i, refined) in row.iter_mut().enumerate() {
                let x = ((i << STEP_BITS) as i32 - LIMIT - 1).clamp(-LIMIT, LIMIT);
                *refined = self.squash[(x + LIMIT) as usize];
            }
        }
        self.match_right = [EMPTY; 2 * (MATCH_LIMIT + 1)];
        self.learning = LEARNING_AT_FIRST << 16;
    }

    fn row(&mut self, index: usize, context: u32) -> usize {
        let start = index << ROW_BITS;
        let place = (context & ((1 << ROW_BITS) - 1)) as usize;
        let check = (context >> 16) as u16 | 1;
        let first = (start | place) % ROWS;
        if self.rows[first][0] == check {
            return first;
        }
        let second = first ^ 1;
        if self.rows[second][0] == check {
            return second;
        }
        // The one that has seen less makes room.
        let seen = |row: &Row| row[1] & 15;
        let victim =
            if seen(&self.rows[first]) <= seen(&self.rows[second]) { first } else { second };
        self.rows[victim] = [EMPTY; 16];
        self.rows[victim][0] = check;
        victim
    }

    /// Writes the byte, or reads it.
    /// * `history`: everything before it.
    pub fn code<C: Coder>(
        &mut self,
        coder: &mut C,
        history: &[u8],
        byte: u8,
    ) -> (u8, Option<Border>) {
        let contexts = contexts(&self.reader, self.last, self.word);
        self.expected = if self.match_length > 0 {
            history.get(self.match_at).map_or(0, |&byte| usize::from(byte) | 256)
        } else {
            0
        };
        self.learning -= (self.learning - (LEARNING << 16)) >> 11;

        let mut partial = 1usize;
        let mut node = 1usize;
        for place in 0..8 {
            if place & 3 == 0 {
                self.find_rows(&contexts, partial as u32);
                node = 1;
            }
            let expects = (self.expected >> (8 - place) == partial)
                .then_some(self.expected as u32 >> (7 - place) & 1);
            let one = u32::from(byte) >> (7 - place) & 1;
            let one = self.bit(coder, node, partial, place, expects, one) as usize;
            partial = partial << 1 | one;
            node = node << 1 | one;
        }
        let byte = partial as u8;
        let border = self.learn(history, byte);
        (byte, border)
    }

    fn find_rows(&mut self, contexts: &[u32; CONTEXTS], salt: u32) {
        for (index, &context) in contexts.iter().enumerate() {
            self.found[index] = self.row(index, hash(context, salt.wrapping_mul(0x10001)));
        }
    }

    /// Writes or reads one decision.
    /// * `node`: the counter within the rows.
    /// * `part`, `place`: which decision it is of a byte, exactly and roughly.
    /// * `expects`: what the longest match says.
    #[inline(never)]
    #[expect(clippy::needless_range_loop, reason = "one index for several arrays")]
    fn bit<C: Coder>(
        &mut self,
        coder: &mut C,
        node: usize,
        part: usize,
        place: usize,
        expects: Option<u32>,
        bit: u32,
    ) -> u32 {
        let kind = usize::from(self.reader.kind);
        let later = usize::from(self.reader.place > 0);
        let mut inputs = [0i32; INPUTS];
        let mut counters = [0u16; CONTEXTS];
        for index in 0..CONTEXTS {
            let counter = self.rows[self.found[index] % ROWS][node & 15];
            counters[index] = counter;
            inputs[index] = i32::from(self.stretch[usize::from(counter >> 4)]);
        }
        let length = self.match_length.min(MATCH_LIMIT);
        let right = 2 * length + expects.unwrap_or(0) as usize;
        if let Some(one) = expects {
            let sure = length.min(16) as i32 * 32;
            inputs[CONTEXTS] = i32::from(self.stretch[usize::from(self.match_right[right] >> 4)]);
            inputs[CONTEXTS + 1] = if one == 1 { sure } else { -sure };
        }

        let set = ((later * kind::COUNT + kind) * 256 + part) % BY_KIND;
        let other =
            ((usize::from(self.reader.opcode) * kind::COUNT + kind) * 8 + place) % BY_OPCODE;
        let by_kind = &mut self.by_kind[set];
        let by_opcode = &mut self.by_opcode[other];
        let mut sum = 0i32;
        for index in 0..INPUTS {
            let weight = by_kind[index] + by_opcode[index];
            sum = sum.wrapping_add(weight.wrapping_mul(inputs[index]));
        }
        let mixed = (sum >> 16).clamp(-LIMIT, LIMIT);
        let opinion = i32::from(self.squash[(mixed + LIMIT) as usize]);

        let step = ((mixed + LIMIT + 1) >> STEP_BITS) as usize;
        let between = (mixed + LIMIT + 1) & ((1 << STEP_BITS) - 1);
        let refined = &mut self.refined[(kind * 256 + part) % REFINED];
        let low = i32::from(refined[step]);
        let high = i32::from(refined[step + 1]);
        let second = low + (((high - low) * between) >> STEP_BITS);
        let one = (opinion + second).clamp(16, 131_056) as u32 / 2;

        let bit = coder.code(one, bit);

        let target = if bit == 1 { 65535 } else { 0 };
        let near = &mut refined[step + usize::from(between > 1 << (STEP_BITS - 1))];
        *near = (i32::from(*near) + ((target - i32::from(*near)) >> 6)) as u16;
        let error = (((bit as i32) << 16).wrapping_sub(opinion) * (self.learning >> 16)) >> 6;
        for index in 0..INPUTS {
            let change = (inputs[index].wrapping_mul(error) + (1 << 11)) >> 12;
            by_kind[index] += change;
            by_opcode[index] += change;
        }
        for index in 0..CONTEXTS {
            let counter = counters[index];
            let probability = i32::from(counter >> 4);
            let seen = counter & 15;
            let change = ((target >> 4) - probability) * self.rates[usize::from(seen)];
            let probability = (probability + ((change + 32768) >> 16)).clamp(1, 4095) as u16;
            let seen = if seen < SEEN { seen + 1 } else { seen };
            self.rows[self.found[index] % ROWS][node & 15] = probability << 4 | seen;
        }
        if expects.is_some() {
            let right = &mut self.match_right[right];
            *right = (i32::from(*right) + ((target - i32::from(*right)) >> 6)) as u16;
        }
        bit
    }

    fn learn(&mut self, history: &[u8], byte: u8) -> Option<Border> {
        self.last = self.last << 8 | u64::from(byte);
        self.word =
            if byte.is_ascii_alphanumeric() { hash(self.word, u32::from(byte) + 1) } else { 0 };
        if self.match_length > 0 && self.expected as u8 == byte {
            self.match_length += 1;
            self.match_at += 1;
        } else {
            self.match_length = 0;
        }
        let recent = self.last & 0xffff_ffff_ffff;
        let slot = hash(recent as u32, (recent >> 32) as u32) >> (32 - MATCH_BITS);
        let slot = &mut self.matches[slot as usize];
        if self.match_length == 0 && *slot > 0 {
            let at = *slot as usize;
            // `history` ends before this byte, which is the last that has to be the same.
            let same = |back: &usize| {
                let before = if *back == 0 {
                    Some(&byte)
                } else {
                    history.get(history.len().wrapping_sub(*back))
                };
                at > *back && history.get(at - 1 - back) == before
            };
            let length = (0..=MATCH_LIMIT).take_while(same).count();
            if length >= MATCH_MINIMUM {
                self.match_length = length;
                self.match_at = at;
            }
        }
        *slot = history.len() as u32 + 1;
        self.reader.read(byte)
    }
}
