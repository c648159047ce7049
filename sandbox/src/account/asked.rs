//! One call of an API, understood: which operation it is, and with what.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    body::Fields,
    fields::{Operation, Parameters},
    refusal::Refusal,
};
use crate::common::{account::ACCOUNT_SID, clock};

/// How many items a page has if nobody says, and how many at the most.
const PAGE_SIZE: usize = 50;
const LARGEST_PAGE: usize = 1000;

/// A call that the description knows.
pub(super) struct Asked {
    pub(super) operation: &'static Operation,
    /// The path as it was asked for, for addresses in answers.
    pub(super) path: String,
    pub(super) parameters: Parameters,
    pub(super) query: Vec<(String, String)>,
    pub(super) fields: Fields,
    /// Unix seconds.
    pub(super) now_s: u64,
}

/// What comes of a call.
pub(super) enum Answer {
    Item(Value),
    /// The newest first.
    List(Vec<Value>),
    Gone,
}

impl Asked {
    /// A parameter of the path.
    pub(super) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The present as Twilio writes it.
    pub(super) fn now(&self) -> String {
        clock::iso_8601(self.now_s)
    }

    /// Nothing is where the call looks.
    pub(super) fn not_found(&self) -> Refusal {
        Refusal::not_found(&self.path)
    }

    /// The answer's status and body.
    ///
    /// # Errors
    /// The page that is asked for is no number.
    pub(super) fn render(&self, answer: Answer) -> Result<(StatusCode, Option<Value>), Refusal> {
        let status = StatusCode::from_u16(self.operation.status).unwrap_or(StatusCode::OK);
        Ok(match answer {
            Answer::Item(item) => (status, Some(item)),
            Answer::List(items) => (status, Some(self.page(items)?)),
            Answer::Gone => (status, None),
        })
    }

    /// One page of a list, with Twilio's `meta`.
    fn page(&self, items: Vec<Value>) -> Result<Value, Refusal> {
        let size = self.number("PageSize")?.unwrap_or(PAGE_SIZE).clamp(1, LARGEST_PAGE);
        let page = self.number("Page")?.unwrap_or(0);
        let count = items.len();
        let items: Vec<_> = items.into_iter().skip(page.saturating_mul(size)).take(size).collect();
        let key = self.operation.list.as_deref().unwrap_or("items");
        let at = |page: usize| {
            let Operation { host, .. } = self.operation;
            let token = if page == 0 { String::new() } else { format!("&PageToken=PA{page}") };
            format!("https://{host}{}?PageSize={size}&Page={page}{token}", self.path)
        };
        let has_next = page.saturating_add(1).saturating_mul(size) < count;
        Ok(json!({
            key: items,
            "meta": {
                "page": page,
                "page_size": size,
                "first_page_url": at(0),
                "previous_page_url": page.checked_sub(1).map(at),
                "url": at(page),
                "next_page_url": has_next.then(|| at(page + 1)),
                "key": key,
            },
        }))
    }

    fn number(&self, name: &str) -> Result<Option<usize>, Refusal> {
        let Some((_, value)) = self.query.iter().find(|(given, _)| given == name) else {
            return Ok(None);
        };
        let number = value.parse().map(Some);
        number.map_err(|_| Refusal::field(format!("Invalid value {value} of parameter {name}")))
    }
}

/// The members that every resource of Twilio's begins with.
pub(super) fn resource(sid: &str, members: Value) -> Value {
    let mut resource = json!({ "sid": sid, "account_sid": ACCOUNT_SID });
    if let (Some(all), Value::Object(members)) = (resource.as_object_mut(), members) {
        all.extend(members);
    }
    resource
}
