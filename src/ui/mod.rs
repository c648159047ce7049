//! What the agent sees.
//!
//! One Yew component, `TwilioFlexGlance`; everything else is plain functions from state to HTML. The
//! sessions are in `store`, one per task for the whole page, so that every component that shows a
//! task shows the same session.

mod access;
mod action;
mod click;
mod commands;
mod component;
mod description;
mod element;
mod icons;
mod key_holder;
mod properties;
pub mod store;
pub mod style;
mod view;
mod watches;

pub use component::TwilioFlexGlance;
pub use properties::{Setup, Slot, TwilioFlexGlanceProperties};
