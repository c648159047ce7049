//! What stands of a session on its task, for the agent's other pages, for the agent who gets the task next,
//! and for reports.
//!
//! It is written at the start, at the end and when another agent joins, each time by [`SessionFacts::after`] on what
//! stands there at that moment: whoever writes sees what the others wrote. No name, no page and no secret is in it, and
//! no key but that of an invitation by link, which names nobody, while the invitation or its session lasts.
//!
//! Times are Unix seconds by the clock of the agent's machine that wrote them.

use std::fmt;

use crate::core::{policy::Given, prop::Prop, session::EndReason, session_key::SessionKey};

/// The form of what is written. Of another one nothing is known: it is neither read nor changed.
const VERSION: f64 = 1.0;

/// How many agents are named, those who came last.
const MAX_WORKERS: usize = 5;

/// How a session began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Glance said that the visitor of presence shares.
    Presence,
    /// The agent joined with a typed key.
    Key,
    /// The agent opened the viewer of the task's visitor. Nothing tells whether they share.
    Viewer,
    /// The agent invited by a link, and opened the viewer that waits for the customer.
    Link,
}

/// One task's sessions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionFacts {
    /// Since when one runs.
    pub running_since_s: Option<f64>,
    /// When the last one ended.
    pub ended_at_s: Option<f64>,
    /// How long all of them took, as far as that is known.
    pub seconds: f64,
    /// How many there were.
    pub count: u32,
    pub began: Option<Beginning>,
    pub ended: Option<EndReason>,
    /// The key of the invitation by link that is out, or whose session runs.
    pub invitation: Option<SessionKey>,
    /// The agents who began or joined them, by SID.
    pub workers: Vec<WorkerSid>,
}

/// A worker's SID (`WK…`). `Debug` keeps it to itself.
#[derive(Clone, PartialEq, Eq)]
pub struct WorkerSid(String);

/// What an agent's page has to tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Began(Beginning),
    /// An invitation by link with this key is out.
    BeganByLink(SessionKey),
    /// Another agent, or another page, shows the session that runs.
    Joined,
    Ended {
        seconds: f64,
        reason: EndReason,
    },
}

impl Beginning {
    /// As it stands on the task.
    pub fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Key => "key",
            Self::Viewer => "viewer",
            Self::Link => "link",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Presence, Self::Key, Self::Viewer, Self::Link];
        all.into_iter().find(|known| known.name() == name)
    }
}

impl WorkerSid {
    /// Nothing for what is no SID, such as the worker's name.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("WK").filter(|digits| digits.len() == 32)?;
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for WorkerSid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WorkerSid(redacted)")
    }
}

impl SessionFacts {
    /// Reads what stands on a task. What is of no use in it counts as left out.
    ///
    /// # Errors
    /// It is there and of a form that is not ours.
    pub fn parse(given: &Given) -> Result<Option<Self>, NotOurs> {
        if given.is_missing() {
            return Ok(None);
        }
        if number(given, "version") != Some(VERSION) {
            return Err(NotOurs);
        }
        let workers = given.member("workers").entries().iter();
        Ok(Some(Self {
            running_since_s: number(given, "running_since"),
            ended_at_s: number(given, "ended_at"),
            seconds: number(given, "seconds").unwrap_or_default(),
            count: number(given, "count").unwrap_or_default() as u32,
            began: given.member("began").text().and_then(Beginning::named),
            ended: given.member("ended").text().and_then(EndReason::named),
            invitation: given
                .member("invitation")
                .text()
                .and_then(|key| SessionKey::parse(key).ok()),
            workers: workers.filter_map(|sid| WorkerSid::parse(sid.text()?)).collect(),
        }))
    }

    /// What has to stand there after a change; nothing if it says so already.
    ///
    /// A session that another page began is not begun again, and one that somebody has ended does not end twice.
    #[must_use]
    pub fn after(
        before: Option<&Self>,
        change: Change,
        worker: Option<&WorkerSid>,
        at_s: f64,
    ) -> Option<Self> {
        let mut facts = before.cloned().unwrap_or_default();
        let (change, invitation) = match change {
            Change::BeganByLink(key) => (Change::Began(Beginning::Link), Some(key)),
            change => (change, None),
        };
        match (change, facts.running_since_s) {
            (Change::Began(began), None) => {
                facts.invitation = invitation;
                facts.running_since_s = Some(at_s);
                facts.began = Some(began);
                facts.count += 1;
                facts.ended = None;
                facts.ended_at_s = None;
            }
            (Change::Ended { seconds, reason }, Some(_)) => {
                facts.running_since_s = None;
                facts.invitation = None;
                facts.ended_at_s = Some(at_s);
                facts.ended = Some(reason);
                facts.seconds += seconds.max(0.0).round();
            }
            (_, Some(_)) => {}
            (_, None) => return None,
        }
        if let Some(worker) = worker.filter(|worker| !facts.workers.contains(worker)) {
            facts.workers.push(worker.clone());
            let surplus = facts.workers.len().saturating_sub(MAX_WORKERS);
            facts.workers.drain(..surplus);
        }
        (before != Some(&facts)).then_some(facts)
    }

    /// The members as they are written, without those that are left out.
    pub fn members(&self) -> Vec<(&'static str, Prop)> {
        let text = |text: &str| Prop::Text(text.to_owned());
        let members = [
            ("version", Some(Prop::Number(VERSION))),
            ("running_since", self.running_since_s.map(Prop::Number)),
            ("ended_at", self.ended_at_s.map(Prop::Number)),
            ("seconds", Some(Prop::Number(self.seconds))),
            ("count", Some(Prop::Number(f64::from(self.count)))),
            ("began", self.began.map(|began| text(began.name()))),
            ("ended", self.ended.map(|ended| text(ended.name()))),
            ("invitation", self.invitation.as_ref().map(|key| text(key.as_str()))),
        ];
        members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// Facts of a form that is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOurs;

fn number(given: &Given, name: &str) -> Option<f64> {
    match given.member(name) {
        Given::Value(Prop::Number(number)) if number.is_finite() && *number >= 0.0 => Some(*number),
        _ => None,
    }
}
