//! Says how likely the next bit is a one: the opinions of many contexts, mixed.
//!
//! Integers alone, so that packing and unpacking agree to the bit on every machine. The method is that
//! of Mahoney's PAQ: counters by context, logistic mixing. The bits are those of Huffman codes
//! (`trees`), because every decision takes time.

use crate::contexts::{CONTEXTS, contexts};
use crate::hash::hash;
use crate::reader::{Border, Reader};
use crate::trees::{KINDS, LEAF, Lengths, Tree};

/// What is mixed: one opinion for each context, and one of the longest match.
const INPUTS: usize = CONTEXTS + 1;

/// What is known of four decisions in one context: a check of the context, then a counter for each of
/// the 15 ways in which they can begin. A counter is twelve bits of probability above four that count
/// what it has seen.
type Row = [u16; 16];
/// Rows of each context, in bits.
const ROW_BITS: u32 = 14;
const ROWS: usize = 1 << ROW_BITS;
const EMPTY: u16 = 0x8000;

/// A counter that has seen this much learns no slower.
const SEEN: u16 = 12;

/// The most extreme opinion; the unit is 1/256 nat.
const LIMIT: i32 = 2047;

const MATCH_BITS: u32 = 14;
const MATCH_MINIMUM: usize = 5;
const MATCH_LIMIT: usize = 31;

const FIRST_WEIGHT: i32 = 22_000;
/// Of 1/4096.
const LEARNING: i32 = 12;
const LEARNING_AT_FIRST: i32 = 64;

/// Writes or reads one bit.
pub trait Coder {
    /// * `one`: how likely the bit is a one, of 65536.
    /// * `bit`: what to write; not looked at in reading.
    fn code(&mut self, one: u32, bit: u32) -> u32;
}

/// Large; comes into being as all zeros, so that it costs no bytes in a module, and then `prepare`.
pub struct Model {
    pub reader: Reader,
    rows: [[Row; ROWS]; CONTEXTS],
    /// Above the first weight; by tree and node.
    weights: [[[i32; INPUTS]; 256]; KINDS],
    matches: [u32; 1 << MATCH_BITS],
    /// Where the match goes on, and how long it has been right; zero is none.
    match_at: usize,
    match_length: usize,
    match_right: [u16; MATCH_LIMIT + 1],
    squash: [u16; 2 * LIMIT as usize + 2],
    stretch: [i16; 4096],
    rates: [i32; 16],
    learning: i32,
    last: u64,
    word: u32,
    /// By kind: which tree it has.
    tree_of: [u8; KINDS],
    trees: [Tree; KINDS],
}

impl Model {
    /// Makes a model of all zeros ready, or says that the trees are none.
    /// * `lengths`: the trees' to write, the first for kinds without a tree of their own; all zeros in
    ///   reading.
    pub fn prepare<C: Coder>(&mut self, coder: &mut C, lengths: &mut [Lengths; KINDS]) -> Option<()> {
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
        self.match_right = [EMPTY + 0x4000; MATCH_LIMIT + 1];
        self.learning = LEARNING_AT_FIRST << 16;

        let mut near = [[EMPTY; 16]; 16];
        for (kind, lengths) in lengths.iter_mut().enumerate() {
            let own = u32::from(lengths.iter().any(|&length| length > 0));
            if coder.code(if kind == 0 { 65535 } else { 1 << 14 }, own) == 0 {
                continue;
            }
            self.tree_of[kind] = kind as u8;
            let mut before = 0;
            for length in lengths.iter_mut() {
                let mut node = 1;
                for place in 0..4 {
                    let one = &mut near[before & 15][node & 15];
                    let bit = coder.code(u32::from(*one), u32::from(*length) >> (3 - place) & 1);
                    let target = if bit == 1 { 65535 } else { 0 };
                    *one = (i32::from(*one) + ((target - i32::from(*one)) >> 4)) as u16;
                    node = node << 1 | bit as usize;
                }
                before = node & 15;
                *length = before as u8;
            }
            self.trees[kind].grow(lengths)?;
        }
        Some(())
    }

    #[inline(always)]
    fn row(rows: &mut [Row; ROWS], context: u32) -> usize {
        let check = (context >> 16) as u16 | 1;
        let first = context as usize % ROWS;
        if rows[first][0] == check {
            return first;
        }
        let second = first ^ 1;
        if rows[second][0] == check {
            return second;
        }
        // The one that has seen less makes room.
        let seen = |row: &Row| row[1] & 15;
        let victim = if seen(&rows[first]) <= seen(&rows[second]) { first } else { second };
        rows[victim] = [EMPTY; 16];
        rows[victim][0] = check;
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
        let kind = self.reader.kind_and_place();
        let tree = usize::from(self.tree_of[kind % KINDS]) % KINDS;
        let mut node = self.trees[tree].root;
        if node < LEAF {
            node = self.decisions(coder, history, kind, tree, byte);
        }
        let byte = node as u8;
        let border = self.learn(history, byte);
        (byte, border)
    }

    #[inline(always)]
    #[expect(clippy::needless_range_loop, reason = "one index for several arrays")]
    fn decisions<C: Coder>(
        &mut self,
        coder: &mut C,
        history: &[u8],
        kind: usize,
        tree: usize,
        byte: u8,
    ) -> u16 {
        let contexts = contexts(&self.reader, self.last, self.word);
        let codes = &self.trees[tree].codes;
        let mut path = u32::from(codes[usize::from(byte)]);
        // The match's bits that are still to come, below a one; nothing if there is none.
        let mut ahead = 0;
        if self.match_length > 0 {
            let expected = history.get(self.match_at).map_or(0, |&byte| usize::from(byte));
            ahead = u32::from(codes[expected]);
        }
        self.learning -= (self.learning - (LEARNING << 16)) >> 11;
        let rate = self.learning >> 16;
        let length = self.match_length.min(MATCH_LIMIT);

        let mut node = 0u16;
        let mut found = [0usize; CONTEXTS];
        let mut place = 16;
        while node < LEAF {
            if place >= 16 {
                let salt = (u32::from(node) << 6 | tree as u32).wrapping_mul(0x0101_0001);
                for index in 0..CONTEXTS {
                    found[index] = Self::row(&mut self.rows[index], hash(contexts[index], salt));
                }
                place = 1;
            }
            let mut inputs = [0i32; INPUTS];
            let mut counters = [0u16; CONTEXTS];
            let weights = &mut self.weights[kind % KINDS][usize::from(node) & 255];
            let mut sum = 0i32;
            for index in 0..CONTEXTS {
                let counter = self.rows[index][found[index] % ROWS][place & 15];
                counters[index] = counter;
                let input = i32::from(self.stretch[usize::from(counter >> 4)]);
                inputs[index] = input;
                sum = sum.wrapping_add((weights[index] + FIRST_WEIGHT).wrapping_mul(input));
            }
            if ahead > 1 {
                let right = self.stretch[usize::from(self.match_right[length] >> 4)];
                let input = i32::from(if ahead & 1 == 1 { right } else { -right });
                inputs[CONTEXTS] = input;
                sum = sum.wrapping_add((weights[CONTEXTS] + FIRST_WEIGHT).wrapping_mul(input));
            }
            let mixed = (sum >> 16).clamp(-LIMIT, LIMIT);
            let opinion = i32::from(self.squash[(mixed + LIMIT) as usize & 4095]);
            let bit = coder.code(opinion.clamp(32, 65504) as u32, path & 1);

            let error = (((bit as i32) << 16).wrapping_sub(opinion) * rate) >> 6;
            for index in 0..INPUTS {
                weights[index] += (inputs[index].wrapping_mul(error) + (1 << 11)) >> 12;
            }
            let target = if bit == 1 { 4095 } else { 0 };
            for index in 0..CONTEXTS {
                let counter = counters[index];
                let probability = i32::from(counter >> 4);
                let seen = counter & 15;
                let change = (target - probability) * self.rates[usize::from(seen)];
                let probability = (probability + ((change + 32768) >> 16)).clamp(1, 4095) as u16;
                let seen = if seen < SEEN { seen + 1 } else { seen };
                self.rows[index][found[index] % ROWS][place & 15] = probability << 4 | seen;
            }
            if ahead > 1 {
                let right = &mut self.match_right[length];
                let target = if ahead & 1 == bit { 65535 } else { 0 };
                *right = (i32::from(*right) + ((target - i32::from(*right)) >> 6)) as u16;
                ahead = if ahead & 1 == bit { ahead >> 1 } else { 0 };
            }
            path >>= 1;
            place = place << 1 | bit as usize;
            node = self.trees[tree].children[usize::from(node) & 255][bit as usize & 1];
        }
        node
    }

    fn learn(&mut self, history: &[u8], byte: u8) -> Option<Border> {
        self.last = self.last << 8 | u64::from(byte);
        self.word =
            if byte.is_ascii_alphanumeric() { hash(self.word, u32::from(byte) + 1) } else { 0 };
        if self.match_length > 0 && history.get(self.match_at) == Some(&byte) {
            self.match_length += 1;
            self.match_at += 1;
        } else {
            self.match_length = 0;
        }
        let recent = self.last & 0xff_ffff_ffff;
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
