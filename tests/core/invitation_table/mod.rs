//! Every state of an invitation with every event.

mod rows;

use std::rc::Rc;

use flex_glance::core::{
    ids::{Ids, InvitationId},
    presence::{PresenceError, PresenceStatus, VisitorPage},
    session::{
        OpenTarget, ViewerRequest,
        invitation::{Command, Context, Event, Invitation},
    },
    time::Moment,
};

use crate::{
    common::{NOW, at, request, request_for, request_with, session_key, table},
    desk_walk::states::invitation as state,
};

/// The invitation of the state that a row begins with, the next one, and one of long ago.
const SENT: InvitationId = InvitationId(1);
const NEW: InvitationId = InvitationId(2);
const OLD: InvitationId = InvitationId(99);

type Row = table::Row<Invitation, Told, Command>;

/// An event, with what presence knows when it comes.
type Told = (Event, PresenceStatus);

/// The request that a state belongs to.
fn own() -> Rc<ViewerRequest> {
    request(OpenTarget::Flex)
}

/// The request that a click brings.
fn clicked() -> Rc<ViewerRequest> {
    request_for("clicked", OpenTarget::Flex)
}

/// One that opens inside the click.
fn clicked_window() -> Rc<ViewerRequest> {
    request_with(OpenTarget::Window, |request| request.session_key = session_key("clicked"))
}

/// The request of the task's visitor.
fn visitor() -> Rc<ViewerRequest> {
    request_for("visitor", OpenTarget::Flex)
}

fn started() -> Moment {
    at(-90_000.0).moment()
}

/// Thirty seconds of the session are certain.
fn certain_until() -> Moment {
    at(-60_000.0).moment()
}

fn in_session(certain_until: Option<Moment>) -> Invitation {
    Invitation::InSession { request: own(), since: started(), certain_until }
}

/// A session that only the task tells of, by its own key.
fn told_state(request: Option<Rc<ViewerRequest>>) -> Invitation {
    Invitation::Told { request, since: started(), is_own: true, deadline_ms: NOW.mono_ms }
}

fn told_event() -> Event {
    let (since, deadline_ms) = (started(), NOW.mono_ms);
    Event::Told { request: Some(own()), since, is_own: true, deadline_ms }
}

/// A session that begins with the event.
fn in_session_now(request: Rc<ViewerRequest>) -> Invitation {
    Invitation::InSession { request, since: NOW.moment(), certain_until: None }
}

fn sent_now(request: Rc<ViewerRequest>) -> Invitation {
    Invitation::Sent { id: NEW, request, deadline_ms: NOW.after(60_000.0) }
}

fn awaiting_presence(request: Rc<ViewerRequest>) -> Invitation {
    Invitation::AwaitingPresence { request, deadline_ms: NOW.after(5_000.0) }
}

fn online() -> PresenceStatus {
    PresenceStatus::Online(VisitorPage::default())
}

fn unknown() -> PresenceStatus {
    PresenceStatus::Unknown(PresenceError::Refused)
}

fn statuses() -> [PresenceStatus; 4] {
    [PresenceStatus::Checking, online(), PresenceStatus::Offline, unknown()]
}

/// The event comes while the visitor is on the site.
fn told(event: Event) -> Told {
    (event, online())
}

fn changed(status: PresenceStatus) -> Told {
    (Event::PresenceChanged, status)
}

fn events() -> Vec<Told> {
    let by_status = |event: Event| statuses().map(|status| (event.clone(), status));
    let mut events = vec![];
    events.extend(by_status(Event::Invite(clicked())));
    events.extend(by_status(Event::Invite(clicked_window())));
    events.extend(by_status(Event::Show(None)));
    events.extend(by_status(Event::AskAgain));
    events.extend(by_status(Event::PresenceChanged));
    events.extend(
        [
            Event::Wait,
            Event::Withdraw,
            Event::ItIsOver,
            Event::GiveWay,
            Event::Accepted,
            Event::Declined,
            Event::Started,
            Event::Ended,
            Event::Undelivered(SENT),
            Event::Undelivered(OLD),
            told_event(),
            Event::ToldOver,
            Event::TaskOver,
            Event::Deadline,
        ]
        .map(told),
    );
    events
}

/// The place of an event's kind in `events`. A new kind does not compile until it is there too.
fn kind(event: &Event) -> usize {
    match event {
        Event::Invite(_) => 0,
        Event::Show(_) => 1,
        Event::AskAgain => 2,
        Event::PresenceChanged => 3,
        Event::Wait => 4,
        Event::Withdraw => 5,
        Event::ItIsOver => 6,
        Event::GiveWay => 7,
        Event::Accepted => 8,
        Event::Declined => 9,
        Event::Started => 10,
        Event::Ended => 11,
        Event::Undelivered(_) => 12,
        Event::Told { .. } => 13,
        Event::ToldOver => 14,
        Event::TaskOver => 15,
        Event::Deadline => 16,
    }
}

fn handle(from: &Invitation, (event, status): Told) -> (Invitation, Vec<Command>) {
    let (mut ids, mut commands, visitor) = (Ids::default(), vec![], visitor());
    let _: InvitationId = ids.issue();
    let mut cx = Context { now: NOW, ids: &mut ids, status: &status, visitor: Some(&visitor) };
    let mut invitation = from.clone();
    invitation.handle(event, &mut cx, &mut commands);
    (invitation, commands)
}

#[test]
fn every_state_and_every_kind_of_event_is_in_the_table() {
    let states: Vec<_> = rows::table().iter().map(|row| state(&row.from)).collect();
    assert_eq!(states, (0..=13).collect::<Vec<_>>());
    let mut kinds: Vec<_> = events().iter().map(|(event, _)| kind(event)).collect();
    kinds.dedup();
    assert_eq!(kinds, (0..=16).collect::<Vec<_>>());
    table::assert_known(rows::table(), &events());
}

#[test]
fn every_state_goes_where_its_row_says_and_asks_for_what_it_says() {
    table::assert_goes(rows::table(), handle);
}

#[test]
fn an_event_that_comes_late_or_twice_changes_nothing() {
    table::assert_stays(rows::table(), &events(), handle);
}

#[test]
fn every_state_but_the_first_and_the_last_knows_the_request_that_it_belongs_to() {
    for Row { from, .. } in rows::table() {
        let is_first_or_last = matches!(from, Invitation::Idle | Invitation::Ended);
        assert_eq!(from.request(), (!is_first_or_last).then(own).as_ref(), "{from:?}");
    }
}

#[test]
fn every_state_has_a_name_of_its_own_in_the_log() {
    let mut names: Vec<_> = rows::table().iter().map(|row| row.from.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 14);
}
