//! A task that the policy denies: nothing is shown, started or followed, and nothing that runs is cut off.

use std::rc::Rc;

use flex_glance::core::{
    desk::{Act, CannotStart, Effect, Event, Slot, Source, Visibility},
    ids::ComponentId,
    policy::{Kind, Worker},
    presence::{self, Signal},
    session::invitation::Invitation,
    settings::Settings,
    task::{ListedTask, Task},
};
use serde_json::{Value, json};

use crate::{
    common::{
        desk::{
            Page, count, ends, in_tab, is_invitation, join, opens_window, settings, start, task,
            without_presence,
        },
        session_key,
    },
    policy::{self, worker},
};

/// Settings by which tasks are seen whose attribute `kind` is `sales`.
fn for_sales() -> Rc<Settings> {
    with_policy(&json!({ "attributes": [{ "path": "kind", "equals": "sales" }] }))
}

fn with_policy(rules: &Value) -> Rc<Settings> {
    settings(|config| config.policy = policy::policy(rules))
}

/// Nothing but the policy has anything drawn anew.
fn alone(policy: Rc<Settings>) -> Rc<Settings> {
    settings(|config| {
        without_presence(config);
        config.policy = policy.config.policy.clone();
    })
}

/// The task of this name and kind.
fn of_kind(name: &str, kind: &str) -> Task {
    Task { facts: policy::task(&json!({ "kind": kind })).into(), ..task(name) }
}

fn list(page: &mut Page, tasks: &[(&str, &str)]) -> Vec<Effect> {
    let listed = tasks.iter().map(|(name, kind)| ListedTask {
        task: of_kind(name, kind),
        status: "accepted".to_owned(),
    });
    page.happens(Event::Tasks(listed.collect()))
}

/// A page with Ann's task of this kind, and everything answered.
fn page_with(settings: Rc<Settings>, kind: &str) -> Page {
    let mut page = Page::new(settings);
    list(&mut page, &[("ann", kind)]);
    page
}

fn visibility(page: &Page, name: &str) -> Visibility {
    page.desk.visibility(&task(name).sid)
}

fn shows_in_header(page: &mut Page, name: &str, kind: &str) {
    let shown = Some(of_kind(name, kind));
    page.tell(Event::Shown { component: ComponentId(1), slot: Slot::Header, task: shown });
}

fn is_redraw(effect: &Effect) -> bool {
    matches!(effect, Effect::Redraw(_))
}

fn redraws(effects: &[Effect], name: &str) -> bool {
    effects.contains(&Effect::Redraw(task(name).sid))
}

#[test]
fn each_task_is_decided_by_itself_and_again_when_it_changes() {
    let mut page = Page::new(alone(for_sales()));
    list(&mut page, &[("ann", "sales"), ("bob", "support")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Shown);
    assert_eq!(visibility(&page, "bob"), Visibility::Hidden);

    let effects = list(&mut page, &[("ann", "support"), ("bob", "sales")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
    assert_eq!(visibility(&page, "bob"), Visibility::Shown);
    assert!(redraws(&effects, "ann") && redraws(&effects, "bob"), "{effects:?}");
}

#[test]
fn the_worker_and_the_policy_count_again_when_they_change() {
    let supervisors = alone(with_policy(&json!({ "roles": ["supervisor"] })));
    let mut page = page_with(supervisors, "sales");
    shows_in_header(&mut page, "ann", "sales");
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
    let effects = page.happens(Event::WorkerChanged(worker()));
    assert_eq!(visibility(&page, "ann"), Visibility::Shown);
    assert!(redraws(&effects, "ann"));
    assert_eq!(page.happens(Event::WorkerChanged(worker())), []);

    let stricter = alone(with_policy(&json!({ "roles": ["admin"] })));
    let effects = page.happens(Event::SettingsChanged(Source::Registration, stricter));
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
    assert!(redraws(&effects, "ann"));
}

#[test]
fn another_agent_is_not_taken_for_the_one_before() {
    let mut page = page_with(with_policy(&json!({ "roles": ["supervisor"] })), "sales");
    page.tell(Event::AgentChanged(Some("maria".to_owned().into())));
    page.tell(Event::WorkerChanged(worker()));
    list(&mut page, &[("ann", "sales")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Shown);
    page.tell(Event::AgentChanged(Some("ann".to_owned().into())));
    list(&mut page, &[("ann", "sales")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
}

#[test]
fn nothing_starts_for_a_hidden_task_by_button_key_or_action() {
    let mut page = page_with(for_sales(), "support");
    for act in [start(), join("9999"), Act::OpenInTab, Act::AskAgain, Act::SignIn, Act::Wait] {
        let effects = page.acts("ann", act.clone());
        assert_eq!(count(&effects, |effect| !is_redraw(effect)), 0, "{act:?}: {effects:?}");
    }
    assert!(page.session("ann").is_none());
    let (ann, settings) = (task("ann"), page.settings.clone());
    for key in [None, Some(session_key("9999"))] {
        let outcome = page.desk.can_start(&ann, key.as_ref(), Some(&settings));
        assert_eq!(outcome, Err(CannotStart::Policy(Kind::Attributes)));
    }
}

#[test]
fn a_hidden_task_is_not_followed_and_raises_no_notification() {
    let mut page = page_with(for_sales(), "support");
    assert_eq!(page.connection("ann"), None);
    list(&mut page, &[("ann", "sales")]);
    assert!(page.connection("ann").is_some());

    let effects = list(&mut page, &[("ann", "support")]);
    let disconnects =
        |effect: &Effect| matches!(effect, Effect::Presence(presence::Effect::Disconnect(_)));
    assert_eq!(count(&effects, disconnects), 1);
    assert_eq!(page.connection("ann"), None);
}

#[test]
fn a_notification_goes_as_its_task_is_hidden() {
    let mut page = Page::new(for_sales());
    page.world.online = Some(vec![]);
    list(&mut page, &[("ann", "sales")]);
    page.world.online = Some(vec!["ann"]);
    let effects = page.glance("ann", Signal::VisitorConnected(true));
    assert_eq!(count(&effects, |effect| matches!(effect, Effect::Notify { .. })), 1);
    let effects = list(&mut page, &[("ann", "support")]);
    let dismisses = |effect: &Effect| matches!(effect, Effect::DismissNotification { .. });
    assert_eq!(count(&effects, dismisses), 1);
}

#[test]
fn a_session_that_runs_goes_on_until_the_visitor_ends_it() {
    let mut page = page_with(for_sales(), "sales");
    page.meets("ann");
    let effects = list(&mut page, &[("ann", "support")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Kept);
    assert!(page.is_in_session("ann") && page.open("ann").is_some());
    assert!(page.connection("ann").is_some(), "the end would not be heard of");
    assert_eq!(ends(&effects), []);

    // The viewer of this session opens again, and that of no other.
    page.acts("ann", Act::Close);
    assert_eq!(visibility(&page, "ann"), Visibility::Kept);
    page.acts("ann", join("9999"));
    assert!(page.open("ann").is_none());
    let (ann, settings) = (task("ann"), page.settings.clone());
    let other = Some(session_key("9999"));
    assert!(page.desk.can_start(&ann, other.as_ref(), Some(&settings)).is_err());
    assert_eq!(page.desk.can_start(&ann, None, Some(&settings)), Ok(()));
    page.acts("ann", start());
    assert!(page.open("ann").is_some());

    let effects = page.glance("ann", Signal::Ended);
    assert_eq!(ends(&effects).len(), 1);
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
    assert_eq!(page.connection("ann"), None);
    assert!(redraws(&effects, "ann"));
}

#[test]
fn an_open_viewer_stays_until_the_agent_closes_it() {
    let mut page = page_with(
        settings(|config| {
            without_presence(config);
            in_tab(config);
            config.policy = for_sales().config.policy.clone();
        }),
        "sales",
    );
    let effects = page.acts("ann", start());
    assert_eq!(count(&effects, opens_window), 1);
    list(&mut page, &[("ann", "support")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Kept);
    page.acts("ann", Act::Close);
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
}

#[test]
fn an_invitation_that_the_visitor_sees_is_not_taken_back() {
    let mut page = page_with(for_sales(), "sales");
    page.acts("ann", start());
    list(&mut page, &[("ann", "support")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Kept);
    page.glance("ann", Signal::Accepted);
    page.glance("ann", Signal::Started);
    assert!(page.is_in_session("ann"));
}

#[test]
fn waiting_for_a_visitor_ends_and_nobody_is_asked_later() {
    let mut page = Page::new(for_sales());
    page.world.online = Some(vec![]);
    list(&mut page, &[("ann", "sales")]);
    page.acts("ann", start());
    page.acts("ann", Act::Wait);
    assert!(matches!(page.invitation("ann"), Invitation::AwaitingVisitor { .. }));
    list(&mut page, &[("ann", "support")]);
    assert_eq!(page.invitation("ann"), Invitation::Idle);
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);

    page.world.online = Some(vec!["ann"]);
    let effects = list(&mut page, &[("ann", "sales")]);
    assert_eq!(visibility(&page, "ann"), Visibility::Shown);
    assert_eq!(count(&effects, is_invitation), 0);
}

#[test]
fn a_click_that_waits_for_presence_opens_nothing_after_it() {
    let mut page = Page::new(for_sales());
    page.world.online = None;
    list(&mut page, &[("ann", "sales")]);
    page.acts("ann", start());
    assert!(matches!(page.invitation("ann"), Invitation::AwaitingPresence { .. }));
    list(&mut page, &[("ann", "support")]);
    page.wait(60_000.0);
    assert!(page.open("ann").is_none());
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
}

#[test]
fn a_task_that_has_ended_stays_as_the_policy_says_while_a_component_shows_it() {
    let mut page = page_with(for_sales(), "support");
    shows_in_header(&mut page, "ann", "support");
    let over = ListedTask { task: of_kind("ann", "support"), status: "completed".to_owned() };
    page.happens(Event::Tasks(vec![over]));
    assert_eq!(visibility(&page, "ann"), Visibility::Hidden);
}

#[test]
fn without_rules_nobody_has_to_tell_anything() {
    let mut page = Page::with_tasks(settings(|_| ()), &["ann"]);
    page.tell(Event::WorkerChanged(Worker::default()));
    assert_eq!(visibility(&page, "ann"), Visibility::Shown);
}
