//! The clipboard.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// Puts a text there, inside the agent's click. Rejects where the browser refuses.
pub fn write(text: &str) -> Promise {
    // Insecure pages and old browsers have none.
    write_text(text).unwrap_or_else(|error| Promise::reject(&error))
}
