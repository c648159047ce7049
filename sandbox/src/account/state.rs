//! The one owner of what the account has.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    faults::Order,
    plugin_configurations::{Configuration, Release},
    plugins::Plugin,
    services::Service,
};

/// Everything the account has, behind one lock.
#[derive(Default)]
pub(crate) struct State(pub(super) Mutex<Account>);

/// What an account begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// The tests' plugin and its settings, by the scenario's switches.
    #[default]
    SetUp,
    /// No service, no plugin, no settings.
    Empty,
    /// Two plugins and settings of others.
    WithNeighbours,
}

#[derive(Default)]
pub(super) struct Account {
    pub(super) kind: Kind,
    pub(super) services: Vec<Service>,
    pub(super) plugins: Vec<Plugin>,
    pub(super) configurations: Vec<Configuration>,
    /// The last one is active.
    pub(super) releases: Vec<Release>,
    /// Members of Flex's Configuration that somebody has set.
    pub(super) configured: Map<String, Value>,
    pub(super) faults: Vec<Order>,
    /// `METHOD host/path` with the status, in order of arrival.
    pub(super) calls: Vec<Value>,
}
