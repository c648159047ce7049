//! Validates the props and turns them into a `Config`.

use std::{borrow::Cow, rc::Rc};

use crate::core::{
    environment::Environment,
    group_id::GroupId,
    open_target::OpenTarget,
    origin,
    policy::{Given, Policy},
    prop::Prop,
    props,
    strings::Text,
    video::Video,
};

/// What the viewer's frame may do: everything but navigate Flex (`allow-top-navigation…`).
///
/// What Glance's viewer needs is not documented; the `viewersandbox` prop replaces the list, or takes it
/// away.
pub const VIEWER_SANDBOX: &str = "allow-downloads allow-forms allow-modals allow-orientation-lock \
    allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation \
    allow-same-origin allow-scripts allow-storage-access-by-user-activation";

/// After how many hours a session that only its task tells of counts as over, if nobody says otherwise.
pub const SESSION_MAX_AGE_H: f64 = 4.0;

/// The props as the host gave them, in the vendor's spelling.
///
/// Source: Twilio's Glance page (table and examples; `visitorid` is on its current version). What
/// follows `visitorid` is ours.
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
    pub visitorid: Prop,
    pub notifications: Prop,
    pub immediatetab: Prop,
    pub video: Prop,
    /// The fields of a `video` prop that is an object.
    pub own_video: Video,
    pub viewersandbox: Prop,
    pub onsessionstart: Prop,
    pub onsessionend: Prop,
    pub sessionfacts: Prop,
    pub sessionmaxage: Prop,
    pub inviteurl: Prop,
    pub invitetext: Prop,
    pub policy: Rc<Given>,
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
    /// Origins of the other servers; nothing leaves Glance's script to its own default.
    pub cdn: String,
    pub presence_server: Option<String>,
    pub authorization: String,
    pub presence: bool,
    pub notifications: bool,
    /// Whether a `tab` opens inside the click, though the visitor has not accepted yet.
    pub immediate_tab: bool,
    pub video: Video,
    /// The `sandbox` of the viewer's frame; `None` for a frame without one.
    pub sandbox: Option<String>,
    /// Whether what becomes of a session stands on its task.
    pub session_facts: bool,
    /// After how long a session that only the task tells of counts as over.
    pub session_max_age_ms: f64,
    /// The page of the site that an invitation by link leads to; without it there are none.
    pub invite_url: Option<String>,
    /// What goes with the link.
    pub invite_text: Option<String>,
    /// Who sees the component.
    pub policy: Policy,
    pub debug: bool,
}

/// A prop that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Its name, or the path of the member that is wrong.
    pub prop: Cow<'static, str>,
    /// What an administrator sets it by.
    pub setting: Cow<'static, str>,
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
        check(&mut errors, group_id.is_some(), props::GROUPID.rule(), &raw.groupid);

        let auth_url = raw.authurl.text().filter(|url| origin::is_acceptable(url));
        check(&mut errors, auth_url.is_some(), props::AUTHURL.rule(), &raw.authurl);

        let has_token = raw.authtoken.is_missing() || supplies_text(&raw.authtoken);
        check(&mut errors, has_token, props::AUTHTOKEN.rule(), &raw.authtoken);

        let (prop, location) = match raw.openlocation.is_missing() {
            true => (props::OPENTYPE.rule(), &raw.opentype),
            false => (props::OPENLOCATION.rule(), &raw.openlocation),
        };
        let target = OpenTarget::parse(location);
        check(&mut errors, target.is_some(), prop, location);

        let presence = flag(&raw.presence);
        check(&mut errors, presence.is_some(), props::PRESENCE.rule(), &raw.presence);

        let environment = raw.glancebaseurl.text().and_then(Environment::parse);
        check(&mut errors, environment.is_some(), props::GLANCEBASEURL.rule(), &raw.glancebaseurl);

        check(&mut errors, supplies_text(&raw.puid), props::PUID.rule(), &raw.puid);

        let debug = flag(&raw.debugmode);
        check(&mut errors, debug.is_some(), props::DEBUGMODE.rule(), &raw.debugmode);

        let has_visitor = raw.visitorid.is_missing() || supplies_text(&raw.visitorid);
        check(&mut errors, has_visitor, props::VISITORID.rule(), &raw.visitorid);

        let notifications = flag_or(&raw.notifications, true);
        check(
            &mut errors,
            notifications.is_some(),
            props::NOTIFICATIONS.rule(),
            &raw.notifications,
        );

        let immediate_tab = flag(&raw.immediatetab);
        check(&mut errors, immediate_tab.is_some(), props::IMMEDIATETAB.rule(), &raw.immediatetab);

        let video = Video::parse(&raw.video, &raw.own_video);
        check(&mut errors, video.is_some(), props::VIDEO.rule(), &raw.video);

        let sandbox = sandbox(&raw.viewersandbox);
        check(&mut errors, sandbox.is_some(), props::VIEWERSANDBOX.rule(), &raw.viewersandbox);

        let is_handler = |prop: &Prop| matches!(prop, Prop::Missing | Prop::Function);
        let (start, end) = (&raw.onsessionstart, &raw.onsessionend);
        check(&mut errors, is_handler(start), props::ONSESSIONSTART.rule(), start);
        check(&mut errors, is_handler(end), props::ONSESSIONEND.rule(), end);

        let session_facts = flag_or(&raw.sessionfacts, true);
        check(&mut errors, session_facts.is_some(), props::SESSIONFACTS.rule(), &raw.sessionfacts);
        let max_age_h = hours(&raw.sessionmaxage);
        check(&mut errors, max_age_h.is_some(), props::SESSIONMAXAGE.rule(), &raw.sessionmaxage);

        let invite_url = &raw.inviteurl;
        let is_page =
            invite_url.is_missing() || invite_url.text().is_some_and(origin::is_acceptable);
        check(&mut errors, is_page, props::INVITEURL.rule(), invite_url);
        let invite_text = &raw.invitetext;
        let is_text = invite_text.is_missing() || invite_text.text().is_some();
        check(&mut errors, is_text, props::INVITETEXT.rule(), invite_text);

        let policy = Policy::parse(&raw.policy).unwrap_or_else(|wrong| {
            errors.extend(wrong.into_iter().map(|error| ConfigError {
                prop: error.member.clone().into(),
                setting: error.member.into(),
                given: error.given,
                expected: error.expected,
            }));
            Policy::default()
        });
        raw.hosts.check(&mut errors);
        if let Some(given) = raw.strings {
            push(&mut errors, props::STRINGS.rule(), given);
        }
        let (
            Some(group_id),
            Some(auth_url),
            Some(target),
            Some(environment),
            Some(video),
            Some(sandbox),
        ) = (group_id, auth_url, target, environment, video, sandbox.filter(|_| errors.is_empty()))
        else {
            return Err(errors);
        };
        let host = |given: &Prop| given.text().and_then(origin::parse);
        let web = host(&raw.hosts.web).unwrap_or_else(|| environment.web().to_owned());
        Ok(Self {
            group_id,
            auth_url: auth_url.to_owned(),
            target,
            cdn: host(&raw.hosts.cdn).unwrap_or_else(|| environment.cdn().to_owned()),
            presence_server: host(&raw.hosts.presence)
                .or_else(|| environment.presence().map(str::to_owned)),
            authorization: host(&raw.hosts.authorization).unwrap_or_else(|| web.clone()),
            web,
            presence: presence == Some(true),
            notifications: notifications == Some(true),
            immediate_tab: immediate_tab == Some(true),
            video,
            sandbox,
            session_facts: session_facts == Some(true),
            invite_url: invite_url.text().map(str::to_owned),
            invite_text: invite_text.text().map(str::to_owned),
            session_max_age_ms: max_age_h.unwrap_or(SESSION_MAX_AGE_H) * 3_600_000.0,
            policy,
            debug: debug == Some(true),
        })
    }
}

impl Hosts {
    /// Wrong hosts go to `errors`.
    fn check(&self, errors: &mut Vec<ConfigError>) {
        if let Some(given) = self.wrong {
            push(errors, props::HOSTS.rule(), given);
        }
        let hosts = [
            ("hosts.web", "host_web", &self.web),
            ("hosts.cdn", "host_cdn", &self.cdn),
            ("hosts.presence", "host_presence", &self.presence),
            ("hosts.authorization", "host_authorization", &self.authorization),
        ];
        for (prop, setting, host) in hosts {
            if !host.is_missing() && host.text().and_then(origin::parse).is_none() {
                let given = host.type_name();
                let (prop, setting, expected) = (prop.into(), setting.into(), Text::ExpectedHost);
                errors.push(ConfigError { prop, setting, given, expected });
            }
        }
    }
}

/// Notes the prop as missing or wrong unless it is fine.
fn check(errors: &mut Vec<ConfigError>, fine: bool, prop: props::Rule, given: &Prop) {
    if !fine {
        push(errors, prop, if given.is_missing() { "missing" } else { given.type_name() });
    }
}

fn push(errors: &mut Vec<ConfigError>, prop: props::Rule, given: &'static str) {
    let props::Rule { name, setting, expected } = prop;
    let (prop, setting) = (name.into(), setting.into());
    errors.extend(expected.map(|expected| ConfigError { prop, setting, given, expected }));
}

/// Whether the prop is a text or will give one.
fn supplies_text(prop: &Prop) -> bool {
    prop.text().is_some() || *prop == Prop::Function
}

/// A switch that is off when left out.
fn flag(prop: &Prop) -> Option<bool> {
    flag_or(prop, false)
}

/// The tokens of a `sandbox` attribute; none at all for `false` or `none`. `None` for anything else.
fn sandbox(prop: &Prop) -> Option<Option<String>> {
    match prop {
        Prop::Bool(false) => Some(None),
        prop if prop.is_missing() => Some(Some(VIEWER_SANDBOX.to_owned())),
        Prop::Text(text) if text.trim().eq_ignore_ascii_case("none") => Some(None),
        Prop::Text(text) => {
            let is_token = |token: &str| {
                token.strip_prefix("allow-").is_some_and(|rest| !rest.is_empty())
                    && token.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            };
            let tokens: Vec<&str> = text.split_whitespace().collect();
            tokens.iter().all(|token| is_token(token)).then(|| Some(tokens.join(" ")))
        }
        _ => None,
    }
}

/// A positive number of hours; `SESSION_MAX_AGE_H` if left out.
fn hours(prop: &Prop) -> Option<f64> {
    let given = match prop {
        prop if prop.is_missing() => Some(SESSION_MAX_AGE_H),
        Prop::Number(hours) => Some(*hours),
        // Whole hours: reading fractions would weigh as much as all of the policy.
        Prop::Text(text) => text.trim().parse::<u32>().ok().map(f64::from),
        _ => None,
    };
    given.filter(|hours| hours.is_finite() && *hours > 0.0)
}

fn flag_or(prop: &Prop, left_out: bool) -> Option<bool> {
    match prop {
        Prop::Bool(value) => Some(*value),
        prop if prop.is_missing() => Some(left_out),
        Prop::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}
