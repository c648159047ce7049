//! Writes the JavaScript glue of the WebAssembly build.
//!
//! `bindgen <module.wasm> <folder>` reads what cargo built and writes `flex_glance.js` and
//! `flex_glance_bg.wasm`. It is wasm-bindgen itself, of exactly the version in `Cargo.lock`, without
//! the minutes that installing its command line takes.

use std::{env, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [module, folder] = args.as_slice() else {
        eprintln!("Usage: bindgen <module.wasm> <folder>");
        return ExitCode::from(2);
    };
    // `no_modules` glue is one self-contained piece of code, which the build puts into a function:
    // a page whose instance trapped calls it again for a fresh one.
    let written = Bindgen::new()
        .input_path(module)
        .no_modules(true)
        .map(|bindgen| {
            bindgen
                .out_name("flex_glance")
                .typescript(false)
                .omit_default_module_path(true)
                .remove_producers_section(true)
        })
        .and_then(|bindgen| bindgen.generate(folder));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{module}: {error:?}");
            ExitCode::FAILURE
        }
    }
}
