//! Where each party listens.

use serde::Serialize;

/// The site of a CRM that embeds the desktop, on any port: Twilio's and Glance's lists have it.
pub(crate) const EMBEDDER: &str = "http://crm.localhost:*";

/// One origin a party. Landing page, shop, desktop and Function are ports of 127.0.0.1; Glance is a
/// name under `.localhost`, so that it is another *site* (third-party cookies, cross-site frames)
/// and still resolves to loopback in every browser.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Origins {
    /// Landing page and control API.
    pub(crate) landing: String,
    /// The agent's desktop (genuine Flex UI) and Twilio's hosts under `/twilio/<host>/`.
    pub(crate) desktop: String,
    /// The visitor's site.
    pub(crate) shop: String,
    /// Glance's web server, CDN and viewer.
    pub(crate) glance: String,
    /// The login-key Function.
    pub(crate) function: String,
}

impl Origins {
    /// Names the origins of five ports, in the order of the fields.
    pub(crate) fn new(ports: [u16; 5]) -> Self {
        let [landing, desktop, shop, glance, function] = ports;
        Self {
            landing: format!("http://127.0.0.1:{landing}"),
            desktop: format!("http://127.0.0.1:{desktop}"),
            shop: format!("http://127.0.0.1:{shop}"),
            glance: format!("http://glance.localhost:{glance}"),
            function: format!("http://127.0.0.1:{function}"),
        }
    }
}
