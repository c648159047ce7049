//! What needs more than a few words, with ways on.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::{
    browser::{page, popover},
    core::strings::{Strings, Text},
    ui::{
        action::Action,
        button::Button,
        description::{self, Link, say},
    },
};

#[derive(PartialEq, Properties)]
pub(super) struct MessageProperties {
    pub(super) message: description::Message,
    pub(super) strings: Rc<Strings>,
    /// Whether it floats below its parent, where there is no room for sentences.
    pub(super) floats: bool,
    /// Whether it is announced.
    pub(super) speaks: bool,
    pub(super) onact: Callback<Action>,
    /// The link to a viewer that the browser blocked was clicked.
    pub(super) onlink: Callback<MouseEvent>,
}

#[component]
pub(super) fn Message(props: &MessageProperties) -> Html {
    let node = use_node_ref();
    {
        let (node, floats) = (node.clone(), props.floats);
        // After every rendering: what it says decides where it has room.
        use_effect(move || {
            if let (true, Some(message)) = (floats, node.cast::<Element>())
                && let Some(anchor) = message.parent_element()
            {
                popover::show(&message, &anchor);
            }
        });
    }
    let strings = &props.strings;
    html! {
        <div
            ref={node}
            class="message"
            popover={props.floats.then_some("manual")}
            role={if props.speaks { "alert" } else { "group" }}
        >
            { for props.message.lines.iter().map(|line| html! { <p>{ line.say(strings) }</p> }) }
            { for props.message.copy.iter().map(|text| html! {
                <input
                    readonly=true
                    value={text.clone()}
                    aria-label={say(strings, Text::InviteLabel)}
                    onfocus={select}
                />
            }) }
            <div class="ways">
                { link(props) }
                { for props.message.buttons.iter().map(|&(action, text)| html! {
                    <Button {action} text={say(strings, text)} onact={&props.onact} />
                }) }
            </div>
            if props.message.link != Link::None && page::is_framed() {
                <p>{ say(strings, Text::BlockedInFrame) }</p>
            }
        </div>
    }
}

/// Whoever comes to a text that is to be copied can do so at once.
fn select(event: FocusEvent) {
    if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
        field.select();
    }
}

fn link(props: &MessageProperties) -> Html {
    let text = say(&props.strings, Text::OpenViewer);
    match &props.message.link {
        Link::None => Html::default(),
        Link::Address(url) => html! {
            <a href={url.clone()} target="_blank" rel="noopener noreferrer" onclick={&props.onlink}>
                { text }
            </a>
        },
        Link::Expired => html! {
            <Button action={Action::OpenBlocked} {text} onact={&props.onact} />
        },
    }
}
