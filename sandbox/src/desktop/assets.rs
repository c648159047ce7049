//! What Flex fetches from Twilio's static hosts: plugins, languages and a few small files.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Sandbox;

/// The plugin that the scenario names.
#[derive(Debug, Serialize)]
pub(crate) struct Plugin {
    /// File name without `.js` in `sandbox/dist/plugins/`.
    #[serde(rename = "plugin")]
    pub(crate) name: String,
    /// Whether that file is there.
    #[serde(rename = "plugin_built")]
    pub(crate) is_built: bool,
}

/// The plugin that Flex loads next time.
pub(crate) fn plugin(sandbox: &Sandbox) -> Plugin {
    let name = sandbox.scenario().plugin.unwrap_or_else(|| "example".to_owned());
    let file = sandbox.root.join("sandbox/dist/plugins").join(format!("{name}.js"));
    Plugin { is_built: file.is_file(), name }
}

/// The answer of the plugin service: one plugin, or none if it is not built.
pub(super) fn plugins(sandbox: &Sandbox) -> Value {
    let plugin = plugin(sandbox);
    if !plugin.is_built {
        return json!([]);
    }
    json!([{
        "name": plugin.name,
        "phase": 3,
        "src": format!("{}/plugins/{}.js", sandbox.origins.desktop, plugin.name),
        "version": "1.0.0",
    }])
}

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
