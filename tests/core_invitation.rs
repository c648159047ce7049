//! The ways agent and visitor come together, and what holds in any order of events.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::rc::Rc;

use common::{launch, launch_with, session_key};
use flex_glance::core::{
    meeting::{Command, Input, State, step},
    obstacle::Obstacle,
    viewer::{Launch, OpenTarget},
    whereabouts::{Page, Whereabouts},
};
use proptest::{prelude::*, sample::select};

const NOW: f64 = 1_750_000_000_000.0;

fn here() -> Whereabouts {
    Whereabouts::Here(Page::default())
}

fn unknown() -> Whereabouts {
    Whereabouts::Unknown(Obstacle::Script)
}

fn meet() -> Input {
    Input::Meet { launch: launch(OpenTarget::Flex), at_once: false }
}

/// Takes the steps one after another, for a visitor who stays on the site; the last state, and all
/// that was asked for.
fn walk(inputs: impl IntoIterator<Item = Input>) -> (State, Vec<Command>) {
    let mut commands = vec![];
    let state = inputs.into_iter().fold(State::Apart, |state, input| {
        let (state, asked) = step(state, input, &here(), NOW);
        commands.extend(asked);
        state
    });
    (state, commands)
}

fn opens(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::Open(_))).count()
}

fn invites(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::Invite(_))).count()
}

#[test]
fn a_visitor_on_the_site_is_asked_and_the_viewer_opens_when_they_accept() {
    let (state, commands) = walk([meet()]);
    assert!(matches!(state, State::Asked { .. }));
    assert_eq!(commands, [Command::Invite(launch(OpenTarget::Flex)), Command::StartPatience]);

    let (state, commands) = step(state, Input::Accepted, &here(), NOW);
    assert_eq!(commands, [Command::Open(launch(OpenTarget::Flex))]);

    let (state, commands) = step(state, Input::Started, &here(), NOW + 5.0);
    assert_eq!(state.in_session_since_ms(), Some(NOW + 5.0));
    assert_eq!(commands, [Command::ReportStart]);

    let (state, commands) = step(state, Input::Ended, &here(), NOW + 9.0);
    assert_eq!(state, State::Over);
    assert_eq!(commands, [Command::ReportEnd { since_ms: NOW + 5.0 }]);
}

#[test]
fn a_window_opens_inside_the_click_and_closes_if_the_visitor_does_not_come_along() {
    let at_once = Input::Meet { launch: launch(OpenTarget::Window), at_once: true };
    let (_, commands) = walk([at_once.clone()]);
    assert_eq!(commands.first(), Some(&Command::Open(launch(OpenTarget::Window))));
    for end in [Input::Declined, Input::Withdraw, Input::NotReached, Input::Seen(Whereabouts::Away)]
    {
        let (_, commands) = walk([at_once.clone(), end.clone()]);
        assert_eq!(commands.last(), Some(&Command::CloseWaiting), "{end:?}");
    }
}

#[test]
fn a_start_without_a_word_of_acceptance_opens_the_viewer_too() {
    let (state, commands) = walk([meet(), Input::Started]);
    assert!(state.in_session_since_ms().is_some());
    assert_eq!(opens(&commands), 1);
}

#[test]
fn an_acceptance_that_comes_after_the_time_is_over_still_opens_the_viewer() {
    let (state, commands) = walk([meet(), Input::PatienceOver, Input::Accepted]);
    assert_eq!(state, State::Accepted);
    assert_eq!(opens(&commands), 1);
}

#[test]
fn an_acceptance_that_comes_after_the_visitor_seemed_to_leave_still_opens_the_viewer() {
    let left = [meet(), Input::Seen(Whereabouts::Away)];
    let (state, commands) = walk(left.into_iter().chain([Input::Accepted]));
    assert_eq!(state, State::Accepted);
    assert_eq!(opens(&commands), 1);
}

#[test]
fn a_visitor_who_declined_can_be_asked_again() {
    let (state, _) = walk([meet(), Input::Declined]);
    assert!(matches!(state, State::Declined { .. }));
    let (state, commands) = walk([meet(), Input::Declined, meet(), Input::Accepted]);
    assert_eq!(state, State::Accepted);
    assert_eq!((invites(&commands), opens(&commands)), (2, 1));
}

#[test]
fn a_visitor_who_has_not_answered_can_be_asked_again_and_before_that_is_asked_once() {
    assert_eq!(invites(&walk([meet(), meet()]).1), 1);
    let (state, commands) = walk([meet(), Input::PatienceOver, meet()]);
    assert!(matches!(state, State::Asked { .. }));
    assert_eq!(invites(&commands), 2);
}

#[test]
fn an_absent_visitor_is_asked_when_they_come_if_the_agent_waits_and_only_then() {
    let (absent, commands) = step(State::Apart, meet(), &Whereabouts::Away, NOW);
    assert!(matches!(absent, State::Absent { .. }));
    assert_eq!(commands, []);

    let (back, commands) = step(absent.clone(), Input::Seen(here()), &here(), NOW);
    assert_eq!((back, commands), (State::Apart, vec![]));

    let (awaiting, _) = step(absent, Input::Wait, &Whereabouts::Away, NOW);
    let (asked, commands) = step(awaiting, Input::Seen(here()), &here(), NOW);
    assert!(matches!(asked, State::Asked { .. }));
    assert_eq!(invites(&commands), 1);
}

#[test]
fn a_click_while_presence_is_still_looking_counts_once_it_knows() {
    let (checking, commands) = step(State::Apart, meet(), &Whereabouts::Checking, NOW);
    assert_eq!(commands, []);
    let seen = |whereabouts: Whereabouts| {
        step(checking.clone(), Input::Seen(whereabouts.clone()), &whereabouts, NOW)
    };
    assert_eq!(invites(&seen(here()).1), 1);
    assert!(matches!(seen(Whereabouts::Away).0, State::Absent { .. }));
    assert_eq!(seen(unknown()), (State::Apart, vec![Command::Open(launch(OpenTarget::Flex))]));
}

#[test]
fn without_presence_the_viewer_opens_and_waits_by_itself() {
    let (state, commands) = step(State::Apart, meet(), &unknown(), NOW);
    assert_eq!((state, commands), (State::Apart, vec![Command::Open(launch(OpenTarget::Flex))]));
}

#[test]
fn a_session_that_runs_is_shown_again_on_a_click_and_nobody_is_asked() {
    for running in [Input::Accepted, Input::Started] {
        let (state, _) = walk([meet(), running]);
        let (after, commands) = step(state.clone(), meet(), &here(), NOW + 1.0);
        assert_eq!((after, commands), (state, vec![Command::Open(launch(OpenTarget::Flex))]));
    }
}

#[test]
fn a_session_that_the_visitor_started_unasked_is_told_and_opens_nothing() {
    let (state, commands) = walk([Input::Accepted, Input::Started]);
    assert!(state.in_session_since_ms().is_some());
    assert_eq!(commands, [Command::ReportStart]);
}

#[test]
fn an_accepted_session_that_never_starts_is_given_up() {
    for end in [Input::Withdraw, Input::Ended, Input::Declined] {
        let (state, commands) = walk([meet(), Input::Accepted, end.clone()]);
        assert_eq!(state, State::Apart, "{end:?}");
        assert_eq!(commands.last(), Some(&Command::CloseWaiting), "{end:?}");
    }
}

#[test]
fn a_task_that_goes_during_a_session_ends_it() {
    let (state, commands) = walk([meet(), Input::Started, Input::TaskOver]);
    assert_eq!(state, State::Apart);
    assert_eq!(commands.last(), Some(&Command::ReportEnd { since_ms: NOW }));
}

#[test]
fn each_state_has_a_name_of_its_own_in_the_log() {
    let launch = launch(OpenTarget::Flex);
    let of = |state: fn(Rc<Launch>) -> State| state(launch.clone()).name();
    let mut names = vec![
        State::Apart.name(),
        of(|launch| State::Checking { launch }),
        of(|launch| State::Absent { launch }),
        of(|launch| State::Awaiting { launch }),
        of(|launch| State::Asked { launch }),
        of(|launch| State::Unanswered { launch }),
        of(|launch| State::Declined { launch }),
        of(|launch| State::Left { launch }),
        of(|launch| State::NotReached { launch }),
        State::Accepted.name(),
        State::InSession { since_ms: NOW }.name(),
        State::Over.name(),
    ];
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 12);
}

/// An input, and how long after the one before.
type Event = (Input, f64);

fn places() -> impl Strategy<Value = Whereabouts> {
    select(vec![Whereabouts::Checking, here(), Whereabouts::Away, unknown()])
}

fn meets() -> impl Strategy<Value = Input> {
    (any::<bool>(), select(vec!["1234", "other"])).prop_map(|(at_once, key)| Input::Meet {
        launch: launch_with(OpenTarget::Flex, |launch| launch.session_key = session_key(key)),
        at_once,
    })
}

/// What Glance tells, early, late, twice, out of order or for nobody.
fn told() -> impl Strategy<Value = Input> {
    select(vec![
        Input::Accepted,
        Input::Declined,
        Input::Started,
        Input::Ended,
        Input::NotReached,
        Input::PatienceOver,
    ])
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let inputs = prop_oneof![
        3 => meets(),
        6 => told(),
        3 => places().prop_map(Input::Seen),
        1 => select(vec![Input::Wait, Input::Withdraw, Input::TaskOver]),
    ];
    prop::collection::vec((inputs, 0.0..1e6), 0..40)
}

/// Ways into each state that an agent can be in, from wherever the story was.
fn ways_in() -> impl Strategy<Value = Vec<Input>> {
    let away = || Input::Seen(Whereabouts::Away);
    let ways = vec![
        vec![],
        vec![Input::PatienceOver],
        vec![Input::Accepted],
        vec![Input::Declined],
        vec![Input::NotReached],
        vec![away()],
        vec![away(), Input::Wait],
    ];
    select(ways).prop_map(|way| [vec![Input::TaskOver, Input::Seen(here()), meet()], way].concat())
}

/// One meeting and what presence knows, with all that was asked for.
struct Story {
    state: State,
    whereabouts: Whereabouts,
    now_ms: f64,
    commands: Vec<Command>,
}

impl Story {
    fn new() -> Self {
        let (state, whereabouts) = (State::Apart, Whereabouts::Checking);
        Self { state, whereabouts, now_ms: NOW, commands: vec![] }
    }

    fn tell(events: Vec<Event>) -> Self {
        let mut story = Self::new();
        for event in events {
            story.happen(event);
        }
        story
    }

    /// Takes one event; what it asked for.
    fn happen(&mut self, (input, after_ms): Event) -> Vec<Command> {
        self.now_ms += after_ms;
        if let Input::Seen(whereabouts) = &input {
            self.whereabouts = whereabouts.clone();
        }
        let before = std::mem::take(&mut self.state);
        let (state, commands) = step(before, input, &self.whereabouts, self.now_ms);
        self.state = state;
        self.commands.extend(commands.clone());
        commands
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_start_is_reported_once_and_its_end_once_in_that_order(events in events()) {
        let mut story = Story::new();
        let mut running = None;
        for event in events {
            for command in story.happen(event) {
                match command {
                    Command::ReportStart => {
                        prop_assert_eq!(running, None, "a second start");
                        running = Some(story.now_ms);
                    }
                    Command::ReportEnd { since_ms } => {
                        prop_assert_eq!(running, Some(since_ms), "an end without its start");
                        running = None;
                    }
                    _ => {}
                }
            }
            prop_assert_eq!(running, story.state.in_session_since_ms());
        }
    }

    #[test]
    fn a_task_over_ends_the_session_and_what_is_still_told_opens_nothing_and_ends_nothing(
        events in events(),
        late in prop::collection::vec(prop_oneof![told(), places().prop_map(Input::Seen)], 0..20),
    ) {
        let mut story = Story::tell(events);
        let ran = story.state.in_session_since_ms();
        let last = story.happen((Input::TaskOver, 1.0));
        let expected: Vec<_> =
            ran.into_iter().map(|since_ms| Command::ReportEnd { since_ms }).collect();
        prop_assert_eq!(last, expected);
        prop_assert_eq!(&story.state, &State::Apart);
        for input in late.into_iter().filter(|input| *input != Input::Started) {
            let commands = story.happen((input, 1.0));
            prop_assert!(
                commands.iter().all(|command| *command == Command::CloseWaiting),
                "{:?}", commands
            );
        }
    }

    #[test]
    fn an_agent_gets_out_of_everything_but_a_running_session(
        events in events(),
        way_in in ways_in(),
        goes_in in any::<bool>(),
    ) {
        let mut story = Story::tell(events);
        if goes_in {
            way_in.into_iter().for_each(|input| drop(story.happen((input, 1.0))));
        }
        let ran = story.state.in_session_since_ms();
        story.happen((Input::Withdraw, 1.0));
        match ran {
            Some(_) => prop_assert_eq!(story.state.in_session_since_ms(), ran),
            None => prop_assert!(matches!(story.state, State::Apart | State::Over)),
        }
    }

    #[test]
    fn nothing_opens_by_itself_for_an_agent_who_withdrew(
        events in events(),
        way_in in ways_in(),
        goes_in in any::<bool>(),
        later in prop::collection::vec(
            prop_oneof![told(), places().prop_map(Input::Seen), Just(Input::Wait)],
            0..30,
        ),
    ) {
        let mut story = Story::tell(events);
        if goes_in {
            way_in.into_iter().for_each(|input| drop(story.happen((input, 1.0))));
        }
        story.happen((Input::Withdraw, 1.0));
        for input in later {
            let commands = story.happen((input, 1.0));
            prop_assert_eq!((opens(&commands), invites(&commands)), (0, 0), "{:?}", commands);
        }
    }

    #[test]
    fn whoever_waits_for_an_answer_sees_the_viewer_with_it_however_late(
        before in events(),
        meanwhile in prop::collection::vec(
            select(vec![
                Input::PatienceOver,
                Input::Seen(Whereabouts::Checking),
                Input::Seen(here()),
                Input::Wait,
                Input::Ended,
            ]),
            0..10,
        ),
        answer in select(vec![Input::Accepted, Input::Started]),
    ) {
        let mut story = Story::tell(before);
        for input in [Input::TaskOver, Input::Seen(here()), meet()].into_iter().chain(meanwhile) {
            story.happen((input, 1.0));
        }
        let commands = story.happen((answer, 1e9));
        prop_assert_eq!(commands.last(), Some(&Command::Open(launch(OpenTarget::Flex))));
    }

    #[test]
    fn only_a_visitor_who_is_known_to_be_there_is_asked_and_the_time_for_an_answer_begins(
        events in events(),
    ) {
        let mut story = Story::new();
        for event in events {
            let commands = story.happen(event);
            if invites(&commands) > 0 {
                prop_assert!(story.whereabouts.is_here());
                let is_asked = matches!(story.state, State::Asked { .. });
                prop_assert!(is_asked && commands.contains(&Command::StartPatience));
            }
            prop_assert!(invites(&commands) <= 1 && opens(&commands) <= 1);
        }
    }

    #[test]
    fn only_a_click_or_an_answer_opens_the_viewer(events in events()) {
        let mut story = Story::new();
        for event in events {
            let input = event.0.clone();
            let was_checking = matches!(story.state, State::Checking { .. });
            let may_open = match &input {
                Input::Meet { .. } | Input::Accepted | Input::Started => true,
                Input::Seen(Whereabouts::Unknown(_)) => was_checking,
                _ => false,
            };
            let commands = story.happen(event);
            prop_assert!(may_open || opens(&commands) == 0, "{:?}: {:?}", input, commands);
        }
    }
}
