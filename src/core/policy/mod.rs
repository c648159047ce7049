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

use std::{fmt, rc::Rc};

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
///
/// They stay as they were given: `parse` has seen to it that each is one.
#[derive(Clone, Default, PartialEq)]
pub struct Policy(Rc<Given>);

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
        let mut denials = vec![];
        for kind in Kind::ALL {
            let rules = self.0.member(kind.name());
            let matches = |entry: &Given| match kind {
                Kind::Attributes => terms::matches(entry, task),
                _ => told(kind, worker, task).has(entry),
            };
            let why = if rules.is_missing() { None } else { terms::denial(rules, &matches) };
            denials.extend(why.map(|why| Denial { kind, why }));
        }
        denials
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        Kind::ALL.iter().all(|kind| self.0.member(kind.name()).is_missing())
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
        let kinds = Kind::ALL.iter().filter(|kind| !self.0.member(kind.name()).is_missing());
        formatter.debug_set().entries(kinds).finish()
    }
}
