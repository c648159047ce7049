//! What the component asks of the program around it: Flex, by way of `src/js/host/`.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::{
    browser::object,
    core::{
        desk::NotificationKind,
        ids::LinkId,
        session::{
            NoPanel,
            facts::{Change, WorkerSid},
            link::Way,
        },
    },
};

#[wasm_bindgen]
extern "C" {
    /// The object that `index.js` passes to `start` beside the page.
    #[derive(Clone)]
    pub type Host;

    #[wasm_bindgen(method, structural, catch, js_name = showPanel)]
    fn show_panel_js(this: &Host, place: Option<&Element>) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = leavePanel)]
    fn leave_panel_js(this: &Host) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = flexToken)]
    fn flex_token_js(this: &Host) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = agentIdentity)]
    fn agent_identity_js(this: &Host) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = perform)]
    fn perform_js(this: &Host, action: &str, payload: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = giveActionUp)]
    fn give_action_up_js(this: &Host, task: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = notify)]
    fn notify_js(this: &Host, kind: &str, context: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = dismissNotification)]
    fn dismiss_notification_js(this: &Host, kind: &str, task: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = selectTask)]
    fn select_task_js(this: &Host, task: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = writeFacts)]
    fn write_facts_js(this: &Host, task: &str, change: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = deliver)]
    fn deliver_js(
        this: &Host,
        task: &str,
        link: u32,
        copies: bool,
        text: &str,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = report)]
    fn report_js(
        this: &Host,
        kind: &str,
        callback: &Function,
        session: &Object,
    ) -> Result<(), JsValue>;
}

/// A host that lacks a function, or whose function throws, has not what is asked for: that is no error.
impl Host {
    /// A host that has nothing, for a Rust program without `index.js`.
    pub fn none() -> Self {
        Object::new().unchecked_into()
    }

    /// Brings the second panel into view if it is hidden and has a place of ours.
    /// * `place`: where the viewer goes, if that is on the page already.
    ///
    /// # Errors
    /// Why it cannot be seen, as far as the host knows.
    pub fn show_panel(&self, place: Option<&Element>) -> Result<(), NoPanel> {
        let reason = text(self.show_panel_js(place));
        reason.as_deref().and_then(NoPanel::named).map_or(Ok(()), Err)
    }

    /// Hides the second panel again, if `show_panel` made it visible.
    pub fn leave_panel(&self) {
        let _ = self.leave_panel_js();
    }

    /// The token of the agent's Flex session as Flex holds it now.
    pub fn flex_token(&self) -> Option<String> {
        text(self.flex_token_js())
    }

    /// Who is logged in.
    pub fn agent_identity(&self) -> Option<String> {
        text(self.agent_identity_js())
    }

    /// Invokes one of our Flex Actions on a task. `false` if Flex has them not, and the caller acts.
    pub fn perform(&self, action: &str, task: &str, session_key: Option<&str>) -> bool {
        let payload = object::of(&[("sid", task.into())]);
        if let Some(key) = session_key {
            object::set(&payload, "sessionKey", &key.into());
        }
        self.perform_js(action, &payload).is_ok_and(|done| done.is_truthy())
    }

    /// Makes nothing of the Actions on a task that Flex has not run yet.
    pub fn give_action_up(&self, task: &str) {
        let _ = self.give_action_up_js(task);
    }

    /// Raises a notification about a task, with a button.
    pub fn notify(&self, kind: NotificationKind, task: &str, text: &str, button: &str) {
        let context =
            object::of(&[("sid", task.into()), ("text", text.into()), ("button", button.into())]);
        let _ = self.notify_js(kind.name(), &context);
    }

    pub fn dismiss_notification(&self, kind: NotificationKind, task: &str) {
        let _ = self.dismiss_notification_js(kind.name(), task);
    }

    pub fn select_task(&self, task: &str) {
        let _ = self.select_task_js(task);
    }

    /// Puts an invitation where the customer finds it. `bindings::link_told` hears what came of it.
    pub fn deliver(&self, task: &str, link: LinkId, way: Way, text: &str) {
        let _ = self.deliver_js(task, link.0, way == Way::Clipboard, text);
    }

    /// Has what stands of a session on its task changed: `bindings::facts_after` says to what.
    /// * `at_s`: Unix time.
    pub fn write_facts(&self, task: &str, change: Change, worker: Option<&WorkerSid>, at_s: f64) {
        let told = object::of(&[("at", at_s.into())]);
        let set = |name, value: JsValue| object::set(&told, name, &value);
        if let Some(worker) = worker {
            set("worker", worker.as_str().into());
        }
        match change {
            Change::Began(began) => {
                set("kind", "began".into());
                set("began", began.name().into());
            }
            Change::BeganByLink(key) => {
                set("kind", "began".into());
                set("invitation", key.as_str().into());
            }
            Change::Joined => set("kind", "joined".into()),
            Change::Ended { seconds, reason } => {
                set("kind", "ended".into());
                set("seconds", seconds.into());
                set("reason", reason.name().into());
            }
        }
        let _ = self.write_facts_js(task, &told);
    }

    /// Calls a plugin's function with a session, once for all pages of the agent.
    ///
    /// * `kind`: `start` or `end`.
    pub fn report(&self, kind: &str, callback: &Function, session: &Object) {
        if self.report_js(kind, callback, session).is_err() {
            // A program without `index.js` has one page. What the function throws is its author's.
            let _ = callback.call1(&JsValue::UNDEFINED, session);
        }
    }
}

fn text(value: Result<JsValue, JsValue>) -> Option<String> {
    value.ok()?.as_string().filter(|text| !text.is_empty())
}
