//! Where things are: the source tree and the target folder.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::XtaskError;

/// The source tree and the folder that cargo builds into.
pub(crate) struct Place {
    /// The workspace's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, the one this program was built into.
    pub(crate) target: PathBuf,
}

impl Place {
    /// Finds both from where this program stands: `<target>/<profile>/xtask`.
    pub(crate) fn find() -> Result<Self, XtaskError> {
        let own = env::current_exe().map_err(|source| XtaskError::File {
            path: "xtask".into(),
            source,
        })?;
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let up = |path: &Path| path.ancestors().nth(2).map(Path::to_path_buf);
        match (up(&manifest), up(&own)) {
            (Some(root), Some(target)) => Ok(Self { root, target }),
            _ => Err(XtaskError::NotHere { path: manifest }),
        }
    }

    /// The interface's npm workspace.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The folder of the foreign checker.
    pub(crate) fn foreign(&self) -> PathBuf {
        self.root.join("tests").join("foreign")
    }

    /// A built program, by profile folder and name.
    pub(crate) fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// A file in which this program notes what it did last.
    pub(crate) fn stamp(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }
}
