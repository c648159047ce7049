//! Which addresses may be talked to.

use flex_glance::core::origin::{is_acceptable, parse};
use proptest::prelude::*;

#[test]
fn https_is_acceptable_anywhere() {
    for url in [
        "https://auth.example",
        "https://auth.example:8443/path?query#fragment",
        "HTTPS://Auth.Example/",
        "https://127.0.0.1",
        "https://[2001:db8::1]:443/",
        "https://xn--jrg-sna.example",
        "https://auth.example/?next=http://other.example/@x",
    ] {
        assert!(is_acceptable(url), "{url}");
    }
}

#[test]
fn http_is_acceptable_on_this_machine() {
    for url in [
        "http://localhost",
        "http://LOCALHOST:3000/getloginkey",
        "http://glance.localhost:4000",
        "http://127.0.0.1:3000/a",
        "http://127.255.255.254",
        "http://[::1]",
        "http://[::1]:3000",
        "http://[::1]:3000/a?b#c",
    ] {
        assert!(is_acceptable(url), "{url}");
    }
}

#[test]
fn http_is_not_acceptable_for_hosts_that_only_look_like_this_machine() {
    for url in [
        "http://auth.example",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com",
        "http://evil-localhost",
        "http://evillocalhost",
        "http://evil.com/localhost",
        "http://evil.com#.localhost",
        "http://evil.com?.localhost",
        "http://128.0.0.1",
        "http://10.0.0.1",
        "http://192.168.0.1",
        "http://0.0.0.0",
        "http://127.0.0.1.",
        "http://[::2]",
        "http://[2001:db8::1]",
        "http://",
        "http://:3000",
    ] {
        assert!(!is_acceptable(url), "{url}");
    }
}

#[test]
fn credentials_in_an_address_are_not_acceptable() {
    for url in [
        "https://user@auth.example",
        "https://user:pass@auth.example",
        "https://@auth.example",
        "http://localhost@evil.com",
        "http://127.0.0.1:80@evil.com",
        "http://localhost:3000@evil.com/",
    ] {
        assert!(!is_acceptable(url), "{url}");
    }
}

#[test]
fn other_schemes_and_relative_addresses_are_not_acceptable() {
    for url in [
        "",
        "javascript:alert(1)",
        "javascript://localhost/%0Aalert(1)",
        "data:text/html,x",
        "blob:https://auth.example/1",
        "file:///etc/passwd",
        "ftp://localhost",
        "ws://localhost",
        "://auth.example",
        "//auth.example",
        "/getloginkey",
        "auth.example",
        "https:auth.example",
        "https:/auth.example",
        "https://",
        "https:///auth.example",
    ] {
        assert!(!is_acceptable(url), "{url}");
    }
}

#[test]
fn white_space_control_characters_and_backslashes_are_not_acceptable() {
    for url in [
        " https://auth.example",
        "https://auth.example ",
        "https://auth.example/a b",
        "https://auth\n.example",
        "https://auth\t.example",
        "java\nscript:alert(1)",
        "https://auth.example/\0",
        "https://auth\u{a0}.example",
        "http://localhost\\@evil.com",
        "https:\\\\auth.example",
    ] {
        assert!(!is_acceptable(url), "{url:?}");
    }
}

#[test]
fn the_origin_of_a_host_is_https_unless_it_says_otherwise() {
    for (host, origin) in [
        ("www.glance.net", "https://www.glance.net"),
        ("www.glance.net:8443", "https://www.glance.net:8443"),
        ("https://www.glance.net", "https://www.glance.net"),
        ("HTTPS://www.glance.net", "https://www.glance.net"),
        ("http://glance.localhost:4000", "http://glance.localhost:4000"),
        ("localhost:4000", "https://localhost:4000"),
        ("http://[::1]:4000", "http://[::1]:4000"),
    ] {
        assert_eq!(parse(host).as_deref(), Some(origin));
    }
}

#[test]
fn the_origin_drops_path_query_and_fragment() {
    for host in [
        "https://www.glance.net/",
        "https://www.glance.net/agentjoin/AgentView.aspx",
        "https://www.glance.net?SessionKey=1",
        "https://www.glance.net#top",
        "www.glance.net/agentjoin",
    ] {
        assert_eq!(parse(host).as_deref(), Some("https://www.glance.net"), "{host}");
    }
}

#[test]
fn a_host_that_is_not_acceptable_has_no_origin() {
    for host in [
        "",
        "/",
        "http://www.glance.net",
        "user@www.glance.net",
        "www.glance.net www.evil.com",
        "javascript://www.glance.net",
        "www.glance.net\\evil",
    ] {
        assert_eq!(parse(host), None, "{host}");
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

#[test]
fn an_address_that_no_browser_can_parse_is_not_acceptable() {
    for url in [
        "https://auth.example:port",
        "https://auth.example:99999",
        "https://[::1",
        "http://[::1]evil.com",
        "https://a:b:c",
        "http://evil.com%2f.localhost",
        "https://exa%mple",
        "https://exa<mple",
        "https://[zz]",
    ] {
        assert!(!is_acceptable(url), "{url}");
    }
    assert_eq!(parse("javascript:alert(1)"), None);
}
