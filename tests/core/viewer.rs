//! The ways an agent goes through a viewer's states.

use flex_glance::core::{
    group_id::GroupId,
    ids::{Ids, ViewerId},
    login_key::LoginKeyFailure,
    prop::Prop,
    session::{
        NoPanel, OpenTarget, ViewerRequest,
        viewer::{
            Attempt, Event, FRAME_TIMEOUT_MS, Frame, Open, Reach, Request, Viewer, WindowSight,
        },
    },
    time::Now,
};

use crate::common::{
    ENCODED_LOGIN_KEY, NOW, at, credentials, refused, request, request_for, request_with,
    session_key,
};

/// A viewer, the numbers that it was given, and what its last event asked for.
#[derive(Clone, Default)]
struct Story {
    viewer: Viewer,
    ids: Ids,
    requests: Vec<Request>,
}

impl Story {
    fn tell(events: impl IntoIterator<Item = Event>) -> Self {
        events.into_iter().fold(Self::default(), |story, event| story.then(event, NOW))
    }

    fn then(mut self, event: Event, now: Now) -> Self {
        self.requests.clear();
        self.viewer.handle(event, now, &mut self.ids, &mut self.requests);
        self
    }

    fn opened(target: OpenTarget) -> Self {
        Self::tell([open(target), key()])
    }

    /// The number of the window or panel that is open.
    fn id(&self) -> ViewerId {
        match &self.viewer.open {
            Some(Open::Window { id, .. } | Open::Panel { id, .. }) => *id,
            other => panic!("{other:?}"),
        }
    }

    fn sees(self, sight: WindowSight, after_ms: f64) -> Self {
        let id = self.id();
        self.then(Event::WindowSeen(id, sight), at(after_ms))
    }
}

fn open(target: OpenTarget) -> Event {
    Event::Open { request: request(target), again: false }
}

fn key() -> Event {
    Event::LoginKey(Ok(credentials()))
}

fn no_key(failure: LoginKeyFailure) -> Event {
    Event::LoginKey(Err(failure))
}

/// The number of the first window.
const FIRST: ViewerId = ViewerId(1);

#[test]
fn a_tab_opens_blank_inside_the_click_and_goes_to_the_viewer_with_the_key() {
    for target in [OpenTarget::Tab, OpenTarget::Window] {
        let clicked = Story::default().then(open(target), at(-900.0));
        assert_eq!(clicked.requests, [Request::OpenWindow(FIRST, target), Request::LoginKey]);

        let story = clicked.then(key(), NOW);
        let [Request::Navigate(FIRST, url)] = &story.requests[..] else {
            panic!("{:?}", story.requests)
        };
        assert!(url.expose().starts_with(
            "https://glance.example/agentjoin/AgentView.aspx?SessionKey=1234&Wait=1&"
        ));
        assert!(url.expose().ends_with(&format!("&loginkey={ENCODED_LOGIN_KEY}")));
        assert_eq!(story.viewer.open.unwrap().since(), Some(NOW.moment()));
    }
}

#[test]
fn in_flex_no_window_opens_and_the_frame_comes_with_the_key() {
    let clicked = Story::tell([open(OpenTarget::Flex)]);
    assert_eq!(clicked.requests, [Request::LoginKey]);

    let story = clicked.then(key(), NOW);
    assert!(matches!(&story.requests[..], [Request::ShowFrame(..)]), "{:?}", story.requests);
    assert_eq!(story.viewer.open.unwrap().since(), Some(NOW.moment()));
}

#[test]
fn a_blocked_window_leaves_a_link_that_the_agent_follows() {
    let story = Story::tell([open(OpenTarget::Tab), Event::WindowRefused(FIRST), key()]);
    assert_eq!(story.requests, []);
    let Some(Attempt::Blocked { link: Some(link), .. }) = &story.viewer.attempt else {
        panic!("{:?}", story.viewer)
    };
    assert!(link.expose().contains(ENCODED_LOGIN_KEY));

    let followed = story.then(Event::LinkFollowed, at(5.0));
    assert_eq!(followed.requests, []);
    let Some(Open::Window { reach, since, .. }) = followed.viewer.open else { panic!() };
    assert_eq!((reach, since), (Reach::OutOfReach, at(5.0).moment()));
}

#[test]
fn the_link_of_a_blocked_viewer_goes_when_its_key_has_run_out_and_a_fresh_one_is_asked_for() {
    let story = Story::tell([open(OpenTarget::Tab), Event::WindowRefused(FIRST), key()]);
    let end_ms = story.viewer.deadline().unwrap();
    assert_eq!(end_ms, NOW.after(3_600_000.0));

    let early = story.clone().then(Event::Deadline, at(3_599_999.0));
    assert_eq!(early.viewer, story.viewer);
    let late = story.then(Event::Deadline, at(3_600_000.0));
    assert!(matches!(&late.viewer.attempt, Some(Attempt::Blocked { link: None, .. })));
    assert_eq!(late.viewer.deadline(), None);

    let opened = late.then(Event::OpenBlocked, at(3_600_001.0));
    let [Request::OpenWindow(_, OpenTarget::Tab), Request::LoginKey] = &opened.requests[..] else {
        panic!("{:?}", opened.requests)
    };
}

#[test]
fn a_page_s_clock_that_runs_ahead_ends_the_link_too() {
    let story = Story::tell([open(OpenTarget::Tab), Event::WindowRefused(FIRST), key()]);
    let ahead = Now { unix_ms: NOW.unix_ms + 3_600_000.0, ..NOW };
    let story = story.then(Event::Deadline, ahead);
    assert!(matches!(&story.viewer.attempt, Some(Attempt::Blocked { link: None, .. })));
}

#[test]
fn every_failure_of_the_key_is_told() {
    for failure in [
        LoginKeyFailure::Network,
        LoginKeyFailure::MalformedKey,
        LoginKeyFailure::KeyLifetime,
        refused(),
    ] {
        let story = Story::tell([open(OpenTarget::Tab), no_key(failure.clone())]);
        let request = request(OpenTarget::Tab);
        assert_eq!(story.viewer.attempt, Some(Attempt::Failed { request, failure }));
        assert_eq!(story.requests, [Request::CloseWindow]);
    }
}

#[test]
fn after_a_failure_the_agent_tries_again_signs_in_by_hand_or_dismisses_it() {
    let failed = Story::tell([open(OpenTarget::Flex), no_key(LoginKeyFailure::Network)]);
    let again = failed.clone().then(open(OpenTarget::Flex), NOW);
    assert!(matches!(again.viewer.attempt, Some(Attempt::FetchingKey { .. })));

    let signing_in = failed.clone().then(Event::SignIn, NOW);
    let [Request::OpenWindow(window, OpenTarget::Tab), Request::Navigate(to, url)] =
        &signing_in.requests[..]
    else {
        panic!("{:?}", signing_in.requests)
    };
    assert_eq!(window, to);
    assert!(url.expose().ends_with("?SessionKey=1234&Wait=1"));

    let (refused, url) = (Event::WindowRefused(*window), url.clone());
    let blocked = signing_in.then(refused, NOW);
    let Some(Attempt::Blocked { link, validity, .. }) = &blocked.viewer.attempt else {
        panic!("{:?}", blocked.viewer)
    };
    assert_eq!((link.as_ref(), *validity), (Some(&url), None));

    assert_eq!(failed.then(Event::Dismiss, NOW).viewer, Viewer::default());
}

#[test]
fn another_key_group_server_or_place_replaces_the_open_session() {
    let changes: [fn(&mut ViewerRequest); 4] = [
        |request| request.session_key = session_key("5678"),
        |request| request.group_id = GroupId::parse(&Prop::from(72)).unwrap(),
        |request| request.web = "https://beta.example".to_owned(),
        |request| request.target = OpenTarget::Flex,
    ];
    for change in changes {
        let wanted = request_with(OpenTarget::Tab, change);
        let event = Event::Open { request: wanted.clone(), again: false };
        let story = Story::opened(OpenTarget::Tab).then(event, NOW);
        assert_eq!(story.viewer.request(), Some(&wanted));
        assert!(story.requests.contains(&Request::LoginKey));
    }
}

#[test]
fn another_key_replaces_a_viewer_that_is_on_its_way_and_the_first_key_opens_nothing_of_the_old() {
    let typed = request_for("9999", OpenTarget::Window);
    let story = Story::tell([
        open(OpenTarget::Window),
        Event::Open { request: typed.clone(), again: false },
    ]);
    let [Request::OpenWindow(second, _), Request::LoginKey] = &story.requests[..] else {
        panic!("{:?}", story.requests)
    };
    let second = *second;
    let refused = story.clone().then(Event::WindowRefused(FIRST), NOW);
    assert_eq!(refused.viewer, story.viewer);

    let story = story.then(key(), NOW);
    assert_eq!(story.requests, [Request::Navigate(second, typed.url(Some(&credentials())))]);
}

#[test]
fn the_old_viewer_goes_when_the_new_one_has_its_key() {
    let moved = |from, to| Story::opened(from).then(open(to), NOW).then(key(), NOW).requests;
    assert!(moved(OpenTarget::Flex, OpenTarget::Tab).contains(&Request::CloseFrame));
    assert!(moved(OpenTarget::Tab, OpenTarget::Flex).contains(&Request::CloseWindow));
}

#[test]
fn a_window_that_went_from_blank_to_closed_is_open_and_out_of_reach() {
    let story = Story::opened(OpenTarget::Tab).sees(WindowSight::Blank, 100.0);
    let story = story.sees(WindowSight::Closed, 200.0);
    assert!(matches!(story.viewer.open, Some(Open::Window { reach: Reach::OutOfReach, .. })));
    assert_eq!(story.requests, []);
    assert_eq!(story.viewer.deadline(), None);

    let clicked = story.clone().then(open(OpenTarget::Tab), at(300.0));
    assert_eq!((&clicked.viewer, &clicked.requests), (&story.viewer, &vec![]));
    let again = Event::Open { request: request(OpenTarget::Tab), again: true };
    let again = story.clone().then(again, at(300.0));
    assert!(matches!(&again.requests[..], [Request::OpenWindow(..), Request::LoginKey]));
    assert_eq!(story.then(Event::Dismiss, at(300.0)).viewer, Viewer::default());
}

#[test]
fn a_window_that_was_seen_with_a_page_and_then_closed_was_closed_by_the_agent() {
    let story = Story::opened(OpenTarget::Tab).sees(WindowSight::Foreign, 100.0);
    let story = story.sees(WindowSight::Foreign, 400.0);
    let story = story.sees(WindowSight::Closed, 1_400.0);
    assert_eq!(story.viewer, Viewer::default());
}

#[test]
fn a_window_that_was_seen_with_a_page_once_may_be_about_to_cut_itself_off() {
    let story = Story::opened(OpenTarget::Tab).sees(WindowSight::Foreign, 100.0);
    assert_eq!(story.viewer.deadline(), Some(NOW.after(400.0)));
    let story = story.sees(WindowSight::Closed, 400.0);
    assert!(matches!(story.viewer.open, Some(Open::Window { reach: Reach::OutOfReach, .. })));
}

#[test]
fn a_window_is_looked_at_often_while_its_page_is_young() {
    let story = Story::opened(OpenTarget::Tab);
    assert_eq!(story.viewer.deadline(), Some(NOW.after(100.0)));
    let young = story.clone().sees(WindowSight::Blank, FRAME_TIMEOUT_MS);
    assert_eq!(young.viewer.deadline(), Some(NOW.after(FRAME_TIMEOUT_MS + 100.0)));
    let slow = story.sees(WindowSight::Blank, FRAME_TIMEOUT_MS + 1.0);
    assert_eq!(slow.viewer.deadline(), Some(NOW.after(FRAME_TIMEOUT_MS + 1_001.0)));
}

#[test]
fn a_session_that_glance_ends_closes_its_frame_and_leaves_a_window_to_the_agent() {
    let ended = || Event::SessionEnded(request(OpenTarget::Flex));
    let panel = Story::opened(OpenTarget::Flex).then(ended(), NOW);
    assert_eq!((panel.viewer, panel.requests), (Viewer::default(), vec![Request::CloseFrame]));

    let window = Story::opened(OpenTarget::Window);
    let after = window.clone().then(ended(), NOW);
    assert_eq!((after.viewer, after.requests), (window.viewer, vec![]));
}

#[test]
fn a_session_whose_panel_went_reopens_once_when_it_is_back() {
    let open = Story::opened(OpenTarget::Flex);
    let gone = Event::PanelGone(open.id());
    let gone = open.then(gone, NOW);
    assert_eq!(gone.requests, [Request::CloseFrame]);
    let story = gone.then(Event::PanelBack, NOW);
    assert_eq!(story.requests, [Request::LoginKey]);
    assert_eq!(story.clone().then(Event::PanelBack, NOW).requests, []);
    let story = story.then(key(), at(7.0));
    assert!(matches!(&story.requests[..], [Request::ShowFrame(..)]));
    assert_eq!(story.viewer.open.as_ref().unwrap().since(), Some(at(7.0).moment()));
    assert_eq!(story.then(Event::PanelBack, NOW).requests, []);
}

#[test]
fn a_frame_that_is_slow_may_still_load_and_one_that_loaded_is_never_slow() {
    let open = Story::opened(OpenTarget::Flex);
    assert_eq!(open.viewer.deadline(), Some(NOW.after(FRAME_TIMEOUT_MS)));
    let loaded = Event::FrameLoaded(open.id());
    let frame = |story: &Story| match story.viewer.open {
        Some(Open::Panel { frame, .. }) => frame,
        _ => panic!("{:?}", story.viewer),
    };
    let slow = open.then(Event::Deadline, at(FRAME_TIMEOUT_MS));
    assert_eq!((frame(&slow), slow.viewer.deadline()), (Frame::Slow, None));
    let loaded = slow.then(loaded, at(FRAME_TIMEOUT_MS + 1.0));
    assert_eq!(frame(&loaded), Frame::Loaded);
    assert_eq!(frame(&loaded.then(Event::Deadline, at(1e9))), Frame::Loaded);
}

#[test]
fn a_key_that_comes_after_cancel_opens_nothing() {
    let story = Story::tell([open(OpenTarget::Tab), Event::Cancel, key()]);
    assert_eq!((story.viewer, story.requests), (Viewer::default(), vec![]));
}

#[test]
fn without_a_panel_the_viewer_opens_in_a_tab_and_says_so_until_dismissed() {
    let resolve = |target, no_panel| request(target).as_ref().clone().resolve_target(no_panel);
    let taken = Some(NoPanel::Taken);
    let placed = resolve(OpenTarget::Flex, taken);
    assert_eq!((placed.target, placed.without_panel), (OpenTarget::Tab, taken));
    for (target, no_panel) in
        [(OpenTarget::Flex, None), (OpenTarget::Tab, taken), (OpenTarget::Window, taken)]
    {
        assert_eq!(resolve(target, no_panel), *request(target));
    }
    let opened = Story::tell([Event::Open { request: placed.into(), again: false }, key()]);
    let says_so = |story: &Story| story.viewer.request().unwrap().without_panel;
    assert_eq!(says_so(&opened), taken);
    assert_eq!(says_so(&opened.then(Event::Dismiss, NOW)), None);
}

#[test]
fn the_states_of_a_viewer_have_names_of_their_own_in_the_log() {
    let blocked = Story::tell([open(OpenTarget::Tab), Event::WindowRefused(FIRST)]);
    let panel = Story::opened(OpenTarget::Flex);
    let gone = Event::PanelGone(panel.id());
    let mut names = vec![
        Viewer::default().name(),
        Story::tell([open(OpenTarget::Tab)]).viewer.name(),
        blocked.viewer.name(),
        blocked.clone().then(key(), NOW).viewer.name(),
        blocked.then(no_key(refused()), NOW).viewer.name(),
        Story::opened(OpenTarget::Tab).viewer.name(),
        Story::opened(OpenTarget::Tab).sees(WindowSight::Closed, 1.0).viewer.name(),
        panel.viewer.name(),
        panel.then(gone, NOW).viewer.name(),
    ];
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 9, "{names:?}");
}

#[test]
fn the_debug_text_of_a_session_shows_no_secret() {
    let stories = [Story::opened(OpenTarget::Tab), Story::opened(OpenTarget::Flex)];
    for story in stories {
        let shown = format!("{:?} {:?} {:?}", story.viewer, story.requests, key());
        assert!(!shown.contains("1589912963") && !shown.contains("EXdpEY02"), "{shown}");
        assert!(!shown.contains("1234"), "{shown}");
    }
}
