//! The watch over one visitor, as a state machine: connect, look, hear, reconnect.
//!
//! There is no polling. One look-up after connecting tells where the visitor is; from then on the
//! connection tells (Glance, "Presence Agent API").

use crate::core::{
    backoff,
    obstacle::Obstacle,
    whereabouts::{Page, Whereabouts},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watch {
    pub whereabouts: Whereabouts,
    line: Line,
}

/// A visitor who is back within this time, in milliseconds, went to another page and never left.
const PAGE_CHANGE_MS: u32 = 4_000;

/// The connection.
#[derive(Clone, Debug, Default, PartialEq)]
enum Line {
    /// Presence is not open yet, or no longer.
    #[default]
    Closed,
    Open {
        /// How often it broke since it last told anything.
        breaks: u32,
        /// The visitor's own connection went a moment ago, as it does from page to page.
        leaving: bool,
    },
    /// It broke and will be made again.
    Broken { breaks: u32 },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Presence can be used.
    Opened,
    /// Presence cannot be used.
    Closed(Option<Obstacle>),
    /// A look-up's answer: the page, or nobody.
    Found(Option<Page>),
    /// `onvisitorconn`.
    Connected(bool),
    /// `onpresence`.
    Moved(Page),
    Broken,
    /// The alarm that was set goes off.
    Alarm,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Connect anew, instead of any connection there is, and look the visitor up.
    Connect,
    Disconnect,
    /// Ask for the visitor's page.
    LookUp,
    /// Feed `Alarm` after this many milliseconds.
    SetAlarm(u32),
}

/// The next state, and what has to be done. `jitter` is from 0 up to 1.
pub fn step(watch: Watch, input: Input, jitter: f64) -> (Watch, Vec<Command>) {
    let Watch { whereabouts, line } = watch;
    let heard = Line::Open { breaks: 0, leaving: false };
    let (whereabouts, line, commands) = match (line, input) {
        (Line::Closed, Input::Opened) => (Whereabouts::Checking, heard, vec![Command::Connect]),
        (line, Input::Closed(obstacle)) => {
            let whereabouts = obstacle.map_or(Whereabouts::Checking, Whereabouts::Unknown);
            let commands = match line {
                Line::Closed => vec![],
                Line::Open { .. } | Line::Broken { .. } => vec![Command::Disconnect],
            };
            (whereabouts, Line::Closed, commands)
        }
        // A look-up may know less than what the visitor's page has told.
        (Line::Open { .. }, Input::Found(Some(page)))
            if whereabouts.is_here() && page == Page::default() =>
        {
            (whereabouts, heard, vec![])
        }
        (Line::Open { .. }, Input::Found(Some(page)) | Input::Moved(page)) => {
            (Whereabouts::Here(page), heard, vec![])
        }
        (Line::Open { .. }, Input::Connected(true)) if whereabouts.is_here() => {
            (whereabouts, heard, vec![])
        }
        (Line::Open { .. }, Input::Connected(true)) => {
            (Whereabouts::Here(Page::default()), heard, vec![Command::LookUp])
        }
        (Line::Open { .. }, Input::Connected(false)) if whereabouts.is_here() => {
            let leaving = Line::Open { breaks: 0, leaving: true };
            (whereabouts, leaving, vec![Command::SetAlarm(PAGE_CHANGE_MS)])
        }
        (Line::Open { leaving: true, .. }, Input::Alarm)
        | (Line::Open { .. }, Input::Found(None) | Input::Connected(false)) => {
            (Whereabouts::Away, heard, vec![])
        }
        (Line::Open { breaks, .. }, Input::Broken) => {
            let alarm = Command::SetAlarm(backoff::delay_ms(breaks, jitter));
            let unknown = Whereabouts::Unknown(Obstacle::Connection);
            (unknown, Line::Broken { breaks: breaks + 1 }, vec![Command::Disconnect, alarm])
        }
        (Line::Broken { breaks }, Input::Alarm) => {
            (whereabouts, Line::Open { breaks, leaving: false }, vec![Command::Connect])
        }
        (line, _) => (whereabouts, line, vec![]),
    };
    (Watch { whereabouts, line }, commands)
}
