//! Props of components and of the registration.

use std::rc::Rc;

use flex_glance::core::{
    config::{Config, RawProps},
    ids::SettingsId,
    login_key::TokenSource,
    policy::Given,
    prop::Prop,
    settings::Settings,
    strings::Strings,
};

use crate::{flex::DENIED, rng::Rng};

/// Denies the tasks that have `DENIED`.
fn policy() -> Given {
    let object = |members: Vec<(&str, Given)>| {
        Given::Object(members.into_iter().map(|(name, it)| (name.to_owned(), it)).collect())
    };
    let value = |value| Given::Value(value);
    let rule =
        object(vec![("path", value(Prop::from(DENIED))), ("equals", value(Prop::from(true)))]);
    object(vec![("attributes", object(vec![("not", Given::List(vec![rule]))]))])
}

/// Props that differ in what matters.
pub(crate) fn some_settings(
    rng: &mut Rng,
    has_presence: bool,
    has_policy: bool,
) -> Vec<Rc<Settings>> {
    let locations = ["flex", "tab", "window"];
    let mut all = vec![];
    for number in 0..4_u32 {
        let location = locations[rng.below(3)];
        let auth_url = match number == 3 && rng.chance(0.3) {
            true => "https://auth.example/another",
            false => "https://auth.example/getloginkey",
        };
        let presence = if rng.chance(0.06) { !has_presence } else { has_presence };
        let raw = RawProps {
            groupid: Prop::from(20541),
            authurl: Prop::from(auth_url),
            glancebaseurl: Prop::from("production"),
            puid: Prop::Function,
            openlocation: Prop::from(location),
            presence: Prop::from(presence),
            immediatetab: Prop::from(rng.chance(0.3)),
            inviteurl: Prop::from("https://shop.example/"),
            policy: if has_policy { policy().into() } else { Rc::default() },
            ..RawProps::default()
        };
        let Ok(config) = Config::parse(&raw) else { panic!("these props are valid") };
        let token = if rng.chance(0.2) { TokenSource::Literal } else { TokenSource::Current };
        let (id, strings) = (SettingsId(number + 1), Strings::new("en"));
        all.push(Rc::new(Settings { id, config, strings, token }));
    }
    all
}
