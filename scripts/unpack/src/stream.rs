//! What is packed: the module without the sizes of its function bodies, which follow from the bodies.

use crate::reader::Border;

/// Puts the sizes back.
#[derive(Default)]
pub struct Sizes {
    /// Where the body began, or what is not written yet.
    from: usize,
    in_body: bool,
}

impl Sizes {
    /// Writes what is certain after a border.
    /// * `stream`: everything up to the border.
    /// * `written`: how much of `output` is written.
    ///
    /// Returns how much is written then, or nothing if it does not fit.
    pub fn pass(
        &mut self,
        border: Border,
        stream: &[u8],
        output: &mut [u8],
        mut written: usize,
    ) -> Option<usize> {
        if self.in_body {
            let mut size = stream.len() - self.from;
            while size >= 0x80 {
                *output.get_mut(written)? = size as u8 | 0x80;
                written += 1;
                size >>= 7;
            }
            *output.get_mut(written)? = size as u8;
            written += 1;
        }
        self.in_body = border != Border::End;
        self.finish(stream, output, written)
    }

    /// Writes the rest.
    pub fn finish(&mut self, stream: &[u8], output: &mut [u8], written: usize) -> Option<usize> {
        let rest = &stream[self.from..];
        output.get_mut(written..written + rest.len())?.copy_from_slice(rest);
        self.from = stream.len();
        Some(written + rest.len())
    }
}
