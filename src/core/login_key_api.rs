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
    /// When our Function signed, in Unix seconds by its own clock.
    pub issued_at: Prop,
    /// `error.message` of our Function's errors.
    pub error_message: Prop,
}

/// When an answer came, by two clocks, in Unix milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The page's, half-way between request and answer.
    pub page_ms: f64,
    /// The server's, from `Date`. Not a number where CORS hides it.
    pub date_ms: f64,
}

/// Leave to join: a login key and the partner user ID it was signed for.
#[derive(Clone, PartialEq)]
pub struct Grant {
    pub login_key: LoginKey,
    pub partner_user_id: String,
    /// When the key runs out, in Unix milliseconds of the page's clock.
    pub ends_ms: f64,
    /// It was asked for earlier than it is given.
    pub is_held: bool,
}

const DAY_MS: f64 = 86_400_000.0;

/// By how much a key may outlast the longest life that Glance documents, in milliseconds: two servers'
/// clocks differ.
const SLACK_MS: f64 = 60_000.0;

/// No clock of a page that could load is farther off: the certificates would have failed.
const FARTHEST_MS: f64 = 366.0 * DAY_MS;

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
/// The server's clock is taken from `Date`, else from `issuedAt`. Where neither tells, it is taken for
/// the page's, and a key is refused only for being more than another day out: a page's clock is often
/// off by hours, since its time zone is wrong.
///
/// # Errors
/// `Refused`, `Fault`, `Unreadable`, `MalformedKey` or `KeyLifetime`.
pub fn judge(
    status: u16,
    reply: Option<Reply>,
    asked_for: &str,
    moment: Moment,
) -> Result<Grant, Failure> {
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
    let issued_ms = match reply.issued_at {
        Prop::Number(issued_s) => issued_s * 1_000.0,
        _ => f64::NAN,
    };
    let server_ms = [moment.date_ms, issued_ms]
        .into_iter()
        .find(|server_ms| (server_ms - moment.page_ms).abs() < FARTHEST_MS);
    let doubt_ms = if server_ms.is_some() { 0.0 } else { DAY_MS };
    let left_ms = login_key.expires_at_s() as f64 * 1_000.0 - server_ms.unwrap_or(moment.page_ms);
    if left_ms <= -doubt_ms || left_ms > DAY_MS + SLACK_MS + doubt_ms {
        return Err(Failure::KeyLifetime);
    }
    let partner_user_id = reply.partner_user_id.text().unwrap_or(asked_for).to_owned();
    let ends_ms = moment.page_ms + left_ms;
    Ok(Grant { login_key, partner_user_id, ends_ms, is_held: false })
}

fn shorten(message: &str) -> String {
    let printable = message.chars().map(|c| if c.is_control() { ' ' } else { c });
    printable.take(MAX_MESSAGE).collect()
}
