//! Which servers of Glance are meant: those of `vectors/hosts.json`, as a test sees to.

/// A value of the `glancebaseurl` prop.
///
/// The three names are documented (Twilio's Glance page); the hosts behind `Production` are
/// documented, those behind `Beta` are seen on public test pages, those behind `Staging` are
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

    /// Origin of the script server.
    pub fn cdn(self) -> &'static str {
        match self {
            Self::Beta => "https://beta.glancecdn.net",
            Self::Staging => "https://cdn.myglance.net",
            Self::Production => "https://www.glancecdn.net",
        }
    }

    /// Origin of the presence server. Unknown behind `Beta` and `Staging`: Glance's script decides.
    pub fn presence(self) -> Option<&'static str> {
        match self {
            Self::Beta | Self::Staging => None,
            Self::Production => Some("https://presence.glance.net"),
        }
    }
}
