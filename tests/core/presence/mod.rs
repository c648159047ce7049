//! Presence as a whole: one authorization for the page, one connection for each visitor.

mod page;
mod properties;

use flex_glance::core::{
    ids::LookUpId,
    login_key::LoginKeyFailure,
    presence::{Presence, PresenceError, PresenceStatus, Signal, VisitorPage},
    settings::Settings,
};

use crate::common::{
    refused, session_key,
    settings::{settings, settings_with},
};
use page::Page;

const SECOND_MS: f64 = 1_000.0;
const MINUTE_MS: f64 = 60_000.0;

fn cart() -> VisitorPage {
    VisitorPage::new(Some("https://shop.example/cart"), Some("Firefox"))
}

fn online() -> PresenceStatus {
    PresenceStatus::Online(cart())
}

#[test]
fn all_visitors_share_one_authorization_and_each_has_one_connection() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    assert_eq!((page.keys_asked, page.authorizations_asked, page.connects), (1, 1, 2));
    page.follow(&["ada", "bob", "cleo"]).settle();
    assert_eq!((page.status("cleo"), page.authorizations_asked, page.connects), (online(), 1, 3));
    page.follow(&["ada", "bob", "cleo"]);
    assert_eq!((page.authorizations_asked, page.connects), (1, 3));
}

#[test]
fn a_visitor_of_two_tasks_is_followed_once() {
    let mut page = Page::new();
    page.follow(&["ada", "ada"]).settle();
    assert_eq!((page.connects, page.presence.connections().len()), (1, 1));
}

#[test]
fn a_visitor_who_is_followed_no_longer_is_disconnected_and_the_others_are_not() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    let ada = page.connection("ada");
    page.follow(&["bob"]);
    assert!(page.presence.status(&session_key("ada")).is_none());
    assert_eq!((page.open.len(), page.status("bob")), (1, online()));
    // What its connection still says changes nothing.
    page.signal(ada, Signal::VisitorConnected(true)).signal(ada, Signal::Unauthorized);
    assert_eq!((page.presence.visitor(ada), page.open.len()), (None, 1));
}

#[test]
fn nothing_is_asked_for_while_presence_is_off_or_nobody_is_followed() {
    let mut page = Page::new();
    page.configure(None).follow(&["ada"]);
    assert!(page.scripts.is_empty() && page.presence.connections().is_empty());
    page.configure(Some(settings())).follow(&[]);
    assert!(page.scripts.is_empty() && page.deadline().is_none());

    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.configure(None);
    assert_eq!((page.open.len(), page.authorization(), page.deadline()), (0, None, None));
}

#[test]
fn the_next_visitor_is_served_by_the_authorization_of_the_last() {
    let mut page = Page::with_visitors(&["ada"]);
    page.follow(&[]).pass(MINUTE_MS).follow(&["bob"]).settle();
    assert_eq!((page.status("bob"), page.authorizations_asked), (online(), 1));
}

#[test]
fn props_that_mean_the_same_presence_change_nothing_and_others_start_it_afresh() {
    let mut page = Page::with_visitors(&["ada"]);
    let language = settings_with(|settings| {
        settings.id = flex_glance::core::ids::SettingsId(2);
        settings.config.debug = true;
    });
    page.configure(Some(language)).follow(&["ada"]);
    assert_eq!((page.status("ada"), page.connects), (online(), 1));

    let changes: [fn(&mut Settings); 4] = [
        |settings| settings.config.cdn.push_str("-too"),
        |settings| settings.config.authorization.push_str("-too"),
        |settings| settings.config.presence_server = None,
        |settings| settings.config.auth_url.push_str("-too"),
    ];
    for change in changes {
        let mut page = Page::with_visitors(&["ada"]);
        page.configure(Some(settings_with(change)));
        assert_eq!((page.open.len(), page.authorization()), (0, None));
        page.follow(&["ada"]).settle();
        assert_eq!((page.status("ada"), page.authorizations_asked), (online(), 2));
    }
}

#[test]
fn visitors_stay_connected_through_every_renewal() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.pass_answered(10.0 * 115.0 * MINUTE_MS);
    assert_eq!((page.authorizations_asked, page.connects), (11, 2));
    assert_eq!(page.status("ada"), online());
}

#[test]
fn a_rejection_of_an_old_connection_reconnects_that_one_alone() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.pass_answered(115.0 * MINUTE_MS);
    assert_eq!(page.authorizations_asked, 2);
    let (ada, bob, authorization) =
        (page.connection("ada"), page.connection("bob"), page.authorization());
    page.pass(SECOND_MS).signal(ada, Signal::Unauthorized);
    assert_ne!(page.connection("ada"), ada);
    assert_eq!((page.connection("bob"), page.authorization()), (bob, authorization));
    assert_eq!((page.authorizations_asked, page.connects, page.error()), (2, 3, None));
    page.settle();
    assert_eq!(page.status("ada"), online());
    // The other's comes later.
    page.pass(SECOND_MS).signal(bob, Signal::Unauthorized).settle();
    assert_eq!((page.authorization(), page.connects), (authorization, 4));

    // One that was made with the present authorization is another matter.
    let ada = page.connection("ada");
    page.signal(ada, Signal::Unauthorized);
    assert_eq!(page.error(), Some(&PresenceError::Refused));
}

#[test]
fn a_rejection_of_the_present_authorization_has_another_asked_for_and_all_connected_anew() {
    let mut page = Page::with_visitors(&["ada", "bob"]);
    page.pass(30.0 * SECOND_MS);
    let ada = page.connection("ada");
    page.signal(ada, Signal::Unauthorized);
    assert_eq!((page.open.len(), page.authorization()), (0, None));
    assert_eq!(page.status("bob"), PresenceStatus::Checking);
    page.settle();
    assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    // With the key that was there: the key is good.
    assert_eq!((page.authorizations_asked, page.keys_asked), (2, 1));
}

#[test]
fn an_authorization_that_is_rejected_at_once_each_time_is_asked_for_less_and_less_often() {
    let mut page = Page::new();
    page.follow(&["ada"]);
    let mut asked_at_ms = vec![];
    let until_ms = page.now.mono_ms + 60.0 * MINUTE_MS;
    while page.now.mono_ms < until_ms {
        let before = page.authorizations_asked;
        while page.answer() {}
        if page.authorizations_asked > before {
            asked_at_ms.push(page.now.mono_ms);
        }
        if let Some((connection, _)) = page.open.first().cloned() {
            page.signal(connection, Signal::Unauthorized);
            assert_eq!(page.status("ada"), PresenceStatus::Unknown(PresenceError::Refused));
        }
        page.pass(SECOND_MS);
    }
    let waits: Vec<_> = asked_at_ms.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
    assert!((8..=12).contains(&asked_at_ms.len()), "{}", asked_at_ms.len());
}

#[test]
fn why_presence_cannot_tell_is_said_of_every_visitor_and_what_holds_is_kept() {
    let mut page = Page::new();
    page.follow(&["ada", "bob"]);
    let script = page.scripts.remove(0);
    page.with(|presence, tools| presence.script(script, Err(PresenceError::Script), tools));
    for visitor in ["ada", "bob"] {
        assert_eq!(page.status(visitor), PresenceStatus::Unknown(PresenceError::Script));
    }
    page.with(Presence::retry_now);
    page.settle();
    assert_eq!(page.status("ada"), online());

    // A renewal that is refused takes nothing away.
    page.pass(115.0 * MINUTE_MS);
    let request = page.resolving.remove(0);
    page.resolve(request);
    page.replied(Err(refused()), 0);
    assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    page.with(Presence::token_changed);
    page.settle();
    assert_eq!((page.authorizations_asked, page.connects), (2, 2));
}

#[test]
fn a_function_that_wants_to_be_left_alone_is_left_alone_by_presence() {
    let mut page = Page::new();
    page.follow(&["ada"]);
    while page.fetching.is_empty() {
        page.answer();
    }
    let busy = LoginKeyFailure::Fault { status: 503, message: None };
    page.replied(Err(busy), 20_000);
    // Not even by coming back to the page, nor by the agent.
    page.resume().with(Presence::retry_now);
    for _ in 0..20 {
        let answered = |page: &mut Page| {
            if page.fetching.is_empty() {
                page.answer();
            }
        };
        (0..3).for_each(|_| answered(&mut page));
        assert_eq!(page.keys_asked, 1);
        page.pass(999.0);
    }
    page.pass_answered(2.0 * MINUTE_MS);
    assert_eq!(page.status("ada"), online());
}

#[test]
fn after_a_sleep_every_visitor_is_looked_up_once_spread_over_some_seconds() {
    let names: Vec<String> = (0..10).map(|number| format!("visitor{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut page = Page::with_visitors(&names);
    page.now.random = 0.3;
    let before = page.looks;
    page.resume().resume();
    let mut at_once = 0;
    for _ in 0..10 {
        let looks = page.looks;
        page.pass(500.0);
        at_once = at_once.max(page.looks - looks);
        page.settle();
    }
    assert_eq!(page.looks - before, 10);
    assert!(at_once <= 3, "{at_once} within half a second");
    page.resume().pass_answered(30.0 * SECOND_MS);
    assert_eq!(page.looks - before, 10);
    page.pass(30.0 * SECOND_MS).resume().pass_answered(10.0 * SECOND_MS);
    assert_eq!(page.looks - before, 20);
}

#[test]
fn a_lapse_in_a_sleep_is_no_refusal_and_all_are_connected_again() {
    // The page's clock ran on, or was set back as well; the monotonic clock stood still or ran on.
    for (unix_ms, mono_ms) in [(480.0, 0.0), (480.0, 480.0), (-300.0, 480.0)] {
        let mut page = Page::with_visitors(&["ada", "bob"]);
        page.now.unix_ms += unix_ms * MINUTE_MS;
        page.now.mono_ms += mono_ms * MINUTE_MS;
        let ada = page.connection("ada");
        page.signal(ada, Signal::Unauthorized);
        assert_eq!(page.error(), None);
        page.settle();
        assert_eq!((page.status("ada"), page.status("bob")), (online(), online()));
    }
}

#[test]
fn a_silent_connection_is_made_anew_by_the_authorization_that_holds_by_then() {
    let mut page = Page::with_visitors(&["ada"]);
    let ada = page.connection("ada");
    page.signal(ada, Signal::Failed);
    assert_eq!(page.status("ada"), PresenceStatus::Unknown(PresenceError::Connection));
    page.pass(SECOND_MS);
    assert_eq!((page.connects, page.open.len()), (2, 1));
    page.pass(10.0 * SECOND_MS);
    assert_eq!(page.open.len(), 0);
    page.pass_answered(MINUTE_MS);
    assert_eq!(page.status("ada"), online());
}

#[test]
fn each_word_of_glance_has_its_own_name_in_the_log_and_shows_no_page() {
    let signals = [
        Signal::Found(LookUpId(1), Some(cart())),
        Signal::Found(LookUpId(1), None),
        Signal::VisitorConnected(true),
        Signal::VisitorConnected(false),
        Signal::VisitorMoved(cart()),
        Signal::Accepted,
        Signal::Declined,
        Signal::Started,
        Signal::Ended,
        Signal::Unauthorized,
        Signal::Failed,
    ];
    let mut names: Vec<_> = signals.iter().map(Signal::name).collect();
    assert!(names.iter().all(|name| !name.contains("cart")));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), signals.len());
}
