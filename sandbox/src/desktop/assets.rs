//! What Flex fetches from Twilio's static hosts: languages and a few small files.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// A static file of `host`; nothing if Flex is not known to fetch it.
pub(super) fn file(host: &str, path: &str) -> Option<Response> {
    let typed = |kind: &'static str| ([(header::CONTENT_TYPE, kind)], "").into_response();
    match (host, path) {
        ("assets.flex.twilio.com", "assets/countries.json") => {
            Some(Json(json!([])).into_response())
        }
        ("assets.flex.twilio.com", "assets/flagPositions.json") => {
            Some(Json(json!({})).into_response())
        }
        ("assets.flex.twilio.com", path) => {
            locale(path.strip_prefix("assets/locales/releases/flex-ui/")?)
        }
        ("status.twilio.com", "api/v2/summary.json") => Some(
            Json(json!({
                "components": [],
                "incidents": [],
                "scheduled_maintenances": [],
                "status": { "indicator": "none", "description": "" },
            }))
            .into_response(),
        ),
        ("media.twiliocdn.com", _) => Some(typed("audio/mpeg")),
        (_, path) if path.ends_with(".css") => Some(typed("text/css")),
        _ => None,
    }
}

/// Flex's languages: English is built in, and Spanish stands for the others with a few words.
fn locale(path: &str) -> Option<Response> {
    let (_version, file) = path.split_once('/')?;
    match file {
        "available_locales.json" => Some(
            Json(json!([
                { "tag": "en-US", "name": "English (US)" },
                { "tag": "es-ES", "name": "Español (España)" },
            ]))
            .into_response(),
        ),
        "en-US.json" => Some(Json(json!({ "strings": {} })).into_response()),
        "es-ES.json" => Some(
            Json(json!({
                "strings": {
                    "NoTasks": "No hay tareas activas",
                    "TaskHeaderComplete": "Completar",
                    "TaskHeaderEndChat": "Finalizar",
                    "TaskHeaderWrapup": "Concluir",
                },
            }))
            .into_response(),
        ),
        _ => None,
    }
}
