//! Reads what `scripts/pack` wrote.

use crate::model::{Coder, Model};
use crate::stream::Sizes;
use crate::trees::{KINDS, Lengths};

/// Before the packed bits, each of four bytes with the lowest first: the size of the stream, the size
/// of what comes out, and its check.
pub const HEADER: usize = 12;

/// More than any module has.
pub const LIMIT: usize = 1 << 26;

/// FNV-1a.
pub fn check(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A 32-bit binary arithmetic decoder.
struct Bits<'a> {
    packed: &'a [u8],
    state: &'a mut State,
}

impl Coder for Bits<'_> {
    fn code(&mut self, one: u32, _: u32) -> u32 {
        let state = &mut *self.state;
        let middle = split(state.low, state.high, one);
        let bit = if state.code <= middle {
            state.high = middle;
            1
        } else {
            state.low = middle + 1;
            0
        };
        while (state.low ^ state.high) >> 24 == 0 {
            state.low <<= 8;
            state.high = state.high << 8 | 0xff;
            // Past the end there are zeros: a part is missing, which the check will show.
            state.code = state.code << 8 | u32::from(self.packed.get(state.at).map_or(0, |&b| b));
            state.at += 1;
        }
        bit
    }
}

/// Where the part of a one ends.
pub fn split(low: u32, high: u32, one: u32) -> u32 {
    low + ((u64::from(high - low) * u64::from(one)) >> 16) as u32
}

struct State {
    low: u32,
    high: u32,
    code: u32,
    at: usize,
}

/// Comes into being as all zeros, like the model, and then `begin`.
pub struct Decoder {
    model: Model,
    state: State,
    sizes: Sizes,
    lengths: [Lengths; KINDS],
    read: usize,
    written: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Call again.
    More,
    Done,
    /// What was packed is cut off, or other bytes are in it.
    Damaged,
}

impl Decoder {
    /// How many bytes the stream and the output have, if the header can be believed.
    pub fn sizes(packed: &[u8]) -> Option<(usize, usize)> {
        let stream = number(packed, 0)? as usize;
        let output = number(packed, 4)? as usize;
        (stream <= LIMIT && output <= LIMIT).then_some((stream, output))
    }

    /// Returns nothing if the packed bytes cannot be believed.
    pub fn begin(&mut self, packed: &[u8]) -> Option<()> {
        self.state = State {
            low: 0,
            high: !0,
            code: number(packed, HEADER).map_or(0, u32::swap_bytes),
            at: HEADER + 4,
        };
        let mut bits = Bits { packed, state: &mut self.state };
        self.model.prepare(&mut bits, &mut self.lengths)
    }

    /// Unpacks some bytes more.
    /// * `stream`, `output`: as long as `sizes` says, the same in every call.
    pub fn step(
        &mut self,
        packed: &[u8],
        stream: &mut [u8],
        output: &mut [u8],
        count: usize,
    ) -> Progress {
        let end = (self.read + count).min(stream.len());
        while self.read < end {
            let (before, after) = stream.split_at_mut(self.read);
            let mut bits = Bits { packed, state: &mut self.state };
            let (byte, border) = self.model.code(&mut bits, before, 0);
            after[0] = byte;
            self.read += 1;
            // If nothing was taken out, nothing is put back.
            if let Some(border) = border.filter(|_| stream.len() < output.len()) {
                match self.sizes.pass(border, &stream[..self.read], output, self.written) {
                    Some(written) => self.written = written,
                    None => return Progress::Damaged,
                }
            }
        }
        if end < stream.len() {
            return Progress::More;
        }
        match self.sizes.finish(stream, output, self.written) {
            Some(written)
                if written == output.len() && number(packed, 8) == Some(check(output)) =>
            {
                Progress::Done
            }
            _ => Progress::Damaged,
        }
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
