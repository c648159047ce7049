//! What each part of a module weighs once it is packed.

use unpack::model::Coder;
use unpack::reader::Reader;

use crate::{lengths, prepared, without_sizes};

/// In bytes.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Costs {
    /// Of each function body, in the order of the module.
    pub bodies: Vec<f64>,
    /// Of everything else: data, imports, types.
    pub rest: f64,
}

/// # Panics
/// As `pack`.
pub fn costs(bytes: &[u8]) -> Costs {
    let stream = without_sizes(bytes);
    let mut counted = Counted(0.0);
    let mut model = prepared(&mut counted, &mut lengths(&stream));
    let mut costs = Costs { rest: counted.bytes(), ..Costs::default() };
    let mut reader = Reader::new();
    for (at, &byte) in stream.iter().enumerate() {
        let (body, is_code) = (reader.body as usize, reader.in_code());
        model.code(&mut counted, &stream[..at], byte);
        reader.read(byte);
        if is_code {
            costs.bodies.resize(costs.bodies.len().max(body + 1), 0.0);
            costs.bodies[body] += counted.bytes();
        } else {
            costs.rest += counted.bytes();
        }
    }
    costs
}

/// Bits, which it writes nowhere.
struct Counted(f64);

impl Counted {
    /// How many bytes since this was last asked.
    fn bytes(&mut self) -> f64 {
        std::mem::take(&mut self.0) / 8.0
    }
}

impl Coder for Counted {
    fn code(&mut self, one: u32, bit: u32) -> u32 {
        let one = (f64::from(one) / 65536.0).clamp(1e-6, 1.0 - 1e-6);
        self.0 -= if bit == 1 { one } else { 1.0 - one }.log2();
        bit
    }
}
