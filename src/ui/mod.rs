//! What the agent sees.
//!
//! One Yew component, `TwilioFlexGlance`; everything else is plain functions from what the desk knows to
//! HTML. It reads the desk's view of a task and sends what the agent does.

mod action;
mod click;
mod component;
mod describe;
mod element;
mod icons;
mod properties;
pub mod style;
mod view;

pub use crate::core::desk::Slot;
pub use component::TwilioFlexGlance;
pub use properties::TwilioFlexGlanceProperties;
