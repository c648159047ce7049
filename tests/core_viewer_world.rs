//! What a viewer leaves behind in the world, over any sequence of events.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::rc::Rc;

use common::{grant, launch_with, refused, session_key};
use flex_glance::core::{
    failure::Failure,
    viewer::{Command, Input, Launch, OpenTarget, State, step},
};
use proptest::{prelude::*, sample::select};

/// What the agent or the page does.
#[derive(Clone, Debug)]
enum Event {
    /// An input that can come at any time.
    Input(Input),
    /// The key request ends, if one is under way.
    Answer(Input),
    /// The agent follows the link of a blocked window; the browser may open it by itself.
    FollowLink {
        held: bool,
    },
    /// The agent closes the window, and we see it now or only on using it.
    LoseWindow {
        seen: bool,
    },
    PanelLeaves,
    PanelReturns,
    /// The browser blocks windows from now on, or no longer.
    BlockWindows(bool),
}

/// A page and its browser, as far as one task's viewer is concerned.
#[derive(Debug)]
struct World {
    state: State,
    window: bool,
    frame: bool,
    request: bool,
    panel: bool,
    blocks_windows: bool,
}

impl World {
    fn new() -> Self {
        Self {
            state: State::Ready,
            window: false,
            frame: false,
            request: false,
            panel: true,
            blocks_windows: false,
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Input(Input::Launch(launch)) => {
                let launch = Rc::unwrap_or_clone(launch).place(|| self.panel);
                self.feed(Input::Launch(launch.into()));
            }
            Event::Input(input) => self.feed(input),
            Event::Answer(answer) if self.request => {
                self.request = false;
                self.feed(answer);
            }
            Event::FollowLink { held } if matches!(self.state, State::Blocked { .. }) => {
                self.window = held;
                self.feed(Input::LinkFollowed { held });
            }
            Event::LoseWindow { seen } if self.window => {
                self.window = false;
                if seen && self.state.has_window() {
                    self.feed(Input::WindowClosed);
                }
            }
            Event::PanelLeaves => {
                self.panel = false;
                if self.frame {
                    self.feed(Input::PanelGone);
                }
            }
            Event::PanelReturns => {
                self.panel = true;
                self.feed(Input::PanelBack);
            }
            Event::BlockWindows(blocks) => self.blocks_windows = blocks,
            Event::Answer(_) | Event::FollowLink { .. } | Event::LoseWindow { .. } => {}
        }
    }

    fn feed(&mut self, input: Input) {
        let (state, commands) = step(self.state.clone(), input, 0.0);
        self.state = state;
        for command in commands {
            self.run(command);
        }
    }

    fn run(&mut self, command: Command) {
        match command {
            Command::OpenWindow(_) => {
                self.window = !self.blocks_windows;
                if self.blocks_windows {
                    self.feed(Input::WindowBlocked);
                }
            }
            Command::RequestKey => self.request = true,
            Command::CancelRequest => self.request = false,
            Command::Navigate(_) if self.window => {}
            Command::Navigate(_) => self.feed(Input::WindowClosed),
            Command::ShowFrame(_) if self.panel => self.frame = true,
            Command::ShowFrame(_) => self.feed(Input::PanelGone),
            Command::CloseWindow => self.window = false,
            Command::CloseFrame => self.frame = false,
            Command::BringToFront => {}
        }
    }

    /// What is open against what the state says.
    fn check(&self) -> Result<(), TestCaseError> {
        let is_fetching = matches!(self.state, State::FetchingKey { .. });
        prop_assert_eq!(self.request, is_fetching, "request: {:?}", self);
        prop_assert_eq!(self.frame, self.state.is_in_panel(), "frame: {:?}", self);
        let may_have_window =
            is_fetching || matches!(self.state, State::InWindow { held: true, .. });
        prop_assert!(may_have_window || !self.window, "window: {:?}", self);
        Ok(())
    }
}

fn launches() -> impl Strategy<Value = Rc<Launch>> {
    let targets = select(vec![OpenTarget::Flex, OpenTarget::Tab, OpenTarget::Window]);
    (targets, select(vec!["1234", "other"])).prop_map(|(target, key)| {
        launch_with(target, |launch| launch.session_key = session_key(key))
    })
}

fn answers() -> impl Strategy<Value = Input> {
    prop_oneof![
        3 => Just(Input::KeyGranted(grant())),
        1 => Just(Input::KeyFailed(refused())),
        1 => Just(Input::KeyFailed(Failure::Network)),
    ]
}

fn events() -> impl Strategy<Value = Event> {
    let at_any_time = select(vec![
        Input::FrameArrived,
        Input::FrameSlow,
        Input::Cancel,
        Input::Close,
        Input::BringToFront,
        Input::SignIn,
        Input::Dismiss,
        Input::SessionEnded,
        Input::TaskOver,
    ]);
    prop_oneof![
        4 => launches().prop_map(|launch| Event::Input(Input::Launch(launch))),
        4 => answers().prop_map(Event::Answer),
        4 => at_any_time.prop_map(Event::Input),
        1 => any::<bool>().prop_map(|held| Event::FollowLink { held }),
        1 => any::<bool>().prop_map(|seen| Event::LoseWindow { seen }),
        1 => Just(Event::PanelLeaves),
        1 => Just(Event::PanelReturns),
        1 => any::<bool>().prop_map(Event::BlockWindows),
    ]
}

/// Inputs in any order, whether or not the world could give them.
fn inputs() -> impl Strategy<Value = Input> {
    prop_oneof![
        launches().prop_map(Input::Launch),
        answers(),
        any::<bool>().prop_map(|held| Input::LinkFollowed { held }),
        select(vec![
            Input::WindowBlocked,
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
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_open_is_what_the_state_says(events in prop::collection::vec(events(), 0..40)) {
        let mut world = World::new();
        for event in events {
            world.happen(event);
            world.check()?;
        }
    }

    #[test]
    fn a_task_that_is_over_leaves_nothing_open(events in prop::collection::vec(events(), 0..40)) {
        let mut world = World::new();
        events.into_iter().for_each(|event| world.happen(event));
        world.happen(Event::Input(Input::TaskOver));
        prop_assert_eq!(&world.state, &State::Ready);
        prop_assert!(!world.window && !world.frame && !world.request, "{:?}", world);
    }

    #[test]
    fn an_agent_always_gets_back_to_ready(events in prop::collection::vec(events(), 0..40)) {
        let mut world = World::new();
        events.into_iter().for_each(|event| world.happen(event));
        for way_out in [Input::Cancel, Input::Dismiss, Input::Close, Input::Close] {
            world.happen(Event::Input(way_out));
        }
        prop_assert_eq!(&world.state, &State::Ready);
        world.check()?;
    }

    #[test]
    fn inputs_in_any_order_are_answered_and_a_task_over_ends_them(
        inputs in prop::collection::vec(inputs(), 0..60),
    ) {
        let mut state = State::Ready;
        for input in inputs {
            let is_over = input == Input::TaskOver;
            let (next, commands) = step(state, input, 0.0);
            prop_assert!(!is_over || next == State::Ready);
            let opens = commands.iter().filter(|c| matches!(c, Command::OpenWindow(_))).count();
            let asks = commands.iter().filter(|c| matches!(c, Command::RequestKey)).count();
            prop_assert!(opens <= 1 && asks <= 1);
            prop_assert_eq!(next.launch().is_none(), next == State::Ready);
            state = next;
        }
    }
}
