//! What runs in an environment: the active build's Functions, in a `twilio-run` of their own.

use std::{fs, io, path::PathBuf};

use tokio::sync::watch;

use super::uploads::{Version, Visibility};
use crate::{
    Sandbox,
    common::random,
    twilio_run::{Project, TwilioRun, Upstream},
};

/// A build at work. Its process and its folder are gone when this is dropped.
pub(super) struct Running {
    pub(super) functions: Vec<Version>,
    pub(super) assets: Vec<Version>,
    folder: Folder,
    /// Nothing as long as nobody has asked a Function with the present variables.
    process: Option<Process>,
}

struct Process {
    upstream: watch::Sender<Upstream>,
    _twilio_run: TwilioRun,
}

/// A folder that goes with its owner.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Running {
    /// Writes the build's files.
    ///
    /// # Errors
    /// A sentence that says what could not be done.
    pub(super) fn new(
        sandbox: &Sandbox,
        functions: &[Version],
        assets: &[Version],
    ) -> Result<Self, String> {
        let written = |error: io::Error| format!("The build cannot be written ({error}).");
        // Below the root, where node finds what the runtime needs.
        let path = sandbox.root.join("target/account").join(random::sid(""));
        fs::create_dir_all(&path).map_err(written)?;
        let folder = Folder(fs::canonicalize(&path).map_err(written)?);
        for version in functions {
            write(&folder.0, "functions", version, ".js").map_err(written)?;
        }
        for version in assets {
            write(&folder.0, "assets", version, "").map_err(written)?;
        }
        // It names the runtime, without which `twilio-run` does not start.
        let manifest = sandbox.root.join("functions/package.json");
        fs::copy(manifest, folder.0.join("package.json")).map_err(written)?;
        let (functions, assets) = (functions.to_vec(), assets.to_vec());
        Ok(Self { functions, assets, folder, process: None })
    }

    /// The way to the Functions, which start unless they run already.
    ///
    /// # Errors
    /// A sentence that says what is missing and how to get it.
    pub(super) fn functions(
        &mut self,
        sandbox: &Sandbox,
        settings: impl FnOnce() -> Vec<(String, String)>,
    ) -> Result<watch::Sender<Upstream>, String> {
        if let Some(process) = &self.process {
            return Ok(process.upstream.clone());
        }
        let folder = self.folder.0.clone();
        let project = Project { folder, functions: "functions", settings: settings() };
        let upstream = watch::Sender::default();
        let twilio_run = TwilioRun::start(sandbox, &project, upstream.clone())?;
        self.process = Some(Process { upstream: upstream.clone(), _twilio_run: twilio_run });
        Ok(upstream)
    }

    /// Ends the Functions; the next request starts them with the variables as they are then.
    pub(super) fn end_functions(&mut self) {
        self.process = None;
    }
}

/// Writes a version where `twilio-run` looks for it: its visibility is in the file's name.
fn write(folder: &std::path::Path, kind: &str, version: &Version, ending: &str) -> io::Result<()> {
    let path = version.path.trim_start_matches('/');
    let (stem, ending) = match path.rsplit_once('.') {
        Some((stem, own)) if ending.is_empty() => (stem, format!(".{own}")),
        _ => (
            path.strip_suffix(ending).filter(|_| !ending.is_empty()).unwrap_or(path),
            ending.to_owned(),
        ),
    };
    let visibility = match version.visibility {
        Visibility::Public => "",
        // Who may ask is looked at before `twilio-run` is asked.
        Visibility::Protected if kind == "functions" => "",
        Visibility::Protected => ".protected",
        Visibility::Private => ".private",
    };
    let file = folder.join(kind).join(format!("{stem}{visibility}{ending}"));
    fs::create_dir_all(file.parent().unwrap_or(folder))?;
    fs::write(file, &version.upload.content)
}
