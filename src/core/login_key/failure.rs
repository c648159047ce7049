//! Why there is no login key.

use crate::core::strings::{Strings, Text};

/// What went wrong between the request for a key and the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginKeyFailure {
    /// No answer came: no network, a wrong address, or CORS.
    Network,
    /// No answer within the limit.
    Timeout,
    /// 401 or 403: the Function does not accept the Flex token, or not this agent.
    Refused { status: u16, message: Option<String> },
    /// Any other status than 200.
    Fault { status: u16, message: Option<String> },
    /// 200 with something that is no login-key reply.
    Unreadable,
    /// A reply whose key has not the form of a login key.
    MalformedKey,
    /// A key that has run out already, or would last for more than a day.
    KeyLifetime,
    /// Neither `authtoken` nor Flex gave a token.
    NoToken,
    /// The `puid` function gave no text.
    NoPartnerUserId,
    /// The component restarted while the key was on its way.
    Restarted,
}

impl LoginKeyFailure {
    /// Whether the Function refused the Flex token or the agent.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }

    /// Whether trying again soon may help. Any status but 429 and 503 is an answer that stays the same
    /// until somebody changes something.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Network | Self::Timeout | Self::Restarted | Self::Fault { status: 429 | 503, .. }
        )
    }

    /// What went wrong and what to do, in one or two sentences.
    pub fn describe(&self, strings: &Strings) -> String {
        let text = match self {
            Self::Network => Text::FailedNetwork,
            Self::Timeout => Text::FailedTimeout,
            Self::Refused { .. } => Text::FailedRefused,
            Self::Fault { .. } => Text::FailedFault,
            Self::Unreadable => Text::FailedUnreadable,
            Self::MalformedKey => Text::FailedMalformedKey,
            Self::KeyLifetime => Text::FailedKeyLifetime,
            Self::NoToken => Text::FailedNoToken,
            Self::NoPartnerUserId => Text::FailedNoPartnerUserId,
            Self::Restarted => Text::FailedRestarted,
        };
        let (Self::Refused { status, message } | Self::Fault { status, message }) = self else {
            return strings.text(text).to_owned();
        };
        let described = strings.filled(text, &[("status", &status.to_string())]);
        match message {
            Some(message) => format!("{described} ({message})"),
            None => described,
        }
    }
}
