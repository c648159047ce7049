//! Events and effects in one short line each.

use flex_glance::core::{
    desk::{Effect, Event},
    task::Task,
};

use crate::flex::index_of;

fn name(task: &Task) -> String {
    let key = task.session_key().map(|key| key.as_str().to_owned()).unwrap_or_default();
    format!("task {} of {key}", index_of(&task.sid))
}

pub(crate) fn event(event: &Event) -> String {
    match event {
        Event::Agent { task, settings, act } => {
            format!("> the agent: {act:?}, {}, settings {}", name(task), settings.id.0)
        }
        Event::Tasks(listed) => {
            let tasks: Vec<String> = listed
                .iter()
                .map(|listed| format!("{} {}", name(&listed.task), listed.status))
                .collect();
            format!("> tasks: {}", tasks.join(", "))
        }
        Event::SettingsChanged(source, settings) => {
            let config = &settings.config;
            format!(
                "> settings {} of {source:?}: {:?}, in the click {}, presence {}, {}, {:?}",
                settings.id.0,
                config.target,
                config.immediate_tab,
                config.presence,
                config.auth_url,
                settings.token
            )
        }
        Event::Shown { component, slot, task } => {
            format!("> shown in {slot:?} {}: {:?}", component.0, task.as_ref().map(name))
        }
        Event::Restored(left) => {
            let left: Vec<String> = left
                .iter()
                .map(|left| {
                    format!(
                        "task {}, {:?} {}, {:?}, in session {:?}",
                        index_of(&left.task),
                        left.request.target,
                        left.request.session_key.as_str(),
                        left.viewer,
                        left.in_session
                    )
                })
                .collect();
            format!("> restored: {}", left.join("; "))
        }
        other => format!("> {other:?}"),
    }
}

pub(crate) fn effect(effect: &Effect) -> Option<String> {
    match effect {
        Effect::Log(_) | Effect::Warn(_) | Effect::Redraw(_) => None,
        Effect::ReportStart { task, .. } => Some(format!("    ReportStart {task:?}")),
        Effect::ReportEnd { task, duration_ms, reason, .. } => {
            Some(format!("    ReportEnd {task:?}, {duration_ms} ms, {reason:?}"))
        }
        Effect::ShowFrame { task, viewer, .. } => {
            Some(format!("    ShowFrame {task:?} {viewer:?}"))
        }
        other => Some(format!("    {other:?}")),
    }
}
