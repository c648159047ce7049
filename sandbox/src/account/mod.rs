//! The customer's Twilio account as administrators see it: Twilio's Serverless API with its upload host,
//! Flex's Plugins API, Flex's Configuration, and the domains that deployed services answer at.
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

/// Ends what runs.
pub(crate) fn stop(sandbox: &Sandbox) {
    lock(&sandbox.account.0).services.clear();
}
