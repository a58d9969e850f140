//! What the tests of a vault file have in common.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]
#![allow(dead_code, reason = "each test file uses its own part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use vault::{Argon2Params, Passphrase, RecoveryPhrase, Unlocked, Vault, VaultError};

/// The passphrase of every test vault.
pub(crate) fn passphrase() -> Passphrase {
    Passphrase::new("a quiet river under seven stones").unwrap()
}

/// A folder with a vault in it, which is closed.
pub(crate) struct Fixture {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) phrase: RecoveryPhrase,
}

/// Records by kind and key.
pub(crate) type Records = BTreeMap<(String, String), Vec<u8>>;

/// A vault with `rows` records, each committed by itself.
pub(crate) fn fixture(rows: usize) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wallet.vault");
    let (mut vault, phrase) = Vault::create(&path, &passphrase(), Argon2Params::MINIMUM).unwrap();
    for row in 0..rows {
        vault
            .put(
                "grant",
                &format!("{row:04}"),
                format!("value {row}").as_bytes(),
            )
            .unwrap();
    }
    Fixture {
        folder,
        path,
        phrase,
    }
}

impl Fixture {
    pub(crate) fn unlock(&self) -> Result<Unlocked, VaultError> {
        Ok(Vault::open(&self.path)?.unlock(&passphrase())?)
    }

    /// The error of an unlock that must fail and leave every byte of the file as it was.
    pub(crate) fn refusal(&self) -> VaultError {
        let before = fs::read(&self.path).unwrap();
        let error = self.unlock().expect_err("this vault must not open");
        assert_eq!(
            fs::read(&self.path).unwrap(),
            before,
            "the refused file was changed"
        );
        error
    }

    /// Another program's access to the closed file.
    pub(crate) fn sqlite(&self) -> Connection {
        let connection = Connection::open(&self.path).unwrap();
        connection
            .pragma_update(None, "locking_mode", "EXCLUSIVE")
            .unwrap();
        connection
    }

    /// Changes the closed file by SQL.
    pub(crate) fn tamper(&self, sql: &str) {
        self.sqlite().execute_batch(sql).unwrap();
    }

    /// Names in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

/// Names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

/// Everything in a vault.
pub(crate) fn records(vault: &Unlocked) -> Result<Records, VaultError> {
    let mut records = Records::new();
    for kind in vault.kinds() {
        for (key, value) in vault.read_all(kind)? {
            records.insert((kind.to_owned(), key), value.to_vec());
        }
    }
    Ok(records)
}
