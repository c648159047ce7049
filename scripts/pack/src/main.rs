//! Packs a file: `pack <file> <packed file>`. `pack --costs <file>` prints instead how many bytes each
//! function body of a WebAssembly module takes when packed, one a line, and what is left on the last.

use std::{env, fs, io, process::ExitCode};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [first, second] = args.as_slice() else {
        eprintln!("Usage: pack <file> <packed file>\n       pack --costs <file>");
        return ExitCode::from(2);
    };
    let (file, done) = match first.as_str() {
        "--costs" => (second, print_costs(second)),
        file => (first, fs::read(file).and_then(|bytes| fs::write(second, pack::pack(&bytes)))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print_costs(file: &str) -> io::Result<()> {
    let costs = pack::costs(&fs::read(file)?);
    for cost in costs.bodies.iter().chain([&costs.rest]) {
        println!("{cost:.1}");
    }
    Ok(())
}
