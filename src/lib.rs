//! Glance Cobrowse in Twilio Flex.
//!
//! `core` decides, `effects` acts on the world, `ui` shows, `bindings` speaks JavaScript; each uses
//! only those before it. All but `core` exist in the browser alone.

pub mod core;

#[cfg(target_arch = "wasm32")]
pub mod bindings;
#[cfg(target_arch = "wasm32")]
pub mod effects;
#[cfg(target_arch = "wasm32")]
pub mod ui;
