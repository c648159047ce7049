//! Presence and the sessions of its visitors: what is certain, what is followed, and from when.

use flex_glance::core::{
    desk::{Act, Effect, Event, Slot, Source},
    ids::{ComponentId, SettingsId},
    presence::{self, PresenceStatus, Signal, connection::LOOK_UP_TIMEOUT_MS},
    prop::Prop,
    session::invitation::Invitation,
    task::Task,
};

use crate::common::desk::{
    Page, count, ends, in_tab, settings, settings_numbered, start, task, without_presence,
};

/// In session with Ann for thirty seconds.
fn in_session() -> Page {
    in_session_for(30_000.0)
}

fn in_session_for(ms: f64) -> Page {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann"]);
    page.meets("ann");
    page.wait(ms);
    page
}

fn is_certain(page: &Page) -> bool {
    match page.invitation("ann") {
        Invitation::InSession { certain_until, .. } => certain_until.is_none(),
        other => panic!("{other:?}"),
    }
}

/// The ways to miss the end of a session, thirty seconds into it.
fn missed() -> Vec<Page> {
    let mut broken = in_session();
    broken.glance("ann", Signal::Failed);
    let mut offline = in_session_for(26_000.0);
    offline.world.online = Some(vec![]);
    offline.glance("ann", Signal::VisitorConnected(false));
    offline.wait(4_000.0);
    let mut off = in_session();
    off.happens(Event::SettingsChanged(Source::Registration, settings(without_presence)));
    vec![broken, offline, off]
}

#[test]
fn a_session_is_not_certain_once_its_end_may_have_been_missed() {
    assert!(is_certain(&in_session()));
    for page in missed() {
        assert!(!is_certain(&page));
    }
}

#[test]
fn it_is_over_and_ask_again_report_the_time_up_to_the_last_certain_moment() {
    for shift_ms in [-3_600_000.0, 0.0, 3_600_000.0] {
        for mut page in missed() {
            page.wait(500_000.0);
            page.now.unix_ms += shift_ms;
            let over = page.clone().acts("ann", Act::ItIsOver);
            assert_eq!(ends(&over), [(30_000.0, "ended")]);
            let again = page.acts("ann", Act::AskAgain);
            assert_eq!(ends(&again), [(30_000.0, "ended")]);
        }
    }
}

#[test]
fn asking_again_after_a_session_that_is_not_certain_asks_the_visitor() {
    let mut page = in_session();
    page.glance("ann", Signal::Failed);
    page.wait(1_000.0);
    let effects = page.acts("ann", Act::AskAgain);
    assert_eq!(
        count(&effects, |effect| matches!(
            effect,
            Effect::Presence(presence::Effect::Invite { .. })
        )),
        1
    );
    assert!(matches!(page.invitation("ann"), Invitation::Sent { .. }));
}

#[test]
fn a_session_that_glance_starts_again_is_certain_again() {
    let mut page = in_session();
    page.glance("ann", Signal::Failed);
    page.wait(10_000.0);
    assert!(!is_certain(&page), "the visitor is seen again, and that says nothing of the session");
    page.glance("ann", Signal::Started);
    assert!(is_certain(&page));
    assert_eq!(ends(&page.glance("ann", Signal::Ended)), [(40_000.0, "ended")]);
    let starts = count(&page.effects, |effect| matches!(effect, Effect::ReportStart { .. }));
    assert_eq!(starts, 1);
}

#[test]
fn a_session_that_is_not_certain_can_be_left_for_another_key() {
    let mut page = in_session();
    page.glance("ann", Signal::Failed);
    page.acts("ann", crate::common::desk::join("9999"));
    assert_eq!(page.open("ann").unwrap().request().session_key.as_str(), "9999");
}

#[test]
fn a_session_whose_visitor_leaves_and_comes_back_to_another_page_stays_certain() {
    let mut page = in_session();
    page.glance("ann", Signal::VisitorConnected(false));
    page.wait(3_999.0);
    page.glance("ann", Signal::VisitorConnected(true));
    page.wait(60_000.0);
    assert!(is_certain(&page));
}

#[test]
fn a_visitor_who_goes_as_the_session_ends_is_offline() {
    let mut page = in_session();
    page.world.online = Some(vec![]);
    page.glance("ann", Signal::VisitorConnected(false));
    page.glance("ann", Signal::Ended);
    page.wait(4_000.0);
    assert_eq!(page.desk.task_view(&task("ann").sid).presence, Some(&PresenceStatus::Offline));
}

#[test]
fn an_answer_of_the_visitor_s_leaves_the_look_up_that_says_where_they_are() {
    let mut page = Page::new(settings(|_| {}));
    page.world.online = None;
    page.list(&["ann"]);
    page.answer_all();
    page.glance("ann", Signal::Started);
    let status = |page: &Page| page.desk.task_view(&task("ann").sid).presence.cloned().unwrap();
    assert_eq!(status(&page), PresenceStatus::Checking);
    page.wait(LOOK_UP_TIMEOUT_MS);
    assert_ne!(status(&page), PresenceStatus::Checking);
}

#[test]
fn presence_that_is_switched_on_later_counts_from_then_on() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    assert!(page.connection("ann").is_none());
    page.happens(Event::SettingsChanged(Source::Component(Slot::Header), settings(|_| {})));
    assert!(page.connection("ann").is_some());
    assert!(page.desk.task_view(&task("ann").sid).presence.unwrap().is_online());

    let effects = page.happens(Event::SettingsGone(Source::Component(Slot::Header)));
    assert_eq!(
        count(&effects, |effect| matches!(
            effect,
            Effect::Presence(presence::Effect::Disconnect(_))
        )),
        1
    );
    assert!(page.desk.task_view(&task("ann").sid).presence.is_none());
}

#[test]
fn visitorid_that_changes_later_is_followed_from_then_on() {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann"]);
    let old = page.connection("ann").unwrap();
    let mut told = crate::common::desk::listed("ann", "accepted");
    told.task = Task { visitor_id: Prop::from("crm-7"), ..told.task };
    let effects = page.happens(Event::Tasks(vec![told]));
    assert!(effects.contains(&Effect::Presence(presence::Effect::Disconnect(old))));
    assert!(page.connection("ann").is_none() && page.connection("crm-7").is_some());
}

#[test]
fn the_settings_that_were_told_last_count_until_they_are_gone() {
    let mut page = Page::new(settings(without_presence));
    let second = settings_numbered(2, in_tab);
    page.happens(Event::SettingsChanged(Source::Component(Slot::Panel), second));
    let sid = task("ann").sid;
    assert_eq!(page.desk.settings_for(&sid).unwrap().id, SettingsId(2));
    page.happens(Event::SettingsGone(Source::Component(Slot::Panel)));
    assert_eq!(page.desk.settings_for(&sid).unwrap().id, SettingsId(1));
}

#[test]
fn the_same_settings_told_again_break_nothing() {
    let mut page = in_session();
    let again = settings_numbered(2, |_| {});
    let effects = page.happens(Event::SettingsChanged(Source::Registration, again));
    assert_eq!(
        count(&effects, |effect| matches!(
            effect,
            Effect::Presence(presence::Effect::Disconnect(_))
        )),
        0
    );
    assert!(is_certain(&page));
}

#[test]
fn there_is_one_connection_for_each_visitor_and_one_for_two_tasks_of_one_visitor() {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann", "bob"]);
    assert_eq!(page.desk.presence().connections().len(), 2);
    let mut same = crate::common::desk::listed("bob", "accepted");
    same.task.attributes.glance_visitor_id = Prop::from("ann");
    page.happens(Event::Tasks(vec![crate::common::desk::listed("ann", "accepted"), same]));
    assert_eq!(page.desk.presence().connections().len(), 1);
}

#[test]
fn an_invitation_without_a_connection_comes_back_at_once() {
    let mut page = in_session();
    page.glance("ann", Signal::Ended);
    page.acts("ann", start());
    page.glance("ann", Signal::Declined);
    let connection = page.connection("ann").unwrap();
    page.tell(Event::Presence(connection, Signal::Failed));
    let effects = page.acts("ann", Act::AskAgain);
    assert_eq!(
        count(&effects, |effect| matches!(
            effect,
            Effect::Presence(presence::Effect::Invite { .. })
        )),
        0
    );
    assert!(page.open("ann").is_some(), "the viewer opens without presence");
}

#[test]
fn an_invitation_that_came_back_is_told_and_can_be_sent_again() {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann"]);
    let effects = page.acts("ann", start());
    let invitation = effects.iter().find_map(|effect| match effect {
        Effect::Presence(presence::Effect::Invite { invitation, .. }) => Some(*invitation),
        _ => None,
    });
    page.happens(Event::Undelivered(invitation.unwrap()));
    assert!(matches!(page.invitation("ann"), Invitation::Undelivered { .. }));
    page.acts("ann", Act::AskAgain);
    page.happens(Event::Undelivered(invitation.unwrap()));
    assert!(matches!(page.invitation("ann"), Invitation::Sent { .. }));
}

#[test]
fn everything_is_taken_back_when_the_page_is_disposed_of() {
    let mut page = in_session();
    page.shows(1, Slot::Header, Some("ann"));
    let connection = page.connection("ann").unwrap();
    let effects = page.tell(Event::Disposed);
    assert!(effects.contains(&Effect::CloseFrame { task: task("ann").sid }));
    assert!(effects.contains(&Effect::Presence(presence::Effect::Disconnect(connection))));
    assert_eq!(ends(&effects), [(30_000.0, "task_over")]);
    assert_eq!(page.desk.next_deadline(), None);
    assert!(page.desk.presence().connections().is_empty());
    assert!(page.desk.tasks_with_session().is_empty());
    page.happens(Event::Unmounted(ComponentId(1)));
    assert_eq!((page.wait(1e7), page.desk.next_deadline()), (vec![], None));
}

#[test]
fn a_page_that_is_disposed_of_while_everything_is_on_its_way_leaves_nothing() {
    let mut page = Page::new(settings(in_tab));
    page.list(&["ann"]);
    page.clicks("ann", start());
    let effects = page.tell(Event::Disposed);
    assert_eq!(page.desk.next_deadline(), None);
    let cancelled = count(&effects, |effect| matches!(effect, Effect::CloseWindow { .. }));
    assert_eq!(cancelled, 1);
    page.answer_all();
    assert_eq!(page.desk.next_deadline(), None);
    let opened = |effect: &Effect| {
        matches!(
            effect,
            Effect::Navigate { .. }
                | Effect::Presence(presence::Effect::Connect { .. })
                | Effect::Presence(presence::Effect::Authorize { .. })
        )
    };
    assert_eq!(count(&page.effects, opened), 0);
}

#[test]
fn registering_again_starts_clean() {
    let mut page = in_session();
    page.tell(Event::Disposed);
    page.happens(Event::SettingsChanged(Source::Registration, settings(|_| {})));
    page.list(&["ann"]);
    page.answer_all();
    assert!(page.session("ann").is_none() && page.connection("ann").is_some());
    page.meets("ann");
}

#[test]
fn an_action_takes_the_present_settings_of_the_component_that_shows_the_task() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    page.happens(Event::SettingsChanged(Source::Component(Slot::Header), page.settings.clone()));
    page.shows(1, Slot::Header, Some("ann"));
    page.acts("ann", start());
    page.acts("ann", Act::Close);
    let changed = settings_numbered(2, |config| {
        without_presence(config);
        in_tab(config);
    });
    page.happens(Event::SettingsChanged(Source::Component(Slot::Header), changed));
    assert_eq!(page.desk.settings_for(&task("ann").sid).unwrap().id, SettingsId(2));
}
