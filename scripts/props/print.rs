//! Prints the table of props as JSON, for `scripts/props.mjs`.

use flex_glance::core::{props::TABLE, strings::Strings};

fn main() {
    let english = Strings::new("en");
    let rows = TABLE.map(|prop| {
        serde_json::json!({
            "name": prop.name,
            "prop": prop.is_prop,
            "type": prop.ts,
            "kind": prop.kind.name(),
            "required": prop.is_required,
            "default": prop.default,
            "help": prop.help,
            "details": prop.details,
            "counts": prop.counts.words(),
            "expected": prop.expected.map(|text| english.text(text)),
            "attribute": prop.is_attribute,
            "values": prop.kind.values(),
            "members": prop.kind.members(),
            "setting": prop.setting.map(|setting| serde_json::json!({
                "name": setting.name,
                "workers": setting.is_workers,
                "default": setting.default,
            })),
        })
    });
    println!("{:#}", serde_json::Value::from(rows.to_vec()));
}
