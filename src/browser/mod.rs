//! Everything that touches the world: the clock, the network, windows, frames and the page.
//!
//! One module per kind of effect; what takes time is cancelled when its handle is dropped. Nothing
//! here decides what should happen.

pub mod callback;
pub mod chance;
pub mod clock;
pub mod fields;
pub mod frame;
pub mod glance_script;
pub mod js_prop;
pub mod key_request;
pub mod listener;
pub mod log;
pub mod object;
pub mod page;
pub mod popover;
pub mod presence;
pub mod supplier;
pub mod viewer_window;
pub mod viewers;
