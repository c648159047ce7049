//! The login-key Function's request and reply, without the fetching.

use std::fmt;

use crate::core::{
    form::form,
    login_key::{LoginKey, LoginKeyFailure},
    printable::printable,
    prop::Prop,
    time::{Moment, Now},
};

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

/// When an answer came.
#[derive(Clone, Copy, Debug)]
pub struct AnswerTime {
    /// Half-way between request and answer, by the page's clocks.
    pub page: Moment,
    /// By the server's clock (`Date`), in Unix milliseconds. Not a number where CORS hides it.
    pub date_ms: f64,
}

/// How long a login key is good for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Validity {
    /// When the answer came.
    pub since: Moment,
    /// For how long the key may be given out from then on, in milliseconds.
    pub for_ms: f64,
}

/// A login key and the Partner UID that it was signed for.
#[derive(Clone, PartialEq)]
pub struct Credentials {
    pub login_key: LoginKey,
    pub partner_user_id: String,
    pub validity: Validity,
    /// Whether it was asked for earlier than it is given.
    pub from_cache: bool,
}

const DAY_MS: f64 = 86_400_000.0;

/// By how much a key may outlast the longest life that Glance documents, in milliseconds, since two
/// servers' clocks differ.
const CLOCK_SKEW_TOLERANCE_MS: f64 = 60_000.0;

/// No clock of a page that could load is farther off: its certificates would have been refused.
const MAX_CLOCK_ERROR_MS: f64 = 366.0 * DAY_MS;

/// A key is given out until so long before its end, in milliseconds: the viewer has to load, and the
/// server's clock is known to some seconds only.
const EXPIRY_MARGIN_MS: f64 = 60_000.0;

/// For how long a key is given out again when no clock of the server's says how old it is, in
/// milliseconds. The page's clock alone may be hours off; every sensible key lives longer than this.
const UNVERIFIED_VALIDITY_MS: f64 = 300_000.0;

impl Validity {
    /// Whether the key may be given out. It may not as soon as either clock of the page says so.
    pub fn is_good(self, now: Now) -> bool {
        !self.since.is_older_than(self.for_ms, now)
    }

    /// Whether so much time has passed since the answer came that the machine must have slept while it was
    /// on its way: then nobody knows how old it was when it came.
    pub fn is_doubtful(self, now: Now) -> bool {
        self.since.is_older_than(EXPIRY_MARGIN_MS, now)
    }

    /// When it ends, by the monotonic clock.
    pub fn deadline(self) -> f64 {
        self.since.after(self.for_ms)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credentials(redacted)")
    }
}

/// The body of the request: the Flex token under the name that the token validator reads, and who
/// asks. Form-encoded, so that the browser sends no CORS preflight.
///
/// Source: README of `twilio-flex-token-validator` (`Token`); Twilio's Glance page (`partneruserid`).
pub fn request_body(flex_token: &str, partner_user_id: &str) -> String {
    form(&[("Token", flex_token), ("partneruserid", partner_user_id)])
}

/// Judges a reply. `reply` is `None` if the body is no JSON object.
///
/// The server's clock is taken from `Date`, else from `issuedAt`. Where neither says, the page's clock
/// stands in for it: then a key is refused only if it is more than another day out, since a page's clock
/// is often off by hours. `vectors/login_key_lifetime.json` has the cases, which the doctor runs too.
///
/// # Errors
/// `Refused`, `Fault`, `Unreadable`, `MalformedKey` or `KeyLifetime`.
pub fn judge(
    status: u16,
    reply: Option<Reply>,
    asked_for: &str,
    answered: AnswerTime,
) -> Result<Credentials, LoginKeyFailure> {
    let message = reply.as_ref().and_then(|reply| reply.error_message.text());
    let message = message.and_then(|message| printable(message, MAX_MESSAGE));
    match status {
        200 => {}
        401 | 403 => return Err(LoginKeyFailure::Refused { status, message }),
        _ => return Err(LoginKeyFailure::Fault { status, message }),
    }
    let reply = reply.ok_or(LoginKeyFailure::Unreadable)?;
    let key = reply.login_key.text().ok_or(LoginKeyFailure::Unreadable)?;
    let login_key = LoginKey::parse(key).ok_or(LoginKeyFailure::MalformedKey)?;
    let issued_ms = match reply.issued_at {
        Prop::Number(issued_s) => issued_s * 1_000.0,
        _ => f64::NAN,
    };
    let page_ms = answered.page.unix_ms;
    let server_ms = [answered.date_ms, issued_ms]
        .into_iter()
        .find(|server_ms| (server_ms - page_ms).abs() < MAX_CLOCK_ERROR_MS);
    let doubt_ms = if server_ms.is_some() { 0.0 } else { DAY_MS };
    let left_ms = login_key.expires_at_s() as f64 * 1_000.0 - server_ms.unwrap_or(page_ms);
    if left_ms <= -doubt_ms || left_ms > DAY_MS + CLOCK_SKEW_TOLERANCE_MS + doubt_ms {
        return Err(LoginKeyFailure::KeyLifetime);
    }
    let mut for_ms = left_ms - EXPIRY_MARGIN_MS;
    if server_ms.is_none() {
        for_ms = for_ms.min(UNVERIFIED_VALIDITY_MS);
    }
    let partner_user_id = reply.partner_user_id.text().unwrap_or(asked_for).to_owned();
    let validity = Validity { since: answered.page, for_ms };
    Ok(Credentials { login_key, partner_user_id, validity, from_cache: false })
}
