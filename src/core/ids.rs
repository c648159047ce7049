//! Numbers and names of what the desk handles.
//!
//! A SID names a person's task, so `Debug` shows a short hash in its place: enough to tell two apart.

use std::{fmt, rc::Rc};

/// A reservation SID (`WR…`), which stands for one agent's hold on a task.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskSid(Rc<str>);

impl TaskSid {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskSid {
    fn from(sid: &str) -> Self {
        Self(sid.into())
    }
}

impl From<String> for TaskSid {
    fn from(sid: String) -> Self {
        Self(sid.into())
    }
}

impl Default for TaskSid {
    fn default() -> Self {
        Self("".into())
    }
}

impl fmt::Debug for TaskSid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "task {}", short_hash(self.as_str()))
    }
}

/// Four hexadecimal digits by which two texts can be told apart in a log that may hold neither.
///
/// The 32-bit FNV-1a hash, folded to 16 bits.
pub fn short_hash(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("#{:04x}", (hash >> 16) ^ (hash & 0xffff))
}

/// Defines the numbers by which late answers are told from present ones.
macro_rules! numbers {
    ($($(#[$about:meta])* $name:ident;)*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub u32);

            impl From<u32> for $name {
                fn from(number: u32) -> Self {
                    Self(number)
                }
            }
        )*
    };
}

numbers! {
    /// One request for a login key, from the question for the Partner UID to the Function's reply.
    RequestId;
    /// One window or frame that a viewer was given.
    ViewerId;
    /// One authorization for presence.
    AuthorizationId;
    /// One attempt to load Glance's script.
    ScriptId;
    /// One connection to a visitor.
    ConnectionId;
    /// One question for where a visitor is.
    LookUpId;
    /// One invitation that was sent to a visitor.
    InvitationId;
    /// One invitation by link.
    LinkId;
    /// One set of props, with the functions among them.
    SettingsId;
    /// A mounted component.
    ComponentId;
}

/// Gives out numbers, each once.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    last: u32,
}

impl Ids {
    pub fn issue<T: From<u32>>(&mut self) -> T {
        self.last += 1;
        self.last.into()
    }
}
