//! Builders for the tests of `core`.

#![allow(dead_code, reason = "each test crate uses a part of them")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::rc::Rc;

use flex_glance::core::{
    config::RawProps,
    failure::Failure,
    group_id::GroupId,
    login_key::LoginKey,
    login_key_api::Grant,
    prop::Prop,
    session_key::SessionKey,
    video::Video,
    viewer::{Launch, OpenTarget},
};

/// A well-formed login key, the second of `tests/vectors/login_key.json`.
pub(crate) const LOGIN_KEY: &str = "$1$1589912963$EXdpEY02MiAm7X7qlDLqNFYfDTaVPLFeNYVhHR6xXVQ";

/// What is left of the login key in a query.
pub(crate) const ENCODED_LOGIN_KEY: &str =
    "%241%241589912963%24EXdpEY02MiAm7X7qlDLqNFYfDTaVPLFeNYVhHR6xXVQ";

pub(crate) const WEB: &str = "https://glance.example";

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

pub(crate) fn grant() -> Grant {
    Grant {
        login_key: login_key(),
        partner_user_id: "agent".to_owned(),
        ends_ms: f64::INFINITY,
        is_held: false,
    }
}

/// A launch of session `1234`.
pub(crate) fn launch(target: OpenTarget) -> Rc<Launch> {
    launch_with(target, |_| {})
}

/// A launch with something about it changed.
pub(crate) fn launch_with(target: OpenTarget, change: impl FnOnce(&mut Launch)) -> Rc<Launch> {
    let mut launch = Launch {
        session_key: session_key("1234"),
        group_id: group_id(),
        web: WEB.to_owned(),
        target,
        without_panel: false,
        video: Video::default(),
    };
    change(&mut launch);
    launch.into()
}

pub(crate) fn refused() -> Failure {
    Failure::Refused { status: 403, message: None }
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
