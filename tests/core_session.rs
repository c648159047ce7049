//! Invitation and viewer of one task together.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::rc::Rc;

use common::{at, credentials, request, request_for};
use flex_glance::core::{
    ids::{Ids, ViewerId},
    login_key::LoginKeyFailure,
    presence::{PresenceStatus, VisitorPage},
    session::{
        Context, EndReason, Event, OpenTarget, Request, Session, ViewerRequest,
        invitation::{self, Invitation},
        viewer::{self, Open, Viewer, WindowSight},
    },
    time::Now,
};
use proptest::{prelude::*, sample::select};

/// The session of Ann's task, and what its last event asked for.
#[derive(Clone)]
struct Story {
    session: Session,
    status: PresenceStatus,
    now: Now,
    ids: Ids,
    requests: Vec<Request>,
}

impl Story {
    /// A second passes after each event. The visitor stays on the site.
    fn tell(events: impl IntoIterator<Item = Event>) -> Self {
        let status = PresenceStatus::Online(VisitorPage::default());
        let (session, ids) = (Session::default(), Ids::default());
        let story = Self { session, status, now: at(0.0), ids, requests: vec![] };
        events.into_iter().fold(story, Self::then)
    }

    fn then(mut self, event: Event) -> Self {
        self.happen(event);
        self.pass(1_000.0, 1_000.0);
        self
    }

    fn and(self, events: impl IntoIterator<Item = Event>) -> Self {
        events.into_iter().fold(self, Self::then)
    }

    fn seen(mut self, status: PresenceStatus) -> Self {
        self.status = status;
        self.then(told(invitation::Event::PresenceChanged))
    }

    fn happen(&mut self, event: Event) {
        self.requests.clear();
        let mut cx = Context {
            now: self.now,
            ids: &mut self.ids,
            status: &self.status,
            visitor: Some(&request(OpenTarget::Flex)),
        };
        self.session.handle(event, &mut cx, &mut self.requests);
    }

    fn pass(&mut self, unix_ms: f64, mono_ms: f64) {
        self.now.unix_ms += unix_ms;
        self.now.mono_ms += mono_ms;
    }

    fn end(&self) -> Option<(f64, EndReason)> {
        end(&self.requests)
    }

    /// Looks at the window that is open.
    fn sees(self, sight: WindowSight) -> Self {
        let Some(Open::Window { id, .. }) = &self.session.viewer.open else {
            panic!("{:?}", self.session)
        };
        let id: ViewerId = *id;
        self.then(view(viewer::Event::WindowSeen(id, sight)))
    }

    fn asks_for(&self, wanted: &viewer::Request) -> bool {
        self.requests.contains(&Request::Viewer(wanted.clone()))
    }
}

fn end(requests: &[Request]) -> Option<(f64, EndReason)> {
    requests.iter().find_map(|request| match request {
        Request::ReportEnd { duration_ms, reason } => Some((*duration_ms, *reason)),
        _ => None,
    })
}

fn told(event: invitation::Event) -> Event {
    Event::Invitation(event)
}

fn view(event: viewer::Event) -> Event {
    Event::Viewer(event)
}

fn invite(target: OpenTarget) -> Event {
    told(invitation::Event::Invite(request(target)))
}

fn open(request: Rc<ViewerRequest>) -> Event {
    view(viewer::Event::Open { request, again: false })
}

/// What the agent typed, not the visitor's own key.
fn typed(target: OpenTarget) -> Rc<ViewerRequest> {
    request_for("9999", target)
}

fn key() -> Event {
    view(viewer::Event::LoginKey(Ok(credentials())))
}

fn accepted() -> Event {
    told(invitation::Event::Accepted)
}

fn started() -> Event {
    told(invitation::Event::Started)
}

fn ended() -> Event {
    told(invitation::Event::Ended)
}

fn declined() -> Event {
    told(invitation::Event::Declined)
}

fn close() -> Event {
    view(viewer::Event::Close)
}

fn in_session(target: OpenTarget) -> Story {
    Story::tell([invite(target), accepted(), key(), started()])
}

#[test]
fn in_flex_nothing_opens_before_the_visitor_accepts_and_the_panel_does_then() {
    let story = Story::tell([invite(OpenTarget::Flex)]);
    assert!(matches!(&story.requests[..], [Request::Invite(..)]));
    assert_eq!(story.session.viewer, Viewer::default());
    let story = story.and([accepted(), key()]);
    assert!(matches!(story.session.viewer.open, Some(Open::Panel { .. })));
}

#[test]
fn a_window_opens_before_the_visitor_is_asked_and_goes_when_they_decline() {
    let story = Story::tell([invite(OpenTarget::Window)]);
    let [
        Request::Viewer(viewer::Request::OpenWindow(_, OpenTarget::Window)),
        Request::Viewer(viewer::Request::LoginKey),
        Request::Invite(..),
    ] = &story.requests[..]
    else {
        panic!("{:?}", story.requests)
    };
    for story in [story.clone(), story.then(key())] {
        let story = story.then(declined());
        assert!(story.asks_for(&viewer::Request::CloseWindow));
        assert_eq!(story.session.viewer, Viewer::default());
    }
}

#[test]
fn the_window_that_waits_for_the_visitor_is_not_opened_twice() {
    let story = Story::tell([invite(OpenTarget::Window)]);
    for story in [story.clone(), story.then(key())] {
        let requests = story.then(accepted()).requests;
        let opens =
            |request: &Request| matches!(request, Request::Viewer(viewer::Request::OpenWindow(..)));
        assert!(!requests.iter().any(opens), "{requests:?}");
    }
}

#[test]
fn the_end_is_reported_with_the_time_since_the_start_and_closes_the_panel() {
    let story = in_session(OpenTarget::Flex).then(ended());
    assert_eq!(story.end(), Some((1_000.0, EndReason::Ended)));
    assert!(story.asks_for(&viewer::Request::CloseFrame));
    assert_eq!(story.session.viewer, Viewer::default());
}

#[test]
fn a_page_s_clock_that_is_set_changes_no_duration() {
    for shift_ms in [-3_600_000.0, 3_600_000.0] {
        let mut story = in_session(OpenTarget::Flex);
        story.pass(shift_ms, 500.0);
        assert_eq!(story.then(ended()).end(), Some((1_500.0, EndReason::Ended)));
    }
}

#[test]
fn an_agent_who_closed_the_viewer_is_the_reason_of_the_end_unless_they_came_back() {
    for left in [
        in_session(OpenTarget::Flex).then(close()),
        in_session(OpenTarget::Tab).then(close()),
        in_session(OpenTarget::Tab).sees(WindowSight::Foreign).sees(WindowSight::Closed),
    ] {
        assert_eq!(left.clone().then(ended()).end().unwrap().1, EndReason::AgentLeft);
        let back = left.and([invite(OpenTarget::Flex), key(), ended()]);
        assert_eq!(back.end().unwrap().1, EndReason::Ended);
    }
}

#[test]
fn a_window_that_went_out_of_reach_is_not_the_agent_leaving() {
    let story = in_session(OpenTarget::Tab).sees(WindowSight::Closed);
    assert!(story.session.viewer.open.is_some());
    assert_eq!(story.clone().then(ended()).end().unwrap().1, EndReason::Ended);
    let dismissed = story.and([view(viewer::Event::Dismiss), ended()]);
    assert_eq!(dismissed.end().unwrap().1, EndReason::Ended);
}

#[test]
fn a_panel_that_flex_takes_away_is_not_the_agent_leaving() {
    let story = in_session(OpenTarget::Flex);
    let Some(Open::Panel { id, .. }) = story.session.viewer.open else { panic!() };
    let gone = story.then(view(viewer::Event::PanelGone(id)));
    assert_eq!(gone.clone().then(ended()).end().unwrap().1, EndReason::Ended);
    let back = gone.clone().and([view(viewer::Event::PanelBack), ended()]);
    assert_eq!(back.end().unwrap().1, EndReason::Ended);
    assert_eq!(gone.and([close(), ended()]).end().unwrap().1, EndReason::AgentLeft);
}

#[test]
fn a_viewer_that_is_replaced_is_not_the_agent_leaving() {
    let failed = view(viewer::Event::LoginKey(Err(LoginKeyFailure::Network)));
    let moved = in_session(OpenTarget::Tab).and([open(request(OpenTarget::Flex)), failed, ended()]);
    assert_eq!(moved.end().unwrap().1, EndReason::Ended);
}

#[test]
fn closing_the_viewer_of_another_key_is_not_leaving_the_visitor() {
    let joined = in_session(OpenTarget::Flex).and([open(typed(OpenTarget::Flex)), key(), close()]);
    assert_eq!(joined.then(ended()).end().unwrap().1, EndReason::Ended);
}

#[test]
fn a_viewer_closed_before_the_session_is_not_the_reason_of_its_end() {
    let story = Story::tell([
        invite(OpenTarget::Window),
        key(),
        close(),
        told(invitation::Event::Withdraw),
        started(),
        ended(),
    ]);
    assert_eq!(story.end(), Some((1_000.0, EndReason::Ended)));
}

#[test]
fn a_task_that_goes_is_the_reason_of_the_end_and_closes_the_viewer() {
    let running = in_session(OpenTarget::Window);
    for story in [running.clone(), running.then(close())] {
        let story = story.then(Event::TaskOver);
        assert_eq!(story.end().unwrap().1, EndReason::TaskOver);
        assert!(story.asks_for(&viewer::Request::CloseWindow));
        assert!(story.session.is_idle());
    }
}

#[test]
fn an_agent_who_closes_the_viewer_before_the_session_starts_gives_it_up() {
    let story = Story::tell([invite(OpenTarget::Flex), accepted(), key(), close()]);
    assert_eq!(story.session.invitation, Invitation::Idle);
    let story = story.then(started());
    assert_eq!(story.requests, [Request::ReportStart]);
    assert_eq!(story.session.viewer, Viewer::default());
}

#[test]
fn the_viewer_of_a_typed_key_is_left_alone_by_whatever_the_visitor_does() {
    let asked = Story::tell([invite(OpenTarget::Flex)]);
    let waits = [
        asked.clone(),
        asked.clone().seen(PresenceStatus::Offline),
        asked.clone().then(accepted()),
        asked.clone().and([accepted(), key()]),
        asked.and([accepted(), key(), started()]),
        in_session(OpenTarget::Flex).seen(PresenceStatus::Offline),
        Story::tell([invite(OpenTarget::Window)]),
        Story::tell([invite(OpenTarget::Window), key()]),
    ];
    for (wait, target) in waits.into_iter().zip([OpenTarget::Flex, OpenTarget::Tab].repeat(4)) {
        let joined = wait.and([open(typed(target)), key()]);
        assert!(joined.session.viewer.open.is_some());
        for answer in [
            invitation::Event::Accepted,
            invitation::Event::Declined,
            invitation::Event::Started,
            invitation::Event::Ended,
            invitation::Event::ItIsOver,
            invitation::Event::Withdraw,
            invitation::Event::PresenceChanged,
        ] {
            for status in [joined.status.clone(), PresenceStatus::Offline] {
                let mut story = joined.clone();
                story.status = status;
                story.happen(told(answer.clone()));
                assert_eq!(story.session.viewer, joined.session.viewer, "{answer:?}");
                let acts =
                    |request: &Request| matches!(request, Request::Viewer(_) | Request::Invite(..));
                assert!(!story.requests.iter().any(acts), "{answer:?}: {:?}", story.requests);
            }
        }
    }
}

#[test]
fn closing_the_viewer_of_a_typed_key_gives_up_no_visitor_who_accepted() {
    let joined = [invite(OpenTarget::Flex), accepted(), key(), open(typed(OpenTarget::Tab)), key()];
    let story = Story::tell(joined).then(close());
    assert!(matches!(story.session.invitation, Invitation::Accepted { .. }));
}

#[test]
fn joining_by_another_key_while_a_key_is_fetched_is_done_and_ends_the_wait_for_the_visitor() {
    let story = Story::tell([invite(OpenTarget::Window), open(typed(OpenTarget::Window))]);
    assert_eq!(story.session.viewer.request(), Some(&typed(OpenTarget::Window)));
    assert_eq!(story.session.invitation, Invitation::Idle);
    let story = story.then(key());
    let before = story.session.viewer.clone();
    assert_eq!(before.open.as_ref().unwrap().request(), &typed(OpenTarget::Window));
    assert_eq!(story.then(declined()).session.viewer, before);
}

#[test]
fn the_same_session_in_another_place_still_waits_for_the_answer() {
    let story = Story::tell([
        invite(OpenTarget::Window),
        key(),
        open(request(OpenTarget::Tab)),
        key(),
        declined(),
    ]);
    assert!(matches!(story.session.invitation, Invitation::Declined { .. }));
    assert_eq!(story.session.viewer, Viewer::default());
}

#[test]
fn asking_again_opens_a_window_inside_the_click() {
    let story = Story::tell([invite(OpenTarget::Window), key(), declined()]);
    let story = story.then(told(invitation::Event::AskAgain));
    let [Request::Viewer(viewer::Request::OpenWindow(..)), _, Request::Invite(..)] =
        &story.requests[..]
    else {
        panic!("{:?}", story.requests)
    };
}

#[test]
fn reasons_are_named_as_authors_read_them() {
    let names = [EndReason::Ended, EndReason::AgentLeft, EndReason::TaskOver].map(EndReason::name);
    assert_eq!(names, ["ended", "agent_left", "task_over"]);
}

/// Anything, with what presence knows and how far each clock goes; the page's may go back.
type Happening = (Event, PresenceStatus, f64, f64);

fn invitations() -> impl Strategy<Value = invitation::Event> {
    let targets = select(vec![OpenTarget::Flex, OpenTarget::Tab, OpenTarget::Window]);
    prop_oneof![
        3 => targets.prop_map(|target| invitation::Event::Invite(request(target))),
        6 => select(vec![
            invitation::Event::Accepted,
            invitation::Event::Declined,
            invitation::Event::Started,
            invitation::Event::Ended,
            invitation::Event::Wait,
            invitation::Event::Withdraw,
            invitation::Event::AskAgain,
            invitation::Event::ItIsOver,
            invitation::Event::PresenceChanged,
        ]),
    ]
}

fn viewers() -> impl Strategy<Value = viewer::Event> {
    let ids = || (1..9_u32).prop_map(ViewerId);
    let sights = select(vec![WindowSight::Blank, WindowSight::Foreign, WindowSight::Closed]);
    let plain = select(vec![
        viewer::Event::Open { request: typed(OpenTarget::Flex), again: false },
        viewer::Event::Open { request: request(OpenTarget::Tab), again: true },
        viewer::Event::LoginKey(Ok(credentials())),
        viewer::Event::LoginKey(Ok(credentials())),
        viewer::Event::LoginKey(Err(LoginKeyFailure::Timeout)),
        viewer::Event::Cancel,
        viewer::Event::Close,
        viewer::Event::Dismiss,
        viewer::Event::SignIn,
        viewer::Event::OpenBlocked,
        viewer::Event::LinkFollowed,
        viewer::Event::PanelBack,
    ]);
    prop_oneof![
        6 => plain,
        1 => ids().prop_map(viewer::Event::WindowRefused),
        2 => (ids(), sights).prop_map(|(id, sight)| viewer::Event::WindowSeen(id, sight)),
        1 => ids().prop_map(viewer::Event::PanelGone),
    ]
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let events = prop_oneof![
        6 => invitations().prop_map(Event::Invitation),
        6 => viewers().prop_map(Event::Viewer),
        1 => Just(Event::TaskOver),
        2 => Just(Event::Deadline),
    ];
    let online = PresenceStatus::Online(VisitorPage::default());
    let statuses = select(vec![PresenceStatus::Checking, online, PresenceStatus::Offline]);
    prop::collection::vec((events, statuses, -1e5..1e6, 0.0..1e6), 0..40)
}

/// Takes all events; the last state, and all that was asked for.
fn happen(happenings: Vec<Happening>) -> (Story, Vec<Request>) {
    let (mut story, mut requests) = (Story::tell([]), vec![]);
    for (event, status, unix_ms, mono_ms) in happenings {
        story.pass(unix_ms, mono_ms);
        story.status = status;
        story.happen(event);
        requests.extend(story.requests.clone());
    }
    (story, requests)
}

fn is_in_session(story: &Story) -> bool {
    matches!(story.session.invitation, Invitation::InSession { .. })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn starts_and_ends_are_reported_in_turn_and_no_duration_is_negative(
        happenings in happenings(),
    ) {
        let (story, requests) = happen(happenings);
        let mut is_running = false;
        for request in requests {
            match request {
                Request::ReportStart => {
                    prop_assert!(!is_running);
                    is_running = true;
                }
                Request::ReportEnd { duration_ms, .. } => {
                    prop_assert!(is_running && duration_ms >= 0.0, "{}", duration_ms);
                    is_running = false;
                }
                _ => {}
            }
        }
        prop_assert_eq!(is_running, is_in_session(&story));
    }

    #[test]
    fn a_task_over_leaves_nothing_and_asks_for_nothing_new(happenings in happenings()) {
        let (mut story, _) = happen(happenings);
        let ran = is_in_session(&story);
        story.happen(Event::TaskOver);
        prop_assert!(story.session.is_idle());
        prop_assert_eq!(story.session.deadline(), None);
        let ends = story.requests.iter().filter(|r| matches!(r, Request::ReportEnd { .. })).count();
        prop_assert_eq!(ends, usize::from(ran));
        let is_clearing = |request: &Request| matches!(
            request,
            Request::ReportEnd { reason: EndReason::TaskOver, .. }
                | Request::Viewer(
                    viewer::Request::CancelLoginKey
                        | viewer::Request::CloseWindow
                        | viewer::Request::CloseFrame
                )
        );
        prop_assert!(story.requests.iter().all(is_clearing), "{:?}", story.requests);
    }

    #[test]
    fn an_agent_always_gets_back_to_a_session_that_certainly_runs_or_to_none(
        happenings in happenings(),
    ) {
        let (mut story, _) = happen(happenings);
        let way_out = [
            told(invitation::Event::Withdraw),
            told(invitation::Event::ItIsOver),
            view(viewer::Event::Close),
        ];
        way_out.into_iter().for_each(|event| story.happen(event));
        prop_assert_eq!(&story.session.viewer, &Viewer::default());
        let is_out = matches!(
            story.session.invitation,
            Invitation::Idle | Invitation::Ended | Invitation::InSession { certain_until: None, .. }
        );
        prop_assert!(is_out, "{:?}", story.session);
    }

    #[test]
    fn the_reason_is_the_agent_only_if_they_closed_the_viewer(happenings in happenings()) {
        let agent_closes = |event: &Event| matches!(
            event,
            Event::Viewer(
                viewer::Event::Close | viewer::Event::WindowSeen(_, WindowSight::Closed)
            )
        );
        let without: Vec<_> =
            happenings.into_iter().filter(|(event, ..)| !agent_closes(event)).collect();
        let (_, requests) = happen(without);
        let blames = |request: &Request| {
            matches!(request, Request::ReportEnd { reason: EndReason::AgentLeft, .. })
        };
        prop_assert!(!requests.iter().any(blames), "{:?}", requests);
    }
}
