//! The rows, in the order of the vendor's table; what follows `visitorid` is ours, and the last ones are
//! settings that there is no prop for.
//!
//! Source: Twilio's Glance page (table and examples; `visitorid` is on its current version).

use crate::core::{
    props::{Counts, Kind, Row, Setting},
    strings::Text,
};

/// Every prop and every setting.
pub const TABLE: [Row; 27] = [
    GROUPID,
    AUTHURL,
    AUTHTOKEN,
    OPENLOCATION,
    OPENTYPE,
    PRESENCE,
    GLANCEBASEURL,
    PUID,
    DEBUGMODE,
    VISITORID,
    NOTIFICATIONS,
    IMMEDIATETAB,
    VIDEO,
    VIEWERSANDBOX,
    ONSESSIONSTART,
    ONSESSIONEND,
    SESSIONFACTS,
    SESSIONMAXAGE,
    INVITEURL,
    INVITETEXT,
    POLICY,
    HOSTS,
    STRINGS,
    DOCTOR,
    ENABLED,
    PLACEMENT,
    LANGUAGE,
];

const PLACES: Kind = Kind::OneOf(&["flex", "tab", "window"]);

/// What most props are.
const OPTIONAL: Row = Row {
    name: "",
    is_prop: true,
    ts: "",
    kind: Kind::Object,
    is_required: false,
    default: "",
    help: "",
    details: "",
    counts: Counts::AtOnce,
    expected: None,
    is_attribute: false,
    setting: None,
};

/// The same for all who work with Flex.
const fn accounts(name: &'static str) -> Option<Setting> {
    Some(Setting { name, is_workers: false, default: "" })
}

/// A worker may have their own.
const fn workers(name: &'static str) -> Option<Setting> {
    Some(Setting { name, is_workers: true, default: "" })
}

/// A switch, off if left out.
const FLAG: Row = Row {
    ts: "boolean",
    kind: Kind::Flag,
    default: "`false`",
    expected: Some(Text::ExpectedFlag),
    is_attribute: true,
    ..OPTIONAL
};

pub const GROUPID: Row = Row {
    name: "groupid",
    ts: "number | string",
    kind: Kind::Integer,
    is_required: true,
    help: "The Glance group ID: a positive integer, or a string of its digits.",
    counts: Counts::NextSessionPresenceAtOnce,
    expected: Some(Text::ExpectedGroupid),
    is_attribute: true,
    setting: accounts("group_id"),
    ..OPTIONAL
};

pub const AUTHURL: Row = Row {
    name: "authurl",
    ts: "string",
    kind: Kind::Address,
    is_required: true,
    help: "The address of the login-key Function: https, or http on this machine.",
    counts: Counts::NextSessionPresenceAtOnce,
    expected: Some(Text::ExpectedAuthurl),
    is_attribute: true,
    setting: accounts("auth_url"),
    ..OPTIONAL
};

pub const AUTHTOKEN: Row = Row {
    name: "authtoken",
    ts: "Supplied",
    kind: Kind::Supplied,
    default: "the current token of Flex's Manager",
    help: "The agent's Flex token, or a function that gives it, at once or by a promise.",
    details: "A function is called for each login key that is asked for. A text that the Function \
        refuses is replaced once by the Manager's token. A custom element has no Flex to take the token \
        from, so there it has to be set.",
    counts: Counts::NextLoginKey,
    expected: Some(Text::ExpectedAuthtoken),
    ..OPTIONAL
};

pub const OPENLOCATION: Row = Row {
    name: "openlocation",
    ts: "OpenLocation",
    kind: PLACES,
    default: "`flex`",
    help: "Where the viewer opens: in Flex's second panel, in a tab, or in a window beside Flex.",
    counts: Counts::NextSession,
    expected: Some(Text::ExpectedOpenlocation),
    is_attribute: true,
    setting: workers("open_location"),
    ..OPTIONAL
};

pub const OPENTYPE: Row = Row {
    name: "opentype",
    ts: "OpenLocation",
    kind: PLACES,
    help: "Another name for `openlocation`, which wins if both are given.",
    counts: Counts::NextSession,
    expected: Some(Text::ExpectedOpenlocation),
    is_attribute: true,
    ..OPTIONAL
};

pub const PRESENCE: Row = Row {
    name: "presence",
    help: "Whether presence follows the visitors of all accepted tasks, so that the agent sees who is on \
        the site and connects with one click.",
    details: "Glance's Presence Agent script is loaded for it. Presence is on while one of the components \
        has it on.",
    setting: workers("presence"),
    ..FLAG
};

pub const GLANCEBASEURL: Row = Row {
    name: "glancebaseurl",
    ts: "GlanceEnvironment",
    kind: Kind::OneOf(&["production", "staging", "beta"]),
    is_required: true,
    help: "Which of Glance's servers are used; `production` unless Glance says otherwise.",
    counts: Counts::NextSessionPresenceAtOnce,
    expected: Some(Text::ExpectedEnvironment),
    is_attribute: true,
    setting: Some(Setting { name: "environment", is_workers: false, default: "production" }),
    ..OPTIONAL
};

pub const PUID: Row = Row {
    name: "puid",
    ts: "Supplied",
    kind: Kind::Supplied,
    is_required: true,
    help: "The agent's Partner UID in Glance, or a function that gives it, at once or by a promise.",
    details: "With our login-key Function it is the agent's Flex identity, `manager.user.identity`. A \
        function is called before every use of a login key; it may be another function with every \
        render, since a key belongs to the Partner UID and not to the function.",
    counts: Counts::NextLoginKey,
    expected: Some(Text::ExpectedPuid),
    is_attribute: true,
    ..OPTIONAL
};

pub const DEBUGMODE: Row = Row {
    name: "debugmode",
    help: "Whether each step is logged (`console.debug`).",
    details: "A line names states and events, and holds no value of a prop and no ID: a short hash tells \
        tasks apart.",
    setting: workers("debug_mode"),
    ..FLAG
};

pub const VISITORID: Row = Row {
    name: "visitorid",
    ts: "string | ((task: any) => string | null | undefined)",
    kind: Kind::Supplied,
    default: "the task's attributes",
    help: "The visitor's ID, which is the session key too, or a function of Flex's task that gives it.",
    details: "It counts wherever a session starts: a click, an Action, presence. A text of a registration \
        stands for every task, so it is rarely what is meant; that of a component you place yourself \
        stands for the task that it shows. A function answers at once, not with a promise; it is called \
        often, so it should only read. Where it gives nothing or throws, the attributes count, and so they \
        do where it gives text that stands for nothing (`undefined`, `null`).",
    expected: Some(Text::ExpectedVisitorid),
    is_attribute: true,
    ..OPTIONAL
};

pub const NOTIFICATIONS: Row = Row {
    name: "notifications",
    default: "`true`",
    help: "Whether a Flex notification tells that the visitor came of a task that is not selected.",
    details: "The one for a blocked viewer is always raised. Counts with `presence` only.",
    setting: workers("notifications"),
    ..FLAG
};

pub const IMMEDIATETAB: Row = Row {
    name: "immediatetab",
    help: "Whether a `tab` opens within the click, though the visitor has not accepted yet.",
    details: "Without it the agent stays with the chat until then. Counts with `presence` only.",
    counts: Counts::NextSession,
    setting: workers("immediate_tab"),
    ..FLAG
};

pub const VIDEO: Row = Row {
    name: "video",
    ts: "VideoMode | OwnVideo",
    kind: Kind::Video,
    default: "the setting of the Glance portal",
    help: "Who shows video as a session starts.",
    counts: Counts::NextSession,
    expected: Some(Text::ExpectedVideo),
    is_attribute: true,
    setting: workers("video"),
    ..OPTIONAL
};

pub const VIEWERSANDBOX: Row = Row {
    name: "viewersandbox",
    ts: "string | false",
    kind: Kind::Sandbox,
    default: "every token that Glance's viewer may need",
    help: "The tokens of the `sandbox` attribute of the viewer's frame (`flex`), such as `allow-scripts \
        allow-forms`; `false`, or the text `none`, for a frame without a sandbox.",
    details: "What is left out takes one thing away, navigating Flex (`allow-top-navigation…`). See \
        SECURITY.md.",
    counts: Counts::NextViewer,
    expected: Some(Text::ExpectedSandbox),
    is_attribute: true,
    setting: accounts("viewer_sandbox"),
    ..OPTIONAL
};

pub const ONSESSIONSTART: Row = Row {
    name: "onsessionstart",
    ts: "(session: SessionStart) => void",
    kind: Kind::Function,
    help: "Called when Glance tells that a task's session has started.",
    details: "Counts with `presence` only. What it throws goes to the console.",
    expected: Some(Text::ExpectedHandler),
    ..OPTIONAL
};

pub const ONSESSIONEND: Row = Row {
    name: "onsessionend",
    ts: "(session: SessionEnd) => void",
    kind: Kind::Function,
    help: "Called when a session that `onsessionstart` was called for has ended.",
    details: "What it throws goes to the console.",
    expected: Some(Text::ExpectedHandler),
    ..OPTIONAL
};

pub const SESSIONFACTS: Row = Row {
    name: "sessionfacts",
    default: "`true`",
    help: "Whether start and end of a session are written to the task, in its attribute `glance_session`.",
    details: "From there a reload of Flex, another tab and the agent who gets the task next know of it. It names \
        agents by SID, and holds no name, no page and no secret, and of keys that of an invitation by link alone, while it \
        lasts.",
    setting: accounts("session_facts"),
    ..FLAG
};

pub const SESSIONMAXAGE: Row = Row {
    name: "sessionmaxage",
    ts: "number | string",
    kind: Kind::Hours,
    default: "`4`",
    help: "After how many hours a session counts as over that only its task tells of.",
    expected: Some(Text::ExpectedHours),
    is_attribute: true,
    setting: accounts("session_max_age"),
    ..OPTIONAL
};

pub const INVITEURL: Row = Row {
    name: "inviteurl",
    ts: "string",
    kind: Kind::Address,
    default: "no invitations by link",
    help: "The address of a page of your site that invitations by link lead to: https, or http on this machine.",
    details: "With it agents find **Invite** beside **Have a key?**. The page calls `followInvitation` of \
        `flex-glance/visitor`. A query stays, and a fragment gives way to the invitation's.",
    counts: Counts::NextSession,
    expected: Some(Text::ExpectedInviteurl),
    is_attribute: true,
    setting: accounts("invite_url"),
    ..OPTIONAL
};

pub const INVITETEXT: Row = Row {
    name: "invitetext",
    ts: "string",
    kind: Kind::Text,
    default: "`invite_text` of the visible texts",
    help: "What the customer reads with an invitation by link; `{link}` stands for the link.",
    details: "Without `{link}` the link comes after the text.",
    counts: Counts::NextSession,
    expected: Some(Text::ExpectedInvitetext),
    is_attribute: true,
    setting: accounts("invite_text"),
    ..OPTIONAL
};

pub const POLICY: Row = Row {
    name: "policy",
    ts: "Policy",
    default: "everybody sees it, for every task",
    help: "Who sees the component, and for which tasks: rules about the agent and the task.",
    details: "Where it says no the component shows nothing, starts nothing and follows nobody; a session \
        that runs is never cut off. It hides, and forbids nothing: the Function does that, by \
        `ALLOWED_ROLES`.",
    expected: Some(Text::ExpectedPolicy),
    setting: accounts("policy"),
    ..OPTIONAL
};

pub const HOSTS: Row = Row {
    name: "hosts",
    ts: "Hosts",
    kind: Kind::Hosts,
    help: "Hosts to use in place of the environment's.",
    details: "`web` serves the viewer, `cdn` Glance's Presence Agent script, `presence` presence; \
        `authorization` authorizes agents for presence, and is what serves the viewer if left out.",
    counts: Counts::NextSessionPresenceAtOnce,
    expected: Some(Text::ExpectedHosts),
    setting: accounts("host"),
    ..OPTIONAL
};

pub const STRINGS: Row = Row {
    name: "strings",
    ts: "Strings",
    help: "Visible texts in place of the built-in ones.",
    expected: Some(Text::ExpectedStrings),
    setting: accounts("strings"),
    ..OPTIONAL
};

/// Read by JavaScript alone.
pub const DOCTOR: Row = Row {
    name: "doctor",
    ts: "{ attach(component: object): { update(): void; detach(): void } }",
    kind: Kind::Doctor,
    help: "`doctor` of `flex-glance/doctor`, which checks the set-up.",
    details: "With it, administrators of Flex (and everybody, with `debugmode`) find a button for it in the \
        component. `<flex-glance>` has no such property.",
    counts: Counts::NextMount,
    ..OPTIONAL
};

/// Read by JavaScript alone, as the following ones.
pub const ENABLED: Row = Row {
    name: "enabled",
    is_prop: false,
    default: "`true`",
    help: "Whether there is Cobrowse in Flex at all.",
    counts: Counts::NextShown,
    expected: None,
    is_attribute: false,
    setting: workers("enabled"),
    ..FLAG
};

pub const PLACEMENT: Row = Row {
    name: "placement",
    is_prop: false,
    ts: "string",
    kind: Kind::OneOf(&["header", "panel", "both"]),
    default: "`header`",
    help: "Where it is shown: in the task's header, in Flex's second panel, or in both.",
    counts: Counts::NextShown,
    setting: workers("placement"),
    ..OPTIONAL
};

pub const LANGUAGE: Row = Row {
    name: "language",
    is_prop: false,
    ts: "string",
    kind: Kind::OneOf(&["en", "es"]),
    default: "the one that Flex speaks",
    help: "The language of the visible texts.",
    setting: workers("language"),
    ..OPTIONAL
};
