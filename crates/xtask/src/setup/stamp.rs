//! A note of what was last done, so that it is not done again: a digest of the files it was done from.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// A digest of some files' names and contents. Not for security: it only saves time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stamp(String);

impl Stamp {
    /// Reads the files; one that is absent counts as absent.
    pub(crate) fn of(files: &[PathBuf]) -> Self {
        let mut hasher = DefaultHasher::new();
        for file in files {
            file.hash(&mut hasher);
            fs::read(file).ok().hash(&mut hasher);
        }
        Self(format!("{:016x}", hasher.finish()))
    }

    /// Whether this is what was noted last.
    pub(crate) fn is_noted_in(&self, note: &Path) -> bool {
        fs::read_to_string(note).is_ok_and(|text| text == self.0)
    }

    pub(crate) fn note_in(&self, note: &Path) -> io::Result<()> {
        note.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(note, &self.0)
    }
}

/// Every file below a folder, in a stable order, without the folders of these names.
pub(crate) fn files_below(folder: &Path, without: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let left_out = without.iter().any(|name| path.ends_with(name));
        match (left_out, path.is_dir()) {
            (true, _) => {}
            (false, true) => found.extend(files_below(&path, without)),
            (false, false) => found.push(path),
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_new_and_a_removed_file_change_the_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        let files = [one.clone(), two.clone()];
        fs::write(&one, "a").unwrap();
        let first = Stamp::of(&files);
        assert_eq!(first, Stamp::of(&files));
        fs::write(&one, "b").unwrap();
        let changed = Stamp::of(&files);
        assert_ne!(first, changed);
        fs::write(&two, "").unwrap();
        let new = Stamp::of(&files);
        assert_ne!(changed, new);
        fs::remove_file(&two).unwrap();
        assert_eq!(changed, Stamp::of(&files));
    }

    #[test]
    fn a_note_is_found_again_and_only_that_one() {
        let folder = tempfile::tempdir().unwrap();
        let note = folder.path().join("notes").join("npm");
        let file = folder.path().join("file");
        let before = Stamp::of(std::slice::from_ref(&file));
        assert!(!before.is_noted_in(&note));
        before.note_in(&note).unwrap();
        assert!(before.is_noted_in(&note));
        fs::write(&file, "changed").unwrap();
        assert!(!Stamp::of(&[file]).is_noted_in(&note));
    }

    #[test]
    fn files_below_leaves_out_what_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["src", "dist", "src/words"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("file"), "").unwrap();
        }
        let found = files_below(folder.path(), &["dist", "words"]);
        assert_eq!(found, [folder.path().join("src").join("file")]);
    }
}
