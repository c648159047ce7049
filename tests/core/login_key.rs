//! The form of a login key.

use flex_glance::core::login_key::LoginKey;
use proptest::prelude::*;
use serde_json::Value;

use crate::common::LOGIN_KEY;

const SIGNATURE: &str = "EXdpEY02MiAm7X7qlDLqNFYfDTaVPLFeNYVhHR6xXVQ";

fn is_key(text: &str) -> bool {
    LoginKey::parse(text).is_some()
}

#[test]
fn every_vector_is_a_login_key_of_its_expiry() {
    let vectors: Vec<Value> =
        serde_json::from_str(include_str!("../vectors/login_key.json")).unwrap();
    assert!(vectors.len() >= 5);
    for vector in vectors {
        let text = vector["login_key"].as_str().unwrap();
        let key = LoginKey::parse(text).expect(text);
        assert_eq!(key.expose(), text);
        assert!(text.starts_with(&format!("$1${}$", vector["expires_at_s"])));
    }
}

#[test]
fn text_of_another_form_is_no_login_key() {
    let longer = format!("{LOGIN_KEY}A");
    let shorter = &LOGIN_KEY[..LOGIN_KEY.len() - 1];
    let trailing = format!("{shorter}$");
    let padded = format!("{shorter}=");
    let plain_base64 = format!("{shorter}+");
    let spaced = format!("{shorter} ");
    let without_mark = LOGIN_KEY.trim_start_matches('$').to_owned() + "A";
    let version_2 = LOGIN_KEY.replacen("$1$", "$2$", 1);
    let letter_in_expiry = LOGIN_KEY.replace("1589912963", "158991296x");
    let negative_expiry = LOGIN_KEY.replace("1589912963", "-589912963");
    let non_ascii = format!("$1$1589912963${}é", &SIGNATURE[..41]);
    for text in [
        "",
        "$",
        "$1$",
        "$1$1589912963$",
        "no key",
        &longer,
        shorter,
        &trailing,
        &padded,
        &plain_base64,
        &spaced,
        &without_mark,
        &version_2,
        &letter_in_expiry,
        &negative_expiry,
        &non_ascii,
    ] {
        assert!(!is_key(text), "{text}");
    }
}

#[test]
fn expiry_has_ten_digits_and_the_signature_forty_three_characters() {
    assert!(is_key(&format!("$1$1589912963${SIGNATURE}")));
    for (expiry, signature) in [
        ("", format!("{SIGNATURE}0123456789")),
        ("158991296", format!("{SIGNATURE}A")),
        ("15899129630", SIGNATURE[1..].to_owned()),
    ] {
        let text = format!("$1${expiry}${signature}");
        assert_eq!(text.len(), LOGIN_KEY.len());
        assert!(!is_key(&text), "{text}");
    }
}

#[test]
fn a_key_says_when_it_expires_in_unix_seconds() {
    let vectors: Vec<Value> =
        serde_json::from_str(include_str!("../vectors/login_key.json")).unwrap();
    for vector in vectors {
        let key = LoginKey::parse(vector["login_key"].as_str().unwrap()).unwrap();
        assert_eq!(Some(key.expires_at_s()), vector["expires_at_s"].as_u64());
    }
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
