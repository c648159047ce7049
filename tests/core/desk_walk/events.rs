//! The alphabet of the walk: all that can happen to a page with one task.

use std::rc::Rc;

use flex_glance::core::{
    desk::{Act, Effect, Event},
    ids::ViewerId,
    login_key::{LoginKeyFailure, cache},
    presence::{self, PresenceError, Signal, VisitorPage},
    session::{
        facts::SessionFacts,
        link::Delivery,
        viewer::{Attempt, Open, Place, WindowSight},
    },
    task::{ListedTask, Task},
};
use serde_json::{Value, json};

use crate::{
    common::{
        credentials_of,
        desk::{Page, join, start, task},
    },
    invite_by_link::invite,
    policy::{self, given},
};

pub(crate) enum Happening {
    Told(Box<Event>),
    /// Time passes until the desk wakes.
    Deadline,
}

/// Every act. A new one does not compile until it is here.
pub(crate) fn acts() -> Vec<Act> {
    let acts = vec![
        start(),
        join("9999"),
        invite(),
        Act::CopyLink,
        Act::OpenAgain,
        Act::OpenInTab,
        Act::BringToFront,
        Act::Cancel,
        Act::Close,
        Act::SignIn,
        Act::Dismiss,
        Act::OpenBlocked,
        Act::LinkFollowed,
        Act::Wait,
        Act::Withdraw,
        Act::AskAgain,
        Act::ItIsOver,
        Act::RetryPresence,
        Act::ShowViewer { no_panel: None },
    ];
    let place = |act: &Act| match act {
        Act::Start { key: None, .. } => 0,
        Act::Start { key: Some(_), .. } => 1,
        Act::Invite { .. } => 2,
        Act::CopyLink => 3,
        Act::OpenAgain => 4,
        Act::OpenInTab => 5,
        Act::BringToFront => 6,
        Act::Cancel => 7,
        Act::Close => 8,
        Act::SignIn => 9,
        Act::Dismiss => 10,
        Act::OpenBlocked => 11,
        Act::LinkFollowed => 12,
        Act::Wait => 13,
        Act::Withdraw => 14,
        Act::AskAgain => 15,
        Act::ItIsOver => 16,
        Act::RetryPresence => 17,
        Act::ShowViewer { .. } => 18,
    };
    assert!(acts.iter().map(place).eq(0..19));
    acts
}

pub(crate) fn events(page: &Page) -> Vec<Happening> {
    let acts = acts().into_iter().map(|act| page.agent_event("ann", act));
    let told = acts
        .chain(answers(page))
        .chain(of_viewer(page))
        .chain(of_link(page))
        .chain(of_glance(page))
        .chain([
            Event::Tasks(vec![ann(false)]),
            Event::Tasks(vec![ann(true)]),
            Event::Tasks(vec![]),
            Event::Tasks(vec![sharing(page, "presence")]),
            Event::Tasks(vec![sharing(page, "key")]),
            Event::Resumed,
            Event::TokenChanged,
        ]);
    told.map(|event| Happening::Told(event.into())).chain([Happening::Deadline]).collect()
}

/// The entry of the policy that matches a task which it denies.
pub(crate) fn denied_rule() -> Value {
    json!({ "path": "denied", "equals": true })
}

pub(crate) fn ann(is_denied: bool) -> ListedTask {
    let facts = policy::task(&json!({ "denied": is_denied })).into();
    ListedTask { task: Task { facts, ..task("ann") }, status: "accepted".to_owned() }
}

/// The task says that a session began a minute ago, which this page may not have seen.
fn sharing(page: &Page, began: &str) -> ListedTask {
    let since_s = page.now.unix_ms / 1_000.0 - 60.0;
    let given = given(&json!({ "version": 1, "running_since": since_s, "began": began }));
    let session = SessionFacts::parse(&given).unwrap().map(Rc::new);
    let ListedTask { task, status } = ann(false);
    ListedTask { task: Task { session, ..task }, status }
}

pub(crate) fn take(page: &mut Page, happening: Happening) {
    match happening {
        Happening::Told(event) => drop(page.tell(*event)),
        Happening::Deadline => page.sleep_until_deadline(),
    }
    page.effects.clear();
    page.keep_latest_questions();
}

/// Every answer, good and bad, to what was asked for last.
fn answers(page: &Page) -> Vec<Event> {
    let of = |effect: &Effect| match effect {
        Effect::LoginKey(cache::Effect::ResolvePartnerUserId { request, .. }) => vec![
            Event::PartnerUserId(*request, Ok("alice".to_owned().into())),
            Event::PartnerUserId(*request, Err(LoginKeyFailure::NoPartnerUserId)),
        ],
        Effect::LoginKey(cache::Effect::RequestLoginKey { request, .. }) => {
            let credentials = credentials_of("alice", page.now.moment());
            let refused = LoginKeyFailure::Refused { status: 403, message: None };
            let busy = LoginKeyFailure::Fault { status: 503, message: None };
            vec![
                Event::LoginKey(*request, Ok(credentials), 0),
                Event::LoginKey(*request, Err(refused), 0),
                Event::LoginKey(*request, Err(LoginKeyFailure::Network), 0),
                Event::LoginKey(*request, Err(busy), 2_000),
            ]
        }
        Effect::Presence(presence::Effect::LoadScript { script, .. }) => {
            vec![Event::Script(*script, Ok(())), Event::Script(*script, Err(PresenceError::Api))]
        }
        Effect::Presence(presence::Effect::Authorize { authorization, .. }) => {
            vec![Event::Authorized(*authorization, true), Event::Authorized(*authorization, false)]
        }
        Effect::Presence(presence::Effect::LookUp { connection, look_up }) => vec![
            Event::Presence(*connection, Signal::Found(*look_up, Some(VisitorPage::default()))),
            Event::Presence(*connection, Signal::Found(*look_up, None)),
        ],
        Effect::Presence(presence::Effect::Invite { invitation, .. }) => {
            vec![Event::Undelivered(*invitation)]
        }
        _ => vec![],
    };
    page.questions().flat_map(of).collect()
}

/// What may become of the link that is out, in the chat and in the clipboard.
fn of_link(page: &Page) -> Vec<Event> {
    let Some(link) = page.session("ann").and_then(|session| session.link.as_ref()) else {
        return vec![];
    };
    let told = [
        Delivery::Sent,
        Delivery::ToCopy,
        Delivery::NotSent,
        Delivery::Copied,
        Delivery::NotCopied,
    ];
    told.map(|delivery| Event::Link(task("ann").sid, link.id, delivery)).to_vec()
}

fn of_viewer(page: &Page) -> Vec<Event> {
    let sid = task("ann").sid;
    let viewer = page.viewer("ann");
    let window = |id: ViewerId| {
        let seen = |sight| Event::WindowSeen(sid.clone(), id, sight);
        vec![
            Event::WindowRefused(sid.clone(), id),
            seen(WindowSight::Blank),
            seen(WindowSight::Foreign),
            seen(WindowSight::Closed),
        ]
    };
    let mut events = vec![Event::PanelReady(sid.clone())];
    if let Some(Attempt::FetchingKey { place: Place::Window { id, .. }, .. }) = viewer.attempt {
        events.extend(window(id));
    }
    match viewer.open {
        Some(Open::Window { id, .. }) => events.extend(window(id)),
        Some(Open::Panel { id, .. }) => {
            events.extend([Event::FrameLoaded(sid.clone(), id), Event::PanelGone(sid.clone(), id)])
        }
        Some(Open::Suspended { .. }) | None => {}
    }
    events
}

fn of_glance(page: &Page) -> Vec<Event> {
    let Some(connection) = page.connection("ann") else { return vec![] };
    let signals = [
        Signal::VisitorConnected(true),
        Signal::VisitorConnected(false),
        Signal::VisitorMoved(VisitorPage::default()),
        Signal::Accepted,
        Signal::Declined,
        Signal::Started,
        Signal::Ended,
        Signal::Unauthorized,
        Signal::Failed,
    ];
    signals.map(|signal| Event::Presence(connection, signal)).to_vec()
}
