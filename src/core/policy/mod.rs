//! Who sees the component: rules about the worker and the task, as data.
//!
//! ```text
//! policy = roles AND queues AND channels AND skills AND attributes AND workers   (those that are given)
//! kind   = [entry OR entry …]   or   { not: [entry OR entry …] }
//! ```
//!
//! | | the value matches an entry | it matches none | it is missing, or of another type |
//! |---|---|---|---|
//! | `[…]` | yes | no | no |
//! | `{ not: […] }` | no | yes | no |
//!
//! So what is not known matches nothing, not even a `not`: a typing error in a flow hides the component, and
//! shows it to nobody. `[]` takes nobody, and `{ not: [] }` everybody. Whoever means the tasks without an
//! attribute says so, with `exists: false`. Comparing is exact: case, spaces and types count.
//!
//! It hides, and forbids nothing: the login-key Function does that.

mod facts;
mod given;
mod parse;
mod terms;

pub use facts::{TaskFacts, Texts, Worker};
pub use given::Given;
pub use parse::PolicyError;
pub use terms::Why;

use std::fmt;

use crate::core::policy::terms::{AttributeRule, Terms};

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Roles,
    Queues,
    Channels,
    Skills,
    Attributes,
    Workers,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Roles, Self::Queues, Self::Channels, Self::Skills, Self::Attributes, Self::Workers];

    /// The member of the prop.
    pub fn name(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::Queues => "queues",
            Self::Channels => "channels",
            Self::Skills => "skills",
            Self::Attributes => "attributes",
            Self::Workers => "workers",
        }
    }
}

/// Rules of several kinds, each of which has to say yes. The default has none, and says yes to everybody.
#[derive(Clone, Default, PartialEq)]
pub struct Policy {
    texts: Vec<(Kind, Terms<String>)>,
    attributes: Option<Terms<AttributeRule>>,
}

/// A rule that says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denial {
    pub kind: Kind,
    pub why: Why,
}

/// What the policy makes of a worker and a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Allowed,
    /// By the first kind of rule that says no, in the order of `Kind::ALL`.
    Denied(Denial),
}

impl Policy {
    pub fn decide(&self, worker: &Worker, task: &TaskFacts) -> Decision {
        self.denials(worker, task).first().map_or(Decision::Allowed, |it| Decision::Denied(*it))
    }

    /// Every kind of rule that says no.
    pub fn denials(&self, worker: &Worker, task: &TaskFacts) -> Vec<Denial> {
        let why = |kind| match kind {
            Kind::Attributes => {
                self.attributes.as_ref()?.denial(&|rule| rule.matches(task.attribute(&rule.path)))
            }
            _ => {
                let (_, terms) = self.texts.iter().find(|(known, _)| *known == kind)?;
                let told = told(kind, worker, task);
                terms.denial(&|entry| told.has(entry))
            }
        };
        let mut denials = vec![];
        for kind in Kind::ALL {
            denials.extend(why(kind).map(|why| Denial { kind, why }));
        }
        denials
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.attributes.is_none()
    }
}

/// What the host tells, for kinds that are about texts.
fn told<'a>(kind: Kind, worker: &'a Worker, task: &'a TaskFacts) -> &'a Texts {
    match kind {
        Kind::Roles => &worker.roles,
        Kind::Skills => &worker.skills,
        Kind::Queues => &task.queues,
        Kind::Channels => &task.channels,
        Kind::Workers | Kind::Attributes => &worker.names,
    }
}

/// The kinds alone: entries may name people.
impl fmt::Debug for Policy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.texts.iter().map(|(kind, _)| *kind);
        let attributes = self.attributes.as_ref().map(|_| Kind::Attributes);
        formatter.debug_set().entries(kinds.chain(attributes)).finish()
    }
}
