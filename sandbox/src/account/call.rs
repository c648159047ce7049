//! A call to one of Twilio's hosts as it came in.

use axum::{
    body::Bytes,
    http::{HeaderMap, Method},
};

pub(crate) struct Call<'a> {
    pub(crate) method: &'a Method,
    pub(crate) host: &'a str,
    /// With a slash at its beginning.
    pub(crate) path: &'a str,
    /// As it was written, without the question mark.
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
}

impl Call<'_> {
    /// A header, empty if it is missing or no text.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(super) fn path_and_query(&self) -> String {
        match self.query {
            "" => self.path.to_owned(),
            query => format!("{}?{query}", self.path),
        }
    }
}
