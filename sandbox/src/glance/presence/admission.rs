//! Whether an agent's page may ask about a visitor.

use crate::{
    Sandbox,
    common::{clock, lock},
    glance::jwt::{self, Claims},
    scenario::{AgentOrigin, PresenceFault},
};

/// Admits a page of a trusted origin with a good token for the group. Who asks without an origin is
/// no page, and comes by the token alone, as Glance's REST clients do.
///
/// # Errors
/// What is wrong; the code is always `authorization`.
pub(super) fn admit(
    sandbox: &Sandbox,
    origin: Option<&str>,
    token: &str,
    groupid: u32,
) -> Result<Claims, &'static str> {
    if origin.is_some_and(|origin| !trusted_origins(sandbox).contains(&origin)) {
        return Err("This origin is not one of the group's trusted agent origins.");
    }
    let claims = jwt::read(token).ok_or("The authorization token is missing or not valid.")?;
    let holds = lock(&sandbox.glance.authorizations).holds(&claims, groupid, clock::now_s());
    if holds { Ok(claims) } else { Err(EXPIRED) }
}

/// What is said of a token that is not good any more, or for another group.
pub(super) const EXPIRED: &str = "The authorization token has expired or is for another group.";

/// The origins that Glance has configured for this group's agents.
pub(super) fn trusted_origins(sandbox: &Sandbox) -> Vec<&str> {
    match sandbox.scenario().agent_origin {
        AgentOrigin::Trusted => vec![&sandbox.origins.desktop],
        AgentOrigin::Untrusted => Vec::new(),
    }
}

/// Whether the service answers nobody.
pub(super) fn is_down(sandbox: &Sandbox) -> bool {
    sandbox.scenario().presence == PresenceFault::Down
}
