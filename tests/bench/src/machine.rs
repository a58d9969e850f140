//! Where the bench runs: a folder on a real disk, and the words that say which machine the figures are of.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{Failure, disk};

/// A folder that is gone afterwards, beside this program: build folders lie on a disk.
pub(crate) struct Place {
    folder: TempDir,
    target: PathBuf,
}

impl Place {
    /// A fresh folder.
    pub(crate) fn on_disk() -> Result<Self, Failure> {
        let program = std::env::current_exe()?;
        let target = program
            .parent()
            .ok_or("this program lies in no folder")?
            .to_owned();
        let folder = tempfile::Builder::new()
            .prefix("bench-")
            .tempdir_in(&target)?;
        Ok(Self { folder, target })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A fresh folder within.
    pub(crate) fn subfolder(&self, name: &str) -> Result<PathBuf, Failure> {
        let path = self.path().join(name);
        fs::create_dir(&path)?;
        Ok(path)
    }

    /// Where other programs of the bench may be built.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }
}

/// Processor, cores, file system and what a flush costs on it.
pub(crate) fn described(place: &Place) -> Result<String, Failure> {
    let cores = std::thread::available_parallelism()?;
    let flush = disk::flushes(place, 64)?.median() / 1e6;
    Ok(format!(
        "{}, {cores} cores, Ed25519 on {}; {}, fdatasync of 4 KiB {flush:.2} ms (median)",
        processor(),
        curve_backend(),
        file_system(place.path()),
    ))
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    line.and_then(|line| line.split_once(": "))
        .map_or("an unnamed processor", |(_, name)| name)
        .trim()
        .to_owned()
}

/// What `curve25519-dalek` chooses at run time with our build flags.
fn curve_backend() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if std::is_x86_feature_detected!("avx512ifma") && std::is_x86_feature_detected!("avx512vl")
        {
            return "AVX-512";
        }
        if std::is_x86_feature_detected!("avx2") {
            return "AVX2 (no AVX-512 here)";
        }
    }
    "plain integers"
}

/// The type of the file system that holds `path`: the longest mount point before it.
fn file_system(path: &Path) -> String {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let fields = mounts
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>());
    let holding = fields.filter_map(|fields| match fields.as_slice() {
        [_, point, kind, ..] if path.starts_with(point) => Some((point.len(), (*kind).to_owned())),
        _ => None,
    });
    holding
        .max()
        .map_or_else(|| "an unknown file system".into(), |(_, kind)| kind)
}
