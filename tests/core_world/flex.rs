//! A fake Flex: tasks that come, change, go and are lost; what is shown; who is logged in.

use flex_glance::core::{
    desk::{AgentIdentity, Event, MISSING_GRACE_MS, MOVE_GRACE_MS, Slot},
    ids::{ComponentId, TaskSid},
    policy::TaskFacts,
    prop::Prop,
    task::{Attributes, ListedTask, Task},
};

use crate::world::World;

/// The attribute by which the policy of some worlds denies a task.
pub(crate) const DENIED: &str = "denied";

#[derive(Clone, Debug)]
pub(crate) struct FlexTask {
    pub(crate) sid: TaskSid,
    /// Number of the visitor that its attributes name.
    pub(crate) visitor: Option<usize>,
    pub(crate) status: &'static str,
    /// What the desk knows of it.
    pub(crate) told: Told,
    /// As it was listed last.
    pub(crate) listed: Option<Task>,
    /// Every key that a viewer of this task may have.
    pub(crate) keys: Vec<String>,
    pub(crate) changed_visitor: bool,
    /// Whether it has what the policy of some worlds denies.
    pub(crate) is_denied: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Told {
    Nothing,
    Active {
        is_accepted: bool,
    },
    /// Missing from the list since then, by the monotonic clock.
    Missing {
        is_accepted: bool,
        since_ms: f64,
    },
    /// An instance before this one held it, and the list is still to come.
    Restored,
    /// Missing from the first list after a trap.
    RestoredMissing {
        since_ms: f64,
    },
    Gone,
}

pub(crate) struct Flex {
    /// Whether the host lists its tasks.
    pub(crate) is_listing: bool,
    pub(crate) tasks: Vec<FlexTask>,
    pub(crate) shown: Vec<(ComponentId, Slot, Option<usize>)>,
    /// What a component showed that went off the page, and until when it may only be on the move.
    moved: Vec<(usize, f64)>,
    pub(crate) agent: Option<u32>,
    /// Whether the host says who is logged in.
    pub(crate) names_agent: bool,
    next_component: u32,
    pub(crate) next_agent: u32,
}

impl FlexTask {
    pub(crate) fn task(&self) -> Task {
        let visitor = self.visitor.map_or(Prop::Missing, |number| Prop::from(visitor_key(number)));
        let attributes = Attributes { glance_visitor_id: visitor, ..Attributes::default() };
        let denied = (DENIED.to_owned(), Prop::Bool(self.is_denied));
        let facts = TaskFacts { attributes: vec![denied], ..TaskFacts::default() }.into();
        Task { sid: self.sid.clone(), attributes, facts, ..Task::default() }
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self.status, "completed" | "canceled")
    }
}

pub(crate) fn visitor_key(number: usize) -> String {
    format!("visitor-{number}")
}

pub(crate) fn identity(agent: Option<u32>) -> Option<AgentIdentity> {
    agent.map(|number| AgentIdentity::from(format!("agent {number}")))
}

/// The task's place in `Flex::tasks`.
pub(crate) fn index_of(sid: &TaskSid) -> usize {
    sid.as_str().strip_prefix("WR").and_then(|number| number.parse().ok()).unwrap_or(usize::MAX)
}

impl Flex {
    pub(crate) fn new(is_listing: bool, names_agent: bool) -> Self {
        Self {
            is_listing,
            tasks: vec![],
            shown: vec![(ComponentId(1), Slot::Header, None), (ComponentId(2), Slot::Panel, None)],
            moved: vec![],
            agent: names_agent.then_some(1),
            names_agent,
            next_component: 3,
            next_agent: 2,
        }
    }

    pub(crate) fn may_be_moving(&self, task: usize, now_ms: f64) -> bool {
        self.moved.iter().any(|(moved, until_ms)| *moved == task && now_ms <= *until_ms + 1e-3)
    }

    pub(crate) fn is_shown(&self, task: usize) -> bool {
        self.shown.iter().any(|(.., shown)| *shown == Some(task))
    }

    /// Whether the desk has to count the task as the agent's.
    pub(crate) fn holds(&self, task: usize) -> bool {
        match self.tasks[task].told {
            Told::Active { .. }
            | Told::Missing { .. }
            | Told::Restored
            | Told::RestoredMissing { .. } => true,
            Told::Nothing => self.is_shown(task),
            Told::Gone => false,
        }
    }

    /// Whether presence may follow the task's visitor.
    pub(crate) fn is_followed(&self, task: usize) -> bool {
        match self.tasks[task].told {
            Told::Active { is_accepted } | Told::Missing { is_accepted, .. } => is_accepted,
            Told::Nothing | Told::Restored => !self.is_listing && self.is_shown(task),
            Told::Gone | Told::RestoredMissing { .. } => false,
        }
    }

    pub(crate) fn held(&self) -> Vec<usize> {
        (0..self.tasks.len()).filter(|task| self.holds(*task)).collect()
    }

    /// Those that are not over, as Flex knows.
    pub(crate) fn running(&self) -> Vec<usize> {
        (0..self.tasks.len()).filter(|task| !self.tasks[*task].is_over()).collect()
    }

    /// An end is known only as long as a component shows the task.
    fn forget_ends(&mut self) {
        for task in 0..self.tasks.len() {
            if self.tasks[task].told == Told::Gone && !self.is_shown(task) {
                self.tasks[task].told = Told::Nothing;
            }
        }
    }

    /// Takes note of what an event told the desk.
    pub(crate) fn note_told(&mut self, event: &Event, now_ms: f64) {
        match event {
            Event::Tasks(listed) => {
                for flex_task in &mut self.tasks {
                    let told = listed.iter().find(|told| told.task.sid == flex_task.sid);
                    flex_task.told = match (told, flex_task.told) {
                        (Some(told), _) if told.is_active() => {
                            flex_task.listed = Some(told.task.clone());
                            Told::Active { is_accepted: told.is_accepted() }
                        }
                        (Some(_), _) => Told::Gone,
                        (None, Told::Active { is_accepted }) => {
                            Told::Missing { is_accepted, since_ms: now_ms }
                        }
                        (None, Told::Restored) => Told::RestoredMissing { since_ms: now_ms },
                        (None, told) => told,
                    };
                }
            }
            Event::Shown { component, slot, task } => {
                self.shown.retain(|(known, ..)| known != component);
                let task = task.as_ref().map(|task| index_of(&task.sid));
                self.shown.push((*component, *slot, task));
            }
            Event::Unmounted(component) => {
                let gone = self.shown.iter().filter(|(known, ..)| known == component);
                let tasks = gone.filter_map(|(.., task)| *task);
                self.moved.extend(tasks.map(|task| (task, now_ms + MOVE_GRACE_MS)));
                self.shown.retain(|(known, ..)| known != component);
            }
            Event::Restored(left) => {
                for viewer in left {
                    self.tasks[index_of(&viewer.task)].told = Told::Restored;
                }
            }
            Event::Disposed => {
                self.shown.clear();
                self.tasks.iter_mut().for_each(|task| task.told = Told::Nothing);
            }
            _ => {}
        }
        self.forget_ends();
    }

    /// The tasks of an agent who is gone are gone.
    pub(crate) fn note_agent_gone(&mut self) {
        self.tasks.iter_mut().for_each(|task| task.told = Told::Gone);
        self.forget_ends();
    }

    /// Without a list, what components show is the next agent's.
    pub(crate) fn note_agent_there(&mut self) {
        let gone = self.tasks.iter_mut().filter(|task| task.told == Told::Gone);
        gone.for_each(|task| task.told = Told::Nothing);
    }

    /// Whether a task that is missing may count as gone by now.
    pub(crate) fn may_be_gone(told: Told, now_ms: f64) -> bool {
        match told {
            Told::Missing { since_ms, .. } | Told::RestoredMissing { since_ms } => {
                now_ms >= since_ms + MISSING_GRACE_MS - 1e-3
            }
            _ => false,
        }
    }
}

impl World {
    /// Whether a task is denied from now on, in a world that has a policy.
    fn denies(&mut self) -> bool {
        self.policy.as_mut().is_some_and(|rng| rng.chance(0.3))
    }

    /// In a world that has a policy, a task changes by which it is decided.
    pub(crate) fn policy_changes_its_mind(&mut self) {
        let running = self.flex.running();
        let Some(rng) = &mut self.policy else { return };
        let Some(task) = rng.pick(&running).filter(|_| rng.chance(0.15)) else { return };
        let is_denied = !self.flex.tasks[task].is_denied;
        self.flex.tasks[task].is_denied = is_denied;
        if self.flex.is_listing {
            self.list_tasks();
        }
        for (component, slot, shown) in self.flex.shown.clone() {
            if shown == Some(task) {
                self.show_in(component, slot, shown);
            }
        }
    }

    pub(crate) fn flex_changes(&mut self) {
        match self.rng.weighted(&[3.0, 4.0, 2.0, 1.5, 1.0, 1.5, 5.0, 1.0, 0.7, 0.5]) {
            0 => self.new_task(),
            1 => self.accept_task(),
            2 => self.task_moves_on(),
            3 => self.list_tasks_without(true, false),
            4 => self.list_tasks_without(false, true),
            5 => self.list_tasks(),
            6 => self.select_task(),
            7 => self.attributes_change(),
            8 => self.component_remounts(),
            _ => self.show_in_one_place(),
        }
    }

    pub(crate) fn new_task(&mut self) {
        if self.flex.running().len() >= 4 {
            return;
        }
        let number = self.flex.tasks.len();
        let shared = self.flex.running().into_iter().find_map(|task| self.flex.tasks[task].visitor);
        let visitor = match shared {
            _ if self.rng.chance(0.06) => None,
            Some(shared) if self.rng.chance(0.12) => Some(shared),
            _ => Some(self.new_visitor()),
        };
        let status = if self.rng.chance(0.25) { "pending" } else { "accepted" };
        let sid = TaskSid::from(format!("WR{number}"));
        let keys = visitor.map(visitor_key).into_iter().collect();
        let is_denied = self.denies();
        self.flex.tasks.push(FlexTask {
            sid,
            visitor,
            status,
            told: Told::Nothing,
            listed: None,
            keys,
            changed_visitor: false,
            is_denied,
        });
        self.list_tasks();
    }

    fn accept_task(&mut self) {
        let pending: Vec<usize> = (0..self.flex.tasks.len())
            .filter(|task| self.flex.tasks[*task].status == "pending")
            .collect();
        match self.rng.pick(&pending) {
            Some(task) => {
                self.flex.tasks[task].status = "accepted";
                self.list_tasks();
                self.show_task(Some(task));
            }
            None => self.select_task(),
        }
    }

    fn task_moves_on(&mut self) {
        let Some(task) = self.rng.pick(&self.flex.running()) else { return };
        let next = match self.flex.tasks[task].status {
            "accepted" if self.rng.chance(0.5) => "wrapping",
            "pending" => "canceled",
            _ => "completed",
        };
        self.flex.tasks[task].status = next;
        // The end is told, or the task is only listed no longer.
        if self.rng.chance(0.6) {
            self.list_tasks_and(Some(task));
        } else {
            self.list_tasks();
        }
        if self.flex.tasks[task].is_over() && self.rng.chance(0.7) && self.flex.is_shown(task) {
            self.select_task();
        }
    }

    pub(crate) fn list_tasks(&mut self) {
        self.list_tasks_and(None);
    }

    fn list_tasks_and(&mut self, over: Option<usize>) {
        let mut all = self.flex.running();
        all.extend(over.filter(|task| self.flex.tasks[*task].is_over()));
        self.tell_tasks(&all);
    }

    /// The list lacks a task, or all of them, without a word.
    fn list_tasks_without(&mut self, one: bool, all: bool) {
        let mut running = self.flex.running();
        if all {
            running.clear();
        } else if one && !running.is_empty() {
            let lost = self.rng.below(running.len());
            running.remove(lost);
        }
        self.tell_tasks(&running);
        if self.rng.chance(0.7) {
            let ms = self.rng.between(0.0, 12_000.0);
            self.pass(ms);
            self.list_tasks();
        }
    }

    fn tell_tasks(&mut self, tasks: &[usize]) {
        if !self.flex.is_listing {
            return;
        }
        let listed = tasks.iter().map(|task| {
            let flex_task = &self.flex.tasks[*task];
            ListedTask { task: flex_task.task(), status: flex_task.status.to_owned() }
        });
        let listed: Vec<ListedTask> = listed.collect();
        self.tell(Event::Tasks(listed));
    }

    pub(crate) fn select_task(&mut self) {
        let task = self.rng.pick(&self.flex.running()).filter(|_| self.rng.chance(0.9));
        self.show_task(task);
    }

    pub(crate) fn show_task(&mut self, task: Option<usize>) {
        for (component, slot, _) in self.flex.shown.clone() {
            self.show_in(component, slot, task);
        }
        self.panel_shows();
    }

    /// One component is told of the selection before the other.
    fn show_in_one_place(&mut self) {
        let Some((component, slot, _)) = self.rng.pick(&self.flex.shown) else { return };
        let task = self.rng.pick(&self.flex.running());
        self.show_in(component, slot, task);
        self.panel_shows();
    }

    fn show_in(&mut self, component: ComponentId, slot: Slot, task: Option<usize>) {
        let task = task.map(|task| self.flex.tasks[task].task());
        self.tell(Event::Shown { component, slot, task });
    }

    /// The panel, if it is there, shows the selected task.
    pub(crate) fn panel_shows(&mut self) {
        let panel = self.flex.shown.iter().find(|(_, slot, _)| *slot == Slot::Panel);
        if let (true, Some((_, _, Some(task)))) = (self.browser.has_panel, panel) {
            let sid = self.flex.tasks[*task].sid.clone();
            self.tell(Event::PanelReady(sid));
        }
    }

    fn component_remounts(&mut self) {
        let slot = if self.rng.chance(0.5) { Slot::Header } else { Slot::Panel };
        let old = self.flex.shown.iter().find(|(_, known, _)| *known == slot).copied();
        if let Some((component, ..)) = old {
            self.tell(Event::Unmounted(component));
        }
        let component = ComponentId(self.flex.next_component);
        self.flex.next_component += 1;
        let task = old.and_then(|(_, _, task)| task);
        self.show_in(component, slot, task);
    }

    fn attributes_change(&mut self) {
        let Some(task) = self.rng.pick(&self.flex.running()) else { return };
        let visitor = self.new_visitor();
        let flex_task = &mut self.flex.tasks[task];
        flex_task.visitor = Some(visitor);
        flex_task.keys.push(visitor_key(visitor));
        flex_task.changed_visitor = true;
        self.list_tasks();
        if self.flex.is_shown(task) {
            for (component, slot, shown) in self.flex.shown.clone() {
                if shown == Some(task) {
                    self.show_in(component, slot, Some(task));
                }
            }
        }
    }
}
