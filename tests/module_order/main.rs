//! Imports run one way: no cycle among modules, and no import against the order of the parts.
//!
//! The rule, for the crate and for the sandbox:
//!
//! - Modules with the same parent are nodes of a graph: at the top the folders (and single files) of
//!   `src`, inside a folder its files. A file below a module counts as that module, and so do its
//!   inline modules, tests included.
//! - An edge is an import: `use` or a path in the code, by `crate::`, `super::` or `self::`.
//! - What a parent re-exports is what it stands for: `super::Claims` with `pub use jwt::Claims` in the
//!   parent is an import of `jwt`.
//! - Between a module and those inside it there are no edges. A parent is made of its children, so it
//!   names them; they may use what the parent's own file defines (a shared type, a helper).
//! - The top folders stand in an order. Each imports those before it and none after it; the crate's
//!   root, which puts them together, stands above all.

#![allow(clippy::expect_used)]

mod graph;
mod imports;
mod tokens;

use std::path::Path;

use graph::faults;
use imports::{Source, read_sources};

/// Of the crate; a part may have more than one name.
const CRATE: &[&[&str]] = &[&["core"], &["browser"], &["runtime"], &["ui"], &["bindings"]];

/// Of the sandbox.
const SANDBOX: &[&[&str]] = &[
    &["common"],
    &["options"],
    &["origins"],
    &["scenario"],
    &["pages"],
    &["unknown"],
    &["agent"],
    &["tasks"],
    &["studio"],
    &["twilio_run"],
    &["account"],
    &["chat"],
    &["desktop"],
    &["shop"],
    &["glance"],
    &["function"],
    &["landing"],
];

fn assert_in_order(folder: &str, order: &[&[&str]]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let sources = read_sources(&folder).expect("the sources can be read");
    assert!(sources.len() > 1, "{} has modules", folder.display());
    let faults = faults(&sources, order);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_modules_of_the_crate_import_one_way() {
    assert_in_order("src", CRATE);
}

#[test]
fn the_modules_of_the_sandbox_import_one_way() {
    assert_in_order("sandbox/src", SANDBOX);
}

/// What is said of files given as path and text, where `a` comes before `b`.
fn said_of(files: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<_> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
    faults(&sources, &[&["a"], &["b", "old_b"], &["c"]])
}

#[test]
fn a_cycle_of_folders_is_found_and_each_of_its_imports_is_named() {
    let said = said_of(&[
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod x;"),
        ("a/x.rs", "\nfn f() { crate::b::y::g() }"),
        ("b/mod.rs", "mod y;"),
        ("b/y.rs", "use crate::{a::x::F, std_like};"),
    ]);
    let cycle = "a and b import each other in a circle: \
                 a/x.rs:2 imports b/y.rs, b/y.rs:1 imports a/x.rs.";
    assert!(said.contains(&cycle.to_owned()), "{said:#?}");
}

#[test]
fn a_cycle_of_three_files_in_a_folder_is_found() {
    let said = said_of(&[
        ("a/mod.rs", "mod x; mod y; mod z;"),
        ("a/x.rs", "use super::y::Y;"),
        ("a/y.rs", "use super::{x2, z::{self, Z}};"),
        ("a/z.rs", "use crate::a::x as other;"),
    ]);
    assert_eq!(
        said,
        ["a/x, a/y and a/z import each other in a circle: a/x.rs:1 imports a/y.rs, \
          a/y.rs:1 imports a/z.rs, a/z.rs:1 imports a/x.rs."]
    );
}

#[test]
fn a_cycle_through_a_re_export_of_the_parent_is_found() {
    for re_export in ["pub(crate) use self::y::{Y as Z, V};", "pub use y::Y as Z;"] {
        let said = said_of(&[
            ("a.rs", &format!("mod x; mod y; {re_export}")),
            ("a/x.rs", "use super::Z;"),
            ("a/y.rs", "fn f(x: super::x::X) {}"),
        ]);
        assert_eq!(said.len(), 1, "{said:#?}");
        assert!(said[0].starts_with("a/x and a/y import each other"), "{said:#?}");
    }
}

#[test]
fn an_import_against_the_order_is_found() {
    for import in ["use crate::b::Y;", "fn f() { crate::b::g() }", "use super::super::b;"] {
        let said = said_of(&[
            ("lib.rs", "mod a; mod b;"),
            ("a/mod.rs", "mod x;"),
            ("a/x.rs", import),
            ("b.rs", ""),
        ]);
        assert_eq!(said, ["a/x.rs:1 imports b.rs, but a comes before b and must not know it."]);
    }
}

#[test]
fn the_other_name_of_a_part_stands_at_the_same_place() {
    let said =
        said_of(&[("a.rs", ""), ("old_b.rs", "use crate::c::C;"), ("c.rs", "use crate::a::A;")]);
    assert_eq!(said, ["old_b.rs:1 imports c.rs, but old_b comes before c and must not know it."]);
}

#[test]
fn a_module_without_a_place_in_the_order_is_named() {
    let said = said_of(&[("a.rs", ""), ("d.rs", "")]);
    assert_eq!(said, ["d has no place in the order: give it one in tests/module_order."]);
}

#[test]
fn parents_name_their_children_and_children_use_their_parents() {
    let said = said_of(&[
        ("lib.rs", "mod a; mod b; pub use a::x::X; use crate::b::Y;"),
        ("a/mod.rs", "mod x; pub use self::x::X; pub struct Shared(X); fn f() { x::f() }"),
        ("a/x.rs", "use super::Shared; mod tests { use super::*; use super::super::Shared; }"),
        ("b.rs", "use crate::a::{self, x::X}; fn f() { self::g() }"),
    ]);
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn comments_and_texts_import_nothing() {
    let said = said_of(&[
        (
            "a.rs",
            "// use crate::b::B;\n/* crate::b /* nested */ crate::b::g() */ const C: char = '\"';",
        ),
        (
            "b.rs",
            r###"/// [`crate::c::C`] const A: &str = "\" crate::c::g"; 
            const B: &str = r#"" crate::c::g"#; const Q: char = '\'';"###,
        ),
        ("c.rs", "fn f<'a>(it: &'a str) {}"),
    ]);
    assert!(said.is_empty(), "{said:#?}");
}
