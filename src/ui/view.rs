//! From a description to HTML.

use yew::{AttrValue, Html, NodeRef};

use crate::{
    core::{
        desk::Slot,
        elapsed,
        strings::{Strings, Text},
        theme::Theme,
        time::Now,
    },
    ui::{
        action::Action,
        describe::{Description, Link, Main, Message, Tone, Words},
        element::{attributes, element, known_element, words},
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
    pub(super) now: Now,
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
        let look = attributes! {
            "class": "glance",
            "data-slot": slot,
            "data-scheme": if self.theme.is_dark { "dark" } else { "light" },
            "data-tone": tone(self.description.tone),
            "style": self.theme.declarations().to_owned(),
            "aria-label": self.text(label),
        };
        // The sides are apart, so that the main button stays the same element and keeps the focus.
        let sides = element("div", attributes! { "class": "row sides" }, self.side_buttons());
        let buttons = vec![self.main_button(), sides];
        let news = vec![self.seen(), self.status(), self.timer()];
        let children = vec![
            element("div", attributes! { "class": "row" }, buttons),
            element("div", attributes! { "class": "row" }, news),
            self.message(),
            self.key_form(),
        ];
        known_element(None, self.root, "section", look, children)
    }

    fn text(&self, text: Text) -> AttrValue {
        self.say(&text.into())
    }

    fn say(&self, words: &Words) -> AttrValue {
        words.in_language(self.strings).to_owned().into()
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
            label,
            form: (self.description.main == Main::AskKey).then(|| self.form_id()),
            icon: Some(icons::COBROWSE),
            idle: matches!(self.description.main, Main::Idle { .. }),
            busy: self.description.main == Main::Idle { busy: true },
            ..Button::default()
        }
        .render()
    }

    /// Buttons of an icon in the header, of words where there is room. The header has none for a way
    /// that the panel's bar offers as well.
    fn side_buttons(&self) -> Vec<Html> {
        let mut buttons = vec![];
        for (action, text) in self.description.buttons {
            if self.slot != Slot::Header || *action != Action::OpenInTab {
                buttons.push(self.button("side", *action, *text, Some(icons::of(*action))));
            }
        }
        if self.description.takes_key {
            let button = Button {
                class: "side",
                text: self.text(Text::HaveKey),
                form: Some(self.form_id()),
                icon: Some(icons::KEY),
                ..Button::default()
            };
            buttons.push(button.render());
        }
        buttons
    }

    fn button(
        &self,
        class: &'static str,
        action: Action,
        text: Text,
        icon: Option<&'static str>,
    ) -> Html {
        let text = self.text(text);
        Button { class, action: Some(action), text, icon, ..Button::default() }.render()
    }

    /// The words beside the icon say the same.
    fn seen(&self) -> Html {
        match self.description.seen {
            Some(seen) => icons::icon(icons::of_seen(seen)),
            None => Html::default(),
        }
    }

    fn status(&self) -> Html {
        let status = self.description.status.as_ref().map(|words| self.say(words));
        let look = attributes! {
            "class": "status",
            "role": "status",
            "aria-live": (!self.speaks).then_some("off"),
            "title": status.clone(),
        };
        element("p", look, vec![words(status.unwrap_or_default())])
    }

    fn timer(&self) -> Html {
        let Some((since, name)) = self.description.timer else { return Html::default() };
        let look = attributes! {
            "class": "timer",
            "role": "timer",
            "aria-label": self.text(name),
        };
        element("span", look, vec![words(elapsed::format(since.elapsed_ms(self.now)))])
    }

    fn message(&self) -> Html {
        let Some(message) = &self.description.message else { return Html::default() };
        let look = attributes! {
            "class": "message",
            // In the header there is no room for sentences: they float below it.
            "popover": (self.slot == Slot::Header).then_some("manual"),
            "role": if self.speaks { "alert" } else { "group" },
        };
        let mut children: Vec<Html> = vec![];
        for line in &message.lines {
            children.push(element("p", attributes! {}, vec![words(self.say(line))]));
        }
        let mut ways = vec![self.link(message)];
        for (action, text) in message.buttons {
            ways.push(self.button("way", *action, *text, None));
        }
        children.push(element("div", attributes! { "class": "ways" }, ways));
        known_element(None, self.bubble, "div", look, children)
    }

    fn link(&self, message: &Message) -> Html {
        match &message.link {
            Link::None => Html::default(),
            Link::Address(url) => {
                let look = attributes! {
                    "href": url.clone(),
                    "target": "_blank",
                    "rel": "noopener noreferrer",
                    "data-action": Action::OpenBlocked.name(),
                };
                element("a", look, vec![words(self.text(Text::OpenViewer))])
            }
            Link::Expired => self.button("way", Action::OpenBlocked, Text::OpenViewer, None),
        }
    }

    fn key_form(&self) -> Html {
        let hint = match (self.key_error, &self.description.key_reason) {
            (Some(error), _) => error.to_owned(),
            (None, Some(reason)) => reason.clone(),
            (None, None) => self.strings.text(Text::KeyHint).to_owned(),
        };
        let (field, hint_id) = (self.id_of("field"), self.id_of("hint"));
        let look = attributes! {
            "id": self.form_id(),
            "popover": "auto",
            "novalidate": "",
            "aria-label": self.text(Text::HaveKey),
        };
        let label = attributes! { "for": field.clone() };
        let input = attributes! {
            "id": field,
            "name": "key",
            "autocomplete": "off",
            "autocapitalize": "off",
            "spellcheck": "false",
            "aria-describedby": hint_id.clone(),
            "aria-invalid": self.key_error.map(|_| "true"),
        };
        let explained = attributes! {
            "id": hint_id,
            "class": "hint",
            "role": self.key_error.map(|_| "alert"),
        };
        let join = Button {
            class: "way strong",
            submits: true,
            text: self.text(Text::Join),
            ..Button::default()
        };
        let ways = vec![element("input", input, vec![]), join.render()];
        let children = vec![
            element("label", label, vec![words(self.text(Text::KeyLabel))]),
            element("div", attributes! { "class": "ways" }, ways),
            element("p", explained, vec![words(hint)]),
        ];
        known_element(None, self.form, "form", look, children)
    }

    fn form_id(&self) -> String {
        self.id_of("form")
    }

    fn id_of(&self, part: &str) -> String {
        format!("glance-{part}-{}", self.id)
    }
}

/// A button.
#[derive(Default)]
struct Button {
    node: NodeRef,
    class: &'static str,
    action: Option<Action>,
    submits: bool,
    text: AttrValue,
    /// The accessible name, where the text is not enough.
    label: Option<String>,
    /// The form that it opens.
    form: Option<String>,
    /// The path of its icon.
    icon: Option<&'static str>,
    idle: bool,
    busy: bool,
}

impl Button {
    fn render(self) -> Html {
        let name = self.action.map(Action::name);
        // The main button stays the same element, whatever it does, and keeps the focus.
        let key = name.filter(|_| self.class != "main").unwrap_or(self.class);
        let look = attributes! {
            "type": if self.submits { "submit" } else { "button" },
            "class": self.class,
            "aria-busy": self.busy.then_some("true"),
            "data-action": name,
            "aria-label": self.label,
            "aria-disabled": self.idle.then_some("true"),
            "popovertarget": self.form,
            "title": (self.class == "side").then(|| self.text.clone()),
        };
        let label = element("span", attributes! { "class": "label" }, vec![words(self.text)]);
        let icon = self.icon.map_or_else(Html::default, icons::icon);
        known_element(Some(key), &self.node, "button", look, vec![icon, label])
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Busy => "busy",
        Tone::Online => "here",
        Tone::Open => "open",
        Tone::Warning => "warning",
        Tone::Error => "error",
    }
}
