//! Addresses that the component talks to: https, or http on this machine.
//!
//! `vectors/address.json` has the cases, which the doctor and the visitor's side run too.

use std::net::Ipv4Addr;

/// What no host name may hold.
const FORBIDDEN: &[u8] = b"%@<>[]^|`";

/// Whether `url` is an absolute https URL, or an http URL of a loopback host, without credentials.
///
/// A login key or a Flex token must not cross a network in the clear; a loopback address is no
/// network, and is where a sandbox runs.
pub fn is_acceptable(url: &str) -> bool {
    if url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return false;
    }
    let Some((scheme, authority)) = split(url) else { return false };
    let Some(host) = host(authority) else { return false };
    match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => is_loopback(&host.to_ascii_lowercase()),
        _ => false,
    }
}

/// The origin of a host given with or without scheme and path: `www.glance.net` is
/// `https://www.glance.net`. `None` if it is not acceptable.
pub fn parse(host: &str) -> Option<String> {
    let url = if split(host).is_some() { host.to_owned() } else { ["https://", host].concat() };
    if !is_acceptable(&url) {
        return None;
    }
    let (scheme, authority) = split(&url)?;
    Some([&scheme.to_ascii_lowercase(), "://", authority].concat())
}

/// Scheme and authority of an absolute URL.
pub(super) fn split(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?.split(['/', '?', '#']).next()?))
}

/// The host of `host`, `host:port` or `[v6]:port`; `None` if no browser could read it. Of a v6
/// address only the characters are judged: the standard library's parser would weigh a kilobyte.
fn host(authority: &str) -> Option<&str> {
    let (host, rest, valid) = match authority.strip_prefix('[') {
        Some(inner) => {
            let (host, rest) = inner.split_once(']')?;
            let valid = host.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
            (host, rest, valid && host.contains(':'))
        }
        None => {
            let (host, rest) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            let valid = !host.bytes().any(|byte| FORBIDDEN.contains(&byte));
            (host, rest, valid && !host.is_empty())
        }
    };
    let port = rest.is_empty() || is_port(rest.strip_prefix(':')?);
    (valid && port).then_some(host)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "::1"
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}
