//! Random names that nobody can guess.

use std::{fs::File, io::Read};

/// 128 random bits in hexadecimal.
///
/// # Errors
/// The system has no `/dev/urandom`.
pub(super) fn name() -> std::io::Result<String> {
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes()?)))
}

/// Four random decimal digits, the form of Glance's random session keys.
///
/// # Errors
/// The system has no `/dev/urandom`.
pub(super) fn digits() -> std::io::Result<String> {
    Ok(format!("{:04}", u64::from_ne_bytes(bytes()?) % 10_000))
}

fn bytes<const N: usize>() -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}
