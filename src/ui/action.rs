//! What an agent can do with a button.

/// A button's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Open the session, or try again.
    Start,
    /// Invite the customer by a link.
    Invite,
    /// Put the invitation into the clipboard.
    Copy,
    BringToFront,
    Cancel,
    Close,
    /// Open another viewer in the place of one that is out of reach.
    OpenAgain,
    OpenInTab,
    SignIn,
    Dismiss,
    /// Open the viewer that the browser blocked.
    OpenBlocked,
    /// Wait for an absent visitor.
    Wait,
    /// Give an invitation up, or put away what it came to.
    Withdraw,
    /// Show the visitor the terms once more.
    AskAgain,
    /// Say that a session whose end may have been missed is over.
    ItIsOver,
    /// Open the viewer of a session that runs.
    ShowViewer,
    RetryPresence,
}
