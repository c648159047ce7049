//! The command line.

use std::{ffi::OsString, path::PathBuf};

use lexopt::prelude::*;

/// What the command line asked for.
pub(crate) struct Options {
    /// First of five neighbouring ports; 0 takes any five free ones.
    pub(crate) port: u16,
    /// The project's root folder.
    pub(crate) root: PathBuf,
    /// The script of Flex UI, below the root.
    pub(crate) flex: PathBuf,
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

const USAGE: &str = "Usage: sandbox [--port N] [--root DIR] [--flex FILE] [--until-stdin-closes]";

impl Options {
    /// # Errors
    /// A sentence that names the wrong option, with the usage line.
    pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self {
            port: 4600,
            root: PathBuf::from("."),
            flex: PathBuf::from("sandbox/dist/flex.js"),
            until: Until::Signal,
        };
        let mut parser = lexopt::Parser::from_iter(args);
        let wrong = |error: lexopt::Error| format!("{error}\n{USAGE}");
        while let Some(arg) = parser.next().map_err(wrong)? {
            match arg {
                Long("port") => {
                    options.port = parser.value().and_then(|v| v.parse()).map_err(wrong)?;
                }
                Long("root") => options.root = parser.value().map_err(wrong)?.into(),
                Long("flex") => options.flex = parser.value().map_err(wrong)?.into(),
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
                // A thread of its own: a read of the runtime's cannot be given up, and would hold
                // the end back until standard input closes after all.
                let (closed, stdin) = tokio::sync::oneshot::channel();
                std::thread::spawn(move || {
                    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
                    let _ = closed.send(());
                });
                tokio::select! { () = signal => {}, _ = stdin => {} }
            }
        }
    }
}
