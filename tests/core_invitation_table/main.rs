//! Every state of a meeting with every input.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../common/mod.rs"]
mod common;
mod rows;

use std::rc::Rc;

use common::{launch, launch_with, session_key};
use flex_glance::core::{
    meeting::{Command, Input, State, step},
    obstacle::Obstacle,
    viewer::{Launch, OpenTarget},
    whereabouts::{Page, Whereabouts},
};
use rows::{Rows, TABLE};

const NOW: f64 = 1_750_000_000_000.0;
const STARTED: f64 = NOW - 90_000.0;

fn states() -> Vec<State> {
    let launch = launch(OpenTarget::Flex);
    vec![
        State::Apart,
        State::Checking { launch: launch.clone() },
        State::Absent { launch: launch.clone() },
        State::Awaiting { launch: launch.clone() },
        State::Asked { launch: launch.clone() },
        State::Unanswered { launch: launch.clone() },
        State::Declined { launch: launch.clone() },
        State::Left { launch: launch.clone() },
        State::NotReached { launch },
        State::Accepted,
        State::InSession { since_ms: STARTED },
        State::Over,
    ]
}

/// Every input, with what presence knows when it comes.
fn inputs() -> Vec<(&'static str, Input, Whereabouts)> {
    let here = Whereabouts::Here(Page::default());
    let unknown = Whereabouts::Unknown(Obstacle::Refused);
    let meet = |at_once| Input::Meet { launch: another(), at_once };
    let presence =
        |name, whereabouts: Whereabouts| (name, Input::Seen(whereabouts.clone()), whereabouts);
    let told = |input: Input| (input.name(), input, Whereabouts::Checking);
    vec![
        ("meet, checking", meet(true), Whereabouts::Checking),
        ("meet, here", meet(false), here.clone()),
        ("meet at once, here", meet(true), here.clone()),
        ("meet, away", meet(true), Whereabouts::Away),
        ("meet, unknown", meet(true), unknown.clone()),
        told(Input::Wait),
        told(Input::Withdraw),
        presence("checking", Whereabouts::Checking),
        presence("here", here),
        presence("away", Whereabouts::Away),
        presence("unknown", unknown),
        told(Input::Accepted),
        told(Input::Declined),
        told(Input::Started),
        told(Input::Ended),
        told(Input::NotReached),
        told(Input::PatienceOver),
        told(Input::TaskOver),
    ]
}

/// The launch of the input, which is not that of the state.
fn another() -> Rc<Launch> {
    launch_with(OpenTarget::Flex, |launch| launch.session_key = session_key("other"))
}

fn label(name: &str, launch: Option<&Rc<Launch>>) -> String {
    let is_new = launch.is_some_and(|launch| *launch == another());
    format!("{name}{}", if is_new { " anew" } else { "" })
}

fn label_state(state: &State) -> String {
    match state {
        State::InSession { since_ms } if *since_ms == NOW => "in session from now".to_owned(),
        state => label(state.name(), state.launch()),
    }
}

fn label_commands(commands: &[Command]) -> String {
    let labels: Vec<_> = commands
        .iter()
        .map(|command| match command {
            Command::Invite(launch) => label("invite", Some(launch)),
            Command::StartPatience => "start patience".to_owned(),
            Command::Open(launch) => label("open", Some(launch)),
            Command::CloseWaiting => "close waiting".to_owned(),
            Command::ReportStart => "report start".to_owned(),
            Command::ReportEnd { since_ms } => {
                assert_eq!(*since_ms, STARTED);
                "report end".to_owned()
            }
        })
        .collect();
    labels.join(", ")
}

#[test]
fn every_state_has_one_row_for_every_input() {
    let states: Vec<_> = states().iter().map(label_state).collect();
    assert_eq!(states, TABLE.iter().map(|rows| rows.state).collect::<Vec<_>>());

    let mut inputs: Vec<_> = inputs().iter().map(|(name, ..)| *name).collect();
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
        for (name, input, whereabouts) in inputs() {
            let Some((_, next, asked)) = changes.iter().find(|(input, ..)| *input == name) else {
                continue;
            };
            let (after, commands) = step(before.clone(), input, &whereabouts, NOW);
            assert_eq!(label_state(&after), *next, "{from}, {name}");
            assert_eq!(label_commands(&commands), *asked, "{from}, {name}");
        }
    }
}

#[test]
fn an_input_that_comes_late_or_twice_changes_nothing() {
    for (before, Rows { state: from, ignored, .. }) in states().into_iter().zip(TABLE) {
        for (name, input, whereabouts) in inputs() {
            if ignored.contains(&name) {
                let (after, commands) = step(before.clone(), input, &whereabouts, NOW);
                assert_eq!((after, commands), (before.clone(), vec![]), "{from}, {name}");
            }
        }
    }
}
