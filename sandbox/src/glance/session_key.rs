//! What may be a session key.

/// Longest session key that Glance documents (62 in the SDKs, 50 in older pages for the web).
const LONGEST: usize = 62;

/// Says whether `key` is made of letters, digits, `_`, `-`, `~` and `.`, 1 to 62 of them.
pub(super) fn is_legal(key: &str) -> bool {
    (1..=LONGEST).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-~.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_legal;

    #[test]
    fn accepts_what_glance_documents() {
        for key in ["1", "4711", "CH0123456789abcdef0123456789abcdef", "a_b-c~d.e", &"x".repeat(62)]
        {
            assert!(is_legal(key), "{key}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for key in ["", " ", "12 34", "a/b", "a&b", "ä", "a%20", &"x".repeat(63)] {
            assert!(!is_legal(key), "{key}");
        }
    }
}
