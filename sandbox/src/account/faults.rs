//! What goes wrong with a call on purpose.

use serde::Deserialize;

/// One order of the control API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    /// The beginning of `METHOD host/path`.
    #[serde(rename = "match")]
    beginning: String,
    fault: Fault,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    /// 500, and nothing happens.
    #[serde(rename = "500")]
    Internal,
    /// 429 with `Retry-After: 1`, and nothing happens.
    #[serde(rename = "429")]
    TooMany,
    /// Never answers, and nothing happens.
    Timeout,
    /// Closes the connection, and nothing happens.
    Dropped,
    /// Closes the connection after the call took effect.
    DroppedAfter,
    /// The build that is made will fail.
    BuildFailed,
}

/// Takes the fault that a call meets, if any.
///
/// * `call`: `METHOD host/path`
pub(super) fn take(orders: &mut Vec<Order>, call: &str) -> Option<Fault> {
    let met =
        orders.iter_mut().find(|order| order.times > 0 && call.starts_with(&order.beginning))?;
    met.times -= 1;
    let fault = met.fault;
    orders.retain(|order| order.times > 0);
    Some(fault)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_order_is_met_as_often_as_it_says() -> serde_json::Result<()> {
        let order = json!({ "match": "POST flex-api.twilio.com/v1", "fault": "429", "times": 2 });
        let mut orders = vec![serde_json::from_value(order)?];
        assert_eq!(take(&mut orders, "GET flex-api.twilio.com/v1/Configuration"), None);
        for expected in [Some(Fault::TooMany), Some(Fault::TooMany), None] {
            assert_eq!(take(&mut orders, "POST flex-api.twilio.com/v1/Configuration"), expected);
        }
        Ok(())
    }
}
