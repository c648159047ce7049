//! Whatever waits has a deadline, and presence is tried until it holds.

use flex_glance::core::{
    ids::TaskSid,
    presence::PresenceStatus,
    session::{
        Session,
        invitation::{ANSWER_TIMEOUT_MS, Invitation, PRESENCE_TIMEOUT_MS},
        viewer::{FRAME_TIMEOUT_MS, Frame, Open},
    },
};

use crate::{
    coverage::Fact,
    properties::{Before, is_fetching},
    world::World,
};

impl World {
    /// Whatever waits for the world has a deadline.
    pub(crate) fn check_waiting(&mut self, sessions: &[(TaskSid, Session)]) {
        if !self.queue.is_empty() {
            return;
        }
        let deadline_ms = self.desk.next_deadline();
        let left_ms = deadline_ms.map_or(f64::INFINITY, |deadline| deadline - self.clocks.mono_ms);
        for (_, session) in sessions {
            let limits = [
                is_fetching(session).then_some(10_000.0),
                matches!(session.invitation, Invitation::AwaitingPresence { .. })
                    .then_some(PRESENCE_TIMEOUT_MS),
                matches!(session.invitation, Invitation::Sent { .. }).then_some(ANSWER_TIMEOUT_MS),
                matches!(
                    session.viewer.open,
                    Some(Open::Panel { frame: Frame::Loading { .. }, .. })
                )
                .then_some(FRAME_TIMEOUT_MS),
            ];
            for limit_ms in limits.into_iter().flatten() {
                self.coverage.arose(Fact::SomethingWaits);
                if left_ms > limit_ms + 1.0 {
                    self.fail("a session waits without a deadline");
                }
            }
        }
        let is_open = |connection: &flex_glance::core::presence::connection::Connection| {
            connection.id().is_some() && connection.status == PresenceStatus::Checking
        };
        let presence = self.desk.presence();
        let is_unanswered = presence.connections().iter().any(is_open);
        let is_trying = presence.authorization().is_trying();
        let authorization_waits = is_trying && deadline_ms.is_none();
        let is_followed = !presence.connections().is_empty();
        // The longest wait, and the longest that the Function asks for.
        let is_too_late = left_ms > 600_000.0 + 30_000.0 + 1.0;
        if is_followed && presence.authorization().id().is_none() && is_too_late {
            self.fail("presence is not tried again for too long");
        }
        if is_unanswered && left_ms > 10_001.0 {
            self.fail("a look-up waits without a deadline");
        }
        if authorization_waits {
            self.fail("presence waits without a deadline");
        }
    }

    /// A failure takes nothing that holds, and presence is tried again whenever it does not.
    pub(crate) fn check_presence(&mut self, before: &Before) {
        let presence = self.desk.presence();
        let id = presence.authorization().id();
        let is_followed = !presence.connections().is_empty();
        let is_trying = presence.authorization().is_trying();
        if before.authorization_failed && before.authorization.is_some() {
            self.coverage.arose(Fact::FailedRenewal);
            if id != before.authorization {
                self.fail("a failure takes an authorization that holds");
            }
        }
        if is_followed && id.is_none() {
            self.coverage.arose(Fact::NotAuthorized);
            if !is_trying {
                self.fail("visitors are followed and presence is tried no more");
            }
        }
        if let Some((visitor, connection, status)) = &before.late_look_up {
            self.coverage.arose(Fact::LateLookUp);
            // If the clocks tell of a sleep, the connection may be closed in the same step.
            let is_open = self.glance.connections.get(connection).is_some_and(|link| link.is_open);
            if is_open && self.status_of(*visitor).as_ref() != Some(status) {
                self.fail("a late look-up overrules what came after it");
            }
        }
    }
}
