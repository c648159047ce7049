//! Invitations by link: the key, the text with the link, the viewer that waits, and what stands of it on the task.

use std::rc::Rc;

use flex_glance::core::{
    config::Config,
    desk::{Act, Effect, Event},
    ids::LinkId,
    presence::Signal,
    prop::Prop,
    session::{
        EndReason,
        facts::{Beginning, Change, SessionFacts},
        invitation::Invitation,
        link::{Delivery, InviteText, Way},
    },
    session_key::SessionKey,
    task::{ListedTask, Task},
    time::Now,
};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    common::{
        NOW,
        desk::{Page, in_tab, listed, opens_window, settings, start, task},
        props, refused, session_key, vectors,
    },
    policy::{given, policy},
};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const LINK: &str = "https://shop.example/help#glance=0123456789abcdef0123456789abcdef.hd556";

pub(crate) fn invite() -> Act {
    Act::Invite { key: session_key(KEY), no_panel: None }
}

fn page_of(config: &mut Config) {
    config.invite_url = Some("https://shop.example/help".to_owned());
    config.presence = false;
}

fn page() -> Page {
    Page::with_tasks(settings(page_of), &["ann"])
}

fn delivery(page: &Page) -> Option<Delivery> {
    page.session("ann")?.link.as_ref().map(|link| link.delivery)
}

fn sent(effects: &[Effect]) -> Vec<(LinkId, String)> {
    let of = |effect: &Effect| match effect {
        Effect::Deliver { link, text, way: Way::Chat, .. } => Some((*link, text.0.clone())),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

fn changes(effects: &[Effect]) -> Vec<Change> {
    let of = |effect: &Effect| match effect {
        Effect::WriteFacts { change, .. } => Some(change.clone()),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

/// What became of the last link that was sent.
fn tell(page: &mut Page, delivery: Delivery) {
    let (link, _) = sent(&page.effects).pop().unwrap();
    page.tell(Event::Link(task("ann").sid, link, delivery));
}

#[test]
fn every_vector_of_a_link_is_made() {
    for vector in vectors("invitation_link") {
        let text = |name: &str| vector[name].as_str().unwrap().to_owned();
        let settings = settings(|config| {
            config.invite_url = Some(text("page"));
            config.invite_text = Some("{link}".to_owned());
        });
        let minute = vector["minute"].as_f64().unwrap();
        for seconds in [0.0, 59.9] {
            let now = Now { unix_ms: (minute * 60.0 + seconds) * 1_000.0, ..NOW };
            let made = InviteText::new(&session_key(&text("key")), &settings, now).unwrap();
            assert_eq!(made.0, text("link"), "{}", vector["why"]);
        }
    }
}

#[test]
fn the_authors_text_is_about_the_link_and_loses_it_never() {
    for (own, expected) in [
        ("Here: {link} (Ann)", format!("Here: {LINK} (Ann)")),
        ("{link}\n{link}", format!("{LINK}\n{LINK}")),
        ("Come and see", format!("Come and see {LINK}")),
    ] {
        let settings = settings(|config| {
            page_of(config);
            config.invite_text = Some(own.to_owned());
        });
        assert_eq!(InviteText::new(&session_key(KEY), &settings, NOW).unwrap().0, expected);
    }
}

#[test]
fn only_a_page_with_https_or_of_this_machine_is_invited_to() {
    let with = |url: &str| {
        let mut raw = props();
        raw.inviteurl = Prop::from(url);
        Config::parse(&raw)
    };
    for fine in ["https://shop.example/help?a=1#b", "http://127.0.0.1:8080/", "http://a.localhost"]
    {
        assert_eq!(with(fine).unwrap().invite_url.as_deref(), Some(fine));
    }
    for wrong in
        ["http://shop.example/", "shop.example", "javascript:alert(1)", "https://", "/help"]
    {
        assert_eq!(with(wrong).unwrap_err()[0].prop, "inviteurl", "{wrong}");
    }
    assert_eq!(with(" ").unwrap().invite_url, None);
}

proptest! {
    #[test]
    fn a_key_of_random_bytes_is_one_that_every_page_of_glances_takes(bytes: [u8; 16]) {
        let key = SessionKey::random(bytes);
        prop_assert!(SessionKey::parse(key.as_str()) == Ok(key.clone()));
        prop_assert!(key.as_str().len() == 32 && key.as_str().bytes().all(|b| b.is_ascii_hexdigit()));
        prop_assert_eq!(u128::from_str_radix(key.as_str(), 16), Ok(u128::from_be_bytes(bytes)));
    }
}

#[test]
fn a_click_opens_the_viewer_within_it_and_sends_the_link_once_the_viewer_is_there() {
    let mut page = Page::with_tasks(
        settings(|config| {
            page_of(config);
            in_tab(config);
        }),
        &["ann"],
    );
    page.no_key_is_kept();
    let clicked = page.clicks("ann", invite());
    assert!(clicked.iter().any(opens_window), "{clicked:?}");
    assert_eq!(sent(&clicked), []);
    assert_eq!(delivery(&page), Some(Delivery::Ready));
    page.answer_all();
    let [(_, text)] = &sent(&page.effects)[..] else { panic!("{:?}", page.effects) };
    assert!(text.ends_with(LINK), "{text}");
    assert_eq!(page.viewer("ann").request().unwrap().session_key, session_key(KEY));
    assert_eq!(delivery(&page), Some(Delivery::Sending));
}

#[test]
fn nobody_is_invited_to_a_viewer_that_does_not_open() {
    let mut page = page();
    page.world.login_key = Err(refused());
    page.acts("ann", invite());
    assert_eq!(sent(&page.effects), []);
    page.world.login_key = Ok(());
    page.acts("ann", start());
    assert_eq!(sent(&page.effects).len(), 1);
    assert_eq!(page.viewer("ann").request().unwrap().session_key, session_key(KEY));
    page.acts("ann", Act::Close);
    assert_eq!(delivery(&page), None);
}

#[test]
fn what_becomes_of_the_link_is_told_and_an_answer_to_an_older_one_changes_nothing() {
    let mut page = page();
    page.acts("ann", invite());
    let (old, _) = sent(&page.effects).pop().unwrap();
    page.acts("ann", Act::Close);
    page.acts("ann", invite());
    page.tell(Event::Link(task("ann").sid, old, Delivery::NotSent));
    assert_eq!(delivery(&page), Some(Delivery::Sending));
    tell(&mut page, Delivery::ToCopy);
    assert_eq!(delivery(&page), Some(Delivery::ToCopy));
    let effects = page.clicks("ann", Act::CopyLink);
    let copied = |effect: &Effect| matches!(effect, Effect::Deliver { text, way: Way::Clipboard, .. } if text.0.contains(KEY));
    assert!(effects.iter().any(copied), "{effects:?}");
    tell(&mut page, Delivery::Copied);
    assert_eq!(delivery(&page), Some(Delivery::Copied));
}

#[test]
fn without_a_page_in_the_settings_or_where_something_goes_on_nobody_is_invited() {
    let mut nowhere = Page::with_tasks(settings(|config| config.presence = false), &["ann"]);
    nowhere.acts("ann", invite());
    assert!(nowhere.session("ann").is_none_or(|session| session.is_idle()));

    let mut busy = page();
    busy.acts("ann", start());
    busy.acts("ann", invite());
    assert_eq!(delivery(&busy), None);
    assert_eq!(busy.viewer("ann").request().unwrap().session_key, session_key("ann"));
}

#[test]
fn a_policy_that_denies_the_task_invites_nobody() {
    let denied =
        policy(&json!({ "attributes": { "not": [{ "path": "denied", "equals": true }] } }));
    let mut page = Page::with_tasks(
        settings(|config| {
            page_of(config);
            config.policy = denied;
        }),
        &["ann"],
    );
    let facts = crate::policy::task(&json!({ "denied": true })).into();
    let ListedTask { task, status } = listed("ann", "accepted");
    page.tell(Event::Tasks(vec![ListedTask { task: Task { facts, ..task }, status }]));
    page.acts("ann", invite());
    assert!(page.session("ann").is_none_or(|session| session.is_idle()));
}

#[test]
fn the_task_says_that_an_invitation_is_out_and_loses_the_key_as_it_is_taken_back() {
    let mut page = page();
    page.acts("ann", invite());
    assert_eq!(changes(&page.effects), [Change::BeganByLink(session_key(KEY))]);
    let began = SessionFacts::after(None, changes(&page.effects).remove(0), None, 100.0).unwrap();
    assert_eq!(
        (began.began, began.invitation.clone()),
        (Some(Beginning::Link), Some(session_key(KEY)))
    );
    let effects = page.acts("ann", Act::Close);
    let [end @ Change::Ended { reason: EndReason::ViewerClosed, .. }] = &changes(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    let over = SessionFacts::after(Some(&began), end.clone(), None, 160.0).unwrap();
    assert_eq!(over.invitation, None);
    assert!(!format!("{:?}", over.members()).contains(KEY));
    assert!(over.members().iter().all(|(name, _)| *name != "invitation"));
}

#[test]
fn another_session_on_the_task_has_no_key_of_an_invitation() {
    let by_link = Change::BeganByLink(session_key(KEY));
    let began = SessionFacts::after(None, by_link, None, 100.0).unwrap();
    let again = Change::Began(Beginning::Presence);
    assert_eq!(SessionFacts::after(Some(&began), again.clone(), None, 101.0), None);
    let ended = Change::Ended { seconds: 1.0, reason: EndReason::Ended };
    let over = SessionFacts::after(Some(&began), ended, None, 102.0).unwrap();
    assert_eq!(SessionFacts::after(Some(&over), again, None, 103.0).unwrap().invitation, None);
}

/// Ann's task after a reload, with an invitation that has been out for five minutes.
fn reloaded(page: &Page, invitation: Option<&str>) -> ListedTask {
    let since_s = (page.now.unix_ms / 1_000.0).floor() - 300.0;
    let given = given(&json!({
        "version": 1, "running_since": since_s, "count": 1, "began": "link", "invitation": invitation,
    }));
    let session = SessionFacts::parse(&given).unwrap().map(Rc::new);
    let ListedTask { task, status } = listed("ann", "accepted");
    ListedTask { task: Task { session, ..task }, status }
}

#[test]
fn after_a_reload_one_click_shows_the_viewer_of_the_invitation_again() {
    let mut page = page();
    page.tell(Event::Tasks(vec![reloaded(&page, Some(KEY))]));
    assert!(matches!(page.invitation("ann"), Invitation::Told { request: Some(_), .. }));
    page.acts("ann", Act::ShowViewer { no_panel: None });
    assert_eq!(page.viewer("ann").request().unwrap().session_key, session_key(KEY));
    let effects = page.acts("ann", Act::Close);
    assert!(matches!(changes(&effects)[..], [Change::Ended { .. }]), "{effects:?}");
}

#[test]
fn after_a_reload_it_can_be_taken_back_without_the_viewer() {
    let mut page = page();
    page.tell(Event::Tasks(vec![reloaded(&page, Some(KEY))]));
    let effects = page.acts("ann", Act::ItIsOver);
    assert!(matches!(changes(&effects)[..], [Change::Ended { .. }]), "{effects:?}");
    assert!(page.viewer("ann").is_closed());
}

#[test]
fn an_invitation_whose_key_is_gone_is_not_shown_as_the_tasks_own_session() {
    let mut page = page();
    page.tell(Event::Tasks(vec![reloaded(&page, None)]));
    assert!(matches!(page.invitation("ann"), Invitation::Told { request: None, .. }));
}

#[test]
fn what_presence_says_of_the_tasks_visitor_closes_no_viewer_of_a_link() {
    for signals in [
        vec![Signal::Started, Signal::Ended],
        vec![Signal::Accepted, Signal::Declined],
        vec![Signal::VisitorConnected(false)],
    ] {
        let mut page = Page::with_tasks(
            settings(|config| {
                page_of(config);
                config.presence = true;
            }),
            &["ann"],
        );
        page.acts("ann", invite());
        for signal in signals {
            page.glance("ann", signal);
        }
        assert_eq!(page.viewer("ann").request().unwrap().session_key, session_key(KEY));
        assert!(delivery(&page).is_some());
        page.acts("ann", Act::Close);
        assert_eq!((delivery(&page), page.viewer("ann").is_closed()), (None, true));
    }
}

#[test]
fn the_end_of_the_task_leaves_no_invitation() {
    let mut page = page();
    page.acts("ann", invite());
    page.tell(Event::Tasks(vec![listed("ann", "completed")]));
    assert_eq!(delivery(&page), None);
    assert!(page.viewer("ann").is_closed());
}
