//! Glance's servers. The doctor, the visitor's side and the Glance stand-in name the same.

use flex_glance::core::environment::Environment;
use serde_json::{Map, Value, from_value, json};

use crate::common::read_vectors;

#[test]
fn the_servers_of_each_environment_are_those_of_the_vectors_and_no_others() {
    let hosts: Map<String, Value> = from_value(read_vectors("hosts")).unwrap();
    assert_eq!(hosts.keys().collect::<Vec<_>>(), ["beta", "production", "staging"]);
    for (name, servers) in &hosts {
        let environment = Environment::parse(name).unwrap();
        let mut known = json!({ "web": environment.web(), "cdn": environment.cdn() });
        if let Some(presence) = environment.presence() {
            known["presence"] = presence.into();
        }
        assert_eq!(&known, servers, "{name}");
    }
}
