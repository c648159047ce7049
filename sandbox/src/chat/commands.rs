//! The commands of legacy Chat: items of the session list, answered by a `response` in the item.

use serde_json::{Value, json};

use super::service::{Refusal, Sent, Service};

/// What a command comes to.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outcome {
    /// What sets the Studio flow off, if the command did.
    pub(super) trigger: Option<Value>,
    /// The name of a command that nobody stands in for.
    pub(super) unknown: Option<String>,
}

/// Carries out the command at an index of a session list and puts the response beside it.
pub(super) fn run(service: &mut Service, identity: &str, list: &str, index: &Value) -> Outcome {
    let Some(mut item) = service.objects.item_data(list, index).cloned() else {
        return Outcome::default();
    };
    let mut outcome = Outcome::default();
    let response = match carry_out(service, identity, &item["request"], &mut outcome) {
        Ok(mut response) => {
            response["status"] = 200.into();
            response["statusText"] = "OK".into();
            response
        }
        Err((status, message)) => json!({ "status": status, "statusText": message }),
    };
    item["response"] = response;
    service.objects.put(list, index.clone(), item);
    outcome
}

fn carry_out(
    service: &mut Service,
    identity: &str,
    request: &Value,
    outcome: &mut Outcome,
) -> Result<Value, Refusal> {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let channel = text("channelSid");
    let done = json!({});
    match text("action") {
        "sendMessage" => {
            let attributes = request["attributes"].as_str().unwrap_or("{}");
            let Sent { index, trigger } =
                service.send(channel, identity, text("text"), attributes)?;
            outcome.trigger = trigger;
            Ok(json!({ "messageId": index.to_string() }))
        }
        "editUserFriendlyName" => {
            service.set_friendly_name(identity, text("friendlyName"));
            Ok(done)
        }
        "editUserAttributes" => {
            service.set_user_attributes(identity, text("attributes"));
            Ok(done)
        }
        "leaveChannel" => service.leave(channel, identity).map(|()| done),
        "consumptionReportV2" => {
            let reports = request["report"].as_array().map(Vec::as_slice).unwrap_or_default();
            let report: Value = reports.iter().map(|it| read(service, identity, it)).collect();
            Ok(json!({ "report": report }))
        }
        other => {
            outcome.unknown = Some(other.to_owned());
            Err((400, "Unknown command"))
        }
    }
}

/// One channel of a consumption report, with the number of messages that are left.
fn read(service: &mut Service, identity: &str, report: &Value) -> Value {
    let channel = report["channelSid"].as_str().unwrap_or_default();
    let left = service.mark_read(channel, identity, &report["messageIdx"]).unwrap_or_default();
    let mut report = report.clone();
    report["unreadMessagesCount"] = left.into();
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::objects::Kind;

    fn session(service: &mut Service, request: Value) -> (String, Value) {
        let list = service.objects.create(Kind::List, None, json!({}));
        let item = service.objects.append(&list, json!({ "request": request }));
        (list, item.map(|item| item["index"].clone()).unwrap_or_default())
    }

    fn response(service: &mut Service, request: Value) -> (Value, Outcome) {
        let (list, index) = session(service, request);
        let outcome = run(service, "ann", &list, &index);
        let item = service.objects.item_data(&list, &index).cloned().unwrap_or_default();
        (item["response"].clone(), outcome)
    }

    #[test]
    fn a_message_is_answered_with_its_index() {
        let mut service = Service::default();
        let sid = service.create_channel("ann", "Chat", json!({}));
        let request = json!({ "action": "sendMessage", "channelSid": sid, "text": "Hi" });
        let (response, outcome) = response(&mut service, request);
        assert_eq!(response, json!({ "messageId": "0", "status": 200, "statusText": "OK" }));
        assert_eq!(outcome.trigger.map(|it| it["message"]["Body"].clone()), Some("Hi".into()));
    }

    #[test]
    fn a_command_that_fails_says_so_and_an_unknown_one_is_named() {
        let mut service = Service::default();
        let refused = json!({ "action": "sendMessage", "channelSid": "CH0", "text": "Hi" });
        assert_eq!(response(&mut service, refused).0["status"], 404);
        let (unknown, outcome) = response(&mut service, json!({ "action": "dance" }));
        assert_eq!(unknown["status"], 400);
        assert_eq!(outcome.unknown.as_deref(), Some("dance"));
    }
}
