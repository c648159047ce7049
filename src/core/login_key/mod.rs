//! The agent's login key: its form, the Function's reply, and the cache that asks for it.

pub mod cache;
mod failure;
mod key;
mod partner_user_id;
mod reply;

pub use failure::LoginKeyFailure;
pub use key::LoginKey;
pub use partner_user_id::PartnerUserId;
pub use reply::{AnswerTime, Credentials, Reply, Validity, judge, request_body};

/// Which Flex token goes with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenSource {
    /// The text of the `authtoken` prop, which may be older than the agent's Flex session.
    Literal,
    /// A function of the prop, or what Flex's Manager holds now.
    #[default]
    Current,
}
