//! Invitation and viewer of one task together.

mod properties;
mod story;

use flex_glance::core::{
    login_key::LoginKeyFailure,
    presence::PresenceStatus,
    session::{
        EndReason, Event, OpenTarget, Request,
        invitation::{self, Invitation},
        viewer::{self, Open, Viewer, WindowSight},
    },
};

use crate::common::request;
use story::{
    Story, accepted, close, declined, ended, in_session, invite, key, open, started, told, typed,
    view,
};

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
        in_session(OpenTarget::Tab)
            .sees(WindowSight::Foreign)
            .sees(WindowSight::Foreign)
            .sees(WindowSight::Closed),
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
