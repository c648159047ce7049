//! The messages between the scripts of Presence and this server: JSON texts with a `type`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The largest message of a page.
pub(super) const LARGEST_MESSAGE: usize = 64 * 1024;

/// Why nothing is done, as the scripts' `onfail` and `onerror` say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// The agent may not do this.
    Authorization,
    /// The visitor is not there to receive.
    VisitorNotPresent,
    /// Anything else; agents hear it from an adversary only.
    Service,
}

impl Code {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::VisitorNotPresent => "visitornotpresent",
            Self::Service => "service",
        }
    }
}

/// Not `Debug`, since it holds tokens.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum FromAgent {
    /// Opens the connection about one visitor.
    Connect { groupid: u32, visitorid: String, token: String },
    /// A newer token, which this connection holds by from now on.
    Token { token: String },
}

/// Types are named after the handlers that hear them.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum ToAgent<'a> {
    /// The connection holds.
    Ready,
    VisitorConn {
        connected: bool,
    },
    Presence {
        data: &'a Map<String, Value>,
    },
    Terms {
        status: Status,
    },
    VisitorSessionStart,
    VisitorSessionEnd,
    VisitorError {
        code: &'a str,
        msg: &'a str,
    },
    /// The connection ends.
    Error {
        code: &'a str,
        msg: &'a str,
    },
}

/// The visitor's answer to the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Accepted,
    Declined,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum FromVisitor {
    Hello {
        groupid: u32,
        visitorid: String,
    },
    /// The page takes signals from now on.
    Connect {
        visible: bool,
    },
    Presence {
        data: Map<String, Value>,
    },
    /// The visitor turned to this page.
    Active,
    Terms {
        status: Status,
    },
    /// A session runs on this page under this key.
    Session {
        key: String,
    },
    /// A session failed.
    Error {
        code: String,
        msg: String,
    },
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum ToVisitor<'a> {
    /// The page's presence has arrived.
    Received,
    Signal {
        data: &'a Value,
    },
    Invoke {
        func: &'a str,
        args: &'a Value,
    },
    /// The connection ends.
    Error {
        code: &'a str,
        msg: &'a str,
    },
}
