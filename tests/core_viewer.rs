//! The ways an agent goes through a viewer's states.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::rc::Rc;

use common::{ENCODED_LOGIN_KEY, grant, launch, launch_with, refused, session_key};
use flex_glance::core::{
    failure::Failure,
    group_id::GroupId,
    prop::Prop,
    viewer::{Command, Frame, Input, Launch, OpenTarget, State, step},
};

const NOW: f64 = 1_750_000_000_000.0;

/// Takes the steps one after another; the last state, and the last step's commands.
fn walk(inputs: impl IntoIterator<Item = Input>) -> (State, Vec<Command>) {
    let start = (State::Ready, vec![]);
    inputs.into_iter().fold(start, |(state, _), input| step(state, input, NOW))
}

fn opened(target: OpenTarget) -> State {
    walk([Input::Launch(launch(target)), Input::KeyGranted(grant())]).0
}

fn place(launch: Rc<Launch>, has_panel: bool) -> Rc<Launch> {
    Rc::unwrap_or_clone(launch).place(|| has_panel).into()
}

#[test]
fn a_tab_opens_blank_inside_the_click_and_goes_to_the_viewer_with_the_key() {
    for target in [OpenTarget::Tab, OpenTarget::Window] {
        let (state, commands) = step(State::Ready, Input::Launch(launch(target)), NOW - 900.0);
        let expected = [Command::OpenWindow(target), Command::RequestKey];
        assert_eq!(commands, expected);

        let (state, commands) = step(state, Input::KeyGranted(grant()), NOW);
        let Some(Command::Navigate(url)) = commands.last() else { panic!("{commands:?}") };
        assert!(url.expose().starts_with(
            "https://glance.example/agentjoin/AgentView.aspx?SessionKey=1234&Wait=1&"
        ));
        assert!(url.expose().ends_with(&format!("&loginkey={ENCODED_LOGIN_KEY}")));
        assert!(matches!(state, State::InWindow { held: true, .. }));
        assert_eq!(state.opened_at_ms(), Some(NOW));
    }
}

#[test]
fn in_flex_no_window_opens_and_the_frame_comes_with_the_key() {
    let (_, commands) = walk([Input::Launch(launch(OpenTarget::Flex))]);
    assert_eq!(commands, [Command::RequestKey]);

    let (state, commands) =
        walk([Input::Launch(launch(OpenTarget::Flex)), Input::KeyGranted(grant())]);
    assert!(matches!(commands.last(), Some(Command::ShowFrame(_))));
    assert!(!commands.iter().any(|c| matches!(c, Command::OpenWindow(_) | Command::Navigate(_))));
    assert_eq!(state.opened_at_ms(), Some(NOW));
}

#[test]
fn a_blocked_window_leaves_a_link_with_the_key_that_the_agent_follows() {
    let (state, _) = walk([
        Input::Launch(launch(OpenTarget::Tab)),
        Input::WindowBlocked,
        Input::KeyGranted(grant()),
    ]);
    let State::Blocked { url, .. } = &state else { panic!("{state:?}") };
    let url = url.clone();
    assert!(url.expose().contains(ENCODED_LOGIN_KEY));

    let (held, commands) = step(state.clone(), Input::LinkFollowed { held: true }, NOW + 5.0);
    assert_eq!(commands, [Command::CloseFrame, Command::Navigate(url)]);
    assert!(held.has_window());
    assert_eq!(held.opened_at_ms(), Some(NOW + 5.0));

    let (elsewhere, commands) = step(state, Input::LinkFollowed { held: false }, NOW);
    assert_eq!(commands, [Command::CloseFrame]);
    assert!(!elsewhere.has_window());
}

#[test]
fn every_failure_of_the_key_is_told() {
    for failure in [Failure::Network, Failure::MalformedKey, Failure::KeyLifetime, refused()] {
        let (state, _) =
            walk([Input::Launch(launch(OpenTarget::Tab)), Input::KeyFailed(failure.clone())]);
        let expected = State::Failed { launch: launch(OpenTarget::Tab), failure, kept: None };
        assert_eq!(state, expected);
    }
}

#[test]
fn a_failed_key_closes_the_blank_window() {
    let (state, commands) =
        walk([Input::Launch(launch(OpenTarget::Tab)), Input::KeyFailed(Failure::Timeout)]);
    assert!(commands.contains(&Command::CloseWindow));
    assert!(!state.has_window());
}

#[test]
fn after_a_failure_the_agent_tries_again_signs_in_by_hand_or_dismisses_it() {
    let (failed, _) =
        walk([Input::Launch(launch(OpenTarget::Flex)), Input::KeyFailed(Failure::Network)]);
    let (again, _) = step(failed.clone(), Input::Launch(launch(OpenTarget::Flex)), NOW);
    assert!(matches!(again, State::FetchingKey { .. }));

    let (signing_in, commands) = step(failed.clone(), Input::SignIn, NOW);
    let [Command::CloseFrame, Command::OpenWindow(OpenTarget::Tab), Command::Navigate(url)] =
        &commands[..]
    else {
        panic!("{commands:?}")
    };
    assert!(url.expose().ends_with("?SessionKey=1234&Wait=1"));
    assert!(signing_in.has_window());
    let (blocked, _) = step(signing_in, Input::WindowBlocked, NOW);
    let State::Blocked { url: link, .. } = &blocked else { panic!("{blocked:?}") };
    assert_eq!(link, url);

    assert_eq!(step(failed, Input::Dismiss, NOW), (State::Ready, vec![]));
}

#[test]
fn the_same_session_is_brought_to_the_front_and_not_opened_again() {
    for target in [OpenTarget::Tab, OpenTarget::Window, OpenTarget::Flex] {
        let open = opened(target);
        let (state, commands) = step(open.clone(), Input::Launch(launch(target)), NOW + 9.0);
        assert_eq!((state, commands), (open, vec![Command::BringToFront]));
    }
}

#[test]
fn another_key_group_server_or_place_replaces_the_open_session() {
    let changes: [fn(&mut Launch); 4] = [
        |launch| launch.session_key = session_key("5678"),
        |launch| launch.group_id = GroupId::parse(&Prop::from(72)).unwrap(),
        |launch| launch.web = "https://beta.example".to_owned(),
        |launch| launch.target = OpenTarget::Flex,
    ];
    for change in changes {
        let wanted = launch_with(OpenTarget::Tab, change);
        let (state, commands) = step(opened(OpenTarget::Tab), Input::Launch(wanted.clone()), NOW);
        assert_eq!(state.launch(), Some(&wanted));
        assert!(commands.contains(&Command::RequestKey));
    }
}

#[test]
fn the_old_viewer_goes_when_the_new_one_has_its_key() {
    let moved = |from, to| {
        let (state, _) = step(opened(from), Input::Launch(launch(to)), NOW);
        step(state, Input::KeyGranted(grant()), NOW).1
    };
    assert!(moved(OpenTarget::Flex, OpenTarget::Tab).contains(&Command::CloseFrame));
    assert!(moved(OpenTarget::Tab, OpenTarget::Flex).contains(&Command::CloseWindow));
}

#[test]
fn the_panel_s_viewer_stays_when_the_one_in_a_tab_does_not_come() {
    let panel = opened(OpenTarget::Flex);
    let to_tab = Input::Launch(launch(OpenTarget::Tab));
    let (fetching, _) = step(panel.clone(), to_tab.clone(), NOW + 1.0);
    assert!(fetching.is_in_panel());

    let (cancelled, commands) = step(fetching.clone(), Input::Cancel, NOW + 2.0);
    assert_eq!(cancelled, panel);
    assert!(!commands.contains(&Command::CloseFrame));

    let (failed, commands) = step(fetching, Input::KeyFailed(refused()), NOW + 2.0);
    assert_eq!(commands, [Command::CloseWindow]);
    assert!(failed.is_in_panel());
    let (again, _) = step(failed.clone(), to_tab, NOW + 3.0);
    let (moved, commands) = step(again, Input::KeyGranted(grant()), NOW + 4.0);
    assert!(matches!(moved, State::InWindow { .. }));
    assert_eq!(commands.first(), Some(&Command::CloseFrame));

    let (back, _) = step(failed.clone(), Input::Dismiss, NOW + 5.0);
    assert_eq!(back, panel);
    let (lost, commands) = step(failed, Input::PanelGone, NOW + 5.0);
    assert!(!lost.is_in_panel());
    assert_eq!(commands, [Command::CloseFrame]);
}

#[test]
fn a_session_that_glance_ends_closes_its_frame_and_leaves_a_window_to_the_agent() {
    let (state, commands) = step(opened(OpenTarget::Flex), Input::SessionEnded, NOW);
    assert_eq!((state, commands), (State::Ready, vec![Command::CloseFrame]));

    let window = opened(OpenTarget::Window);
    assert_eq!(step(window.clone(), Input::SessionEnded, NOW), (window, vec![]));
}

#[test]
fn a_session_whose_panel_went_reopens_once_when_it_is_back() {
    let (gone, commands) = step(opened(OpenTarget::Flex), Input::PanelGone, NOW);
    assert_eq!(commands, [Command::CloseFrame]);
    let (state, commands) = step(gone, Input::PanelBack, NOW);
    assert_eq!(commands, [Command::RequestKey]);
    assert_eq!(step(state.clone(), Input::PanelBack, NOW), (state.clone(), vec![]));
    let (open, commands) = step(state, Input::KeyGranted(grant()), NOW + 7.0);
    assert!(matches!(commands.last(), Some(Command::ShowFrame(_))));
    assert_eq!(open.opened_at_ms(), Some(NOW + 7.0));
    assert_eq!(step(open.clone(), Input::PanelBack, NOW), (open, vec![]));
}

#[test]
fn a_frame_that_is_slow_may_still_arrive_and_one_that_arrived_is_never_slow() {
    let (slow, _) = step(opened(OpenTarget::Flex), Input::FrameSlow, NOW);
    assert!(matches!(slow, State::InPanel { frame: Frame::Slow, .. }));
    let (arrived, _) = step(slow, Input::FrameArrived, NOW);
    assert!(matches!(arrived, State::InPanel { frame: Frame::Arrived, .. }));
    assert_eq!(step(arrived.clone(), Input::FrameSlow, NOW), (arrived, vec![]));
}

#[test]
fn a_key_that_comes_after_cancel_opens_nothing() {
    let (state, commands) =
        walk([Input::Launch(launch(OpenTarget::Tab)), Input::Cancel, Input::KeyGranted(grant())]);
    assert_eq!((state, commands), (State::Ready, vec![]));
}

#[test]
fn without_a_panel_the_viewer_opens_in_a_tab_and_says_so_until_dismissed() {
    let placed = place(launch(OpenTarget::Flex), false);
    assert_eq!((placed.target, placed.without_panel), (OpenTarget::Tab, true));
    for (target, has_panel) in
        [(OpenTarget::Flex, true), (OpenTarget::Tab, false), (OpenTarget::Window, false)]
    {
        assert_eq!(place(launch(target), has_panel), launch(target));
    }
    let (state, _) = walk([Input::Launch(placed), Input::KeyGranted(grant()), Input::Dismiss]);
    assert_eq!(state, opened(OpenTarget::Tab));
}

#[test]
fn the_log_of_a_session_shows_no_secret() {
    let states = [opened(OpenTarget::Tab), opened(OpenTarget::Flex)];
    let (_, commands) = walk([Input::Launch(launch(OpenTarget::Tab)), Input::KeyGranted(grant())]);
    let shown = format!("{states:?} {commands:?} {:?}", Input::KeyGranted(grant()));
    assert!(!shown.contains("1589912963") && !shown.contains("EXdpEY02"), "{shown}");
}
