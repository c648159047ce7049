//! Everything that touches the world: the clock, the network, windows, frames and the page.
//!
//! One module per browser API or script; what takes time ends when its handle is dropped. Nothing here
//! decides what should happen.

pub mod clock;
pub mod element;
pub mod focus;
pub mod frame;
pub mod given;
pub mod glance_presence;
pub mod glance_script;
pub mod host;
pub mod host_callback;
pub mod js_prop;
pub mod listener;
pub mod log;
pub mod login_key_request;
pub mod object;
pub mod page;
pub mod popover;
pub mod random;
pub mod string_source;
pub mod viewer_records;
pub mod viewer_window;
