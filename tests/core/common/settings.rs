//! Valid props, for the tests that need them.

use std::rc::Rc;

use flex_glance::core::{
    config::Config, ids::SettingsId, login_key::TokenSource, settings::Settings, strings::Strings,
};

use crate::common::props;

/// The least props, with presence on.
pub(crate) fn settings() -> Rc<Settings> {
    settings_with(|_| {})
}

/// The same with something about them changed.
pub(crate) fn settings_with(change: impl FnOnce(&mut Settings)) -> Rc<Settings> {
    let mut settings = Settings {
        id: SettingsId(1),
        config: Config { presence: true, ..Config::parse(&props()).unwrap() },
        strings: Strings::default(),
        token: TokenSource::Current,
    };
    change(&mut settings);
    settings.into()
}
