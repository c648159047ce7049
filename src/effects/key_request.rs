//! Asks the login-key Function for a key.

use std::{cell::Cell, rc::Rc};

use gloo_net::http::{Request, Response};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use crate::{
    core::{
        failure::Failure,
        login_key_api::{self, Grant, Reply},
        viewer::{KEY_PATIENCE_MS, TokenSource},
    },
    effects::{fields::Fields, object, page, supplier::Supplier},
};

/// Who asks whom.
#[derive(Clone, PartialEq)]
pub struct Asker {
    /// Address of the Function.
    pub auth_url: String,
    pub authtoken: Supplier,
    pub puid: Supplier,
}

/// A request under way.
#[must_use = "the request is aborted on drop"]
pub struct KeyRequest {
    controller: AbortController,
    state: Rc<Cell<Progress>>,
    _patience: Timeout,
}

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Waiting,
    TimedOut,
    Dropped,
}

impl KeyRequest {
    /// Sends the request; `done` is called once, unless the request is dropped before. `None` if the
    /// browser cannot abort requests, which every browser that runs Flex can.
    pub fn send(
        asker: Asker,
        source: TokenSource,
        done: impl FnOnce(Result<Grant, Failure>) + 'static,
    ) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let state = Rc::new(Cell::new(Progress::Waiting));
        let patience = {
            let (controller, state) = (controller.clone(), state.clone());
            Timeout::new(KEY_PATIENCE_MS, move || {
                state.set(Progress::TimedOut);
                controller.abort();
            })
        };
        let signal = controller.signal();
        let progress = state.clone();
        spawn_local(async move {
            let outcome = ask(&asker, source, &signal).await;
            match progress.get() {
                Progress::Waiting => done(outcome),
                Progress::TimedOut => done(Err(Failure::Timeout)),
                Progress::Dropped => {}
            }
        });
        Some(Self { controller, state, _patience: patience })
    }
}

impl Drop for KeyRequest {
    fn drop(&mut self) {
        self.state.set(Progress::Dropped);
        self.controller.abort();
    }
}

async fn ask(
    asker: &Asker,
    source: TokenSource,
    signal: &web_sys::AbortSignal,
) -> Result<Grant, Failure> {
    let token = flex_token(asker, source).await.ok_or(Failure::NoToken)?;
    let partner_user_id = asker.puid.supply().await.ok_or(Failure::NoPartnerUserId)?;
    let body = login_key_api::request_body(&token, &partner_user_id);

    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body.into());
    init.set_headers(&form_headers().into());
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(signal));
    let request = web_sys::Request::new_with_str_and_init(&asker.auth_url, &init)
        .map_err(|_| Failure::Network)?;
    let response = Request::from(request).send().await.map_err(|_| Failure::Network)?;
    let reply = read(&response).await?;
    login_key_api::judge(response.status(), reply, &partner_user_id)
}

async fn flex_token(asker: &Asker, source: TokenSource) -> Option<String> {
    match source {
        TokenSource::Literal => asker.authtoken.literal(),
        TokenSource::Current if asker.authtoken.is_function() => asker.authtoken.supply().await,
        TokenSource::Current => page::flex_token(),
    }
}

fn form_headers() -> js_sys::Object {
    object::of(&[("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8".into())])
}

/// The reply, or `None` if its body is no JSON object.
async fn read(response: &Response) -> Result<Option<Reply>, Failure> {
    let text = response.text().await.map_err(|_| Failure::Network)?;
    let Ok(json) = js_sys::JSON::parse(&text) else { return Ok(None) };
    if !json.is_object() {
        return Ok(None);
    }
    let reply = Fields::read(&json);
    Ok(Some(Reply {
        login_key: reply.prop("loginKey"),
        partner_user_id: reply.prop("partnerUserId"),
        error_message: Fields::read(&reply.value("error")).prop("message"),
    }))
}
