//! The vendor's props, read once and then believed.

use crate::core::{
    environment::Environment, group_id::GroupId, origin, prop::Prop, session::OpenTarget,
    strings::Text,
};

/// The props as the host gave them, in the vendor's spelling.
///
/// Source: Twilio's Glance page (table and examples). `hosts` is ours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawProps {
    pub groupid: Prop,
    pub authurl: Prop,
    pub authtoken: Prop,
    pub openlocation: Prop,
    pub opentype: Prop,
    pub presence: Prop,
    pub glancebaseurl: Prop,
    pub puid: Prop,
    pub debugmode: Prop,
    pub hosts: Hosts,
    /// Whether the `strings` prop is something other than an object: the type it is of.
    pub strings: Option<&'static str>,
}

/// Hosts in place of the environment's, each a host name or an origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hosts {
    /// Serves the viewer; instead of, for example, `www.glance.net`.
    pub web: Prop,
    pub cdn: Prop,
    pub presence: Prop,
    pub authorization: Prop,
    /// Set if the host gave no object: the type it gave.
    pub wrong: Option<&'static str>,
}

/// Props that can be worked with.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub group_id: GroupId,
    /// Address of the login-key Function.
    pub auth_url: String,
    pub target: OpenTarget,
    /// Origin of Glance's web server.
    pub web: String,
    pub presence: bool,
    pub debug: bool,
}

/// A prop that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub prop: &'static str,
    /// The type that was given; never the value.
    pub given: &'static str,
    /// What is expected, as a text of the component.
    pub expected: Text,
}

impl Config {
    /// Reads every prop.
    ///
    /// # Errors
    /// Every prop that is missing or wrong, in the order of the vendor's table.
    pub fn parse(raw: &RawProps) -> Result<Self, Vec<ConfigError>> {
        let mut errors = Vec::new();
        let group_id = GroupId::parse(&raw.groupid);
        check(&mut errors, group_id.is_some(), "groupid", &raw.groupid, Text::ExpectedGroupid);

        let auth_url = raw.authurl.text().filter(|url| origin::is_acceptable(url));
        check(&mut errors, auth_url.is_some(), "authurl", &raw.authurl, Text::ExpectedAuthurl);

        let has_token = raw.authtoken.is_missing() || supplies_text(&raw.authtoken);
        check(&mut errors, has_token, "authtoken", &raw.authtoken, Text::ExpectedAuthtoken);

        let (name, location) = match raw.openlocation.is_missing() {
            true => ("opentype", &raw.opentype),
            false => ("openlocation", &raw.openlocation),
        };
        let target = OpenTarget::parse(location);
        check(&mut errors, target.is_some(), name, location, Text::ExpectedOpenlocation);

        let presence = flag(&raw.presence);
        check(&mut errors, presence.is_some(), "presence", &raw.presence, Text::ExpectedFlag);

        let environment = raw.glancebaseurl.text().and_then(Environment::parse);
        let given = &raw.glancebaseurl;
        check(
            &mut errors,
            environment.is_some(),
            "glancebaseurl",
            given,
            Text::ExpectedEnvironment,
        );

        check(&mut errors, supplies_text(&raw.puid), "puid", &raw.puid, Text::ExpectedPuid);

        let debug = flag(&raw.debugmode);
        check(&mut errors, debug.is_some(), "debugmode", &raw.debugmode, Text::ExpectedFlag);

        let web = raw.hosts.check(&mut errors);
        if let Some(given) = raw.strings {
            errors.push(ConfigError { prop: "strings", given, expected: Text::ExpectedStrings });
        }
        match (group_id, auth_url, target, environment, presence, debug) {
            (
                Some(group_id),
                Some(auth_url),
                Some(target),
                Some(environment),
                Some(presence),
                Some(debug),
            ) if errors.is_empty() => Ok(Self {
                group_id,
                auth_url: auth_url.to_owned(),
                target,
                web: web.unwrap_or_else(|| environment.web().to_owned()),
                presence,
                debug,
            }),
            _ => Err(errors),
        }
    }
}

impl Hosts {
    /// The origin of the web server, if one is given; wrong hosts go to `errors`.
    fn check(&self, errors: &mut Vec<ConfigError>) -> Option<String> {
        if let Some(given) = self.wrong {
            errors.push(ConfigError { prop: "hosts", given, expected: Text::ExpectedHosts });
        }
        let hosts = [
            ("hosts.web", &self.web),
            ("hosts.cdn", &self.cdn),
            ("hosts.presence", &self.presence),
            ("hosts.authorization", &self.authorization),
        ];
        for (name, host) in hosts {
            let fine = host.is_missing() || host.text().and_then(origin::parse).is_some();
            check(errors, fine, name, host, Text::ExpectedHost);
        }
        self.web.text().and_then(origin::parse)
    }
}

fn check(
    errors: &mut Vec<ConfigError>,
    fine: bool,
    prop: &'static str,
    given: &Prop,
    expected: Text,
) {
    if !fine {
        let given = if given.is_missing() { "missing" } else { given.type_name() };
        errors.push(ConfigError { prop, given, expected });
    }
}

/// Whether the prop is a text or will give one.
fn supplies_text(prop: &Prop) -> bool {
    prop.text().is_some() || *prop == Prop::Function
}

/// A switch that is off when left out.
fn flag(prop: &Prop) -> Option<bool> {
    match prop {
        Prop::Bool(value) => Some(*value),
        prop if prop.is_missing() => Some(false),
        Prop::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}
