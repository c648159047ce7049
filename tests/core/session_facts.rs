//! What stands of a session on its task: what is written there, and what an agent's page makes of it.

use std::rc::Rc;

use flex_glance::core::{
    desk::{Act, Effect, Event, Source},
    policy::{Texts, Worker},
    presence::Signal,
    prop::Prop,
    session::{
        EndReason, NoPanel,
        facts::{Beginning, Change, SessionFacts, WorkerSid},
        invitation::Invitation,
        viewer::Open,
    },
    session_key::SessionKey,
    task::{ListedTask, Task},
};
use proptest::{prelude::*, sample::select};
use serde_json::json;

use crate::{
    common::desk::{Page, join, listed, settings, start, task},
    policy::{given, policy},
};

const ALICE: &str = "WK0000000000000000000000000000000a";
const BOB: &str = "WK0000000000000000000000000000000b";

fn worker(sid: &str) -> WorkerSid {
    WorkerSid::parse(sid).unwrap()
}

fn parse(value: &serde_json::Value) -> Option<SessionFacts> {
    SessionFacts::parse(&given(value)).unwrap()
}

fn began() -> SessionFacts {
    let change = Change::Began(Beginning::Presence);
    SessionFacts::after(None, change, Some(&worker(ALICE)), 100.0).unwrap()
}

fn ended(seconds: f64) -> Change {
    Change::Ended { seconds, reason: EndReason::Ended }
}

/// As it stands on the task, read again.
fn reread(facts: &SessionFacts) -> SessionFacts {
    let mut members = serde_json::Map::new();
    for (name, value) in facts.members() {
        let value = match value {
            Prop::Text(text) => json!(text),
            Prop::Number(number) => json!(number),
            other => panic!("{other:?}"),
        };
        members.insert(name.to_owned(), value);
    }
    let workers: Vec<_> = facts.workers.iter().map(WorkerSid::as_str).collect();
    members.insert("workers".to_owned(), json!(workers));
    parse(&members.into()).unwrap()
}

#[test]
fn a_session_is_written_with_its_start_and_its_end() {
    let running = began();
    assert_eq!(running.running_since_s, Some(100.0));
    assert_eq!((running.count, running.began), (1, Some(Beginning::Presence)));
    let over = SessionFacts::after(Some(&running), ended(61.6), None, 162.0).unwrap();
    assert_eq!((over.running_since_s, over.ended_at_s), (None, Some(162.0)));
    assert_eq!((over.seconds, over.ended), (62.0, Some(EndReason::Ended)));
    let again = Change::Began(Beginning::Key);
    let second = SessionFacts::after(Some(&over), again, None, 200.0).unwrap();
    assert_eq!((second.count, second.seconds, second.ended), (2, 62.0, None));
}

#[test]
fn an_end_is_written_once_whoever_comes_second() {
    let over = SessionFacts::after(Some(&began()), ended(60.0), None, 160.0).unwrap();
    assert_eq!(SessionFacts::after(Some(&over), ended(61.0), None, 161.0), None);
    assert_eq!(SessionFacts::after(None, ended(61.0), None, 161.0), None);
}

#[test]
fn a_colleague_who_joins_is_named_and_begins_nothing() {
    let joined =
        SessionFacts::after(Some(&began()), Change::Joined, Some(&worker(BOB)), 150.0).unwrap();
    assert_eq!(joined.workers, [worker(ALICE), worker(BOB)]);
    assert_eq!((joined.count, joined.running_since_s), (1, Some(100.0)));
    let again = Change::Began(Beginning::Presence);
    assert_eq!(SessionFacts::after(Some(&joined), again, Some(&worker(BOB)), 151.0), None);
}

#[test]
fn of_many_agents_the_last_five_are_named_and_all_of_it_is_short() {
    let invited = Change::BeganByLink(SessionKey::parse(&"k".repeat(62)).unwrap());
    let mut facts = SessionFacts::after(None, invited, None, 1e10).unwrap();
    for last in 0..9 {
        let sid = worker(&format!("WK0000000000000000000000000000001{last}"));
        facts = SessionFacts::after(Some(&facts), Change::Joined, Some(&sid), 1e10).unwrap();
    }
    assert_eq!(facts.workers.len(), 5);
    assert!(facts.workers[4].as_str().ends_with("18"));
    let length = |value: &Prop| value.text().map_or(20, str::len) + 6;
    let text: usize = facts.members().iter().map(|(name, value)| name.len() + length(value)).sum();
    let sids: usize = facts.workers.iter().map(|sid| sid.as_str().len() + 3).sum();
    assert!(text + sids + "glance_session".len() + "workers".len() < 600);
}

#[test]
fn what_is_not_ours_is_neither_read_nor_changed() {
    assert!(SessionFacts::parse(&given(&json!({ "version": 2 }))).is_err());
    assert!(SessionFacts::parse(&given(&json!("x"))).is_err());
    assert_eq!(parse(&json!(null)), None);
    let odd = json!({
        "version": 1, "running_since": -5, "count": "x", "began": "magic", "workers": ["Maria", 7, BOB]
    });
    let facts = parse(&odd).unwrap();
    assert_eq!((facts.running_since_s, facts.count, facts.began), (None, 0, None));
    assert_eq!(facts.workers, [worker(BOB)]);
}

#[test]
fn a_name_is_no_worker_sid_and_no_sid_is_in_debug() {
    assert_eq!(WorkerSid::parse("Maria Gómez"), None);
    assert_eq!(WorkerSid::parse("WKmaria"), None);
    assert!(!format!("{:?}", began()).contains("000a"));
}

proptest! {
    /// Pages write in any order, each on what it finds.
    #[test]
    fn whatever_is_written_stays_readable_and_counts_each_session_once(
        changes in prop::collection::vec(
            (select(vec![
                Change::Began(Beginning::Presence),
                Change::Began(Beginning::Key),
                Change::BeganByLink(SessionKey::random([7; 16])),
                Change::Joined,
                ended(7.0),
            ]), select(vec![ALICE, BOB])),
            0..30,
        )
    ) {
        let mut facts: Option<SessionFacts> = None;
        let (mut starts, mut ends) = (0, 0);
        for (at, (change, by)) in changes.into_iter().enumerate() {
            let before = facts.clone();
            let was_running = before.as_ref().is_some_and(|facts| facts.running_since_s.is_some());
            let after = SessionFacts::after(before.as_ref(), change, Some(&worker(by)), at as f64);
            let Some(after) = after else { continue };
            let is_running = after.running_since_s.is_some();
            starts += u32::from(!was_running && is_running);
            ends += u32::from(was_running && !is_running);
            prop_assert_eq!(&reread(&after), &after);
            // The key stands there no longer than its session.
            let is_by_link = is_running && after.began == Some(Beginning::Link);
            prop_assert_eq!(after.invitation.is_some(), is_by_link);
            facts = Some(after);
        }
        let facts = facts.unwrap_or_default();
        prop_assert_eq!(facts.count, starts);
        prop_assert_eq!(facts.seconds, f64::from(ends) * 7.0);
        prop_assert!(facts.workers.len() <= 2);
    }
}

/// Ann's task, of which `session` stands there.
fn told(page: &Page, session: serde_json::Value) -> ListedTask {
    let mut value = session;
    if let Some(ago) = value["ago"].take().as_f64() {
        value["running_since"] = json!((page.now.unix_ms / 1_000.0).floor() - ago);
    }
    let session = parse(&value).map(Rc::new);
    let ListedTask { task, status } = listed("ann", "accepted");
    ListedTask { task: Task { session, ..task }, status }
}

fn page(presence: bool) -> Page {
    let mut page = Page::with_tasks(settings(|config| config.presence = presence), &["ann"]);
    let names = Texts(Some(vec![ALICE.to_owned(), "Alice".to_owned()]));
    page.tell(Event::WorkerChanged(Worker { names, ..Worker::default() }));
    page
}

fn running(began: &str, workers: &[&str]) -> serde_json::Value {
    json!({ "version": 1, "ago": 300, "count": 1, "began": began, "workers": workers })
}

fn changes(effects: &[Effect]) -> Vec<Change> {
    let change = |effect: &Effect| match effect {
        Effect::WriteFacts { change, .. } => Some(change.clone()),
        _ => None,
    };
    effects.iter().filter_map(change).collect()
}

fn is_told(page: &Page) -> bool {
    matches!(page.invitation("ann"), Invitation::Told { .. })
}

#[test]
fn after_a_reload_the_session_is_there_and_one_click_shows_it_without_asking() {
    for presence in [false, true] {
        let mut page = page(presence);
        page.tell(Event::Tasks(vec![told(&page, running("presence", &[ALICE]))]));
        let Invitation::Told { since, is_own: true, .. } = page.invitation("ann") else {
            panic!("{:?}", page.invitation("ann"))
        };
        assert_eq!(since.elapsed_ms(page.now).round(), 300_000.0);
        page.clicks("ann", Act::ShowViewer { no_panel: None });
        page.answer_all();
        assert!(page.viewer("ann").open.is_some());
        let asked = |effect: &Effect| format!("{effect:?}").contains("Invite {");
        assert!(!page.effects.iter().any(asked), "{:?}", page.effects);
        assert_eq!(is_told(&page), presence);
    }
}

#[test]
fn where_there_is_no_panel_the_viewer_of_a_session_opens_in_a_tab() {
    let mut page = page(false);
    page.tell(Event::Tasks(vec![told(&page, running("presence", &[ALICE]))]));
    page.clicks("ann", Act::ShowViewer { no_panel: Some(NoPanel::Missing) });
    page.answer_all();
    let viewer = page.viewer("ann");
    assert!(matches!(viewer.open, Some(Open::Window { .. })), "{viewer:?}");
}

#[test]
fn it_is_certain_again_with_glances_next_signal_since_when_the_task_says() {
    let mut page = page(true);
    page.tell(Event::Tasks(vec![told(&page, running("presence", &[ALICE]))]));
    page.answer_all();
    let connection = page.connection("ann").unwrap();
    page.tell(Event::Presence(connection, Signal::Started));
    let Invitation::InSession { since, certain_until: None, .. } = page.invitation("ann") else {
        panic!("{:?}", page.invitation("ann"))
    };
    assert_eq!(since.elapsed_ms(page.now).round(), 300_000.0);
}

#[test]
fn a_session_that_the_agent_says_is_over_stays_over_though_the_task_says_so_later() {
    let mut page = page(false);
    let says = told(&page, running("presence", &[ALICE]));
    page.tell(Event::Tasks(vec![says.clone()]));
    let effects = page.clicks("ann", Act::ItIsOver);
    assert_eq!(changes(&effects), [Change::Ended { seconds: 0.0, reason: EndReason::Ended }]);
    page.tell(Event::Tasks(vec![says]));
    assert!(!is_told(&page));
}

#[test]
fn a_session_that_another_page_has_ended_is_told_no_more() {
    let mut page = page(false);
    page.tell(Event::Tasks(vec![told(&page, running("presence", &[BOB]))]));
    assert!(matches!(page.invitation("ann"), Invitation::Told { is_own: false, .. }));
    page.tell(Event::Tasks(vec![told(&page, json!({ "version": 1, "ended_at": 5, "count": 1 }))]));
    assert_eq!(page.invitation("ann"), Invitation::Idle);
}

#[test]
fn the_viewer_of_a_typed_key_cannot_be_shown_again_by_the_task() {
    let mut page = page(false);
    page.tell(Event::Tasks(vec![told(&page, running("key", &[ALICE]))]));
    assert!(is_told(&page));
    page.clicks("ann", Act::ShowViewer { no_panel: None });
    page.answer_all();
    assert!(page.viewer("ann").open.is_none());
    page.clicks("ann", join("4711"));
    page.answer_all();
    assert!(page.viewer("ann").open.is_some());
    assert_eq!(page.invitation("ann"), Invitation::Idle);
}

#[test]
fn a_colleague_who_opens_the_viewer_is_written_as_one_who_joined() {
    let mut page = page(true);
    page.tell(Event::Tasks(vec![told(&page, running("presence", &[BOB]))]));
    page.effects.clear();
    page.clicks("ann", Act::ShowViewer { no_panel: None });
    page.answer_all();
    assert_eq!(changes(&page.effects), [Change::Joined]);
}

#[test]
fn what_is_older_than_a_session_can_be_has_ended_unseen_and_is_written_so_once() {
    let mut page = page(false);
    let old = json!({ "version": 1, "ago": 4 * 3600 + 1, "count": 1 });
    let says = told(&page, old);
    let effects = page.tell(Event::Tasks(vec![says.clone()]));
    let lost = Change::Ended { seconds: 0.0, reason: EndReason::Unknown };
    assert_eq!(changes(&effects), [lost]);
    assert!(!is_told(&page));
    assert_eq!(changes(&page.tell(Event::Tasks(vec![says]))), []);
}

#[test]
fn a_session_that_nobody_ends_counts_as_over_when_its_time_is_up() {
    let mut page = page(false);
    let says = told(&page, json!({ "version": 1, "ago": 4 * 3600 - 60, "count": 1 }));
    page.tell(Event::Tasks(vec![says]));
    assert!(is_told(&page));
    page.effects.clear();
    page.sleep_until_deadline();
    assert!(!is_told(&page));
    let lost = Change::Ended { seconds: 0.0, reason: EndReason::Unknown };
    assert_eq!(changes(&page.effects), [lost]);
}

#[test]
fn without_presence_the_viewer_is_the_session() {
    let mut page = page(false);
    page.clicks("ann", start());
    page.answer_all();
    assert_eq!(changes(&page.effects), [Change::Began(Beginning::Viewer)]);
    let effects = page.clicks("ann", Act::Close);
    let [Change::Ended { reason: EndReason::ViewerClosed, .. }] = changes(&effects)[..] else {
        panic!("{effects:?}")
    };
}

#[test]
fn a_viewer_that_is_closed_while_its_panel_is_away_has_ended_too() {
    let mut page = page(false);
    page.clicks("ann", start());
    page.answer_all();
    let Some(Open::Panel { id, .. }) = page.viewer("ann").open else { panic!() };
    page.tell(Event::PanelGone(task("ann").sid, id));
    assert!(matches!(page.viewer("ann").open, Some(Open::Suspended { .. })));
    let effects = page.clicks("ann", Act::Close);
    let closed = Change::Ended { seconds: 0.0, reason: EndReason::ViewerClosed };
    assert_eq!(changes(&effects), [closed]);
}

#[test]
fn a_typed_key_is_told_by_its_kind_and_never_by_itself() {
    let mut page = page(false);
    page.clicks("ann", join("4711"));
    page.answer_all();
    assert_eq!(changes(&page.effects), [Change::Began(Beginning::Key)]);
}

#[test]
fn the_end_of_a_task_writes_nothing_so_that_the_next_agent_finds_the_session() {
    let mut page = page(false);
    page.clicks("ann", start());
    page.answer_all();
    page.effects.clear();
    page.tell(Event::Tasks(vec![listed("ann", "completed")]));
    assert_eq!(changes(&page.effects), []);
}

#[test]
fn an_offered_task_tells_of_nothing_until_it_is_accepted() {
    let mut page = page(false);
    let mut says = told(&page, running("presence", &[BOB]));
    says.status = "pending".to_owned();
    page.tell(Event::Tasks(vec![says.clone()]));
    assert!(!is_told(&page));
    says.status = "accepted".to_owned();
    page.tell(Event::Tasks(vec![says]));
    assert!(is_told(&page));
}

#[test]
fn a_policy_that_says_no_keeps_an_agent_out_of_a_colleagues_session_and_not_out_of_their_own() {
    let deny = json!({ "roles": ["supervisor"] });
    for (workers, is_heard) in [([BOB], false), ([ALICE], true)] {
        let mut page = page(false);
        page.tell(Event::Tasks(vec![told(&page, running("presence", &workers))]));
        assert!(is_told(&page));
        let denying = settings(|config| {
            config.presence = false;
            config.policy = policy(&deny);
        });
        page.tell(Event::SettingsChanged(Source::Registration, denying.clone()));
        assert_eq!(is_told(&page), is_heard);

        let mut late = Page::with_tasks(denying, &["ann"]);
        let names = Texts(Some(vec![ALICE.to_owned()]));
        late.tell(Event::WorkerChanged(Worker { names, ..Worker::default() }));
        late.tell(Event::Tasks(vec![told(&late, running("presence", &workers))]));
        assert_eq!(is_told(&late), is_heard);
    }
}

#[test]
fn switched_off_nothing_is_read_and_nothing_written() {
    let off = settings(|config| {
        config.presence = false;
        config.session_facts = false;
    });
    let mut page = Page::with_tasks(off, &["ann"]);
    page.tell(Event::Tasks(vec![told(&page, running("presence", &[ALICE]))]));
    assert!(!is_told(&page));
    page.clicks("ann", start());
    page.answer_all();
    assert_eq!(changes(&page.effects), []);
}
