//! What each state makes of each event.

use Command::{CloseWaiting, Open, ReportEnd, ReportLost, ReportStart, Send};
use PresenceStatus::{Checking, Offline};

use super::*;

type Change = (Told, Invitation, Vec<Command>);

fn change(told: Told, to: Invitation, commands: &[Command]) -> Change {
    (told, to, commands.to_vec())
}

/// A click starts an invitation.
fn invites() -> Vec<Change> {
    let (panel, window) = (clicked(), clicked_window());
    let click = |request: &Rc<ViewerRequest>, status| (Event::Invite(request.clone()), status);
    let open_and_send = [Open(window.clone()), Send(NEW, window.clone())];
    let mut changes = vec![
        change(click(&panel, online()), sent_now(panel.clone()), &[Send(NEW, panel.clone())]),
        change(click(&window, online()), sent_now(window.clone()), &open_and_send),
    ];
    for request in [panel, window] {
        let absent = Invitation::VisitorAbsent { request: request.clone() };
        changes.extend([
            change(click(&request, Checking), awaiting_presence(request.clone()), &[]),
            change(click(&request, Offline), absent, &[]),
            change(click(&request, unknown()), Invitation::Idle, &[Open(request.clone())]),
        ]);
    }
    changes
}

/// A click shows the session that the visitor agreed to, and asks nobody.
fn shows(state: &Invitation) -> Vec<Change> {
    let clicks = [clicked(), clicked_window()];
    let told = clicks
        .into_iter()
        .flat_map(|request| statuses().map(|status| (Event::Invite(request.clone()), status)));
    let told = told.chain(statuses().map(|status| (Event::Show(None), status)));
    told.map(|told| change(told, state.clone(), &[Open(own())])).collect()
}

/// The task says that a session runs.
fn hears() -> Vec<Change> {
    each([told_event()], &told_state(Some(own())), &[])
}

/// A click shows a session that the task tells of. Without presence the viewer says all that is known then.
fn shows_told(state: &Invitation, commands: &[Command]) -> Vec<Change> {
    let events = [Event::Show(None), Event::Invite(clicked()), Event::Invite(clicked_window())];
    let all = events.into_iter().flat_map(|event| statuses().map(|status| (event.clone(), status)));
    all.map(|told| match told.1 {
        PresenceStatus::Unknown(_) => change(told, Invitation::Idle, commands),
        _ => change(told, state.clone(), commands),
    })
    .collect()
}

/// The agent asks for the same session again.
fn asks_again(first: &[Command]) -> Vec<Change> {
    let with = |last: Vec<Command>| [first.to_vec(), last].concat();
    let told = |status| (Event::AskAgain, status);
    vec![
        (told(Checking), awaiting_presence(own()), with(vec![])),
        (told(online()), sent_now(own()), with(vec![Send(NEW, own())])),
        (told(Offline), Invitation::VisitorAbsent { request: own() }, with(vec![])),
        (told(unknown()), Invitation::Idle, with(vec![Open(own())])),
    ]
}

/// The visitor's answer comes to an agent who waits for it.
fn answers_that_open() -> Vec<Change> {
    vec![
        change(told(Event::Accepted), Invitation::Accepted { request: own() }, &[Open(own())]),
        change(told(Event::Started), in_session_now(own()), &[ReportStart, Open(own())]),
    ]
}

/// The visitor's answer comes to an agent who waits no longer.
fn answers(request: &Rc<ViewerRequest>) -> Vec<Change> {
    let accepted = Invitation::Accepted { request: request.clone() };
    vec![
        change(told(Event::Accepted), accepted, &[]),
        change(told(Event::Started), in_session_now(request.clone()), &[ReportStart]),
    ]
}

/// Each of the events leads to the same.
fn each(
    events: impl IntoIterator<Item = Event>,
    to: &Invitation,
    commands: &[Command],
) -> Vec<Change> {
    events.into_iter().map(|event| change(told(event), to.clone(), commands)).collect()
}

fn gives_up() -> [Event; 3] {
    [Event::Withdraw, Event::GiveWay, Event::TaskOver]
}

fn ends(after_ms: f64) -> Command {
    ReportEnd { request: Some(own()), duration_ms: after_ms }
}

fn row(from: Invitation, changes: impl IntoIterator<Item = Vec<Change>>) -> Row {
    Row { from, changes: changes.into_iter().flatten().collect() }
}

pub(crate) fn table() -> Vec<Row> {
    let request = own();
    let idle = Invitation::Idle;
    let absent = Invitation::VisitorAbsent { request: request.clone() };
    let awaiting_visitor = Invitation::AwaitingVisitor { request: request.clone() };
    let no_response = Invitation::NoResponse { request: request.clone() };
    let declined = Invitation::Declined { request: request.clone() };
    let left = Invitation::VisitorLeft { request: request.clone() };
    let undelivered = Invitation::Undelivered { request: request.clone() };
    let accepted = Invitation::Accepted { request: request.clone() };
    let close = [CloseWaiting(request.clone())];
    let send = [Send(NEW, request.clone())];
    let open = [Open(request.clone())];
    vec![
        row(idle.clone(), [invites(), hears(), answers(&visitor())]),
        row(
            Invitation::AwaitingPresence { request: request.clone(), deadline_ms: NOW.mono_ms },
            [
                invites(),
                each(gives_up(), &idle, &[]),
                vec![
                    change(changed(online()), sent_now(own()), &send),
                    change(changed(Offline), absent.clone(), &[]),
                    change(changed(unknown()), idle.clone(), &open),
                    change(told(Event::Deadline), idle.clone(), &open),
                ],
                answers_that_open(),
            ],
        ),
        row(
            absent.clone(),
            [
                invites(),
                each(gives_up(), &idle, &[]),
                each([Event::Wait], &awaiting_visitor, &[]),
                vec![change(changed(online()), idle.clone(), &[])],
                answers(&request),
            ],
        ),
        row(
            awaiting_visitor.clone(),
            [
                each(gives_up(), &idle, &[]),
                vec![change(changed(online()), sent_now(own()), &send)],
                answers_that_open(),
            ],
        ),
        row(
            Invitation::Sent { id: SENT, request: request.clone(), deadline_ms: NOW.mono_ms },
            [
                each([Event::Withdraw], &idle, &close),
                each([Event::GiveWay, Event::TaskOver], &idle, &[]),
                vec![change(changed(Offline), left.clone(), &close)],
                each([Event::Declined], &declined, &close),
                each([Event::Undelivered(SENT)], &undelivered, &close),
                each([Event::Deadline], &no_response, &[]),
                answers_that_open(),
            ],
        ),
        row(
            no_response.clone(),
            [
                invites(),
                asks_again(&[]),
                each([Event::Withdraw], &idle, &close),
                each([Event::GiveWay, Event::TaskOver], &idle, &[]),
                vec![change(changed(Offline), left.clone(), &close)],
                each([Event::Declined], &declined, &close),
                answers_that_open(),
            ],
        ),
        row(
            declined,
            [invites(), asks_again(&[]), each(gives_up(), &idle, &[]), answers(&request)],
        ),
        row(
            left,
            [
                invites(),
                asks_again(&[]),
                each(gives_up(), &idle, &[]),
                each([Event::Wait], &awaiting_visitor, &[]),
                vec![change(changed(online()), idle.clone(), &[])],
                answers_that_open(),
            ],
        ),
        row(
            undelivered,
            [invites(), asks_again(&[]), each(gives_up(), &idle, &[]), answers(&request)],
        ),
        row(
            accepted.clone(),
            [
                shows(&accepted),
                each([Event::Withdraw, Event::Declined, Event::Ended], &idle, &close),
                each([Event::TaskOver], &idle, &[]),
                each([Event::Started], &in_session_now(own()), &[ReportStart]),
            ],
        ),
        row(
            in_session(None),
            [
                shows(&in_session(None)),
                [Checking, Offline, unknown()]
                    .map(|status| change(changed(status), in_session(Some(NOW.moment())), &[]))
                    .to_vec(),
                each([Event::Ended], &Invitation::Ended, &[ends(90_000.0)]),
                each([Event::TaskOver], &idle, &[ends(90_000.0)]),
            ],
        ),
        row(
            in_session(Some(certain_until())),
            [
                shows(&in_session(Some(certain_until()))),
                asks_again(&[ends(30_000.0)]),
                each([Event::Accepted, Event::Started], &in_session(None), &[]),
                each([Event::ItIsOver], &Invitation::Ended, &[ends(30_000.0)]),
                each([Event::Ended], &Invitation::Ended, &[ends(90_000.0)]),
                each([Event::TaskOver], &idle, &[ends(30_000.0)]),
            ],
        ),
        row(
            Invitation::Ended,
            [
                invites(),
                hears(),
                answers(&visitor()),
                each(gives_up(), &idle, &[]),
                statuses().map(|status| change(changed(status), idle.clone(), &[])).to_vec(),
            ],
        ),
        row(
            told_state(Some(own())),
            [
                shows_told(&told_state(Some(own())), &open),
                each([Event::Accepted, Event::Started], &in_session(None), &[]),
                each([Event::ItIsOver], &Invitation::Ended, &[ends(0.0)]),
                each([Event::Ended], &Invitation::Ended, &[ends(90_000.0)]),
                each([Event::ToldOver, Event::GiveWay, Event::TaskOver], &idle, &[]),
                each([Event::Deadline], &idle, &[ReportLost]),
            ],
        ),
    ]
}
