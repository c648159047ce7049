//! Eight numbers of 16 bits at once: one instruction each in WebAssembly, and the same to the bit
//! elsewhere.

pub(crate) const LANES: usize = 8;

#[cfg(target_arch = "wasm32")]
mod eight {
    use core::arch::wasm32::*;

    use super::LANES;

    #[derive(Clone, Copy)]
    pub(crate) struct Lanes(v128);

    impl Lanes {
        /// Made lane by lane, so that each number is read from where it is straight into its lane.
        #[inline(always)]
        pub(crate) fn each(n: impl Fn(usize) -> u16) -> Self {
            Self(u16x8(n(0), n(1), n(2), n(3), n(4), n(5), n(6), n(7)))
        }

        pub(crate) fn all(n: i16) -> Self {
            Self(i16x8_splat(n))
        }

        pub(crate) fn numbers(self) -> [u16; LANES] {
            let n = self.0;
            [
                u16x8_extract_lane::<0>(n),
                u16x8_extract_lane::<1>(n),
                u16x8_extract_lane::<2>(n),
                u16x8_extract_lane::<3>(n),
                u16x8_extract_lane::<4>(n),
                u16x8_extract_lane::<5>(n),
                u16x8_extract_lane::<6>(n),
                u16x8_extract_lane::<7>(n),
            ]
        }

        pub(crate) fn plus(self, other: Self) -> Self {
            Self(i16x8_add_sat(self.0, other.0))
        }

        pub(crate) fn minus(self, other: Self) -> Self {
            Self(i16x8_sub_sat(self.0, other.0))
        }

        pub(crate) fn and(self, other: Self) -> Self {
            Self(v128_and(self.0, other.0))
        }

        pub(crate) fn or(self, other: Self) -> Self {
            Self(v128_or(self.0, other.0))
        }

        pub(crate) fn least(self, other: Self) -> Self {
            Self(i16x8_min(self.0, other.0))
        }

        pub(crate) fn left(self, bits: u32) -> Self {
            Self(i16x8_shl(self.0, bits))
        }

        pub(crate) fn right(self, bits: u32) -> Self {
            Self(u16x8_shr(self.0, bits))
        }

        /// The product, of 32768.
        pub(crate) fn times(self, other: Self) -> Self {
            Self(i16x8_q15mulr_sat(self.0, other.0))
        }

        /// The sum of products, wrapping around.
        pub(crate) fn dot(self, other: Self) -> i32 {
            let four = i32x4_dot_i16x8(self.0, other.0);
            let two = i32x4_add(four, i64x2_shuffle::<1, 0>(four, four));
            i32x4_extract_lane::<0>(two).wrapping_add(i32x4_extract_lane::<1>(two))
        }

        /// What `table` has at each number, all of which are below 16.
        pub(crate) fn look_up(self, table: [u8; 16]) -> Self {
            let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = table;
            let table = u8x16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
            // What the upper bytes look up goes.
            Self(v128_and(u8x16_swizzle(table, self.0), u16x8_splat(0xff)))
        }

        /// The logarithm to base 2, about, of each number's odds: of 256, and the numbers of 8192.
        ///
        /// A float's bits are its logarithm, but for a curve that nobody needs here.
        pub(crate) fn odds(self) -> Self {
            let rest = i16x8_sub(u16x8_splat(8192), self.0);
            // Above 2^23 a float's last bits are the number.
            let magic = f32x4_splat(8_388_608.0);
            let float = |n| f32x4_sub(v128_or(n, magic), magic);
            let less = |n, rest| i32x4_shr(i32x4_sub(float(n), float(rest)), 15);
            Self(i16x8_narrow_i32x4(
                less(u32x4_extend_low_u16x8(self.0), u32x4_extend_low_u16x8(rest)),
                less(u32x4_extend_high_u16x8(self.0), u32x4_extend_high_u16x8(rest)),
            ))
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod eight {
    use std::array::from_fn;

    use super::LANES;

    #[derive(Clone, Copy)]
    pub(crate) struct Lanes([i16; LANES]);

    impl Lanes {
        pub(crate) fn each(n: impl Fn(usize) -> u16) -> Self {
            Self(from_fn(|i| n(i) as i16))
        }

        pub(crate) fn all(n: i16) -> Self {
            Self([n; LANES])
        }

        pub(crate) fn numbers(self) -> [u16; LANES] {
            self.0.map(|n| n as u16)
        }

        fn with(self, other: Self, one: impl Fn(i16, i16) -> i16) -> Self {
            Self(from_fn(|i| one(self.0[i], other.0[i])))
        }

        pub(crate) fn plus(self, other: Self) -> Self {
            self.with(other, i16::saturating_add)
        }

        pub(crate) fn minus(self, other: Self) -> Self {
            self.with(other, i16::saturating_sub)
        }

        pub(crate) fn and(self, other: Self) -> Self {
            self.with(other, |a, b| a & b)
        }

        pub(crate) fn or(self, other: Self) -> Self {
            self.with(other, |a, b| a | b)
        }

        pub(crate) fn least(self, other: Self) -> Self {
            self.with(other, i16::min)
        }

        pub(crate) fn left(self, bits: u32) -> Self {
            Self(self.0.map(|n| n << bits))
        }

        pub(crate) fn right(self, bits: u32) -> Self {
            Self(self.0.map(|n| (n as u16 >> bits) as i16))
        }

        pub(crate) fn times(self, other: Self) -> Self {
            self.with(other, |a, b| {
                ((i32::from(a) * i32::from(b) + 0x4000) >> 15).min(0x7fff) as i16
            })
        }

        pub(crate) fn dot(self, other: Self) -> i32 {
            let product = |i: usize| i32::from(self.0[i]) * i32::from(other.0[i]);
            (0..LANES).map(product).fold(0, i32::wrapping_add)
        }

        pub(crate) fn look_up(self, table: [u8; 16]) -> Self {
            Self(self.0.map(|n| i16::from(table[n as usize & 15])))
        }

        pub(crate) fn odds(self) -> Self {
            let bits = |n: i16| f32::from(n).to_bits() as i32;
            Self(self.0.map(|n| ((bits(n) - bits(8192 - n)) >> 15) as i16))
        }
    }
}

pub(crate) use eight::Lanes;
