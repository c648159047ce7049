//! What may be a session key.

/// Longest session key that Glance documents (62 in the SDKs, 50 in older pages for the web).
const LONGEST: usize = 62;

/// Says whether `key` is made of letters, digits, `_`, `-`, `~` and `.`, 1 to 62 of them.
pub(super) fn is_legal(key: &str) -> bool {
    (1..=LONGEST).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-~.".contains(&byte))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::Value;

    use super::is_legal;

    /// Shared with the tests of the component, the doctor and the visitor's side.
    const VECTORS: &str = include_str!("../../../vectors/session_key.json");

    #[test]
    fn takes_every_vector_that_is_a_key_as_it_stands_and_no_other() {
        let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
        assert!(!vectors.is_empty());
        for vector in vectors {
            let Some(text) = vector["given"].as_str() else { continue };
            let is_key = vector["given"] == vector["key"];
            assert_eq!(is_legal(text), is_key, "{text:?}: {}", vector["why"]);
        }
    }
}
