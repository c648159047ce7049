//! What a viewer's address may hold, and what may be reported of a session.

use flex_glance::core::{
    ids::TaskSid,
    session::invitation::Invitation,
    time::{Moment, Now},
    viewer_url::ViewerUrl,
};

use crate::{
    browser::query,
    coverage::Fact,
    flex::index_of,
    properties::{Before, KeySource},
    world::World,
};

impl World {
    /// A viewer gets its address: of a session of this task, with a key of this agent that is good.
    pub(crate) fn check_url(&mut self, task: &TaskSid, url: &ViewerUrl) {
        let Some(key) = query(url, "SessionKey") else {
            return self.fail("an address without key");
        };
        if self.flex.held().len() > 1 {
            self.coverage.arose(Fact::ViewerAmongTasks);
        }
        let Some(flex_task) = self.flex.tasks.get(index_of(task)) else { return };
        if !flex_task.keys.contains(&key) {
            return self.fail("a viewer of one task's session under another task");
        }
        let Some(login_key) = query(url, "loginkey") else { return };
        let partner_user_id = query(url, "partneruserid").unwrap_or_default();
        let serial: usize = login_key[login_key.len() - 43..].parse().unwrap_or(usize::MAX);
        let signed = &self.function.signed[serial];
        let is_agents = signed.agent == self.flex.agent;
        let is_puids = signed.partner_user_id == partner_user_id;
        let is_expired = self.clocks.true_ms >= signed.ends_true_ms;
        // Both clocks can lag behind: one stands still while the machine sleeps, the other is set back.
        let now = self.clocks.now(0.0);
        let true_age_ms = self.clocks.true_ms - signed.asked_true_ms;
        let is_knowable = true_age_ms - longest_elapsed_ms(signed.asked, now) < 50_000.0;
        let old = &self.function.signed[..serial];
        let true_ms = self.clocks.true_ms;
        let after_expiry = old.iter().any(|old| old.ends_true_ms < true_ms);
        let after_agent = old.iter().any(|old| old.agent != signed.agent);
        if !self.function.has_date {
            self.coverage.arose(Fact::NoClock);
        }
        if after_expiry {
            self.coverage.arose(Fact::KeyAfterExpiry);
        }
        if after_agent {
            self.coverage.arose(Fact::KeyAfterAgent);
        }
        if !is_agents || !is_puids {
            self.fail("a login key of another agent");
        }
        if is_expired && is_knowable {
            self.fail("a login key that has run out");
        }
        let is_due = match &self.key_source {
            // A link that the browser follows was made earlier.
            KeySource::None => !self.is_hearing,
            KeySource::Kept(puid) => *puid == partner_user_id,
            KeySource::Reply(key) => *key == login_key,
        };
        if !is_due {
            self.fail("a login key for another Partner UID, or from nowhere");
        }
    }

    pub(crate) fn check_report_start(&mut self, task: &TaskSid) {
        let running = &mut self.reports.running;
        if running.insert(index_of(task), self.clocks.mono_ms).is_some() {
            self.fail("a session starts twice without an end");
        }
    }

    pub(crate) fn check_report_end(&mut self, task: &TaskSid, duration_ms: f64, before: &Before) {
        self.coverage.arose(Fact::ReportedEnd);
        let Some(since_ms) = self.reports.running.remove(&index_of(task)) else {
            return self.fail("the end of a session that did not start");
        };
        let longest_ms = self.clocks.mono_ms - since_ms;
        let is_certain = matches!(
            before.session(task).map(|session| &session.invitation),
            Some(Invitation::InSession { certain_until: None, .. })
        );
        if !is_certain {
            self.coverage.arose(Fact::ReportedUncertain);
        }
        let is_right = match is_certain {
            true => (duration_ms - longest_ms).abs() < 1.0,
            false => (0.0..=longest_ms + 1.0).contains(&duration_ms),
        };
        if !is_right {
            self.fail("a session is reported longer or shorter than it was");
        }
    }
}

/// How long ago it was by the clock that says more, in milliseconds.
fn longest_elapsed_ms(moment: Moment, now: Now) -> f64 {
    moment.elapsed_ms(now).max(now.unix_ms - moment.unix_ms)
}
