//! Values that are never the same twice.

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
/// The operating system gives no random bytes.
pub(crate) fn token() -> std::io::Result<String> {
    let mut bytes = [0; 48];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
