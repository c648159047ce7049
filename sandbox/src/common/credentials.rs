//! Who may act for the sandbox's Twilio account: HTTP Basic with its SID and auth token, or with an API
//! key and its secret.

use axum::http::{HeaderMap, header};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::account::{ACCOUNT_SID, API_KEY_SECRET, API_KEY_SID, AUTH_TOKEN};

/// Whether a request carries credentials of the account.
pub(crate) fn authorized(headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).map(|value| value.as_bytes());
    [(ACCOUNT_SID, AUTH_TOKEN), (API_KEY_SID, API_KEY_SECRET)].iter().any(|(user, secret)| {
        let expected = BASE64_STANDARD.encode(format!("{user}:{secret}"));
        given == Some(format!("Basic {expected}").as_bytes())
    })
}
