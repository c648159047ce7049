//! An invitation by link: a session key that nobody can guess, made for this one session, and the text by which the
//! customer gets it.
//!
//! ```text
//! Ready ──viewer open──▶ Sending ──▶ Sent
//!                           │ no chat, refused
//!                           ▼
//!                        ToCopy, NotSent ──copy──▶ Copied, NotCopied
//! ```
//!
//! It lives as long as the viewer that waits for its session: whoever closes that takes the invitation back. Nobody
//! is invited before the viewer is open. Nothing tells whether the customer followed the link, but for presence, where
//! it knows them.

use std::{fmt, rc::Rc};

use crate::core::{
    ids::LinkId,
    session::ViewerRequest,
    session_key::SessionKey,
    settings::Settings,
    strings::{Text, fill},
    time::Now,
};

/// An invitation that is out, or about to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Tells late answers from those that count.
    pub id: LinkId,
    pub request: Rc<ViewerRequest>,
    pub text: InviteText,
    pub delivery: Delivery,
}

/// How the customer gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The viewer is not open yet.
    Ready,
    /// Flex is asked to send it in the task's chat.
    Sending,
    Sent,
    /// The task has no chat: the agent gives it to the customer.
    ToCopy,
    /// Flex did not send it.
    NotSent,
    Copied,
    /// The browser did not copy it.
    NotCopied,
}

/// Where an invitation is put for the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In the task's chat, by Flex.
    Chat,
    /// In the clipboard, inside the agent's click.
    Clipboard,
}

/// What the customer reads, with the link in it. `Debug` keeps it to itself: whoever has the link can share.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteText(pub String);

impl fmt::Debug for InviteText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("InviteText(redacted)")
    }
}

impl InviteText {
    /// The text of the settings with a link for this key; nothing where they name no page.
    pub fn new(key: &SessionKey, settings: &Settings, now: Now) -> Option<Self> {
        let link = address(settings.config.invite_url.as_deref()?, key, now);
        let own = settings.config.invite_text.as_deref();
        let text = own.unwrap_or_else(|| settings.strings.text(Text::InviteText));
        let filled = fill(text, &[("link", &link)]);
        Some(Self(if filled == text { [text, " ", &link].concat() } else { filled }))
    }
}

impl Way {
    /// What came of it: `None` where there is no such way.
    pub fn delivery(self, is_done: Option<bool>) -> Delivery {
        match (self, is_done) {
            (Self::Chat, Some(true)) => Delivery::Sent,
            (Self::Chat, Some(false)) => Delivery::NotSent,
            (Self::Chat, None) => Delivery::ToCopy,
            (Self::Clipboard, Some(true)) => Delivery::Copied,
            (Self::Clipboard, _) => Delivery::NotCopied,
        }
    }
}

/// The page's address with `#glance=<key>.<time>` in the place of its own fragment, the time being Unix time in
/// minutes, in base 36. `vectors/invitation_link.json` has the cases, which the visitor's side reads.
fn address(page: &str, key: &SessionKey, now: Now) -> String {
    let page = page.split('#').next().unwrap_or_default();
    [page, "#glance=", key.as_str(), ".", &base36((now.unix_ms / 60_000.0) as u64)].concat()
}

fn base36(mut number: u64) -> String {
    let mut digits = vec![];
    while number > 0 || digits.is_empty() {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or_default());
        number /= 36;
    }
    digits.into_iter().rev().collect()
}
