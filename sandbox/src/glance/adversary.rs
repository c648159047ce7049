//! A Glance that misbehaves at random (`glance: "adversary"` of the scenario), the same way each time
//! for the same `glance_seed`.
//!
//! What it does: what agents hear on a connection comes late, out of order, twice or never; so do
//! answers to `authorize`, look-ups and signals, and some fail; methods of the agent's script throw.
//! Each source of chances has its own sequence (each connection in the order of opening, the look-ups
//! and the signals of each visitor in the order of first asking, the authorizations, each method), so
//! that what happens in one does not change the next of another. A source gives up after
//! `MOST_MISDEEDS`, so that everything works in the end; switching the scenario off ends it at once,
//! except for what is already late.
//!
//! Faithful in: nothing that is known. How Glance fails is not public; these are the ways in which
//! any service on a network can. Not here: words that no Glance ever said (signals of other visitors,
//! unknown names, malformed events), a visitor's side that fails, and a token that is good for less
//! than it says.

use std::{collections::HashMap, time::Duration};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    Sandbox,
    common::lock,
    scenario::{GlanceFault, Scenario},
};

/// As many misdeeds come from one source.
const MOST_MISDEEDS: u32 = 6;

/// The longest that something comes late, in milliseconds.
const LATEST_MS: u64 = 3_000;

/// Where chances come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Authorization,
    Connection,
    LookUp,
    Signal,
    Method,
}

/// What becomes of a signal or an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Arrives,
    Late(Duration),
    /// It comes behind the next one; of a signal only.
    Overtaken,
    Twice,
    Lost,
    /// Of an answer only.
    Fails,
}

/// The present adversary, if there is one.
#[derive(Default)]
pub(super) struct Adversary {
    seed: Option<u32>,
    sources: HashMap<(Kind, String), Source>,
    misdeeds: u64,
    /// Of each connection, how many signals are on their way.
    late: HashMap<String, usize>,
}

struct Source {
    chances: Chances,
    misdeeds: u32,
}

impl Adversary {
    /// Begins anew if the adversary came, went or got another seed.
    pub(super) fn scenario_changed(&mut self, scenario: &Scenario) {
        let seed = (scenario.glance == GlanceFault::Adversary).then_some(scenario.glance_seed);
        if seed != self.seed {
            let late = std::mem::take(&mut self.late);
            *self = Self { seed, late, ..Self::default() };
        }
    }

    /// How many misdeeds there were since the adversary came.
    pub(super) fn misdeeds(&self) -> u64 {
        self.misdeeds
    }

    /// How many signals are on their way.
    pub(super) fn late(&self) -> usize {
        self.late.values().sum()
    }

    /// So many signals are on their way on a connection.
    pub(super) fn set_late(&mut self, connection: &str, signals: usize) {
        self.late.insert(connection.to_owned(), signals);
    }

    /// What becomes of the next signal on a connection.
    pub(super) fn signal(&mut self, connection: &str) -> Fate {
        self.misdeed(Kind::Connection, connection, |chances| match chances.below(8) {
            0 => Fate::Late(chances.delay()),
            1 => Fate::Overtaken,
            2 => Fate::Twice,
            3 => Fate::Lost,
            _ => Fate::Arrives,
        })
    }

    /// What becomes of the next answer.
    pub(super) fn answer(&mut self, kind: Kind, about: &str) -> Fate {
        self.misdeed(kind, about, |chances| match chances.below(8) {
            0 => Fate::Late(chances.delay()),
            1 => Fate::Fails,
            2 => Fate::Twice,
            3 => Fate::Lost,
            _ => Fate::Arrives,
        })
    }

    /// Whether the next call of a method throws.
    pub(super) fn throws(&mut self, method: &str) -> bool {
        let fate = self.misdeed(Kind::Method, method, |chances| match chances.below(4) {
            0 => Fate::Fails,
            _ => Fate::Arrives,
        });
        fate == Fate::Fails
    }

    fn misdeed(&mut self, kind: Kind, name: &str, draw: impl FnOnce(&mut Chances) -> Fate) -> Fate {
        let Some(seed) = self.seed else { return Fate::Arrives };
        // Names differ from run to run, as visitors' IDs do; methods' do not, and come in any order.
        let ordinal = match kind {
            Kind::Method => name
                .bytes()
                .fold(0, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(byte.into())),
            _ => self.sources.keys().filter(|(known, _)| *known == kind).count() as u64,
        };
        let source = self
            .sources
            .entry((kind, name.to_owned()))
            .or_insert_with(|| Source { chances: Chances::new(seed, kind, ordinal), misdeeds: 0 });
        if source.misdeeds == MOST_MISDEEDS {
            return Fate::Arrives;
        }
        let fate = draw(&mut source.chances);
        if fate != Fate::Arrives {
            source.misdeeds += 1;
            self.misdeeds += 1;
        }
        fate
    }
}

/// A sequence of numbers that looks random: SplitMix64.
struct Chances(u64);

impl Chances {
    fn new(seed: u32, kind: Kind, ordinal: u64) -> Self {
        let mut chances = Self(u64::from(seed));
        for number in [kind as u64, ordinal] {
            chances.0 = chances.next() ^ number;
        }
        chances
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn delay(&mut self) -> Duration {
        Duration::from_millis(50 + self.below(LATEST_MS - 50))
    }
}

/// An answer of Glance's servers. The member `sandbox` tells the script what goes wrong on purpose, so
/// that no request hangs: a browser has six at once for a server, and the viewer needs one, too.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    status: StatusCode,
    body: Value,
    fault: Option<&'static str>,
}

impl Answer {
    /// The script calls nobody back.
    pub(super) const SILENT: Self =
        Self { status: StatusCode::OK, body: Value::Null, fault: Some("silent") };

    pub(super) fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body, fault: None }
    }

    pub(super) fn good(body: Value) -> Self {
        Self::new(StatusCode::OK, body)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut body = match self.body {
            Value::Null => json!({}),
            body => body,
        };
        if let Some(fault) = self.fault {
            body["sandbox"] = fault.into();
        }
        (self.status, Json(body)).into_response()
    }
}

/// Lets an answer through as the adversary wants it. What was asked has been done by then: the answer
/// to a look-up that comes late is as old as that.
pub(super) async fn meddle(
    sandbox: &Sandbox,
    kind: Kind,
    about: &str,
    answer: Answer,
    failure: Answer,
) -> Response {
    let fate = lock(&sandbox.glance.adversary).answer(kind, about);
    let answer = match fate {
        Fate::Arrives | Fate::Overtaken => answer,
        Fate::Late(delay) => {
            tokio::time::sleep(delay).await;
            answer
        }
        Fate::Twice => Answer { fault: Some("twice"), ..answer },
        Fate::Lost => Answer::SILENT,
        Fate::Fails => failure,
    };
    answer.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adversary(seed: u32) -> Adversary {
        let mut adversary = Adversary::default();
        adversary.scenario_changed(&Scenario {
            glance: GlanceFault::Adversary,
            glance_seed: seed,
            ..Scenario::default()
        });
        adversary
    }

    fn signals(adversary: &mut Adversary, connection: &str) -> Vec<Fate> {
        (0..40).map(|_| adversary.signal(connection)).collect()
    }

    #[test]
    fn the_same_seed_has_the_same_chances_whatever_the_names_and_whatever_else_happens() {
        let expected = signals(&mut adversary(7), "ann");
        let mut other = adversary(7);
        for _ in 0..10 {
            other.answer(Kind::LookUp, "ann");
            other.throws("connect");
        }
        assert_eq!(signals(&mut other, "bob"), expected);
        assert_ne!(signals(&mut other, "ann"), expected, "the second connection");
        assert_ne!(signals(&mut adversary(8), "ann"), expected, "another seed");
    }

    #[test]
    fn every_fate_of_a_signal_and_of_an_answer_comes_up() {
        let mut adversary = adversary(1);
        let mut seen: Vec<String> = Vec::new();
        for connection in 0..20 {
            let name = connection.to_string();
            seen.extend(signals(&mut adversary, &name).iter().map(|fate| format!("{fate:?}")));
            seen.extend((0..40).map(|_| format!("{:?}", adversary.answer(Kind::Signal, &name))));
        }
        for fate in ["Arrives", "Late", "Overtaken", "Twice", "Lost", "Fails"] {
            assert!(seen.iter().any(|it| it.starts_with(fate)), "{fate}");
        }
    }

    #[test]
    fn each_source_gives_up_after_some_misdeeds() {
        let mut adversary = adversary(3);
        for connection in ["ann", "bob"] {
            let fates: Vec<_> = (0..500).map(|_| adversary.signal(connection)).collect();
            let misdeeds = fates.iter().filter(|fate| **fate != Fate::Arrives).count();
            assert_eq!(misdeeds, MOST_MISDEEDS as usize);
        }
        for method in ["connect", "a name so long that a sum over it overflows"] {
            let thrown = (0..500).filter(|_| adversary.throws(method)).count();
            assert_eq!(thrown, MOST_MISDEEDS as usize);
        }
        assert_eq!(adversary.misdeeds(), 4 * u64::from(MOST_MISDEEDS));
    }

    #[test]
    fn nothing_goes_wrong_unless_the_scenario_says_so_and_a_new_start_repeats_the_first() {
        let mut nobody = Adversary::default();
        assert!(signals(&mut nobody, "ann").iter().all(|fate| *fate == Fate::Arrives));
        let mut adversary = adversary(7);
        let first = signals(&mut adversary, "ann");
        adversary.scenario_changed(&Scenario::default());
        assert!(signals(&mut adversary, "ann").iter().all(|fate| *fate == Fate::Arrives));
        adversary.scenario_changed(&Scenario {
            glance: GlanceFault::Adversary,
            glance_seed: 7,
            ..Scenario::default()
        });
        assert_eq!(signals(&mut adversary, "ann"), first);
    }
}
