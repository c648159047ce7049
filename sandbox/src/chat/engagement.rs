//! From a customer's first message to the agent's task, and from the end of the task to the end of
//! the chat.

use std::sync::Arc;

use serde_json::Value;

use super::Shared;
use crate::{
    Sandbox,
    common::lock,
    studio::task_attributes,
    tasks::{Channel, NewTask, create_task, task_changes, task_state},
};

const FLOW: &str = "www/studio/flex-webchat.json";

/// Runs the Studio flow of web chats on its trigger and routes the task that it sends to Flex.
pub(super) fn begin(sandbox: &Shared, trigger: &Value) {
    let attributes = match flow(sandbox).and_then(|flow| task_attributes(&flow, trigger)) {
        Ok(attributes) => attributes,
        Err(sentence) => return eprintln!("No task was made for a chat. {sentence}"),
    };
    let name = attributes.get("name").and_then(Value::as_str).unwrap_or("Anonymous").to_owned();
    let reservation = create_task(sandbox, NewTask { name, channel: Channel::Chat, attributes });
    if let Some(channel) = trigger["message"]["ChannelSid"].as_str() {
        tokio::spawn(janitor(sandbox.clone(), reservation, channel.to_owned()));
    }
}

/// Ends the chat when its task was ended without the agent: Flex itself ends the chats that the
/// agent wraps up. Source: `janitor_enabled` of Twilio's Flex Flows.
async fn janitor(sandbox: Arc<Sandbox>, reservation: String, channel: String) {
    let mut changes = task_changes(&sandbox);
    loop {
        if matches!(task_state(&sandbox, &reservation), Some("completed" | "canceled") | None) {
            lock(&sandbox.chat.0).deactivate(&channel);
            return;
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}

/// The Studio flow of web chats, as it is shipped.
fn flow(sandbox: &Sandbox) -> Result<Value, String> {
    let file = sandbox.root.join(FLOW);
    let text = std::fs::read_to_string(file).map_err(|error| format!("{FLOW}: {error}."))?;
    serde_json::from_str(&text).map_err(|error| format!("{FLOW} is no JSON: {error}."))
}
