//! Which tasks and which agent a page works for: nothing goes on for another one.

use flex_glance::core::{
    desk::{Act, Effect, Event, Slot},
    ids::ComponentId,
    login_key::cache::{self, WAIT_TIMEOUT_MS},
    presence::{self, Signal},
    session::{
        OpenTarget,
        viewer::{Attempt, Open},
    },
};

use crate::common::desk::{
    Page, count, ends, in_tab, listed, settings, start, task, without_presence,
};

fn closes(effects: &[Effect]) -> bool {
    let is_close = |e: &Effect| matches!(e, Effect::CloseFrame { .. } | Effect::CloseWindow { .. });
    count(effects, is_close) > 0
}

/// In session with Ann, in the panel.
fn in_session() -> Page {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann", "bob"]);
    page.meets("ann");
    page
}

fn agent(identity: &str) -> Event {
    Event::AgentChanged(Some(identity.to_owned().into()))
}

/// The Partner UIDs that login keys were asked for.
fn asked_for(effects: &[Effect]) -> Vec<String> {
    let asked = |effect: &Effect| match effect {
        Effect::LoginKey(cache::Effect::RequestLoginKey { partner_user_id, .. }) => {
            Some(partner_user_id.to_string())
        }
        _ => None,
    };
    effects.iter().filter_map(asked).collect()
}

/// The Partner UID that the viewer opened with.
fn opened_as(effects: &[Effect]) -> Vec<String> {
    let of = |url: &str| {
        let (_, query) = url.split_once('?').unwrap();
        crate::common::decode(query)
            .into_iter()
            .find(|(name, _)| name == "partneruserid")
            .unwrap()
            .1
    };
    let url = |effect: &Effect| match effect {
        Effect::ShowFrame { url, .. } | Effect::Navigate { url, .. } => Some(of(url.expose())),
        _ => None,
    };
    effects.iter().filter_map(url).collect()
}

#[test]
fn a_list_that_is_empty_for_less_than_ten_seconds_closes_nothing() {
    let mut page = in_session();
    assert!(!closes(&page.list(&[])));
    assert!(!closes(&page.wait(9_999.0)));
    page.list(&["ann", "bob"]);
    page.answer_all();
    assert!(!closes(&page.wait(60_000.0)));
    assert!(page.is_in_session("ann") && page.open("ann").is_some());
}

#[test]
fn a_task_that_is_missing_for_ten_seconds_is_gone() {
    let mut page = in_session();
    page.list(&["bob"]);
    page.wait(5_000.0);
    page.list(&["bob"]);
    let effects = page.wait(5_000.0);
    assert!(closes(&effects));
    assert_eq!(ends(&effects), [(10_000.0, "task_over")]);
    assert!(page.session("ann").is_none() && !page.desk.holds(&task("ann").sid));
    assert!(page.desk.holds(&task("bob").sid));
}

#[test]
fn a_task_whose_end_flex_tells_is_gone_at_once() {
    for status in ["completed", "canceled", "rescinded", "rejected", "timeout"] {
        let mut page = in_session();
        let tasks = vec![listed("ann", status), listed("bob", "accepted")];
        let effects = page.tell(Event::Tasks(tasks));
        assert!(closes(&effects), "{status}");
        assert_eq!(ends(&effects), [(0.0, "task_over")]);
        assert!(page.connection("ann").is_none() && page.connection("bob").is_some());
    }
    let mut page = in_session();
    assert!(!closes(&page.tell(Event::Tasks(vec![listed("ann", "wrapping")]))));
}

#[test]
fn a_task_that_ended_is_gone_though_a_component_still_shows_it() {
    let mut page = in_session();
    page.shows(1, Slot::Header, Some("ann"));
    page.tell(Event::Tasks(vec![listed("ann", "completed"), listed("bob", "accepted")]));
    assert!(!page.desk.holds(&task("ann").sid) && page.session("ann").is_none());
    page.shows(1, Slot::Header, Some("ann"));
    assert!(!page.desk.holds(&task("ann").sid));
}

#[test]
fn visitors_of_tasks_that_are_not_accepted_are_not_followed() {
    let mut page = Page::new(settings(|_| {}));
    page.happens(Event::Tasks(vec![listed("ann", "pending")]));
    assert!(page.connection("ann").is_none());
    page.happens(Event::Tasks(vec![listed("ann", "accepted")]));
    assert!(page.connection("ann").is_some());
}

#[test]
fn without_a_list_the_shown_tasks_are_the_agent_s_and_a_session_outlives_its_component() {
    let mut page = Page::new(settings(|_| {}));
    page.shows(1, Slot::Header, Some("ann"));
    page.answer_all();
    page.meets("ann");
    page.happens(Event::Unmounted(ComponentId(1)));
    assert!(page.is_in_session("ann"));
    page.glance("ann", Signal::Ended);
    page.wait(2_000.0);
    assert!(page.session("ann").is_none() && page.connection("ann").is_none());
}

#[test]
fn without_a_list_a_component_that_is_moved_keeps_its_connection() {
    let mut page = Page::new(settings(|_| {}));
    page.shows(1, Slot::Header, Some("ann"));
    page.answer_all();
    let connection = page.connection("ann");
    page.happens(Event::Unmounted(ComponentId(1)));
    page.wait(500.0);
    page.shows(2, Slot::Header, Some("ann"));
    page.wait(2_000.0);
    assert!(connection.is_some() && page.connection("ann") == connection);
}

#[test]
fn another_agent_or_nobody_closes_everything_at_once() {
    for next in [agent("bob"), Event::AgentChanged(None)] {
        let mut page = Page::new(settings(|_| {}));
        page.tell(agent("alice"));
        page.list(&["ann", "bob"]);
        page.answer_all();
        page.meets("ann");
        let connection = page.connection("ann").unwrap();
        let effects = page.tell(next);
        assert!(closes(&effects));
        assert_eq!(ends(&effects), [(0.0, "task_over")]);
        assert!(effects.contains(&Effect::Presence(presence::Effect::Disconnect(connection))));
        assert!(page.desk.tasks_with_session().is_empty());
        assert!(page.desk.presence().connections().is_empty());
        assert!(!page.desk.holds(&task("ann").sid));
    }
}

#[test]
fn a_host_that_says_later_who_is_logged_in_closes_no_session_but_forgets_the_keys() {
    let mut page = in_session();
    let effects = page.happens(agent("alice"));
    assert!(!closes(&effects) && ends(&effects).is_empty());
    assert!(page.is_in_session("ann") && page.open("ann").is_some());
    assert_eq!(asked_for(&effects), ["alice"], "presence needs a new key");
}

#[test]
fn a_click_that_waits_for_a_key_gets_one_though_the_host_says_meanwhile_who_is_logged_in() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    page.world.answers_keys = false;
    page.acts("ann", start());
    page.world.answers_keys = true;
    let effects = page.happens(agent("alice"));
    assert_eq!(opened_as(&effects), ["alice"]);

    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    page.world.answers_keys = false;
    page.acts("ann", start());
    page.happens(agent("alice"));
    page.wait(WAIT_TIMEOUT_MS);
    assert!(matches!(page.viewer("ann").attempt, Some(Attempt::Failed { .. })));
}

#[test]
fn a_key_of_one_agent_is_never_given_to_another() {
    let page = || Page::with_tasks(settings(|c| (in_tab(c), without_presence(c)).0), &["ann"]);

    let mut same = page();
    assert_eq!(opened_as(&same.acts("ann", start())), ["alice"]);
    same.acts("ann", Act::Close);
    let again = same.acts("ann", start());
    assert_eq!((opened_as(&again), asked_for(&again)), (vec!["alice".to_owned()], vec![]));

    let mut by_puid = page();
    by_puid.acts("ann", start());
    by_puid.acts("ann", Act::Close);
    by_puid.world.agent = "bob";
    let effects = by_puid.acts("ann", start());
    assert_eq!(
        (opened_as(&effects), asked_for(&effects)),
        (vec!["bob".to_owned()], vec!["bob".to_owned()])
    );

    let mut by_host = page();
    by_host.tell(agent("alice"));
    by_host.acts("ann", start());
    by_host.tell(agent("bob"));
    by_host.list(&["ann"]);
    let effects = by_host.acts("ann", start());
    assert_eq!(asked_for(&effects).len(), 1, "the key of before is not given");
}

#[test]
fn a_key_that_comes_for_the_agent_before_opens_nothing() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    page.tell(agent("alice"));
    page.clicks("ann", start());
    page.tell(agent("bob"));
    page.answer_all();
    assert_eq!(opened_as(&page.effects), Vec::<String>::new());
    page.list(&["ann"]);
    page.world.agent = "bob";
    assert_eq!(opened_as(&page.acts("ann", start())), ["bob"]);
}

#[test]
fn what_is_heard_of_a_viewer_or_connection_of_long_ago_changes_nothing() {
    let mut page = in_session();
    let (old, connection) = (page.viewer_id("ann"), page.connection("ann").unwrap());
    page.acts("ann", Act::OpenInTab);
    let before = page.viewer("ann");
    page.happens(Event::PanelGone(task("ann").sid, old));
    page.happens(Event::FrameLoaded(task("ann").sid, old));
    assert_eq!(page.viewer("ann"), before);
    page.glance("ann", Signal::Failed);
    page.wait(1_000.0);
    page.happens(Event::Presence(connection, Signal::Ended));
    assert!(page.is_in_session("ann"));
}

#[test]
fn the_viewer_stays_with_its_task_when_another_is_shown() {
    let mut page = in_session();
    page.shows(1, Slot::Header, Some("ann"));
    let effects = page.shows(1, Slot::Header, Some("bob"));
    assert!(!closes(&effects));
    assert!(matches!(page.open("ann"), Some(Open::Panel { .. })));
    assert_eq!(page.open("ann").unwrap().request().target, OpenTarget::Flex);
}

#[test]
fn an_attribute_that_stands_for_nothing_is_told_once_for_each_task_and_without_its_id() {
    let warnings = |effects: &[Effect]| {
        let of = |effect: &Effect| match effect {
            Effect::Warn(line) => Some(line.clone()),
            _ => None,
        };
        effects.iter().filter_map(of).collect::<Vec<_>>()
    };
    let mut unfilled = listed("ann", "accepted");
    unfilled.task.attributes.glance_visitor_id = "undefined".into();
    unfilled.task.attributes.conversation_sid = "CH1".into();
    let mut page = Page::with_tasks(settings(without_presence), &[]);
    let told = warnings(&page.happens(Event::Tasks(vec![unfilled.clone()])));
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("glance_visitor_id") && told[0].contains("“undefined”"), "{told:?}");
    assert!(!told[0].contains("WRann"), "{told:?}");
    assert_eq!(warnings(&page.happens(Event::Tasks(vec![unfilled]))), Vec::<String>::new());
    assert_eq!(warnings(&page.list(&["bob"])), Vec::<String>::new());
}

#[test]
fn a_task_is_in_the_header_if_the_header_shows_that_very_task() {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann", "bob"]);
    page.shows(1, Slot::Header, Some("ann"));
    page.shows(2, Slot::Panel, Some("bob"));
    assert!(page.desk.is_in_header(&task("ann").sid));
    assert!(!page.desk.is_in_header(&task("bob").sid));
}
