//! Tickets with which a viewer page opens its socket, so that the login key travels only once.

use std::collections::VecDeque;

use super::rooms::RoomId;
use crate::common::random;

/// As many viewer pages can be open at once; older tickets lapse.
const MOST: usize = 256;

/// What one viewer page may do: watch and end the sessions under one key.
#[derive(Default)]
pub(super) struct Tickets(VecDeque<(String, RoomId)>);

impl Tickets {
    /// Makes the ticket of one viewer page, which may use it again to reconnect.
    pub(super) fn issue(&mut self, room: RoomId) -> std::io::Result<String> {
        let ticket = random::name()?;
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back((ticket.clone(), room));
        Ok(ticket)
    }

    /// The room that the ticket opens.
    pub(super) fn room(&self, ticket: &str) -> Option<RoomId> {
        self.0.iter().find(|(known, _)| known == ticket).map(|(_, room)| room.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_opens_its_room_until_too_many_followed() -> std::io::Result<()> {
        let mut tickets = Tickets::default();
        let first = tickets.issue(RoomId::new("one"))?;
        assert_eq!(tickets.room(&first), Some(RoomId::new("one")));
        assert_eq!(tickets.room(""), None);
        for _ in 0..MOST {
            tickets.issue(RoomId::new("two"))?;
        }
        assert_eq!(tickets.room(&first), None);
        assert_eq!(tickets.0.len(), MOST);
        Ok(())
    }
}
