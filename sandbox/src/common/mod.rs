//! What every party of the sandbox needs and none of them owns: the made-up customer, time, random
//! values, locks, and a connection that breaks. Nothing here knows a party.

pub(crate) mod account;
pub(crate) mod clock;
pub(crate) mod credentials;
mod hang_up;
mod lock;
pub(crate) mod random;
pub(crate) mod sids;

pub(crate) use self::{hang_up::hang_up, lock::lock};
