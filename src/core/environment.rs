//! Which servers of Glance are meant. The only file with Glance's host names.

/// A value of the `glancebaseurl` prop.
///
/// The three names are documented (Twilio's Glance page); the hosts behind `Production` are
/// documented, the one behind `Beta` is seen on public test pages, the one behind `Staging` is
/// inferred. All are replaced by the `hosts` prop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    Beta,
    Staging,
    Production,
}

impl Environment {
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "beta" => Some(Self::Beta),
            "staging" => Some(Self::Staging),
            "production" => Some(Self::Production),
            _ => None,
        }
    }

    /// Origin of the web server, which serves the viewer.
    pub fn web(self) -> &'static str {
        match self {
            Self::Beta => "https://beta.glance.net",
            Self::Staging => "https://www.myglance.net",
            Self::Production => "https://www.glance.net",
        }
    }
}
