//! What holds in any order of events.

use flex_glance::core::{
    ids::ViewerId,
    login_key::LoginKeyFailure,
    presence::{PresenceStatus, VisitorPage},
    session::{
        EndReason, Event, OpenTarget, Request,
        invitation::{self, Invitation},
        viewer::{self, Viewer, WindowSight},
    },
};
use proptest::{prelude::*, sample::select};

use crate::{
    common::{credentials, request},
    session::story::{Story, told, typed, view},
};

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
