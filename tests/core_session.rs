//! Meeting and viewer of one task together.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::rc::Rc;

use common::{grant, launch, launch_with, session_key};
use flex_glance::core::{
    failure::Failure,
    meeting,
    session::{Command, EndReason, Input, Session, step},
    viewer::{self, Launch, OpenTarget},
    whereabouts::{Page, Whereabouts},
};
use proptest::{prelude::*, sample::select};

const NOW: f64 = 1_750_000_000_000.0;

fn here() -> Whereabouts {
    Whereabouts::Here(Page::default())
}

fn meet(target: OpenTarget) -> Input {
    let at_once = target == OpenTarget::Window;
    Input::Meeting(meeting::Input::Meet { launch: launch(target), at_once })
}

/// What the agent typed, not the visitor's own key.
fn typed(target: OpenTarget) -> Rc<Launch> {
    launch_with(target, |launch| launch.session_key = session_key("9999"))
}

fn told(input: meeting::Input) -> Input {
    Input::Meeting(input)
}

fn view(input: viewer::Input) -> Input {
    Input::Viewer(input)
}

fn key() -> Input {
    view(viewer::Input::KeyGranted(grant()))
}

/// Takes the steps one after another, a second apart, for a visitor who stays on the site; the last
/// state, and the last step's commands.
fn walk(inputs: impl IntoIterator<Item = Input>) -> (Session, Vec<Command>) {
    let start = (Session::default(), vec![]);
    inputs.into_iter().enumerate().fold(start, |(session, _), (second, input)| {
        step(session, input, &here(), NOW + 1_000.0 * second as f64)
    })
}

fn end(commands: &[Command]) -> Option<(f64, EndReason)> {
    commands.iter().find_map(|command| match command {
        Command::ReportEnd { duration_ms, reason } => Some((*duration_ms, *reason)),
        _ => None,
    })
}

fn in_session(target: OpenTarget) -> Vec<Input> {
    vec![meet(target), told(meeting::Input::Accepted), key(), told(meeting::Input::Started)]
}

#[test]
fn in_flex_nothing_opens_before_the_visitor_accepts_and_the_panel_does_then() {
    let (session, commands) = walk([meet(OpenTarget::Flex)]);
    assert_eq!(commands, [Command::Invite(launch(OpenTarget::Flex)), Command::StartPatience]);
    assert_eq!(session.viewer, viewer::State::Ready);

    let (session, _) = walk([meet(OpenTarget::Flex), told(meeting::Input::Accepted), key()]);
    assert!(session.viewer.is_in_panel());
}

#[test]
fn a_window_opens_before_the_visitor_is_asked_and_goes_when_they_decline() {
    let (_, commands) = walk([meet(OpenTarget::Window)]);
    let [
        Command::Viewer(viewer::Command::OpenWindow(OpenTarget::Window)),
        ..,
        Command::Invite(_),
        _,
    ] = &commands[..]
    else {
        panic!("{commands:?}")
    };
    for while_waiting in [vec![], vec![key()]] {
        let story = [meet(OpenTarget::Window)].into_iter().chain(while_waiting);
        let (session, commands) = walk(story.chain([told(meeting::Input::Declined)]));
        assert!(commands.contains(&Command::Viewer(viewer::Command::CloseWindow)));
        assert_eq!(session.viewer, viewer::State::Ready);
    }
}

#[test]
fn the_window_that_waits_for_the_visitor_is_not_opened_twice() {
    for while_waiting in [vec![], vec![key()]] {
        let story = [meet(OpenTarget::Window)].into_iter().chain(while_waiting);
        let (_, commands) = walk(story.chain([told(meeting::Input::Accepted)]));
        let opens =
            |command: &Command| matches!(command, Command::Viewer(viewer::Command::OpenWindow(_)));
        assert!(!commands.iter().any(opens), "{commands:?}");
    }
}

#[test]
fn the_end_is_reported_with_the_time_since_the_start() {
    let story = in_session(OpenTarget::Flex);
    let (session, commands) = walk(story.into_iter().chain([told(meeting::Input::Ended)]));
    assert_eq!(end(&commands), Some((1_000.0, EndReason::Ended)));
    assert_eq!(commands.last(), Some(&Command::Viewer(viewer::Command::CloseFrame)));
    assert_eq!(session.viewer, viewer::State::Ready);
}

#[test]
fn a_clock_that_is_set_back_makes_no_negative_duration() {
    let (session, _) = walk(in_session(OpenTarget::Flex));
    let (_, commands) = step(session, told(meeting::Input::Ended), &here(), NOW - 3_600_000.0);
    assert_eq!(end(&commands), Some((0.0, EndReason::Ended)));
}

#[test]
fn an_agent_who_closed_the_viewer_is_the_reason_of_the_end_unless_they_came_back() {
    let left = |target, way: viewer::Input| {
        let mut story = in_session(target);
        story.push(view(way));
        story
    };
    for story in [
        left(OpenTarget::Flex, viewer::Input::Close),
        left(OpenTarget::Tab, viewer::Input::Close),
        left(OpenTarget::Tab, viewer::Input::WindowClosed),
    ] {
        let ended = story.iter().cloned().chain([told(meeting::Input::Ended)]);
        assert_eq!(end(&walk(ended).1).unwrap().1, EndReason::AgentLeft);

        let back = [meet(OpenTarget::Flex), key(), told(meeting::Input::Ended)];
        let ended = story.into_iter().chain(back);
        assert_eq!(end(&walk(ended).1).unwrap().1, EndReason::Ended);
    }
}

#[test]
fn a_panel_that_flex_takes_away_is_not_the_agent_leaving() {
    let gone = || in_session(OpenTarget::Flex).into_iter().chain([view(viewer::Input::PanelGone)]);
    let (_, commands) = walk(gone().chain([told(meeting::Input::Ended)]));
    assert_eq!(end(&commands).unwrap().1, EndReason::Ended);

    let back = [view(viewer::Input::PanelBack), told(meeting::Input::Ended)];
    assert_eq!(end(&walk(gone().chain(back)).1).unwrap().1, EndReason::Ended);

    let closed = [view(viewer::Input::Close), told(meeting::Input::Ended)];
    assert_eq!(end(&walk(gone().chain(closed)).1).unwrap().1, EndReason::AgentLeft);
}

#[test]
fn a_viewer_that_is_replaced_is_not_the_agent_leaving() {
    let moved = [
        view(viewer::Input::Launch(launch(OpenTarget::Flex))),
        view(viewer::Input::KeyFailed(Failure::Network)),
        told(meeting::Input::Ended),
    ];
    let (_, commands) = walk(in_session(OpenTarget::Tab).into_iter().chain(moved));
    assert_eq!(end(&commands).unwrap().1, EndReason::Ended);
}

#[test]
fn a_viewer_closed_before_the_session_is_not_the_reason_of_its_end() {
    let (_, commands) = walk([
        meet(OpenTarget::Window),
        key(),
        view(viewer::Input::Close),
        told(meeting::Input::PatienceOver),
        told(meeting::Input::Withdraw),
        told(meeting::Input::Started),
        told(meeting::Input::Ended),
    ]);
    assert_eq!(end(&commands), Some((1_000.0, EndReason::Ended)));
}

#[test]
fn a_task_that_goes_is_the_reason_of_the_end_and_closes_the_viewer() {
    for leave in [None, Some(view(viewer::Input::Close))] {
        let story = in_session(OpenTarget::Window).into_iter().chain(leave);
        let (session, commands) = walk(story.chain([Input::TaskOver]));
        assert_eq!(end(&commands).unwrap().1, EndReason::TaskOver);
        assert!(commands.contains(&Command::Viewer(viewer::Command::CloseWindow)));
        assert_eq!(session.meeting, meeting::State::Apart);
        assert_eq!(session.viewer, viewer::State::Ready);
    }
}

#[test]
fn an_agent_who_closes_the_viewer_before_the_session_starts_gives_it_up() {
    let accepted = [meet(OpenTarget::Flex), told(meeting::Input::Accepted), key()];
    let (session, _) = walk(accepted.into_iter().chain([view(viewer::Input::Close)]));
    assert_eq!(session.meeting, meeting::State::Apart);

    let (session, commands) = step(session, told(meeting::Input::Started), &here(), NOW);
    assert_eq!(commands, [Command::ReportStart]);
    assert_eq!(session.viewer, viewer::State::Ready);
}

#[test]
fn the_viewer_of_a_typed_key_is_left_alone_by_the_visitors_answer() {
    let waits = [
        vec![meet(OpenTarget::Flex)],
        vec![meet(OpenTarget::Flex), told(meeting::Input::PatienceOver)],
        vec![meet(OpenTarget::Flex), told(meeting::Input::Seen(Whereabouts::Away))],
    ];
    for wait in waits {
        let joined = [view(viewer::Input::Launch(typed(OpenTarget::Flex))), key()];
        let (session, _) = walk(wait.into_iter().chain(joined));
        for answer in [
            meeting::Input::Accepted,
            meeting::Input::Declined,
            meeting::Input::Started,
            meeting::Input::NotReached,
            meeting::Input::Seen(Whereabouts::Away),
            meeting::Input::Seen(here()),
        ] {
            let (after, commands) = step(session.clone(), told(answer.clone()), &here(), NOW);
            assert_eq!(after.viewer, session.viewer, "{answer:?}");
            let acts =
                |command: &Command| matches!(command, Command::Viewer(_) | Command::Invite(_));
            assert!(!commands.iter().any(acts), "{answer:?}: {commands:?}");
        }
    }
}

#[test]
fn the_same_session_in_another_place_still_waits_for_the_answer() {
    let (session, _) = walk([
        meet(OpenTarget::Window),
        key(),
        view(viewer::Input::Launch(launch(OpenTarget::Tab))),
        key(),
        told(meeting::Input::Declined),
    ]);
    assert!(matches!(session.meeting, meeting::State::Declined { .. }));
    assert_eq!(session.viewer, viewer::State::Ready);
}

#[test]
fn time_is_shown_while_a_session_runs_or_a_viewer_is_open() {
    assert!(!Session::default().has_timer());
    assert!(!walk([meet(OpenTarget::Flex)]).0.has_timer());
    assert!(walk([meet(OpenTarget::Window), key()]).0.has_timer());
    assert!(walk([told(meeting::Input::Started)]).0.has_timer());
    assert!(!walk([told(meeting::Input::Started), told(meeting::Input::Ended)]).0.has_timer());
}

#[test]
fn reasons_are_named_as_authors_read_them() {
    let names = [EndReason::Ended, EndReason::AgentLeft, EndReason::TaskOver].map(EndReason::name);
    assert_eq!(names, ["ended", "agent_left", "task_over"]);
}

/// Anything, with what presence knows and how far the clock goes, now and then backwards.
type Event = (Input, Whereabouts, f64);

fn meetings() -> impl Strategy<Value = meeting::Input> {
    let targets = select(vec![OpenTarget::Flex, OpenTarget::Tab, OpenTarget::Window]);
    prop_oneof![
        3 => (targets, any::<bool>())
            .prop_map(|(target, at_once)| meeting::Input::Meet { launch: launch(target), at_once }),
        6 => select(vec![
            meeting::Input::Accepted,
            meeting::Input::Declined,
            meeting::Input::Started,
            meeting::Input::Ended,
            meeting::Input::NotReached,
            meeting::Input::PatienceOver,
            meeting::Input::Wait,
            meeting::Input::Withdraw,
        ]),
        2 => places().prop_map(meeting::Input::Seen),
    ]
}

fn viewers() -> impl Strategy<Value = viewer::Input> {
    select(vec![
        viewer::Input::Launch(typed(OpenTarget::Flex)),
        viewer::Input::Launch(launch(OpenTarget::Tab)),
        viewer::Input::KeyGranted(grant()),
        viewer::Input::KeyFailed(Failure::Timeout),
        viewer::Input::WindowBlocked,
        viewer::Input::WindowClosed,
        viewer::Input::FrameArrived,
        viewer::Input::Cancel,
        viewer::Input::Close,
        viewer::Input::Dismiss,
        viewer::Input::PanelGone,
        viewer::Input::PanelBack,
    ])
}

fn places() -> impl Strategy<Value = Whereabouts> {
    select(vec![Whereabouts::Checking, here(), Whereabouts::Away])
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let inputs = prop_oneof![
        6 => meetings().prop_map(Input::Meeting),
        5 => viewers().prop_map(Input::Viewer),
        1 => Just(Input::TaskOver),
    ];
    prop::collection::vec((inputs, places(), -1e5..1e6), 0..40)
}

/// Takes all events; the last state, and all that was asked for.
fn happen(events: Vec<Event>) -> (Session, f64, Vec<Command>) {
    let start = (Session::default(), NOW, vec![]);
    events.into_iter().fold(start, |(session, now_ms, mut commands), (input, place, after_ms)| {
        let now_ms = now_ms + after_ms;
        let (session, asked) = step(session, input, &place, now_ms);
        commands.extend(asked);
        (session, now_ms, commands)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn starts_and_ends_are_reported_in_turn_and_no_duration_is_negative(events in events()) {
        let (session, _, commands) = happen(events);
        let mut is_running = false;
        for command in commands {
            match command {
                Command::ReportStart => {
                    prop_assert!(!is_running);
                    is_running = true;
                }
                Command::ReportEnd { duration_ms, .. } => {
                    prop_assert!(is_running && duration_ms >= 0.0, "{}", duration_ms);
                    is_running = false;
                }
                _ => {}
            }
        }
        prop_assert_eq!(is_running, session.meeting.in_session_since_ms().is_some());
    }

    #[test]
    fn a_task_over_leaves_nothing_and_asks_for_nothing_new(events in events()) {
        let (session, now_ms, _) = happen(events);
        let ran = session.meeting.in_session_since_ms().is_some();
        let (session, commands) = step(session, Input::TaskOver, &here(), now_ms);
        prop_assert_eq!(&session.meeting, &meeting::State::Apart);
        prop_assert_eq!(&session.viewer, &viewer::State::Ready);
        let ends = commands.iter().filter(|c| matches!(c, Command::ReportEnd { .. })).count();
        prop_assert_eq!(ends, usize::from(ran));
        let is_clearing = |command: &Command| matches!(
            command,
            Command::ReportEnd { reason: EndReason::TaskOver, .. }
                | Command::Viewer(
                    viewer::Command::CancelRequest
                        | viewer::Command::CloseWindow
                        | viewer::Command::CloseFrame
                )
        );
        prop_assert!(commands.iter().all(is_clearing), "{:?}", commands);
    }

    #[test]
    fn an_agent_always_gets_back_to_a_session_that_runs_or_to_none(events in events()) {
        let (session, now_ms, _) = happen(events);
        let mut session = session;
        for way_out in [
            told(meeting::Input::Withdraw),
            view(viewer::Input::Cancel),
            view(viewer::Input::Dismiss),
            view(viewer::Input::Close),
            view(viewer::Input::Close),
        ] {
            session = step(session, way_out, &here(), now_ms).0;
        }
        prop_assert_eq!(&session.viewer, &viewer::State::Ready);
        let is_out = session.meeting.in_session_since_ms().is_some()
            || [meeting::State::Apart, meeting::State::Over].contains(&session.meeting);
        prop_assert!(is_out, "{:?}", session);
    }

    #[test]
    fn the_reason_is_the_agent_only_if_they_closed_the_viewer(events in events()) {
        let agent_closes = |input: &Input| matches!(
            input,
            Input::Viewer(viewer::Input::Close | viewer::Input::WindowClosed)
        );
        let without: Vec<_> =
            events.into_iter().filter(|(input, ..)| !agent_closes(input)).collect();
        let (.., commands) = happen(without);
        let blames = |command: &Command| {
            matches!(command, Command::ReportEnd { reason: EndReason::AgentLeft, .. })
        };
        prop_assert!(!commands.iter().any(blames), "{:?}", commands);
    }
}
