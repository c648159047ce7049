//! Reads WebAssembly byte by byte, so as to know what the next byte is about.
//!
//! It judges nothing: of bytes that are no module it makes something as well, the same in packing and
//! in unpacking. Source: the WebAssembly specification, "Binary Format".

use crate::hash::hash;

/// What the next byte belongs to.
pub mod kind {
    /// Zero, so that an empty queue of immediates means it.
    pub const OPCODE: u8 = 0;
    /// Outside the code section: names, types, text.
    pub const OTHER: u8 = 1;
    pub const SECTION_ID: u8 = 2;
    pub const SECTION_SIZE: u8 = 3;
    pub const BODY_COUNT: u8 = 4;
    pub const LOCAL_GROUPS: u8 = 5;
    pub const LOCAL_COUNT: u8 = 6;
    pub const LOCAL_TYPE: u8 = 7;
    /// The second opcode after `0xfc`.
    pub const MISCELLANEOUS: u8 = 8;
    pub const BLOCK_TYPE: u8 = 9;
    pub const LABEL: u8 = 10;
    pub const LABEL_COUNT: u8 = 11;
    pub const TABLE_LABEL: u8 = 12;
    pub const FUNCTION: u8 = 13;
    pub const TYPE: u8 = 14;
    pub const LOCAL: u8 = 15;
    pub const GLOBAL: u8 = 16;
    pub const TABLE: u8 = 17;
    pub const ALIGN: u8 = 18;
    pub const OFFSET: u8 = 19;
    pub const I32: u8 = 20;
    pub const I64: u8 = 21;
    /// The bytes of a floating-point constant.
    pub const FLOAT: u8 = 22;
    pub const IMMEDIATE: u8 = 23;
    /// How many kinds there are, rounded up.
    pub const COUNT: usize = 32;
}

/// A border that the reader has just passed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// A function body begins with the next byte.
    Begin,
    /// A function body ended with this byte, and another begins with the next.
    EndBegin,
    /// The last function body ended with this byte.
    End,
}

/// Locals whose history is kept; others share it.
const LOCALS: usize = 256;
/// Blocks in one another that are known; those further in share their places.
const BLOCKS: usize = 64;

pub struct Reader {
    pub kind: u8,
    /// Bytes of the current number so far.
    pub place: u32,
    /// The current number so far.
    value: u32,
    section: u8,
    /// Bytes that the section still has.
    left: u32,
    bodies: u32,
    groups: u32,
    /// Open blocks, the body included.
    depth: u32,
    /// How many bodies came before.
    pub body: u32,
    /// Immediates to come after the current one, the next in the lowest byte.
    queue: u32,
    /// Entries or bytes that the current immediate still has.
    entries: u32,

    /// The last four opcodes, the last in the lowest byte.
    pub opcodes: u32,
    pub opcode: u8,
    /// Hash of the current instruction so far.
    pub current: u32,
    /// Hashes of the last three instructions, the last first.
    pub instructions: [u32; 3],
    /// The local last named.
    pub local: u32,
    /// The offset last given to a load or store.
    pub offset: u32,
    /// The function last called.
    pub called: u32,
    /// The opcodes that began the open blocks.
    blocks: [u8; BLOCKS],
    /// Instructions since a block last began or ended.
    pub since: u32,
    /// About how many operands wait: a call is believed to take all and leave none.
    pub operands: u32,
    /// What came before each local was last set.
    set_by: [u32; LOCALS],
}

const START: u8 = 0xff;

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    pub const fn new() -> Self {
        Self {
            kind: kind::OTHER,
            place: 0,
            value: 0,
            section: START,
            left: 8,
            bodies: 0,
            groups: 0,
            depth: 0,
            body: 0,
            queue: 0,
            entries: 0,
            opcodes: 0,
            opcode: 0,
            current: 0,
            instructions: [0; 3],
            local: 0,
            offset: 0,
            called: 0,
            blocks: [0; BLOCKS],
            since: 0,
            operands: 0,
            set_by: [0; LOCALS],
        }
    }

    pub fn in_code(&self) -> bool {
        self.kind == kind::OPCODE || self.kind >= kind::LOCAL_GROUPS
    }

    /// Tells kinds of bytes apart, and the first of a number from the others; below 64.
    pub fn kind_and_place(&self) -> usize {
        usize::from(self.kind) | usize::from(self.place > 0) << 5
    }

    /// What came before the local was last set that was named last.
    pub fn set_by(&self) -> u32 {
        self.set_by[self.local as usize % LOCALS]
    }

    /// The opcode that began the block which is open.
    pub fn block(&self) -> u8 {
        self.blocks[self.depth as usize % BLOCKS]
    }

    /// Takes the next byte.
    pub fn read(&mut self, byte: u8) -> Option<Border> {
        if self.place == 0 {
            self.value = 0;
        }
        if self.place < 5 {
            self.value |= u32::from(byte & 0x7f) << (7 * self.place);
        }
        self.place += 1;
        self.current = hash(self.current, u32::from(byte) + 1);
        match self.kind {
            kind::OTHER => {
                self.left = self.left.wrapping_sub(1);
                if self.left == 0 {
                    self.expect(kind::SECTION_ID);
                }
                return None;
            }
            kind::SECTION_ID => {
                self.section = byte;
                self.expect(kind::SECTION_SIZE);
                return None;
            }
            kind::LOCAL_TYPE => {
                self.groups = self.groups.wrapping_sub(1);
                self.locals_left();
                return None;
            }
            kind::OPCODE => return self.read_opcode(byte),
            kind::FLOAT => {
                self.entries -= 1;
                if self.entries == 0 {
                    self.next_immediate();
                }
                return None;
            }
            _ => {}
        }
        if byte >= 0x80 {
            return None;
        }
        match self.kind {
            kind::SECTION_SIZE => {
                self.left = self.value;
                self.expect(match self.section {
                    10 => kind::BODY_COUNT,
                    _ if self.left == 0 => kind::SECTION_ID,
                    _ => kind::OTHER,
                });
            }
            kind::BODY_COUNT => {
                self.bodies = self.value;
                self.begin_body();
                return Some(Border::Begin);
            }
            kind::LOCAL_GROUPS => {
                self.groups = self.value;
                self.locals_left();
            }
            kind::LOCAL_COUNT => self.expect(kind::LOCAL_TYPE),
            kind::LABEL_COUNT => {
                self.entries = self.value.wrapping_add(1);
                self.expect(kind::TABLE_LABEL);
            }
            kind::TABLE_LABEL => {
                self.entries = self.entries.wrapping_sub(1);
                if self.entries == 0 {
                    self.next_immediate();
                } else {
                    self.expect(kind::TABLE_LABEL);
                }
            }
            kind::MISCELLANEOUS => {
                self.opcodes = self.opcodes << 8 | self.value.wrapping_add(0xe0) & 0xff;
                // Of memory and table instructions those that take operands take three.
                if self.value > 7 {
                    self.pop(3);
                }
                self.queue = match self.value {
                    8 | 10 | 12 | 14 => 0x0101 * u32::from(kind::IMMEDIATE),
                    9 | 11 | 13 | 15..=17 => u32::from(kind::IMMEDIATE),
                    _ => 0,
                };
                self.next_immediate();
            }
            kind => {
                if kind == kind::LOCAL {
                    if self.opcode != 0x20 {
                        self.set_by[self.value as usize % LOCALS] = self.instructions[0];
                    }
                    self.local = self.value;
                }
                if kind == kind::OFFSET {
                    self.offset = self.value;
                }
                if kind == kind::FUNCTION {
                    self.called = self.value;
                }
                self.next_immediate();
            }
        }
        None
    }

    fn expect(&mut self, kind: u8) {
        self.kind = kind;
        self.place = 0;
    }

    fn begin_body(&mut self) {
        self.depth = 1;
        self.operands = 0;
        self.opcodes = 0;
        self.opcode = 0;
        self.current = 0;
        self.instructions = [0; 3];
        self.local = 0;
        self.offset = 0;
        self.called = 0;
        self.blocks = [0; BLOCKS];
        self.since = 0;
        self.set_by = [0; LOCALS];
        self.expect(kind::LOCAL_GROUPS);
    }

    fn locals_left(&mut self) {
        if self.groups == 0 {
            self.current = 0;
            self.expect(kind::OPCODE);
        } else {
            self.expect(kind::LOCAL_COUNT);
        }
    }

    fn next_immediate(&mut self) {
        let kind = self.queue as u8;
        self.queue >>= 8;
        if kind == kind::OPCODE {
            let [last, before, _] = self.instructions;
            self.instructions = [self.current, last, before];
            self.since += 1;
            self.current = 0;
        }
        self.expect(kind);
    }

    fn pop(&mut self, count: u32) {
        self.operands = self.operands.saturating_sub(count);
    }

    fn read_opcode(&mut self, opcode: u8) -> Option<Border> {
        self.opcode = opcode;
        if opcode != 0xfc {
            self.opcodes = self.opcodes << 8 | u32::from(opcode);
        }
        let two = |first: u8, second: u8| u32::from(first) | u32::from(second) << 8;
        self.queue = match opcode {
            0x02..=0x04 => {
                self.depth += 1;
                self.since = 0;
                self.blocks[self.depth as usize % BLOCKS] = opcode;
                u32::from(kind::BLOCK_TYPE)
            }
            0x0b => {
                self.depth -= 1;
                self.since = 0;
                if self.depth == 0 {
                    self.body += 1;
                    self.bodies = self.bodies.wrapping_sub(1);
                    if self.bodies == 0 {
                        self.expect(kind::SECTION_ID);
                        return Some(Border::End);
                    }
                    self.begin_body();
                    return Some(Border::EndBegin);
                }
                0
            }
            0x0c | 0x0d => u32::from(kind::LABEL),
            0x0e => u32::from(kind::LABEL_COUNT),
            0x10 | 0xd2 => u32::from(kind::FUNCTION),
            0x11 => two(kind::TYPE, kind::TABLE),
            0x20..=0x22 => u32::from(kind::LOCAL),
            0x23 | 0x24 => u32::from(kind::GLOBAL),
            0x25 | 0x26 => u32::from(kind::TABLE),
            0x28..=0x3e => two(kind::ALIGN, kind::OFFSET),
            0x3f | 0x40 | 0xd0 => u32::from(kind::IMMEDIATE),
            0x41 => u32::from(kind::I32),
            0x42 => u32::from(kind::I64),
            0x43 | 0x44 => {
                self.entries = if opcode == 0x43 { 4 } else { 8 };
                u32::from(kind::FLOAT)
            }
            0xfc => u32::from(kind::MISCELLANEOUS),
            _ => 0,
        };
        match opcode {
            0x00..=0x05 | 0x0b..=0x0c | 0x0e..=0x11 => self.operands = 0,
            0x0d | 0x1a | 0x21 | 0x24 => self.pop(1),
            0x1b | 0x26 | 0x36..=0x3e => self.pop(2),
            0x20 | 0x23 | 0x3f | 0x41..=0x44 | 0xd0 | 0xd2 => self.operands += 1,
            0x46..=0x4f | 0x51..=0x66 | 0x6a..=0x78 | 0x7c..=0x8a | 0x92..=0x98 | 0xa0..=0xa6 => {
                self.pop(1)
            }
            _ => {}
        }
        self.next_immediate();
        None
    }
}
