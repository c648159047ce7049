//! Packs WebAssembly, or any bytes, for `scripts/unpack`.

mod costs;

use std::mem;

use unpack::decoder::{Decoder, LIMIT, Progress, check, split};
use unpack::model::{Coder, Model};
use unpack::reader::{Border, Reader};
use unpack::stream::Sizes;
use unpack::trees::{KINDS, LONGEST, Lengths};

pub use costs::{Costs, costs};

/// A kind that comes this often has a tree of its own.
const OWN_TREE: u32 = 100;

/// # Panics
/// If there are more than 64 MB.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    assert!(bytes.len() <= LIMIT, "{} bytes are more than can be packed", bytes.len());
    let stream = without_sizes(bytes);
    let mut writer = Writer { low: 0, high: !0, packed: Vec::new() };
    for number in [stream.len() as u32, bytes.len() as u32, check(bytes)] {
        writer.packed.extend(number.to_le_bytes());
    }
    let mut model = prepared(&mut writer, &mut lengths(&stream));
    for (at, &byte) in stream.iter().enumerate() {
        model.code(&mut writer, &stream[..at], byte);
    }
    writer.finish()
}

/// The same as the module in the package does.
///
/// # Errors
/// If the packed bytes are damaged.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, &'static str> {
    const DAMAGED: &str = "the packed bytes are damaged";
    let (stream, output) = Decoder::sizes(packed).ok_or(DAMAGED)?;
    let (mut stream, mut output) = (vec![0; stream], vec![0; output]);
    let mut decoder = zeroed::<Decoder>();
    decoder.begin(packed).ok_or(DAMAGED)?;
    loop {
        match decoder.step(packed, &mut stream, &mut output, 1 << 12) {
            Progress::More => {}
            Progress::Done => return Ok(output),
            Progress::Damaged => return Err(DAMAGED),
        }
    }
}

fn prepared(coder: &mut impl Coder, lengths: &mut [Lengths; KINDS]) -> Box<Model> {
    let mut model = zeroed::<Model>();
    assert!(model.prepare(coder, lengths).is_some(), "the lengths are those of trees");
    model
}

/// The code lengths for `Model::prepare`.
fn lengths(stream: &[u8]) -> Box<[Lengths; KINDS]> {
    let mut counts = [[0u32; 256]; KINDS];
    let mut reader = Reader::new();
    for &byte in stream {
        counts[reader.kind_and_place()][usize::from(byte)] += 1;
        reader.read(byte);
    }
    // A rare kind shares the first tree, and so does the kind to which that number belongs.
    for kind in 1..KINDS {
        if counts[kind].iter().sum::<u32>() < OWN_TREE {
            let rare = mem::replace(&mut counts[kind], [0; 256]);
            for (count, rare) in counts[0].iter_mut().zip(rare) {
                *count += rare;
            }
        }
    }
    let mut lengths = Box::new([[0; 256]; KINDS]);
    for (lengths, counts) in lengths.iter_mut().zip(counts) {
        *lengths = huffman(counts);
    }
    // The first is always written.
    if lengths[0].iter().all(|&length| length == 0) {
        lengths[0][0] = 1;
    }
    lengths
}

/// The lengths of a Huffman code for bytes that come so often.
fn huffman(mut counts: [u32; 256]) -> Lengths {
    loop {
        let mut lengths = [0; 256];
        // Each with the bytes below it; in order of counts, then of bytes.
        let mut trees: Vec<(u32, Vec<u8>)> = (0..=255u8)
            .filter(|&byte| counts[usize::from(byte)] > 0)
            .map(|byte| (counts[usize::from(byte)], vec![byte]))
            .collect();
        if let [(_, bytes)] = trees.as_slice() {
            lengths[usize::from(bytes[0])] = 1;
        }
        while trees.len() > 1 {
            trees.sort();
            let (second, first) = (trees.remove(1), trees.remove(0));
            let bytes = [first.1, second.1].concat();
            bytes.iter().for_each(|&byte| lengths[usize::from(byte)] += 1);
            trees.push((first.0 + second.0, bytes));
        }
        if lengths.iter().all(|&length| usize::from(length) <= LONGEST) {
            return lengths;
        }
        // Flatter counts make a flatter tree.
        counts.iter_mut().filter(|count| **count > 0).for_each(|count| *count = *count / 2 + 1);
    }
}

/// Takes out the sizes of function bodies, if putting them back makes the same bytes again.
fn without_sizes(bytes: &[u8]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(bytes.len());
    let mut again = vec![0; bytes.len()];
    let (mut reader, mut sizes, mut written) = (Reader::new(), Sizes::default(), Some(0));
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        stream.push(byte);
        let Some(border) = reader.read(byte) else { continue };
        written = written.and_then(|at| sizes.pass(border, &stream, &mut again, at));
        if border != Border::End {
            rest.find(|&&byte| byte < 0x80);
        }
    }
    written = written.and_then(|at| sizes.finish(&stream, &mut again, at));
    if written == Some(bytes.len()) && again == bytes { stream } else { bytes.to_vec() }
}

/// A 32-bit binary arithmetic encoder.
struct Writer {
    low: u32,
    high: u32,
    packed: Vec<u8>,
}

impl Coder for Writer {
    fn code(&mut self, one: u32, bit: u32) -> u32 {
        let middle = split(self.low, self.high, one);
        if bit == 1 {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.packed.push((self.low >> 24) as u8);
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
        }
        bit
    }
}

impl Writer {
    /// The reader adds zeros, so the shortest number between `low` and `high` will do.
    fn finish(mut self) -> Vec<u8> {
        if self.low > 0 {
            self.packed.push((self.low >> 24) as u8 + 1);
        }
        self.packed
    }
}

fn zeroed<T: AllZeros>() -> Box<T> {
    // SAFETY: `AllZeros` says that this is a value.
    unsafe { Box::new_zeroed().assume_init() }
}

/// Plain numbers and arrays of them.
trait AllZeros {}
impl AllZeros for Model {}
impl AllZeros for Decoder {}
