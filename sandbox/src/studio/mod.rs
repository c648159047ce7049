//! Stands for Twilio Studio, as far as it makes a Flex task of a chat's first message: it runs a
//! flow from its trigger to Send to Flex and tells the attributes of the task.
//!
//! Faithful: flow definitions of the documented form; Liquid with unset names as nil and the filter
//! `to_json`; variables under `flow.variables`, numerals among them as numbers; the limit of 1024
//! characters for attributes, held against the text in the widget.
//!
//! It differs: it knows the widgets of our flows alone (Trigger, Set Variables, Send to Flex) and
//! refuses others. Which numerals Studio takes for numbers is not documented; here it is whole
//! numbers in their shortest form. Attributes that are no JSON object are an error and not a failed
//! task. What Send to Flex adds by itself for a conversation (`channelType`, `customerAddress`,
//! `from`, `name`, `customerName`) is not added.
//!
//! Sources: <https://www.twilio.com/docs/studio/rest-api/v2/flow-definition>,
//! <https://www.twilio.com/docs/studio/widget-library>, and on numerals
//! <https://support.twilio.com/hc/en-us/articles/4413699936411>.

mod template;
#[cfg(test)]
mod tests;
mod variables;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use template::render;

/// The longest text that Send to Flex takes for attributes, in characters.
const LONGEST_ATTRIBUTES: usize = 1024;

#[derive(Deserialize)]
struct Flow {
    initial_state: String,
    states: Vec<Widget>,
}

#[derive(Deserialize)]
struct Widget {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    transitions: Vec<Transition>,
    #[serde(default)]
    properties: Value,
}

#[derive(Deserialize)]
struct Transition {
    event: String,
    next: Option<String>,
}

#[derive(Deserialize)]
struct SetVariables {
    variables: Vec<Variable>,
}

#[derive(Deserialize)]
struct Variable {
    key: String,
    value: String,
}

#[derive(Deserialize)]
struct SendToFlex {
    workflow: String,
    channel: String,
    attributes: String,
}

/// The attributes of the task that `flow` makes when `trigger` starts it.
///
/// `trigger` is what templates read as `trigger`: `{"message": {…}}` for a message of a chat channel,
/// `{"conversation": {…}}` for one of a conversation.
///
/// # Errors
/// A sentence that names the widget, and its template where that is at fault: a flow that is not of
/// the documented form, a transition that leads nowhere, an unknown type of widget, attributes that
/// do not come out as a JSON object. It quotes nothing of the trigger.
pub(crate) fn task_attributes(flow: &Value, trigger: &Value) -> Result<Map<String, Value>, String> {
    let flow = Flow::read(flow)?;
    let event = event(trigger)?;
    let mut variables = Map::new();
    let mut widget = flow.widget(&flow.initial_state)?;
    if widget.kind != "trigger" {
        return Err(widget.complaint("is where the flow starts, but is no trigger"));
    }
    widget = flow.after(widget, event)?;
    for _ in &flow.states {
        let scope = json!({ "trigger": trigger, "flow": { "variables": &variables } });
        match widget.kind.as_str() {
            "set-variables" => {
                variables.append(&mut widget.set_variables(&scope)?);
                widget = flow.after(widget, "next")?;
            }
            "send-to-flex" => return widget.send_to_flex(&scope),
            kind => {
                let message = format!("is of the type `{kind}`, which the sandbox cannot run");
                return Err(widget.complaint(&message));
            }
        }
    }
    Err(widget.complaint("is reached again and again: the flow never comes to Send to Flex"))
}

/// The event with which a trigger leaves the Trigger widget.
fn event(trigger: &Value) -> Result<&'static str, String> {
    match (trigger["message"].is_object(), trigger["conversation"].is_object()) {
        (true, false) => Ok("incomingMessage"),
        (false, true) => Ok("incomingConversationMessage"),
        _ => {
            Err("The trigger needs either an object `message` or an object `conversation`.".into())
        }
    }
}

impl Flow {
    fn read(flow: &Value) -> Result<Self, String> {
        let flow = Self::deserialize(flow)
            .map_err(|error| format!("The Studio flow is not of the documented form: {error}."))?;
        for widget in &flow.states {
            for Transition { event, next } in &widget.transitions {
                if next.as_ref().is_some_and(|next| flow.widget(next).is_err()) {
                    let message = format!("leads on `{event}` to a widget that does not exist");
                    return Err(widget.complaint(&message));
                }
            }
        }
        Ok(flow)
    }

    fn widget(&self, name: &str) -> Result<&Widget, String> {
        self.states
            .iter()
            .find(|widget| widget.name == name)
            .ok_or_else(|| format!("The Studio flow has no widget `{name}`."))
    }

    fn after(&self, widget: &Widget, event: &str) -> Result<&Widget, String> {
        let next = widget
            .transitions
            .iter()
            .find(|transition| transition.event == event)
            .and_then(|transition| transition.next.as_ref())
            .ok_or_else(|| widget.complaint(&format!("leads nowhere on `{event}`")))?;
        self.widget(next)
    }
}

impl Widget {
    fn set_variables(&self, scope: &Value) -> Result<Map<String, Value>, String> {
        let SetVariables { variables } = self.properties()?;
        variables
            .into_iter()
            .map(|Variable { key, value }| Ok((key, number_or_text(self.render(&value, scope)?))))
            .collect()
    }

    fn send_to_flex(&self, scope: &Value) -> Result<Map<String, Value>, String> {
        let SendToFlex { workflow, channel, attributes } = self.properties()?;
        for (name, prefix, sid) in [("workflow", "WW", workflow), ("channel", "TC", channel)] {
            if !is_sid(prefix, &sid) {
                let message = format!("needs a `{name}`: {prefix} and 32 hexadecimal digits");
                return Err(self.complaint(&message));
            }
        }
        if attributes.chars().count() > LONGEST_ATTRIBUTES {
            let message = format!("has attributes of more than {LONGEST_ATTRIBUTES} characters");
            return Err(self.complaint(&message));
        }
        serde_json::from_str(&self.render(&attributes, scope)?).map_err(|error| {
            // A syntax error names a place alone, while an error of type quotes the value.
            let reason =
                if error.is_data() { "another JSON value".into() } else { error.to_string() };
            self.complaint(&format!(
                "makes no JSON object of its template `{attributes}`: {reason}"
            ))
        })
    }

    fn properties<T: DeserializeOwned>(&self) -> Result<T, String> {
        T::deserialize(&self.properties)
            .map_err(|error| self.complaint(&format!("has unusable properties: {error}")))
    }

    fn render(&self, template: &str, scope: &Value) -> Result<String, String> {
        render(template, scope).map_err(|error| {
            self.complaint(&format!(
                "has a template that cannot be filled in, `{template}`: {error}"
            ))
        })
    }

    fn complaint(&self, what: &str) -> String {
        format!("Widget `{}` of the Studio flow {what}.", self.name)
    }
}

/// What Set Variables makes of a filled-in value.
fn number_or_text(value: String) -> Value {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => number.into(),
        _ => value.into(),
    }
}

fn is_sid(prefix: &str, text: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
