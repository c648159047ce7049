//! The login-key Function's request and reply, without the fetching.

use std::fmt;

use crate::core::{failure::Failure, login_key::LoginKey, prop::Prop, viewer_url};

/// Longest text of an error reply that is shown, in characters.
const MAX_MESSAGE: usize = 200;

/// The fields of a reply that the component reads. The published Function also returns `apiKey`;
/// it is never read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    pub login_key: Prop,
    /// The partner user ID that was signed; our Function says it, the published one does not.
    pub partner_user_id: Prop,
    /// `error.message` of our Function's errors.
    pub error_message: Prop,
}

/// Leave to join: a login key and the partner user ID it was signed for.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    pub login_key: LoginKey,
    pub partner_user_id: String,
}

impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Grant(redacted)")
    }
}

/// The body of the request: the Flex token under the name that the token validator reads, and who
/// asks. Form-encoded, so that the browser sends no CORS preflight.
///
/// Source: README of `twilio-flex-token-validator` (`Token`); Twilio's Glance page (`partneruserid`).
pub fn request_body(flex_token: &str, partner_user_id: &str) -> String {
    viewer_url::form(&[("Token", flex_token), ("partneruserid", partner_user_id)])
}

/// Judges a reply. `reply` is `None` if the body is no JSON object.
///
/// # Errors
/// `Refused`, `Fault`, `Unreadable` or `MalformedKey`.
pub fn judge(status: u16, reply: Option<Reply>, asked_for: &str) -> Result<Grant, Failure> {
    let message = reply.as_ref().and_then(|reply| reply.error_message.text()).map(shorten);
    let message = message.filter(|message| !message.trim().is_empty());
    match status {
        200 => {}
        401 | 403 => return Err(Failure::Refused { status, message }),
        _ => return Err(Failure::Fault { status, message }),
    }
    let reply = reply.ok_or(Failure::Unreadable)?;
    let key = reply.login_key.text().ok_or(Failure::Unreadable)?;
    let login_key = LoginKey::parse(key).ok_or(Failure::MalformedKey)?;
    let partner_user_id = reply.partner_user_id.text().unwrap_or(asked_for).to_owned();
    Ok(Grant { login_key, partner_user_id })
}

fn shorten(message: &str) -> String {
    let printable = message.chars().map(|c| if c.is_control() { ' ' } else { c });
    printable.take(MAX_MESSAGE).collect()
}
