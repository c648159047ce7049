//! Glance's login key, version 1: `$1$<expiry>$<signature>`.
//!
//! The signature is HMAC-SHA-256 with the group's API key over partner ID, partner user ID, version
//! and expiry without separators, in Base64URL without padding. A key is 57 characters long, holds
//! until its expiry (seconds since 1970) and may expire at most one day ahead.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Length of every login key of version 1.
const LENGTH: usize = 57;

/// The farthest that an expiry may lie ahead, in seconds.
const LONGEST_LIFE_S: u64 = 24 * 60 * 60;

/// Why a login key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not of the form `$1$<10 digits>$<43 characters>`.
    Malformed,
    /// Not what the group's API key signs for this partner and partner user.
    WrongSignature,
    /// Its time has run out.
    Expired,
    /// It would hold for more than a day.
    TooFarAhead,
}

impl Refusal {
    /// The reason as Glance's pages put it.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Malformed => "The login key is not of the form $1$expiration$signature.",
            Self::WrongSignature => {
                "The login key's signature is not valid for this partner ID and partner user ID."
            }
            Self::Expired => "The login key has expired.",
            Self::TooFarAhead => "The login key expires more than one day from now.",
        }
    }
}

/// Signs a login key that holds until `expires_at_s` (seconds since 1970).
pub(crate) fn sign(
    api_key: &str,
    partnerid: &str,
    partneruserid: &str,
    expires_at_s: u64,
) -> String {
    let expiry = expires_at_s.to_string();
    let signature = hmac(api_key, partnerid, partneruserid, &expiry)
        .map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
        .unwrap_or_default();
    format!("$1${expiry}${signature}")
}

/// Checks a login key at the time `now_s`.
///
/// # Errors
/// The first rule that the key breaks. The signature is compared in constant time, and before the
/// expiry, so that a stranger learns nothing about time limits.
pub(crate) fn verify(
    api_key: &str,
    partnerid: &str,
    partneruserid: &str,
    login_key: &str,
    now_s: u64,
) -> Result<(), Refusal> {
    let (expiry, signature) = parts(login_key).ok_or(Refusal::Malformed)?;
    // The last character has two bits to spare, which no signature sets.
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refusal::WrongSignature)?;
    let expires_at_s: u64 = expiry.parse().map_err(|_| Refusal::Malformed)?;
    hmac(api_key, partnerid, partneruserid, expiry)
        .and_then(|mac| mac.verify_slice(&signature).ok())
        .ok_or(Refusal::WrongSignature)?;
    if expires_at_s <= now_s {
        return Err(Refusal::Expired);
    }
    if expires_at_s - now_s > LONGEST_LIFE_S {
        return Err(Refusal::TooFarAhead);
    }
    Ok(())
}

/// Expiry and signature of a key of the right shape.
fn parts(login_key: &str) -> Option<(&str, &str)> {
    if login_key.len() != LENGTH {
        return None;
    }
    let (expiry, signature) = login_key.strip_prefix("$1$")?.split_once('$')?;
    let is_base64_url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (expiry.len() == 10
        && expiry.bytes().all(|byte| byte.is_ascii_digit())
        && signature.bytes().all(is_base64_url))
    .then_some((expiry, signature))
}

/// `None` never happens: HMAC takes a secret of any length.
fn hmac(api_key: &str, partnerid: &str, partneruserid: &str, expiry: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(api_key.as_bytes()).ok()?;
    for part in [partnerid, partneruserid, "1", expiry] {
        mac.update(part.as_bytes());
    }
    Some(mac)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;

    use super::*;

    /// Shared with the tests of the login-key Function and of the component.
    const VECTORS: &str = include_str!("../../../vectors/login_key.json");

    #[derive(Deserialize)]
    struct Vector {
        api_key: String,
        partnerid: String,
        partneruserid: String,
        expires_at_s: u64,
        login_key: String,
    }

    /// Shared with the tests of the component and the doctor.
    const FORMS: &str = include_str!("../../../vectors/login_key_form.json");

    /// What the component makes of a key's time, shared with its tests and the doctor's.
    const LIFETIMES: &str = include_str!("../../../vectors/login_key_lifetime.json");

    fn vectors() -> Vec<Vector> {
        serde_json::from_str(VECTORS).unwrap()
    }

    fn vector_of(partneruserid: &str) -> Vector {
        vectors().into_iter().find(|vector| vector.partneruserid == partneruserid).unwrap()
    }

    /// A key signed for `agent` that expires in `life` seconds, checked at second 1 700 000 000.
    fn check(life: i64) -> Result<(), Refusal> {
        let now: u64 = 1_700_000_000;
        let key = sign("secret", "20541", "agent", now.saturating_add_signed(life));
        verify("secret", "20541", "agent", &key, now)
    }

    #[test]
    fn signs_the_vectors() {
        for v in vectors() {
            let key = sign(&v.api_key, &v.partnerid, &v.partneruserid, v.expires_at_s);
            assert_eq!(key, v.login_key);
        }
    }

    #[test]
    fn accepts_the_vectors_until_they_expire() {
        for v in vectors() {
            let at = |now| verify(&v.api_key, &v.partnerid, &v.partneruserid, &v.login_key, now);
            assert_eq!(at(v.expires_at_s - 1), Ok(()));
            assert_eq!(at(v.expires_at_s), Err(Refusal::Expired));
        }
    }

    #[test]
    fn another_user_cannot_take_a_key_by_moving_a_digit_into_the_expiry() {
        let v = vector_of("alice1");
        let reread = v.login_key.replacen("$1$", "$1$1", 1);
        let as_alice = |key: &str, now| verify(&v.api_key, &v.partnerid, "alice", key, now);
        let own = sign(&v.api_key, &v.partnerid, "alice", 11_700_000_000);
        assert_eq!(reread, own, "the signature is the same");
        assert_eq!(as_alice(&reread, 1_699_999_999), Err(Refusal::Malformed));
    }

    #[test]
    fn holds_at_most_one_day() {
        assert_eq!(check(1), Ok(()));
        assert_eq!(check(86_400), Ok(()));
        assert_eq!(check(86_401), Err(Refusal::TooFarAhead));
        assert_eq!(check(0), Err(Refusal::Expired));
        assert_eq!(check(-1), Err(Refusal::Expired));
    }

    /// The component allows a minute more than a day, since two servers' clocks differ.
    #[test]
    fn takes_by_the_servers_clock_what_the_component_takes_but_for_a_minute() {
        let lifetimes: Vec<Value> = serde_json::from_str(LIFETIMES).unwrap();
        let mut compared = 0;
        for case in lifetimes {
            let (Some(date_ms), Some(page_ms)) = (case["dateMs"].as_u64(), case["pageMs"].as_u64())
            else {
                continue;
            };
            // The component does not believe a clock that is a year off.
            if date_ms.abs_diff(page_ms) >= 366 * 86_400_000 {
                continue;
            }
            let expires_at_s = case["expiresAtS"].as_u64().unwrap();
            let now_s = date_ms / 1_000;
            let key = sign("secret", "20541", "agent", expires_at_s);
            let verdict = verify("secret", "20541", "agent", &key, now_s);
            let is_taken = match verdict {
                Err(Refusal::TooFarAhead) => expires_at_s - now_s <= LONGEST_LIFE_S + 60,
                verdict => verdict.is_ok(),
            };
            assert_eq!(is_taken, case["expect"] == "ok", "{}", case["name"]);
            compared += 1;
        }
        assert!(compared >= 8, "{compared} cases have the server's clock");
    }

    #[test]
    fn refuses_another_secret_partner_or_user() {
        let v = vector_of("agent@example.com");
        for (api_key, partnerid, partneruserid) in [
            ("test-api-kez", "12345", "agent@example.com"),
            ("test-api-key", "12346", "agent@example.com"),
            ("test-api-key", "12345", "agent@example.con"),
            ("", "12345", "agent@example.com"),
        ] {
            assert_eq!(
                verify(api_key, partnerid, partneruserid, &v.login_key, v.expires_at_s - 1),
                Err(Refusal::WrongSignature)
            );
        }
    }

    #[test]
    fn refuses_a_changed_expiry() {
        let v = vector_of("agent1");
        let later = v.login_key.replace("1700000000", "1700000100");
        assert_eq!(
            verify(&v.api_key, &v.partnerid, "agent1", &later, v.expires_at_s - 1),
            Err(Refusal::WrongSignature)
        );
    }

    #[test]
    fn takes_every_vector_of_a_form_as_it_stands_or_calls_it_malformed() {
        let forms: Vec<Value> = serde_json::from_str(FORMS).unwrap();
        assert!(!forms.is_empty());
        for form in forms {
            let Some(text) = form["given"].as_str() else { continue };
            let verdict = verify("secret", "20541", "jörg", text, 1_600_000_000);
            let is_malformed = verdict == Err(Refusal::Malformed);
            assert_eq!(is_malformed, form["given"] != form["key"], "{text:?}: {}", form["why"]);
        }
    }
}
