//! What the component knows of a Flex task.

use std::rc::Rc;

use crate::core::{
    ids::TaskSid,
    policy::TaskFacts,
    prop::Prop,
    session::facts::SessionFacts,
    session_key::{SessionKey, SessionKeyError},
};

/// The named fields of a Flex task that the component reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub sid: TaskSid,
    /// The `visitorid` prop, as it stands for this task.
    pub visitor_id: Prop,
    pub attributes: Attributes,
    /// What the rules of policies are about.
    pub facts: Rc<TaskFacts>,
    /// What stands of its sessions on it.
    pub session: Option<Rc<SessionFacts>>,
}

/// The task attributes that can name the visitor. Each may be of any type: they are free text of
/// Studio flows and other plugins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    pub glance_visitor_id: Prop,
    /// `conversationSid`, of Flex Conversations.
    pub conversation_sid: Prop,
    /// `channelSid`, of the chat channels before them.
    pub channel_sid: Prop,
    /// The customer's name, for messages about a task that the agent does not see.
    pub name: Prop,
}

/// Why a task gives no session key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskKeyError {
    /// No attribute names a visitor, as for most phone calls.
    NoVisitor,
    /// An attribute is there but can be no key.
    Impossible { attribute: &'static str, rule: SessionKeyError },
    /// An attribute is there but is no text.
    NotText { attribute: &'static str, given: &'static str },
}

impl Task {
    /// The session key of the task's visitor, which is their visitor id: the `visitorid` prop, then
    /// `glance_visitor_id`, then the conversation's or the channel's SID.
    ///
    /// # Errors
    /// Why there is none. An attribute that is present but unusable is an error, not a reason to
    /// try the next one: the visitor waits under that name. Only a text that stands for nothing, such as
    /// `undefined`, counts as missing.
    pub fn session_key(&self) -> Result<SessionKey, TaskKeyError> {
        let Some((attribute, value)) = self.named() else { return Err(TaskKeyError::NoVisitor) };
        let text = match value {
            Prop::Text(text) => text.clone(),
            Prop::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                (*number as i64).to_string()
            }
            other => return Err(TaskKeyError::NotText { attribute, given: other.type_name() }),
        };
        SessionKey::parse(&text).map_err(|rule| TaskKeyError::Impossible { attribute, rule })
    }

    /// The attribute that names the visitor, whether or not its value can be a key.
    pub fn named(&self) -> Option<(&'static str, &Prop)> {
        self.names().into_iter().find(|(_, value)| value.may_name_visitor())
    }

    /// The attributes whose text stands for nothing, of those that could name the visitor before the one
    /// that does, and the text.
    pub fn passed_over(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let before = self.names().into_iter().take_while(|(_, value)| !value.may_name_visitor());
        before.filter_map(|(attribute, value)| Some((attribute, value.text()?)))
    }

    /// What can name the visitor, in the order in which it counts.
    fn names(&self) -> [(&'static str, &Prop); 4] {
        [
            ("visitorid", &self.visitor_id),
            ("glance_visitor_id", &self.attributes.glance_visitor_id),
            ("conversationSid", &self.attributes.conversation_sid),
            ("channelSid", &self.attributes.channel_sid),
        ]
    }
}

/// A task as Flex's store lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedTask {
    pub task: Task,
    /// Empty if the host gives none.
    pub status: String,
}

impl ListedTask {
    /// Whether the reservation is the agent's. Wrap-up is; `completed`, `canceled`, `rescinded`,
    /// `rejected` and `timeout` are not.
    ///
    /// Source: reservation statuses of `@twilio/flex-ui` 2.17.1.
    pub fn is_active(&self) -> bool {
        matches!(self.status.as_str(), "pending" | "accepted" | "wrapping" | "wrapup")
    }

    /// Whether the agent has accepted the task, and works on it.
    pub fn is_accepted(&self) -> bool {
        self.is_active() && self.status != "pending"
    }
}
