//! A walk from the start through every state of every machine: none is without a way out.
//!
//! From each state all events of a small alphabet are tried. A state is followed further if it shows a pair
//! of viewer and invitation, or a combination of presence and keys, that was not seen before.

mod events;
pub(crate) mod states;

use std::collections::{BTreeSet, VecDeque};

use flex_glance::core::{
    desk::{Act, Event, Visibility},
    login_key::cache::WAIT_TIMEOUT_MS,
    presence::PresenceStatus,
    session::{
        OpenTarget,
        invitation::Invitation,
        viewer::{Attempt, Open, Viewer},
    },
};

use serde_json::json;

use crate::{
    common::{
        desk::{Page, listed, settings, task},
        session_key,
    },
    policy::policy,
};

/// Everything that the walk finds.
#[derive(Default)]
struct Walk {
    /// The names of single states.
    reached: BTreeSet<String>,
    /// The names of combinations.
    combinations: BTreeSet<String>,
    states: Vec<Page>,
}

fn begin(target: OpenTarget) -> Page {
    let mut page = Page::new(settings(|config| {
        config.target = target;
        config.invite_url = Some("https://shop.example/".to_owned());
        config.policy = policy(&json!({ "attributes": { "not": [events::denied_rule()] } }));
    }));
    page.tell(Event::Tasks(vec![events::ann(false)]));
    page
}

fn walk() -> Walk {
    let mut walk = Walk::default();
    let mut ahead = VecDeque::new();
    for target in [OpenTarget::Flex, OpenTarget::Tab, OpenTarget::Window] {
        let page = begin(target);
        walk.notes(&page);
        ahead.push_back(page);
    }
    while let Some(page) = ahead.pop_front() {
        for event in events::events(&page) {
            let mut next = page.clone();
            events::take(&mut next, event);
            if walk.notes(&next) {
                ahead.push_back(next);
            }
        }
    }
    walk
}

impl Walk {
    /// Whether the page shows something new.
    fn notes(&mut self, page: &Page) -> bool {
        let (session, presence) = (states::session(page), states::presence(page));
        self.reached.extend(session.iter().chain(&presence).cloned());
        // Both are noted, whatever the first of them says.
        let is_new = [session.join(", "), presence.join(", ")]
            .map(|combination| self.combinations.insert(combination))
            .contains(&true);
        if is_new {
            self.states.push(page.clone());
        }
        is_new
    }
}

/// What an act of the agent's makes of the page.
fn after(page: &Page, act: Act) -> Page {
    let mut page = page.clone();
    page.clicks("ann", act);
    page
}

fn some_act_changes<T: PartialEq>(page: &Page, look: impl Fn(&Page) -> T) -> bool {
    let before = look(page);
    events::acts().into_iter().any(|act| look(&after(page, act)) != before)
}

/// Whether the desk wakes within this time.
fn wakes_within(page: &Page, ms: f64) -> bool {
    page.desk.next_deadline().is_some_and(|due_ms| due_ms <= page.now.after(ms))
}

#[test]
fn every_state_of_every_machine_is_reached_and_has_a_way_out() {
    let walk = walk();
    assert_eq!(walk.reached, states::all());
    for page in walk.states {
        if visibility(&page) == Visibility::Hidden {
            assert_hidden_does_nothing(&page);
            continue;
        }
        assert_viewer_can_be_left(&page, &page.viewer("ann"));
        assert_invitation_can_be_left(&page, &page.invitation("ann"));
        assert_presence_goes_on(&page);
        assert_a_deadline_changes_something(page);
    }
}

#[test]
fn from_every_state_silence_ends_every_wait_and_the_end_of_the_task_leaves_nothing() {
    for page in walk().states {
        assert_silence_ends_every_wait(page.clone());
        assert_the_end_leaves_nothing(page);
    }
}

fn visibility(page: &Page) -> Visibility {
    page.desk.visibility(&task("ann").sid)
}

/// The policy hides the task: nothing runs or waits, no act changes that, and the policy alone leaves it.
fn assert_hidden_does_nothing(page: &Page) {
    assert!(page.session("ann").is_none_or(|session| !session.is_running()), "{:?}", page.desk);
    assert!(!page.invitation("ann").waits_to_invite(), "{:?}", page.desk);
    assert!(page.desk.presence().connections().is_empty(), "{:?}", page.desk);
    assert!(!some_act_changes(page, |page| (page.viewer("ann"), page.invitation("ann"))));
    let mut allowed = page.clone();
    allowed.tell(Event::Tasks(vec![events::ann(false)]));
    assert_eq!(visibility(&allowed), Visibility::Shown);
}

fn assert_viewer_can_be_left(page: &Page, viewer: &Viewer) {
    if let Some(attempt) = &viewer.attempt {
        let by_act = some_act_changes(page, |page| page.viewer("ann").attempt);
        assert!(by_act, "{attempt:?}");
        if let Attempt::FetchingKey { .. } = attempt {
            assert!(wakes_within(page, WAIT_TIMEOUT_MS), "{attempt:?}");
        }
    }
    match &viewer.open {
        Some(open @ (Open::Window { .. } | Open::Panel { .. } | Open::Suspended { .. })) => {
            assert!(some_act_changes(page, |page| page.viewer("ann").open), "{open:?}");
        }
        None => {}
    }
}

fn assert_invitation_can_be_left(page: &Page, invitation: &Invitation) {
    let by_act = || some_act_changes(page, |page| page.invitation("ann"));
    match invitation {
        // Nothing waits.
        Invitation::Idle | Invitation::Ended => {}
        // What runs for certain is heard of: there is a connection that will tell of its end.
        Invitation::InSession { certain_until: None, .. } => {
            assert!(page.connection("ann").is_some(), "{:?}", page.desk.presence());
        }
        Invitation::AwaitingPresence { .. } | Invitation::Sent { .. } | Invitation::Told { .. } => {
            assert!(invitation.deadline().is_some(), "{invitation:?}");
            assert!(by_act(), "{invitation:?}");
        }
        Invitation::VisitorAbsent { .. }
        | Invitation::AwaitingVisitor { .. }
        | Invitation::NoResponse { .. }
        | Invitation::Declined { .. }
        | Invitation::VisitorLeft { .. }
        | Invitation::Undelivered { .. }
        | Invitation::Accepted { .. }
        | Invitation::InSession { certain_until: Some(_), .. } => {
            assert!(by_act(), "{invitation:?}");
        }
    }
}

fn assert_presence_goes_on(page: &Page) {
    let presence = page.desk.presence();
    let authorization = presence.authorization();
    if authorization.is_trying() && authorization.deadline().is_none() {
        assert!(wakes_within(page, WAIT_TIMEOUT_MS), "{presence:?}");
    }
    let Some(status) = presence.status(&session_key("ann")) else { return };
    match status {
        PresenceStatus::Checking | PresenceStatus::Unknown(_) => {
            let connection = presence.connections().first().unwrap();
            let goes_on = connection.deadline().is_some() || authorization.is_trying();
            assert!(goes_on, "{presence:?}");
        }
        // The connection will tell.
        PresenceStatus::Online(_) | PresenceStatus::Offline => {
            assert!(page.connection("ann").is_some(), "{presence:?}");
        }
    }
}

fn assert_a_deadline_changes_something(mut page: Page) {
    let Some(due_ms) = page.desk.next_deadline() else { return };
    assert!(due_ms >= page.now.mono_ms, "a deadline of the past is left: {:?}", page.desk);
    let before = format!("{:?}", page.desk);
    events::take(&mut page, events::Happening::Deadline);
    assert_ne!(format!("{:?}", page.desk), before);
}

/// However long nobody answers, what waits for an answer gives up.
fn assert_silence_ends_every_wait(mut page: Page) {
    let end_ms = page.now.after(120_000.0);
    while page.desk.next_deadline().is_some_and(|due_ms| due_ms <= end_ms) {
        events::take(&mut page, events::Happening::Deadline);
    }
    let viewer = page.viewer("ann");
    let is_fetching = matches!(viewer.attempt, Some(Attempt::FetchingKey { .. }));
    assert!(!is_fetching, "{viewer:?}");
    let invitation = page.invitation("ann");
    let waits = matches!(invitation, Invitation::AwaitingPresence { .. } | Invitation::Sent { .. });
    assert!(!waits, "{invitation:?}");
    let status = page.desk.presence().status(&session_key("ann"));
    let is_retried = page.desk.next_deadline().is_some();
    assert!(status.is_none_or(|status| *status != PresenceStatus::Checking) || is_retried);
}

fn assert_the_end_leaves_nothing(mut page: Page) {
    page.tell(Event::Tasks(vec![listed("ann", "completed")]));
    assert!(page.session("ann").is_none());
    assert!(page.desk.presence().connections().is_empty());
    page.tell(Event::Disposed);
    assert_eq!(page.desk.next_deadline(), None, "{:?}", page.desk);
}
