//! The signed credential that admits an agent to the viewer.

use std::fmt;

/// A Glance login key, `$1$<expiry>$<signature>`.
///
/// Its text is a secret: it leaves this type only into a viewer's address, and into a request for an
/// authorization. Its form is checked, and not its signature: that takes the API key, which no browser
/// ever holds.
///
/// `vectors/login_key_form.json` has the cases, which the doctor and the Glance stand-in run too.
///
/// Source: Glance's login key page (57 characters: version 1, ten digits of Unix seconds, 43
/// characters of Base64URL).
#[derive(Clone, PartialEq, Eq)]
pub struct LoginKey(String);

const LENGTH: usize = 57;
const EXPIRY_DIGITS: usize = 10;

impl LoginKey {
    /// `None` if the text has not the form of a login key.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix('$')?.split('$');
        let (version, expires_at_s, signature) = (parts.next()?, parts.next()?, parts.next()?);
        let well_formed = text.len() == LENGTH
            && version == "1"
            && expires_at_s.len() == EXPIRY_DIGITS
            && expires_at_s.bytes().all(|byte| byte.is_ascii_digit())
            && signature.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && parts.next().is_none();
        well_formed.then(|| Self(text.to_owned()))
    }

    /// When the key stops to be good, in Unix seconds.
    pub fn expires_at_s(&self) -> u64 {
        self.0.split('$').nth(2).and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }

    /// The secret, for a viewer's address or an authorization.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for LoginKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LoginKey(redacted)")
    }
}
