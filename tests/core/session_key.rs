//! Session keys, from a task and from an agent's keyboard.

use flex_glance::core::{
    session_key::{MAX_LENGTH, SessionKey, SessionKeyError},
    task::Task,
};
use proptest::prelude::*;

use crate::common::{prop, vectors};

fn typed(text: &str) -> Result<String, SessionKeyError> {
    SessionKey::parse_typed(text).map(|key| key.as_str().to_owned())
}

fn from_task(text: &str) -> Result<String, SessionKeyError> {
    SessionKey::parse(text).map(|key| key.as_str().to_owned())
}

/// The cases are shared with the doctor, the visitor's side and the Glance stand-in.
#[test]
fn every_vector_of_a_tasks_session_key_is_a_key_or_refused() {
    for vector in vectors("session_key") {
        let task = Task { visitor_id: prop(&vector["given"]), ..Task::default() };
        let key = task.session_key().ok();
        let key = key.as_ref().map(SessionKey::as_str);
        assert_eq!(key, vector["key"].as_str(), "{}: {}", vector["given"], vector["why"]);
    }
}

#[test]
fn white_space_of_every_kind_is_removed_from_a_typed_key() {
    for text in [
        " 1234 ",
        "12 34",
        "1\t2\n3\r4",
        "12\u{a0}34",
        "12\u{202f}34",
        "\u{3000}1234\u{2009}",
        "12\u{2028}34",
    ] {
        assert_eq!(typed(text).unwrap(), "1234", "{text:?}");
    }
}

#[test]
fn dashes_of_a_typed_key_go_where_everything_else_is_digits() {
    for text in ["12-34", "1-2-3-4", "-1234-", "12 - 34", "12--34"] {
        assert_eq!(typed(text).unwrap(), "1234", "{text:?}");
    }
}

#[test]
fn dashes_of_a_typed_key_stay_beside_anything_but_digits() {
    for text in ["a-b", "12-3a", "1-2_3", "12-34.", "1-2~3", "CH-00"] {
        assert_eq!(typed(text).unwrap(), text);
    }
}

#[test]
fn full_width_characters_and_other_dashes_are_understood_in_a_typed_key() {
    for text in [
        "１２３４",
        "１２ ３４",
        "12–34",
        "12\u{2011}34",
        "12\u{2212}34",
        "１２－３４",
        "12\u{2010}3—4",
    ] {
        assert_eq!(typed(text).unwrap(), "1234", "{text:?}");
    }
    assert_eq!(typed("Ｖ－ａ＿１～．").unwrap(), "V-a_1~.");
    assert_eq!(typed("１２＃３"), Err(SessionKeyError::Character('#')));
    assert_eq!(typed("a\u{2011}b").unwrap(), "a-b");
}

#[test]
fn words_around_a_number_go_from_a_typed_key() {
    for text in [
        "My key is 1234",
        "My key is 12-34.",
        "Key: 12 34, thanks",
        "clave:1234",
        "1234 (from my screen)",
        "schlüssel 1234",
        "キーは1234です",
        "It says “12\u{2011}34”.",
        "the\u{a0}key\u{a0}12\u{ad}34",
    ] {
        assert_eq!(typed(text).unwrap(), "1234", "{text:?}");
    }
}

#[test]
fn letters_that_belong_to_a_typed_key_stay() {
    for (text, key) in [
        ("V12ab", "V12ab"),
        ("user.1", "user.1"),
        ("CH00 ff", "CH00ff"),
        ("CH 00 ff", "CH00ff"),
        ("ab-cd 12", "ab-cd12"),
        ("ab cd", "abcd"),
        ("1a 2b", "1a2b"),
        ("12 or 34", "12or34"),
    ] {
        assert_eq!(typed(text).unwrap(), key, "{text:?}");
    }
}

#[test]
fn letters_digits_and_four_marks_are_a_key_as_they_stand() {
    for text in ["a", "Z", "0", "aZ09_-~.", "CH0123456789abcdef0123456789abcdef", "....", "user.1"]
    {
        assert_eq!(typed(text).unwrap(), text);
    }
}

#[test]
fn nothing_but_white_space_or_dashes_is_an_empty_key() {
    for text in ["", " ", "\u{a0}\t\n", "-", "--- -"] {
        assert_eq!(typed(text), Err(SessionKeyError::Empty), "{text:?}");
    }
    assert_eq!(from_task("  "), Err(SessionKeyError::Empty));
}

#[test]
fn the_first_impossible_character_is_named() {
    for (text, wrong) in [
        ("a&b#c", '&'),
        ("a#", '#'),
        ("50%", '%'),
        ("a+b", '+'),
        ("12/34", '/'),
        ("$1", '$'),
        ("jörg", 'ö'),
        ("key🙂", '🙂'),
        ("a\0b", '\0'),
        ("<script>", '<'),
    ] {
        assert_eq!(typed(text), Err(SessionKeyError::Character(wrong)), "{text:?}");
    }
}

#[test]
fn sixty_two_characters_are_a_key_and_sixty_three_are_not() {
    let longest = "a".repeat(MAX_LENGTH);
    assert_eq!(longest.len(), 62);
    assert_eq!(typed(&longest).unwrap(), longest);
    assert_eq!(typed(&"a".repeat(63)), Err(SessionKeyError::TooLong { length: 63 }));
    assert_eq!(from_task(&"a".repeat(63)), Err(SessionKeyError::TooLong { length: 63 }));
}

#[test]
fn white_space_and_dashes_that_go_do_not_count() {
    assert_eq!(typed(&"1 ".repeat(62)).unwrap(), "1".repeat(62));
    assert_eq!(typed(&"1-".repeat(62)).unwrap(), "1".repeat(62));
    assert_eq!(typed(&"a-".repeat(32)), Err(SessionKeyError::TooLong { length: 64 }));
}

#[test]
fn ten_thousand_characters_are_refused_with_their_number() {
    assert_eq!(typed(&"7".repeat(10_000)), Err(SessionKeyError::TooLong { length: 10_000 }));
    assert_eq!(typed(&"é".repeat(10_000)), Err(SessionKeyError::Character('é')));
    assert_eq!(typed(&" ".repeat(10_000)), Err(SessionKeyError::Empty));
}

#[test]
fn debug_tells_two_keys_apart_and_shows_neither() {
    let shown = |text: &str| format!("{:?}", SessionKey::parse(text).unwrap());
    assert_eq!(shown("visitor-4711"), shown("visitor-4711"));
    assert_ne!(shown("visitor-4711"), shown("visitor-4712"));
    assert!(!shown("visitor-4711").contains("4711"), "{}", shown("visitor-4711"));
}

#[test]
fn marks_that_a_chat_puts_around_a_number_unseen_are_removed_from_a_typed_key() {
    for mark in [
        '\u{ad}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{2060}',
        '\u{2066}', '\u{2068}', '\u{2069}', '\u{feff}',
    ] {
        assert_eq!(typed(&format!("{mark}12{mark}34{mark}")).unwrap(), "1234", "{mark:?}");
        let refused = from_task(&format!("12{mark}34"));
        assert_eq!(refused, Err(SessionKeyError::Character(mark)));
    }
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-~.".contains(c)
}

proptest! {
    #[test]
    fn whatever_is_typed_is_a_key_of_allowed_characters_or_refused(text in any::<String>()) {
        if let Ok(key) = typed(&text) {
            prop_assert!((1..=62).contains(&key.chars().count()));
            prop_assert!(key.chars().all(is_allowed));
        }
    }

    #[test]
    fn a_typed_key_is_what_was_typed_but_for_white_space_and_dashes(text in "[a-c_][a-c0-3_.~&-]{0,70}|[0-3 \u{a0}_.~&-]{0,70}") {
        if let Ok(key) = typed(&text) {
            let rest = |text: &str| text.replace([' ', '\u{a0}', '-'], "");
            prop_assert_eq!(rest(&key), rest(&text));
        }
    }

    #[test]
    fn every_possible_key_is_accepted_from_a_task_unchanged(text in "[A-Za-z0-9_.~-]{1,62}") {
        prop_assert_eq!(from_task(&text).unwrap(), text);
    }

    #[test]
    fn typing_an_accepted_key_again_gives_the_same_key(text in "[A-Za-z0-9_.~ -]{0,70}") {
        if let Ok(key) = typed(&text) {
            prop_assert_eq!(typed(&key).unwrap(), key);
        }
    }
}
