//! The ways agent and visitor come together, and what holds in any order of events.

use flex_glance::core::{
    ids::{Ids, InvitationId},
    presence::{PresenceError, PresenceStatus, VisitorPage},
    session::{
        OpenTarget,
        invitation::{Command, Context, Event, Invitation, PRESENCE_TIMEOUT_MS},
    },
    time::{Moment, Now},
};
use proptest::{prelude::*, sample::select};

use crate::common::{at, request, request_for};

/// One invitation and what presence knows, with all that was asked for.
#[derive(Clone)]
struct Story {
    invitation: Invitation,
    status: PresenceStatus,
    now: Now,
    ids: Ids,
    commands: Vec<Command>,
}

impl Story {
    fn new(status: PresenceStatus) -> Self {
        let (invitation, ids) = (Invitation::Idle, Ids::default());
        Self { invitation, status, now: at(0.0), ids, commands: vec![] }
    }

    /// For a visitor who stays on the site.
    fn tell(events: impl IntoIterator<Item = Event>) -> Self {
        events.into_iter().fold(Self::new(online()), |story, event| story.then(event))
    }

    fn then(mut self, event: Event) -> Self {
        self.happen(event);
        self
    }

    fn seen(mut self, status: PresenceStatus) -> Self {
        self.status = status;
        self.then(Event::PresenceChanged)
    }

    fn after(mut self, ms: f64) -> Self {
        self.now =
            Now { unix_ms: self.now.unix_ms + ms, mono_ms: self.now.mono_ms + ms, ..self.now };
        self
    }

    /// Takes one event; what it asked for.
    fn happen(&mut self, event: Event) -> Vec<Command> {
        let mut commands = vec![];
        let mut cx = Context {
            now: self.now,
            ids: &mut self.ids,
            status: &self.status,
            visitor: Some(&request(OpenTarget::Flex)),
        };
        self.invitation.handle(event, &mut cx, &mut commands);
        self.commands.extend(commands.clone());
        commands
    }

    fn is_in_session(&self) -> bool {
        matches!(self.invitation, Invitation::InSession { .. })
    }
}

fn online() -> PresenceStatus {
    PresenceStatus::Online(VisitorPage::default())
}

fn unknown() -> PresenceStatus {
    PresenceStatus::Unknown(PresenceError::Script)
}

fn invite() -> Event {
    Event::Invite(request(OpenTarget::Flex))
}

fn opens(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::Open(_))).count()
}

fn sends(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::Send(..))).count()
}

fn ends(commands: &[Command]) -> Vec<f64> {
    let duration = |command: &Command| match command {
        Command::ReportEnd { duration_ms, .. } => Some(*duration_ms),
        _ => None,
    };
    commands.iter().filter_map(duration).collect()
}

#[test]
fn a_visitor_on_the_site_is_asked_and_the_viewer_opens_when_they_accept() {
    let own = request(OpenTarget::Flex);
    let mut story = Story::new(online());
    assert_eq!(story.happen(invite()), [Command::Send(InvitationId(1), own.clone())]);
    assert_eq!(story.happen(Event::Accepted), [Command::Open(own.clone())]);
    assert_eq!(story.happen(Event::Started), [Command::ReportStart]);
    let mut story = story.after(9_000.0);
    let end = Command::ReportEnd { request: Some(own), duration_ms: 9_000.0 };
    assert_eq!(story.happen(Event::Ended), [end]);
    assert_eq!(story.invitation, Invitation::Ended);
}

#[test]
fn a_window_opens_inside_the_click_and_closes_if_the_visitor_does_not_come_along() {
    let asked = Story::tell([Event::Invite(request(OpenTarget::Window))]);
    assert_eq!(asked.commands[0], Command::Open(request(OpenTarget::Window)));
    let ways = [
        asked.clone().then(Event::Declined),
        asked.clone().then(Event::Withdraw),
        asked.clone().then(Event::Undelivered(InvitationId(1))),
        asked.seen(PresenceStatus::Offline),
    ];
    for story in ways {
        let close = Command::CloseWaiting(request(OpenTarget::Window));
        assert_eq!(story.commands.last(), Some(&close));
    }
}

#[test]
fn an_answer_that_comes_late_still_opens_the_viewer() {
    let late = [
        Story::tell([invite()]).after(60_000.0).then(Event::Deadline),
        Story::tell([invite()]).seen(PresenceStatus::Offline),
    ];
    for story in late {
        assert!(!matches!(story.invitation, Invitation::Sent { .. }));
        for answer in [Event::Accepted, Event::Started] {
            assert_eq!(opens(&story.clone().then(answer).commands), 1);
        }
    }
}

#[test]
fn a_visitor_who_has_not_answered_can_be_asked_again_and_before_that_is_asked_once() {
    assert_eq!(sends(&Story::tell([invite(), invite()]).commands), 1);
    let waited = Story::tell([invite()]).after(59_999.0).then(Event::Deadline);
    assert!(matches!(waited.invitation, Invitation::Sent { .. }));
    let again = waited.after(1.0).then(Event::Deadline).then(Event::AskAgain);
    assert!(matches!(again.invitation, Invitation::Sent { .. }));
    assert_eq!(sends(&again.commands), 2);
}

#[test]
fn an_absent_visitor_is_asked_when_they_come_if_the_agent_waits_and_only_then() {
    let absent = Story::new(PresenceStatus::Offline).then(invite());
    assert!(matches!(absent.invitation, Invitation::VisitorAbsent { .. }));
    assert_eq!(absent.commands, []);

    assert_eq!(absent.clone().seen(online()).invitation, Invitation::Idle);
    let asked = absent.then(Event::Wait).seen(online());
    assert!(matches!(asked.invitation, Invitation::Sent { .. }));
}

#[test]
fn a_click_while_presence_is_still_looking_counts_once_it_knows_or_after_five_seconds() {
    let clicked = Story::new(PresenceStatus::Checking).then(invite());
    assert_eq!(clicked.commands, []);
    let open = [Command::Open(request(OpenTarget::Flex))];
    assert_eq!(sends(&clicked.clone().seen(online()).commands), 1);
    let absent = clicked.clone().seen(PresenceStatus::Offline);
    assert!(matches!(absent.invitation, Invitation::VisitorAbsent { .. }));
    assert_eq!(clicked.clone().seen(unknown()).commands, open);
    let early = clicked.clone().after(PRESENCE_TIMEOUT_MS - 1.0).then(Event::Deadline);
    assert_eq!(early.commands, []);
    assert_eq!(clicked.after(PRESENCE_TIMEOUT_MS).then(Event::Deadline).commands, open);
}

#[test]
fn a_session_whose_end_may_have_been_missed_is_not_certain_until_it_is_heard_of_again() {
    let running = Story::tell([invite(), Event::Started]).after(30_000.0);
    for status in [PresenceStatus::Checking, PresenceStatus::Offline, unknown()] {
        let lost = running.clone().seen(status);
        let certain_until = |story: &Story| match story.invitation {
            Invitation::InSession { certain_until, .. } => certain_until,
            _ => panic!("{:?}", story.invitation),
        };
        assert_eq!(certain_until(&lost), Some(at(30_000.0).moment()));
        let later = lost.clone().after(1e6).seen(unknown()).seen(online());
        assert_eq!(certain_until(&later), Some(at(30_000.0).moment()));
        assert_eq!(certain_until(&later.clone().then(Event::Started)), None);

        let over = later.clone().then(Event::ItIsOver);
        assert_eq!((over.invitation, ends(&over.commands)), (Invitation::Ended, vec![30_000.0]));
        let again = later.clone().then(Event::AskAgain);
        assert!(matches!(again.invitation, Invitation::Sent { .. }));
        assert_eq!(ends(&again.commands), [30_000.0]);
        assert_eq!(ends(&later.then(Event::TaskOver).commands), [30_000.0]);
    }
}

#[test]
fn a_session_that_is_certain_is_not_given_up() {
    let running = Story::tell([invite(), Event::Started]);
    for event in [Event::ItIsOver, Event::AskAgain, Event::Withdraw, Event::GiveWay] {
        assert_eq!(running.clone().then(event).invitation, running.invitation);
    }
}

#[test]
fn a_clock_that_is_set_changes_no_duration() {
    for shift_ms in [-3_600_000.0, 3_600_000.0] {
        let mut story = Story::tell([invite(), Event::Started]).after(5_000.0);
        story.now.unix_ms += shift_ms;
        assert_eq!(ends(&story.happen(Event::Ended)), [5_000.0]);
    }
}

fn statuses() -> impl Strategy<Value = PresenceStatus> {
    select(vec![PresenceStatus::Checking, online(), PresenceStatus::Offline, unknown()])
}

fn invites() -> impl Strategy<Value = Event> {
    let targets = vec![OpenTarget::Flex, OpenTarget::Tab, OpenTarget::Window];
    (select(vec!["1234", "other"]), select(targets))
        .prop_map(|(key, target)| Event::Invite(request_for(key, target)))
}

/// What Glance tells, early, late, twice, out of order or for nobody.
fn told() -> impl Strategy<Value = Event> {
    let undelivered = (1..8_u32).prop_map(|id| Event::Undelivered(InvitationId(id)));
    let words =
        vec![Event::Accepted, Event::Declined, Event::Started, Event::Ended, Event::Deadline];
    prop_oneof![5 => select(words), 1 => undelivered]
}

/// What happens, what presence knows from then on if that is news, and how long after the one before.
type Happening = (Event, Option<PresenceStatus>, f64);

fn seen() -> impl Strategy<Value = Happening> {
    (statuses(), 0.0..1e5).prop_map(|(status, ms)| (Event::PresenceChanged, Some(status), ms))
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let agent = vec![
        Event::Wait,
        Event::Withdraw,
        Event::GiveWay,
        Event::AskAgain,
        Event::ItIsOver,
        Event::TaskOver,
    ];
    let events = prop_oneof![3 => invites(), 6 => told(), 3 => select(agent)];
    let events = (events, 0.0..1e5).prop_map(|(event, ms)| (event, None, ms));
    prop::collection::vec(prop_oneof![4 => events, 1 => seen()], 0..40)
}

/// Takes one event; what it asked for.
fn take(story: &mut Story, (event, status, after_ms): Happening) -> Vec<Command> {
    *story = story.clone().after(after_ms);
    story.status = status.unwrap_or(story.status.clone());
    story.happen(event)
}

fn tell(happenings: Vec<Happening>) -> Story {
    let mut story = Story::new(PresenceStatus::Checking);
    for happening in happenings {
        take(&mut story, happening);
    }
    story
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_start_is_reported_once_and_its_end_once_with_no_more_than_the_time_between(
        happenings in happenings(),
    ) {
        let mut story = Story::new(PresenceStatus::Checking);
        let mut running: Option<Moment> = None;
        for happening in happenings {
            for command in take(&mut story, happening) {
                match command {
                    Command::ReportStart => {
                        prop_assert_eq!(running, None, "a second start");
                        running = Some(story.now.moment());
                    }
                    Command::ReportEnd { duration_ms, .. } => {
                        let since = running.take();
                        prop_assert!(since.is_some(), "an end without its start");
                        let longest_ms = since.unwrap().elapsed_ms(story.now);
                        prop_assert!((0.0..=longest_ms).contains(&duration_ms));
                    }
                    _ => {}
                }
            }
            prop_assert_eq!(running.is_some(), story.is_in_session());
        }
    }

    #[test]
    fn a_task_over_ends_the_session_and_what_is_still_told_opens_nothing_and_ends_nothing(
        happenings in happenings(),
        late in prop::collection::vec(told(), 0..20),
    ) {
        let mut story = tell(happenings);
        let ran = story.is_in_session();
        let last = story.happen(Event::TaskOver);
        prop_assert_eq!(ends(&last).len(), last.len());
        prop_assert_eq!(ends(&last).len(), usize::from(ran));
        prop_assert_eq!(&story.invitation, &Invitation::Idle);
        for event in late.into_iter().filter(|event| *event != Event::Started) {
            let commands = story.happen(event);
            prop_assert!(
                commands.iter().all(|command| matches!(command, Command::CloseWaiting(_))),
                "{:?}", commands
            );
        }
    }

    #[test]
    fn an_agent_gets_out_of_everything_but_a_session_that_certainly_runs(
        happenings in happenings(),
    ) {
        let mut story = tell(happenings);
        let certain = matches!(story.invitation, Invitation::InSession { certain_until: None, .. });
        let before = story.invitation.clone();
        story.happen(Event::Withdraw);
        story.happen(Event::ItIsOver);
        if certain {
            prop_assert_eq!(&story.invitation, &before);
        } else {
            prop_assert!(matches!(story.invitation, Invitation::Idle | Invitation::Ended));
        }
    }

    #[test]
    fn nothing_opens_by_itself_for_an_agent_who_withdrew(
        happenings in happenings(),
        later in prop::collection::vec(
            prop_oneof![
                told().prop_map(|event| (event, None, 1.0)),
                seen(),
                Just((Event::Wait, None, 1.0)),
            ],
            0..30,
        ),
    ) {
        let mut story = tell(happenings);
        story.happen(Event::Withdraw);
        for happening in later {
            let commands = take(&mut story, happening);
            prop_assert_eq!((opens(&commands), sends(&commands)), (0, 0), "{:?}", commands);
        }
    }

    #[test]
    fn whoever_waits_for_an_answer_sees_the_viewer_with_it_however_late(
        before in happenings(),
        meanwhile in prop::collection::vec(
            select(vec![Event::Deadline, Event::PresenceChanged, Event::Wait, Event::Ended]),
            0..10,
        ),
        answer in select(vec![Event::Accepted, Event::Started]),
    ) {
        let mut story = tell(before);
        story.status = online();
        for event in [Event::TaskOver, Event::PresenceChanged, invite()].into_iter().chain(meanwhile) {
            story.happen(event);
        }
        let commands = story.after(1e9).happen(answer);
        prop_assert_eq!(commands.last(), Some(&Command::Open(request(OpenTarget::Flex))));
    }

    #[test]
    fn only_a_visitor_who_is_known_to_be_there_is_asked_and_the_time_for_an_answer_begins(
        happenings in happenings(),
    ) {
        let mut story = Story::new(PresenceStatus::Checking);
        for happening in happenings {
            let commands = take(&mut story, happening);
            if sends(&commands) > 0 {
                prop_assert!(story.status.is_online());
                prop_assert_eq!(story.invitation.deadline(), Some(story.now.after(60_000.0)));
            }
            prop_assert!(sends(&commands) <= 1 && opens(&commands) <= 1);
        }
    }
}
