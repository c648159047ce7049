//! What a component is told that was registered by Flex's configuration.

use crate::core::strings::Text;

/// Who reads, and what of the configuration does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configured {
    /// Whether they administer Flex. Others cannot change a setting, and are not told which one is wrong.
    pub is_administrator: bool,
    pub problems: Vec<Problem>,
}

/// A member of the configuration that does not count. Its value is not here: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Says why, with `{name}`.
    pub why: Text,
    pub name: String,
}

impl Problem {
    /// * `kind`: as `src/js/configuration.js` names it.
    pub fn new(kind: &str, name: String) -> Self {
        let why = match kind {
            "secret" => Text::SettingSecret,
            "worker" => Text::SettingWorker,
            "value" => Text::SettingValue,
            _ => Text::SettingUnknown,
        };
        Self { why, name }
    }
}
