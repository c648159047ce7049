//! What is packed comes out again, and what is damaged is told.

use pack::{pack, unpack};
use proptest::prelude::*;

/// A module of one type and two functions, whose code has an instruction of many a kind.
fn module() -> Vec<u8> {
    let body: &[u8] = &[
        1, 2, 0x7f, // two locals, i32
        0x41, 0x80, 0x08, 0x21, 0x00, // i32.const, local.set
        0x02, 0x40, 0x20, 0x00, 0x0e, 0x02, 0, 0, 0, 0x0b, // block, br_table, end
        0x20, 0x00, 0x28, 0x02, 0x04, 0x1a, // i32.load, drop
        0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x1a, // f64.const, drop
        0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x0b, 0x00, // memory.fill
        0x10, 0x01, 0x41, 0, 0x11, 0, 0, // call, call_indirect
        0x0b,
    ];
    let mut code = vec![2];
    for body in [body, &[0, 0x0b]] {
        code.push(body.len() as u8);
        code.extend(body);
    }
    let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x03\x02\0\0\x0a".to_vec();
    module.push(code.len() as u8);
    module.extend(code);
    module.extend([0, 5, 4, b't', b'e', b's', b't']);
    module
}

/// Bytes that begin like a module and go on as they like.
fn like_a_module() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        Just(vec![0x0a, 0xff, 0xff, 0x7f]),
        Just(vec![0xff; 6]),
        Just(vec![0x0b]),
        Just(vec![0x20, 0x01]),
        Just(vec![0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f]),
        Just(vec![0xfc, 0x0a, 0x00, 0x00]),
    ];
    (0..64usize, prop::collection::vec(part, 0..200)).prop_map(|(keep, parts)| {
        let mut bytes = module();
        bytes.truncate(keep);
        bytes.extend(parts.concat());
        bytes
    })
}

#[test]
fn nothing_comes_out_as_nothing() {
    assert_eq!(unpack(&pack(&[])), Ok(vec![]));
}

#[test]
fn a_module_comes_out_as_it_was() {
    assert_eq!(unpack(&pack(&module())), Ok(module()));
}

#[test]
fn what_repeats_is_packed_small() {
    let bytes = module().repeat(200);
    assert!(pack(&bytes).len() < bytes.len() / 50);
}

#[test]
fn packing_twice_gives_the_same() {
    assert_eq!(pack(&module()), pack(&module()));
}

#[test]
fn sizes_that_no_header_can_mean_are_told() {
    let mut packed = pack(&module());
    packed[3] = 0xff;
    assert!(unpack(&packed).is_err());
    assert!(unpack(&packed[..7]).is_err());
    assert!(unpack(&[]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_bytes_come_out_as_they_were(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert_eq!(unpack(&pack(&bytes)), Ok(bytes));
    }

    #[test]
    fn what_only_begins_like_a_module_comes_out_as_it_was(bytes in like_a_module()) {
        prop_assert_eq!(unpack(&pack(&bytes)), Ok(bytes));
    }

    #[test]
    fn flipped_bits_are_told_unless_they_change_nothing(bytes in like_a_module(), at: prop::sample::Index, bit in 0..8u32) {
        let mut packed = pack(&bytes);
        // Of the header the sizes are left alone: large ones only take long.
        let at = 8 + at.index(packed.len() - 8);
        packed[at] ^= 1 << bit;
        prop_assert!(unpack(&packed).map_or(true, |unpacked| unpacked == bytes));
    }

    #[test]
    fn what_is_cut_off_is_told(bytes in like_a_module(), at: prop::sample::Index) {
        let packed = pack(&bytes);
        let rest = &packed[..at.index(packed.len())];
        // The end of the packed bytes may be zeros, which reading adds by itself.
        if packed[rest.len()..].iter().any(|&byte| byte != 0) {
            prop_assert!(unpack(rest).is_err());
        }
    }

    #[test]
    fn any_bytes_end(packed in prop::collection::vec(any::<u8>(), 12..300), size in 0..5000u32, rest in 0..64u32) {
        let mut packed = packed;
        packed[..4].copy_from_slice(&size.to_le_bytes());
        packed[4..8].copy_from_slice(&(size + rest).to_le_bytes());
        prop_assert!(unpack(&packed).is_err());
    }
}
