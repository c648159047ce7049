//! Notifications and links say what is so, go when it is so no longer, and open only what is blocked.

use flex_glance::core::{
    desk::{Act, Effect, Event, NotificationKind, Slot, Source},
    ids::ViewerId,
    presence::Signal,
    session::{
        OpenTarget,
        viewer::{Attempt, Open, WindowSight},
    },
};

use crate::common::desk::{
    Page, count, in_tab, listed, opens_window, settings, start, task, without_presence,
};

fn raises(effects: &[Effect], wanted: NotificationKind) -> bool {
    count(effects, |e| matches!(e, Effect::Notify { kind, .. } if *kind == wanted)) == 1
}

fn dismisses(effects: &[Effect], wanted: NotificationKind) -> bool {
    count(effects, |e| matches!(e, Effect::DismissNotification { kind, .. } if *kind == wanted))
        == 1
}

/// Ann accepted, and the browser blocked the tab.
fn blocked() -> (Page, Vec<Effect>) {
    let mut page = Page::with_tasks(settings(in_tab), &["ann"]);
    page.world.blocks_windows = true;
    page.acts("ann", start());
    let effects = page.glance("ann", Signal::Accepted);
    assert!(page.is_blocked("ann"));
    (page, effects)
}

fn clicked() -> Event {
    Event::NotificationClicked(NotificationKind::Accepted, task("ann").sid)
}

/// Ann comes to the site while the agent looks at another task.
fn arrived() -> (Page, Vec<Effect>) {
    let mut page = Page::new(settings(|_| {}));
    page.world.online = Some(vec![]);
    page.list(&["ann", "bob"]);
    page.answer_all();
    page.shows(1, Slot::Header, Some("bob"));
    page.world.online = Some(vec!["ann"]);
    let effects = page.glance("ann", Signal::VisitorConnected(true));
    (page, effects)
}

#[test]
fn a_blocked_viewer_is_announced_and_opens_by_the_notification() {
    let (mut page, effects) = blocked();
    assert!(raises(&effects, NotificationKind::Accepted));
    page.world.blocks_windows = false;
    let in_click = page.tell(clicked());
    assert_eq!(count(&in_click, opens_window), 1);
    assert!(in_click.contains(&Effect::SelectTask(task("ann").sid)));
    page.answer_all();
    assert!(matches!(page.open("ann"), Some(Open::Window { .. })));
}

#[test]
fn the_notification_of_a_blocked_viewer_goes_when_it_is_blocked_no_longer() {
    for act in [Act::LinkFollowed, Act::OpenBlocked, Act::Cancel, Act::Close] {
        let (mut page, _) = blocked();
        page.world.blocks_windows = false;
        let effects = page.acts("ann", act.clone());
        assert!(dismisses(&effects, NotificationKind::Accepted), "{act:?}: {effects:?}");
    }
    let (mut page, _) = blocked();
    assert!(dismisses(&page.glance("ann", Signal::Declined), NotificationKind::Accepted));
    let (mut page, _) = blocked();
    let completed = Event::Tasks(vec![listed("ann", "completed")]);
    assert!(dismisses(&page.tell(completed), NotificationKind::Accepted));
}

#[test]
fn a_left_over_notification_opens_and_closes_nothing() {
    let (mut page, _) = blocked();
    page.world.blocks_windows = false;
    page.acts("ann", Act::LinkFollowed);
    page.glance("ann", Signal::Started);
    let before = page.open("ann");
    assert!(before.is_some());
    assert_eq!(page.happens(clicked()), [Effect::SelectTask(task("ann").sid)]);
    assert_eq!(page.open("ann"), before);
}

#[test]
fn opening_a_blocked_viewer_opens_nothing_in_any_other_state() {
    let page_of =
        |target: OpenTarget| Page::with_tasks(settings(|config| config.target = target), &["ann"]);
    let mut panel = page_of(OpenTarget::Flex);
    panel.meets("ann");
    let mut tab = page_of(OpenTarget::Tab);
    tab.meets("ann");
    let mut out_of_reach = tab.clone();
    out_of_reach.world.sight = WindowSight::Closed;
    out_of_reach.wait(100.0);
    let mut fetching = page_of(OpenTarget::Window);
    fetching.no_key_is_kept();
    fetching.world.answers_keys = false;
    fetching.acts("ann", start());
    let mut failed = fetching.clone();
    failed.wait(10_000.0);
    assert!(matches!(fetching.viewer("ann").attempt, Some(Attempt::FetchingKey { .. })));
    assert!(matches!(failed.viewer("ann").attempt, Some(Attempt::Failed { .. })));
    let mut suspended = panel.clone();
    let gone = Event::PanelGone(task("ann").sid, suspended.viewer_id("ann"));
    suspended.tell(gone);
    let untouched = page_of(OpenTarget::Tab);
    for mut page in [panel, tab, out_of_reach, fetching, failed, suspended, untouched] {
        let before = page.viewer("ann");
        for effects in [
            page.acts("ann", Act::OpenBlocked),
            page.acts("ann", Act::LinkFollowed),
            page.happens(clicked()),
        ] {
            assert_eq!(
                count(&effects, |e| !matches!(
                    e,
                    Effect::SelectTask(_) | Effect::Redraw(_) | Effect::Log(_)
                )),
                0,
                "{effects:?}"
            );
        }
        assert_eq!(page.viewer("ann"), before);
    }
}

#[test]
fn a_notification_of_a_task_that_is_gone_does_nothing() {
    let (mut page, _) = blocked();
    page.tell(Event::Tasks(vec![listed("ann", "completed")]));
    assert_eq!(page.happens(clicked()), []);
}

#[test]
fn a_visitor_who_comes_is_announced_once_unless_their_task_is_shown() {
    let (mut page, effects) = arrived();
    assert!(raises(&effects, NotificationKind::Arrived));
    let again = page.glance("ann", Signal::VisitorConnected(true));
    assert_eq!(count(&again, |effect| matches!(effect, Effect::Notify { .. })), 0);

    let mut page = Page::new(settings(|_| {}));
    page.world.online = Some(vec![]);
    page.list(&["ann"]);
    page.answer_all();
    page.shows(1, Slot::Header, Some("ann"));
    let effects = page.glance("ann", Signal::VisitorConnected(true));
    assert!(!raises(&effects, NotificationKind::Arrived));
}

#[test]
fn the_notification_of_a_visitor_goes_when_they_leave_or_their_task_is_shown_or_gone() {
    let (mut page, _) = arrived();
    page.world.online = Some(vec![]);
    let mut effects = page.glance("ann", Signal::VisitorConnected(false));
    effects.extend(page.wait(4_000.0));
    assert!(dismisses(&effects, NotificationKind::Arrived));

    let (mut page, _) = arrived();
    assert!(dismisses(&page.shows(1, Slot::Header, Some("ann")), NotificationKind::Arrived));

    let (mut page, _) = arrived();
    let completed = Event::Tasks(vec![listed("ann", "completed"), listed("bob", "accepted")]);
    assert!(dismisses(&page.tell(completed), NotificationKind::Arrived));

    let (mut page, _) = arrived();
    let off = Event::SettingsChanged(Source::Registration, settings(without_presence));
    assert!(dismisses(&page.tell(off), NotificationKind::Arrived));

    let (mut page, _) = arrived();
    let another = Event::AgentChanged(Some("carol".to_owned().into()));
    page.tell(Event::AgentChanged(Some("alice".to_owned().into())));
    page.tell(another);
    let up = count(&page.effects, |effect| matches!(effect, Effect::Notify { .. }));
    let down = count(&page.effects, |effect| matches!(effect, Effect::DismissNotification { .. }));
    assert_eq!(up, down);
}

#[test]
fn everything_that_is_up_goes_when_all_is_taken_back() {
    for (mut page, _) in [arrived(), blocked()] {
        page.tell(Event::Disposed);
        let up = count(&page.effects, |effect| matches!(effect, Effect::Notify { .. }));
        let down =
            count(&page.effects, |effect| matches!(effect, Effect::DismissNotification { .. }));
        assert_eq!((up, down), (1, 1));
    }
}

#[test]
fn a_window_that_was_refused_long_ago_blocks_nothing() {
    let mut page = Page::with_tasks(settings(in_tab), &["ann"]);
    page.meets("ann");
    page.tell(Event::WindowRefused(task("ann").sid, ViewerId(0)));
    assert!(!page.is_blocked("ann"));
}

#[test]
fn a_notification_comes_back_from_its_host_as_what_it_was() {
    for (kind, name) in
        [(NotificationKind::Arrived, "arrived"), (NotificationKind::Accepted, "accepted")]
    {
        assert_eq!(kind.name(), name);
        assert_eq!(NotificationKind::parse(name), Some(kind));
    }
    assert_eq!(NotificationKind::parse("another"), None);
}
