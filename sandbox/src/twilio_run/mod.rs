//! The real `twilio-run`: a process for each project that it serves, and the way to it.

mod process;
mod relay;

pub(crate) use self::{
    process::{Project, TwilioRun, Upstream},
    relay::relay,
};
