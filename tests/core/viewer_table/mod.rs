//! Every state of a viewer with every event.

mod rows;

use std::rc::Rc;

use flex_glance::core::{
    ids::{Ids, ViewerId},
    login_key::{LoginKeyFailure, Validity},
    session::{
        OpenTarget::{self, Flex, Tab, Window},
        ViewerRequest,
        viewer::{Attempt, Event, Frame, Open, Place, Reach, Request, Viewer, WindowSight},
    },
    time::Moment,
    viewer_url::ViewerUrl,
};

use crate::common::{NOW, at, credentials, refused, request, request_for, table};

/// The window and the panel of the state that a row begins with; the next ones; and those of long ago.
const WINDOW: ViewerId = ViewerId(1);
const PANEL: ViewerId = ViewerId(2);
const NEW: ViewerId = ViewerId(3);
const OLD: ViewerId = ViewerId(99);

type Row = table::Row<Viewer, Event, Request>;

/// The visitor's session.
fn ann(target: OpenTarget) -> Rc<ViewerRequest> {
    request(target)
}

/// Another session, by a typed key.
fn typed(target: OpenTarget) -> Rc<ViewerRequest> {
    request_for("9999", target)
}

/// When the viewers of the states were opened.
fn since() -> Moment {
    at(-2_000.0).moment()
}

/// An hour before the events, so that it has run out.
fn validity() -> Validity {
    Validity { since: at(-3_600_000.0).moment(), for_ms: 3_600_000.0 }
}

fn fetching(request: Rc<ViewerRequest>, place: Place) -> Option<Attempt> {
    Some(Attempt::FetchingKey { request, place })
}

/// A blank window that is looked at so long after now.
fn blank(id: ViewerId, after_ms: f64) -> Place {
    Place::Window { id, look_at_ms: NOW.after(after_ms) }
}

fn blocked(request: Rc<ViewerRequest>, link: Option<ViewerUrl>) -> Option<Attempt> {
    Some(Attempt::Blocked { request, link, validity: Some(validity()) })
}

fn blocked_sign_in(request: Rc<ViewerRequest>) -> Option<Attempt> {
    let link = Some(without_key(&request));
    Some(Attempt::Blocked { request, link, validity: None })
}

fn failed(request: Rc<ViewerRequest>, failure: LoginKeyFailure) -> Option<Attempt> {
    Some(Attempt::Failed { request, failure })
}

/// A window that has been open for a while.
fn window(request: Rc<ViewerRequest>, reach: Reach) -> Option<Open> {
    Some(Open::Window { id: WINDOW, request, since: since(), reach })
}

/// A window that has just been sent to the viewer.
fn sent_window(id: ViewerId, request: Rc<ViewerRequest>) -> Option<Open> {
    Some(Open::Window { id, request, since: NOW.moment(), reach: opening(100.0) })
}

/// A window that the browser has just opened by a link.
fn linked_window(request: Rc<ViewerRequest>) -> Option<Open> {
    Some(Open::Window { id: NEW, request, since: NOW.moment(), reach: Reach::OutOfReach })
}

fn opening(after_ms: f64) -> Reach {
    Reach::Opening { look_at_ms: NOW.after(after_ms), has_page: false }
}

/// Its page was seen once.
fn opening_with_page(after_ms: f64) -> Reach {
    Reach::Opening { look_at_ms: NOW.after(after_ms), has_page: true }
}

fn ours(after_ms: f64) -> Reach {
    Reach::Ours { look_at_ms: NOW.after(after_ms) }
}

/// A panel that has been there for a while.
fn panel(request: Rc<ViewerRequest>, frame: Frame) -> Option<Open> {
    Some(Open::Panel { id: PANEL, request, since: since(), frame })
}

/// A panel that has just been given its frame.
fn new_panel(request: Rc<ViewerRequest>) -> Option<Open> {
    let frame = Frame::Loading { deadline_ms: NOW.after(20_000.0) };
    Some(Open::Panel { id: NEW, request, since: NOW.moment(), frame })
}

fn suspended(request: Rc<ViewerRequest>) -> Option<Open> {
    Some(Open::Suspended { request })
}

fn viewer(attempt: Option<Attempt>, open: Option<Open>) -> Viewer {
    Viewer { attempt, open }
}

fn open(request: Rc<ViewerRequest>) -> Event {
    Event::Open { request, again: false }
}

fn open_again(request: Rc<ViewerRequest>) -> Event {
    Event::Open { request, again: true }
}

fn seen(sight: WindowSight) -> Event {
    Event::WindowSeen(WINDOW, sight)
}

fn with_key(request: &ViewerRequest) -> ViewerUrl {
    request.url(Some(&credentials()))
}

fn without_key(request: &ViewerRequest) -> ViewerUrl {
    request.url(None)
}

/// Ann's session is over, or waited for in vain.
fn ann_is_over() -> [Event; 2] {
    [Event::SessionEnded(ann(Tab)), Event::CloseWaiting(ann(Tab))]
}

fn typed_is_over() -> [Event; 2] {
    [Event::SessionEnded(typed(Tab)), Event::CloseWaiting(typed(Tab))]
}

fn give_up() -> [Event; 2] {
    [Event::Cancel, Event::Close]
}

fn events() -> Vec<Event> {
    vec![
        open(ann(Tab)),
        open_again(ann(Tab)),
        open(ann(Window)),
        open(ann(Flex)),
        open(typed(Tab)),
        Event::LoginKey(Ok(credentials())),
        Event::LoginKey(Err(refused())),
        Event::WindowRefused(WINDOW),
        Event::WindowRefused(OLD),
        seen(WindowSight::Blank),
        seen(WindowSight::Foreign),
        seen(WindowSight::Closed),
        Event::WindowSeen(OLD, WindowSight::Closed),
        Event::FrameLoaded(PANEL),
        Event::FrameLoaded(OLD),
        Event::PanelGone(PANEL),
        Event::PanelGone(OLD),
        Event::PanelBack,
        Event::Cancel,
        Event::Close,
        Event::BringToFront,
        Event::SignIn,
        Event::Dismiss,
        Event::OpenBlocked,
        Event::LinkFollowed,
        Event::SessionEnded(ann(Tab)),
        Event::SessionEnded(typed(Tab)),
        Event::CloseWaiting(ann(Tab)),
        Event::CloseWaiting(typed(Tab)),
        Event::TaskOver,
        Event::Deadline,
        Event::WindowGone(WINDOW),
        Event::WindowGone(OLD),
    ]
}

/// The place of an event's kind in `events`. A new kind does not compile until it is there too.
fn kind(event: &Event) -> usize {
    match event {
        Event::Open { .. } => 0,
        Event::LoginKey(_) => 1,
        Event::WindowRefused(_) => 2,
        Event::WindowSeen(..) => 3,
        Event::FrameLoaded(_) => 4,
        Event::PanelGone(_) => 5,
        Event::PanelBack => 6,
        Event::Cancel => 7,
        Event::Close => 8,
        Event::BringToFront => 9,
        Event::SignIn => 10,
        Event::Dismiss => 11,
        Event::OpenBlocked => 12,
        Event::LinkFollowed => 13,
        Event::SessionEnded(_) => 14,
        Event::CloseWaiting(_) => 15,
        Event::TaskOver => 16,
        Event::Deadline => 17,
        Event::WindowGone(_) => 18,
    }
}

fn handle(viewer: &Viewer, event: Event) -> (Viewer, Vec<Request>) {
    let (mut viewer, mut ids, mut requests) = (viewer.clone(), Ids::default(), vec![]);
    let _: (ViewerId, ViewerId) = (ids.issue(), ids.issue());
    viewer.handle(event, NOW, &mut ids, &mut requests);
    (viewer, requests)
}

#[test]
fn every_kind_of_event_is_in_the_table() {
    let mut kinds: Vec<_> = events().iter().map(kind).collect();
    kinds.dedup();
    assert_eq!(kinds, (0..=18).collect::<Vec<_>>());
    table::assert_known(rows::table(), &events());
}

#[test]
fn every_state_goes_where_its_row_says_and_asks_for_what_it_says() {
    table::assert_goes(rows::table(), handle);
}

#[test]
fn an_event_that_comes_late_or_twice_changes_nothing() {
    table::assert_stays(rows::table(), &events(), handle);
}

#[test]
fn a_task_that_is_over_leaves_nothing_whatever_the_state() {
    let requests = [Request::CancelLoginKey, Request::CloseWindow, Request::CloseFrame];
    for Row { from, .. } in rows::table() {
        assert_eq!(handle(&from, Event::TaskOver), (Viewer::default(), requests.to_vec()));
    }
}
