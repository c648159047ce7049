//! Asks the login-key Function for a key.

use std::{cell::Cell, rc::Rc};

use gloo_net::http::{Request, Response};
use js_sys::SyntaxError;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal};

use crate::{
    core::{
        failure::Failure,
        key_holder::TokenSource,
        login_key_api::{self, Grant, Moment, Reply},
    },
    effects::{clock, fields::Fields, object, page, supplier::Supplier},
};

/// Who asks whom.
#[derive(Clone)]
pub struct Asker {
    /// Address of the Function.
    pub auth_url: String,
    pub authtoken: Supplier,
    pub puid: Supplier,
}

impl Asker {
    /// Which Flex token is tried first.
    pub fn token_source(&self) -> TokenSource {
        match self.authtoken.literal() {
            Some(_) => TokenSource::Literal,
            None => TokenSource::Current,
        }
    }
}

/// A request under way.
#[must_use = "the request is aborted on drop"]
pub struct KeyRequest {
    controller: AbortController,
    is_dropped: Rc<Cell<bool>>,
}

impl KeyRequest {
    /// Sends the request; `done` is called once, unless the request is dropped before, with the
    /// outcome and how long the Function wants to be left alone, in milliseconds. `None` if the
    /// browser cannot abort requests, which every browser that runs Flex can.
    pub fn send(
        asker: Asker,
        source: TokenSource,
        done: impl FnOnce(Result<Grant, Failure>, u32) + 'static,
    ) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let is_dropped = Rc::new(Cell::new(false));
        let (signal, dropped) = (controller.signal(), is_dropped.clone());
        spawn_local(async move {
            let mut wait_ms = 0;
            let outcome = ask(&asker, source, &signal, &mut wait_ms).await;
            if !dropped.get() {
                done(outcome, wait_ms);
            }
        });
        Some(Self { controller, is_dropped })
    }
}

impl Drop for KeyRequest {
    fn drop(&mut self) {
        self.is_dropped.set(true);
        self.controller.abort();
    }
}

async fn ask(
    asker: &Asker,
    source: TokenSource,
    signal: &AbortSignal,
    wait_ms: &mut u32,
) -> Result<Grant, Failure> {
    let token = flex_token(asker, source).await.ok_or(Failure::NoToken)?;
    let partner_user_id = asker.puid.supply().await.ok_or(Failure::NoPartnerUserId)?;
    let body = login_key_api::request_body(&token, &partner_user_id);

    let asked_ms = clock::now_ms();
    let response = fetch(&asker.auth_url, &body, signal).await.ok_or(Failure::Network)?;
    let page_ms = (asked_ms + clock::now_ms()) / 2.0;
    let headers = response.headers();
    let header = |name| headers.get(name).unwrap_or_default();
    let moment = Moment { page_ms, date_ms: js_sys::Date::parse(&header("Date")) };
    // A date, which the header may be as well, asks for no pause.
    *wait_ms = header("Retry-After").parse::<u32>().unwrap_or_default().saturating_mul(1_000);
    let status = response.status();
    let reply = read(response).await?;
    login_key_api::judge(status, reply, &partner_user_id, moment)
}

async fn fetch(address: &str, body: &str, signal: &AbortSignal) -> Option<Response> {
    let form = "application/x-www-form-urlencoded;charset=UTF-8";
    let init = object::of(&[
        ("method", "POST".into()),
        ("headers", object::of(&[("Content-Type", form.into())]).into()),
        ("body", body.into()),
        ("credentials", "omit".into()),
        ("cache", "no-store".into()),
        ("redirect", "error".into()),
        ("signal", signal.into()),
    ]);
    let request = web_sys::Request::new_with_str_and_init(address, init.unchecked_ref()).ok()?;
    Request::from(request).send().await.ok()
}

async fn flex_token(asker: &Asker, source: TokenSource) -> Option<String> {
    match source {
        TokenSource::Literal => asker.authtoken.literal(),
        TokenSource::Current if asker.authtoken.is_function() => asker.authtoken.supply().await,
        TokenSource::Current => page::flex_token(),
    }
}

/// The reply, or `None` if its body is no JSON object. The body's text never comes into WebAssembly's
/// memory, and what it was parsed to ends with this call.
async fn read(response: Response) -> Result<Option<Reply>, Failure> {
    let json = match web_sys::Response::from(response).json() {
        Ok(json) => JsFuture::from(json).await,
        Err(error) => Err(error),
    };
    match json {
        Ok(json) if json.is_object() => {
            let reply = Fields::read(&json);
            Ok(Some(Reply {
                login_key: reply.prop("loginKey"),
                partner_user_id: reply.prop("partnerUserId"),
                issued_at: reply.prop("issuedAt"),
                error_message: Fields::read(&reply.value("error")).prop("message"),
            }))
        }
        Ok(_) => Ok(None),
        Err(error) if error.is_instance_of::<SyntaxError>() => Ok(None),
        Err(_) => Err(Failure::Network),
    }
}
