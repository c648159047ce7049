//! What an agent can do, as named in the DOM (`data-action`).

/// A button's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Open the session, or try again.
    Launch,
    BringToFront,
    Cancel,
    Close,
    OpenInTab,
    SignIn,
    Dismiss,
    /// Follow the link of a blocked window.
    FollowLink,
    /// Wait for an absent visitor.
    Wait,
    /// Give up a meeting, or put away what it came to.
    Withdraw,
    /// Show the visitor the terms once more.
    AskAgain,
    RetryPresence,
}

impl Action {
    const ALL: [Self; 12] = [
        Self::Launch,
        Self::BringToFront,
        Self::Cancel,
        Self::Close,
        Self::OpenInTab,
        Self::SignIn,
        Self::Dismiss,
        Self::FollowLink,
        Self::Wait,
        Self::Withdraw,
        Self::AskAgain,
        Self::RetryPresence,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Launch => "launch",
            Self::BringToFront => "bring-to-front",
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::OpenInTab => "open-in-tab",
            Self::SignIn => "sign-in",
            Self::Dismiss => "dismiss",
            Self::FollowLink => "follow-link",
            Self::Wait => "wait",
            Self::Withdraw => "withdraw",
            Self::AskAgain => "ask-again",
            Self::RetryPresence => "retry-presence",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}
