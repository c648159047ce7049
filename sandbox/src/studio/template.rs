//! Liquid, the template language of Studio's widgets, with the filter that Twilio adds to it.

use liquid::{Parser, ParserBuilder, model::Value};
use liquid_core::{
    Display_filter, Filter, FilterReflection, ParseFilter, Result as LiquidResult, Runtime,
    ValueView,
};
use serde_json::Value as Json;

use super::variables::Variable;

/// What `template` says with these variables: `{"trigger": …, "flow": {"variables": …}}`.
///
/// # Errors
/// A template that is no Liquid, or a filter that cannot do with its input. The message quotes no
/// value, since values are a customer's words.
pub(super) fn render(template: &str, variables: &Json) -> Result<String, String> {
    let template = parser()?.parse(template).map_err(|error| syntax(&error.to_string()))?;
    template.render(&Variable::new(variables)).map_err(|error| headline(&error.to_string()))
}

fn parser() -> Result<Parser, String> {
    ParserBuilder::with_stdlib()
        .filter(ToJson)
        .build()
        .map_err(|error| headline(&error.to_string()))
}

/// An error of the parser: where, and what it expected there.
fn syntax(error: &str) -> String {
    let expected = error.lines().find_map(|line| line.trim().strip_prefix("= "));
    match expected {
        Some(expected) => format!("{}, {expected}", headline(error).trim_start_matches(" --> ")),
        None => headline(error),
    }
}

/// An error without its context, which quotes the filters' inputs.
fn headline(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    line.strip_prefix("liquid: ").unwrap_or(line).to_owned()
}

/// Twilio documents `to_json` for objects; that it makes a quoted text of a text is our reading.
/// Source: <https://www.twilio.com/docs/studio/widget-library/send-flex>
#[derive(Clone, ParseFilter, FilterReflection)]
#[filter(name = "to_json", description = "The value as JSON.", parsed(ToJsonFilter))]
struct ToJson;

#[derive(Debug, Default, Display_filter)]
#[name = "to_json"]
struct ToJsonFilter;

impl Filter for ToJsonFilter {
    fn evaluate(&self, input: &dyn ValueView, _runtime: &dyn Runtime) -> LiquidResult<Value> {
        serde_json::to_string(&input.to_value())
            .map(Value::scalar)
            .map_err(|error| liquid_core::Error::with_msg(error.to_string()))
    }
}
