//! The names of all states. A new variant does not compile, or is not expected, until it is here.

use std::collections::BTreeSet;

use flex_glance::core::{
    desk::Visibility,
    presence::PresenceStatus,
    session::{
        invitation::Invitation,
        link::Delivery,
        viewer::{Attempt, Frame, Open, Place, Reach},
    },
};

use crate::common::{
    desk::{Page, task},
    session_key,
};

const ATTEMPTS: [&str; 8] = [
    "nothing tried",
    "fetching for the panel",
    "fetching for a window",
    "fetching, refused",
    "blocked",
    "blocked, key over",
    "blocked sign-in",
    "failed",
];

const OPEN: [&str; 9] = [
    "nothing open",
    "window opening",
    "window ours",
    "window out of reach",
    "panel loading",
    "panel slow",
    "panel loaded",
    "suspended",
    "window opening, its page there",
];

const INVITATIONS: [&str; 14] = [
    "idle",
    "awaiting presence",
    "visitor absent",
    "awaiting the visitor",
    "sent",
    "no response",
    "declined",
    "visitor left",
    "undelivered",
    "accepted",
    "in session",
    "in session, not certain",
    "ended",
    "told by the task",
];

const LINKS: [&str; 8] = [
    "no link",
    "link ready",
    "link on its way",
    "link sent",
    "link to be copied",
    "link not sent",
    "link copied",
    "link not copied",
];

const VISIBILITIES: [&str; 3] = ["shown", "kept", "hidden"];

const STATUSES: [&str; 4] = ["checking", "online", "offline", "unknown"];

/// What the login-key cache does, as its fields say.
const CACHE: [(&str, &str); 5] = [
    ("key: resolving", "resolving: [Resolving"),
    ("key: fetching", "is_paused: false"),
    ("key: paused", "is_paused: true"),
    ("key: kept", "kept: [Kept"),
    ("key: left alone", "troubled: [("),
];

fn attempt(attempt: Option<&Attempt>) -> usize {
    match attempt {
        None => 0,
        Some(Attempt::FetchingKey { place: Place::Panel, .. }) => 1,
        Some(Attempt::FetchingKey { place: Place::Window { .. }, .. }) => 2,
        Some(Attempt::FetchingKey { place: Place::Refused, .. }) => 3,
        Some(Attempt::Blocked { validity: Some(_), link: Some(_), .. }) => 4,
        Some(Attempt::Blocked { validity: Some(_), link: None, .. }) => 5,
        Some(Attempt::Blocked { validity: None, .. }) => 6,
        Some(Attempt::Failed { .. }) => 7,
    }
}

fn open(open: Option<&Open>) -> usize {
    match open {
        None => 0,
        Some(Open::Window { reach: Reach::Opening { has_page: false, .. }, .. }) => 1,
        Some(Open::Window { reach: Reach::Opening { has_page: true, .. }, .. }) => 8,
        Some(Open::Window { reach: Reach::Ours { .. }, .. }) => 2,
        Some(Open::Window { reach: Reach::OutOfReach, .. }) => 3,
        Some(Open::Panel { frame: Frame::Loading { .. }, .. }) => 4,
        Some(Open::Panel { frame: Frame::Slow, .. }) => 5,
        Some(Open::Panel { frame: Frame::Loaded, .. }) => 6,
        Some(Open::Suspended { .. }) => 7,
    }
}

/// The place of an invitation's state. A new state does not compile until it has one.
pub(crate) fn invitation(invitation: &Invitation) -> usize {
    match invitation {
        Invitation::Idle => 0,
        Invitation::AwaitingPresence { .. } => 1,
        Invitation::VisitorAbsent { .. } => 2,
        Invitation::AwaitingVisitor { .. } => 3,
        Invitation::Sent { .. } => 4,
        Invitation::NoResponse { .. } => 5,
        Invitation::Declined { .. } => 6,
        Invitation::VisitorLeft { .. } => 7,
        Invitation::Undelivered { .. } => 8,
        Invitation::Accepted { .. } => 9,
        Invitation::InSession { certain_until: None, .. } => 10,
        Invitation::InSession { certain_until: Some(_), .. } => 11,
        Invitation::Ended => 12,
        Invitation::Told { .. } => 13,
    }
}

fn delivery(delivery: Delivery) -> usize {
    match delivery {
        Delivery::Ready => 1,
        Delivery::Sending => 2,
        Delivery::Sent => 3,
        Delivery::ToCopy => 4,
        Delivery::NotSent => 5,
        Delivery::Copied => 6,
        Delivery::NotCopied => 7,
    }
}

fn visibility(visibility: Visibility) -> usize {
    match visibility {
        Visibility::Shown => 0,
        Visibility::Kept => 1,
        Visibility::Hidden => 2,
    }
}

fn status(status: &PresenceStatus) -> usize {
    match status {
        PresenceStatus::Checking => 0,
        PresenceStatus::Online(_) => 1,
        PresenceStatus::Offline => 2,
        PresenceStatus::Unknown(_) => 3,
    }
}

/// The variants of a private enum, as its source lists them.
fn variants(source: &str, name: &str) -> Vec<String> {
    let start = format!("\nenum {name} {{\n");
    let (_, rest) = source.split_once(&start).expect("the enum is in its file");
    let (body, _) = rest.split_once("\n}").unwrap();
    let variant = |line: &str| {
        let line = line.strip_prefix("    ")?;
        line.starts_with(|c: char| c.is_ascii_uppercase()).then(|| first_word(line))
    };
    body.lines().filter_map(variant).collect()
}

fn first_word(text: &str) -> String {
    text.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// The variant of a private field, as `Debug` shows it.
fn field(shown: &str, name: &str) -> String {
    let (_, rest) = shown.split_once(&format!("{name}: ")).expect("the field is shown");
    first_word(rest)
}

const AUTHORIZATION: &str = include_str!("../../../src/core/presence/authorization.rs");
const CONNECTION: &str = include_str!("../../../src/core/presence/connection.rs");

/// Every name that the walk has to find.
pub(crate) fn all() -> BTreeSet<String> {
    let plain = [&ATTEMPTS[..], &OPEN, &INVITATIONS, &LINKS, &VISIBILITIES, &STATUSES].concat();
    let mut names: BTreeSet<String> = plain.into_iter().map(str::to_owned).collect();
    names.extend(CACHE.map(|(name, _)| name.to_owned()));
    let authorization = variants(AUTHORIZATION, "Attempt");
    assert!(authorization.len() >= 5, "{authorization:?}");
    names.extend(authorization.iter().map(|name| format!("authorization {name}")));
    names.extend(["not authorized".to_owned(), "authorized".to_owned()]);
    let link = variants(CONNECTION, "Link");
    assert!(link.len() >= 3, "{link:?}");
    names.extend(link.iter().map(|name| format!("link {name}")));
    names
}

/// The names of the states of Ann's viewer and invitation, and whether she is seen.
pub(crate) fn session(page: &Page) -> Vec<String> {
    let viewer = page.viewer("ann");
    let names = [
        ATTEMPTS[attempt(viewer.attempt.as_ref())],
        OPEN[open(viewer.open.as_ref())],
        INVITATIONS[invitation(&page.invitation("ann"))],
        page.session("ann")
            .and_then(|session| session.link.as_ref())
            .map_or(LINKS[0], |link| LINKS[delivery(link.delivery)]),
        VISIBILITIES[visibility(page.desk.visibility(&task("ann").sid))],
    ];
    names.map(str::to_owned).to_vec()
}

/// The names of the states of presence and of the login-key cache.
pub(crate) fn presence(page: &Page) -> Vec<String> {
    let presence = page.desk.presence();
    let mut names = vec![];
    if let Some(known) = presence.status(&session_key("ann")) {
        names.push(STATUSES[status(known)].to_owned());
    }
    let shown = format!("{:?}", presence.authorization());
    names.push(format!("authorization {}", field(&shown, "attempt")));
    let granted = presence.authorization().id().is_some();
    names.push(if granted { "authorized" } else { "not authorized" }.to_owned());
    if let Some(connection) = presence.connections().first() {
        names.push(format!("link {}", field(&format!("{connection:?}"), "link")));
    }
    let desk = format!("{:?}", page.desk);
    let in_cache = CACHE.into_iter().filter(|(_, shown)| desk.contains(shown));
    names.extend(in_cache.map(|(name, _)| name.to_owned()));
    names
}
