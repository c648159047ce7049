//! By whom a login key is used.

use std::{fmt, ops::Deref};

/// The Partner UID that a login key is asked for. It names the agent, so `Debug` redacts it.
#[derive(Clone, PartialEq, Eq)]
pub struct PartnerUserId(String);

impl From<String> for PartnerUserId {
    fn from(partner_user_id: String) -> Self {
        Self(partner_user_id)
    }
}

impl Deref for PartnerUserId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PartnerUserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PartnerUserId(redacted)")
    }
}
