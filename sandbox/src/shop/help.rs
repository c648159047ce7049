//! The help desk: a visitor asks for a call, and hears how the task stands.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::Stream;
use serde::Deserialize;
use serde_json::{Map, json};

use crate::{
    Sandbox,
    tasks::{Channel, NewTask, cancel_task, create_task, task_changes, task_state},
};

/// The longest name the shop takes.
const LONGEST_NAME: usize = 60;

/// What the help panel sends.
#[derive(Deserialize)]
pub(super) struct Request {
    name: String,
}

/// Creates the task and answers its reservation's SID.
pub(super) async fn ask(
    State(sandbox): State<Arc<Sandbox>>,
    Json(request): Json<Request>,
) -> Response {
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return (StatusCode::BAD_REQUEST, "A name of at most 60 characters is needed.\n")
            .into_response();
    }
    // The phone system does not know the page's Glance visitor ID.
    let attributes = Map::new();
    let task = NewTask { name: name.to_owned(), channel: Channel::Call, attributes };
    Json(json!({ "sid": create_task(&sandbox, task) })).into_response()
}

/// The states of a task as server-sent events, from the present one on.
pub(super) async fn states(
    State(sandbox): State<Arc<Sandbox>>,
    Path(sid): Path<String>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = task_changes(&sandbox);
    let states = futures_util::stream::unfold(
        (sandbox, sid, changes, None),
        |(sandbox, sid, mut changes, told)| async move {
            loop {
                let state = task_state(&sandbox, &sid).unwrap_or("gone");
                if told != Some(state) {
                    let event = Ok(Event::default().data(state));
                    return Some((event, (sandbox, sid, changes, Some(state))));
                }
                changes.changed().await.ok()?;
            }
        },
    );
    Sse::new(states).keep_alive(KeepAlive::default())
}

/// The visitor hung up.
pub(super) async fn leave(State(sandbox): State<Arc<Sandbox>>, Path(sid): Path<String>) {
    cancel_task(&sandbox, &sid);
}
