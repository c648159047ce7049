//! The one worker, the activities it may be in, and its channels, in TaskRouter's wire form.

use serde_json::{Map, Value, json};

use crate::{
    account::settings::laid_over,
    common::{account, clock, sids},
};

/// The agent's present activity.
pub(super) struct Worker {
    activity_sid: &'static str,
    changed_at_s: u64,
    version: u32,
}

impl Default for Worker {
    fn default() -> Self {
        Self { activity_sid: sids::AVAILABLE, changed_at_s: clock::now_s(), version: 0 }
    }
}

/// Activity SID, name, and whether tasks are routed to a worker in it.
const ACTIVITIES: [(&str, &str, bool); 2] =
    [(sids::OFFLINE, "Offline", false), (sids::AVAILABLE, "Available", true)];

impl Worker {
    /// Changes the activity; says whether there is such an activity.
    pub(super) fn set_activity(&mut self, activity_sid: &str) -> bool {
        let Some((sid, ..)) = ACTIVITIES.into_iter().find(|(sid, ..)| *sid == activity_sid) else {
            return false;
        };
        self.activity_sid = sid;
        self.changed_at_s = clock::now_s();
        self.version += 1;
        true
    }

    /// Another version, whose attributes the caller keeps.
    pub(super) fn bump(&mut self) {
        self.version += 1;
    }

    /// * `changes`: what to lay over the attributes that every worker has.
    pub(super) fn wire(&self, changes: Map<String, Value>) -> Value {
        let (sid, name, available) = ACTIVITIES
            .into_iter()
            .find(|(sid, ..)| *sid == self.activity_sid)
            .unwrap_or(ACTIVITIES[1]);
        // The phone is an ordinary one: with a "client:" address Flex wants a microphone.
        let attributes = [
            ("contact_uri", json!("+15005550006")),
            ("email", json!(account::AGENT_REALM_USER_ID)),
            ("full_name", json!(account::AGENT_NAME)),
            ("roles", json!(["agent"])),
        ];
        let attributes = attributes.map(|(name, value)| (name.to_owned(), value));
        let attributes = Value::from(laid_over(attributes.into_iter().collect(), changes));
        json!({
            "account_sid": sids::ACCOUNT,
            "activity_name": name,
            "activity_sid": sid,
            "attributes": attributes.to_string(),
            "available": available,
            "date_activity_changed": self.changed_at_s,
            "date_created": self.changed_at_s,
            "date_status_changed": self.changed_at_s,
            "date_updated": self.changed_at_s,
            "friendly_name": account::AGENT_REALM_USER_ID,
            "sid": sids::WORKER,
            "version": self.version.to_string(),
            "worker_activity_sid": sid,
            "worker_sid": sids::WORKER,
            "workspace_sid": sids::WORKSPACE,
        })
    }
}

/// The activities to choose from.
pub(super) fn activities() -> Vec<Value> {
    let now_s = clock::now_s();
    let activity = |(sid, name, available)| {
        json!({
            "account_sid": sids::ACCOUNT,
            "available": available,
            "date_created": now_s,
            "date_updated": now_s,
            "friendly_name": name,
            "sid": sid,
            "workspace_sid": sids::WORKSPACE,
        })
    };
    ACTIVITIES.map(activity).into()
}

/// The worker's channels, each with room for more tasks than anyone tries.
pub(super) fn channels() -> Vec<Value> {
    let now_s = clock::now_s();
    let channel = |(sid, name)| {
        json!({
            "account_sid": sids::ACCOUNT,
            "assigned_tasks": 0,
            "available": true,
            "available_capacity_percentage": 100,
            "configured_capacity": 50,
            "date_created": now_s,
            "date_updated": now_s,
            "last_reserved_time": now_s,
            "sid": str::replace(sid, "TC", "WC"),
            "task_channel_sid": sid,
            "task_channel_unique_name": name,
            "worker_sid": sids::WORKER,
            "workspace_sid": sids::WORKSPACE,
        })
    };
    [(sids::VOICE_CHANNEL, "voice"), (sids::CHAT_CHANNEL, "chat")].map(channel).into()
}
