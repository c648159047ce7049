//! The shapes in which bytes are told apart: of each kind of byte a Huffman code, so that a frequent
//! one takes few decisions.

/// A kind of byte, and whether it is the first of its number.
pub const KINDS: usize = 64;
/// The longest code.
pub const LONGEST: usize = 15;
/// What a child is that ends a code; the byte is below.
pub(crate) const LEAF: u16 = 256;

/// Code lengths by byte; zero is a byte that never comes.
pub type Lengths = [u8; 256];

pub(crate) struct Tree {
    /// The first node, or a leaf if there is nothing to tell apart.
    pub(crate) root: u16,
    pub(crate) children: [[u16; 2]; 256],
    /// By byte: the code's bits, the first in the lowest, below a one that ends it; zero is none.
    pub(crate) codes: [u16; 256],
}

impl Tree {
    /// Makes an all-zero tree one of these lengths, or says that there is none.
    pub(crate) fn grow(&mut self, lengths: &Lengths) -> Option<()> {
        let mut bytes = (0..=255u8).filter(|&byte| lengths[usize::from(byte)] > 0);
        let first = bytes.next().unwrap_or(0);
        if bytes.next().is_none() {
            // What is alone takes no decision.
            self.root = LEAF | u16::from(first);
            return Some(());
        }
        let (mut code, mut nodes) = (0u32, 0u16);
        for length in 1..=LONGEST {
            for byte in (0..256usize).filter(|&byte| usize::from(lengths[byte]) == length) {
                if code >> LONGEST != 0 {
                    return None;
                }
                let (mut path, mut node) = (0, 0);
                for depth in 0..length {
                    let bit = code >> (LONGEST - 1 - depth) & 1;
                    path |= bit << depth;
                    let child = &mut self.children[node & 255][bit as usize];
                    if depth + 1 == length {
                        *child = byte as u16 | LEAF;
                    } else if *child == 0 {
                        nodes += 1;
                        *child = nodes & 255;
                    }
                    node = usize::from(*child);
                }
                self.codes[byte] = (path | 1 << length) as u16;
                code += 1 << (LONGEST - length);
            }
        }
        (code >> LONGEST == 1).then_some(())
    }
}
