//! What becomes, on purpose, of what an agent is told on a connection (`connection`, `session_end` and
//! `glance` of the scenario).

use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use serde_json::Value;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

use crate::{
    Sandbox,
    common::lock,
    glance::{adversary::Fate, peer::Inbox},
    scenario::{ConnectionFault, Scenario, SessionEndFault},
};

use super::Shared;

/// A signal that is overtaken waits for the next one, but not for ever.
const OVERTAKEN: Duration = Duration::from_secs(3);

/// How long after the first the repetition comes.
const AGAIN: Duration = Duration::from_millis(500);

/// What is on its way and has not arrived.
#[derive(Default)]
struct Line {
    waiting: Vec<Waiting>,
}

struct Waiting {
    due: Instant,
    /// It goes as soon as another has gone before it.
    is_overtaken: bool,
    text: Utf8Bytes,
}

impl Line {
    /// Takes a text and returns what arrives now.
    fn pass(&mut self, text: Utf8Bytes, fate: Fate, now: Instant) -> Vec<Utf8Bytes> {
        let (delay, is_overtaken) = match fate {
            Fate::Lost => return Vec::new(),
            Fate::Late(delay) => (delay, false),
            Fate::Overtaken => (OVERTAKEN, true),
            Fate::Twice => {
                let due = now + AGAIN;
                self.waiting.push(Waiting { due, is_overtaken: false, text: text.clone() });
                return self.overtake(text);
            }
            Fate::Arrives | Fate::Fails => return self.overtake(text),
        };
        self.waiting.push(Waiting { due: now + delay, is_overtaken, text });
        Vec::new()
    }

    /// A text, and behind it those that it has overtaken.
    fn overtake(&mut self, text: Utf8Bytes) -> Vec<Utf8Bytes> {
        let overtaken = self.waiting.extract_if(.., |it| it.is_overtaken).map(|it| it.text);
        std::iter::once(text).chain(overtaken).collect()
    }

    /// When the next one is due.
    fn due(&self) -> Option<Instant> {
        self.waiting.iter().map(|it| it.due).min()
    }

    /// Those that are due by now.
    fn arrivals(&mut self, now: Instant) -> Vec<Utf8Bytes> {
        self.waiting.sort_by_key(|it| it.due);
        self.waiting.extract_if(.., |it| it.due <= now).map(|it| it.text).collect()
    }
}

/// Puts the faults of the scenario between the inbox of this agent and its socket, until either ends.
pub(super) fn lay(sandbox: &Shared, agent: u64, inbox: Inbox) -> Inbox {
    let (outbox, end) = mpsc::channel(1);
    tokio::spawn(carry(sandbox.clone(), agent.to_string(), inbox, outbox));
    end
}

async fn carry(
    sandbox: Shared,
    agent: String,
    mut inbox: Inbox,
    outbox: mpsc::Sender<Vec<Utf8Bytes>>,
) {
    let mut line = Line::default();
    let tell_late = |signals| lock(&sandbox.glance.adversary).set_late(&agent, signals);
    loop {
        let due = line.due();
        let wait = async {
            match due {
                Some(due) => sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        let arrivals = tokio::select! {
            texts = inbox.recv() => {
                let Some(texts) = texts else { return tell_late(0) };
                let fate = |text: &Utf8Bytes| fate(&sandbox, &agent, text);
                texts
                    .into_iter()
                    .flat_map(|text| line.pass(text.clone(), fate(&text), Instant::now()))
                    .collect()
            }
            () = wait => line.arrivals(Instant::now()),
            () = outbox.closed() => return tell_late(0),
        };
        if outbox.send(arrivals).await.is_err() {
            return tell_late(0);
        }
        tell_late(line.waiting.len());
    }
}

/// What becomes of a text. That the connection holds is no signal, and none of the adversary's.
fn fate(sandbox: &Sandbox, agent: &str, text: &str) -> Fate {
    if is_lost(&sandbox.scenario(), text) {
        return Fate::Lost;
    }
    match kind(text).as_deref() {
        Some("ready") => Fate::Arrives,
        _ => lock(&sandbox.glance.adversary).signal(agent),
    }
}

/// Whether an agent never hears it.
fn is_lost(scenario: &Scenario, text: &str) -> bool {
    scenario.connection == ConnectionFault::Silent
        || scenario.session_end == SessionEndFault::Lost
            && kind(text).as_deref() == Some("visitorsessionend")
}

/// The `type` of a message.
fn kind(text: &str) -> Option<String> {
    let message: Value = serde_json::from_str(text).ok()?;
    Some(message.get("type")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What arrives of signals with these fates, one a second, and of what is late behind them.
    fn heard(fates: &[Fate]) -> Vec<String> {
        let mut line = Line::default();
        let mut heard = Vec::new();
        let mut now = Instant::now();
        for (number, fate) in fates.iter().enumerate() {
            now += Duration::from_secs(1);
            heard.extend(line.arrivals(now));
            heard.extend(line.pass(number.to_string().into(), *fate, now));
        }
        while let Some(due) = line.due() {
            heard.extend(line.arrivals(due));
        }
        heard.iter().map(|text| text.to_string()).collect()
    }

    #[test]
    fn signals_arrive_late_behind_others_twice_or_never() {
        let late = Fate::Late(Duration::from_millis(2_500));
        for (fates, expected) in [
            (vec![Fate::Arrives, Fate::Arrives], vec!["0", "1"]),
            (vec![Fate::Lost, Fate::Arrives], vec!["1"]),
            (vec![late, Fate::Arrives, Fate::Arrives, Fate::Arrives], vec!["1", "2", "0", "3"]),
            (vec![Fate::Overtaken, Fate::Arrives, Fate::Arrives], vec!["1", "0", "2"]),
            (vec![Fate::Overtaken, Fate::Lost], vec!["0"]),
            (vec![Fate::Twice, Fate::Arrives], vec!["0", "0", "1"]),
        ] {
            assert_eq!(heard(&fates), expected, "{fates:?}");
        }
    }

    #[test]
    fn a_silent_connection_says_nothing_and_a_lost_end_is_not_said() {
        let end = r#"{"type":"visitorsessionend"}"#;
        let start = r#"{"type":"visitorsessionstart"}"#;
        let silent = Scenario { connection: ConnectionFault::Silent, ..Scenario::default() };
        let lost = Scenario { session_end: SessionEndFault::Lost, ..Scenario::default() };
        assert!(is_lost(&silent, start) && is_lost(&silent, end));
        assert!(is_lost(&lost, end) && !is_lost(&lost, start));
        assert!(!is_lost(&Scenario::default(), end));
    }
}
