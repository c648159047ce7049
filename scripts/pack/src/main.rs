//! Packs a file as raw LZMA, which `src/js/unpack.js` unpacks: `pack <file> <packed file>`.

use std::{env, fs, io::Write, process::ExitCode};

use lzma_rust2::{LzmaOptions, LzmaWriter};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [file, packed] = args.as_slice() else {
        eprintln!("Usage: pack <file> <packed file>");
        return ExitCode::from(2);
    };
    let written = fs::read(file).and_then(|bytes| fs::write(packed, pack(&bytes)?));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Without header and end marker: the reader knows the size and the settings.
fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut options = LzmaOptions::with_preset(9);
    options.lc = 3;
    options.lp = 0;
    options.pb = 0;
    options.nice_len = LzmaOptions::NICE_LEN_MAX;
    options.depth_limit = 512;
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    writer.write_all(bytes)?;
    writer.finish()
}
