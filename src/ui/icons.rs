//! The icons: 16 × 16, drawn in the colour of the text, without meaning of their own.

use yew::{Html, html};

use crate::ui::{action::Action, description::Seen};

/// Two people's view of one page.
pub(super) const COBROWSE: &str = "M2 2.5h12v8H2zM5.5 13.5h5M7.2 4.6l4 2-1.8.6-.7 1.7z";

pub(super) const KEY: &str = "M6 6.5a2.5 2.5 0 1 0 0 3h4v2h2v-2h2v-3zM4 8h.01";

/// The path of a button's icon that shows no words.
pub(super) fn of(action: Action) -> &'static str {
    match action {
        Action::OpenInTab | Action::OpenAgain => "M7 3H3v10h10V9M9.5 3H13v3.5M13 3 7.5 8.5",
        Action::Invite => "M14 2 2 7l4.5 2.5L9 14zM14 2 6.5 9.5",
        Action::Copy => "M6 6h7.5v7.5H6zM10 3.5V2.5H2.5V10h1",
        Action::RetryPresence => "M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3",
        _ => "M4 4l8 8M12 4l-8 8",
    }
}

/// The path for what presence knows: a person, an empty place, dots, a question.
pub(super) fn of_seen(seen: Seen) -> &'static str {
    match seen {
        Seen::Online => "M8 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 14c0-3 2.5-4 5-4s5 1 5 4z",
        Seen::Offline => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM5 8h6",
        Seen::Checking => "M3.5 8h.01M8 8h.01M12.5 8h.01",
        Seen::Unknown => "M6 6a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1V10M8 12.5h.01",
    }
}

/// One icon from its path.
pub(super) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg>
    }
}
