//! The visible texts.

use flex_glance::core::strings::{Strings, Text};

/// The `{placeholders}` of a text, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<_> = text
        .split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').expect("a placeholder is not closed").0)
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn texts_with_something_to_fill_in_have_its_place() {
    let strings = Strings::new("en");
    for (text, expected) in [
        (Text::TaskKeyWrong, vec!["attribute", "rule"]),
        (Text::KeyTooLong, vec!["length"]),
        (Text::KeyCharacter, vec!["character"]),
        (Text::KeyNotText, vec!["given"]),
        (Text::FailedRefused, vec!["status"]),
        (Text::FailedFault, vec!["status"]),
        (Text::PropMissing, vec!["expected", "prop"]),
        (Text::PropWrong, vec!["expected", "given", "prop"]),
    ] {
        assert_eq!(placeholders(strings.text(text)), expected, "{text:?}");
    }
}

#[test]
fn the_main_button_says_cobrowse_in_either_language() {
    for language in ["en", "es"] {
        let strings = Strings::new(language);
        assert!(strings.text(Text::Cobrowse).starts_with("Cobrowse"));
        assert_eq!(strings.text(Text::Region), "Glance Cobrowse");
    }
}

#[test]
fn the_language_of_a_tag_decides_the_table() {
    let cancel = |language: &str| Strings::new(language).text(Text::Cancel).to_owned();
    for language in ["es", "ES", "es-MX", "es_ES", "es-419"] {
        assert_eq!(cancel(language), "Cancelar", "{language}");
    }
    for language in ["en", "en-US", "en_GB"] {
        assert_eq!(cancel(language), "Cancel", "{language}");
    }
}

#[test]
fn a_language_without_a_table_falls_back_to_english() {
    for language in ["", "de", "fr-CA", "est", "e", "-es", "zh-Hant", "\u{feff}es", "español"] {
        assert_eq!(Strings::new(language), Strings::new("en"), "{language}");
    }
}

#[test]
fn a_text_of_the_host_wins_in_every_language_and_leaves_the_others() {
    for language in ["en", "es"] {
        let own = Strings::new(language).with(Text::Cancel, "Stop".to_owned());
        assert_eq!(own.text(Text::Cancel), "Stop");
        assert_eq!(own.text(Text::Join), Strings::new(language).text(Text::Join));
    }
}

#[test]
fn several_texts_of_the_host_stand_side_by_side() {
    let own =
        Strings::new("en").with(Text::Cancel, "Stop".to_owned()).with(Text::Join, "Go".to_owned());
    assert_eq!((own.text(Text::Cancel), own.text(Text::Join)), ("Stop", "Go"));
}
