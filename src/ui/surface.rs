//! What header and panel have in common: a row of buttons, a row of news, the message, the form for a
//! key.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    core::{
        desk::Slot,
        ids::TaskSid,
        session_key::SessionKey,
        strings::{Strings, Text},
        theme::Theme,
    },
    ui::{
        action::Action,
        button::{Button, Look},
        description::{Buttons, Description, Main, Tone, say},
        icons,
        key_form::{KeyForm, form_id},
        message::Message,
        timer::Timer,
        typing,
    },
};

#[derive(PartialEq, Properties)]
pub(super) struct SurfaceProperties {
    pub(super) description: Description,
    pub(super) strings: Rc<Strings>,
    pub(super) theme: Theme,
    /// The task that it shows.
    pub(super) task: Option<TaskSid>,
    /// Whether it announces what it shows.
    pub(super) speaks: bool,
    /// Tells its ids from those of other components.
    pub(super) id: u32,
    /// The main button, which takes the focus of those that go.
    pub(super) main: NodeRef,
    pub(super) onact: Callback<Action>,
    pub(super) onlink: Callback<MouseEvent>,
    /// A button that opens the form for a key was clicked, and the browser is about to open it.
    pub(super) onform: Callback<MouseEvent>,
    pub(super) onjoin: Callback<SessionKey>,
    /// The form for a key was closed with the focus in it.
    pub(super) onclose: Callback<()>,
}

impl SurfaceProperties {
    pub(super) fn render(&self, slot: Slot, label: Text) -> Html {
        let (description, strings) = (&self.description, &self.strings);
        let is_header = slot == Slot::Header;
        // The sides are apart, so that the main button stays the same element and keeps the focus.
        html! {
            <section
                class="glance"
                data-slot={if is_header { "header" } else { "panel" }}
                data-scheme={if self.theme.is_dark { "dark" } else { "light" }}
                data-tone={tone(description.tone)}
                style={self.theme.declarations().to_owned()}
                aria-label={say(strings, label)}
                onkeydown={typing::keep}
                onkeypress={typing::keep}
            >
                <div class="row">
                    { self.main_button() }
                    <div class="row sides">{ self.side_buttons(is_header) }</div>
                </div>
                <div class="row">{ self.news() }</div>
                if let Some(message) = &description.message {
                    <Message
                        message={message.clone()}
                        strings={strings}
                        floats={is_header}
                        speaks={self.speaks}
                        onact={&self.onact}
                        onlink={&self.onlink}
                    />
                }
                <KeyForm
                    task={self.task.clone()}
                    id={self.id}
                    strings={strings}
                    reason={description.key_reason.clone()}
                    onjoin={&self.onjoin}
                    onclose={&self.onclose}
                />
            </section>
        }
    }

    fn main_button(&self) -> Html {
        let main = self.description.main;
        let (action, says) = match main {
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
        let text = say(&self.strings, Text::Cobrowse);
        let name = says.map(|says| format!("{text}: {}", self.strings.text(says)));
        html! {
            <Button
                look={Look::Main}
                {text}
                name={name.map(AttrValue::from)}
                {action}
                onact={&self.onact}
                onform={&self.onform}
                form={(main == Main::AskKey).then(|| form_id(self.id))}
                icon={icons::COBROWSE}
                idle={matches!(main, Main::Idle { .. })}
                busy={main == (Main::Idle { busy: true })}
                node={&self.main}
            />
        }
    }

    /// Buttons of an icon in the header, of words where there is room. The header has none for a way
    /// that the panel's bar offers as well.
    fn side_buttons(&self, is_header: bool) -> Html {
        let shown = |&&(action, _): &&(Action, Text)| !is_header || action != Action::OpenInTab;
        let invites: Buttons =
            if self.description.invites { &[(Action::Invite, Text::Invite)] } else { &[] };
        html! {
            <>
                { for self.description.buttons.iter().chain(invites).filter(shown).map(|&(action, text)| html! {
                    <Button
                        key={action as usize}
                        look={Look::Side}
                        text={say(&self.strings, text)}
                        {action}
                        onact={&self.onact}
                        icon={icons::of(action)}
                    />
                }) }
                if self.description.takes_key {
                    <Button
                        key="key"
                        look={Look::Side}
                        text={say(&self.strings, Text::HaveKey)}
                        onform={&self.onform}
                        form={form_id(self.id)}
                        icon={icons::KEY}
                    />
                }
            </>
        }
    }

    /// What is going on, in a few words, and for how long. The words say the same as the icon.
    fn news(&self) -> Html {
        let Description { seen, status, timer, .. } = &self.description;
        let status = status.as_ref().map(|words| words.say(&self.strings));
        html! {
            <>
                { for seen.map(|seen| icons::icon(icons::of_seen(seen))) }
                <p
                    class="status"
                    role="status"
                    aria-live={(!self.speaks).then_some("off")}
                    title={status.clone()}
                >
                    { status.unwrap_or_default() }
                </p>
                if let Some((since, name)) = *timer {
                    <Timer {since} name={say(&self.strings, name)} />
                }
            </>
        }
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
