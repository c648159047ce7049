//! Tables of a machine: what each of its states makes of each event.

use std::fmt::Debug;

/// What one state makes of the events that change it or ask for something. Every other event changes
/// nothing.
pub(crate) struct Row<State, Event, Request> {
    pub(crate) from: State,
    /// The event, the next state, and what is asked for.
    pub(crate) changes: Vec<(Event, State, Vec<Request>)>,
}

/// Every event of the table is one of those that are tried.
pub(crate) fn assert_known<S: Debug, E: Debug + PartialEq, R>(
    table: Vec<Row<S, E, R>>,
    events: &[E],
) {
    for Row { from, changes } in table {
        for (event, ..) in changes {
            assert!(events.contains(&event), "{from:?}, {event:?}");
        }
    }
}

/// Every state goes where its row says, and asks for what its row says.
pub(crate) fn assert_goes<S, E, R>(table: Vec<Row<S, E, R>>, handle: impl Fn(&S, E) -> (S, Vec<R>))
where
    S: Debug + PartialEq,
    E: Debug + Clone,
    R: Debug + PartialEq,
{
    for Row { from, changes } in table {
        for (event, to, requests) in changes {
            assert_eq!(handle(&from, event.clone()), (to, requests), "{from:?}, {event:?}");
        }
    }
}

/// An event that a state's row does not name changes nothing and asks for nothing.
pub(crate) fn assert_stays<S, E, R>(
    table: Vec<Row<S, E, R>>,
    events: &[E],
    handle: impl Fn(&S, E) -> (S, Vec<R>),
) where
    S: Debug + Clone + PartialEq,
    E: Debug + Clone + PartialEq,
    R: Debug + PartialEq,
{
    for Row { from, changes } in table {
        for event in events {
            if changes.iter().all(|(known, ..)| known != event) {
                assert_eq!(handle(&from, event.clone()), (from.clone(), vec![]), "{event:?}");
            }
        }
    }
}
