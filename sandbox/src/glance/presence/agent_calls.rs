//! What the faulty script of the agent's side asks before each call of a method: whether it throws.
//! Glance has nothing of the kind.

use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    common::lock,
    scenario::{GlanceFault, MethodFault, Scenario},
};

use super::Shared;

#[derive(Deserialize)]
pub(super) struct Call {
    method: String,
}

/// `GET /presence/agent-call?method=`: whether the call throws, and whether the script's methods wait
/// for a connection that is being opened.
pub(super) async fn goes_wrong(
    State(sandbox): State<Shared>,
    Query(Call { method }): Query<Call>,
) -> Json<Value> {
    let scenario = sandbox.scenario();
    let throws =
        always_throws(&scenario, &method) || lock(&sandbox.glance.adversary).throws(&method);
    Json(json!({ "throws": throws, "waits": scenario.glance != GlanceFault::Adversary }))
}

fn always_throws(scenario: &Scenario, method: &str) -> bool {
    let throwing = match scenario.agent_method {
        MethodFault::None => return false,
        MethodFault::ConnectThrows => "connect",
        MethodFault::LookupThrows => "lookupVisitor",
        MethodFault::InvokeThrows => "invokeVisitor",
        MethodFault::DisconnectThrows => "disconnect",
    };
    method == throwing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_method_that_the_scenario_names_throws_and_no_other() {
        let scenario =
            Scenario { agent_method: MethodFault::DisconnectThrows, ..Scenario::default() };
        assert!(always_throws(&scenario, "disconnect"));
        assert!(!always_throws(&scenario, "connect"));
        assert!(!always_throws(&Scenario::default(), "disconnect"));
    }
}
