//! The customer's Twilio account as administrators see it: Twilio's Serverless API with its upload host,
//! Flex's Plugins API and Flex's Configuration, and the domains at which deployed services answer.
//!
//! Faithful, by Twilio's OpenAPI description 2.6.7 (`sandbox/account/fields.json`), its documents and its
//! own clients, which complete their flows here (`tests/account/clients.test.mjs`), in: paths, methods,
//! media types, fields and members of answers; 401 without credentials; pages of lists; SIDs; names that
//! are given once (409); limits of names, variables and uploads; a build that takes time, and has to be
//! completed before it is deployed; variables that count from the next request on; the newest release,
//! which is active; what is archived; `Plugins` as JSON; Flex's Configuration, which is set member by
//! member, by JSON or, as Twilio's client does it, by a form; public, protected and private files.
//!
//! Stricter than Twilio: a field or a query that the description lacks is refused. Twilio lets at least one
//! pass: the `FriendlyName` that its own client gives to an environment, which passes here, too.
//!
//! No document says, so it may be otherwise (docs/first-day.md has what the product rests on): the codes
//! 20001, 20400 and 20409 and all sentences, but for the one of a double environment; that the newest comes
//! first (the clients count on it for versions and releases); that `ui_attributes` is replaced and not
//! merged; that two versions of a build have two paths; what may be deleted; the status for private files.
//!
//! Differs in: builds install no dependencies and have no runtime of their own: the Functions run in
//! `twilio-run` on this machine's Node.js, started by the first request; a private plugin's bundle, which
//! Flex's servers fetch with Twilio's signature, is handed to whoever asks for it; a Function is told that
//! the desktop's origin is `https://flex.twilio.com`; no rate limits, no logs.
mod api;
mod asked;
mod body;
mod builds;
mod call;
pub(crate) mod configuration;
mod control;
mod deployments;
mod domain;
mod environments;
mod faults;
mod fields;
mod kinds;
mod page;
mod plugin_configurations;
mod plugin_service;
mod plugins;
mod refusal;
pub(crate) mod released;
mod running;
mod serverless;
mod services;
pub(crate) mod settings;
mod signature;
mod state;
mod uploads;
mod variables;

pub(crate) use self::{
    api::answer, call::Call, control::router as control, page::router as page, state::State,
};
use crate::{Sandbox, common::lock};

/// Begins the account that is there when nobody says otherwise.
pub(crate) fn begin(sandbox: &Sandbox) {
    if let Ok(account) = kinds::begin(sandbox, state::Kind::default()) {
        *lock(&sandbox.account.0) = account;
    }
}
