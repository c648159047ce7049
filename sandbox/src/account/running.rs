//! What runs in an environment: the active build's Functions, in a `twilio-run` of their own.

use std::{fs, io, path::PathBuf};

use tokio::sync::watch;

use super::uploads::{Version, Visibility};
use crate::{
    Sandbox,
    common::{
        account::{ACCOUNT_SID, AUTH_TOKEN},
        random,
    },
    twilio_run::{Project, TwilioRun, Upstream},
};

/// A build at work. Its process and its folder are gone when this is dropped.
pub(super) struct Running {
    pub(super) functions: Vec<Version>,
    pub(super) assets: Vec<Version>,
    pub(super) upstream: watch::Sender<Upstream>,
    _process: Option<TwilioRun>,
    _folder: Folder,
}

/// A folder that goes with its owner.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Running {
    /// Writes the build's files and starts `twilio-run` on them, without waiting for it.
    ///
    /// # Errors
    /// A sentence that says what could not be done.
    pub(super) fn start(
        sandbox: &Sandbox,
        functions: &[Version],
        assets: &[Version],
        variables: Vec<(String, String)>,
        with_credentials: bool,
    ) -> Result<Self, String> {
        // Below the root, where node finds what the runtime needs.
        let folder = Folder(sandbox.root.join("target/account").join(random::sid("")));
        let written = |error: io::Error| format!("The build cannot be written ({error}).");
        for version in functions {
            write(&folder.0, "functions", version, ".js").map_err(written)?;
        }
        for version in assets {
            write(&folder.0, "assets", version, "").map_err(written)?;
        }
        // It names the runtime, without which `twilio-run` does not start.
        let manifest = sandbox.root.join("functions/package.json");
        fs::create_dir_all(&folder.0).map_err(written)?;
        fs::copy(manifest, folder.0.join("package.json")).map_err(written)?;
        let mut settings = variables;
        if with_credentials {
            let own = [("ACCOUNT_SID", ACCOUNT_SID), ("AUTH_TOKEN", AUTH_TOKEN)];
            settings.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        let upstream = watch::Sender::default();
        let process = if functions.is_empty() {
            None
        } else {
            let folder = fs::canonicalize(&folder.0).map_err(written)?;
            let project = Project { folder, functions: "functions", settings };
            Some(TwilioRun::start(sandbox, &project, upstream.clone())?)
        };
        let (functions, assets) = (functions.to_vec(), assets.to_vec());
        Ok(Self { functions, assets, upstream, _process: process, _folder: folder })
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
