//! What is known at the door, before anything is unlocked: how long to wait after wrong passphrases, and
//! whether this device can unlock. It is kept in a file beside the vault, so that closing the program does
//! not end a wait. Whoever can write that file can end it: who copies the vault is held up by the key
//! derivation alone; this is for a hand at the keyboard.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

const FREE: u32 = 3;
const LONGEST_SECONDS: i64 = 300;

/// The door of one vault.
#[derive(Clone, Debug, Default)]
pub(crate) struct Door {
    file: Option<PathBuf>,
    kept: Kept,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Wrong secrets since the last right one.
    wrong: u32,
    /// Until when the next one has to wait, in seconds.
    not_before: i64,
    /// The name under which the device's keychain has a secret for this vault.
    device: Option<String>,
}

impl Door {
    /// The door of the vault at `place`. A file that cannot be read is as none.
    pub(crate) fn at(place: Option<&Path>) -> Self {
        let file = place.map(beside);
        let kept = file
            .as_ref()
            .and_then(|file| serde_json::from_slice(&fs::read(file).ok()?).ok());
        Door {
            file,
            kept: kept.unwrap_or_default(),
        }
    }

    /// Seconds until the next try counts; zero when it may come.
    pub(crate) fn wait(&self, now: i64) -> u32 {
        u32::try_from((self.kept.not_before - now).clamp(0, LONGEST_SECONDS)).unwrap_or(0)
    }

    /// Somebody tries a secret. It counts as wrong until it proved right, even if the program ends meanwhile.
    pub(crate) fn tries(&mut self, now: i64) {
        self.kept.wrong = self.kept.wrong.saturating_add(1);
        if let Some(beyond) = self.kept.wrong.checked_sub(FREE) {
            self.kept.not_before = now + (1_i64 << beyond.min(16)).min(LONGEST_SECONDS);
        }
        self.keep();
    }

    /// It was the right one.
    pub(crate) fn was_right(&mut self) {
        (self.kept.wrong, self.kept.not_before) = (0, 0);
        self.keep();
    }

    /// It was not looked at: the last try does not count.
    pub(crate) fn was_not_tried(&mut self) {
        self.kept.wrong = self.kept.wrong.saturating_sub(1);
        self.kept.not_before = 0;
        self.keep();
    }

    /// The name of the secret in the device's keychain.
    pub(crate) fn device(&self) -> Option<&str> {
        self.kept.device.as_deref()
    }

    pub(crate) fn set_device(&mut self, name: Option<String>) {
        self.kept.device = name;
        self.keep();
    }

    /// The vault is gone, and the door with it.
    pub(crate) fn is_gone(&mut self) {
        self.kept = Kept::default();
        if let Some(file) = &self.file {
            let _ = fs::remove_file(file);
        }
    }

    /// A disk that refuses must not keep the right passphrase out: then the wait is in memory alone.
    fn keep(&self) {
        let Some(file) = &self.file else { return };
        if self.kept == Kept::default() {
            let _ = fs::remove_file(file);
        } else if let Ok(text) = serde_json::to_vec(&self.kept) {
            let _ = fs::write(file, text);
        }
    }
}

fn beside(place: &Path) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".door");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_after_three_and_ends_with_the_right_one() {
        let mut door = Door::default();
        let waits: Vec<u32> = (0..14)
            .map(|_| {
                door.tries(1_000);
                door.wait(1_000)
            })
            .collect();
        assert_eq!(
            waits,
            [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        );
        assert_eq!(door.wait(1_299), 1);
        assert_eq!(door.wait(1_300), 0);
        // A clock that is set back makes nobody wait for longer.
        assert_eq!(door.wait(0), 300);
        door.was_right();
        assert_eq!(door.wait(0), 0);
    }

    #[test]
    fn closing_the_program_does_not_end_a_wait() {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("wallet.vault");
        let mut door = Door::at(Some(&vault));
        for _ in 0..5 {
            door.tries(1_000);
        }
        assert_eq!(Door::at(Some(&vault)).wait(1_000), 4);
        door.was_right();
        assert!(!beside(&vault).exists());
    }
}
