//! Does what the desk asks for. What an effect learns is sent back as an event.

use std::rc::Weak;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::{
    browser::{
        clock, frame,
        glance_presence::{self, Connection},
        glance_script, log,
        login_key_request::LoginKeyRequest,
        string_source::Given,
        viewer_window,
    },
    core::{
        desk::{Effect, Event},
        ids::{ConnectionId, LookUpId, RequestId, SettingsId, TaskSid, ViewerId},
        login_key::{LoginKeyFailure, PartnerUserId, TokenSource, cache},
        presence::{self, Signal},
        viewer_url::ViewerUrl,
    },
    runtime::App,
};

impl App {
    /// * `changed`: tasks of which a component may show something else now.
    pub(super) fn run(&self, effect: Effect, changed: &mut Vec<TaskSid>) {
        match effect {
            Effect::OpenWindow { task, viewer, target, title } => {
                if !viewer_window::open(&self.page, &task, target, &title) {
                    self.send(Event::WindowRefused(task, viewer));
                }
            }
            Effect::Navigate { task, viewer, url } => {
                if !viewer_window::navigate(&self.page, &task, &url) {
                    self.send(Event::WindowGone(task, viewer));
                }
            }
            Effect::CloseWindow { task } => viewer_window::close(&self.page, &task),
            Effect::BringWindowToFront { task } => viewer_window::focus(&self.page, &task),
            Effect::LookAtWindow { task, viewer } => {
                let sight = viewer_window::look(&self.page, &task);
                self.send(Event::WindowSeen(task, viewer, sight));
            }
            Effect::ShowFrame { task, viewer, url, title, sandbox } => {
                self.show_frame(task, viewer, &url, &title, sandbox.as_deref());
            }
            Effect::CloseFrame { task } => {
                self.handles.borrow_mut().remove_frame(&task);
                frame::close(&self.page, &task);
            }
            Effect::BringFrameToFront { task } => {
                self.show_panel(&task);
                frame::focus(&self.page, &task);
            }

            Effect::LoginKey(effect) => self.run_login_key(effect),
            Effect::Presence(effect) => self.run_presence(effect),
            Effect::Notify { kind, task, text, button } => {
                self.host.notify(kind, task.as_str(), &text.0, &button);
            }
            Effect::DismissNotification { kind, task } => {
                self.host.dismiss_notification(kind, task.as_str());
            }
            Effect::GiveActionUp(task) => self.host.give_action_up(task.as_str()),
            Effect::SelectTask(task) => self.host.select_task(task.as_str()),
            Effect::ReportStart { task, settings } => {
                let sources = self.known.borrow().find(settings.id);
                if let Some((_, sources)) = sources {
                    let session = [("sid", task.as_str().into())];
                    sources.onsessionstart.report(&self.host, "start", &session);
                }
            }
            Effect::ReportEnd { task, settings, duration_ms, reason } => {
                let sources = self.known.borrow().find(settings.id);
                if let Some((_, sources)) = sources {
                    let session = [
                        ("sid", task.as_str().into()),
                        ("duration", JsValue::from_f64(duration_ms / 1_000.0)),
                        ("reason", reason.name().into()),
                    ];
                    sources.onsessionend.report(&self.host, "end", &session);
                }
            }
            Effect::Deliver { task, link, text, way } => {
                self.host.deliver(task.as_str(), link, way, &text.0);
            }
            Effect::WriteFacts { task, change, worker, at_s } => {
                self.host.write_facts(task.as_str(), change, worker.as_ref(), at_s);
            }
            Effect::Redraw(task) if changed.contains(&task) => {}
            Effect::Redraw(task) => changed.push(task),
            Effect::Log(line) => log::debug(&line),
            Effect::Warn(line) => log::warn(&line),
        }
    }

    fn run_login_key(&self, effect: cache::Effect) {
        match effect {
            cache::Effect::ResolvePartnerUserId { request, settings } => {
                self.resolve_partner_user_id(request, settings);
            }
            cache::Effect::RequestLoginKey { request, settings, token, partner_user_id } => {
                self.request_login_key(request, settings, token, partner_user_id);
            }
            cache::Effect::CancelRequest(request) => {
                self.handles.borrow_mut().remove_request(request)
            }
        }
    }

    fn run_presence(&self, effect: presence::Effect) {
        match effect {
            presence::Effect::LoadScript { script, cdn, group_id } => {
                self.handles.borrow_mut().end_script();
                let done = self.sender(move |outcome| Event::Script(script, outcome));
                match glance_script::load(&cdn, group_id, done) {
                    Ok(Some(load)) => self.handles.borrow_mut().set_script(load),
                    Ok(None) => self.send(Event::Script(script, Ok(()))),
                    Err(error) => self.send(Event::Script(script, Err(error))),
                }
            }
            presence::Effect::Authorize { authorization, server, group_id, credentials } => {
                let done = self.sender(move |granted| Event::Authorized(authorization, granted));
                match glance_presence::authorize(&server, group_id, &credentials, done) {
                    Some(handlers) => {
                        self.handles.borrow_mut().set_authorization(handlers, clock::now());
                    }
                    None => self.send(Event::Authorized(authorization, false)),
                }
            }
            presence::Effect::Connect { connection, server, visitor } => {
                let on_signal = self.on_signal(connection);
                match Connection::open(&self.page, server.as_deref(), &visitor, on_signal) {
                    Some(opened) => {
                        self.handles.borrow_mut().add_connection(connection, opened);
                    }
                    None => self.send(Event::Presence(connection, Signal::Failed)),
                }
            }
            presence::Effect::Disconnect(connection) => {
                let closed = self.handles.borrow_mut().take_connection(connection);
                if let Some(closed) = closed {
                    let handlers = closed.close(&self.page);
                    self.handles.borrow_mut().retire(handlers, clock::now());
                }
            }
            presence::Effect::LookUp { connection, look_up } => self.look_up(connection, look_up),
            presence::Effect::Invite { connection, invitation, session_key, video } => {
                let on_fail = {
                    let (signal, undelivered) = (
                        self.on_signal(connection),
                        self.sender(move |()| Event::Undelivered(invitation)),
                    );
                    move |unauthorized| {
                        undelivered(());
                        if unauthorized {
                            signal(Signal::Unauthorized);
                        }
                    }
                };
                let opened = self.handles.borrow().connection(connection);
                let is_sent = opened
                    .is_some_and(|opened| opened.invite(&session_key, video.as_deref(), on_fail));
                if !is_sent {
                    self.send(Event::Undelivered(invitation));
                }
            }
        }
    }

    /// Puts the viewer into its task's panel.
    fn show_frame(
        &self,
        task: TaskSid,
        viewer: ViewerId,
        url: &ViewerUrl,
        title: &str,
        sandbox: Option<&str>,
    ) {
        let loaded = {
            let (task, send) = (task.clone(), self.sender(|event| event));
            move || send(Event::FrameLoaded(task.clone(), viewer))
        };
        let listener = self
            .panel_for(&task)
            .and_then(|panel| frame::show(&self.page, &panel, &task, url, title, sandbox, loaded));
        match listener {
            Some(listener) => {
                self.handles.borrow_mut().add_frame(&task, listener);
                self.show_panel(&task);
            }
            None => self.send(Event::PanelGone(task, viewer)),
        }
    }

    /// Answers at once, still inside the agent's click, unless a function promises the Partner UID.
    fn resolve_partner_user_id(&self, request: RequestId, settings: SettingsId) {
        let answer = move |given: Option<String>| {
            Event::PartnerUserId(
                request,
                given.map(PartnerUserId::from).ok_or(LoginKeyFailure::NoPartnerUserId),
            )
        };
        let sources = self.known.borrow().find(settings);
        match sources.map_or(Given::Now(None), |(_, sources)| sources.puid.get()) {
            Given::Now(given) => self.send(answer(given)),
            later => {
                let send = self.sender(answer);
                spawn_local(async move { send(later.wait().await) });
            }
        }
    }

    fn request_login_key(
        &self,
        request: RequestId,
        settings: SettingsId,
        token: TokenSource,
        partner_user_id: PartnerUserId,
    ) {
        let found = self.known.borrow().find(settings);
        let Some((settings, sources)) = found else {
            let failed = Err(LoginKeyFailure::NoPartnerUserId);
            self.send(Event::LoginKey(request, failed, 0));
            return;
        };
        let token = match token {
            TokenSource::Literal => Given::Now(sources.authtoken.literal()),
            TokenSource::Current if sources.authtoken.is_function() => sources.authtoken.get(),
            TokenSource::Current => Given::Now(self.host.flex_token()),
        };
        let me = self.me.clone();
        let done = move |outcome, retry_after_ms| {
            if let Some(app) = me.upgrade() {
                app.handles.borrow_mut().remove_request(request);
                app.send(Event::LoginKey(request, outcome, retry_after_ms));
            }
        };
        let auth_url = settings.config.auth_url.clone();
        let sent = LoginKeyRequest::send(auth_url, token, partner_user_id.to_string(), done);
        if let Some(sent) = sent {
            self.handles.borrow_mut().add_request(request, sent);
        }
    }

    fn look_up(&self, connection: ConnectionId, look_up: LookUpId) {
        let opened = self.handles.borrow().connection(connection);
        let is_asked =
            opened.is_some_and(|opened| opened.look_up(look_up, self.on_signal(connection)));
        if !is_asked {
            self.send(Event::Presence(connection, Signal::Failed));
        }
    }

    fn on_signal(&self, connection: ConnectionId) -> impl Fn(Signal) + Clone + use<> {
        self.sender(move |signal| Event::Presence(connection, signal))
    }

    /// A function that sends an event for what it is given, as long as the page is there.
    fn sender<T, F>(&self, event: F) -> impl Fn(T) + Clone + use<T, F>
    where
        F: Fn(T) -> Event + Clone,
    {
        let me = self.me.clone();
        move |given| Self::send_to(&me, event(given))
    }

    /// Sends an event if the page is still there.
    pub(super) fn send_to(me: &Weak<Self>, event: Event) {
        if let Some(app) = me.upgrade() {
            app.send(event);
        }
    }
}
