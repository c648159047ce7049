//! The watch over the visitors of the agent's tasks: one for the page, read by every component.
//!
//! Started by a registration (in the vendor's form by the first mount), it follows every accepted
//! task that names a visitor, selected or not. One connection for each visitor, one authorization
//! for all of them, no polling.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;

use crate::{
    core::{
        config::Config,
        meeting,
        session::Input,
        session_key::SessionKey,
        strings::Text,
        task::{ListedTask, Task},
        viewer::Launch,
        watch::{self, Watch},
        whereabouts::Whereabouts,
    },
    effects::{
        chance, log,
        page::{self, Notification},
        presence::{Agent, Signal},
    },
    ui::{
        access,
        store::{self, Context},
    },
};

#[derive(Default)]
struct Watches {
    context: Option<Context>,
    /// The tasks that the agent has accepted.
    tasks: Vec<Task>,
    /// Whether somebody tells the tasks, as Flex does. Otherwise those that are shown are followed.
    is_listed: bool,
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
    if !config.presence {
        return;
    }
    let known = self::context();
    if known.is_some_and(|known| is_same(&known.setup.config, config)) {
        WATCHES.with_borrow_mut(|watches| watches.context = Some(context.clone()));
        return;
    }
    access::feed(access::Input::Unwanted);
    WATCHES.with_borrow_mut(|watches| watches.context = Some(context.clone()));
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

/// Follows the tasks that components show on a page without Flex, of which one is `new`. A task that is
/// not shown any more is followed until its session is over.
pub(super) fn follow_shown(new: Option<&Task>) {
    let is_other = WATCHES.with_borrow_mut(|watches| {
        if watches.is_listed {
            return false;
        }
        let before = watches.tasks.len();
        watches.tasks.retain(|task| match new {
            Some(new) if new.sid == task.sid => new == task,
            _ => store::is_shown(&task.sid) || store::session(&task.sid).meeting.is_expected(),
        });
        let is_less = watches.tasks.len() < before;
        let more = new.filter(|new| !watches.tasks.contains(new));
        watches.tasks.extend(more.cloned());
        is_less || more.is_some()
    });
    // Without presence there is nobody to watch, and nothing to tell.
    if is_other && context().is_some() {
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

/// Shows the task's visitor the terms. `false` if there is no connection.
pub(super) fn invite(task: &str, launch: &Launch) -> bool {
    let agent = WATCHES.with_borrow(|watches| watches.visitor_of(task)?.agent.clone());
    let mode = launch.video.visitor.as_deref();
    agent.is_some_and(|agent| agent.invite(&launch.session_key, mode))
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
    match (is_idle(), access::is_open()) {
        // An authorization that holds serves the next visitor.
        (true, true) => {}
        (true, false) => access::feed(access::Input::Unwanted),
        (false, true) => new.iter().for_each(|id| feed(id, watch::Input::Opened)),
        (false, false) => access::feed(access::Input::Wanted),
    }
    tasks.iter().for_each(|task| store::tell(task));
}

/// The props that the watch was begun with.
pub(super) fn context() -> Option<Context> {
    WATCHES.with_borrow(|watches| watches.context.clone())
}

/// Whether there is nobody to watch.
pub(super) fn is_idle() -> bool {
    WATCHES.with_borrow(|watches| watches.visitors.is_empty())
}

/// Gives every visitor's watch the same news.
pub(super) fn feed_all(input: &watch::Input) {
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
            let Some(context) = context() else { return };
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
            access::feed(access::Input::Rejected);
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
    let Some(context) = context() else { return };
    if context.setup.config.debug {
        log::debug(id.as_str(), is.name());
    }
    for task in WATCHES.with_borrow(|watches| watches.tasks_of(id)) {
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
    let text = strings.filled(text, &[("customer", customer)]);
    page::notify(kind, &task.sid, &text, strings.text(button));
}
