//! Addresses that the component talks to: https, or http on this machine.

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
    if authority.contains('@') {
        return false;
    }
    let host = host(authority).to_ascii_lowercase();
    match scheme.to_ascii_lowercase().as_str() {
        "https" => !host.is_empty(),
        "http" => is_loopback(&host),
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

fn host(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "::1"
        || host.parse().is_ok_and(|address: std::net::Ipv4Addr| address.is_loopback())
}
