//! Whether a task's visitor is on the site, as far as presence can tell.

use crate::core::{origin, presence::PresenceError, printable::printable};

/// What presence knows of one visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PresenceStatus {
    /// The first look-up is under way.
    #[default]
    Checking,
    /// On the site.
    Online(VisitorPage),
    Offline,
    /// Presence cannot tell.
    Unknown(PresenceError),
}

/// The page that the visitor is on, as their browser tells it. Either part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitorPage {
    /// The path, or on the front page the host: without user, query and fragment, which may hold
    /// what is nobody's business.
    pub place: Option<String>,
    pub browser: Option<String>,
}

/// Longest place or browser that is shown, in characters.
const MAX_SHOWN: usize = 60;

impl VisitorPage {
    /// Reads what `onpresence` or a look-up says.
    ///
    /// Source: Glance, "Presence Agent API" (`url`, `browser`).
    pub fn new(url: Option<&str>, browser: Option<&str>) -> Self {
        Self { place: url.and_then(place), browser: browser.and_then(shorten) }
    }

    /// Both parts, or what there is of them.
    pub fn describe(&self) -> Option<String> {
        match (&self.place, &self.browser) {
            (Some(place), Some(browser)) => Some(format!("{place} · {browser}")),
            (Some(part), None) | (None, Some(part)) => Some(part.clone()),
            (None, None) => None,
        }
    }
}

fn place(url: &str) -> Option<String> {
    let (_, authority) = origin::split(url)?;
    let (_, rest) = url.split_once(':')?;
    let address = rest.strip_prefix("//")?.split(['?', '#']).next()?;
    let path = address[authority.len()..].trim_end_matches('/');
    if !path.is_empty() {
        return shorten(path);
    }
    shorten(authority.rsplit_once('@').map_or(authority, |(_, host)| host))
}

fn shorten(text: &str) -> Option<String> {
    printable(text, MAX_SHOWN)
}

impl PresenceStatus {
    pub fn is_online(&self) -> bool {
        matches!(self, Self::Online(_))
    }

    /// The name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Checking => "presence: checking",
            Self::Online(_) => "presence: online",
            Self::Offline => "presence: offline",
            Self::Unknown(_) => "presence: unknown",
        }
    }
}
