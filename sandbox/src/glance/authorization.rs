//! Stands for Glance's Authorization Service, which issues the tokens for Presence.
//!
//! Faithful in: what is asked and answered by the names that Glance documents (`service`,
//! `duration`, partner ID, partner user ID and login key; `authToken`, `authTokeExp`, `groupId`,
//! `message`), tokens for one group and 1 to 120 minutes, and that they run out.
//!
//! Differs in: the address and the spelling of the body, which are not public; the other kinds of
//! credentials are not there. The reasons for a refusal are the words of this project, since Glance
//! lists none.

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;

use crate::{
    Sandbox,
    common::{account, clock, lock},
    scenario::{AuthorizationFault, ConnectionFault, Scenario},
};

use super::{
    adversary::{self, Answer, Kind},
    jwt::{self, Claims},
    sign_on::{self, Credentials},
};

/// The only service for which the sandbox's agents are authorized.
const SERVICE: &str = "presence";

/// The longest life of a token, in minutes.
const LONGEST_MIN: u64 = 120;

/// Which tokens were issued, and which of them the control API has declared expired.
#[derive(Default)]
pub(super) struct Authorizations {
    asked: u64,
    issued: u64,
    /// Tokens up to this serial have expired.
    expired: u64,
    /// The authorization that fails once has failed.
    has_failed: bool,
    /// Wakes the open connections: something that they hold by may have changed.
    changes: watch::Sender<()>,
}

impl Authorizations {
    /// How often one was asked for, whatever came of it.
    pub(super) fn asked(&self) -> u64 {
        self.asked
    }

    pub(super) fn issued(&self) -> u64 {
        self.issued
    }

    /// Makes the claims of a new token.
    fn issue(&mut self, partneruserid: &str, minutes: u64, now_s: u64) -> Claims {
        self.issued += 1;
        self.changes.send_replace(());
        Claims {
            sub: partneruserid.to_owned(),
            groupid: account::GROUP_ID,
            service: SERVICE.to_owned(),
            iat: now_s,
            exp: now_s + minutes * 60,
            serial: self.issued,
        }
    }

    /// Says whether a token with these claims is good for the group at this time.
    pub(super) fn holds(&self, claims: &Claims, groupid: u32, now_s: u64) -> bool {
        claims.service == SERVICE
            && claims.groupid == groupid
            && now_s < claims.exp
            && claims.serial > self.expired
    }

    /// Whether this authorization is the one that fails: the first since the scenario says so.
    fn fails_once(&mut self) -> bool {
        !std::mem::replace(&mut self.has_failed, true)
    }

    pub(super) fn scenario_changed(&mut self, scenario: &Scenario) {
        if scenario.authorization != AuthorizationFault::Flaky {
            self.has_failed = false;
        }
        self.changes.send_replace(());
    }

    /// Lets every token so far run out now.
    pub(super) fn expire(&mut self) {
        self.expired = self.issued;
        self.changes.send_replace(());
    }
}

/// What the page sends.
#[derive(Deserialize)]
pub(super) struct Body {
    partnerid: String,
    partneruserid: String,
    loginkey: String,
}

/// `POST /authorization?service=&groupid=&duration=`: a token, or the reason why not.
pub(super) async fn authorize(
    State(sandbox): State<Arc<Sandbox>>,
    Query(query): Query<HashMap<String, String>>,
    Json(body): Json<Body>,
) -> Response {
    lock(&sandbox.glance.authorizations).asked += 1;
    let fault = sandbox.scenario().authorization;
    if fault == AuthorizationFault::Silent {
        return Answer::SILENT.into_response();
    }
    if fault == AuthorizationFault::Flaky && lock(&sandbox.glance.authorizations).fails_once() {
        return failure().into_response();
    }
    let answer = match grant(&sandbox, &query, &body) {
        Ok((claims, token)) => Answer::good(json!({
            "authToken": token,
            "authTokeExp": clock::iso_8601(claims.exp),
            "groupId": claims.groupid,
            "message": "",
        })),
        Err(reason) => Answer::new(StatusCode::FORBIDDEN, json!({ "message": reason })),
    };
    adversary::meddle(&sandbox, Kind::Authorization, "", answer, failure()).await
}

/// What a service says that may work a moment later.
fn failure() -> Answer {
    let message = "The Glance Authorization Service is busy. Try again.";
    Answer::new(StatusCode::SERVICE_UNAVAILABLE, json!({ "message": message }))
}

fn grant(
    sandbox: &Sandbox,
    query: &HashMap<String, String>,
    body: &Body,
) -> Result<(Claims, String), String> {
    let minutes = minutes(query)?;
    let Body { partnerid, partneruserid, loginkey } = body;
    sign_on::check(sandbox, &Credentials { partnerid, partneruserid, loginkey })?;
    if sandbox.scenario().authorization == AuthorizationFault::Refused {
        return Err("The agent has no current subscription that includes Presence.".to_owned());
    }
    let claims = lock(&sandbox.glance.authorizations).issue(partneruserid, minutes, clock::now_s());
    let token = jwt::sign(&claims)?;
    Ok((claims, token))
}

/// Checks what is asked for and returns the token's life in minutes.
fn minutes(query: &HashMap<String, String>) -> Result<u64, String> {
    if query.get("service").is_none_or(|service| service != SERVICE) {
        return Err("The service is not \"presence\".".to_owned());
    }
    if query.get("groupid").is_some_and(|group| *group != account::GROUP_ID.to_string()) {
        return Err("The agent is not in this group.".to_owned());
    }
    query
        .get("duration")
        .and_then(|minutes| minutes.parse().ok())
        .filter(|minutes| (1..=LONGEST_MIN).contains(minutes))
        .ok_or_else(|| "The duration is not 1 to 120 minutes.".to_owned())
}

/// Returns when the newest of the tokens that a connection has shown is not good any more.
pub(super) async fn lapse(sandbox: &Sandbox, mut shown: watch::Receiver<Option<Claims>>) {
    let mut changes = lock(&sandbox.glance.authorizations).changes.subscribe();
    loop {
        let claims = shown.borrow_and_update().clone();
        let now_s = clock::now_s();
        let Some(claims) = claims else { return };
        if !lock(&sandbox.glance.authorizations).holds(&claims, claims.groupid, now_s) {
            return;
        }
        let rest = Duration::from_secs(claims.exp.saturating_sub(now_s));
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            _ = changes.changed() => {}
            shown = shown.changed() => if shown.is_err() { return },
        }
    }
}

/// How long after a newer token a connection made with an older one is rejected on purpose.
const REJECTION: Duration = Duration::from_secs(1);

/// Returns when a connection made with this token is to be rejected because there is a newer one;
/// never, unless the scenario says so.
pub(super) async fn outdated(sandbox: &Sandbox, claims: Claims) {
    let mut changes = lock(&sandbox.glance.authorizations).changes.subscribe();
    loop {
        if is_outdated(sandbox, &claims) {
            return tokio::time::sleep(REJECTION).await;
        }
        if changes.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn is_outdated(sandbox: &Sandbox, claims: &Claims) -> bool {
    sandbox.scenario().connection == ConnectionFault::OldRejected
        && lock(&sandbox.glance.authorizations).issued > claims.serial
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_token_is_good_for_its_group_until_it_runs_out() {
        let mut authorizations = Authorizations::default();
        let claims = authorizations.issue("maria", 2, 1_000);
        let group = account::GROUP_ID;
        assert!(authorizations.holds(&claims, group, 1_119));
        assert!(!authorizations.holds(&claims, group, 1_120), "after two minutes");
        assert!(!authorizations.holds(&claims, group + 1, 1_000), "for another group");
    }

    #[test]
    fn tokens_declared_expired_are_refused_and_later_ones_are_not() {
        let mut authorizations = Authorizations::default();
        let before = authorizations.issue("maria", 120, 1_000);
        authorizations.expire();
        let after = authorizations.issue("maria", 120, 1_000);
        assert!(!authorizations.holds(&before, account::GROUP_ID, 1_000));
        assert!(authorizations.holds(&after, account::GROUP_ID, 1_000));
    }

    #[test]
    fn a_life_of_1_to_120_minutes_is_granted_for_presence_only() {
        let ask = |service, duration| {
            minutes(&query(&[("service", service), ("duration", duration)])).ok()
        };
        assert_eq!(ask("presence", "1"), Some(1));
        assert_eq!(ask("presence", "120"), Some(120));
        for (service, duration) in
            [("presence", "0"), ("presence", "121"), ("presence", ""), ("webservices", "60")]
        {
            assert_eq!(ask(service, duration), None, "{service} for {duration}");
        }
        assert!(minutes(&query(&[("service", "presence")])).is_err(), "no duration");
        let other_group = [("service", "presence"), ("duration", "5"), ("groupid", "72")];
        assert!(minutes(&query(&other_group)).is_err());
    }

    #[tokio::test]
    async fn a_connection_lasts_until_the_newest_token_it_has_shown_runs_out() {
        let sandbox = Sandbox::for_test();
        let authorizations = || lock(&sandbox.glance.authorizations);
        let now_s = clock::now_s();
        let (shown, newest) = watch::channel(Some(authorizations().issue("maria", 1, now_s)));
        let mut lapsed = std::pin::pin!(lapse(&sandbox, newest));
        let mut has_lapsed = async || {
            tokio::select! {
                biased;
                () = &mut lapsed => true,
                () = tokio::task::yield_now() => false,
            }
        };
        assert!(!has_lapsed().await);
        authorizations().expire();
        shown.send_replace(Some(authorizations().issue("maria", 1, now_s)));
        assert!(!has_lapsed().await, "a newer token was shown");
        authorizations().expire();
        assert!(has_lapsed().await);
    }

    #[test]
    fn the_flaky_authorization_fails_once_for_each_time_that_it_is_switched_on() {
        let mut authorizations = Authorizations::default();
        let flaky = Scenario { authorization: AuthorizationFault::Flaky, ..Scenario::default() };
        for _ in 0..2 {
            authorizations.scenario_changed(&flaky);
            assert!(authorizations.fails_once());
            authorizations.scenario_changed(&flaky);
            assert!(!authorizations.fails_once());
            authorizations.scenario_changed(&Scenario::default());
        }
    }

    #[test]
    fn a_newer_token_outdates_a_connection_if_the_scenario_says_so() {
        let sandbox = Sandbox::for_test();
        let issue = || lock(&sandbox.glance.authorizations).issue("maria", 1, 0);
        let (old, newest) = (issue(), issue());
        assert!(!is_outdated(&sandbox, &old));
        let connection = ConnectionFault::OldRejected;
        sandbox.change_scenario(Scenario { connection, ..Scenario::default() });
        assert!(is_outdated(&sandbox, &old));
        assert!(!is_outdated(&sandbox, &newest));
    }
}
