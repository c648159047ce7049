//! The watch over the visitors of the agent's tasks: one for the page, read by every component.
//!
//! Started by a registration (in the vendor's form by the first mount), it follows every accepted
//! task that names a visitor, selected or not. One connection for each visitor, one authorization
//! for all of them, no polling.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;

use crate::{
    core::{
        access,
        config::Config,
        failure::Failure,
        login_key_api::Grant,
        meeting,
        session::Input,
        session_key::SessionKey,
        strings::Text,
        task::{ListedTask, Task},
        viewer::{Launch, TokenSource},
        watch::{self, Watch},
        whereabouts::Whereabouts,
    },
    effects::{
        chance, clock,
        glance_script::{self, ScriptLoad},
        key_request::{Asker, KeyRequest},
        log,
        page::{self, Notification},
        presence::{self, Agent, Authorization, Signal},
    },
    ui::store::{self, Context},
};

/// A login key is not used any more when it is this near to its end, in milliseconds.
const KEY_MARGIN_MS: f64 = 60_000.0;

#[derive(Default)]
struct Watches {
    context: Option<Context>,
    /// The tasks that the agent has accepted.
    tasks: Vec<Task>,
    /// Whether Flex tells its tasks. Without Flex, those that are shown are followed.
    is_listed: bool,
    access: access::State,
    alarm: Option<Timeout>,
    script: Option<ScriptLoad>,
    request: Option<KeyRequest>,
    authorization: Option<Authorization>,
    grant: Option<(Asker, Grant)>,
    visitors: Vec<Visitor>,
}

/// One visitor, of one task or more.
struct Visitor {
    id: SessionKey,
    watch: Watch,
    agent: Option<Rc<Agent>>,
    alarm: Option<Timeout>,
}

thread_local! {
    static WATCHES: RefCell<Watches> = RefCell::default();
}

/// Starts the watch if the props ask for presence, and starts it anew if they mean another group or
/// other servers.
pub(super) fn begin(context: &Context) {
    let config = &context.setup.config;
    let known = WATCHES.with_borrow(|watches| watches.context.clone());
    if !config.presence {
        return;
    }
    if known.is_some_and(|known| is_same(&known.setup.config, config)) {
        WATCHES.with_borrow_mut(|watches| watches.context = Some(context.clone()));
        return;
    }
    feed_access(access::Input::Unwanted);
    WATCHES.with_borrow_mut(|watches| {
        watches.context = Some(context.clone());
        watches.grant = None;
    });
    retarget();
}

/// Whether two props mean the same presence.
fn is_same(a: &Config, b: &Config) -> bool {
    a.group_id == b.group_id
        && a.cdn == b.cdn
        && a.presence_server == b.presence_server
        && a.authorization == b.authorization
}

/// Follows the tasks that Flex lists.
pub(super) fn follow(listed: &[ListedTask]) {
    let accepted = listed.iter().filter(|listed| listed.is_accepted());
    let tasks = accepted.map(|listed| listed.task.clone()).collect();
    WATCHES.with_borrow_mut(|watches| {
        watches.is_listed = true;
        watches.tasks = tasks;
    });
    retarget();
}

/// Follows a task that a component shows on a page without Flex.
pub(super) fn follow_shown(task: &Task) {
    let is_new = WATCHES.with_borrow_mut(|watches| {
        if watches.is_listed || watches.tasks.contains(task) {
            return false;
        }
        watches.tasks.retain(|known| known.sid != task.sid);
        watches.tasks.push(task.clone());
        true
    });
    if is_new {
        retarget();
    }
}

/// Where the task's visitor is. `None` if presence is off, or the task names no visitor or is not
/// accepted yet.
pub(super) fn whereabouts(task: &str) -> Option<Whereabouts> {
    WATCHES.with_borrow(|watches| {
        let visitor = watches.visitor_of(task)?;
        Some(visitor.watch.whereabouts.clone())
    })
}

/// Tries again after a failure that does not pass by itself.
pub(super) fn retry() {
    feed_access(access::Input::Retry);
}

/// Shows the task's visitor the terms. `false` if there is no connection.
pub(super) fn invite(task: &str, launch: &Launch) -> bool {
    let agent = WATCHES.with_borrow(|watches| watches.visitor_of(task)?.agent.clone());
    let mode = launch.video.visitor.as_deref();
    agent.is_some_and(|agent| agent.invite(&launch.session_key, mode))
}

/// A login key that presence has asked for already and that is still good.
pub(super) fn grant(asker: &Asker) -> Option<Grant> {
    WATCHES.with_borrow(|watches| {
        let (asked, grant) = watches.grant.as_ref()?;
        let ends_ms = grant.login_key.expires_at_s() as f64 * 1_000.0;
        let is_good = asked == asker && clock::now_ms() + KEY_MARGIN_MS < ends_ms;
        is_good.then(|| grant.clone())
    })
}

/// The task with this SID, if it is followed.
pub(super) fn task(sid: &str) -> Option<Task> {
    WATCHES.with_borrow(|watches| watches.tasks.iter().find(|task| task.sid == sid).cloned())
}

impl Watches {
    fn visitor(&mut self, id: &SessionKey) -> Option<&mut Visitor> {
        self.visitors.iter_mut().find(|visitor| visitor.id == *id)
    }

    fn visitor_of(&self, task: &str) -> Option<&Visitor> {
        let id = self.tasks.iter().find(|known| known.sid == task)?.session_key().ok()?;
        self.visitors.iter().find(|visitor| visitor.id == id)
    }

    fn tasks_of(&self, visitor: &SessionKey) -> Vec<Task> {
        let names = |task: &&Task| task.session_key().as_ref() == Ok(visitor);
        self.tasks.iter().filter(names).cloned().collect()
    }
}

/// Watches the visitors of the present tasks and no others.
fn retarget() {
    let (new, old, tasks) = WATCHES.with_borrow_mut(|watches| {
        let mut wanted: Vec<SessionKey> = Vec::new();
        if watches.context.is_some() {
            for id in watches.tasks.iter().filter_map(|task| task.session_key().ok()) {
                if !wanted.contains(&id) {
                    wanted.push(id);
                }
            }
        }
        let (kept, old) = std::mem::take(&mut watches.visitors)
            .into_iter()
            .partition(|visitor| wanted.contains(&visitor.id));
        watches.visitors = kept;
        wanted.retain(|id| watches.visitors.iter().all(|visitor| visitor.id != *id));
        watches.visitors.extend(wanted.iter().map(|id| Visitor {
            id: id.clone(),
            watch: Watch::default(),
            agent: None,
            alarm: None,
        }));
        let tasks: Vec<String> = watches.tasks.iter().map(|task| task.sid.clone()).collect();
        (wanted, old, tasks)
    });
    let old: Vec<Visitor> = old;
    drop(old);
    let (is_open, is_idle) =
        WATCHES.with_borrow(|watches| (watches.access.is_open(), watches.visitors.is_empty()));
    match (is_idle, is_open) {
        (true, _) => feed_access(access::Input::Unwanted),
        (false, true) => new.iter().for_each(|id| feed(id, watch::Input::Opened)),
        (false, false) => {
            feed_access(access::Input::Wanted);
            tell_obstacle();
        }
    }
    tasks.iter().for_each(|task| store::tell(task));
}

fn feed_access(input: access::Input) {
    let (was_open, is_open, commands) = WATCHES.with_borrow_mut(|watches| {
        let before = std::mem::take(&mut watches.access);
        let was_open = before.is_open();
        let (state, commands) = access::step(before, input, clock::now_ms(), chance::draw());
        watches.access = state;
        (was_open, watches.access.is_open(), commands)
    });
    if was_open && !is_open {
        feed_all(&watch::Input::Closed(None));
    }
    commands.into_iter().for_each(run_access);
    if !was_open && is_open {
        feed_all(&watch::Input::Opened);
    }
    tell_obstacle();
}

/// Tells every visitor's watch why presence is closed, if something is in its way.
fn tell_obstacle() {
    let obstacle = WATCHES.with_borrow(|watches| watches.access.obstacle().cloned());
    if obstacle.is_some() {
        feed_all(&watch::Input::Closed(obstacle));
    }
}

fn run_access(command: access::Command) {
    let Some(context) = WATCHES.with_borrow(|watches| watches.context.clone()) else { return };
    let config = &context.setup.config;
    match command {
        access::Command::LoadScript => {
            let script = glance_script::load(&config.cdn, config.group_id, |outcome| {
                feed_access(match outcome {
                    Ok(()) => access::Input::ScriptLoaded,
                    Err(obstacle) => access::Input::ScriptFailed(obstacle),
                });
            });
            WATCHES.with_borrow_mut(|watches| watches.script = script);
        }
        access::Command::RequestKey => {
            let asker = context.setup.asker.clone();
            request_key(asker, context.setup.token_source());
        }
        access::Command::Authorize(grant) => {
            let done = |is_granted| {
                feed_access(match is_granted {
                    true => access::Input::Authorized,
                    false => access::Input::Refused,
                });
            };
            let server = &config.authorization;
            let authorization = presence::authorize(server, config.group_id, &grant, done);
            let is_asked = authorization.is_some();
            WATCHES.with_borrow_mut(|watches| watches.authorization = authorization);
            if !is_asked {
                feed_access(access::Input::Refused);
            }
        }
        access::Command::SetAlarm(delay_ms) => {
            let alarm = Timeout::new(delay_ms, || feed_access(access::Input::Alarm));
            WATCHES.with_borrow_mut(|watches| watches.alarm = Some(alarm));
        }
        access::Command::StopAlarm => WATCHES.with_borrow_mut(|watches| {
            watches.alarm = None;
            watches.request = None;
            watches.authorization = None;
        }),
    }
}

/// Asks for a login key. A literal token that is refused is replaced once by Flex's own.
fn request_key(asker: Asker, source: TokenSource) {
    let done = {
        let asker = asker.clone();
        move |outcome: Result<Grant, Failure>| match outcome {
            Ok(grant) => {
                WATCHES.with_borrow_mut(|watches| {
                    watches.grant = Some((asker, grant.clone()));
                });
                feed_access(access::Input::KeyGranted(grant));
            }
            Err(failure) => match source {
                TokenSource::Literal if failure.is_refusal() => {
                    request_key(asker, TokenSource::Current);
                }
                _ => feed_access(access::Input::KeyFailed(failure)),
            },
        }
    };
    let request = KeyRequest::send(asker, source, done);
    WATCHES.with_borrow_mut(|watches| watches.request = request);
}

fn feed_all(input: &watch::Input) {
    let ids: Vec<SessionKey> =
        WATCHES.with_borrow(|watches| watches.visitors.iter().map(|v| v.id.clone()).collect());
    for id in ids {
        feed(&id, input.clone());
    }
}

fn feed(id: &SessionKey, input: watch::Input) {
    let fed = WATCHES.with_borrow_mut(|watches| {
        let visitor = watches.visitor(id)?;
        let before = std::mem::take(&mut visitor.watch);
        let was = before.whereabouts.clone();
        let (watch, commands) = watch::step(before, input, chance::draw());
        visitor.watch = watch;
        Some((was, visitor.watch.whereabouts.clone(), commands))
    });
    let Some((was, is, commands)) = fed else { return };
    commands.into_iter().for_each(|command| run_watch(id, command));
    if was != is {
        announce(id, &was, &is);
    }
}

fn run_watch(id: &SessionKey, command: watch::Command) {
    match command {
        watch::Command::Connect => {
            let context = WATCHES.with_borrow(|watches| watches.context.clone());
            let Some(context) = context else { return };
            let server = context.setup.config.presence_server.as_deref();
            let hear = {
                let id = id.clone();
                move |signal| hear(&id, signal)
            };
            let agent = Agent::connect(server, id, hear);
            let is_connected = agent.is_some();
            set_agent(id, agent);
            if !is_connected {
                feed(id, watch::Input::Broken);
            }
        }
        watch::Command::Disconnect => set_agent(id, None),
        watch::Command::LookUp => {
            let agent = WATCHES.with_borrow_mut(|watches| watches.visitor(id)?.agent.clone());
            if let Some(agent) = agent {
                agent.look_up();
            }
        }
        watch::Command::SetAlarm(delay_ms) => {
            let of = id.clone();
            let alarm = Timeout::new(delay_ms, move || feed(&of, watch::Input::Alarm));
            WATCHES.with_borrow_mut(|watches| {
                if let Some(visitor) = watches.visitor(id) {
                    visitor.alarm = Some(alarm);
                }
            });
        }
    }
}

/// Puts a connection in the place of the one before, which closes outside the borrow: the script may
/// call back at once.
fn set_agent(id: &SessionKey, agent: Option<Agent>) {
    let agent = agent.map(Rc::new);
    let before = WATCHES.with_borrow_mut(|watches| {
        watches.visitor(id).and_then(|visitor| std::mem::replace(&mut visitor.agent, agent))
    });
    drop(before);
}

/// A connection told something.
fn hear(id: &SessionKey, signal: Signal) {
    let met = match signal {
        Signal::Found(page) => return feed(id, watch::Input::Found(page)),
        Signal::Connected(is_connected) => return feed(id, watch::Input::Connected(is_connected)),
        Signal::Moved(page) => return feed(id, watch::Input::Moved(page)),
        Signal::Broken => return feed(id, watch::Input::Broken),
        Signal::Unauthorized => {
            feed_access(access::Input::Rejected);
            meeting::Input::NotReached
        }
        Signal::NotReached => meeting::Input::NotReached,
        Signal::Accepted => meeting::Input::Accepted,
        Signal::Declined => meeting::Input::Declined,
        Signal::Started => meeting::Input::Started,
        Signal::Ended => meeting::Input::Ended,
    };
    for task in WATCHES.with_borrow(|watches| watches.tasks_of(id)) {
        store::meet(&task.sid, met.clone());
    }
}

/// Tells the sessions of a visitor's tasks where the visitor is now.
fn announce(id: &SessionKey, was: &Whereabouts, is: &Whereabouts) {
    let (context, tasks) =
        WATCHES.with_borrow(|watches| (watches.context.clone(), watches.tasks_of(id)));
    let Some(context) = context else { return };
    if context.setup.config.debug {
        log::debug(id.as_str(), is.name());
    }
    for task in tasks {
        store::dispatch(&task.sid, Input::Meeting(meeting::Input::Seen(is.clone())));
        let has_arrived = *was == Whereabouts::Away && is.is_here();
        if has_arrived && context.setup.config.notifications && !store::is_shown(&task.sid) {
            notify(Notification::Arrived, &task, &context);
        }
    }
}

/// Raises a Flex notification about a task.
pub(super) fn notify(kind: Notification, task: &Task, context: &Context) {
    let strings = &context.strings;
    let (text, button) = match kind {
        Notification::Arrived => (Text::NotifyArrived, Text::ShowTask),
        Notification::Accepted => (Text::NotifyAccepted, Text::OpenViewer),
    };
    let customer = task.attributes.name.text().unwrap_or(strings.text(Text::TheCustomer));
    let text = strings.text(text).replace("{customer}", customer);
    page::notify(kind, &task.sid, &text, strings.text(button));
}
