//! Time that runs.

use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::{
    browser::clock,
    core::{elapsed, time::Moment},
};

/// How often it is shown anew, in milliseconds.
const TICK_MS: u32 = 1_000;

#[derive(PartialEq, Properties)]
pub(super) struct TimerProperties {
    pub(super) since: Moment,
    /// What the time is.
    pub(super) name: AttrValue,
}

/// The time since a moment. A page that nobody sees is left alone.
#[component]
pub(super) fn Timer(props: &TimerProperties) -> Html {
    let update = use_force_update();
    use_effect_with((), move |()| {
        let tick = Interval::new(TICK_MS, move || {
            if !page_is_hidden() {
                update.force_update();
            }
        });
        move || drop(tick)
    });
    html! {
        <span class="timer" role="timer" aria-label={&props.name}>
            { elapsed::format(props.since.elapsed_ms(clock::now())) }
        </span>
    }
}

fn page_is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|page| page.hidden())
}
