//! What the agent sees.
//!
//! `TwilioFlexGlance` reads the desk's view of a task, describes it (`describe`), shows that by the
//! components below it (`Header` or `Panel`, with `Button`, `Timer`, `Message` and `KeyForm`), and sends
//! what the agent does.

mod action;
mod button;
mod click;
mod component;
mod describe;
mod description;
mod header;
mod icons;
mod key_form;
mod message;
mod panel;
mod problems;
mod properties;
pub mod style;
mod surface;
mod timer;
mod typing;

pub use crate::core::desk::Slot;
pub use component::TwilioFlexGlance;
pub(crate) use describe::describe_task_key_error;
pub use properties::TwilioFlexGlanceProperties;
