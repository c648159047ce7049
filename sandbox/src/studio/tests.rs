//! What tasks come of the flows in `www/studio/`, and which flows are refused.

#![allow(clippy::expect_used)]

use super::*;

const CHAT: &str = "CH0123456789abcdef0123456789abcdef";

fn shipped(name: &str) -> Value {
    let path = format!("{}/../www/studio/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("a shipped flow")).expect("JSON")
}

fn message(attributes: Value) -> Value {
    json!({ "message": { "ChannelSid": CHAT, "Body": "Hi", "ChannelAttributes": attributes } })
}

fn conversation(attributes: Value) -> Value {
    json!({ "conversation": { "ConversationSid": CHAT, "Body": "Hi", "ChannelAttributes": attributes } })
}

fn attributes(flow: &Value, trigger: &Value) -> Value {
    task_attributes(flow, trigger).expect("task attributes").into()
}

fn refusal(flow: &Value, trigger: &Value) -> String {
    task_attributes(flow, trigger).expect_err("a refusal")
}

/// The Conversations flow with something done to it.
fn broken(change: impl FnOnce(&mut Value)) -> String {
    let mut flow = shipped("conversations");
    change(&mut flow);
    refusal(&flow, &conversation(json!({})))
}

/// The refusal of a flow whose Send to Flex has these attributes.
fn broken_attributes(template: &str) -> String {
    broken(|flow| flow["states"][2]["properties"]["attributes"] = template.into())
}

#[test]
fn a_flex_webchat_task_has_the_channel_as_its_visitor() {
    let trigger = message(json!({ "from": "Ann", "channel_type": "web" }));
    assert_eq!(
        attributes(&shipped("flex-webchat"), &trigger),
        json!({
            "name": "Ann",
            "channelType": "web",
            "channelSid": CHAT,
            "glance_visitor_id": CHAT,
        })
    );
}

#[test]
fn a_conversations_task_has_the_conversation_as_its_visitor() {
    let trigger = conversation(json!({ "pre_engagement_data": { "friendlyName": "Ann" } }));
    assert_eq!(
        attributes(&shipped("conversations"), &trigger),
        json!({ "from": "Ann", "glance_visitor_id": CHAT })
    );
}

#[test]
fn a_name_is_left_to_flex_where_the_conversation_has_none() {
    for without_name in [
        json!(null),
        json!({}),
        json!({ "pre_engagement_data": null }),
        json!({ "pre_engagement_data": {} }),
        json!({ "pre_engagement_data": { "friendlyName": "" } }),
    ] {
        for flow in ["conversations", "visitor-id"] {
            let made = attributes(&shipped(flow), &conversation(without_name.clone()));
            assert_eq!(made, json!({ "glance_visitor_id": CHAT }), "{flow}, {without_name}");
        }
    }
}

#[test]
fn a_flex_webchat_customer_without_a_name_is_anonymous() {
    for from in [json!({ "channel_type": "web" }), json!({ "channel_type": "web", "from": "" })] {
        let made = attributes(&shipped("flex-webchat"), &message(from));
        assert_eq!(made["name"], "Anonymous");
    }
}

#[test]
fn the_visitor_id_of_the_page_comes_first() {
    let trigger = conversation(json!({
        "pre_engagement_data": { "friendlyName": "Ann", "glance_visitor_id": "v-3f2a_91~x" }
    }));
    assert_eq!(
        attributes(&shipped("visitor-id"), &trigger),
        json!({ "from": "Ann", "glance_visitor_id": "v-3f2a_91~x" })
    );
}

#[test]
fn the_conversation_stands_in_for_a_missing_or_empty_visitor_id() {
    for data in [
        json!({ "friendlyName": "Ann" }),
        json!({ "friendlyName": "Ann", "glance_visitor_id": "" }),
        json!({ "friendlyName": "Ann", "glance_visitor_id": null }),
    ] {
        let trigger = conversation(json!({ "pre_engagement_data": data }));
        let made = attributes(&shipped("visitor-id"), &trigger);
        assert_eq!(made, json!({ "from": "Ann", "glance_visitor_id": CHAT }), "{data}");
    }
}

#[test]
fn a_visitor_id_of_digits_stays_text() {
    for id in [json!(4711), json!("4711"), json!("007"), json!("99999999999999999999")] {
        let trigger = conversation(json!({ "pre_engagement_data": { "glance_visitor_id": id } }));
        let made = attributes(&shipped("visitor-id"), &trigger);
        assert_eq!(made["glance_visitor_id"], id.as_str().unwrap_or("4711"));
    }
}

#[test]
fn names_arrive_as_they_were_written() {
    for name in [
        r#"Ann "The Tea" O'Neil"#,
        r"back\slash\",
        "Zoë Łukasiewicz 山田 🍵",
        "line\nbreak\ttab\u{1}",
        r#"", "priority": "9"#,
        "{{ trigger.message.ChannelSid }} {% if %}",
        "2026-01-01",
        "<b>&amp;</b>",
    ] {
        let legacy = message(json!({ "from": name, "channel_type": "web" }));
        let made = attributes(&shipped("flex-webchat"), &legacy);
        assert_eq!((&made["name"], made.as_object().map(Map::len)), (&json!(name), Some(4)));

        let data = json!({ "friendlyName": name, "glance_visitor_id": name });
        let trigger = conversation(json!({ "pre_engagement_data": data }));
        let made = attributes(&shipped("visitor-id"), &trigger);
        assert_eq!(made, json!({ "from": name, "glance_visitor_id": name }));
    }
}

#[test]
fn every_event_of_every_shipped_widget_has_a_transition() {
    let events = |kind: &str| match kind {
        "trigger" => vec![
            "incomingMessage",
            "incomingCall",
            "incomingConversationMessage",
            "incomingRequest",
            "incomingParent",
        ],
        "set-variables" => vec!["next"],
        "send-to-flex" => vec!["callComplete", "failedToEnqueue", "callFailure"],
        other => unreachable!("unexpected widget {other}"),
    };
    for name in ["flex-webchat", "conversations", "visitor-id"] {
        for widget in Flow::read(&shipped(name)).expect("a flow").states {
            let has: Vec<_> = widget.transitions.iter().map(|one| one.event.as_str()).collect();
            assert_eq!(has, events(&widget.kind), "{name}, {}", widget.name);
            assert!(widget.properties["offset"].is_object(), "{name}, {}", widget.name);
        }
    }
}

#[test]
fn a_trigger_that_the_flow_does_not_serve_leads_nowhere() {
    assert_eq!(
        refusal(&shipped("conversations"), &message(json!({}))),
        "Widget `Trigger` of the Studio flow leads nowhere on `incomingMessage`."
    );
    assert_eq!(
        refusal(&shipped("conversations"), &json!({ "call": {} })),
        "The trigger needs either an object `message` or an object `conversation`."
    );
}

#[test]
fn a_transition_to_no_widget_is_refused() {
    assert_eq!(
        broken(|flow| flow["states"][1]["transitions"][0]["next"] = "send_to_fax".into()),
        "Widget `set_glance_visitor_id` of the Studio flow leads on `next` to a widget that does not exist."
    );
    assert_eq!(
        broken(|flow| flow["states"][1]["transitions"] = json!([{ "event": "next" }])),
        "Widget `set_glance_visitor_id` of the Studio flow leads nowhere on `next`."
    );
    assert_eq!(
        broken(|flow| flow["initial_state"] = "Start".into()),
        "The Studio flow has no widget `Start`."
    );
}

#[test]
fn a_flow_that_goes_round_is_refused() {
    let message = broken(|flow| {
        flow["states"][1]["transitions"][0]["next"] = "set_glance_visitor_id".into();
    });
    assert!(message.contains("`set_glance_visitor_id`"), "{message}");
    assert!(message.contains("again and again"), "{message}");
}

#[test]
fn an_unknown_widget_is_refused() {
    assert_eq!(
        broken(|flow| flow["states"][1]["type"] = "run-function".into()),
        "Widget `set_glance_visitor_id` of the Studio flow is of the type `run-function`, which the sandbox cannot run."
    );
    assert_eq!(
        broken(|flow| flow["initial_state"] = "send_to_flex".into()),
        "Widget `send_to_flex` of the Studio flow is where the flow starts, but is no trigger."
    );
}

#[test]
fn attributes_that_are_no_json_object_are_refused() {
    let unquoted = r#"{ "glance_visitor_id": {{ flow.variables.glance_visitor_id }} }"#;
    let message = broken_attributes(unquoted);
    assert!(message.starts_with("Widget `send_to_flex` of the Studio flow makes no JSON object"));
    assert!(message.contains(unquoted), "{message}");
    for template in ["[]", r#""{{ trigger.conversation.Body }}""#, ""] {
        let message = broken_attributes(template);
        assert!(message.contains("makes no JSON object"), "{message}");
        assert!(!message.contains("Hi"), "{message}");
    }
}

#[test]
fn a_template_that_is_no_liquid_is_refused() {
    for template in ["{ {{ }", "{% if %}", "{{ trigger.conversation.Body | shout }}"] {
        let message = broken_attributes(template);
        assert!(message.contains("Widget `send_to_flex`"), "{message}");
        assert!(message.contains(&format!("cannot be filled in, `{template}`")), "{message}");
    }
    let message = broken_attributes("{{ a b }}");
    assert!(message.contains("`: 1:"), "{message}");
    assert!(message.contains(", expected "), "{message}");
    assert!(broken_attributes("{{ 'Ann' | shout }}").ends_with(": Unknown filter."));
}

#[test]
fn attributes_beyond_studios_limit_are_refused() {
    let template = format!(r#"{{"a": "{}"}}"#, "x".repeat(LONGEST_ATTRIBUTES));
    assert!(broken_attributes(&template).contains("more than 1024 characters"));
}

#[test]
fn send_to_flex_needs_both_sids() {
    for (property, prefix) in [("workflow", "WW"), ("channel", "TC")] {
        for sid in ["", "chat", "WW123", "TCzz"] {
            let message = broken(|flow| flow["states"][2]["properties"][property] = sid.into());
            assert!(message.contains(&format!("needs a `{property}`: {prefix}")), "{message}");
        }
    }
}

#[test]
fn what_is_no_flow_is_refused() {
    for flow in [json!(null), json!({ "states": [] }), json!({ "initial_state": "a", "states": 1 })]
    {
        let message = refusal(&flow, &conversation(json!({})));
        assert!(message.starts_with("The Studio flow is not of the documented form"), "{message}");
    }
    let message = broken(|flow| flow["states"][1]["properties"] = json!({}));
    assert!(message.contains("`set_glance_visitor_id` of the Studio flow has unusable properties"));
}
