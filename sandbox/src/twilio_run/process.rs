//! A `twilio-run` of its own for a project of the Serverless Toolkit.
//!
//! It gets its settings as environment variables and none of the outside ones, so that nobody's real
//! account is ever used. `sandbox/function/loopback.cjs` keeps it on this machine, makes it end with
//! the sandbox, and names the port on which it listens.

use std::{path::PathBuf, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    sync::watch,
    task::JoinHandle,
};

use crate::Sandbox;

/// What runs a Function.
const PACKAGES: [&str; 2] = ["twilio-run", "@twilio/runtime-handler"];

/// Takes about a second; on a busy machine some more.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// How often, and how many times, to look whether a killed process is gone.
const KILL_CHECK_INTERVAL: Duration = Duration::from_millis(5);
const KILL_CHECKS: u32 = 200;

/// What is served.
pub(crate) struct Project {
    /// Below the sandbox's root, or absolute.
    pub(crate) folder: PathBuf,
    /// The folder of its Functions, below.
    pub(crate) functions: &'static str,
    /// What its Functions find in their context.
    pub(crate) settings: Vec<(String, String)>,
}

/// How far `twilio-run` is.
#[derive(Clone, Debug, Default)]
pub(crate) enum Upstream {
    #[default]
    Starting,
    Ready {
        client: reqwest::Client,
        port: u16,
    },
    /// It is not there and will not come; says why.
    Failed(String),
}

/// `twilio-run` and whoever it forks; all of them end when this is dropped.
pub(crate) struct TwilioRun {
    watch: JoinHandle<()>,
    /// Its open standard input is the sign of life that `loopback.cjs` looks at.
    child: Child,
}

impl TwilioRun {
    /// Starts it without waiting for it: `upstream` says when it listens.
    ///
    /// # Errors
    /// A sentence that says what is missing and how to get it.
    pub(crate) fn start(
        sandbox: &Sandbox,
        project: &Project,
        upstream: watch::Sender<Upstream>,
    ) -> Result<Self, String> {
        for package in PACKAGES {
            if !sandbox.root.join("node_modules").join(package).is_dir() {
                return Err(format!(
                    "The npm package {package}, which runs the login-key Function, is not installed. Run `npm ci` first."
                ));
            }
        }
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| format!("twilio-run cannot be reached ({error})."))?;
        let mut child = command(sandbox, project).spawn().map_err(|error| {
            format!("`node` cannot be started ({error}). Install Node.js 20 or later from https://nodejs.org/.")
        })?;
        let stdout = child.stdout.take().ok_or("twilio-run has no standard output.")?;
        let watch = tokio::spawn(watch(upstream, client, stdout));
        Ok(Self { watch, child })
    }
}

impl Drop for TwilioRun {
    /// Returns when the process is gone, which takes milliseconds.
    fn drop(&mut self) {
        self.watch.abort();
        let _ = self.child.start_kill();
        for _ in 0..KILL_CHECKS {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(KILL_CHECK_INTERVAL);
        }
    }
}

fn command(sandbox: &Sandbox, project: &Project) -> Command {
    let mut command = Command::new("node");
    command
        .args(["node_modules/twilio-run/bin/twilio-run.js", "start", "--cwd"])
        .arg(&project.folder)
        .args(["--functions-folder", project.functions])
        // No settings file: a developer's own `functions/.env` is not the sandbox's business.
        .args(["--env", "/dev/null", "--load-local-env"])
        .args(["--port", "0", "--no-logs", "--no-live", "--log-level", "error"])
        .current_dir(&sandbox.root)
        .env_clear()
        .envs(project.settings.iter().cloned())
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("NODE_OPTIONS", "--require ./sandbox/function/loopback.cjs")
        .env("SANDBOX_IAM", format!("{}/iam", sandbox.origins.function))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // A Ctrl-C in the terminal is the sandbox's to handle.
        .process_group(0)
        .kill_on_drop(true);
    command
}

/// Says where `twilio-run` listens, and on standard error what else it prints.
async fn watch(upstream: watch::Sender<Upstream>, client: reqwest::Client, stdout: ChildStdout) {
    let mut lines = BufReader::new(stdout).lines();
    let failure = match tokio::time::timeout(START_TIMEOUT, port(&mut lines)).await {
        Ok(Some(port)) => {
            upstream.send_replace(Upstream::Ready { client, port });
            while let Some(line) = next(&mut lines).await {
                eprintln!("twilio-run: {line}");
            }
            "twilio-run has ended, so its Function is gone. Start the sandbox again.".to_owned()
        }
        Ok(None) => "twilio-run ended before it listened; its own message is above.".to_owned(),
        Err(_) => format!("twilio-run did not listen within {} seconds.", START_TIMEOUT.as_secs()),
    };
    eprintln!("{failure}");
    upstream.send_replace(Upstream::Failed(failure));
}

/// The port that `loopback.cjs` names, or `None` if the process ends before.
async fn port(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<u16> {
    while let Some(line) = next(lines).await {
        match line.strip_prefix("listening on ").and_then(|port| port.parse().ok()) {
            Some(port) => return Some(port),
            None => eprintln!("twilio-run: {line}"),
        }
    }
    None
}

async fn next(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<String> {
    lines.next_line().await.ok().flatten()
}
