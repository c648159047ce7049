//! The component's properties.

use std::rc::Rc;

use web_sys::Element;
use yew::Properties;

use crate::{
    browser::{host_callback::HostCallback, string_source::StringSource},
    core::{
        config::{Config, ConfigError, Hosts, RawProps},
        configured::Configured,
        desk::Slot,
        policy::Given,
        prop::Prop,
        settings::Settings,
        strings::Strings,
        task::Task,
        theme::Theme,
        video::Video,
    },
    runtime::{AppHandle, Sources},
};

/// The vendor's props under their own names, and the context that Flex injects.
///
/// Source: Twilio's Glance page. What follows `debugmode` is ours, but for `visitorid`.
#[derive(Clone, PartialEq, Properties)]
pub struct TwilioFlexGlanceProperties {
    /// The page that the component is on. Components with the same one share sessions.
    #[prop_or_default]
    pub app: AppHandle,
    /// Glance group ID: an integer, or a string of digits.
    #[prop_or_default]
    pub groupid: Prop,
    /// Address of the `getloginkey` Function: https, or http on this machine.
    #[prop_or_default]
    pub authurl: Prop,
    /// Flex token of the agent, or a function for it. Left out, Flex's Manager gives it.
    #[prop_or_default]
    pub authtoken: StringSource,
    /// `flex` (default), `tab` or `window`.
    #[prop_or_default]
    pub openlocation: Prop,
    /// Synonym of `openlocation`, which wins.
    #[prop_or_default]
    pub opentype: Prop,
    /// Whether the visitor's presence is shown.
    #[prop_or_default]
    pub presence: Prop,
    /// `production`, `staging` or `beta`.
    #[prop_or_default]
    pub glancebaseurl: Prop,
    /// The agent's Partner UID, or a function for it.
    #[prop_or_default]
    pub puid: StringSource,
    /// Whether every step is logged, without secrets.
    #[prop_or_default]
    pub debugmode: Prop,
    /// The visitor's id, in place of the task's attributes. A function of the task is resolved into
    /// [`Task::visitor_id`] by the caller.
    #[prop_or_default]
    pub visitorid: Prop,
    /// Whether Flex notifications are raised; on when left out.
    #[prop_or_default]
    pub notifications: Prop,
    /// Whether a `tab` opens inside the click, before the visitor has accepted.
    #[prop_or_default]
    pub immediatetab: Prop,
    /// `off`, `agent`, `multiway`, or an object, whose fields are in `own_video`.
    #[prop_or_default]
    pub video: Prop,
    #[prop_or_default]
    pub own_video: Video,
    /// The `sandbox` of the viewer's frame: tokens, or `false` for none.
    #[prop_or_default]
    pub viewersandbox: Prop,
    /// Called when Glance says that a session has started: `{sid}`.
    #[prop_or_default]
    pub onsessionstart: HostCallback,
    /// Called when it has ended: `{sid, duration, reason}`, the duration in seconds.
    #[prop_or_default]
    pub onsessionend: HostCallback,
    /// Whether start and end of a session are written to the task.
    #[prop_or_default]
    pub sessionfacts: Prop,
    /// After how many hours a session counts as over that only its task tells of.
    #[prop_or_default]
    pub sessionmaxage: Prop,
    /// The page of the site that an invitation by link leads to; without it there are none.
    #[prop_or_default]
    pub inviteurl: Prop,
    /// What goes with the link, which `{link}` stands for.
    #[prop_or_default]
    pub invitetext: Prop,
    /// Who sees the component, and for which tasks.
    #[prop_or_default]
    pub policy: Rc<Given>,
    /// Hosts in place of the environment's.
    #[prop_or_default]
    pub hosts: Hosts,
    /// The visible texts.
    #[prop_or_default]
    pub strings: Strings,
    /// Set if the host gave `strings` of a wrong type: the type.
    #[prop_or_default]
    pub strings_wrong: Option<&'static str>,
    /// Set if Flex's configuration gave the props.
    #[prop_or_default]
    pub configured: Option<Rc<Configured>>,
    /// The selected task.
    #[prop_or_default]
    pub task: Option<Task>,
    /// Flex's design tokens.
    #[prop_or_default]
    pub theme: Theme,
    /// The place in Flex.
    #[prop_or_default]
    pub slot: Slot,
    /// Where `flex` viewers go, for a component in a panel.
    #[prop_or_default]
    pub frames: Option<Element>,
}

impl TwilioFlexGlanceProperties {
    /// Validates the props.
    ///
    /// # Errors
    /// Every prop that is missing or wrong.
    pub fn config(&self) -> Result<Config, Vec<ConfigError>> {
        Config::parse(&RawProps {
            groupid: self.groupid.clone(),
            authurl: self.authurl.clone(),
            authtoken: self.authtoken.prop().clone(),
            openlocation: self.openlocation.clone(),
            opentype: self.opentype.clone(),
            presence: self.presence.clone(),
            glancebaseurl: self.glancebaseurl.clone(),
            puid: self.puid.prop().clone(),
            debugmode: self.debugmode.clone(),
            visitorid: self.visitorid.clone(),
            notifications: self.notifications.clone(),
            immediatetab: self.immediatetab.clone(),
            video: self.video.clone(),
            own_video: self.own_video.clone(),
            viewersandbox: self.viewersandbox.clone(),
            onsessionstart: self.onsessionstart.prop().clone(),
            onsessionend: self.onsessionend.prop().clone(),
            sessionfacts: self.sessionfacts.clone(),
            sessionmaxage: self.sessionmaxage.clone(),
            inviteurl: self.inviteurl.clone(),
            invitetext: self.invitetext.clone(),
            policy: self.policy.clone(),
            hosts: self.hosts.clone(),
            strings: self.strings_wrong,
        })
    }

    /// The settings that valid props stand for.
    ///
    /// # Errors
    /// As of [`Self::config`].
    pub fn settings(&self) -> Result<Rc<Settings>, Vec<ConfigError>> {
        let config = self.config()?;
        let sources = Sources {
            authtoken: self.authtoken.clone(),
            puid: self.puid.clone(),
            onsessionstart: self.onsessionstart.clone(),
            onsessionend: self.onsessionend.clone(),
        };
        Ok(self.app.0.settings(config, &self.strings, sources))
    }
}
