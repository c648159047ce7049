//! Where a task's visitor is, as far as presence can tell.

use crate::core::{cut, obstacle::Obstacle, origin};

/// What presence knows of one visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whereabouts {
    /// The first look is under way.
    #[default]
    Checking,
    /// On the site.
    Here(Page),
    Away,
    /// Presence cannot tell.
    Unknown(Obstacle),
}

/// The page that the visitor is on, as their browser tells it. Either part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The path, or on the front page the host: without user, query and fragment, which may hold
    /// what is nobody's business.
    pub place: Option<String>,
    pub browser: Option<String>,
}

/// Longest place or browser that is shown, in characters.
const MAX_SHOWN: usize = 60;

impl Page {
    /// Reads what `onpresence` or a look-up tells.
    ///
    /// Source: Glance, "Presence Agent API" (`url`, `browser`).
    pub fn new(url: Option<&str>, browser: Option<&str>) -> Self {
        Self { place: url.and_then(place), browser: browser.and_then(shorten) }
    }

    /// Both parts, or what there is of them.
    pub fn describe(&self) -> Option<String> {
        match (&self.place, &self.browser) {
            (Some(place), Some(browser)) => Some([place, " · ", browser].concat()),
            (Some(part), None) | (None, Some(part)) => Some(part.clone()),
            (None, None) => None,
        }
    }
}

fn place(url: &str) -> Option<String> {
    let (_, authority) = origin::split(url)?;
    let (_, rest) = cut::once(url, b':')?;
    let address = cut::before(rest.strip_prefix("//")?, b"?#");
    let mut path = &address[authority.len()..];
    while let Some(shorter) = path.strip_suffix('/') {
        path = shorter;
    }
    if !path.is_empty() {
        return shorten(path);
    }
    let mut host = authority;
    while let Some((_, after)) = cut::once(host, b'@') {
        host = after;
    }
    shorten(host)
}

fn shorten(text: &str) -> Option<String> {
    let printable: String = text.chars().filter(|c| !c.is_control()).collect();
    let mut rest = printable.trim().chars();
    let mut shown: String = rest.by_ref().take(MAX_SHOWN).collect();
    if rest.next().is_some() {
        shown.push('…');
    }
    (!shown.is_empty()).then_some(shown)
}

impl Whereabouts {
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Here(_))
    }

    /// The name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Checking => "presence: checking",
            Self::Here(_) => "presence: here",
            Self::Away => "presence: away",
            Self::Unknown(_) => "presence: unknown",
        }
    }
}
