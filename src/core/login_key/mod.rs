//! The agent's login key: its form, the Function's reply, and the cache that asks for it.

pub mod cache;
mod failure;
mod key;
mod partner_user_id;
mod reply;

pub use crate::core::settings::TokenSource;
pub use failure::LoginKeyFailure;
pub use key::LoginKey;
pub use partner_user_id::PartnerUserId;
pub use reply::{AnswerTime, Credentials, Reply, Validity, judge, request_body};
