//! Builders for the tests of `core`.

pub(crate) mod desk;
pub(crate) mod settings;
pub(crate) mod table;

use std::{fs, rc::Rc};

use flex_glance::core::{
    config::RawProps,
    group_id::GroupId,
    login_key::{Credentials, LoginKey, LoginKeyFailure, Validity},
    prop::Prop,
    session::{OpenTarget, ViewerRequest},
    session_key::SessionKey,
    time::{Moment, Now},
    video::Video,
};
use serde_json::Value;

/// A well-formed login key, the second of `vectors/login_key.json`.
pub(crate) const LOGIN_KEY: &str = "$1$1589912963$EXdpEY02MiAm7X7qlDLqNFYfDTaVPLFeNYVhHR6xXVQ";

/// What is left of the login key in a query.
pub(crate) const ENCODED_LOGIN_KEY: &str =
    "%241%241589912963%24EXdpEY02MiAm7X7qlDLqNFYfDTaVPLFeNYVhHR6xXVQ";

pub(crate) const WEB: &str = "https://glance.example";

/// A file of `vectors/`, of which `vectors/README.md` tells.
pub(crate) fn read_vectors(name: &str) -> Value {
    let file = format!("{}/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The cases of a file of `vectors/`.
pub(crate) fn vectors(name: &str) -> Vec<Value> {
    let vectors: Vec<Value> = serde_json::from_value(read_vectors(name)).unwrap();
    assert!(!vectors.is_empty());
    vectors
}

/// A value of JavaScript as a prop or an attribute has it.
pub(crate) fn prop(value: &Value) -> Prop {
    match value {
        Value::Null => Prop::Missing,
        Value::Bool(flag) => Prop::Bool(*flag),
        Value::Number(number) => Prop::Number(number.as_f64().unwrap()),
        Value::String(text) => Prop::Text(text.clone()),
        Value::Array(_) => Prop::Other("an array"),
        Value::Object(_) => Prop::Other("an object"),
    }
}

/// The props that have to be there, and nothing else.
pub(crate) fn props() -> RawProps {
    RawProps {
        groupid: Prop::from(20541),
        authurl: Prop::from("https://auth.example/getloginkey"),
        glancebaseurl: Prop::from("production"),
        puid: Prop::from("agent"),
        ..RawProps::default()
    }
}

pub(crate) fn group_id() -> GroupId {
    GroupId::parse(&Prop::from(20541)).unwrap()
}

pub(crate) fn session_key(text: &str) -> SessionKey {
    SessionKey::parse(text).unwrap()
}

pub(crate) fn login_key() -> LoginKey {
    LoginKey::parse(LOGIN_KEY).unwrap()
}

/// What both clocks say when a test begins, for one that lets no time pass.
pub(crate) const NOW: Now = Now { unix_ms: 1_750_000_000_000.0, mono_ms: 5_000_000.0, random: 0.5 };

/// So many milliseconds after `NOW`, by both clocks; before it, if negative.
pub(crate) fn at(after_ms: f64) -> Now {
    Now { unix_ms: NOW.unix_ms + after_ms, mono_ms: NOW.mono_ms + after_ms, ..NOW }
}

/// A login key that came now and is good for an hour.
pub(crate) fn credentials() -> Credentials {
    credentials_of("agent", NOW.moment())
}

/// A login key for this agent that is good for an hour from `since` on.
pub(crate) fn credentials_of(partner_user_id: &str, since: Moment) -> Credentials {
    Credentials {
        login_key: login_key(),
        partner_user_id: partner_user_id.to_owned(),
        validity: Validity { since, for_ms: 3_600_000.0 },
        from_cache: false,
    }
}

/// A request for the viewer of session `1234`.
pub(crate) fn request(target: OpenTarget) -> Rc<ViewerRequest> {
    request_with(target, |_| {})
}

/// A request for the viewer of another session.
pub(crate) fn request_for(key: &str, target: OpenTarget) -> Rc<ViewerRequest> {
    request_with(target, |request| request.session_key = session_key(key))
}

/// A request with something about it changed.
pub(crate) fn request_with(
    target: OpenTarget,
    change: impl FnOnce(&mut ViewerRequest),
) -> Rc<ViewerRequest> {
    let mut request = ViewerRequest {
        session_key: session_key("1234"),
        group_id: group_id(),
        web: WEB.to_owned(),
        target,
        without_panel: None,
        opens_in_click: target.opens_in_click(false),
        video: Video::default(),
    };
    change(&mut request);
    request.into()
}

pub(crate) fn refused() -> LoginKeyFailure {
    LoginKeyFailure::Refused { status: 403, message: None }
}

/// Reads a query or form body back: `+` and escapes are decoded as a server does.
pub(crate) fn decode(form: &str) -> Vec<(String, String)> {
    let text = |part: &str| {
        let spaced = part.replace('+', " ");
        urlencoding::decode(&spaced).unwrap().into_owned()
    };
    form.split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (text(name), text(value))
        })
        .collect()
}
