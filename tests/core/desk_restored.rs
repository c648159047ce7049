//! After a trap: what the instance before left open is taken over for every task, or closed.

use flex_glance::core::{
    desk::{Act, Desk, Effect, Event, OpenViewer, Slot, Source},
    login_key::LoginKeyFailure,
    presence::Signal,
    session::{
        OpenTarget,
        invitation::Invitation,
        viewer::{Attempt, Open, Reach, WindowSight},
    },
};

use crate::common::desk::{Page, count, ends, in_tab, settings, start, task, without_presence};

/// What the page remembers of these tasks.
fn remembered(page: &Page, names: &[&str]) -> Vec<OpenViewer> {
    let all = names.iter().filter_map(|name| page.desk.remembered(&task(name).sid));
    all.collect()
}

/// The instance traps, and the next one begins in the same world.
fn trap(page: &Page, names: &[&str]) -> Page {
    let viewers = remembered(page, names);
    let mut next = page.clone();
    (next.desk, next.effects) = (Desk::default(), vec![]);
    next.tell(Event::Restored(viewers));
    next.tell(Event::SettingsChanged(Source::Registration, page.settings.clone()));
    next
}

/// Ann and Bob have sessions with viewers in this place.
fn two_sessions(target: OpenTarget) -> Page {
    let mut page = Page::with_tasks(settings(|config| config.target = target), &["ann", "bob"]);
    page.world.online = Some(vec!["ann", "bob"]);
    for name in ["ann", "bob"] {
        page.glance(name, Signal::VisitorConnected(true));
        page.meets(name);
    }
    page
}

fn closes(effects: &[Effect], name: &str) -> bool {
    let sid = task(name).sid;
    count(
        effects,
        |effect| matches!(effect, Effect::CloseFrame { task } | Effect::CloseWindow { task } if *task == sid),
    ) > 0
}

#[test]
fn the_viewers_of_all_tasks_are_adopted_with_their_sessions() {
    for target in [OpenTarget::Flex, OpenTarget::Tab] {
        let mut page = trap(&two_sessions(target), &["ann", "bob"]);
        let mut after = page.list(&["ann", "bob"]);
        page.answer_all();
        after.extend(page.wait(60_000.0));
        for name in ["ann", "bob"] {
            assert_eq!(page.open(name).unwrap().request().session_key.as_str(), name);
            assert!(page.is_in_session(name));
            assert!(!closes(&after[..], name));
        }
    }
}

#[test]
fn a_task_that_ends_later_closes_its_adopted_viewer_though_nobody_selected_it() {
    let mut page = trap(&two_sessions(OpenTarget::Flex), &["ann", "bob"]);
    page.list(&["ann", "bob"]);
    page.answer_all();
    let effects = page.happens(Event::Tasks(vec![
        crate::common::desk::listed("ann", "accepted"),
        crate::common::desk::listed("bob", "completed"),
    ]));
    assert!(closes(&effects, "bob") && !closes(&effects, "ann"));
    assert_eq!(ends(&effects), [(0.0, "task_over")]);
    assert!(page.open("ann").is_some() && page.session("bob").is_none());
}

#[test]
fn what_presence_says_first_stops_no_adoption() {
    let mut page = trap(&two_sessions(OpenTarget::Flex), &["ann", "bob"]);
    page.list(&["ann", "bob"]);
    page.answer_all();
    for signal in [Signal::VisitorConnected(true), Signal::Started] {
        page.glance("bob", signal);
    }
    assert!(page.open("bob").is_some());
    assert!(matches!(page.invitation("bob"), Invitation::InSession { certain_until: None, .. }));
}

#[test]
fn a_session_that_ran_is_not_certain_after_the_trap() {
    let mut before = two_sessions(OpenTarget::Flex);
    before.wait(30_000.0);
    let mut page = trap(&before, &["ann"]);
    page.list(&["ann"]);
    page.answer_all();
    page.wait(60_000.0);
    assert_eq!(ends(&page.acts("ann", Act::ItIsOver)), [(30_000.0, "ended")]);
}

#[test]
fn a_viewer_that_was_on_its_way_is_closed_and_offered_again() {
    let mut before = Page::with_tasks(settings(|c| (in_tab(c), without_presence(c)).0), &["ann"]);
    before.world.answers_keys = false;
    before.acts("ann", start());
    let mut page = trap(&before, &["ann"]);
    let sid = task("ann").sid;
    assert!(page.effects.contains(&Effect::CloseWindow { task: sid }));
    let Some(Attempt::Failed { failure, .. }) = page.viewer("ann").attempt else { panic!() };
    assert_eq!(failure, LoginKeyFailure::Restarted);
    page.list(&["ann"]);
    page.world.answers_keys = true;
    page.acts("ann", start());
    assert!(matches!(page.open("ann"), Some(Open::Window { .. })));
}

#[test]
fn an_adopted_window_that_is_closed_later_is_noticed() {
    let mut page = trap(&two_sessions(OpenTarget::Tab), &["ann", "bob"]);
    page.list(&["ann", "bob"]);
    page.wait(1_000.0);
    page.world.sight = WindowSight::Closed;
    page.wait(1_000.0);
    assert!(page.open("ann").is_none() && page.open("bob").is_none());
}

#[test]
fn a_window_that_was_out_of_reach_still_is() {
    let mut before = two_sessions(OpenTarget::Tab);
    before.world.sight = WindowSight::Closed;
    before.wait(100.0);
    let mut page = trap(&before, &["ann", "bob"]);
    page.list(&["ann", "bob"]);
    page.answer_all();
    page.wait(10_000.0);
    assert!(matches!(page.open("ann"), Some(Open::Window { reach: Reach::OutOfReach, .. })));
    assert_eq!(ends(&page.glance("ann", Signal::Ended))[0].1, "ended");
}

#[test]
fn nothing_is_remembered_of_a_task_without_a_viewer_and_a_session() {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann"]);
    assert_eq!(page.desk.remembered(&task("ann").sid), None);
    page.meets("ann");
    page.acts("ann", Act::Close);
    let left = page.desk.remembered(&task("ann").sid).unwrap();
    assert!(left.in_session.is_some());
}

#[test]
fn a_list_that_is_empty_right_after_a_trap_closes_nothing_yet() {
    let mut page = trap(&two_sessions(OpenTarget::Flex), &["ann", "bob"]);
    let effects = page.list(&[]);
    assert!(!closes(&effects, "ann") && !closes(&effects, "bob"));
    let effects = page.wait(10_000.0);
    assert!(closes(&effects, "ann") && closes(&effects, "bob"));
}

#[test]
fn an_end_after_a_trap_leaves_the_viewer_of_another_key() {
    let mut before = two_sessions(OpenTarget::Flex);
    before.acts("ann", crate::common::desk::join("9999"));
    let mut page = trap(&before, &["ann"]);
    page.list(&["ann"]);
    page.answer_all();
    page.glance("ann", Signal::Ended);
    assert_eq!(page.open("ann").unwrap().request().session_key.as_str(), "9999");
}

#[test]
fn a_session_without_a_viewer_survives_a_trap_without_one() {
    let mut before = two_sessions(OpenTarget::Flex);
    before.acts("ann", Act::Close);
    let mut page = trap(&before, &["ann"]);
    page.list(&["ann"]);
    assert!(page.is_in_session("ann"));
    assert!(page.viewer("ann").is_closed(), "{:?}", page.viewer("ann"));
}

#[test]
fn a_viewer_whose_panel_flex_had_taken_reopens_with_the_panel() {
    let mut before = two_sessions(OpenTarget::Flex);
    before.tell(Event::PanelGone(task("ann").sid, before.viewer_id("ann")));
    assert!(matches!(before.open("ann"), Some(Open::Suspended { .. })));
    let mut page = trap(&before, &["ann", "bob"]);
    page.list(&["ann", "bob"]);
    page.answer_all();
    assert!(matches!(page.open("ann"), Some(Open::Suspended { .. })));
    assert_eq!(page.viewer("ann").attempt, None);
    page.tell(Event::PanelReady(task("ann").sid));
    page.answer_all();
    assert!(matches!(page.open("ann"), Some(Open::Panel { .. })));
}

#[test]
fn a_task_that_is_shown_and_that_no_list_has_named_outlives_the_trap() {
    let mut page = trap(&two_sessions(OpenTarget::Flex), &["ann", "bob"]);
    page.shows(1, Slot::Header, Some("ann"));
    page.list(&["carl"]);
    page.answer_all();
    page.wait(60_000.0);
    assert!(page.desk.holds(&task("ann").sid) && !page.desk.holds(&task("bob").sid));
}
