//! A button.

use yew::prelude::*;

use crate::ui::{action::Action, icons};

/// How a button looks, as the stylesheet names it.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Look {
    /// The one that says "Cobrowse".
    Main,
    /// Beside the main one: an icon alone in the header.
    Side,
    /// A way on, below a message.
    #[default]
    Way,
    /// The way on that most take.
    Strong,
}

#[derive(PartialEq, Properties)]
pub(super) struct ButtonProperties {
    pub(super) text: AttrValue,
    #[prop_or_default]
    pub(super) look: Look,
    /// What it does. Without it the button opens a form, submits one or is idle.
    #[prop_or_default]
    pub(super) action: Option<Action>,
    #[prop_or_default]
    pub(super) onact: Callback<Action>,
    /// The id of the form that it opens.
    #[prop_or_default]
    pub(super) form: Option<AttrValue>,
    /// Hears of the click before the browser opens the form.
    #[prop_or_default]
    pub(super) onform: Callback<MouseEvent>,
    /// The accessible name, where the text is not enough.
    #[prop_or_default]
    pub(super) name: Option<AttrValue>,
    /// The path of its icon.
    #[prop_or_default]
    pub(super) icon: Option<&'static str>,
    #[prop_or_default]
    pub(super) submits: bool,
    /// It can do nothing now.
    #[prop_or_default]
    pub(super) idle: bool,
    /// It can do nothing yet.
    #[prop_or_default]
    pub(super) busy: bool,
    #[prop_or_default]
    pub(super) node: NodeRef,
}

#[component]
pub(super) fn Button(props: &ButtonProperties) -> Html {
    let look = match props.look {
        Look::Main => "main",
        Look::Side => "side",
        Look::Way => "way",
        Look::Strong => "strong",
    };
    let onclick = match props.action {
        Some(action) => props.onact.reform(move |_| action),
        None => props.onform.clone(),
    };
    html! {
        <button
            ref={props.node.clone()}
            type={if props.submits { "submit" } else { "button" }}
            data-look={look}
            {onclick}
            aria-label={props.name.clone()}
            aria-busy={props.busy.then_some("true")}
            aria-disabled={props.idle.then_some("true")}
            popovertarget={props.form.clone()}
            title={(props.look == Look::Side).then(|| props.text.clone())}
        >
            { for props.icon.map(icons::icon) }
            <span class="label">{ &props.text }</span>
        </button>
    }
}
