//! The made-up SIDs of the customer's Twilio account. Those of tasks are made as tasks arrive.

pub(crate) use super::account::{ACCOUNT_SID as ACCOUNT, CHAT_SERVICE_SID as CHAT_SERVICE};

pub(crate) const WORKSPACE: &str = "WS11111111111111111111111111111111";
pub(crate) const WORKER: &str = "WK22222222222222222222222222222222";
pub(crate) const FLEX_USER: &str = "FU33333333333333333333333333333333";
pub(crate) const FLEX_INSTANCE: &str = "GO55555555555555555555555555555555";
pub(crate) const QUEUE: &str = "WQ66666666666666666666666666666666";
pub(crate) const WORKFLOW: &str = "WW77777777777777777777777777777777";
pub(crate) const OFFLINE: &str = "WA88888888888888888888888888888888";
pub(crate) const AVAILABLE: &str = "WA99999999999999999999999999999999";
pub(crate) const VOICE_CHANNEL: &str = "TCaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(crate) const CHAT_CHANNEL: &str = "TCbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
