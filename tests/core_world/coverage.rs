//! How often the situations arose that the properties are about.

macro_rules! facts {
    ($($fact:ident $about:literal;)*) => {
        /// A situation without which a property says nothing.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum Fact { $($fact,)* }

        const FACTS: &[&str] = &[$($about,)*];
    };
}

facts! {
    ViewerAmongTasks "a viewer gets its address while the agent holds other tasks";
    TaskGone "a task goes that had a viewer or a session";
    SomethingWaits "something waits, and a deadline or an act leaves it";
    DeadlineFired "a deadline fires";
    SilentWhileWaiting "the world falls silent while something waits";
    SilentAuthorization "the world falls silent while presence is being authorized";
    SilentLookUp "the world falls silent while a visitor is looked up";
    Agreed "a visitor has agreed, and the world is cooperative";
    Reconnected "a visitor is connected to once more";
    SecondWaiter "two wait for a login key at once";
    WindowOutsideClick "a window opens outside a click";
    WindowRefused "the browser refuses a window";
    LinkFollowed "the link of a blocked viewer is followed";
    KeyAfterExpiry "a viewer gets a key after an older one ran out";
    KeyAfterAgent "a viewer gets a key after another agent's was signed";
    PuidChanged "the Partner UID changes";
    EndWithOtherKey "a session ends while another key's viewer is there";
    AgentGone "an agent goes who had something open";
    Disposed "everything is taken back while something is open";
    ReportedEnd "the end of a session is reported";
    ReportedUncertain "the end of a session is reported that was not certain";
    ActWithoutPresence "the agent acts on a task without presence";
    LostPresence "a task loses presence while its invitation waits for it";
    LateLookUp "the answer to a look-up comes too late to count";
    FailedRenewal "an authorization fails while another one holds";
    NotAuthorized "visitors are followed and no authorization holds";
    Trap "the desk traps";
    TrapWithUnselected "the desk traps while a task that is not shown has a viewer";
    TrapInSession "the desk traps in a session";
    Invited "a visitor is invited";
    NotificationClicked "a notification is clicked";
    LinkSent "a link is sent";
    LinkTold "what became of a link is told while it counts";
    MissingTask "a task is missing from the list without a word";
    LinkExpired "a link goes with its key";
    OutOfReach "a window is open, and out of reach";
    NoClock "a viewer gets a key of a Function whose clock cannot be read";
    Sleep "the machine sleeps";
    HiddenByPolicy "the policy hides a task";
    KeptByPolicy "the policy denies a task of which something runs";
}

#[derive(Clone, Debug)]
pub(crate) struct Coverage {
    counts: Vec<u64>,
}

impl Default for Coverage {
    fn default() -> Self {
        Self { counts: vec![0; FACTS.len()] }
    }
}

impl Coverage {
    pub(crate) fn arose(&mut self, fact: Fact) {
        self.counts[fact as usize] += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    pub(crate) fn table(&self) -> String {
        let rows = FACTS.iter().zip(&self.counts);
        rows.map(|(about, count)| format!("{count:>9}  {about}\n")).collect()
    }

    /// What never arose.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let rows = FACTS.iter().zip(&self.counts);
        rows.filter(|(_, count)| **count == 0).map(|(about, _)| *about).collect()
    }
}
