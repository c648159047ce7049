//! What an agent is shown of the page that a visitor is on.

use flex_glance::core::{
    login_key::LoginKeyFailure,
    presence::{PresenceError, PresenceStatus, VisitorPage},
    strings::Strings,
};
use proptest::prelude::*;

fn place(url: &str) -> Option<String> {
    VisitorPage::new(Some(url), None).place
}

fn browser(name: &str) -> Option<String> {
    VisitorPage::new(None, Some(name)).browser
}

#[test]
fn a_page_is_its_path_and_the_front_page_its_host() {
    for (url, shown) in [
        ("https://shop.example/cart", "/cart"),
        ("http://127.0.0.1:4000/", "127.0.0.1:4000"),
        ("https://shop.example", "shop.example"),
        ("https://shop.example/ü/日本", "/ü/日本"),
    ] {
        assert_eq!(place(url).as_deref(), Some(shown));
    }
}

#[test]
fn query_and_fragment_are_nobodys_business() {
    for url in [
        "https://shop.example/cart?card=4111",
        "https://shop.example/cart#card=4111",
        "https://shop.example/cart/?card=4111#4111",
        "https://shop.example/cart#?4111",
    ] {
        assert_eq!(place(url).as_deref(), Some("/cart"), "{url}");
    }
    assert_eq!(place("https://shop.example?card=4111").as_deref(), Some("shop.example"));
}

#[test]
fn user_and_password_are_nobodys_business() {
    for url in ["https://ada:s3cret@shop.example/cart", "https://s3cret@shop.example/cart"] {
        assert_eq!(place(url).as_deref(), Some("/cart"));
    }
    assert_eq!(place("https://s3cret@shop.example").as_deref(), Some("shop.example"));
    assert_eq!(place("https://shop.example/@ada").as_deref(), Some("/@ada"));
}

#[test]
fn what_is_no_address_of_a_page_is_not_shown() {
    for url in ["", " ", "cart", "about:blank", "javascript:alert(1)", "https://", "https://?a"] {
        assert_eq!(place(url), None, "{url}");
    }
    assert_eq!(VisitorPage::new(None, None), VisitorPage::default());
}

#[test]
fn what_is_too_long_is_cut_between_characters() {
    let long = "é".repeat(61);
    let cut = format!("{}…", "é".repeat(59));
    assert_eq!(browser(&long), Some(cut));
    let just_fits = "é".repeat(60);
    assert_eq!(browser(&just_fits), Some(just_fits));
}

#[test]
fn a_part_that_is_blank_is_not_shown() {
    for blank in ["", " \n", "\0\u{7}", "\0 \u{7}"] {
        assert_eq!(browser(blank), None, "{blank:?}");
    }
}

#[test]
fn both_parts_are_described_or_what_there_is_of_them() {
    let describe = |url, browser| VisitorPage::new(url, browser).describe();
    let (url, chrome) = (Some("https://shop.example/cart"), Some("Chrome"));
    assert_eq!(describe(url, chrome).as_deref(), Some("/cart · Chrome"));
    assert_eq!(describe(url, None).as_deref(), Some("/cart"));
    assert_eq!(describe(None, chrome).as_deref(), Some("Chrome"));
    assert_eq!(describe(None, None), None);
}

#[test]
fn the_log_names_what_is_known_of_a_visitor_and_not_their_page() {
    let page = VisitorPage::new(Some("https://shop.example/cart"), None);
    let names = [
        PresenceStatus::Checking,
        PresenceStatus::Online(page),
        PresenceStatus::Offline,
        PresenceStatus::Unknown(PresenceError::Refused),
    ]
    .map(|status| status.name());
    let expected =
        ["presence: checking", "presence: online", "presence: offline", "presence: unknown"];
    assert_eq!(names, expected);
}

#[test]
fn every_error_of_presence_is_described_differently_in_either_language() {
    let errors = [
        PresenceError::Script,
        PresenceError::Api,
        PresenceError::Key(LoginKeyFailure::Network),
        PresenceError::Authorization,
        PresenceError::Refused,
        PresenceError::Connection,
    ];
    let mut described: Vec<String> = ["en", "es"]
        .map(Strings::new)
        .iter()
        .flat_map(|strings| errors.iter().map(|error| error.describe(strings)))
        .collect();
    described.sort();
    described.dedup();
    assert_eq!(described.len(), 2 * errors.len());
}

proptest! {
    #[test]
    fn any_text_of_a_visitors_browser_is_shown_short_printable_and_never_blank(
        url in prop_oneof![any::<String>(), "https://[ -~]{0,80}", "[a-z]{1,5}://.{0,80}"],
        name in any::<String>(),
    ) {
        let page = VisitorPage::new(Some(&url), Some(&name));
        for shown in [page.place, page.browser].into_iter().flatten() {
            prop_assert!(!shown.trim().is_empty() && !shown.contains(char::is_control));
            prop_assert!(shown.chars().count() <= 60, "{}", shown);
        }
    }
}
