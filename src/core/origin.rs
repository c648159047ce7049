//! Addresses that the component talks to: https, or http on this machine.

use std::net::{Ipv4Addr, Ipv6Addr};

/// What no host name may hold.
const FORBIDDEN: [char; 9] = ['%', '@', '<', '>', '[', ']', '^', '|', '`'];

/// Whether `url` is an absolute https URL, or an http URL of a loopback host, without credentials.
///
/// A login key or a Flex token must not cross a network in the clear; a loopback address is no
/// network, and is where a sandbox runs.
pub fn is_acceptable(url: &str) -> bool {
    if url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return false;
    }
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
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
    let url = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
    if !is_acceptable(&url) {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(format!("{}://{authority}", scheme.to_ascii_lowercase()))
}

/// The host of `host`, `host:port` or `[v6]:port`; `None` if no browser could read it.
fn host(authority: &str) -> Option<&str> {
    let (host, rest, valid) = match authority.strip_prefix('[') {
        Some(inner) => {
            let (host, rest) = inner.split_once(']')?;
            (host, rest, host.parse::<Ipv6Addr>().is_ok())
        }
        None => {
            let (host, rest) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            (host, rest, !host.is_empty() && !host.contains(FORBIDDEN))
        }
    };
    let port = rest.is_empty() || rest.strip_prefix(':')?.parse::<u16>().is_ok();
    (valid && port).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "::1"
        || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
}
