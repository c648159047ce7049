//! The part of the control API about tasks, the plugin's settings, and calls that have no stand-in.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, patch, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Shared;
use crate::{
    account::settings::plugin_settings,
    tasks::{Channel, NewTask, Reservation, Status, Step, reserve},
};

/// Routes below `/control/`.
pub(crate) fn router(sandbox: Shared) -> Router {
    Router::new()
        .route("/control/tasks", get(active).post(create).delete(clear))
        .route("/control/tasks/{sid}", patch(update).get(read))
        .route("/control/tasks/{sid}/{step}", post(take_step))
        .route("/control/settings", get(settings))
        .route("/control/unknown", get(unknown))
        .with_state(sandbox)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Creation {
    name: String,
    channel: Channel,
    #[serde(default)]
    attributes: Map<String, Value>,
    #[serde(default)]
    accepted: bool,
}

async fn create(State(sandbox): State<Shared>, Json(creation): Json<Creation>) -> Response {
    let Creation { name, channel, attributes, accepted } = creation;
    let status = if accepted { Status::Accepted } else { Status::Pending };
    let reservation = reserve(&sandbox, NewTask { name, channel, attributes }, status);
    (StatusCode::CREATED, Json(describe(&reservation))).into_response()
}

/// A reservation as the control API shows it.
fn describe(reservation: &Reservation) -> Value {
    json!({
        "attributes": reservation.attributes,
        "reservation": reservation.sid,
        "state": reservation.status.visitor_word(),
        "task": reservation.task_sid,
    })
}

async fn active(State(sandbox): State<Shared>) -> Json<Vec<Value>> {
    Json(sandbox.tasks.active(describe))
}

async fn read(State(sandbox): State<Shared>, Path(sid): Path<String>) -> Response {
    match sandbox.tasks.read(&sid, describe) {
        Some(description) => Json(description).into_response(),
        None => not_found(&sid),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    /// The task's new attributes, all of them.
    attributes: Map<String, Value>,
}

async fn update(
    State(sandbox): State<Shared>,
    Path(sid): Path<String>,
    Json(Update { attributes }): Json<Update>,
) -> Response {
    let changed = sandbox
        .tasks
        .change(&sid, |reservation, now_s| Ok(vec![reservation.set_attributes(attributes, now_s)]));
    answer(&sid, changed)
}

async fn take_step(
    State(sandbox): State<Shared>,
    Path((sid, step)): Path<(String, String)>,
) -> Response {
    let step = match step.as_str() {
        "accept" => Step::Accept,
        "reject" => Step::Reject,
        "rescind" => Step::Rescind,
        "wrapup" => Step::WrapUp,
        "complete" => Step::Complete,
        "cancel" => Step::Cancel,
        "transfer" => Step::Transfer,
        other => {
            let sentence = format!(
                "A task cannot {other}; it can accept, reject, rescind, wrapup, complete, cancel or transfer.\n"
            );
            return (StatusCode::NOT_FOUND, sentence).into_response();
        }
    };
    let changed = sandbox.tasks.change(&sid, |reservation, now_s| reservation.step(step, now_s));
    answer(&sid, changed)
}

fn answer(sid: &str, changed: Option<Result<Reservation, String>>) -> Response {
    match changed {
        Some(Ok(reservation)) => Json(describe(&reservation)).into_response(),
        Some(Err(sentence)) => (StatusCode::CONFLICT, format!("{sentence}\n")).into_response(),
        None => not_found(sid),
    }
}

fn not_found(sid: &str) -> Response {
    (StatusCode::NOT_FOUND, format!("There is no task or reservation {sid}.\n")).into_response()
}

async fn clear(State(sandbox): State<Shared>) -> StatusCode {
    sandbox.tasks.clear();
    StatusCode::NO_CONTENT
}

async fn settings(State(sandbox): State<Shared>) -> Json<Map<String, Value>> {
    Json(plugin_settings(&sandbox))
}

async fn unknown(State(sandbox): State<Shared>) -> Json<Vec<String>> {
    Json(sandbox.unknown_calls.list())
}
