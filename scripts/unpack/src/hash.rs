/// Mixes two numbers into one whose high bits depend on all bits of both.
#[inline(always)]
pub(crate) fn hash(a: u32, b: u32) -> u32 {
    let mixed = (a.wrapping_mul(0x2f0b_4c47) ^ b).wrapping_mul(0x9e37_79b1);
    mixed ^ mixed >> 15
}
