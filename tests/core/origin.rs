//! Which addresses may be talked to. The cases are shared with the doctor and the visitor's side.

use flex_glance::core::origin::{is_acceptable, parse};
use proptest::prelude::*;

use crate::common::vectors;

#[test]
fn every_vector_of_an_address_is_acceptable_or_not() {
    for vector in vectors("address") {
        let given = vector["given"].as_str().unwrap();
        let expected = vector["acceptable"].as_bool().unwrap();
        assert_eq!(is_acceptable(given), expected, "{given:?}: {}", vector["why"]);
    }
}

#[test]
fn every_vector_of_an_address_has_its_origin_or_none() {
    for vector in vectors("address") {
        let given = vector["given"].as_str().unwrap();
        let expected = vector["origin"].as_str();
        assert_eq!(parse(given).as_deref(), expected, "{given:?}: {}", vector["why"]);
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_and_an_origin_is_acceptable_itself(text in any::<String>()) {
        let _ = is_acceptable(&text);
        if let Some(origin) = parse(&text) {
            prop_assert!(is_acceptable(&origin));
            prop_assert_eq!(parse(&origin), Some(origin));
        }
    }

    #[test]
    fn http_reaches_no_name_of_another_domain(name in "[a-z0-9.-]{0,20}", domain in "[a-z]{2,8}") {
        prop_assume!(domain != "localhost");
        let url = format!("http://{name}.{domain}/");
        prop_assert!(!is_acceptable(&url));
    }
}
