//! True time, the page's clock and the monotonic clock.

use flex_glance::core::time::{Moment, Now};

use crate::world::World;
use flex_glance::core::desk::Event;

/// A timer of a page in the background fires so late, in milliseconds.
const THROTTLED_MS: f64 = 60_000.0;

/// From so many timers in one stretch on, the page counts as one in the background.
const TIMERS_IN_FOREGROUND: u32 = 40;

pub(crate) struct Clocks {
    /// True time since 1970, in milliseconds: what servers go by.
    pub(crate) true_ms: f64,
    /// By how much the page's clock is ahead.
    pub(crate) skew_ms: f64,
    pub(crate) mono_ms: f64,
    /// By how much the page's clock was ahead of the monotonic one when the desk last heard something.
    pub(crate) told_offset_ms: Option<f64>,
}

impl Clocks {
    /// Time passes, and the machine is awake.
    pub(crate) fn forward(&mut self, ms: f64) {
        self.true_ms += ms;
        self.mono_ms += ms;
    }

    pub(crate) fn now(&self, random: f64) -> Now {
        Now { unix_ms: self.true_ms + self.skew_ms, mono_ms: self.mono_ms, random }
    }

    fn offset_ms(&self) -> f64 {
        self.true_ms + self.skew_ms - self.mono_ms
    }

    /// Whether the clocks tell of a sleep, or were set, and the desk has still to hear of it.
    pub(crate) fn have_jumped(&self) -> bool {
        self.told_offset_ms.is_some_and(|told| (told - self.offset_ms()).abs() > 1_000.0)
    }

    pub(crate) fn note_told(&mut self) {
        self.told_offset_ms = Some(self.offset_ms());
    }

    pub(crate) fn moment(&self) -> Moment {
        self.now(0.0).moment()
    }
}

impl World {
    /// Time passes, and the page's timer wakes the desk whenever it wants to be.
    pub(crate) fn pass(&mut self, ms: f64) {
        let end_ms = self.clocks.mono_ms + ms;
        let (mut timers, mut stuck) = (0, 0);
        while let Some(deadline_ms) = self.desk.next_deadline()
            && deadline_ms <= end_ms
            && self.broken.is_none()
        {
            timers += 1;
            let late_ms = match timers {
                TIMERS_IN_FOREGROUND.. => THROTTLED_MS,
                _ if self.rng.chance(0.1) => self.rng.between(0.0, 200.0),
                _ => 0.0,
            };
            let at_ms = deadline_ms.max(self.clocks.mono_ms) + late_ms;
            // No rounding: the timer fires at the very moment that was asked for.
            self.clocks.true_ms += at_ms - self.clocks.mono_ms;
            self.clocks.mono_ms = at_ms;
            let desks = self.desks;
            self.tell(Event::Deadline);
            if desks == self.desks {
                stuck = if self.is_stuck(at_ms) { stuck + 1 } else { 0 };
                if stuck > 2 {
                    self.fail("a deadline that has come stays");
                }
            }
        }
        let rest_ms = end_ms - self.clocks.mono_ms;
        self.clocks.forward(rest_ms.max(0.0));
    }

    pub(crate) fn some_time(&mut self) {
        let (low, high) = [
            (1.0, 500.0),
            (500.0, 6_000.0),
            (5_000.0, 30_000.0),
            (60_000.0, 600_000.0),
            (1_800_000.0, 7_200_000.0),
        ][self.rng.weighted(&[8.0, 8.0, 3.0, 0.7, 0.35])];
        let ms = self.rng.between(low, high);
        self.note(|_| format!("{} s pass", (ms / 1_000.0).round()));
        self.pass(ms);
    }

    /// The page's clock is set.
    pub(crate) fn set_clock(&mut self) {
        let hours = self.rng.between(-5.0, 5.0);
        self.clocks.skew_ms = match self.rng.chance(0.3) {
            true => 0.0,
            false => hours * 3_600_000.0,
        };
        self.note(|world| format!("the page's clock is {} s off", world.clocks.skew_ms / 1_000.0));
    }

    /// The machine sleeps. Timers that were due fire when it wakes up.
    pub(crate) fn sleep(&mut self) {
        let ms = self.rng.between(60_000.0, 3.0 * 3_600_000.0);
        let stands_still = self.rng.chance(0.6);
        self.note(|_| {
            format!("asleep for {} s, monotonic clock still: {stands_still}", ms / 1_000.0)
        });
        self.clocks.true_ms += ms;
        if !stands_still {
            self.clocks.mono_ms += ms;
        }
        if self.rng.chance(0.8) {
            self.tell(Event::Resumed);
        }
        self.pass(0.0);
    }
}
