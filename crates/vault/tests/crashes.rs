//! Crashes: a killed process and a file cut off at any byte of the journal leave the vault as a
//! commit left it, and no commit that was answered is missing.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use support::{fixture, passphrase, records};
use vault::{DeviceKey, Vault, VaultError};

/// Set for the child process: the vault that it writes to.
const CHILD_VAULT: &str = "VAULT_TEST_CHILD";

/// Opens the vault without the time that a passphrase takes.
const DEVICE: DeviceKey = DeviceKey::from_bytes([9; 32]);

#[test]
fn a_journal_cut_off_anywhere_leaves_a_whole_commit() {
    let fixture = fixture(4);
    fixture.unlock().unwrap().add_device_key(&DEVICE).unwrap();
    let file = fs::read(&fixture.path).unwrap();
    let mut vault = fixture.unlock().unwrap();
    let mut states = vec![(vault.commits(), records(&vault).unwrap())];
    for n in 0..4 {
        vault
            .transaction::<_, VaultError>(|changes| {
                changes.put("grant", "0009", format!("changed {n}").as_bytes())?;
                changes.put("history", &format!("{n}"), &[n; 3000])?;
                changes.remove("grant", &format!("000{n}")).map(|_| ())
            })
            .unwrap();
        states.push((vault.commits(), records(&vault).unwrap()));
    }
    let journal = fs::read(fixture.folder.path().join("wallet.vault-wal")).unwrap();
    let mut last = 0;
    for len in (0..=journal.len()).filter(|len| len % 97 == 0 || *len == journal.len()) {
        let commit = reopen(&file, &journal[..len], &states);
        assert!(commit >= last, "a longer journal has no fewer commits");
        last = commit;
    }
    assert_eq!(
        last,
        states.last().unwrap().0,
        "the whole journal has every commit"
    );
}

/// Opens a copy with this much of a journal; answers its commit number.
fn reopen(file: &[u8], journal: &[u8], states: &[(u64, support::Records)]) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.vault");
    fs::write(&path, file).unwrap();
    fs::write(folder.path().join("copy.vault-wal"), journal).unwrap();
    let vault = Vault::open(&path)
        .unwrap()
        .unlock_with_device_key(&DEVICE)
        .unwrap();
    let expected = states.iter().find(|(commit, _)| *commit == vault.commits());
    assert_eq!(records(&vault).unwrap(), expected.unwrap().1);
    vault.commits()
}

/// Not a test by itself: the process that [`a_killed_process_loses_nothing_that_was_answered`]
/// starts and kills. It writes commit after commit and prints each one that was answered.
#[test]
fn child_writes_until_killed() {
    let Some(path) = std::env::var_os(CHILD_VAULT) else {
        return;
    };
    let mut vault = Vault::open(path).unwrap().unlock(&passphrase()).unwrap();
    for n in vault.commits().. {
        vault
            .transaction::<_, VaultError>(|changes| {
                changes.put("counter", "", &n.to_be_bytes())?;
                changes.put("history", &format!("{n:08}"), &[7; 700])?;
                changes
                    .remove("history", &format!("{:08}", n.saturating_sub(20)))
                    .map(|_| ())
            })
            .unwrap();
        println!("answered {n}");
    }
}

#[test]
fn a_killed_process_loses_nothing_that_was_answered() {
    let fixture = fixture(0);
    for round in 0..12 {
        let mut child = start_child(&fixture.path);
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut answered = 0;
        for line in output.lines().map_while(Result::ok) {
            let Some((_, n)) = line.split_once("answered ") else {
                continue;
            };
            answered = n.parse().unwrap();
            if answered % 17 == round {
                break; // the child goes on while it is killed, so it dies in any state
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let vault = fixture.unlock().unwrap();
        let counter = vault.read("counter", "").unwrap().unwrap();
        let counter = u64::from_be_bytes(counter.as_ref().try_into().unwrap());
        assert!(counter >= answered, "answered {answered}, found {counter}");
        assert_eq!(
            vault.commits(),
            counter + 1,
            "the counter and the manifest are one commit"
        );
        let oldest = (counter + 1).saturating_sub(20).max(1);
        let expected: Vec<_> = (oldest..=counter).map(|n| format!("{n:08}")).collect();
        assert_eq!(vault.list("history").collect::<Vec<_>>(), expected);
        vault.verify().unwrap();
    }
}

fn start_child(vault: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_writes_until_killed", "--nocapture"])
        .env(CHILD_VAULT, vault)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
