//! The functions among the props, by the number of the settings that they belong to.

use std::rc::Rc;

use crate::{
    browser::{host_callback::HostCallback, string_source::StringSource},
    core::{
        config::Config,
        ids::{Ids, SettingsId},
        login_key::TokenSource,
        settings::Settings,
        strings::Strings,
    },
};

/// What a component or registration was given as a text or a function.
#[derive(Clone, Default, PartialEq)]
pub struct Sources {
    pub authtoken: StringSource,
    pub puid: StringSource,
    pub onsessionstart: HostCallback,
    pub onsessionend: HostCallback,
}

#[derive(Default)]
pub(super) struct KnownSettings {
    ids: Ids,
    known: Vec<(Rc<Settings>, Sources)>,
}

impl KnownSettings {
    /// The settings of these props: the same ones for the same props.
    pub(super) fn intern(
        &mut self,
        config: Config,
        strings: &Strings,
        sources: Sources,
    ) -> Rc<Settings> {
        // A plugin may give other functions with every rendering: what nobody holds any more goes.
        self.known.retain(|(settings, _)| Rc::strong_count(settings) > 1);
        let same = |known: &&(Rc<Settings>, Sources)| {
            known.1 == sources && known.0.config == config && known.0.strings == *strings
        };
        if let Some((settings, _)) = self.known.iter().find(same) {
            return settings.clone();
        }
        let token = match sources.authtoken.literal() {
            Some(_) => TokenSource::Literal,
            None => TokenSource::Current,
        };
        let settings =
            Rc::new(Settings { id: self.ids.issue(), config, strings: strings.clone(), token });
        self.known.push((settings.clone(), sources));
        settings
    }

    pub(super) fn find(&self, id: SettingsId) -> Option<(Rc<Settings>, Sources)> {
        self.known.iter().find(|(settings, _)| settings.id == id).cloned()
    }
}
