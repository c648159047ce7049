//! Flex's theme.

use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::{
    browser::given::{self, Field},
    core::{
        prop::Prop,
        theme::{Theme, tokens},
    },
};

/// A theme that was read, kept since Flex passes the same object again and again.
#[derive(Clone, Default)]
pub(super) struct ReadTheme {
    given: JsValue,
    theme: Theme,
}

impl ReadTheme {
    pub(super) fn read(&mut self, value: &JsValue) -> Theme {
        if self.given != *value {
            *self = Self { given: value.clone(), theme: theme(value) };
        }
        self.theme.clone()
    }
}

#[derive(Default, Deserialize)]
struct GivenTheme {
    #[serde(rename = "isLight")]
    is_light: Field,
    /// Groups of tokens, of which `core::theme` knows the names.
    tokens: Field,
}

fn theme(value: &JsValue) -> Theme {
    let given: GivenTheme = given::read(value);
    let mut theme = Theme::new(given.is_light.prop() == Prop::Bool(false));
    let mut group = ("", Field::default());
    for (group_name, name, property) in tokens() {
        if group.0 != group_name {
            group = (group_name, given.tokens.field(group_name));
        }
        if let Some(token) = group.1.field(name).text() {
            theme.declare(property, &token);
        }
    }
    theme
}
