//! The form for a key that the customer reads out.

use std::rc::Rc;

use web_sys::{HtmlFormElement, HtmlInputElement};
use yew::prelude::*;

use crate::{
    browser::{focus, popover},
    core::{
        ids::TaskSid,
        session_key::{SessionKey, SessionKeyError},
        strings::{Strings, Text},
    },
    ui::{
        button::{Button, Look},
        describe::describe_key_error,
        description::say,
    },
};

#[derive(PartialEq, Properties)]
pub(super) struct KeyFormProperties {
    /// The task that the key is for. What was typed for one is of no use for another.
    pub(super) task: Option<TaskSid>,
    /// Tells its ids from those of other components.
    pub(super) id: u32,
    pub(super) strings: Rc<Strings>,
    /// Why a key has to be typed.
    pub(super) reason: Option<AttrValue>,
    pub(super) onjoin: Callback<SessionKey>,
    /// It was closed with the focus in it, which is nowhere now.
    pub(super) onclose: Callback<()>,
}

/// The id of the form, for the buttons that open it.
pub(super) fn form_id(id: u32) -> AttrValue {
    format!("glance-form-{id}").into()
}

/// Opened by a button that names its id.
#[component]
pub(super) fn KeyForm(props: &KeyFormProperties) -> Html {
    let error = use_state_eq(|| None::<SessionKeyError>);
    let field = use_node_ref();
    {
        let (error, field) = (error.clone(), field.clone());
        use_effect_with(props.task.clone(), move |_| {
            error.set(None);
            if let Some(form) = field.cast::<HtmlInputElement>().and_then(|field| field.form()) {
                popover::hide(&form);
                form.reset();
            }
        });
    }
    let onsubmit = {
        let (error, field, onjoin) = (error.clone(), field.clone(), props.onjoin.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(form) = event.target_dyn_into::<HtmlFormElement>() else { return };
            let Some(field) = field.cast::<HtmlInputElement>() else { return };
            match SessionKey::parse_typed(&field.value()) {
                Ok(key) => {
                    error.set(None);
                    popover::hide(&form);
                    form.reset();
                    onjoin.emit(key);
                }
                Err(why) => {
                    error.set(Some(why));
                    select(&field);
                }
            }
        })
    };
    let ontoggle = {
        let (field, onclose) = (field.clone(), props.onclose.clone());
        Callback::from(move |event: Event| {
            let Some(form) = event.target_dyn_into::<HtmlFormElement>() else { return };
            if !popover::is_opening(&event) {
                if focus::is_lost() || focus::is_within(&form) {
                    onclose.emit(());
                }
            } else if let Some(field) = field.cast::<HtmlInputElement>() {
                select(&field);
            }
        })
    };
    let (field_id, hint_id) =
        (format!("glance-field-{}", props.id), format!("glance-hint-{}", props.id));
    let strings = &props.strings;
    let hint: AttrValue = match (*error, &props.reason) {
        (Some(error), _) => describe_key_error(error, strings).into(),
        (None, Some(reason)) => reason.clone(),
        (None, None) => say(strings, Text::KeyHint),
    };
    html! {
        <form
            id={form_id(props.id)}
            popover="auto"
            novalidate=true
            aria-label={say(strings, Text::HaveKey)}
            {onsubmit}
            {ontoggle}
        >
            <label for={field_id.clone()}>{ say(strings, Text::KeyLabel) }</label>
            <div class="ways">
                <input
                    ref={field}
                    id={field_id}
                    name="key"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby={hint_id.clone()}
                    aria-invalid={error.map(|_| "true")}
                />
                <Button look={Look::Strong} submits=true text={say(strings, Text::Join)} />
            </div>
            <p id={hint_id} class="hint" role={error.map(|_| "alert")}>{ hint }</p>
        </form>
    }
}

/// Gives the focus to the field, with a refused key selected to be typed over. A form that is being
/// hidden takes no focus.
fn select(field: &HtmlInputElement) {
    let _ = field.focus();
    field.select();
}
