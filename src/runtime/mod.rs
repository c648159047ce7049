//! Runs the desk: one queue of events, one timer, and the handles of what is under way.

mod app;
mod handles;
mod known_settings;
mod run;
mod subscribers;

pub use app::{App, AppHandle};
pub use known_settings::Sources;
pub use subscribers::Subscription;
