//! Packs a file: `pack <file> <packed file>`.

use std::{env, fs, process::ExitCode};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [file, packed] = args.as_slice() else {
        eprintln!("Usage: pack <file> <packed file>");
        return ExitCode::from(2);
    };
    match fs::read(file).and_then(|bytes| fs::write(packed, pack::pack(&bytes))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}
