//! A task as JavaScript passes it on.

use std::rc::Rc;

use serde::Deserialize;

use crate::{
    bindings::{facts::task_facts, session_facts::session_facts},
    browser::given::Field,
    core::task::{Attributes, ListedTask, Task},
};

#[derive(Default, Deserialize)]
pub(super) struct GivenTask {
    /// The number of the component that shows it.
    pub(super) component: Field,
    sid: Field,
    status: Field,
    visitorid: Field,
    attributes: Field,
    facts: Field,
    session: Field,
}

#[derive(Default, Deserialize)]
struct GivenAttributes {
    glance_visitor_id: Field,
    #[serde(rename = "conversationSid")]
    conversation_sid: Field,
    #[serde(rename = "channelSid")]
    channel_sid: Field,
    name: Field,
}

impl GivenTask {
    /// The task, if it has a SID.
    pub(super) fn task(&self) -> Option<Task> {
        let sid = self.sid.text().filter(|sid| !sid.is_empty())?.into();
        let attributes: GivenAttributes = self.attributes.fields();
        Some(Task {
            sid,
            visitor_id: self.visitorid.prop(),
            attributes: Attributes {
                glance_visitor_id: attributes.glance_visitor_id.prop(),
                conversation_sid: attributes.conversation_sid.prop(),
                channel_sid: attributes.channel_sid.prop(),
                name: attributes.name.prop(),
            },
            facts: task_facts(&self.facts).into(),
            session: session_facts(&self.session).map(Rc::new),
        })
    }

    /// The task as one of a list.
    pub(super) fn listed(&self) -> Option<ListedTask> {
        Some(ListedTask { task: self.task()?, status: self.status.text().unwrap_or_default() })
    }
}
