//! The table of props, beside what validation makes of them.

use flex_glance::core::{
    config::{Config, Hosts, RawProps},
    environment::Environment,
    policy::Given,
    prop::Prop,
    props::{GLANCEBASEURL, Kind, OPENLOCATION, OPENTYPE, TABLE},
    session::OpenTarget,
};

/// Every prop, each of a type that it does not take.
fn nothing_but_wrong_ones() -> RawProps {
    let wrong = || Prop::Other("an array");
    RawProps {
        groupid: wrong(),
        authurl: wrong(),
        authtoken: wrong(),
        openlocation: Prop::Missing,
        opentype: wrong(),
        presence: wrong(),
        glancebaseurl: wrong(),
        puid: wrong(),
        debugmode: wrong(),
        visitorid: wrong(),
        notifications: wrong(),
        immediatetab: wrong(),
        video: wrong(),
        own_video: Default::default(),
        viewersandbox: wrong(),
        onsessionstart: wrong(),
        onsessionend: wrong(),
        sessionfacts: wrong(),
        sessionmaxage: wrong(),
        inviteurl: wrong(),
        invitetext: wrong(),
        policy: Given::List(vec![]).into(),
        hosts: Hosts { wrong: Some("an array"), ..Hosts::default() },
        strings: Some("an array"),
    }
}

#[test]
fn validation_names_the_props_of_the_table_in_its_order() {
    let errors = Config::parse(&nothing_but_wrong_ones()).unwrap_err();
    let named: Vec<_> = errors.iter().map(|error| &*error.prop).collect();
    // `openlocation` and `opentype` are one.
    let validated = TABLE.iter().filter(|row| row.expected.is_some());
    let names = validated.map(|row| row.name).filter(|name| *name != OPENLOCATION.name);
    assert_eq!(named, names.collect::<Vec<_>>());
}

#[test]
fn props_are_required_where_validation_misses_them() {
    let errors = Config::parse(&RawProps::default()).unwrap_err();
    let missed: Vec<_> = errors.iter().map(|error| &*error.prop).collect();
    let required = TABLE.iter().filter(|row| row.is_required).map(|row| row.name);
    assert_eq!(missed, required.collect::<Vec<_>>());
}

#[test]
fn the_texts_that_the_table_names_are_taken() {
    for place in [OPENLOCATION, OPENTYPE].iter().flat_map(|row| row.kind.values()) {
        assert_eq!(OpenTarget::parse(&Prop::from(*place)).map(OpenTarget::name), Some(*place));
    }
    for name in GLANCEBASEURL.kind.values() {
        assert!(Environment::parse(name).is_some(), "{name}");
    }
}

#[test]
fn every_row_says_in_a_sentence_what_its_prop_does() {
    for row in TABLE {
        assert!(row.help.ends_with('.') && !row.help.trim_end_matches('.').contains(". "));
        assert!(row.details.is_empty() || row.details.ends_with('.'), "{}", row.name);
    }
}

#[test]
fn settings_have_flat_names_of_their_own() {
    let mut names: Vec<_> = TABLE.iter().filter_map(|row| Some(row.setting?.name)).collect();
    let is_flat = |name: &&str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    assert!(names.iter().all(is_flat), "{names:?}");
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// Every agent can read the configuration, and a setting is the same for all of them.
#[test]
fn no_secret_no_function_and_nobodys_name_is_a_setting() {
    for row in TABLE.iter().filter(|row| matches!(row.kind, Kind::Supplied | Kind::Function)) {
        assert!(row.setting.is_none(), "{}", row.name);
    }
}

#[test]
fn a_worker_cannot_change_where_keys_tokens_and_customers_go() {
    for row in TABLE {
        let goes_somewhere =
            matches!(row.kind, Kind::Integer | Kind::Address | Kind::Hosts | Kind::Sandbox);
        if goes_somewhere || row.name == GLANCEBASEURL.name {
            assert!(row.setting.is_some_and(|setting| !setting.is_workers), "{}", row.name);
        }
    }
}

#[test]
fn what_is_no_prop_is_a_setting_and_validation_leaves_it_alone() {
    for row in TABLE.iter().filter(|row| !row.is_prop) {
        assert!(
            row.setting.is_some() && row.expected.is_none() && !row.is_attribute,
            "{}",
            row.name
        );
    }
}

#[test]
fn a_wrong_host_is_named_by_its_prop_and_by_its_setting() {
    let wrong = Prop::from("ftp://glance.example");
    let hosts = Hosts { cdn: wrong, ..Hosts::default() };
    let errors = Config::parse(&RawProps { hosts, ..RawProps::default() }).unwrap_err();
    let named = errors.iter().map(|error| (&*error.prop, &*error.setting));
    assert_eq!(named.collect::<Vec<_>>().pop(), Some(("hosts.cdn", "host_cdn")));
}
