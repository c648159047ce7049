//! What a late viewer needs to see the visitor's page: all events since the last full snapshot.

use axum::extract::ws::Utf8Bytes;

/// Beyond this a fresh full snapshot is asked for.
const LARGE: Size = Size { bytes: 4 * 1024 * 1024, messages: 2_000 };

/// Beyond this the events are thrown away: the visitor's page did not send the snapshot.
const TOO_LARGE: Size = Size { bytes: 24 * 1024 * 1024, messages: 6_000 };

struct Size {
    bytes: usize,
    messages: usize,
}

/// Messages with events; the first begins with a full snapshot.
#[derive(Default)]
pub(super) struct Picture {
    messages: Vec<Utf8Bytes>,
    bytes: usize,
    asked: bool,
}

impl Picture {
    /// Keeps a message. Says whether a fresh full snapshot should be asked for.
    pub(super) fn keep(&mut self, message: Utf8Bytes, full: bool) -> bool {
        if full {
            *self = Self::default();
        } else if self.messages.is_empty() {
            return self.ask();
        }
        self.bytes += message.len();
        self.messages.push(message);
        if self.exceeds(&TOO_LARGE) {
            *self = Self { asked: self.asked, ..Self::default() };
        }
        self.exceeds(&LARGE) && self.ask()
    }

    /// The messages, or none if a full snapshot has still to come.
    pub(super) fn messages(&self) -> &[Utf8Bytes] {
        &self.messages
    }

    /// Says whether to ask for a fresh snapshot, once until one arrives.
    pub(super) fn ask(&mut self) -> bool {
        !std::mem::replace(&mut self.asked, true)
    }

    fn exceeds(&self, size: &Size) -> bool {
        self.bytes > size.bytes || self.messages.len() > size.messages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_with_a_full_snapshot() {
        let mut picture = Picture::default();
        assert!(picture.keep("stray".into(), false), "asks for the snapshot");
        assert!(!picture.keep("stray".into(), false), "asks only once");
        assert!(picture.messages().is_empty());
        assert!(!picture.keep("full".into(), true));
        assert!(!picture.keep("more".into(), false));
        assert_eq!(picture.messages(), ["full", "more"]);
        picture.keep("again".into(), true);
        assert_eq!(picture.messages(), ["again"]);
    }

    #[test]
    fn asks_for_a_snapshot_when_large_and_stays_bounded() {
        let mut picture = Picture::default();
        picture.keep("full".into(), true);
        let asked = (0..20_000).filter(|_| picture.keep("event".into(), false)).count();
        assert_eq!(asked, 1);
        assert!(picture.messages().len() <= TOO_LARGE.messages);
    }
}
