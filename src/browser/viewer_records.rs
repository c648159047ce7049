//! The open viewers, as the page remembers them: windows and frames, and what another instance has to
//! know of them.

use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlIFrameElement, Window};

use crate::{
    browser::{
        given::{self, Field},
        object,
        page::Page,
    },
    core::{
        desk::{LeftViewer, OpenViewer},
        group_id::GroupId,
        ids::TaskSid,
        session::{NoPanel, OpenTarget, ViewerRequest},
        session_key::SessionKey,
        time::Moment,
        video::Video,
    },
};

#[wasm_bindgen]
extern "C" {
    /// One task's viewer: a plain object in the page's map.
    #[wasm_bindgen(extends = js_sys::Object)]
    #[derive(Clone)]
    pub type Viewer;

    #[wasm_bindgen(method, getter, structural)]
    pub fn window(this: &Viewer) -> Option<Window>;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_window(this: &Viewer, window: Option<&Window>);

    #[wasm_bindgen(method, getter, structural)]
    pub fn frame(this: &Viewer) -> Option<HtmlIFrameElement>;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_frame(this: &Viewer, frame: Option<&HtmlIFrameElement>);

    /// What `remember` noted, as one object.
    #[wasm_bindgen(method, getter, structural)]
    fn memory(this: &Viewer) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    fn set_memory(this: &Viewer, memory: &JsValue);
}

/// What was noted by `remember`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Memory {
    session_key: Field,
    group_id: Field,
    web: Field,
    target: Field,
    without_panel: Field,
    opens_in_click: Field,
    agent_video: Field,
    visitor_video: Field,
    opened: Field,
    in_session: Field,
    has_viewer: Field,
    is_suspended: Field,
    running_key: Field,
}

/// Notes what an instance that has to take over this viewer needs to know. No login key is among it.
pub fn remember(page: &Page, viewer: &OpenViewer) {
    let OpenViewer { task, request, viewer, in_session, session_key } = viewer;
    let opened = match viewer {
        LeftViewer::Open(since) => Some(*since),
        _ => None,
    };
    let moment = |moment: &Option<Moment>| match moment {
        Some(Moment { unix_ms, mono_ms }) => {
            Array::of2(&(*unix_ms).into(), &(*mono_ms).into()).into()
        }
        None => JsValue::UNDEFINED,
    };
    let text = |text: &Option<String>| text.as_deref().map_or(JsValue::UNDEFINED, JsValue::from);
    let memory = object::of(&[
        ("sessionKey", request.session_key.as_str().into()),
        ("groupId", request.group_id.number().into()),
        ("web", (&request.web).into()),
        ("target", request.target.name().into()),
        ("withoutPanel", request.without_panel.map(NoPanel::name).into()),
        ("opensInClick", request.opens_in_click.into()),
        ("agentVideo", text(&request.video.agent)),
        ("visitorVideo", text(&request.video.visitor)),
        ("opened", moment(&opened)),
        ("inSession", moment(in_session)),
        ("hasViewer", (*viewer != LeftViewer::Missing).into()),
        ("isSuspended", (*viewer == LeftViewer::Suspended).into()),
        ("runningKey", session_key.as_ref().map_or(JsValue::UNDEFINED, |key| key.as_str().into())),
    ]);
    find_or_create(page, task).set_memory(&memory);
}

/// Forgets the task's viewer, which has neither window nor frame any more.
pub fn forget(page: &Page, task: &TaskSid) {
    if let Some(record) = find(page, task) {
        record.set_memory(&JsValue::UNDEFINED);
        forget_if_empty(page, task);
    }
}

/// What was noted of every task's viewer.
pub fn remembered(page: &Page) -> Vec<OpenViewer> {
    let read = |task: &TaskSid| {
        let memory: Memory = given::read(&find(page, task)?.memory());
        let moment = |noted: &Field| {
            let both = noted.value().dyn_ref::<Array>()?;
            let (unix_ms, mono_ms) = (both.get(0).as_f64()?, both.get(1).as_f64()?);
            Some(Moment { unix_ms, mono_ms })
        };
        Some(OpenViewer {
            task: task.clone(),
            request: ViewerRequest {
                session_key: SessionKey::parse(&memory.session_key.text()?).ok()?,
                group_id: GroupId::parse(&memory.group_id.prop())?,
                web: memory.web.text()?,
                target: OpenTarget::parse(&memory.target.prop())?,
                without_panel: memory.without_panel.text().as_deref().and_then(NoPanel::named),
                opens_in_click: memory.opens_in_click.value().is_truthy(),
                video: Video {
                    agent: memory.agent_video.text(),
                    visitor: memory.visitor_video.text(),
                },
            },
            viewer: match moment(&memory.opened) {
                Some(since) => LeftViewer::Open(since),
                None if memory.is_suspended.value().is_truthy() => LeftViewer::Suspended,
                None if memory.has_viewer.value().is_truthy() => LeftViewer::OnTheWay,
                None => LeftViewer::Missing,
            },
            session_key: memory.running_key.text().and_then(|key| SessionKey::parse(&key).ok()),
            in_session: moment(&memory.in_session),
        })
    };
    tasks(page).iter().filter_map(read).collect()
}

/// The task's viewer, if one is open or on its way.
pub fn find(page: &Page, task: &TaskSid) -> Option<Viewer> {
    let viewer = page.viewers().get(&task.as_str().into());
    viewer.is_object().then(|| viewer.unchecked_into())
}

/// The task's viewer, made if it is not there.
pub fn find_or_create(page: &Page, task: &TaskSid) -> Viewer {
    find(page, task).unwrap_or_else(|| {
        let viewer: Viewer = js_sys::Object::new().unchecked_into();
        page.viewers().set(&task.as_str().into(), &viewer);
        viewer
    })
}

/// Forgets the task's viewer once it has neither window, frame nor memory.
pub fn forget_if_empty(page: &Page, task: &TaskSid) {
    let is_empty = find(page, task).is_some_and(|viewer| {
        viewer.window().is_none() && viewer.frame().is_none() && viewer.memory().is_undefined()
    });
    if is_empty {
        page.viewers().delete(&task.as_str().into());
    }
}

/// The tasks that have a viewer.
pub fn tasks(page: &Page) -> Vec<TaskSid> {
    let keys = Array::from(&page.viewers().keys());
    keys.iter().filter_map(|key| key.as_string()).map(TaskSid::from).collect()
}
