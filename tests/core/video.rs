//! The `video` prop.

use flex_glance::core::{prop::Prop, video::Video};

fn parse(prop: impl Into<Prop>) -> Option<Video> {
    Video::parse(&prop.into(), &Video::default())
}

fn modes(agent: Option<&str>, visitor: Option<&str>) -> Video {
    Video { agent: agent.map(str::to_owned), visitor: visitor.map(str::to_owned) }
}

#[test]
fn left_out_it_tells_glance_nothing_and_the_portals_setting_rules() {
    for missing in [Prop::Missing, "".into(), " ".into()] {
        assert_eq!(parse(missing), Some(modes(None, None)));
    }
}

#[test]
fn each_mode_is_told_to_both_sides_in_any_case() {
    for (name, agent, visitor) in [
        ("off", "false", "off"),
        ("agent", "true", "small-visitor"),
        ("multiway", "true", "small-multiway"),
        (" MultiWay ", "true", "small-multiway"),
    ] {
        assert_eq!(parse(name), Some(modes(Some(agent), Some(visitor))), "{name}");
    }
}

#[test]
fn an_object_is_told_as_it_stands_each_side_for_itself() {
    for own in [
        modes(Some("true"), Some("large-visitor")),
        modes(Some("whatever comes"), None),
        modes(None, Some("small-visitor")),
    ] {
        assert_eq!(Video::parse(&Prop::Other("an object"), &own), Some(own));
    }
}

#[test]
fn anything_else_is_refused() {
    for odd in ["on", "true", "two-way", "small-visitor"] {
        assert_eq!(parse(odd), None, "{odd}");
    }
    let others = [
        Prop::Bool(true),
        Prop::Number(1.0),
        Prop::Function,
        Prop::Other("an array"),
        Prop::Other("an object"),
    ];
    for odd in others {
        assert_eq!(parse(odd.clone()), None, "{odd:?}");
    }
}
