//! Every state of a viewer with every input.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../common/mod.rs"]
mod common;
mod rows;

use std::rc::Rc;

use common::{grant, group_id, launch, launch_with, refused, session_key};
use flex_glance::core::{
    failure::Failure,
    viewer::{Command, Frame, Input, Launch, OpenTarget, State, step},
    viewer_url::{Credentials, ViewerUrl},
};
use rows::{Rows, TABLE};

const NOW: f64 = 1_750_000_000_000.0;

fn states() -> Vec<State> {
    let (tab, flex) = (launch(OpenTarget::Tab), launch(OpenTarget::Flex));
    let fetching = |launch: &Rc<Launch>, blocked| State::FetchingKey {
        launch: launch.clone(),
        blocked,
        kept: None,
    };
    let window = |held| State::InWindow { launch: tab.clone(), opened_at_ms: NOW, held };
    let panel = |frame| State::InPanel { launch: flex.clone(), opened_at_ms: NOW, frame };
    vec![
        State::Ready,
        fetching(&tab, false),
        fetching(&flex, false),
        fetching(&tab, true),
        State::Blocked { launch: tab.clone(), url: url(), kept: None },
        window(true),
        window(false),
        panel(Frame::Loading),
        panel(Frame::Slow),
        panel(Frame::Arrived),
        State::PanelGone { launch: flex.clone() },
        State::Failed { launch: tab.clone(), failure: Failure::Timeout, kept: None },
        State::FetchingKey { launch: tab.clone(), blocked: false, kept: kept() },
        State::Blocked { launch: tab.clone(), url: url(), kept: kept() },
        State::Failed { launch: tab.clone(), failure: Failure::Timeout, kept: kept() },
    ]
}

fn inputs() -> Vec<Input> {
    vec![
        Input::Launch(launch(OpenTarget::Tab)),
        Input::Launch(launch(OpenTarget::Window)),
        Input::Launch(launch(OpenTarget::Flex)),
        Input::Launch(launch_with(OpenTarget::Tab, |launch| {
            launch.session_key = session_key("other");
        })),
        Input::KeyGranted(grant()),
        Input::KeyFailed(refused()),
        Input::KeyFailed(Failure::Network),
        Input::WindowBlocked,
        Input::LinkFollowed { held: true },
        Input::LinkFollowed { held: false },
        Input::WindowClosed,
        Input::FrameArrived,
        Input::FrameSlow,
        Input::Cancel,
        Input::Close,
        Input::BringToFront,
        Input::SignIn,
        Input::Dismiss,
        Input::PanelGone,
        Input::PanelBack,
        Input::SessionEnded,
        Input::TaskOver,
    ]
}

fn url() -> ViewerUrl {
    let grant = grant();
    let credentials = Credentials {
        group_id: group_id(),
        partner_user_id: &grant.partner_user_id,
        login_key: &grant.login_key,
    };
    ViewerUrl::build(common::WEB, &session_key("1234"), Some(credentials), None)
}

/// A viewer in the panel, left there by the state that is to replace it.
fn kept() -> Option<Box<State>> {
    let launch = launch(OpenTarget::Flex);
    Some(Box::new(State::InPanel { launch, opened_at_ms: NOW, frame: Frame::Loading }))
}

fn label_state(state: &State) -> String {
    let is_in_panel = matches!(state, State::InPanel { .. });
    let over = if state.is_in_panel() && !is_in_panel { " over a panel" } else { "" };
    format!("{}{over}", label(state))
}

fn label(state: &State) -> &'static str {
    match state {
        State::Ready => "ready",
        State::FetchingKey { blocked: true, .. } => "fetching, blocked",
        State::FetchingKey { launch, .. } => match launch.target {
            OpenTarget::Flex => "fetching for flex",
            OpenTarget::Tab => "fetching for a tab",
            OpenTarget::Window => "fetching for a window",
        },
        State::Blocked { .. } => "blocked",
        State::InWindow { held: true, .. } => "in a window",
        State::InWindow { held: false, .. } => "in a window elsewhere",
        State::InPanel { frame: Frame::Loading, .. } => "in the panel, loading",
        State::InPanel { frame: Frame::Slow, .. } => "in the panel, slow",
        State::InPanel { frame: Frame::Arrived, .. } => "in the panel, arrived",
        State::PanelGone { .. } => "panel gone",
        State::Failed { .. } => "failed",
    }
}

fn label_input(input: &Input) -> &'static str {
    match input {
        Input::Launch(launch) if launch.session_key != session_key("1234") => "launch another key",
        Input::Launch(launch) => match launch.target {
            OpenTarget::Flex => "launch flex",
            OpenTarget::Tab => "launch tab",
            OpenTarget::Window => "launch window",
        },
        Input::KeyFailed(Failure::Refused { .. }) => "key refused",
        Input::LinkFollowed { held: false } => "link followed elsewhere",
        input => input.name(),
    }
}

fn label_commands(commands: &[Command]) -> String {
    let labels: Vec<_> = commands
        .iter()
        .map(|command| match command {
            Command::OpenWindow(OpenTarget::Window) => "open window",
            Command::OpenWindow(OpenTarget::Tab) => "open tab",
            Command::OpenWindow(OpenTarget::Flex) => "open flex",
            Command::RequestKey => "request key",
            Command::CancelRequest => "cancel request",
            Command::Navigate(_) => "navigate",
            Command::ShowFrame(_) => "show frame",
            Command::CloseWindow => "close window",
            Command::CloseFrame => "close frame",
            Command::BringToFront => "bring to front",
        })
        .collect();
    labels.join(", ")
}

#[test]
fn every_state_has_one_row_for_every_input() {
    let states: Vec<_> = states().iter().map(label_state).collect();
    assert_eq!(states, TABLE.iter().map(|rows| rows.state).collect::<Vec<_>>());

    let mut inputs: Vec<_> = inputs().iter().map(label_input).collect();
    inputs.sort_unstable();
    for Rows { state, changes, ignored } in TABLE {
        let mut rows: Vec<_> = changes.iter().map(|(input, ..)| *input).collect();
        rows.extend(*ignored);
        rows.sort_unstable();
        assert_eq!(rows, inputs, "{state}");
    }
}

#[test]
fn every_state_goes_where_its_row_says_and_asks_for_what_it_says() {
    for (before, Rows { state: from, changes, .. }) in states().into_iter().zip(TABLE) {
        for input in inputs() {
            let name = label_input(&input);
            let Some((_, next, asked)) = changes.iter().find(|(input, ..)| *input == name) else {
                continue;
            };
            let (after, commands) = step(before.clone(), input, NOW);
            assert_eq!(label_state(&after), *next, "{from}, {name}");
            assert_eq!(label_commands(&commands), *asked, "{from}, {name}");
        }
    }
}

#[test]
fn an_input_that_comes_late_or_twice_changes_nothing() {
    for (before, Rows { state: from, ignored, .. }) in states().into_iter().zip(TABLE) {
        for input in inputs().into_iter().filter(|input| ignored.contains(&label_input(input))) {
            let name = label_input(&input);
            let (after, commands) = step(before.clone(), input, NOW + 1.0);
            assert_eq!((after, commands), (before.clone(), vec![]), "{from}, {name}");
        }
    }
}
