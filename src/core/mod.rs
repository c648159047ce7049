//! What the component knows and decides, apart from any browser.
//!
//! Nothing below this module names a web crate, reads a clock, draws a random number or performs
//! I/O: time is an argument, and what has to happen in the world is returned as data.

#![forbid(unsafe_code)]

pub mod access;
pub mod backoff;
pub mod config;
mod cut;
pub mod decimal;
pub mod elapsed;
pub mod environment;
pub mod failure;
pub mod group_id;
pub mod key_holder;
pub mod login_key;
pub mod login_key_api;
pub mod meeting;
pub mod obstacle;
pub mod origin;
pub mod prop;
pub mod session;
pub mod session_key;
pub mod strings;
pub mod task;
pub mod theme;
pub mod video;
pub mod viewer;
pub mod viewer_url;
pub mod watch;
pub mod whereabouts;
