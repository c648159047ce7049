//! The icons: 16 × 16, drawn in the colour of the text, without meaning of their own.

use yew::prelude::*;

use crate::ui::action::Action;

/// One icon from its path.
fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg>
    }
}

/// Two people's view of one page.
pub(super) fn cobrowse() -> Html {
    icon("M2 2.5h12v8H2zM5.5 13.5h5M7.2 4.6l4 2-1.8.6-.7 1.7z")
}

pub(super) fn key() -> Html {
    icon("M6 6.5a2.5 2.5 0 1 0 0 3h4v2h2v-2h2v-3zM4 8h.01")
}

/// The icon of a button that shows no words.
pub(super) fn of(action: Action) -> Html {
    match action {
        Action::OpenInTab => icon("M7 3H3v10h10V9M9.5 3H13v3.5M13 3 7.5 8.5"),
        _ => icon("M4 4l8 8M12 4l-8 8"),
    }
}
