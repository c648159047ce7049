//! The props: what is taken, and what is said of the rest.

use std::borrow::Cow;

use flex_glance::core::{
    config::{Config, ConfigError, RawProps, VIEWER_SANDBOX},
    prop::Prop,
    session::OpenTarget,
    strings::Text,
    video::Video,
};

use crate::common::props;

/// The wrong props, as (name, type given, expected).
fn wrong(raw: &RawProps) -> Vec<(&'static str, &'static str, Text)> {
    let errors = Config::parse(raw).expect_err("props are taken");
    let told = |ConfigError { prop, given, expected, .. }| match prop {
        Cow::Borrowed(prop) => (prop, given, expected),
        Cow::Owned(member) => panic!("{member} is a member of a policy"),
    };
    errors.into_iter().map(told).collect()
}

fn parse(raw: &RawProps) -> Config {
    Config::parse(raw).expect("props are refused")
}

/// Props with one of them changed.
fn with(change: impl FnOnce(&mut RawProps)) -> RawProps {
    let mut raw = props();
    change(&mut raw);
    raw
}

fn is_group_id(prop: impl Into<Prop>) -> bool {
    Config::parse(&with(|raw| raw.groupid = prop.into())).is_ok()
}

#[test]
fn required_props_alone_open_in_the_panel_of_flex_without_presence_and_log() {
    let config = parse(&props());
    assert_eq!(config.group_id.number(), 20541);
    assert_eq!(config.auth_url, "https://auth.example/getloginkey");
    assert_eq!(config.target, OpenTarget::Flex);
    assert!(!config.presence);
    assert!(!config.debug);
}

#[test]
fn every_missing_prop_is_named_at_once_in_the_order_of_the_vendors_table() {
    let expected = [
        ("groupid", "missing", Text::ExpectedGroupid),
        ("authurl", "missing", Text::ExpectedAuthurl),
        ("glancebaseurl", "missing", Text::ExpectedEnvironment),
        ("puid", "missing", Text::ExpectedPuid),
    ];
    assert_eq!(wrong(&RawProps::default()), expected);
}

#[test]
fn empty_and_blank_text_counts_as_missing() {
    for blank in ["", " ", "\t\n"] {
        assert_eq!(
            wrong(&with(|raw| raw.puid = Prop::from(blank))),
            [("puid", "missing", Text::ExpectedPuid)]
        );
    }
    let blank = || Prop::from(" ");
    let raw = with(|raw| {
        (raw.authtoken, raw.openlocation, raw.opentype) = (blank(), blank(), blank());
        (raw.presence, raw.debugmode) = (blank(), blank());
        raw.hosts.web = blank();
    });
    assert_eq!(parse(&raw), parse(&props()));
}

#[test]
fn a_prop_of_the_wrong_type_is_named_with_its_type_and_what_is_expected() {
    type Change = fn(&mut RawProps, Prop);
    let props: [(&str, Text, Change); 16] = [
        ("groupid", Text::ExpectedGroupid, |raw, prop| raw.groupid = prop),
        ("authurl", Text::ExpectedAuthurl, |raw, prop| raw.authurl = prop),
        ("authtoken", Text::ExpectedAuthtoken, |raw, prop| raw.authtoken = prop),
        ("openlocation", Text::ExpectedOpenlocation, |raw, prop| raw.openlocation = prop),
        ("opentype", Text::ExpectedOpenlocation, |raw, prop| raw.opentype = prop),
        ("presence", Text::ExpectedFlag, |raw, prop| raw.presence = prop),
        ("glancebaseurl", Text::ExpectedEnvironment, |raw, prop| raw.glancebaseurl = prop),
        ("puid", Text::ExpectedPuid, |raw, prop| raw.puid = prop),
        ("debugmode", Text::ExpectedFlag, |raw, prop| raw.debugmode = prop),
        ("visitorid", Text::ExpectedVisitorid, |raw, prop| raw.visitorid = prop),
        ("notifications", Text::ExpectedFlag, |raw, prop| raw.notifications = prop),
        ("immediatetab", Text::ExpectedFlag, |raw, prop| raw.immediatetab = prop),
        ("video", Text::ExpectedVideo, |raw, prop| raw.video = prop),
        ("viewersandbox", Text::ExpectedSandbox, |raw, prop| raw.viewersandbox = prop),
        ("onsessionstart", Text::ExpectedHandler, |raw, prop| raw.onsessionstart = prop),
        ("onsessionend", Text::ExpectedHandler, |raw, prop| raw.onsessionend = prop),
    ];
    for (name, expected, change) in props {
        for (value, given) in
            [(Prop::Other("an array"), "an array"), (Prop::Number(12.5), "a number")]
        {
            let raw = with(|raw| change(raw, value));
            assert_eq!(wrong(&raw), [(name, given, expected)]);
        }
    }
}

#[test]
fn a_function_is_taken_for_what_changes_and_for_what_is_called_alone() {
    let raw = with(|raw| {
        (raw.authtoken, raw.puid, raw.visitorid) = (Prop::Function, Prop::Function, Prop::Function);
        (raw.onsessionstart, raw.onsessionend) = (Prop::Function, Prop::Function);
    });
    assert!(Config::parse(&raw).is_ok());

    let raw = with(|raw| (raw.groupid, raw.authurl) = (Prop::Function, Prop::Function));
    let given: Vec<_> = wrong(&raw).into_iter().map(|(name, given, _)| (name, given)).collect();
    assert_eq!(given, [("groupid", "a function"), ("authurl", "a function")]);
}

#[test]
fn what_is_said_of_a_wrong_prop_never_holds_its_value() {
    let secret = || Prop::from("s3cret value");
    let mut raw = RawProps {
        groupid: secret(),
        authurl: secret(),
        openlocation: secret(),
        presence: secret(),
        glancebaseurl: secret(),
        debugmode: secret(),
        ..props()
    };
    raw.hosts.web = secret();
    let errors = Config::parse(&raw).unwrap_err();
    assert_eq!(errors.len(), 7);
    assert!(errors.iter().all(|error| error.given == "a string"));
    assert!(!format!("{errors:?}").contains("s3cret"));
}

#[test]
fn group_id_is_an_integer_or_a_string_of_digits() {
    for (given, number) in [("20541", 20541), (" 20541 ", 20541), ("000072", 72)] {
        assert_eq!(parse(&with(|raw| raw.groupid = given.into())).group_id.number(), number);
    }
    assert!(is_group_id(1));
    assert!(is_group_id(u32::MAX));
    assert!(is_group_id("4294967295"));
}

#[test]
fn group_id_that_is_no_positive_integer_is_refused() {
    for number in
        [12.5, -1.0, 0.0, -0.0, 4_294_967_296.0, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]
    {
        assert!(!is_group_id(number), "{number}");
    }
    for text in ["12a", "-1", "+1", "0", "1.0", "1e3", "0x10", "1 2", "4294967296", "٣", "１２"]
    {
        assert!(!is_group_id(text), "{text}");
    }
    assert!(!is_group_id(true));
}

#[test]
fn each_open_location_is_read_in_any_case_from_either_spelling() {
    for (name, target) in [
        ("flex", OpenTarget::Flex),
        ("tab", OpenTarget::Tab),
        ("window", OpenTarget::Window),
        (" Window ", OpenTarget::Window),
    ] {
        assert_eq!(parse(&with(|raw| raw.openlocation = name.into())).target, target);
        assert_eq!(parse(&with(|raw| raw.opentype = name.into())).target, target);
    }
}

#[test]
fn openlocation_wins_over_opentype() {
    let raw = with(|raw| (raw.openlocation, raw.opentype) = ("tab".into(), "window".into()));
    assert_eq!(parse(&raw).target, OpenTarget::Tab);

    let raw = with(|raw| (raw.openlocation, raw.opentype) = ("popup".into(), "window".into()));
    assert_eq!(wrong(&raw), [("openlocation", "a string", Text::ExpectedOpenlocation)]);
}

#[test]
fn unknown_open_location_is_refused_under_the_name_it_was_given() {
    let raw = with(|raw| raw.opentype = "popup".into());
    assert_eq!(wrong(&raw), [("opentype", "a string", Text::ExpectedOpenlocation)]);
}

#[test]
fn address_of_the_function_is_taken_with_https_or_on_loopback_only() {
    for url in [" https://auth.example/a?b=c ", "http://127.0.0.1:3000/a", "http://[::1]:3000"] {
        let config = parse(&with(|raw| raw.authurl = url.into()));
        assert_eq!(config.auth_url, url.trim());
    }
    for url in [
        "http://auth.example/a",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com",
        "https://user:pass@auth.example",
        "https://auth.example/a b",
        "javascript:alert(1)",
        "/getloginkey",
    ] {
        let raw = with(|raw| raw.authurl = url.into());
        assert_eq!(wrong(&raw), [("authurl", "a string", Text::ExpectedAuthurl)], "{url}");
    }
}

#[test]
fn each_environment_has_servers_of_its_own() {
    let web = |name: &str| parse(&with(|raw| raw.glancebaseurl = name.into())).web;
    assert_eq!(web("production"), "https://www.glance.net");
    assert_eq!(web("Production "), "https://www.glance.net");
    assert_eq!(web("beta"), "https://beta.glance.net");
    assert_eq!(web("staging"), "https://www.myglance.net");
}

#[test]
fn unknown_environment_is_refused() {
    for name in ["prod", "https://www.glance.net", "production,beta"] {
        let raw = with(|raw| raw.glancebaseurl = name.into());
        assert_eq!(wrong(&raw), [("glancebaseurl", "a string", Text::ExpectedEnvironment)]);
    }
}

#[test]
fn web_host_replaces_the_environments_server() {
    for (host, web) in [
        ("glance.example", "https://glance.example"),
        ("https://glance.example/path?q#f", "https://glance.example"),
        ("http://glance.localhost:4000", "http://glance.localhost:4000"),
        (" glance.example:8443 ", "https://glance.example:8443"),
    ] {
        assert_eq!(parse(&with(|raw| raw.hosts.web = host.into())).web, web);
    }
}

#[test]
fn other_hosts_leave_the_web_server_alone() {
    let raw = with(|raw| {
        raw.hosts.cdn = "cdn.example".into();
        raw.hosts.presence = "presence.example".into();
        raw.hosts.authorization = "https://authorization.example".into();
    });
    assert_eq!(parse(&raw).web, "https://www.glance.net");
}

#[test]
fn every_wrong_host_is_named() {
    let mut raw = props();
    raw.hosts.web = "http://glance.example".into();
    raw.hosts.cdn = "https://user@cdn.example".into();
    raw.hosts.presence = Prop::from(7);
    raw.hosts.authorization = "ftp://authorization.example".into();
    let expected = [
        ("hosts.web", "a string", Text::ExpectedHost),
        ("hosts.cdn", "a string", Text::ExpectedHost),
        ("hosts.presence", "a number", Text::ExpectedHost),
        ("hosts.authorization", "a string", Text::ExpectedHost),
    ];
    assert_eq!(wrong(&raw), expected);
}

#[test]
fn hosts_and_strings_that_are_no_objects_are_named_with_their_type() {
    let mut raw = props();
    raw.hosts.wrong = Some("a string");
    raw.strings = Some("an array");
    let expected = [
        ("hosts", "a string", Text::ExpectedHosts),
        ("strings", "an array", Text::ExpectedStrings),
    ];
    assert_eq!(wrong(&raw), expected);
}

#[test]
fn flags_are_booleans_or_their_names() {
    for (given, value) in [
        (Prop::from(true), true),
        (Prop::from(false), false),
        (Prop::from("true"), true),
        (Prop::from(" false "), false),
        (Prop::Missing, false),
    ] {
        let config = parse(&with(|raw| raw.presence = given.clone()));
        assert_eq!((config.presence, config.debug), (value, false), "{given:?}");
        let config = parse(&with(|raw| raw.debugmode = given.clone()));
        assert_eq!((config.presence, config.debug), (false, value), "{given:?}");
    }
    for given in [Prop::from("yes"), Prop::from("1"), Prop::from(1), Prop::Function] {
        assert!(Config::parse(&with(|raw| raw.presence = given.clone())).is_err(), "{given:?}");
        assert!(Config::parse(&with(|raw| raw.debugmode = given.clone())).is_err(), "{given:?}");
    }
}

#[test]
fn notifications_are_on_and_an_immediate_tab_is_off_unless_the_author_says_otherwise() {
    for (given, notifications, immediate_tab) in [
        (Prop::Missing, true, false),
        (" ".into(), true, false),
        (true.into(), true, true),
        ("true".into(), true, true),
        (false.into(), false, false),
        (" false ".into(), false, false),
    ] {
        let config = parse(&with(|raw| raw.notifications = given.clone()));
        assert_eq!((config.notifications, config.immediate_tab), (notifications, false));
        let config = parse(&with(|raw| raw.immediatetab = given));
        assert_eq!((config.notifications, config.immediate_tab), (true, immediate_tab));
    }
}

#[test]
fn what_is_called_at_a_sessions_start_and_end_is_a_function_or_nothing() {
    for odd in [Prop::from("alert()"), Prop::from(true), Prop::Other("an object")] {
        let raw = with(|raw| (raw.onsessionstart, raw.onsessionend) = (odd.clone(), odd));
        let names: Vec<_> = wrong(&raw).into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, ["onsessionstart", "onsessionend"]);
    }
}

#[test]
fn video_is_read_from_its_name_or_from_an_objects_fields() {
    assert_eq!(parse(&props()).video, Video::default());
    let video = parse(&with(|raw| raw.video = "multiway".into())).video;
    assert_eq!(video.agent.as_deref(), Some("true"));

    let own = Video { agent: None, visitor: Some("large-visitor".to_owned()) };
    let raw = with(|raw| (raw.video, raw.own_video) = (Prop::Other("an object"), own.clone()));
    assert_eq!(parse(&raw).video, own);

    let raw = with(|raw| raw.video = "on".into());
    assert_eq!(wrong(&raw), [("video", "a string", Text::ExpectedVideo)]);
}

#[test]
fn each_environment_has_its_script_presence_and_authorization_servers() {
    let servers = |name: &str| {
        let config = parse(&with(|raw| raw.glancebaseurl = name.into()));
        (config.cdn, config.presence_server, config.authorization)
    };
    assert_eq!(
        servers("production"),
        (
            "https://www.glancecdn.net".to_owned(),
            Some("https://presence.glance.net".to_owned()),
            "https://www.glance.net".to_owned()
        )
    );
    for (name, cdn, authorization) in [
        ("beta", "https://beta.glancecdn.net", "https://beta.glance.net"),
        ("staging", "https://cdn.myglance.net", "https://www.myglance.net"),
    ] {
        assert_eq!(servers(name), (cdn.to_owned(), None, authorization.to_owned()));
    }
}

#[test]
fn each_host_replaces_its_own_server_and_authorization_goes_to_the_web_server_otherwise() {
    let raw = with(|raw| {
        raw.hosts.cdn = "cdn.example".into();
        raw.hosts.presence = "http://127.0.0.1:4001/".into();
        raw.hosts.authorization = "https://authorization.example/path".into();
    });
    let config = parse(&raw);
    assert_eq!(config.cdn, "https://cdn.example");
    assert_eq!(config.presence_server.as_deref(), Some("http://127.0.0.1:4001"));
    assert_eq!(config.authorization, "https://authorization.example");

    let config = parse(&with(|raw| raw.hosts.web = "glance.example".into()));
    assert_eq!(config.authorization, "https://glance.example");
    assert_eq!(config.cdn, "https://www.glancecdn.net");
}

#[test]
fn the_viewers_frame_may_do_everything_but_navigate_flex_unless_the_author_says_otherwise() {
    let left_out = parse(&props()).sandbox.unwrap();
    assert_eq!(left_out, VIEWER_SANDBOX);
    assert!(!left_out.contains("allow-top-navigation"));
    for token in [
        "allow-forms",
        "allow-popups",
        "allow-popups-to-escape-sandbox",
        "allow-same-origin",
        "allow-scripts",
        "allow-storage-access-by-user-activation",
    ] {
        assert!(left_out.split_whitespace().any(|kept| kept == token), "{token}");
    }
    assert_eq!(parse(&with(|raw| raw.viewersandbox = " ".into())).sandbox.unwrap(), left_out);
}

#[test]
fn the_sandbox_of_the_viewers_frame_can_be_replaced_or_taken_away() {
    let sandbox = |prop: Prop| parse(&with(|raw| raw.viewersandbox = prop)).sandbox;
    let own = sandbox(" allow-scripts\n allow-top-navigation-by-user-activation ".into());
    assert_eq!(own.as_deref(), Some("allow-scripts allow-top-navigation-by-user-activation"));
    for none in [Prop::Bool(false), "none".into(), " None ".into()] {
        assert_eq!(sandbox(none.clone()), None, "{none:?}");
    }
}

#[test]
fn a_sandbox_that_is_no_list_of_its_tokens_is_refused() {
    for odd in ["allow-scripts, allow-forms", "scripts", "ALLOW-SCRIPTS", "allow-", "*", "true"] {
        let raw = with(|raw| raw.viewersandbox = odd.into());
        assert_eq!(wrong(&raw), [("viewersandbox", "a string", Text::ExpectedSandbox)], "{odd}");
    }
    let raw = with(|raw| raw.viewersandbox = true.into());
    assert_eq!(wrong(&raw), [("viewersandbox", "a boolean", Text::ExpectedSandbox)]);
}
