//! Does what a viewer's machine asks for.

use gloo_timers::callback::Interval;

use crate::{
    core::{
        key_holder::Waiter,
        session,
        strings::Text,
        viewer::{Command, Input, State},
        viewer_url::ViewerUrl,
    },
    effects::{frame, page, viewer_window},
    ui::{key_holder, store},
};

/// How often we look whether the agent closed a window, in milliseconds. No event tells.
const WINDOW_CHECK_MS: u32 = 1_000;

pub(super) fn run(task: &str, command: Command) {
    match command {
        Command::OpenWindow(target) => {
            if !viewer_window::open(task, target, &text(task, Text::Loading)) {
                dispatch(task, Input::WindowBlocked);
            }
        }
        Command::RequestKey => {
            if let Some(context) = store::context(task) {
                key_holder::want(&context.setup, Waiter::Task(task.to_owned()));
            }
        }
        Command::CancelRequest => key_holder::give_up(Waiter::Task(task.to_owned())),
        Command::Navigate(url) => {
            if !viewer_window::navigate(task, &url) {
                dispatch(task, Input::WindowClosed);
            }
        }
        Command::ShowFrame(url) => show_frame(task, &url),
        Command::CloseWindow => viewer_window::close(task),
        Command::CloseFrame => {
            store::with_entry(task, |entry| entry.frame_watch = None);
            frame::close(task);
        }
        Command::BringToFront => match store::session(task).viewer {
            State::InPanel { .. } | State::PanelGone { .. } => frame::focus(task),
            _ => viewer_window::focus(task),
        },
    }
}

fn show_frame(task: &str, url: &ViewerUrl) {
    let title = text(task, Text::FrameTitle);
    let (arrived, slow) = (task.to_owned(), task.to_owned());
    let watch = frame::show(
        task,
        url,
        &title,
        move || dispatch(&arrived, Input::FrameArrived),
        move || dispatch(&slow, Input::FrameSlow),
    );
    match watch {
        Some(watch) => {
            store::with_entry(task, |entry| entry.frame_watch = Some(watch));
        }
        None => dispatch(task, Input::PanelGone),
    }
}

/// Looks for a closed window as long as there is one to close.
pub(super) fn watch_window(task: &str) {
    let has_window = store::session(task).viewer.has_window();
    let watched = {
        let task = task.to_owned();
        move || {
            if viewer_window::is_gone(&task) {
                dispatch(&task, Input::WindowClosed);
            }
        }
    };
    store::with_entry(task, |entry| match (has_window, &entry.window_watch) {
        (true, None) => entry.window_watch = Some(Interval::new(WINDOW_CHECK_MS, watched)),
        (false, Some(_)) => entry.window_watch = None,
        _ => {}
    });
}

/// Whether a panel of ours is on the page, if need be after Flex was asked to show it.
pub(super) fn has_panel() -> bool {
    if page::panel().is_none() {
        page::show_panel();
    }
    page::panel().is_some()
}

fn dispatch(task: &str, input: Input) {
    store::dispatch(task, session::Input::Viewer(input));
}

fn text(task: &str, text: Text) -> String {
    let context = store::context(task);
    context.map_or_else(String::new, |context| context.strings.text(text).to_owned())
}
