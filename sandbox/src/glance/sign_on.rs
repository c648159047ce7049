//! Whether the one who asks for the viewer is an agent of the group.

use std::collections::VecDeque;

use axum::http::{HeaderMap, header};

use crate::{
    Sandbox,
    common::{account, clock, lock, random},
    scenario::{LoginKeyFault, SignOn},
};

use super::login_key;

/// As many agents' browsers are remembered; older ones sign on again.
const MOST: usize = 64;

/// The parameters that sign an agent on.
pub(super) struct Credentials<'a> {
    pub(super) partnerid: &'a str,
    pub(super) partneruserid: &'a str,
    pub(super) loginkey: &'a str,
}

/// Browsers that have signed on, by the value of their `GSSNID` cookie.
#[derive(Default)]
pub(super) struct SignOns(VecDeque<String>);

/// Checks partner, login key and partner user, in that order.
///
/// # Errors
/// The reason as the sign-in page shows it.
pub(super) fn check(sandbox: &Sandbox, credentials: &Credentials<'_>) -> Result<(), &'static str> {
    if credentials.partnerid != account::GROUP_ID.to_string() {
        return Err("The partner ID is not valid.");
    }
    login_key::verify(
        account::GLANCE_API_KEY,
        credentials.partnerid,
        credentials.partneruserid,
        credentials.loginkey,
        clock::now_s(),
    )
    .map_err(login_key::Refusal::message)?;
    let known = match sandbox.scenario().login_key {
        LoginKeyFault::UnknownUser => "",
        LoginKeyFault::PlainUser => account::AGENT_REALM_USER_ID,
        _ => account::AGENT_IDENTITY,
    };
    if credentials.partneruserid == known {
        Ok(())
    } else {
        Err("The partner user ID was not found in this group.")
    }
}

/// Remembers a browser that has signed on; returns the `GSSNID` cookie for it.
///
/// `SameSite=None` lets the viewer be framed by another site; loopback counts as secure.
///
/// # Errors
/// No random name could be made.
pub(super) fn remember(sandbox: &Sandbox) -> std::io::Result<String> {
    let name = random::name()?;
    let mut sign_ons = lock(&sandbox.glance.sign_ons);
    if sign_ons.0.len() == MOST {
        sign_ons.0.pop_front();
    }
    sign_ons.0.push_back(name.clone());
    let partitioned = match sandbox.scenario().sign_on {
        SignOn::PartitionedCookie => "; Partitioned",
        SignOn::Key | SignOn::Cookie => "",
    };
    Ok(format!("GSSNID={name}; Path=/; HttpOnly; Secure; SameSite=None{partitioned}"))
}

/// Says whether the browser has signed on before, as a reloaded viewer page has.
pub(super) fn is_remembered(sandbox: &Sandbox, headers: &HeaderMap) -> bool {
    if sandbox.scenario().login_key == LoginKeyFault::UnknownUser {
        return false;
    }
    let sign_ons = lock(&sandbox.glance.sign_ons);
    cookies(headers)
        .any(|(name, value)| name == "GSSNID" && sign_ons.0.iter().any(|known| known == value))
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
}
