//! Glance Cobrowse in Twilio Flex.
//!
//! `core` decides, `browser` acts on the world, `runtime` runs the one for the other, `ui` shows,
//! `bindings` speaks JavaScript; each uses only those before it. All but `core` exist in the browser alone.

pub mod core;

#[cfg(target_arch = "wasm32")]
pub mod bindings;
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod runtime;
#[cfg(target_arch = "wasm32")]
pub mod ui;
