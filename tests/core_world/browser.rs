//! A fake browser: windows that it blocks and the agent closes, frames of a panel that comes and goes.

use std::collections::BTreeMap;

use flex_glance::core::{
    desk::{Effect, Event, NotificationKind},
    ids::{TaskSid, ViewerId},
    session::{
        NoPanel,
        viewer::{Open, WindowSight},
    },
    viewer_url::ViewerUrl,
};

use crate::{coverage::Fact, flex::index_of, world::World};

#[derive(Default)]
pub(crate) struct Browser {
    pub(crate) popups: Popups,
    pub(crate) has_panel: bool,
    /// By task.
    pub(crate) windows: BTreeMap<usize, Window>,
    pub(crate) frames: BTreeMap<usize, Frame>,
    /// Windows that the browser did not open.
    pub(crate) refused: Vec<(usize, ViewerId)>,
    pub(crate) notifications: Vec<(NotificationKind, TaskSid)>,
    /// Whether the agent's click is being handled.
    pub(crate) in_click: bool,
    /// Whether the viewer's page sends `Cross-Origin-Opener-Policy`.
    pub(crate) is_isolated: bool,
}

/// When a script may open a window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Popups {
    Always,
    #[default]
    InClicks,
    Never,
}

#[derive(Clone, Debug)]
pub(crate) struct Window {
    pub(crate) page: Option<WindowPage>,
}

/// The viewer that a window was sent to.
#[derive(Clone, Debug)]
pub(crate) struct WindowPage {
    pub(crate) key: String,
    pub(crate) is_loaded: bool,
    /// Whether it looks closed from here once it is loaded.
    is_isolated: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) viewer: ViewerId,
    pub(crate) key: String,
}

impl Browser {
    /// Why a viewer cannot be in the panel.
    pub(crate) fn no_panel(&self) -> Option<NoPanel> {
        (!self.has_panel).then_some(NoPanel::Missing)
    }
}

impl Window {
    pub(crate) fn is_out_of_reach(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.is_isolated && page.is_loaded)
    }

    fn sight(&self) -> WindowSight {
        match &self.page {
            Some(page) if page.is_loaded && page.is_isolated => WindowSight::Closed,
            Some(page) if page.is_loaded => WindowSight::Foreign,
            _ => WindowSight::Blank,
        }
    }
}

/// A part of a viewer's address.
pub(crate) fn query(url: &ViewerUrl, name: &str) -> Option<String> {
    let (_, query) = url.expose().split_once('?')?;
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then(|| urlencoding::decode(value).map(|value| value.into_owned()).ok())?
    })
}

impl World {
    pub(crate) fn run_in_browser(&mut self, effect: Effect) {
        match effect {
            Effect::OpenWindow { task, viewer, .. } => self.open_window(&task, viewer),
            Effect::Navigate { task, viewer, url } => {
                self.check_url(&task, &url);
                let key = query(&url, "SessionKey").unwrap_or_default();
                let is_isolated = self.browser.is_isolated;
                let page = WindowPage { key, is_loaded: false, is_isolated };
                match self.browser.windows.get_mut(&index_of(&task)) {
                    Some(window) if window.page.is_none() => window.page = Some(page),
                    _ => self.queue.push_back(Event::WindowSeen(task, viewer, WindowSight::Closed)),
                }
            }
            Effect::CloseWindow { task } => {
                self.browser.windows.remove(&index_of(&task));
            }
            Effect::LookAtWindow { task, viewer } => {
                let window = self.browser.windows.get(&index_of(&task));
                let sight = window.map_or(WindowSight::Closed, Window::sight);
                self.queue.push_back(Event::WindowSeen(task, viewer, sight));
            }
            Effect::ShowFrame { task, viewer, url, .. } => {
                self.check_url(&task, &url);
                if self.browser.has_panel {
                    let key = query(&url, "SessionKey").unwrap_or_default();
                    self.browser.frames.insert(index_of(&task), Frame { viewer, key });
                    self.promise(Event::FrameLoaded(task, viewer));
                } else {
                    self.queue.push_back(Event::PanelGone(task, viewer));
                }
            }
            Effect::CloseFrame { task } => {
                self.browser.frames.remove(&index_of(&task));
            }
            Effect::Notify { kind, task, .. } => self.browser.notifications.push((kind, task)),
            Effect::DismissNotification { kind, task } => {
                self.browser.notifications.retain(|up| *up != (kind, task.clone()));
            }
            _ => {}
        }
    }

    fn open_window(&mut self, task: &TaskSid, viewer: ViewerId) {
        let at = index_of(task);
        let is_blank = |window: &Window| window.page.is_none();
        if self.browser.windows.get(&at).is_some_and(is_blank) {
            return;
        }
        self.browser.windows.remove(&at);
        let is_allowed = match self.browser.popups {
            Popups::Always => true,
            Popups::InClicks => self.browser.in_click,
            Popups::Never => false,
        };
        if !self.browser.in_click {
            self.coverage.arose(Fact::WindowOutsideClick);
        }
        if is_allowed {
            self.browser.windows.insert(at, Window { page: None });
        } else {
            self.coverage.arose(Fact::WindowRefused);
            self.browser.refused.push((at, viewer));
            self.queue.push_back(Event::WindowRefused(task.clone(), viewer));
        }
    }

    pub(crate) fn browser_changes(&mut self) {
        match self.rng.weighted(&[3.0, 3.0, 1.5, 1.5, 0.4, 0.2]) {
            0 => self.agent_closes_window(),
            1 => self.window_loads(),
            2 => self.panel_goes(),
            3 => self.panel_comes(),
            4 => {
                self.browser.popups = match self.rng.below(4) {
                    0 => Popups::Always,
                    1 => Popups::Never,
                    _ => Popups::InClicks,
                };
            }
            _ => self.browser.is_isolated = self.rng.chance(0.3),
        }
    }

    fn agent_closes_window(&mut self) {
        let all: Vec<usize> = self.browser.windows.keys().copied().collect();
        if let Some(task) = self.rng.pick(&all) {
            self.browser.windows.remove(&task);
            self.note(|_| format!("the agent closes the window of task {task}"));
        }
    }

    pub(crate) fn window_loads(&mut self) {
        for (task, window) in &mut self.browser.windows {
            if let Some(page) = &mut window.page
                && self.rng.chance(0.6)
                && !page.is_loaded
            {
                page.is_loaded = true;
                if let Some(trace) = &mut self.trace {
                    trace.push(format!("the window of task {task} has loaded"));
                }
            }
        }
    }

    fn panel_goes(&mut self) {
        if !std::mem::take(&mut self.browser.has_panel) {
            return;
        }
        self.note(|_| "the panel goes".to_owned());
        for (task, frame) in std::mem::take(&mut self.browser.frames) {
            let sid = self.flex.tasks[task].sid.clone();
            // A frame that was taken over has a number of the new instance's.
            let open = self.desk.task_view(&sid).session.and_then(|it| it.viewer.open.as_ref());
            let viewer = match open {
                Some(Open::Panel { id, .. }) => *id,
                _ => frame.viewer,
            };
            self.queue.push_back(Event::PanelGone(sid, viewer));
        }
        self.drain();
    }

    pub(crate) fn panel_comes(&mut self) {
        if !std::mem::replace(&mut self.browser.has_panel, true) {
            self.note(|_| "the panel comes".to_owned());
            self.panel_shows();
        }
    }
}
