//! Twilio's signature of a request (`X-Twilio-Signature`): base64 of the HMAC-SHA1, by the auth token, of the
//! address followed by each form field, sorted by name, with its value.
//!
//! Source: <https://www.twilio.com/docs/usage/security#validating-requests>.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac};
use sha1::Sha1;

use super::call::Call;
use crate::common::account::AUTH_TOKEN;

/// Whether a request carries Twilio's signature.
pub(super) fn is_valid(call: &Call<'_>) -> bool {
    let given = call.header("x-twilio-signature");
    let Ok(given) = BASE64_STANDARD.decode(given) else { return false };
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(AUTH_TOKEN.as_bytes()) else { return false };
    mac.update(format!("https://{}{}", call.host, call.path_and_query()).as_bytes());
    if call.header("content-type").starts_with("application/x-www-form-urlencoded") {
        let mut fields: Vec<_> = form_urlencoded::parse(call.body).collect();
        fields.sort();
        for (name, value) in fields {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
    }
    mac.verify_slice(&given).is_ok()
}
