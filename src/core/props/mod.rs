//! The contract of props and settings: one row for each, and everything else that lists them is made of the
//! rows.
//!
//! `npm run props` writes the types in `index.d.ts`, the lists in `src/js`, the tables of `docs/` and
//! `settings.schema.json`. Validation takes names and expectation from here too; the rest of a row does not
//! come into the WebAssembly module.

mod table;

pub use table::*;

use crate::core::strings::Text;

/// One prop, or a setting that there is no prop for.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub name: &'static str,
    pub is_prop: bool,
    /// Its TypeScript type.
    pub ts: &'static str,
    pub kind: Kind,
    pub is_required: bool,
    /// What a prop that is left out stands for, in words for readers; empty if there are none.
    pub default: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// What else there is to know; may be empty.
    pub details: &'static str,
    /// From when on a change counts.
    pub counts: Counts,
    /// What validation says is expected; none for a prop that only JavaScript reads.
    pub expected: Option<Text>,
    /// Whether `<flex-glance>` has an attribute for it. What is no text has none, and a secret has none.
    pub is_attribute: bool,
    /// What administrators set it by in Flex's hosted configuration. Functions have none, and neither have
    /// secrets and who somebody is: every agent can read the configuration.
    pub setting: Option<Setting>,
}

/// A member of `ui_attributes.custom_data.features.glance_cobrowse`.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Flat: Flex's admin tools edit nested objects as raw JSON. That of `hosts` begins the name of each of its
    /// [members](Kind::members).
    pub name: &'static str,
    /// Whether a worker's `config_overrides` may change it. Where a login key, a token or a customer goes is the
    /// same for all.
    pub is_workers: bool,
    /// The value that counts where nobody sets it, if the prop has to be given.
    pub default: &'static str,
}

impl Row {
    /// What validation takes of the row. Inlined, so that the rest is left out of what is compiled.
    #[inline(always)]
    pub const fn rule(&self) -> Rule {
        let setting = match self.setting {
            Some(setting) => setting.name,
            None => self.name,
        };
        Rule { name: self.name, setting, expected: self.expected }
    }
}

/// What validation says of a prop.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub name: &'static str,
    /// The setting's name; that of the prop where there is none.
    pub setting: &'static str,
    pub expected: Option<Text>,
}

/// What values a prop takes, as far as the rules for them differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A positive integer, or its digits.
    Integer,
    Address,
    /// One of these texts, in any case.
    OneOf(&'static [&'static str]),
    /// `true` or `false`, or the same as a text.
    Flag,
    /// A positive number of hours, or its digits.
    Hours,
    /// A text, or a function for it.
    Supplied,
    Video,
    Sandbox,
    Text,
    Function,
    Hosts,
    /// An object.
    Object,
    Doctor,
}

/// From when on a change of a prop counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    AtOnce,
    /// With the next login key that is asked for.
    NextLoginKey,
    /// With the next session that an agent starts.
    NextSession,
    /// The same, but presence begins afresh at once.
    NextSessionPresenceAtOnce,
    NextViewer,
    NextMount,
    /// Once Flex shows the place anew.
    NextShown,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Address => "address",
            Self::OneOf(_) => "oneOf",
            Self::Flag => "flag",
            Self::Hours => "hours",
            Self::Supplied => "supplied",
            Self::Video => "video",
            Self::Sandbox => "sandbox",
            Self::Text => "text",
            Self::Function => "function",
            Self::Hosts => "hosts",
            Self::Object => "object",
            Self::Doctor => "doctor",
        }
    }

    /// The texts that it takes, if it takes no others.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Self::OneOf(values) => values,
            _ => &[],
        }
    }

    /// The members that are settings each for itself: `host_web` for `hosts.web`.
    pub fn members(self) -> &'static [&'static str] {
        match self {
            Self::Hosts => &["web", "cdn", "presence", "authorization"],
            _ => &[],
        }
    }
}

impl Counts {
    /// In words for readers, after "A change counts".
    pub fn words(self) -> &'static str {
        match self {
            Self::AtOnce => "at once",
            Self::NextLoginKey => "with the next login key",
            Self::NextSession => "with the next session",
            Self::NextSessionPresenceAtOnce => "with the next session; for presence at once",
            Self::NextViewer => "with the next viewer",
            Self::NextMount => "with the next mount",
            Self::NextShown => "as soon as Flex shows the place anew",
        }
    }
}
