//! The tokens of Glance's Authorization Service: JWTs, signed with HS256.
//!
//! Glance documents the algorithm by a sample only, and none of the claims but the expiry; those
//! below are the stand-in's own.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

/// The sandbox signs with it; it is worth nothing outside.
const SECRET: &[u8] = b"sandbox-glance-authorization-service";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// The agent's partner user ID.
    pub(super) sub: String,
    /// The only group that the token is good for.
    pub(super) groupid: u32,
    pub(super) service: String,
    /// Seconds since 1970.
    pub(super) iat: u64,
    /// Seconds since 1970; the token is good before then.
    pub(super) exp: u64,
    /// Counts the tokens, so that all so far can be declared expired.
    pub(super) serial: u64,
}

/// Signs a token.
///
/// # Errors
/// The claims cannot be written as JSON.
pub(super) fn sign(claims: &Claims) -> Result<String, String> {
    jsonwebtoken::encode(&Header::default(), claims, &EncodingKey::from_secret(SECRET))
        .map_err(|error| error.to_string())
}

/// The claims of a token of ours, whether or not it has expired; nothing for any other text.
pub(super) fn read(token: &str) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    // The expiry is judged where the control API can make it come early.
    validation.validate_exp = false;
    jsonwebtoken::decode(token, &DecodingKey::from_secret(SECRET), &validation)
        .ok()
        .map(|data| data.claims)
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn claims() -> Claims {
        Claims {
            sub: "maria".into(),
            groupid: 72,
            service: "presence".into(),
            iat: 1_000,
            exp: 1_060,
            serial: 1,
        }
    }

    #[test]
    fn a_token_says_what_was_signed() -> Result<(), String> {
        let token = sign(&claims())?;
        assert_eq!(read(&token), Some(claims()));
        Ok(())
    }

    #[test]
    fn a_token_that_was_tampered_with_says_nothing() -> Result<(), String> {
        let token = sign(&claims())?;
        let parts: Vec<_> = token.split('.').collect();
        let other = URL_SAFE_NO_PAD.encode(
            serde_json::to_string(&Claims { groupid: 73, ..claims() })
                .map_err(|error| error.to_string())?,
        );
        assert_eq!(read(&[parts[0], &other, parts[2]].join(".")), None);
        assert_eq!(read(&token[..token.len() - 2]), None);
        assert_eq!(read(""), None);
        Ok(())
    }

    #[test]
    fn a_token_without_a_signature_says_nothing() -> Result<(), String> {
        let token = sign(&claims())?;
        let payload = token.split('.').nth(1).unwrap_or_default();
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert_eq!(read(&format!("{header}.{payload}.")), None);
        Ok(())
    }
}
