//! The made-up SIDs of the customer's Twilio account. Those of tasks are made as tasks arrive.

pub(crate) use crate::account::ACCOUNT_SID as ACCOUNT;
pub(super) use crate::account::CHAT_SERVICE_SID as CHAT_SERVICE;

pub(super) const WORKSPACE: &str = "WS11111111111111111111111111111111";
pub(crate) const WORKER: &str = "WK22222222222222222222222222222222";
pub(crate) const FLEX_USER: &str = "FU33333333333333333333333333333333";
pub(super) const FLEX_INSTANCE: &str = "GO55555555555555555555555555555555";
pub(super) const QUEUE: &str = "WQ66666666666666666666666666666666";
pub(super) const WORKFLOW: &str = "WW77777777777777777777777777777777";
pub(super) const OFFLINE: &str = "WA88888888888888888888888888888888";
pub(super) const AVAILABLE: &str = "WA99999999999999999999999999999999";
pub(super) const VOICE_CHANNEL: &str = "TCaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(super) const CHAT_CHANNEL: &str = "TCbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
