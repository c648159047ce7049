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
        let says = |text| Some(format!("{cobrowse}: {}", self.strings.text(text)));
        let (action, label, form, idle, busy) = match self.description.main {
            Main::Act(Action::BringToFront) => {
                (Some(Action::BringToFront), says(Text::BringToFront), None, false, false)
            }
            Main::Act(action) if self.description.tone == Tone::Error => {
                (Some(action), says(Text::TryAgain), None, false, false)
            }
            Main::Act(action) => (Some(action), None, None, false, false),
            Main::AskKey => (None, says(Text::HaveKey), Some(self.form_id()), false, false),
            Main::Idle { busy } => (None, None, None, true, busy),
        };
        html! {
            <button
                ref={self.main.clone()}
                type="button"
                class="main"
                aria-busy={busy.then_some("true")}
                data-action={action.map(Action::name)}
                aria-label={label}
                aria-disabled={idle.then_some("true")}
                popovertarget={form}
            >
                { icons::cobrowse() }
                <span class="label">{ cobrowse }</span>
            </button>
        }
    }

    /// The header has no room for a way that the panel's bar offers as well.
    fn side_buttons(&self) -> impl Iterator<Item = Html> {
        let buttons = self.description.buttons.iter().copied();
        buttons
            .filter(|(action, _)| self.slot != Slot::Header || *action != Action::OpenInTab)
            .map(|button| self.icon_button(button))
    }

    /// A button of an icon in the header, of words where there is room.
    fn icon_button(&self, (action, text): (Action, Text)) -> Html {
        html! {
            <button
                key={action.name()}
                type="button"
                class="side"
                data-action={action.name()}
                title={self.text(text)}
            >
                { icons::of(action) }
                <span class="label">{ self.text(text) }</span>
            </button>
        }
    }

    fn key_button(&self) -> Html {
        if !self.description.takes_key {
            return html! {};
        }
        html! {
            <button
                key="key"
                type="button"
                class="side"
                title={self.text(Text::HaveKey)}
                popovertarget={self.form_id()}
            >
                { icons::key() }
                <span class="label">{ self.text(Text::HaveKey) }</span>
            </button>
        }
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
                    { for message.buttons.iter().map(|button| self.way(*button)) }
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

    fn way(&self, (action, text): (Action, Text)) -> Html {
        html! {
            <button key={action.name()} type="button" class="way" data-action={action.name()}>
                { self.text(text) }
            </button>
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
                    <button type="submit" class="way strong">{ self.text(Text::Join) }</button>
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

    fn form_id(&self) -> AttrValue {
        format!("glance-form-{}", self.id).into()
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
