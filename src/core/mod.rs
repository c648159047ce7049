//! What the component knows and decides, apart from any browser.
//!
//! Nothing below this module names a web crate, reads a clock, draws a random number or performs
//! I/O. The page's state is one value, [`desk::Desk`]: it is told what happened and asked what to do.

#![forbid(unsafe_code)]

pub mod config;
pub mod configured;
pub mod desk;
pub mod elapsed;
pub mod environment;
pub mod form;
pub mod group_id;
pub mod ids;
pub mod login_key;
pub mod open_target;
pub mod origin;
pub mod policy;
pub mod presence;
pub mod printable;
pub mod prop;
pub mod props;
pub mod retry;
pub mod session;
pub mod session_key;
pub mod settings;
pub mod strings;
pub mod task;
pub mod theme;
pub mod time;
pub mod video;
pub mod viewer_url;
