//! Texts of others, as people read them inside ours.

use flex_glance::core::{
    login_key::{self, AnswerTime, LoginKeyFailure, Reply},
    presence::VisitorPage,
    printable::{printable, printable_char},
    time::Moment,
};
use proptest::{collection::vec, prelude::*};

/// What cannot be seen, or turns around what can: Unicode's `Default_Ignorable_Code_Point` with the rest
/// of `Bidi_Control`, the separators of lines and paragraphs, and the marks of annotations.
const UNSEEN: &[(u32, u32)] = &[
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x61c, 0x61c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe0fff),
];

fn is_unseen(c: char) -> bool {
    c.is_control() || UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

fn all_unseen() -> Vec<char> {
    UNSEEN.iter().flat_map(|(first, last)| *first..=*last).filter_map(char::from_u32).collect()
}

/// The message of a Function that refuses.
fn error_message(message: &str) -> Option<String> {
    let reply = Reply { error_message: message.into(), ..Reply::default() };
    let page = Moment { unix_ms: 0.0, mono_ms: 0.0 };
    let answered = AnswerTime { page, date_ms: f64::NAN };
    match login_key::judge(500, Some(reply), "agent", answered) {
        Err(LoginKeyFailure::Fault { message, .. }) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_text_of_others_turns_ours_around_or_hides_in_it() {
    for mark in all_unseen() {
        let odd = format!("a{mark}b");
        assert_eq!(printable(&odd, 10).as_deref(), Some("ab"), "{mark:?}");
        assert_eq!(error_message(&odd).as_deref(), Some("ab"), "{mark:?}");
        let page = VisitorPage::new(Some(&format!("https://shop.example/{odd}")), Some(&odd));
        assert_eq!(page.place.as_deref(), Some("/ab"), "{mark:?}");
        assert_eq!(page.browser.as_deref(), Some("ab"), "{mark:?}");
        assert_eq!(printable(&mark.to_string(), 10), None, "{mark:?}");
    }
}

#[test]
fn a_control_character_becomes_a_space() {
    assert_eq!(printable("a\0b\nc\u{85}d", 10).as_deref(), Some("a b c d"));
    assert_eq!(printable(" \r\n", 10), None);
}

#[test]
fn what_is_cut_off_is_shown_within_the_length() {
    assert_eq!(printable("abcde", 5).as_deref(), Some("abcde"));
    assert_eq!(printable("abcdef", 5).as_deref(), Some("abcd…"));
    assert_eq!(printable("🙂🙂🙂", 2).as_deref(), Some("🙂…"));
    // What is not shown does not count.
    assert_eq!(printable("\u{202e}abcde\u{200b}", 5).as_deref(), Some("abcde"));
}

#[test]
fn what_people_write_stays_as_it_is() {
    for text in ["مرحبا", "שלום", "日本語", "naïve café", "👍", "a — “b”", "हिन्दी"]
    {
        assert_eq!(printable(text, 60).as_deref(), Some(text));
    }
}

#[test]
fn a_character_that_cannot_be_seen_is_named_by_its_code_point() {
    for (c, shown) in [
        ('#', "#"),
        ('é', "é"),
        ('\u{202e}', "U+202E"),
        (' ', " "),
        ('\u{a0}', "U+00A0"),
        ('\n', "U+000A"),
        ('\u{e0001}', "U+E0001"),
    ] {
        assert_eq!(printable_char(c), shown);
    }
}

proptest! {
    #[test]
    fn any_text_comes_out_seen_and_no_longer_than_it_may_be(
        parts in vec(prop_oneof![
            any::<char>(),
            proptest::sample::select(all_unseen()),
            "[a-z \u{a0}]".prop_map(|text| text.chars().next().unwrap()),
        ], 0..40),
        longest in 1..30_usize,
    ) {
        let text: String = parts.into_iter().collect();
        if let Some(shown) = printable(&text, longest) {
            prop_assert!(!shown.contains(is_unseen), "{shown:?}");
            prop_assert!(shown.chars().count() <= longest, "{shown:?}");
            prop_assert!(!shown.trim().is_empty());
            prop_assert_eq!(printable(&shown, longest), Some(shown));
        }
    }
}
