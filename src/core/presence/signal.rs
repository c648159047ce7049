//! What a presence connection says.

use crate::core::{ids::LookUpId, presence::VisitorPage};

/// What a presence connection says.
#[derive(Clone, Debug, PartialEq)]
pub enum Signal {
    /// `lookupVisitor` succeeded: the visitor's page, or nobody.
    Found(LookUpId, Option<VisitorPage>),
    /// `onvisitorconn`.
    VisitorConnected(bool),
    /// `onpresence`.
    VisitorMoved(VisitorPage),
    /// `onterms`.
    Accepted,
    Declined,
    /// `onvisitorsessionstart`.
    Started,
    /// `onvisitorsessionend`.
    Ended,
    /// `authorization`: the service takes the connection's authorization no longer.
    Unauthorized,
    /// Any other error of the connection, or it could not be made.
    Failed,
}

impl Signal {
    /// The name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Found(_, Some(_)) => "visitor found",
            Self::Found(_, None) => "visitor not found",
            Self::VisitorConnected(true) => "visitor connected",
            Self::VisitorConnected(false) => "visitor disconnected",
            Self::VisitorMoved(_) => "visitor moved",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Started => "session started",
            Self::Ended => "session ended",
            Self::Unauthorized => "unauthorized",
            Self::Failed => "connection failed",
        }
    }
}
