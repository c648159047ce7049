//! The form of a login key.

use flex_glance::core::login_key::LoginKey;
use proptest::prelude::*;

use crate::common::{LOGIN_KEY, vectors};

#[test]
fn every_vector_is_a_login_key_of_its_expiry() {
    for vector in vectors("login_key") {
        let text = vector["login_key"].as_str().unwrap();
        let key = LoginKey::parse(text).expect(text);
        assert_eq!(key.expose(), text);
        assert_eq!(Some(key.expires_at_s()), vector["expires_at_s"].as_u64());
    }
}

/// White space around a key goes before its form is judged.
#[test]
fn every_vector_of_a_keys_form_is_a_login_key_as_it_stands_or_none() {
    for vector in vectors("login_key_form") {
        let Some(text) = vector["given"].as_str() else { continue };
        let is_key = vector["given"] == vector["key"];
        assert_eq!(LoginKey::parse(text).is_some(), is_key, "{text:?}: {}", vector["why"]);
    }
}

#[test]
fn a_key_says_when_it_expires_in_unix_seconds() {
    for (digits, expires_at_s) in [("0000000000", 0), ("9999999999", 9_999_999_999)] {
        let key = LoginKey::parse(&LOGIN_KEY.replace("1589912963", digits)).unwrap();
        assert_eq!(key.expires_at_s(), expires_at_s);
    }
}

#[test]
fn debug_shows_nothing_of_the_key() {
    let key = LoginKey::parse(LOGIN_KEY).unwrap();
    let shown = format!("{key:?} {key:#?}");
    assert!(!shown.contains("1589912963") && !shown.contains("EXdp"), "{shown}");
}

proptest! {
    #[test]
    fn any_text_is_judged_and_a_key_is_kept_unchanged(
        text in prop_oneof![any::<String>(), "[$]1[$][0-9]{9,11}[$][A-Za-z0-9_$-]{42,44}"],
    ) {
        if let Some(key) = LoginKey::parse(&text) {
            prop_assert_eq!(key.expose(), &text);
            prop_assert_eq!(text.len(), 57);
            prop_assert_eq!(text.matches('$').count(), 3);
        }
    }
}
