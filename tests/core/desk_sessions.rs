//! Sessions on the desk: each is opened, asked for, joined and ended apart from every other.

use flex_glance::core::{
    desk::{Act, CannotStart, Effect, Event},
    login_key::{LoginKeyFailure, cache},
    presence::{self, Signal},
    prop::Prop,
    session::{
        OpenTarget,
        invitation::{Invitation, PRESENCE_TIMEOUT_MS},
        viewer::{Attempt, FRAME_TIMEOUT_MS, Frame, Open, Reach, WindowSight},
    },
    task::{Task, TaskKeyError},
};

use crate::common::{
    desk::{
        Page, count, ends, in_tab, in_window, is_invitation, join, opens_window, settings, start,
        task, without_presence,
    },
    session_key,
};

fn page(target: OpenTarget) -> Page {
    Page::with_tasks(settings(|config| config.target = target), &["ann"])
}

/// The session key of what is open.
fn open_key(page: &Page) -> Option<String> {
    page.open("ann").map(|open| open.request().session_key.as_str().to_owned())
}

#[test]
fn the_end_of_the_visitor_s_session_leaves_the_viewer_of_another_key() {
    let mut page = page(OpenTarget::Flex);
    page.meets("ann");
    page.acts("ann", join("9999"));
    assert_eq!(open_key(&page).as_deref(), Some("9999"));

    let effects = page.glance("ann", Signal::Ended);
    assert_eq!(ends(&effects), [(0.0, "ended")]);
    assert_eq!(count(&effects, |effect| matches!(effect, Effect::CloseFrame { .. })), 0);
    assert_eq!(open_key(&page).as_deref(), Some("9999"));
}

#[test]
fn a_visitor_who_accepted_and_backs_out_leaves_the_viewer_of_another_key() {
    for signal in [Signal::Ended, Signal::Declined] {
        let mut page = page(OpenTarget::Tab);
        page.acts("ann", start());
        page.glance("ann", Signal::Accepted);
        page.acts("ann", join("9999"));

        let effects = page.glance("ann", signal);
        assert_eq!(count(&effects, |effect| matches!(effect, Effect::CloseWindow { .. })), 0);
        assert_eq!(open_key(&page).as_deref(), Some("9999"));
    }
}

#[test]
fn an_agent_who_closes_the_viewer_of_another_key_gives_up_no_visitor() {
    let mut page = page(OpenTarget::Tab);
    page.acts("ann", start());
    page.glance("ann", Signal::Accepted);
    page.acts("ann", join("9999"));
    page.acts("ann", Act::Close);
    assert!(matches!(page.invitation("ann"), Invitation::Accepted { .. }));
}

#[test]
fn joining_by_another_key_while_a_key_is_fetched_joins_that_one() {
    let mut page = page(OpenTarget::Window);
    page.no_key_is_kept();
    page.world.answers_keys = false;
    page.acts("ann", start());
    assert!(matches!(page.viewer("ann").attempt, Some(Attempt::FetchingKey { .. })));

    let in_click = page.clicks("ann", join("9999"));
    assert_eq!(count(&in_click, opens_window), 1);
    page.world.answers_keys = true;
    page.answer_all();
    assert_eq!(open_key(&page).as_deref(), Some("9999"));
    let effects = page.glance("ann", Signal::Declined);
    assert_eq!(count(&effects, |effect| matches!(effect, Effect::CloseWindow { .. })), 0);
    assert_eq!(open_key(&page).as_deref(), Some("9999"));
}

#[test]
fn the_same_click_twice_opens_one_window_and_asks_the_visitor_once() {
    let mut page = page(OpenTarget::Window);
    page.no_key_is_kept();
    page.world.answers_keys = false;
    page.acts("ann", start());
    let again = page.acts("ann", start());
    assert_eq!((count(&again, opens_window), count(&again, is_invitation)), (0, 0));
}

#[test]
fn asking_again_opens_a_window_inside_the_click() {
    let mut page = page(OpenTarget::Window);
    page.acts("ann", start());
    page.glance("ann", Signal::Declined);
    let in_click = page.clicks("ann", Act::AskAgain);
    assert_eq!((count(&in_click, opens_window), count(&in_click, is_invitation)), (1, 1));
}

#[test]
fn a_click_waits_for_presence_for_five_seconds_and_then_opens_the_viewer() {
    let mut page = Page::new(settings(in_tab));
    page.world.online = None;
    page.list(&["ann"]);
    page.answer_all();
    page.acts("ann", start());
    let early = page.wait(PRESENCE_TIMEOUT_MS - 1.0);
    assert_eq!(count(&early, opens_window), 0);
    let effects = page.wait(1.0);
    assert_eq!((count(&effects, opens_window), count(&effects, is_invitation)), (1, 0));
    assert!(page.open("ann").is_some());
}

#[test]
fn a_window_that_is_out_of_reach_is_open_and_not_opened_twice_unless_the_agent_says_so() {
    let mut page = page(OpenTarget::Tab);
    page.meets("ann");
    page.world.sight = WindowSight::Closed;
    let effects = page.wait(60_000.0);
    assert_eq!(count(&effects, |effect| matches!(effect, Effect::CloseWindow { .. })), 0);
    let out_of_reach = |page: &Page| {
        matches!(page.open("ann"), Some(Open::Window { reach: Reach::OutOfReach, .. }))
    };
    assert!(out_of_reach(&page));

    let effects = page.acts("ann", start());
    assert_eq!(count(&effects, opens_window), 0);
    assert!(out_of_reach(&page));
    assert_eq!(ends(&page.clone().glance("ann", Signal::Ended)), [(60_000.0, "ended")]);

    page.world.sight = WindowSight::Foreign;
    let in_click = page.clicks("ann", Act::OpenAgain);
    assert_eq!(count(&in_click, opens_window), 1);
    page.answer_all();
    page.wait(500.0);
    assert!(matches!(page.open("ann"), Some(Open::Window { reach: Reach::Ours { .. }, .. })));
}

#[test]
fn only_an_agent_who_closed_the_viewer_is_told_to_have_left() {
    let running = |target| {
        let mut page = page(target);
        page.meets("ann");
        page
    };
    let reason = |mut page: Page| ends(&page.glance("ann", Signal::Ended))[0].1;

    let mut closed = running(OpenTarget::Tab);
    closed.wait(500.0);
    closed.world.sight = WindowSight::Closed;
    closed.wait(1_000.0);
    assert_eq!(closed.open("ann"), None);
    assert_eq!(reason(closed), "agent_left");
    let mut by_button = running(OpenTarget::Flex);
    by_button.acts("ann", Act::Close);
    assert_eq!(reason(by_button), "agent_left");
    let mut by_action = running(OpenTarget::Flex);
    by_action.happens(Event::EndSession(task("ann").sid));
    assert_eq!(reason(by_action), "agent_left");

    let mut panel_gone = running(OpenTarget::Flex);
    let gone = Event::PanelGone(task("ann").sid, panel_gone.viewer_id("ann"));
    panel_gone.happens(gone);
    assert_eq!(reason(panel_gone), "ended");
    let mut moved = running(OpenTarget::Flex);
    moved.acts("ann", Act::OpenInTab);
    assert_eq!(reason(moved), "ended");
    assert_eq!(reason(running(OpenTarget::Window)), "ended");
}

#[test]
fn the_link_of_a_blocked_viewer_loses_its_address_with_its_key_and_gets_a_fresh_one() {
    let mut page =
        Page::with_tasks(settings(|config| (in_tab(config), without_presence(config)).0), &["ann"]);
    page.world.blocks_windows = true;
    page.acts("ann", start());
    page.wait(3_599_999.0);
    let has_link = |page: &Page| match page.viewer("ann").attempt {
        Some(Attempt::Blocked { link, .. }) => link.is_some(),
        other => panic!("{other:?}"),
    };
    assert!(has_link(&page));
    page.wait(1.0);
    assert!(!has_link(&page));
    assert_eq!(count(&page.acts("ann", Act::LinkFollowed), opens_window), 0);

    page.world.blocks_windows = false;
    let effects = page.acts("ann", Act::OpenBlocked);
    let asks =
        |effect: &Effect| matches!(effect, Effect::LoginKey(cache::Effect::RequestLoginKey { .. }));
    assert_eq!((count(&effects, opens_window), count(&effects, asks)), (1, 1));
    assert!(matches!(page.open("ann"), Some(Open::Window { .. })));
}

#[test]
fn a_frame_that_shows_nothing_for_twenty_seconds_is_slow_until_it_loads() {
    let mut page = page(OpenTarget::Flex);
    page.meets("ann");
    let frame = |page: &Page| match page.open("ann") {
        Some(Open::Panel { frame, .. }) => frame,
        other => panic!("{other:?}"),
    };
    page.wait(FRAME_TIMEOUT_MS - 1.0);
    assert!(matches!(frame(&page), Frame::Loading { .. }));
    page.wait(1.0);
    assert_eq!(frame(&page), Frame::Slow);
    page.tell(Event::FrameLoaded(task("ann").sid, page.viewer_id("ann")));
    assert_eq!(frame(&page), Frame::Loaded);
}

#[test]
fn a_viewer_whose_panel_went_comes_back_with_the_panel() {
    let mut page = page(OpenTarget::Flex);
    page.meets("ann");
    let sid = task("ann").sid;
    let old = page.viewer_id("ann");
    let closes = page.tell(Event::PanelGone(sid.clone(), old));
    assert!(closes.contains(&Effect::CloseFrame { task: sid.clone() }));
    assert!(matches!(page.open("ann"), Some(Open::Suspended { .. })));

    let effects = page.happens(Event::PanelReady(sid.clone()));
    let shows = |effect: &Effect| matches!(effect, Effect::ShowFrame { .. });
    assert_eq!(count(&effects, shows), 1);
    page.tell(Event::PanelGone(sid.clone(), old));
    assert!(matches!(page.open("ann"), Some(Open::Panel { .. })));
    assert_eq!(count(&page.happens(Event::PanelReady(sid)), shows), 0);
}

#[test]
fn visitorid_counts_for_an_action_on_a_task_that_nobody_clicked() {
    let mut page = Page::new(settings(in_tab));
    page.world.online = Some(vec!["crm-7"]);
    let by_prop = Task { visitor_id: Prop::from("crm-7"), ..task("ann") };
    let told = flex_glance::core::task::ListedTask {
        task: by_prop.clone(),
        status: "accepted".to_owned(),
    };
    page.happens(Event::Tasks(vec![told]));
    let settings = page.settings.clone();
    assert_eq!(page.desk.can_start(&by_prop, None, Some(&settings)), Ok(()));
    let effects = page.happens(Event::Agent { task: by_prop, settings, act: start() });
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Presence(presence::Effect::Invite { session_key, .. }) => Some(session_key.clone()),
        _ => None,
    });
    assert_eq!(asked, Some(session_key("crm-7")));
}

#[test]
fn what_stands_against_a_session_is_said_before_anything_happens() {
    let page = Page::new(settings(in_window));
    let nobody = Task { sid: "WRcall".into(), ..Task::default() };
    let settings = page.settings.clone();
    let can = |task: &Task, key| page.desk.can_start(task, key, Some(&settings));
    assert_eq!(can(&nobody, None), Err(CannotStart::NoVisitor(TaskKeyError::NoVisitor)));
    let (typed, ann) = (session_key("9999"), task("ann"));
    assert_eq!(can(&nobody, Some(&typed)), Ok(()));
    assert_eq!(can(&ann, None), Ok(()));
    assert_eq!(page.desk.can_start(&task("ann"), None, None), Err(CannotStart::NoSettings));
}

#[test]
fn the_viewer_of_one_task_never_shows_the_session_of_another() {
    let mut page = Page::with_tasks(settings(|_| {}), &["ann", "bob"]);
    page.world.online = Some(vec!["ann", "bob"]);
    page.meets("ann");
    page.acts("bob", join("9999"));
    for effect in &page.effects {
        if let Effect::ShowFrame { task: of, url, .. } = effect {
            let key = if *of == task("ann").sid { "SessionKey=ann&" } else { "SessionKey=9999&" };
            assert!(url.expose().contains(key), "{of:?}");
        }
    }
    page.glance("ann", Signal::Ended);
    assert!(page.open("ann").is_none() && page.open("bob").is_some());
}

#[test]
fn a_key_that_does_not_come_is_told_and_no_window_is_left() {
    let mut page = page(OpenTarget::Window);
    page.no_key_is_kept();
    page.world.login_key = Err(LoginKeyFailure::Unreadable);
    let effects = page.acts("ann", start());
    assert_eq!(count(&effects, |effect| matches!(effect, Effect::CloseWindow { .. })), 1);
    let failure = LoginKeyFailure::Unreadable;
    assert!(
        matches!(page.viewer("ann").attempt, Some(Attempt::Failed { failure: f, .. }) if f == failure)
    );
}

#[test]
fn a_page_s_clock_that_is_set_back_has_a_new_key_asked_for() {
    let asks_for_a_key = |set_by_ms: f64| {
        let mut page = Page::with_tasks(settings(|c| (in_tab(c), without_presence(c)).0), &["ann"]);
        page.acts("ann", start());
        page.acts("ann", Act::Close);
        // The machine slept for half an hour: the monotonic clock stood still.
        page.now.unix_ms += set_by_ms;
        let asked = |effect: &Effect| {
            matches!(effect, Effect::LoginKey(cache::Effect::RequestLoginKey { .. }))
        };
        count(&page.acts("ann", start()), asked) == 1
    };
    assert!(asks_for_a_key(-1_800_000.0));
    assert!(!asks_for_a_key(-10_000.0) && !asks_for_a_key(0.0));
}

#[test]
fn debugmode_logs_what_changes_and_not_the_time_that_passes() {
    let is_log = |effect: &Effect| matches!(effect, Effect::Log(_));
    let mut page = Page::with_tasks(settings(|config| config.debug = true), &["ann"]);
    assert!(count(&page.acts("ann", start()), is_log) > 0);
    assert_eq!(count(&page.tell(Event::Deadline), is_log), 0);
    let mut quiet = Page::with_tasks(settings(|_| {}), &["ann"]);
    assert_eq!(count(&quiet.acts("ann", start()), is_log), 0);
}
