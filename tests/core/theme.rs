//! Flex's tokens in the component's stylesheet.

use std::collections::HashSet;

use flex_glance::core::theme::{Theme, tokens};

use crate::common::vectors;

#[test]
fn declarations_follow_one_another_in_their_order() {
    let mut theme = Theme::new(false);
    theme.declare("--text", "rgb(18, 28, 45)");
    theme.declare("--font", "'Inter var', sans-serif");
    assert_eq!(theme.declarations(), "--text:rgb(18, 28, 45);--font:'Inter var', sans-serif;");
}

#[test]
fn a_value_that_could_end_its_declaration_is_left_out() {
    let mut theme = Theme::new(false);
    for value in ["red;position:fixed", "red}*{color:red", "{", "</style><script>"] {
        theme.declare("--text", value);
    }
    assert_eq!(theme.declarations(), "");
}

#[test]
fn a_theme_without_tokens_declares_nothing_and_knows_light_from_dark() {
    assert_eq!(Theme::default(), Theme::new(false));
    assert!(Theme::new(true).is_dark && !Theme::new(false).is_dark);
    assert_eq!(Theme::new(true).declarations(), "");
}

#[test]
fn themes_that_differ_in_a_value_are_not_equal() {
    let themed = |value| {
        let mut theme = Theme::new(false);
        theme.declare("--text", value);
        theme
    };
    assert_eq!(themed("red"), themed("red"));
    assert_ne!(themed("red"), themed("blue"));
    assert_ne!(themed("red"), Theme::new(false));
}

/// The doctor's panel and the bench take the tokens from the same file.
#[test]
fn the_tokens_are_those_of_the_vectors_and_no_others() {
    let vectors: HashSet<_> = vectors("theme_tokens")
        .iter()
        .map(|row| {
            ["group", "token", "property"].map(|name| row[name].as_str().unwrap().to_owned())
        })
        .collect();
    let known: Vec<_> = tokens().map(|(group, name, property)| [group, name, property]).collect();
    assert_eq!(known.iter().map(|token| token.map(str::to_owned)).collect::<HashSet<_>>(), vectors);
    assert_eq!(known.len(), vectors.len());
}

#[test]
fn each_of_our_properties_comes_from_one_token() {
    let properties: HashSet<_> = tokens().map(|(_, _, property)| property).collect();
    let names: HashSet<_> = tokens().map(|(group, name, _)| (group, name)).collect();
    assert_eq!((properties.len(), names.len()), (tokens().count(), tokens().count()));
}

#[test]
fn every_property_that_takes_a_token_is_used_by_the_stylesheet() {
    let stylesheet = include_str!("../../src/ui/style.css");
    for (_, _, property) in tokens() {
        assert!(stylesheet.contains(&format!("var({property}")), "{property}");
    }
}
