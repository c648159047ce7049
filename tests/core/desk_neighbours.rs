//! What other plugins and other agents' tasks mean for a page.

use flex_glance::core::{
    desk::{ACTION_TIMEOUT_MS, Act, ActionWait, Effect, Event, Slot, Standing},
    ids::{ComponentId, TaskSid},
    session::OpenTarget,
};

use crate::common::desk::{Page, listed, settings, start, task, without_presence};

fn sid(name: &str) -> TaskSid {
    task(name).sid
}

fn waits(page: &mut Page, again: bool) -> Vec<Effect> {
    page.tell(Event::ActionWaits { task: sid("ann"), again })
}

fn action(page: &Page) -> Option<ActionWait> {
    page.desk.task_view(&sid("ann")).action
}

fn standing(page: &Page, name: &str) -> Standing {
    page.desk.task_view(&sid(name)).standing
}

#[test]
fn an_action_that_another_plugin_holds_back_is_told_after_a_while() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    assert_eq!(waits(&mut page, false), [Effect::Redraw(sid("ann"))]);
    let due_ms = page.now.after(ACTION_TIMEOUT_MS);
    assert_eq!(action(&page), Some(ActionWait::Waiting { deadline_ms: due_ms }));
    assert_eq!(page.desk.next_deadline(), Some(due_ms));
    page.sleep_until_deadline();
    assert_eq!(action(&page), Some(ActionWait::HeldBack));
    assert_eq!(page.desk.next_deadline(), None);

    // The message goes, and with it what the Action would do.
    let effects = page.clicks("ann", Act::Dismiss);
    assert_eq!(effects, [Effect::GiveActionUp(sid("ann")), Effect::Redraw(sid("ann"))]);
    assert_eq!(action(&page), None);
    waits(&mut page, true);
    assert_eq!(action(&page), Some(ActionWait::HeldBack));
    page.tell(Event::ActionOver(sid("ann")));
    assert_eq!(action(&page), None);
}

#[test]
fn an_action_that_is_let_through_waits_no_more() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    waits(&mut page, false);
    page.clicks("ann", start());
    assert_eq!(action(&page), None);
    assert_eq!(page.tell(Event::ActionOver(sid("ann"))), []);
}

#[test]
fn an_action_ends_with_its_task() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    waits(&mut page, false);
    page.tell(Event::Tasks(vec![listed("ann", "completed")]));
    assert_eq!(action(&page), None);
    assert_eq!(page.desk.next_deadline(), None);
}

#[test]
fn a_task_that_is_shown_and_not_listed_is_another_agents() {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann"]);
    page.shows(1, Slot::Header, Some("bob"));
    assert_eq!(
        (standing(&page, "ann"), standing(&page, "bob")),
        (Standing::Own, Standing::Foreign)
    );
    let effects = page.list(&["ann", "bob"]);
    assert!(effects.contains(&Effect::Redraw(sid("bob"))));
    assert_eq!(standing(&page, "bob"), Standing::Own);

    // One that is over was the agent's own.
    page.tell(Event::Tasks(vec![listed("ann", "accepted"), listed("bob", "completed")]));
    assert_eq!(standing(&page, "bob"), Standing::Own);
}

#[test]
fn a_task_that_is_offered_is_told_from_an_accepted_one() {
    let mut page = Page::new(settings(|_| {}));
    page.tell(Event::Tasks(vec![listed("ann", "pending")]));
    assert_eq!(standing(&page, "ann"), Standing::Offered);
    page.list(&["ann"]);
    assert_eq!(standing(&page, "ann"), Standing::Own);
}

#[test]
fn where_the_host_lists_no_tasks_what_is_shown_is_the_agents() {
    let mut page = Page::new(settings(|_| {}));
    page.shows(1, Slot::Header, Some("ann"));
    assert_eq!(standing(&page, "ann"), Standing::Own);
}

#[test]
fn the_panel_is_needed_from_the_click_until_the_viewer_is_closed() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann"]);
    assert!(!page.desk.needs_panel());
    page.clicks("ann", start());
    assert!(page.desk.needs_panel());
    page.answer_all();
    assert!(page.desk.needs_panel());
    page.acts("ann", Act::OpenInTab);
    assert!(!page.desk.needs_panel());
    page.acts("ann", Act::Close);

    // While the visitor is asked, the viewer is on its way.
    let mut page = Page::with_tasks(settings(|config| config.target = OpenTarget::Flex), &["ann"]);
    page.acts("ann", start());
    assert!(page.desk.needs_panel());
    page.acts("ann", Act::Withdraw);
    assert!(!page.desk.needs_panel());
}

#[test]
fn a_task_that_was_over_before_a_component_showed_it_was_the_agents_own() {
    for status in ["completed", "wrapping", ""] {
        let mut page = Page::with_tasks(settings(|_| {}), &["ann"]);
        page.tell(Event::Tasks(vec![listed("ann", "accepted"), listed("bob", status)]));
        page.shows(1, Slot::Header, Some("bob"));
        assert_eq!(standing(&page, "bob"), Standing::Own, "{status:?}");
        // Once Flex has forgotten it, nobody can tell.
        page.tell(Event::Unmounted(ComponentId(1)));
        page.list(&["ann"]);
    }
}

#[test]
fn a_task_without_a_status_is_not_held_and_does_not_end_at_once() {
    let mut page = Page::with_tasks(settings(without_presence), &["ann", "bob"]);
    page.tell(Event::Tasks(vec![listed("ann", "accepted"), listed("bob", ""), listed("cy", "")]));
    assert!(page.desk.holds(&sid("bob")));
    assert!(!page.desk.holds(&sid("cy")));
    page.sleep_until_deadline();
    assert!(!page.desk.holds(&sid("bob")));
}
