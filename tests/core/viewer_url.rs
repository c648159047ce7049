//! The address of the viewer, and form encoding.

use flex_glance::core::{
    form::form,
    viewer_url::{UrlCredentials, ViewerUrl},
};
use proptest::prelude::*;

use crate::common::{ENCODED_LOGIN_KEY, LOGIN_KEY, WEB, decode, group_id, login_key, session_key};

fn build(key: &str, partner_user_id: &str) -> ViewerUrl {
    let login_key = login_key();
    let credentials =
        UrlCredentials { group_id: group_id(), partner_user_id, login_key: &login_key };
    ViewerUrl::build(WEB, &session_key(key), Some(credentials), None)
}

fn query(url: &ViewerUrl) -> Vec<(String, String)> {
    decode(url.expose().split_once('?').unwrap().1)
}

#[test]
fn the_address_has_the_documented_path_and_parameters_in_their_order() {
    let expected = format!(
        "https://glance.example/agentjoin/AgentView.aspx?SessionKey=1234&Wait=1\
         &partnerid=20541&partneruserid=agent&loginkey={ENCODED_LOGIN_KEY}"
    );
    assert_eq!(build("1234", "agent").expose(), expected);
}

#[test]
fn without_credentials_the_address_names_the_session_alone() {
    let url = ViewerUrl::build(WEB, &session_key("CH-1_2~3.4"), None, None);
    let expected = "https://glance.example/agentjoin/AgentView.aspx?SessionKey=CH-1_2~3.4&Wait=1";
    assert_eq!(url.expose(), expected);
}

#[test]
fn characters_with_a_meaning_in_an_address_are_escaped() {
    for (value, escaped) in [
        ("&", "%26"),
        ("#", "%23"),
        ("%", "%25"),
        ("+", "%2B"),
        (" ", "%20"),
        ("$", "%24"),
        ("=", "%3D"),
        ("?", "%3F"),
        ("/", "%2F"),
        ("@", "%40"),
        ("ö", "%C3%B6"),
        ("🙂", "%F0%9F%99%82"),
        ("\"'<>", "%22%27%3C%3E"),
        ("\r\n", "%0D%0A"),
        ("%26", "%2526"),
    ] {
        assert_eq!(form(&[("name", value)]), format!("name={escaped}"));
        let url = build("1234", value);
        assert!(url.expose().contains(&format!("&partneruserid={escaped}&loginkey=")), "{value}");
    }
}

#[test]
fn unreserved_characters_stay_as_they_are() {
    assert_eq!(form(&[("a", "AZaz09-._~"), ("b", "")]), "a=AZaz09-._~&b=");
}

#[test]
fn a_partner_user_id_cannot_add_a_parameter_or_end_the_query() {
    let url = build("1234", "x&partnerid=1#");
    let names: Vec<_> = query(&url).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["SessionKey", "Wait", "partnerid", "partneruserid", "loginkey"]);
    assert!(!url.expose().contains('#'));
}

#[test]
fn debug_shows_nothing_of_the_address() {
    let url = build("1234", "agent");
    let shown = format!("{url:?} {url:#?}");
    for secret in ["1589912963", "EXdpEY02", "1234", "agent"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

proptest! {
    #[test]
    fn decoding_the_address_gives_back_every_value(
        key in "[A-Za-z0-9_.~-]{1,62}",
        partner_user_id in any::<String>(),
    ) {
        let url = build(&key, &partner_user_id);
        let expected = [
            ("SessionKey", key.as_str()),
            ("Wait", "1"),
            ("partnerid", "20541"),
            ("partneruserid", &partner_user_id),
            ("loginkey", LOGIN_KEY),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        prop_assert_eq!(query(&url), expected);
    }

    #[test]
    fn an_address_holds_only_characters_that_may_stand_in_one(partner_user_id in any::<String>()) {
        let url = build("1234", &partner_user_id);
        let (_, query) = url.expose().split_once('?').unwrap();
        prop_assert!(query.chars().all(|c| c.is_ascii_alphanumeric() || "-._~%&=".contains(c)));
    }
}
