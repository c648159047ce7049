//! Packs a file as raw deflate, which browsers unpack by `DecompressionStream`.
//!
//! `deflate <file> <packed>` writes what zlib would read, some 7 % smaller than zlib itself writes it.

use std::{
    env,
    fs::{self, File},
    io,
    process::ExitCode,
};

use zopfli::{Format, Options};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [file, packed] = args.as_slice() else {
        eprintln!("Usage: deflate <file> <packed>");
        return ExitCode::from(2);
    };
    match pack(file, packed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file} cannot be packed into {packed}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn pack(file: &str, packed: &str) -> io::Result<()> {
    let bytes = fs::read(file)?;
    zopfli::compress(Options::default(), Format::Deflate, bytes.as_slice(), File::create(packed)?)
}
