//! The interaction behind a call: one voice channel with the customer and the agent in it.

use serde_json::{Value, json};

use crate::{
    common::sids,
    tasks::{Channel, Reservation},
};

/// The channels of the interaction: the call, if there is one.
pub(super) fn channels(interaction_sid: &str, reservation: &Reservation) -> Value {
    if reservation.channel != Channel::Call {
        return json!({ "channels": [] });
    }
    json!({
        "channels": [{
            "interaction_sid": interaction_sid,
            "media_sid": related(reservation, "CF"),
            "sid": related(reservation, "UO"),
            "status": "active",
            "type": "voice",
        }],
    })
}

/// Who is in the call.
pub(super) fn participants(interaction_sid: &str, reservation: &Reservation) -> Value {
    let agent = json!({
        "reservation_sid": reservation.sid,
        "task_sid": reservation.task_sid,
        "worker_sid": sids::WORKER,
    });
    let participant = |kind: &str, sid: String, call_sid: String, routing: Value| {
        json!({
            "channel_sid": related(reservation, "UO"),
            "interaction_sid": interaction_sid,
            // Each property is a list, as Twilio's voice media properties are.
            "media_properties": {
                "AccountSid": [sids::ACCOUNT],
                "CallSid": [call_sid],
                "Coaching": ["false"],
                "ConferenceSid": [related(reservation, "CF")],
                "EndConferenceOnExit": [if kind == "customer" { "false" } else { "true" }],
                "FriendlyName": [reservation.task_sid],
                "Hold": ["false"],
                "Muted": ["false"],
                "SequenceNumber": ["1"],
                "StartConferenceOnEnter": ["true"],
            },
            "routing_properties": routing,
            "sid": sid,
            "type": kind,
        })
    };
    json!({
        "channel_type": "voice",
        "participants": [
            participant("customer", related(reservation, "UT"), related(reservation, "CA"), json!({})),
            participant("agent", reservation.sid.replacen("WR", "UT", 1),
                reservation.sid.replacen("WR", "CA", 1), agent),
        ],
    })
}

/// The SID of something that belongs to a task, with the task's digits.
fn related(reservation: &Reservation, prefix: &str) -> String {
    reservation.task_sid.replacen("WT", prefix, 1)
}
