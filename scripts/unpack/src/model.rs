//! Says how likely the next bit is a one: the opinions of many contexts, mixed.
//!
//! Integers alone, so that packing and unpacking agree to the bit on every machine. The method is that
//! of Mahoney's PAQ: counters by context, logistic mixing, eight at a time (`lanes`). The bits are those
//! of Huffman codes (`trees`), because every decision takes time.

use crate::contexts::{CONTEXTS, contexts};
use crate::hash::hash;
use crate::lanes::{LANES, Lanes};
use crate::reader::{Border, Reader};
use crate::trees::{KINDS, LEAF, Lengths, Tree};

/// What is known of four decisions in one context: a check of the context, then a counter for each of
/// the 15 ways in which they can begin. A counter is twelve bits of probability above four that count
/// what it has seen.
type Row = [u16; 16];
/// Rows of each context, in bits.
const ROW_BITS: u32 = 15;
const ROWS: usize = LANES << ROW_BITS;
const EMPTY: u16 = 0x8000;

/// A counter that has seen this much learns no slower.
const SEEN: i16 = 8;
/// How fast it learns by what it has seen, of 256.
const RATES: [u8; 16] = [183, 107, 75, 58, 47, 40, 35, 30, 27, 0, 0, 0, 0, 0, 0, 0];

/// The most extreme opinion; the unit is 1/256 nat.
const LIMIT: i32 = 2047;

const MATCH_BITS: u32 = 14;
const MATCH_MINIMUM: usize = 5;
const MATCH_LIMIT: usize = 10;

/// Of 16384.
const FIRST_WEIGHT: i16 = 3500;
/// Of 1/4096.
const LEARNING: i32 = 7;
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
    /// Above the first weight; by tree and node.
    weights: [[[u16; LANES]; 256]; KINDS],
    /// Added to these; by the opcode before, and which of the decisions about a byte it is, roughly.
    weights_by_opcode: [[[u16; LANES]; 16]; 256],
    matches: [u32; 1 << MATCH_BITS],
    /// Where the match goes on, and how long it has been right; zero is none.
    match_at: usize,
    match_length: usize,
    squash: [u16; 2 * LIMIT as usize + 2],
    stretch: [i16; 4096],
    learning: i32,
    last: u64,
    word: u32,
    /// By kind: which tree it has.
    tree_of: [u8; KINDS],
    trees: [Tree; KINDS],
}

/// What led to a decision.
struct Mixed {
    opinion: i32,
    inputs: Lanes,
    counters: [u16; LANES],
    weight: Lanes,
    by_opcode: Lanes,
    kind: usize,
    node: u16,
}

impl Model {
    /// Makes a model of all zeros ready, or says that the trees are none.
    /// * `lengths`: the trees' to write, the first for kinds without a tree of their own; all zeros in
    ///   reading.
    pub fn prepare<C: Coder>(
        &mut self,
        coder: &mut C,
        lengths: &mut [Lengths; KINDS],
    ) -> Option<()> {
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

    /// The row of a context; if another context has it, that one is forgotten.
    fn row(&mut self, index: usize, context: u32) -> usize {
        let check = (context >> 16) as u16 | 1;
        let row = index << ROW_BITS | context as usize & ((1 << ROW_BITS) - 1);
        if self.rows[row % ROWS][0] != check {
            self.rows[row % ROWS] = [EMPTY; 16];
            self.rows[row % ROWS][0] = check;
        }
        row
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

    /// Writes or reads what tells this byte from others in its tree, and returns it as a leaf.
    #[inline(always)]
    fn decisions<C: Coder>(
        &mut self,
        coder: &mut C,
        history: &[u8],
        kind: usize,
        tree: usize,
        byte: u8,
    ) -> u16 {
        let mut path = self.trees[tree].codes[usize::from(byte)];
        let expected = if self.match_length > 0 {
            let length = self.match_length.min(MATCH_LIMIT) as u32;
            history.get(self.match_at).map_or(0, |&byte| length << 8 | u32::from(byte))
        } else {
            0
        };
        let contexts = contexts(&self.reader, self.last, self.word, expected);
        self.learning -= (self.learning - (LEARNING << 16)) >> 11;

        let mut node = 0u16;
        let mut found = [0usize; CONTEXTS];
        let mut place = 16;
        while node < LEAF {
            if place >= 16 {
                let salt = (u32::from(node) << 6 | tree as u32).wrapping_mul(0x0101_0001);
                for index in 0..CONTEXTS {
                    found[index] = self.row(index, hash(contexts[index], salt));
                }
                place = 1;
            }
            let mut counters = [0u16; LANES];
            let mut inputs = [0u16; LANES];
            for index in 0..CONTEXTS {
                let counter = self.rows[found[index] % ROWS][place & 15];
                counters[index] = counter;
                inputs[index] = self.stretch[usize::from(counter >> 4)] as u16;
            }
            let inputs = Lanes::new(inputs);
            let weight = Lanes::new(self.weights[kind % KINDS][usize::from(node) & 255]);
            let by_opcode =
                Lanes::new(self.weights_by_opcode[usize::from(self.reader.opcode)][place & 15]);
            let both = weight.plus(by_opcode).plus(Lanes::all(FIRST_WEIGHT));
            let mixed = (inputs.dot(both) >> 14).clamp(-LIMIT, LIMIT);
            let opinion = i32::from(self.squash[(mixed + LIMIT) as usize & 4095]);
            let bit = coder.code(opinion.clamp(32, 65504) as u32, u32::from(path) & 1);

            // Two branches, so that the processor goes on with the likelier one before it knows.
            let mixed = Mixed { opinion, inputs, counters, weight, by_opcode, kind, node };
            if bit == 1 {
                self.decided::<1>(mixed, &found, place);
                place = place << 1 | 1;
                node = self.trees[tree].children[usize::from(node) & 255][1];
            } else {
                self.decided::<0>(mixed, &found, place);
                place <<= 1;
                node = self.trees[tree].children[usize::from(node) & 255][0];
            }
            path >>= 1;
        }
        node
    }

    /// Learns from a decision.
    /// * `found`, `place`: where its counters are.
    #[inline(always)]
    fn decided<const BIT: i32>(&mut self, mixed: Mixed, found: &[usize; CONTEXTS], place: usize) {
        let Mixed { opinion, inputs, counters, weight, by_opcode, kind, node } = mixed;
        let error = (((BIT << 16) - opinion) * (self.learning >> 16)) >> 8;
        let weights = &mut self.weights[kind % KINDS][usize::from(node) & 255];
        let change = inputs.left(3).times(Lanes::all(error as i16));
        *weights = weight.plus(change).numbers();
        self.weights_by_opcode[usize::from(self.reader.opcode)][place & 15] =
            by_opcode.plus(change).numbers();

        let counters = Lanes::new(counters);
        let seen = counters.and(Lanes::all(15));
        let probability = counters.right(4);
        let target = Lanes::all(if BIT == 1 { 4095 } else { 0 });
        let change = target.minus(probability).times(seen.look_up(RATES).left(7));
        let seen = seen.plus(Lanes::all(1)).least(Lanes::all(SEEN));
        let counters = probability.plus(change).left(4).or(seen).numbers();
        for index in 0..CONTEXTS {
            self.rows[found[index] % ROWS][place & 15] = counters[index];
        }
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
