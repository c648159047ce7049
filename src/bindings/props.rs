//! The props as JavaScript passes them on, with what Flex and `src/js` add.

use std::rc::Rc;

use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::JsCast;

use crate::{
    bindings::{task::GivenTask, tree::tree},
    browser::{given::Field, host_callback::HostCallback, string_source::StringSource},
    core::{
        config::Hosts,
        configured::{Configured, Problem},
        desk::Slot,
        prop::Prop,
        strings::{Strings, Text},
        theme::Theme,
        video::Video,
    },
    runtime::{App, AppHandle},
    ui::TwilioFlexGlanceProperties,
};

#[derive(Default, Deserialize)]
pub(super) struct GivenProps {
    groupid: Field,
    authurl: Field,
    authtoken: Field,
    openlocation: Field,
    opentype: Field,
    presence: Field,
    glancebaseurl: Field,
    puid: Field,
    debugmode: Field,
    visitorid: Field,
    notifications: Field,
    immediatetab: Field,
    video: Field,
    viewersandbox: Field,
    onsessionstart: Field,
    onsessionend: Field,
    sessionfacts: Field,
    sessionmaxage: Field,
    inviteurl: Field,
    invitetext: Field,
    policy: Field,
    hosts: Field,
    strings: Field,
    configured: Field,
    language: Field,
    task: Field,
    pub(super) theme: Field,
    slot: Field,
    frames: Field,
}

#[derive(Default, Deserialize)]
struct GivenVideo {
    agent: Field,
    visitor: Field,
}

#[derive(Default, Deserialize)]
struct GivenHosts {
    web: Field,
    cdn: Field,
    presence: Field,
    authorization: Field,
}

impl GivenProps {
    /// The component's properties. Nothing is judged yet.
    pub(super) fn properties(&self, app: Rc<App>, theme: Theme) -> TwilioFlexGlanceProperties {
        TwilioFlexGlanceProperties {
            app: AppHandle(app),
            groupid: self.groupid.prop(),
            authurl: self.authurl.prop(),
            authtoken: StringSource::new(&self.authtoken),
            openlocation: self.openlocation.prop(),
            opentype: self.opentype.prop(),
            presence: self.presence.prop(),
            glancebaseurl: self.glancebaseurl.prop(),
            puid: StringSource::new(&self.puid),
            debugmode: self.debugmode.prop(),
            visitorid: self.visitorid.prop(),
            notifications: self.notifications.prop(),
            immediatetab: self.immediatetab.prop(),
            video: self.video.prop(),
            own_video: own_video(&self.video),
            viewersandbox: self.viewersandbox.prop(),
            onsessionstart: HostCallback::new(&self.onsessionstart),
            onsessionend: HostCallback::new(&self.onsessionend),
            sessionfacts: self.sessionfacts.prop(),
            sessionmaxage: self.sessionmaxage.prop(),
            inviteurl: self.inviteurl.prop(),
            invitetext: self.invitetext.prop(),
            policy: tree(&self.policy, POLICY_DEPTH).into(),
            hosts: hosts(&self.hosts),
            strings: self.strings(),
            strings_wrong: wrong_object(&self.strings),
            configured: configured(&self.configured),
            task: self.task.fields::<GivenTask>().task(),
            theme,
            slot: match self.slot.text().as_deref() {
                Some("panel") => Slot::Panel,
                Some("host") => Slot::Host,
                _ => Slot::Header,
            },
            frames: self.frames.value().dyn_ref().cloned(),
        }
    }

    fn strings(&self) -> Strings {
        let mut strings = Strings::new(&self.language.text().unwrap_or_default());
        for name in self.strings.names() {
            let text = Text::ALL.iter().find(|text| text.name() == name);
            let wording = || self.strings.field(&name).text().filter(|wording| !wording.is_empty());
            if let Some((text, wording)) = text.and_then(|text| Some((text, wording()?))) {
                strings = strings.with(*text, wording);
            }
        }
        strings
    }
}

fn hosts(given: &Field) -> Hosts {
    let hosts: GivenHosts = given.fields();
    Hosts {
        web: hosts.web.prop(),
        cdn: hosts.cdn.prop(),
        presence: hosts.presence.prop(),
        authorization: hosts.authorization.prop(),
        wrong: wrong_object(given),
    }
}

/// What `src/js/registration.js` tells with the props.
fn configured(given: &Field) -> Option<Rc<Configured>> {
    if !given.value().is_object() {
        return None;
    }
    let text = |field: Field| field.text().unwrap_or_default();
    let problem = |problem| {
        let problem = Field::from(problem);
        Problem::new(&text(problem.field("kind")), text(problem.field("name")))
    };
    Some(Rc::new(Configured {
        is_administrator: given.field("isAdministrator").prop() == Prop::Bool(true),
        problems: Array::from(given.field("problems").value()).iter().map(problem).collect(),
    }))
}

/// How deep a policy is: `policy.attributes.not[0].one_of[0]`.
const POLICY_DEPTH: u32 = 6;

fn own_video(given: &Field) -> Video {
    let video: GivenVideo = given.fields();
    let mode = |mode: Field| mode.text().filter(|mode| !mode.is_empty());
    Video { agent: mode(video.agent), visitor: mode(video.visitor) }
}

/// The type of a value that should have been an object or left out.
fn wrong_object(given: &Field) -> Option<&'static str> {
    let given = given.prop();
    let fine = given.is_missing() || given == Prop::Other("an object");
    (!fine).then(|| given.type_name())
}
