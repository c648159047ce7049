//! From a description to HTML.

use yew::prelude::*;

use crate::{
    core::{
        elapsed,
        strings::{Strings, Text},
        theme::Theme,
    },
    ui::{
        Slot,
        action::Action,
        description::{Description, Main, Message, Tone},
        icons,
    },
};

/// What a view is made of.
///
/// What changes is in attributes, not in class lists: Yew's `Classes` weigh more than all of this.
pub(super) struct View<'a> {
    pub(super) description: &'a Description,
    pub(super) strings: &'a Strings,
    pub(super) theme: &'a Theme,
    pub(super) slot: Slot,
    /// Whether it announces what it shows.
    pub(super) speaks: bool,
    pub(super) now_ms: f64,
    /// Tells this instance's ids from those of others.
    pub(super) id: u32,
    /// Why the typed key was refused.
    pub(super) key_error: Option<&'a str>,
    pub(super) root: &'a NodeRef,
    pub(super) main: &'a NodeRef,
    pub(super) form: &'a NodeRef,
    pub(super) bubble: &'a NodeRef,
}

impl View<'_> {
    pub(super) fn render(&self) -> Html {
        let (label, slot) = match self.slot {
            Slot::Header => (Text::Region, "header"),
            Slot::Panel | Slot::Host => (Text::RegionPanel, "panel"),
        };
        let scheme = if self.theme.is_dark { "dark" } else { "light" };
        html! {
            <section
                ref={self.root.clone()}
                class="glance"
                data-slot={slot}
                data-scheme={scheme}
                data-tone={tone(self.description.tone)}
                style={self.theme.declarations().to_owned()}
                aria-label={self.text(label)}
            >
                <div class="row">
                    { self.main_button() }
                    // Apart, so that the main button stays the same element and keeps the focus.
                    <div class="row sides">
                        { for self.side_buttons() }
                        { self.key_button() }
                    </div>
                </div>
                <div class="row">
                    { self.seen() }
                    <p
                        class="status"
                        role="status"
                        aria-live={(!self.speaks).then_some("off")}
                        title={self.description.status.clone()}
                    >
                        { self.description.status.clone().unwrap_or_default() }
                    </p>
                    { self.timer() }
                </div>
                { self.message() }
                { self.key_form() }
            </section>
        }
    }

    fn text(&self, text: Text) -> AttrValue {
        self.strings.text(text).to_owned().into()
    }

    fn main_button(&self) -> Html {
        let cobrowse = self.strings.text(Text::Cobrowse);
        let (action, says) = match self.description.main {
            Main::Act(Action::BringToFront) => {
                (Some(Action::BringToFront), Some(Text::BringToFront))
            }
            Main::Act(action) if self.description.tone == Tone::Error => {
                (Some(action), Some(Text::TryAgain))
            }
            Main::Act(action) => (Some(action), None),
            Main::AskKey => (None, Some(Text::HaveKey)),
            Main::Idle { .. } => (None, None),
        };
        let label = says.map(|text| format!("{cobrowse}: {}", self.strings.text(text)));
        Button {
            node: self.main.clone(),
            class: "main",
            action,
            text: self.text(Text::Cobrowse),
            label: label.map(AttrValue::from),
            form: (self.description.main == Main::AskKey).then(|| self.form_id()),
            icon: Some(icons::cobrowse()),
            idle: matches!(self.description.main, Main::Idle { .. }),
            busy: self.description.main == Main::Idle { busy: true },
            ..Button::default()
        }
        .render()
    }

    /// Buttons of an icon in the header, of words where there is room. The header has none for a way
    /// that the panel's bar offers as well.
    fn side_buttons(&self) -> impl Iterator<Item = Html> {
        let buttons = self.description.buttons.iter().copied();
        buttons.filter(|(action, _)| self.slot != Slot::Header || *action != Action::OpenInTab).map(
            |(action, text)| {
                let button = self.button("side", action, text);
                Button { icon: Some(icons::of(action)), ..button }.render()
            },
        )
    }

    fn key_button(&self) -> Html {
        if !self.description.takes_key {
            return html! {};
        }
        Button {
            class: "side",
            text: self.text(Text::HaveKey),
            form: Some(self.form_id()),
            icon: Some(icons::key()),
            ..Button::default()
        }
        .render()
    }

    fn button(&self, class: &'static str, action: Action, text: Text) -> Button {
        Button { class, action: Some(action), text: self.text(text), ..Button::default() }
    }

    /// The words beside the icon say the same.
    fn seen(&self) -> Html {
        match self.description.seen {
            Some(seen) => icons::of_seen(seen),
            None => html! {},
        }
    }

    fn timer(&self) -> Html {
        match self.description.timer {
            Some((since_ms, name)) => html! {
                <span class="timer" role="timer" aria-label={self.text(name)}>
                    { elapsed::format(since_ms, self.now_ms) }
                </span>
            },
            None => html! {},
        }
    }

    fn message(&self) -> Html {
        let Some(message) = &self.description.message else { return html! {} };
        // In the header there is no room for sentences: they float below it.
        let popover = (self.slot == Slot::Header).then_some("manual");
        html! {
            <div
                key="message"
                ref={self.bubble.clone()}
                class="message"
                popover={popover}
                role={if self.speaks { "alert" } else { "group" }}
            >
                { for message.lines.iter().map(|line| html! { <p>{ line.clone() }</p> }) }
                <div class="ways">
                    { self.link(message) }
                    { for message.buttons.iter().map(|(action, text)| self.button("way", *action, *text).render()) }
                </div>
            </div>
        }
    }

    fn link(&self, message: &Message) -> Html {
        match &message.link {
            Some(url) => html! {
                <a
                    href={url.clone()}
                    target="_blank"
                    rel="noopener noreferrer"
                    data-action={Action::FollowLink.name()}
                >
                    { self.text(Text::OpenViewer) }
                </a>
            },
            None => html! {},
        }
    }

    fn key_form(&self) -> Html {
        let hint = match (self.key_error, &self.description.key_reason) {
            (Some(error), _) => error.to_owned(),
            (None, Some(reason)) => reason.clone(),
            (None, None) => self.strings.text(Text::KeyHint).to_owned(),
        };
        let (field, hint_id) =
            (format!("glance-field-{}", self.id), format!("glance-hint-{}", self.id));
        html! {
            <form
                key="form"
                ref={self.form.clone()}
                id={self.form_id()}
                popover="auto"
                novalidate=true
                aria-label={self.text(Text::HaveKey)}
            >
                <label for={field.clone()}>{ self.text(Text::KeyLabel) }</label>
                <div class="ways">
                    <input
                        id={field}
                        name="key"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        aria-describedby={hint_id.clone()}
                        aria-invalid={self.key_error.map(|_| "true")}
                    />
                    { self.join_button() }
                </div>
                <p
                    id={hint_id}
                    class="hint"
                    role={self.key_error.map(|_| "alert")}
                >
                    { hint }
                </p>
            </form>
        }
    }

    fn join_button(&self) -> Html {
        let text = self.text(Text::Join);
        Button { class: "way strong", submits: true, text, ..Button::default() }.render()
    }

    fn form_id(&self) -> AttrValue {
        format!("glance-form-{}", self.id).into()
    }
}

/// A button. One function for all of them: each `html!` weighs.
#[derive(Default)]
struct Button {
    node: NodeRef,
    class: &'static str,
    action: Option<Action>,
    submits: bool,
    text: AttrValue,
    /// The accessible name, where the text is not enough.
    label: Option<AttrValue>,
    /// The form that it opens.
    form: Option<AttrValue>,
    icon: Option<Html>,
    idle: bool,
    busy: bool,
}

impl Button {
    fn render(self) -> Html {
        let name = self.action.map(Action::name);
        // The main button stays the same element, whatever it does, and keeps the focus.
        let key = name.filter(|_| self.class != "main").unwrap_or(self.class);
        let title = (self.class == "side").then(|| self.text.clone());
        html! {
            <button
                {key}
                ref={self.node}
                type={if self.submits { "submit" } else { "button" }}
                class={self.class}
                aria-busy={self.busy.then_some("true")}
                data-action={name}
                aria-label={self.label}
                aria-disabled={self.idle.then_some("true")}
                popovertarget={self.form}
                {title}
            >
                { self.icon.unwrap_or_default() }
                <span class="label">{ self.text }</span>
            </button>
        }
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Busy => "busy",
        Tone::Here => "here",
        Tone::Open => "open",
        Tone::Warning => "warning",
        Tone::Error => "error",
    }
}
