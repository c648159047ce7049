//! The command line.

use std::{ffi::OsString, path::PathBuf};

use lexopt::prelude::*;
use tokio::io::AsyncReadExt;

/// What the command line asked for.
pub(crate) struct Options {
    /// First of five neighbouring ports; 0 takes any five free ones.
    pub(crate) port: u16,
    /// The project's root folder.
    pub(crate) root: PathBuf,
    /// When to stop.
    pub(crate) until: Until,
}

/// What ends the sandbox.
pub(crate) enum Until {
    /// Ctrl-C or a termination signal.
    Signal,
    /// The same, or the end of standard input: a starter that dies takes the sandbox with it.
    StdinCloses,
}

const USAGE: &str = "Usage: sandbox [--port N] [--root DIR] [--until-stdin-closes]";

impl Options {
    /// # Errors
    /// A sentence that names the wrong option, with the usage line.
    pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self { port: 4600, root: PathBuf::from("."), until: Until::Signal };
        let mut parser = lexopt::Parser::from_iter(args);
        let wrong = |error: lexopt::Error| format!("{error}\n{USAGE}");
        while let Some(arg) = parser.next().map_err(wrong)? {
            match arg {
                Long("port") => {
                    options.port = parser.value().and_then(|v| v.parse()).map_err(wrong)?;
                }
                Long("root") => options.root = parser.value().map_err(wrong)?.into(),
                Long("until-stdin-closes") => options.until = Until::StdinCloses,
                Long("help") | Short('h') => return Err(USAGE.to_owned()),
                other => return Err(wrong(other.unexpected())),
            }
        }
        Ok(options)
    }
}

impl Until {
    /// Returns when it is time to stop.
    pub(crate) async fn wait(self) {
        let signal = async {
            let terminated =
                tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
            match terminated {
                Ok(mut terminated) => {
                    tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = terminated.recv() => {} }
                }
                Err(_) => {
                    let _ = tokio::signal::ctrl_c().await;
                }
            }
        };
        match self {
            Self::Signal => signal.await,
            Self::StdinCloses => {
                let stdin = async {
                    let mut sink = [0; 64];
                    let mut stdin = tokio::io::stdin();
                    while matches!(stdin.read(&mut sink).await, Ok(1..)) {}
                };
                tokio::select! { () = signal => {}, () = stdin => {} }
            }
        }
    }
}
