//! Values that are never the same twice, and names that nobody can guess.

use std::{
    fs::File,
    hash::{BuildHasher, RandomState},
    io::Read,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// A Twilio SID: two letters and 32 hexadecimal digits. Unique, not secret.
pub(crate) fn sid(prefix: &str) -> String {
    let half = || RandomState::new().hash_one(prefix);
    format!("{prefix}{:016x}{:016x}", half(), half())
}

/// An unguessable token of 64 characters that need no escaping in a URL or header.
///
/// # Errors
/// The system has no `/dev/urandom`.
pub(crate) fn token() -> std::io::Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes::<48>()?))
}

/// 128 random bits in hexadecimal.
///
/// # Errors
/// The system has no `/dev/urandom`.
pub(crate) fn name() -> std::io::Result<String> {
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes()?)))
}

/// Four random decimal digits, the form of Glance's random session keys.
///
/// # Errors
/// The system has no `/dev/urandom`.
pub(crate) fn digits() -> std::io::Result<String> {
    Ok(format!("{:04}", u64::from_ne_bytes(bytes()?) % 10_000))
}

fn bytes<const N: usize>() -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}
