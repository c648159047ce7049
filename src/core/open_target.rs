//! Where a viewer opens.

use crate::core::{prop::Prop, strings::Text};

/// Why a viewer that belongs into the panel is in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPanel {
    /// Flex has no panel of ours.
    Missing,
    /// Another plugin hides or removed it.
    Taken,
    /// The page has no room for it.
    Narrow,
}

impl NoPanel {
    /// The reason of this name, as `name` writes it.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Missing, Self::Taken, Self::Narrow].into_iter().find(|it| it.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Taken => "taken",
            Self::Narrow => "narrow",
        }
    }

    pub fn text(self) -> Text {
        match self {
            Self::Missing => Text::WithoutPanel,
            Self::Taken => Text::PanelTaken,
            Self::Narrow => Text::PanelNarrow,
        }
    }
}

/// Where a viewer opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenTarget {
    /// A frame in Flex's second panel.
    Flex,
    Tab,
    Window,
}

impl OpenTarget {
    /// Reads `openlocation` or `opentype`; `Flex` when left out. `None` for anything unknown.
    pub fn parse(prop: &Prop) -> Option<Self> {
        if prop.is_missing() {
            return Some(Self::Flex);
        }
        match prop.text()?.to_ascii_lowercase().as_str() {
            "flex" => Some(Self::Flex),
            "tab" => Some(Self::Tab),
            "window" => Some(Self::Window),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Flex => "flex",
            Self::Tab => "tab",
            Self::Window => "window",
        }
    }

    /// Whether the viewer opens inside the agent's click, before the visitor has accepted.
    pub fn opens_in_click(self, immediate_tab: bool) -> bool {
        match self {
            Self::Flex => false,
            Self::Tab => immediate_tab,
            Self::Window => true,
        }
    }
}
