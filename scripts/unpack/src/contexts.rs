//! In which contexts the next byte is seen.

use crate::hash::hash;
use crate::reader::{Reader, kind};

pub(crate) const CONTEXTS: usize = 8;

/// The contexts' hashes.
/// * `last`: the last eight bytes, the last in the lowest.
/// * `word`: hash of the letters since the last other byte.
/// * `expected`: the byte that the longest match expects, below its length; or zero.
pub(crate) fn contexts(reader: &Reader, last: u64, word: u32, expected: u32) -> [u32; CONTEXTS] {
    let bytes = |count: u32| (last & ((1 << (8 * count)) - 1)) as u32;
    let mut all = if reader.in_code() {
        let opcodes = u64::from(reader.opcodes);
        let kind = u32::from(reader.kind) << 4 | reader.place.min(3);
        // The instruction so far, which is part of every context but the plain ones.
        let here = hash(kind, if reader.kind == kind::OPCODE { 0 } else { reader.current });
        let ops = |count: u32| hash(here, (opcodes & ((1 << (8 * count)) - 1)) as u32);
        [
            hash(ops(1), reader.operands),
            hash(here, bytes(2)),
            hash(here, bytes(4)),
            ops(3),
            ops(4),
            hash(here, reader.body),
            hash(hash(here, reader.set_by()), u32::from(reader.opcode)),
            hash(kind, expected),
        ]
    } else {
        let kind = u32::from(reader.kind);
        let order = |count: u32| hash(kind << 4 | count, bytes(count));
        [
            order(1),
            order(2),
            order(3),
            order(4),
            kind,
            hash(word, bytes(1)),
            bytes(3) & 0xff_ff00,
            expected,
        ]
    };
    for (salt, context) in (1..).zip(&mut all) {
        *context = hash(*context, salt);
    }
    all
}
