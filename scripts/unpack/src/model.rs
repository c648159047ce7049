//! Says how likely the next bit is a one: the opinions of many contexts, mixed.
//!
//! Packing and unpacking agree to the bit on every machine: there are integers, and floats only where
//! IEEE 754 leaves no choice. The method is that of Mahoney's PAQ: counters by context, logistic mixing,
//! eight at a time (`lanes`). The bits are those of Huffman codes (`trees`), because every decision takes
//! time.

use crate::contexts::{CONTEXTS, contexts};
use crate::hash::hash;
use crate::lanes::{LANES, Lanes};
use crate::reader::{Border, Reader};
use crate::trees::{KINDS, LEAF, Lengths, Tree};

/// What is known of four decisions in one context: a check of the context, then a counter for each of
/// the 15 ways in which they can begin. A counter is twelve bits of probability above four that count
/// what it has seen.
type Row = [u16; 16];
/// Two contexts share it; of others, the one that has seen less goes. As large as a cache line.
#[repr(align(64))]
struct Pair([Row; 2]);
/// Pairs of each context, in bits: more take longer, since they fit the processor's caches less.
const PAIR_BITS: u32 = 13;
type Pairs = [Pair; 1 << PAIR_BITS];
const EMPTY: u16 = 0x8000;

/// A counter that has seen this much learns no slower.
const SEEN: i16 = 8;
/// How fast it learns by what it has seen, of 256.
const RATES: [u8; 16] = [226, 121, 103, 82, 71, 56, 53, 58, 38, 0, 0, 0, 0, 0, 0, 0];

/// The most extreme opinion: a logarithm to base 2 of the odds, of 256.
const LIMIT: i32 = 2900;

const MATCH_BITS: u32 = 14;
const MATCH_MINIMUM: usize = 5;
const MATCH_LIMIT: usize = 10;

/// Of 16384.
const FIRST_WEIGHT: i16 = 2320;
/// Of 1/4096.
const LEARNING: i32 = 2;

/// Writes or reads one bit.
pub trait Coder {
    /// * `one`: how likely the bit is a one, of 65536.
    /// * `bit`: what to write; not looked at in reading.
    fn code(&mut self, one: u32, bit: u32) -> u32;
}

/// Large; comes into being as all zeros, so that it costs no bytes in a module, and then `prepare`.
pub struct Model {
    pub reader: Reader,
    known: [Pairs; CONTEXTS],
    /// Above the first weight; by tree and node.
    weights: [[[u16; LANES]; 256]; KINDS],
    /// Added to these; by the opcode before, and which of the decisions about a byte it is, roughly.
    weights_by_opcode: [[[u16; LANES]; 16]; 256],
    matches: [u32; 1 << MATCH_BITS],
    /// Where the match goes on, and how long it has been right; zero is none.
    match_at: usize,
    match_length: usize,
    last: u64,
    word: u32,
    /// By kind: which tree it has.
    tree_of: [u8; KINDS],
    trees: [Tree; KINDS],
}

/// The row of a context, anew if there is none.
#[inline(always)]
fn row(pairs: &mut Pairs, context: u32) -> &mut Row {
    let check = (context >> 16) as u16 | 1;
    let Pair(rows) = &mut pairs[context as usize % (1 << PAIR_BITS)];
    let seen = |row: &Row| row[1] & 15;
    let second = rows[0][0] != check && (rows[1][0] == check || seen(&rows[0]) > seen(&rows[1]));
    let row = &mut rows[usize::from(second)];
    if row[0] != check {
        *row = [EMPTY; 16];
        row[0] = check;
    }
    row
}

/// How likely it is, of 65536, at these odds.
fn likelihood(odds: i32) -> i32 {
    let odds = f32::from_bits(((127 << 23) + (odds << 15)) as u32);
    (65536.0 * odds / (1.0 + odds)) as i32
}

/// What led to a decision.
struct Decision {
    counters: Lanes,
    inputs: Lanes,
    own: Lanes,
    shared: Lanes,
    likelihood: i32,
}

impl Decision {
    #[inline(always)]
    fn new(counters: Lanes, own: Lanes, shared: Lanes) -> Self {
        let inputs = counters.right(4).left(1).plus(Lanes::all(1)).odds();
        let weights = own.plus(shared).plus(Lanes::all(FIRST_WEIGHT));
        let likelihood = likelihood((inputs.dot(weights) >> 14).clamp(-LIMIT, LIMIT));
        Self { counters, inputs, own, shared, likelihood }
    }

    /// The counters and weights after the bit.
    #[inline(always)]
    fn learn<const BIT: i32>(&self) -> [[u16; LANES]; 3] {
        let error = (((BIT << 16) - self.likelihood) * LEARNING) >> 8;
        let change = self.inputs.left(3).times(Lanes::all(error as i16));
        let (own, shared) = (self.own.plus(change), self.shared.plus(change));
        let probability = self.counters.right(4);
        let seen = self.counters.and(Lanes::all(15));
        let target = Lanes::all(if BIT == 1 { 4095 } else { 0 });
        let change = target.minus(probability).times(seen.look_up(RATES).left(7));
        let seen = seen.plus(Lanes::all(1)).least(Lanes::all(SEEN));
        let counters = probability.plus(change).left(4).or(seen);
        [counters.numbers(), own.numbers(), shared.numbers()]
    }
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
        let weights = &mut self.weights[kind % KINDS];
        let weights_by_opcode = &mut self.weights_by_opcode[usize::from(self.reader.opcode)];

        let mut node = 0u16;
        while node < LEAF {
            let salt = (u32::from(node) << 6 | tree as u32).wrapping_mul(0x0101_0001);
            let [a, b, c, d, e, f, g, h] = &mut self.known;
            let at = |index: usize| hash(contexts[index], salt);
            let mut rows = [
                row(a, at(0)),
                row(b, at(1)),
                row(c, at(2)),
                row(d, at(3)),
                row(e, at(4)),
                row(f, at(5)),
                row(g, at(6)),
                row(h, at(7)),
            ];
            let mut place = 1;
            while place < 16 && node < LEAF {
                let weight = &mut weights[usize::from(node) & 255];
                let by_opcode = &mut weights_by_opcode[place & 15];
                let decision = Decision::new(
                    Lanes::each(|i| rows[i][place & 15]),
                    Lanes::each(|i| weight[i]),
                    Lanes::each(|i| by_opcode[i]),
                );
                let likely = decision.likelihood.clamp(32, 65504) as u32;
                let bit = coder.code(likely, u32::from(path) & 1);
                let mut after = |learned: [[u16; LANES]; 3]| {
                    let [a, b, c, d, e, f, g, h] = &mut rows;
                    a[place & 15] = learned[0][0];
                    b[place & 15] = learned[0][1];
                    c[place & 15] = learned[0][2];
                    d[place & 15] = learned[0][3];
                    e[place & 15] = learned[0][4];
                    f[place & 15] = learned[0][5];
                    g[place & 15] = learned[0][6];
                    h[place & 15] = learned[0][7];
                    (*weight, *by_opcode) = (learned[1], learned[2]);
                };
                let children = &self.trees[tree].children[usize::from(node) & 255];
                // Two branches, so that the processor goes on with the likelier one before it knows.
                if bit == 1 {
                    after(decision.learn::<1>());
                    (node, place) = (children[1], place << 1 | 1);
                } else {
                    after(decision.learn::<0>());
                    (node, place) = (children[0], place << 1);
                }
                path >>= 1;
            }
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
