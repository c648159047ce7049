//! Event listeners that end with their owner.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// A listener on one event of one target.
#[must_use = "the listener is removed on drop"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    capture: bool,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// `capture` also catches events that do not bubble.
    pub fn new(
        target: &EventTarget,
        event: &'static str,
        capture: bool,
        listen: impl Fn(Event) + 'static,
    ) -> Self {
        let closure = Closure::new(listen);
        // Adding a listener to a live target does not fail.
        let _ = target.add_event_listener_with_callback_and_bool(
            event,
            closure.as_ref().unchecked_ref(),
            capture,
        );
        Self { target: target.clone(), event, capture, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.event,
            self.closure.as_ref().unchecked_ref(),
            self.capture,
        );
    }
}
