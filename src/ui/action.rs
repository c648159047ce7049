//! What an agent can do, as named in the DOM (`data-action`).

/// Defines the actions with their names.
macro_rules! actions {
    ($($(#[$about:meta])* $action:ident $name:literal;)*) => {
        /// A button's meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Action { $($(#[$about])* $action,)* }

        impl Action {
            const ALL: &'static [Self] = &[$(Self::$action,)*];

            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$action => $name,)* }
            }
        }
    };
}

actions! {
    /// Open the session, or try again.
    Start "start";
    BringToFront "bring-to-front";
    Cancel "cancel";
    Close "close";
    /// Open another viewer in the place of one that is out of reach.
    OpenAgain "open-again";
    OpenInTab "open-in-tab";
    SignIn "sign-in";
    Dismiss "dismiss";
    /// Open the viewer that the browser blocked.
    OpenBlocked "open-blocked";
    /// Wait for an absent visitor.
    Wait "wait";
    /// Give an invitation up, or put away what it came to.
    Withdraw "withdraw";
    /// Show the visitor the terms once more.
    AskAgain "ask-again";
    /// Say that a session whose end may have been missed is over.
    ItIsOver "it-is-over";
    RetryPresence "retry-presence";
}

impl Action {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}
