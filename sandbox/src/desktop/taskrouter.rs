//! TaskRouter through `event-bridge`: requests as `POST /v1/wschannels`, events on a WebSocket at the
//! same address.

use std::time::Duration;

use axum::{
    Json,
    extract::ws::{Message, WebSocket},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::{sync::broadcast::error::RecvError, time::interval};

use super::{Shared, interactions, worker};
use crate::{
    Sandbox, agent,
    common::{clock, lock, sids},
    scenario::Scenario,
    tasks::{Event, Reservation, Step},
};

/// TaskRouter's client closes a socket on which 30 seconds pass without a message.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A REST request in event-bridge's envelope.
#[derive(Deserialize)]
struct Request {
    url: String,
    method: String,
    #[serde(default)]
    params: Map<String, Value>,
    token: String,
}

/// What a request comes to: the payload, or the status and reason of the refusal.
type Outcome = Result<Value, (StatusCode, String)>;

/// `POST /v1/wschannels`. `if_match` is the version of the resource that the client has seen.
pub(super) fn call(sandbox: &Sandbox, body: &[u8], if_match: Option<&str>) -> Response {
    let outcome = match serde_json::from_slice::<Request>(body) {
        Ok(request) if agent::session_of(sandbox, &request.token).is_none() => {
            Err((StatusCode::FORBIDDEN, "The token is unknown or has expired".to_owned()))
        }
        Ok(request) => answer(sandbox, &request, if_match),
        Err(error) => Err((StatusCode::BAD_REQUEST, format!("Malformed request: {error}"))),
    };
    match outcome {
        Ok(payload) => Json(json!({ "payload": payload })).into_response(),
        Err((status, message)) => {
            (status, Json(json!({ "code": 20001, "message": message, "status": status.as_u16() })))
                .into_response()
        }
    }
}

fn answer(sandbox: &Sandbox, request: &Request, if_match: Option<&str>) -> Outcome {
    let desktop = &sandbox.desktop;
    let path: Vec<&str> = request.url.split('/').skip_while(|part| part.is_empty()).collect();
    let list = |contents: Vec<Value>| Ok(json!({ "contents": contents }));
    match (request.method.as_str(), path.as_slice()) {
        ("GET", ["Workspaces", _, "Activities"]) => list(worker::activities()),
        ("GET", ["Workspaces", _, "TaskQueues"]) => list(Vec::new()),
        ("GET", ["Workspaces", _, "Workers", _]) => {
            Ok(lock(&desktop.worker).wire(sandbox.scenario().worker_attributes))
        }
        ("POST", ["Workspaces", _, "Workers", _]) => update_worker(sandbox, &request.params),
        ("GET", ["Workspaces", _, "Workers", _, "WorkerChannels"]) => list(worker::channels()),
        ("GET", ["Workspaces", _, "Workers", _, "Reservations"]) => {
            let now_s = clock::now_s();
            list(sandbox.tasks.active(|reservation| reservation.wire(now_s)))
        }
        ("GET", ["Workspaces", _, "Workers", _, "Reservations", sid]) => sandbox
            .tasks
            .read(sid, |reservation| reservation.wire(clock::now_s()))
            .ok_or_else(|| not_found(sid)),
        ("POST", ["Workspaces", _, "Workers", _, "Reservations", sid]) => {
            update_reservation(sandbox, sid, &request.params, if_match)
        }
        ("GET", ["Workspaces", _, "Tasks", sid]) => sandbox
            .tasks
            .read(sid, |reservation| reservation.task_wire(clock::now_s()))
            .ok_or_else(|| not_found(sid)),
        ("POST", ["Workspaces", _, "Tasks", sid]) => {
            update_task(sandbox, sid, &request.params, if_match)
        }
        // Holding, muting and the like: acknowledged, without a call that could change.
        ("POST", ["Workspaces", _, "Workers", _, "WorkerParticipant" | "CustomerParticipant"]) => {
            Ok(json!({}))
        }
        ("GET", ["v1", "Interactions", sid, "Channels"]) => sandbox
            .tasks
            .read(&task_of(sid), |reservation| interactions::channels(sid, reservation))
            .ok_or_else(|| not_found(sid)),
        ("GET", ["v1", "Interactions", sid, "Channels", _, "Participants"]) => sandbox
            .tasks
            .read(&task_of(sid), |reservation| interactions::participants(sid, reservation))
            .ok_or_else(|| not_found(sid)),
        (method, _) => {
            sandbox.unknown_calls.record(format!("TaskRouter {method} {}", request.url));
            Err(not_found(&request.url))
        }
    }
}

/// The task of an interaction, which has the same digits.
fn task_of(interaction_sid: &str) -> String {
    interaction_sid.replacen("KD", "WT", 1)
}

fn update_worker(sandbox: &Sandbox, params: &Map<String, Value>) -> Outcome {
    let mut worker = lock(&sandbox.desktop.worker);
    if let Some(attributes) = attributes_in(params)? {
        worker.bump();
        let scenario = Scenario { worker_attributes: attributes, ..sandbox.scenario() };
        let payload = worker.wire(scenario.worker_attributes.clone());
        sandbox.change_scenario(scenario);
        sandbox.tasks.push([Event { kind: "worker.attributes.update", payload }]);
    }
    let wire = |worker: &worker::Worker| worker.wire(sandbox.scenario().worker_attributes);
    if let Some(sid) = text(params, "ActivitySid") {
        if !worker.set_activity(sid) {
            return Err((StatusCode::BAD_REQUEST, format!("Activity {sid} does not exist")));
        }
        let event = Event { kind: "worker.activity.update", payload: wire(&worker) };
        sandbox.tasks.push([event]);
    }
    Ok(wire(&worker))
}

fn update_reservation(
    sandbox: &Sandbox,
    sid: &str,
    params: &Map<String, Value>,
    if_match: Option<&str>,
) -> Outcome {
    // "conference" calls the agent's phone into the customer's call; here the agent picks up at once.
    let step = match (text(params, "ReservationStatus"), text(params, "Instruction")) {
        (Some(status), _) => Step::of_status(status),
        (None, Some("conference")) => Some(Step::Accept),
        _ => None,
    };
    let step = step.ok_or_else(|| {
        (StatusCode::BAD_REQUEST, format!("Reservation {sid} cannot be updated with {params:?}"))
    })?;
    fresh(if_match, sandbox.tasks.read(sid, |reservation| reservation.version))?;
    change(sandbox, sid, |reservation, now_s| reservation.step(step, now_s))
        .map(|reservation| reservation.wire(clock::now_s()))
}

fn update_task(
    sandbox: &Sandbox,
    sid: &str,
    params: &Map<String, Value>,
    if_match: Option<&str>,
) -> Outcome {
    let attributes = attributes_in(params)?;
    let step = text(params, "AssignmentStatus").and_then(|status| match status {
        "canceled" => Some(Step::Cancel),
        other => Step::of_status(other),
    });
    fresh(if_match, sandbox.tasks.read(sid, |reservation| reservation.task_version))?;
    change(sandbox, sid, |reservation, now_s| {
        let mut events = Vec::new();
        if let Some(attributes) = attributes {
            events.push(reservation.set_attributes(attributes, now_s));
        }
        if let Some(step) = step {
            events.extend(reservation.step(step, now_s)?);
        }
        Ok(events)
    })
    .map(|reservation| reservation.task_wire(clock::now_s()))
}

/// The attributes of a request, which come as an object or as JSON.
fn attributes_in(
    params: &Map<String, Value>,
) -> Result<Option<Map<String, Value>>, (StatusCode, String)> {
    match params.get("Attributes") {
        None => Ok(None),
        Some(Value::Object(attributes)) => Ok(Some(attributes.clone())),
        Some(Value::String(json)) => serde_json::from_str(json).map(Some).map_err(|error| {
            (StatusCode::BAD_REQUEST, format!("Attributes are no JSON object: {error}"))
        }),
        Some(_) => Err((StatusCode::BAD_REQUEST, "Attributes are no JSON object".to_owned())),
    }
}

/// Changes a reservation; a refused step is a bad request and an unknown SID is not found.
fn change(
    sandbox: &Sandbox,
    sid: &str,
    change: impl FnOnce(&mut Reservation, u64) -> Result<Vec<Event>, String>,
) -> Result<Reservation, (StatusCode, String)> {
    match sandbox.tasks.change(sid, change) {
        Some(Ok(reservation)) => Ok(reservation),
        Some(Err(message)) => Err((StatusCode::BAD_REQUEST, message)),
        None => Err(not_found(sid)),
    }
}

/// Refuses a change to a version that is not the present one, as TaskRouter does.
fn fresh(if_match: Option<&str>, version: Option<u32>) -> Result<(), (StatusCode, String)> {
    match (if_match, version) {
        (Some(seen), Some(version)) if seen != version.to_string() => {
            let message =
                format!("If-Match names version {seen}, but the present one is {version}");
            Err((StatusCode::PRECONDITION_FAILED, message))
        }
        _ => Ok(()),
    }
}

fn not_found(what: &str) -> (StatusCode, String) {
    (StatusCode::NOT_FOUND, format!("The requested resource {what} was not found"))
}

fn text<'a>(params: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    params.get(name).and_then(Value::as_str)
}

/// The event socket: `init`, then every event of the worker as it happens.
pub(super) async fn events(mut socket: WebSocket, sandbox: Shared) {
    let mut events = sandbox.tasks.subscribe();
    let init = json!({
        "event_type": "init",
        "payload": {
            "account_sid": sids::ACCOUNT,
            "channel_id": sids::WORKER,
            "token_lifetime": 86_400_000,
            "workspace_sid": sids::WORKSPACE,
        },
    });
    if socket.send(Message::text(init.to_string())).await.is_err() {
        return;
    }
    let mut heartbeat = interval(HEARTBEAT);
    loop {
        let message = tokio::select! {
            event = events.recv() => match event {
                Ok(Event { kind, payload }) => {
                    json!({ "event_type": kind, "payload": payload }).to_string()
                }
                // The client comes again and asks for the reservations anew.
                Err(RecvError::Lagged(_) | RecvError::Closed) => return,
            },
            _ = heartbeat.tick() => " ".to_owned(),
            received = socket.recv() => match received {
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
        };
        if socket.send(Message::text(message)).await.is_err() {
            return;
        }
    }
}
