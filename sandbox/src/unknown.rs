//! Calls to Twilio's hosts that nothing answers; `GET /control/unknown` lists them.

use std::sync::Mutex;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::common::lock;

/// Calls for which there is no stand-in, in order of arrival.
#[derive(Default)]
pub(crate) struct UnknownCalls(Mutex<Vec<String>>);

impl UnknownCalls {
    /// Remembers a call.
    pub(crate) fn record(&self, call: String) {
        lock(&self.0).push(call);
    }

    /// Remembers a call and answers 404.
    pub(crate) fn answer(&self, call: &str) -> Response {
        self.record(call.to_owned());
        let body =
            json!({ "code": 20404, "message": format!("{call} was not found"), "status": 404 });
        (StatusCode::NOT_FOUND, Json(body)).into_response()
    }

    /// All of them so far.
    pub(crate) fn list(&self) -> Vec<String> {
        lock(&self.0).clone()
    }
}
