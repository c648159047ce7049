//! In which contexts the next byte is seen.

use crate::hash::hash;
use crate::reader::{Reader, kind as kinds};

pub(crate) const CONTEXTS: usize = 8;

/// How many contexts there are to choose from in code.
const KNOWN: usize = 14;
/// How many of the last opcodes belong to each.
const OPCODES: [u8; KNOWN] = [1, 0, 0, 4, 3, 2, 1, 4, 2, 1, 0, 1, 0, 1];
/// Which of them tell most about a byte of each kind: of a constant, a local, an opcode, an alignment or
/// offset, and anything else. Found by trying them out on the component.
const BEST: [[u8; CONTEXTS]; 5] = [
    [9, 2, 1, 8, 3, 6, 5, 13],
    [7, 5, 9, 2, 0, 6, 10, 12],
    [11, 0, 1, 4, 3, 2, 5, 12],
    [6, 9, 10, 8, 0, 3, 5, 12],
    [9, 4, 10, 11, 3, 6, 5, 13],
];
/// From here on they are about what the match expects, whatever came before in the instruction.
const EXPECTED: usize = 12;
/// Outside code: the first ones, without opcodes.
const PLAIN: [u8; CONTEXTS] = [0, 1, 2, 3, 4, 5, 6, 7];

/// The contexts' hashes.
/// * `last`: the last eight bytes, the last in the lowest.
/// * `word`: hash of the letters since the last other byte.
/// * `expected`: the byte that the longest match expects, below its length; or zero.
pub(crate) fn contexts(reader: &Reader, last: u64, word: u32, expected: u32) -> [u32; CONTEXTS] {
    let last = last as u32;
    let kind = u32::from(reader.kind) << 4 | reader.place.min(3);
    let mut here = kind;
    let mut opcodes = 0;
    let mut known = [0; KNOWN];
    let mut best = &PLAIN;
    if reader.in_code() {
        if reader.kind != kinds::OPCODE {
            // The instruction so far.
            here = hash(here, reader.current);
        }
        opcodes = u64::from(reader.opcodes);
        known = [
            reader.operands,
            last & 0xffff,
            last & 0xff_ffff,
            0,
            reader.operands,
            reader.set_by(),
            reader.body,
            reader.local,
            reader.offset,
            hash(reader.called, reader.operands),
            hash(reader.instructions[1], reader.instructions[2]),
            u32::from(reader.block()) << 2 | reader.since.min(3),
            expected,
            expected,
        ];
        best = &BEST[match reader.kind {
            kinds::I32 => 0,
            kinds::LOCAL => 1,
            kinds::OPCODE => 2,
            kinds::ALIGN | kinds::OFFSET => 3,
            _ => 4,
        }];
    } else {
        let plain = [
            last & 0xff,
            last & 0xffff,
            last & 0xff_ffff,
            last,
            0,
            hash(word, last & 0xff),
            last & 0xff_ff00,
            expected,
        ];
        known[..CONTEXTS].copy_from_slice(&plain);
    }
    let mut salt = 0;
    best.map(|index| {
        let index = usize::from(index) % KNOWN;
        let before = opcodes & ((1 << (8 * OPCODES[index])) - 1);
        salt += 1;
        let here = if index < EXPECTED { here } else { kind };
        hash(hash(hash(here, before as u32), known[index]), salt)
    })
}
