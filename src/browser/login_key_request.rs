//! Asks the login-key Function for a key.

use std::{cell::Cell, rc::Rc};

use gloo_net::http::{Request, Response};
use js_sys::SyntaxError;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal};

use crate::{
    browser::{
        clock,
        given::{self, Field},
        object,
        string_source::Given,
    },
    core::{
        login_key::{AnswerTime, Credentials, LoginKeyFailure, Reply, judge, request_body},
        time::Moment,
    },
};

/// What is read of a reply.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct GivenReply {
    login_key: Field,
    partner_user_id: Field,
    issued_at: Field,
    error: Field,
}

#[derive(Default, Deserialize)]
struct GivenError {
    message: Field,
}

/// A request under way.
#[must_use = "the request is aborted on drop"]
pub struct LoginKeyRequest {
    controller: AbortController,
    is_dropped: Rc<Cell<bool>>,
}

impl LoginKeyRequest {
    /// Sends the request; `done` is called once, unless the request is dropped before, with the
    /// outcome and how long the Function wants to be left alone, in milliseconds. `None` if the
    /// browser cannot abort requests, which every browser that runs Flex can.
    pub fn send(
        auth_url: String,
        token: Given,
        partner_user_id: String,
        done: impl FnOnce(Result<Credentials, LoginKeyFailure>, u32) + 'static,
    ) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let is_dropped = Rc::new(Cell::new(false));
        let (signal, dropped) = (controller.signal(), is_dropped.clone());
        spawn_local(async move {
            let mut retry_after_ms = 0;
            let outcome =
                ask(&auth_url, token, &partner_user_id, &signal, &mut retry_after_ms).await;
            if !dropped.get() {
                done(outcome, retry_after_ms);
            }
        });
        Some(Self { controller, is_dropped })
    }
}

impl Drop for LoginKeyRequest {
    fn drop(&mut self) {
        self.is_dropped.set(true);
        self.controller.abort();
    }
}

async fn ask(
    auth_url: &str,
    token: Given,
    partner_user_id: &str,
    signal: &AbortSignal,
    retry_after_ms: &mut u32,
) -> Result<Credentials, LoginKeyFailure> {
    let token = token.wait().await.ok_or(LoginKeyFailure::NoToken)?;
    let body = request_body(&token, partner_user_id);

    let asked = clock::now();
    let response = fetch(auth_url, &body, signal).await.ok_or(LoginKeyFailure::Network)?;
    let answered = clock::now();
    let page = Moment {
        unix_ms: (asked.unix_ms + answered.unix_ms) / 2.0,
        mono_ms: (asked.mono_ms + answered.mono_ms) / 2.0,
    };
    let headers = response.headers();
    let header = |name| headers.get(name).unwrap_or_default();
    let time = AnswerTime { page, date_ms: js_sys::Date::parse(&header("Date")) };
    // A date, which the header may be as well, asks for no pause.
    *retry_after_ms =
        header("Retry-After").parse::<u32>().unwrap_or_default().saturating_mul(1_000);
    let status = response.status();
    let reply = read(response).await?;
    judge(status, reply, partner_user_id, time)
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

/// The reply, or `None` if its body is no JSON object. The body's text never comes into WebAssembly's
/// memory, and what it was parsed to ends with this call.
async fn read(response: Response) -> Result<Option<Reply>, LoginKeyFailure> {
    let json = match web_sys::Response::from(response).json() {
        Ok(json) => JsFuture::from(json).await,
        Err(error) => Err(error),
    };
    match json {
        Ok(json) if json.is_object() => {
            let given: GivenReply = given::read(&json);
            Ok(Some(Reply {
                login_key: given.login_key.prop(),
                partner_user_id: given.partner_user_id.prop(),
                issued_at: given.issued_at.prop(),
                error_message: given.error.fields::<GivenError>().message.prop(),
            }))
        }
        Ok(_) => Ok(None),
        Err(error) if error.is_instance_of::<SyntaxError>() => Ok(None),
        Err(_) => Err(LoginKeyFailure::Network),
    }
}
