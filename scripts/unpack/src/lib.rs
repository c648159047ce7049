//! Unpacks the package's WebAssembly.
//!
//! `scripts/pack` packs with the same model. As a WebAssembly module of its own (`exports`) it is in
//! the package, and `src/js/unpack.js` runs it.

#![cfg_attr(target_arch = "wasm32", no_std)]

mod contexts;
pub mod decoder;
#[cfg(target_arch = "wasm32")]
mod exports;
mod hash;
mod lanes;
pub mod model;
pub mod reader;
pub mod stream;
pub mod trees;
