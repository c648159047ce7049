//! What `Debug` and the log tell of a page: no secret, and nothing that names a person.

use flex_glance::core::{
    desk::{Act, Effect, Event, NotificationKind, Slot},
    ids::ComponentId,
    login_key::LoginKeyFailure,
    presence::{Signal, VisitorPage},
    prop::Prop,
    session::{OpenTarget, viewer::WindowSight},
    task::{Attributes, Task},
};

use crate::common::{
    LOGIN_KEY,
    desk::{Page, join, listed, settings, start, task},
    session_key,
};

/// The key of a link; the visitor, which is the session key; the customer's name; a typed key; the agent; the identity; what
/// a page's address and a login key hold.
const CANARIES: [&str; 9] = [
    "linkcanary",
    "visitorcanary",
    "namecanary",
    "typedcanary",
    "agentcanary",
    "identitycanary",
    "addresscanary",
    "1589912963",
    "EXdpEY02MiAm7X7",
];

fn assert_tells_nothing(what: &str, shown: &str) {
    for canary in CANARIES.into_iter().chain([LOGIN_KEY, "WRvisitorcanary"]) {
        assert!(!shown.contains(canary), "{what} tells {canary}: {shown}");
    }
}

/// Gives the desk an event; neither that nor what it asks for, nor what it knows then, tells anything.
fn happens(page: &mut Page, event: Event) {
    assert_tells_nothing("an event", &format!("{event:?} {}", event.name()));
    for effect in page.tell(event) {
        assert_tells_nothing("an effect", &format!("{effect:?}"));
        if let Effect::Log(line) | Effect::Warn(line) = effect {
            assert_tells_nothing("the log", &line);
        }
    }
    assert_tells_nothing("the desk", &format!("{:?}", page.desk));
    let view = page.desk.task_view(&task("visitorcanary").sid);
    assert_tells_nothing("a view", &format!("{view:?}"));
}

/// Answers one after another, so that the desk is looked at while it waits.
fn answers(page: &mut Page) {
    while let Some(event) = page.next_answer() {
        happens(page, event);
    }
}

fn acts(page: &mut Page, act: Act) {
    let event = page.agent_event("visitorcanary", act);
    let Event::Agent { task, settings, act } = event else { panic!("{event:?}") };
    let task = Task {
        attributes: Attributes { name: Prop::from("namecanary"), ..task.attributes },
        ..task
    };
    happens(page, Event::Agent { task, settings, act });
    answers(page);
}

#[test]
fn debug_and_the_log_tell_no_secret_and_no_id_through_a_whole_story() {
    for target in [OpenTarget::Flex, OpenTarget::Tab, OpenTarget::Window] {
        for blocks_windows in [false, true] {
            story(target, blocks_windows);
        }
    }
}

fn story(target: OpenTarget, blocks_windows: bool) {
    let mut page = Page::new(settings(|config| {
        config.target = target;
        config.debug = true;
        config.invite_url = Some("https://shop.example/".to_owned());
    }));
    page.world.agent = "agentcanary";
    page.world.online = Some(vec!["visitorcanary"]);
    page.world.blocks_windows = blocks_windows;
    let sid = task("visitorcanary").sid;
    happens(&mut page, Event::AgentChanged(Some("identitycanary".to_owned().into())));
    let mut listed = listed("visitorcanary", "accepted");
    listed.task.attributes.name = Prop::from("namecanary");
    happens(&mut page, Event::Tasks(vec![listed.clone()]));
    answers(&mut page);
    let (component, slot) = (ComponentId(1), Slot::Header);
    happens(&mut page, Event::Shown { component, slot, task: Some(listed.task) });
    let connection = page.connection("visitorcanary").unwrap();
    let at = VisitorPage::new(
        Some("https://user:addresscanary@shop.example/cart?addresscanary#addresscanary"),
        Some("Firefox"),
    );
    for signal in
        [Signal::VisitorMoved(at), Signal::VisitorConnected(false), Signal::VisitorConnected(true)]
    {
        happens(&mut page, Event::Presence(connection, signal));
        answers(&mut page);
    }
    acts(&mut page, Act::Invite { key: session_key("linkcanary"), no_panel: None });
    acts(&mut page, Act::CopyLink);
    acts(&mut page, Act::Close);
    acts(&mut page, start());
    for signal in [Signal::Accepted, Signal::Started] {
        happens(&mut page, Event::Presence(connection, signal));
        answers(&mut page);
    }
    happens(&mut page, Event::NotificationClicked(NotificationKind::Accepted, sid.clone()));
    answers(&mut page);
    for act in [Act::LinkFollowed, Act::OpenInTab, join("typedcanary"), Act::BringToFront] {
        acts(&mut page, act);
    }
    if let Some(viewer) = page.desk.remembered(&sid) {
        assert_tells_nothing("what is remembered", &format!("{viewer:?}"));
        happens(&mut page.clone(), Event::Restored(vec![viewer]));
    }
    page.world.login_key = Err(LoginKeyFailure::Network);
    page.world.sight = WindowSight::Closed;
    for act in [Act::OpenAgain, Act::SignIn, Act::Dismiss, Act::Close] {
        acts(&mut page, act);
    }
    happens(&mut page, Event::Presence(connection, Signal::Failed));
    acts(&mut page, Act::ItIsOver);
    happens(&mut page, Event::AgentChanged(Some("another".to_owned().into())));
    happens(&mut page, Event::Disposed);
}
