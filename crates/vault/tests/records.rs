//! Records: stored, read, listed, removed, in transactions that hold or do not.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use support::{Records, fixture, passphrase, records};
use vault::{Argon2Params, RecordError, RecoveryPhrase, Vault, VaultError};

#[test]
fn what_was_stored_is_there_after_reopening() {
    let fixture = fixture(3);
    let mut vault = fixture.unlock().unwrap();
    vault.put("profile", "contact.phone", b"555-0100").unwrap();
    vault.put("profile", "contact.phone", b"555-0199").unwrap();
    vault.put("profile", "", b"").unwrap();
    assert!(vault.remove("grant", "0001").unwrap());
    assert!(!vault.remove("grant", "0001").unwrap());
    drop(vault);

    let vault = fixture.unlock().unwrap();
    assert_eq!(vault.list("grant").collect::<Vec<_>>(), ["0000", "0002"]);
    assert_eq!(
        vault.list("profile").collect::<Vec<_>>(),
        ["", "contact.phone"]
    );
    assert_eq!(vault.kinds().collect::<Vec<_>>(), ["grant", "profile"]);
    assert_eq!(vault.records(), 4);
    let phone = vault.read("profile", "contact.phone").unwrap().unwrap();
    assert_eq!(&*phone, b"555-0199");
    assert_eq!(vault.read("profile", "other").unwrap(), None);
    assert!(vault.contains("grant", "0000") && !vault.contains("grant", "0001"));
    vault.verify().unwrap();
    assert_eq!(
        fixture.names(),
        ["wallet.vault", "wallet.vault-wal", "wallet.vault.lock"]
    );
    drop(vault);
    assert_eq!(
        fixture.names(),
        ["wallet.vault", "wallet.vault.lock"],
        "closed into one file"
    );
}

#[test]
fn a_transaction_sees_its_own_changes_and_nobody_sees_one_that_failed() {
    let fixture = fixture(2);
    let mut vault = fixture.unlock().unwrap();
    let before = records(&vault).unwrap();
    let commits = vault.commits();
    let outcome = vault.transaction(|changes| {
        changes.put("grant", "0000", b"changed")?;
        changes.put("grant", "0009", b"new")?;
        changes.remove("grant", "0001")?;
        assert_eq!(changes.list("grant"), ["0000", "0009"]);
        assert_eq!(&*changes.read("grant", "0000")?.unwrap(), b"changed");
        assert_eq!(changes.read("grant", "0001")?, None);
        assert!(!changes.contains("grant", "0001"));
        Err::<(), _>(VaultError::Randomness) // any error gives the transaction up
    });
    assert_eq!(outcome, Err(VaultError::Randomness));
    assert_eq!(records(&vault).unwrap(), before);
    assert_eq!(vault.commits(), commits);
    vault.verify().unwrap();
    drop(vault);
    assert_eq!(records(&fixture.unlock().unwrap()).unwrap(), before);
}

#[test]
fn a_transaction_that_panics_changes_nothing() {
    let fixture = fixture(1);
    let mut vault = fixture.unlock().unwrap();
    let before = records(&vault).unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        vault.transaction::<(), VaultError>(|changes| {
            changes.put("grant", "0000", b"changed")?;
            panic!("a fault in the calling program");
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(records(&vault).unwrap(), before);
    vault.put("grant", "0001", b"later").unwrap();
    vault.verify().unwrap();
}

#[test]
fn many_changes_are_one_commit_and_none_is_no_commit() {
    let fixture = fixture(0);
    let mut vault = fixture.unlock().unwrap();
    let commits = vault.commits();
    vault
        .transaction::<_, VaultError>(|changes| {
            (0..600).try_for_each(|n| changes.put("history", &format!("{n:05}"), b"x"))
        })
        .unwrap();
    assert_eq!(vault.commits(), commits + 1);
    vault.transaction::<_, VaultError>(|_| Ok(())).unwrap();
    assert_eq!(vault.commits(), commits + 1);
    assert_eq!(vault.records(), 600);
}

#[test]
fn what_cannot_be_stored_is_refused_and_the_transaction_goes_on() {
    let fixture = fixture(0);
    let mut vault = fixture.unlock().unwrap();
    vault
        .transaction::<_, VaultError>(|changes| {
            let kind = RecordError::Kind { bytes: 0 };
            assert_eq!(changes.put("", "a", b""), Err(VaultError::Record(kind)));
            assert_eq!(
                changes.put("vault", "wallet-seed", b""),
                Err(VaultError::ReservedKind)
            );
            assert_eq!(
                changes.remove("vault", "wallet-seed"),
                Err(VaultError::ReservedKind)
            );
            changes.put("grant", "a", b"stored")
        })
        .unwrap();
    assert!(vault.contains("grant", "a"));
}

#[test]
fn the_vaults_own_records_are_out_of_reach() {
    let fixture = fixture(0);
    let mut vault = fixture.unlock().unwrap();
    assert_eq!(vault.read("vault", "wallet-seed").unwrap(), None);
    assert!(!vault.contains("vault", "wallet-seed"));
    assert_eq!((vault.list("vault").count(), vault.kinds().count()), (0, 0));
    vault
        .transaction::<_, VaultError>(|changes| {
            assert_eq!(changes.read("vault", "wallet-seed")?, None);
            assert!(changes.list("vault").is_empty() && !changes.contains("vault", "wallet-seed"));
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_words_are_the_seed_and_bring_the_wallet_back() {
    let fixture = fixture(0);
    let vault = fixture.unlock().unwrap();
    let seed = vault.wallet_seed().unwrap();
    assert_eq!(seed, fixture.phrase.wallet_seed());
    let typed: Vec<_> = vault.recovery_phrase().unwrap().expose_words().collect();
    let typed = RecoveryPhrase::parse(&typed.join("  ").to_uppercase()).unwrap();
    let path = fixture.folder.path().join("again.vault");
    let costs = Argon2Params::MINIMUM;
    let again = Vault::create_from_phrase(path, &passphrase(), costs, &typed).unwrap();
    assert_eq!(again.wallet_seed().unwrap(), seed);
}

#[test]
fn nothing_readable_is_in_the_file() {
    let fixture = fixture(0);
    let mut vault = fixture.unlock().unwrap();
    vault
        .put(
            "profile-kind",
            "https://fire.county.example",
            b"asthma inhaler",
        )
        .unwrap();
    let wal = fs::read(fixture.folder.path().join("wallet.vault-wal")).unwrap();
    let seed = *vault.wallet_seed().unwrap().expose_secret();
    drop(vault);
    let file = fs::read(&fixture.path).unwrap();
    for secret in [
        &b"profile-kind"[..],
        b"fire.county",
        b"asthma",
        b"wallet-seed",
        &seed,
        b"river",
    ] {
        for bytes in [&file, &wal] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}

#[test]
fn removed_content_does_not_stay_in_free_pages() {
    let fixture = fixture(0);
    let mut vault = fixture.unlock().unwrap();
    vault.put("document", "scan", &[7; 100_000]).unwrap();
    drop(vault);
    let sealed: Vec<u8> = fixture
        .sqlite()
        .query_row(
            "SELECT sealed FROM record ORDER BY id DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let sample = &sealed[50_000..50_064];
    let found = |file: Vec<u8>| file.windows(64).any(|window| window == sample);
    assert!(
        found(fs::read(&fixture.path).unwrap()),
        "the test looks in the right place"
    );
    fixture
        .unlock()
        .unwrap()
        .remove("document", "scan")
        .unwrap();
    assert!(!found(fs::read(&fixture.path).unwrap()));
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = fixture(1);
    let vault = fixture.unlock().unwrap();
    vault
        .backup(fixture.folder.path().join("backup.vault"))
        .unwrap();
    for name in fixture.names() {
        let mode = fs::metadata(fixture.folder.path().join(&name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8, Vec<u8>),
    Remove(u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..3_u8, 0..12_u8, proptest::collection::vec(any::<u8>(), 0..200))
            .prop_map(|(kind, key, value)| Step::Put(kind, key, value)),
        1 => (0..3_u8, 0..12_u8).prop_map(|(kind, key)| Step::Remove(kind, key)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_vault_behaves_like_a_map_with_transactions(
        commits in proptest::collection::vec((proptest::collection::vec(step(), 0..12), any::<bool>()), 1..12),
    ) {
        let fixture = fixture(0);
        let mut vault = fixture.unlock().unwrap();
        let mut model: Records = BTreeMap::new();
        for (steps, keep) in commits {
            let mut next = model.clone();
            let outcome = vault.transaction(|changes| {
                for step in steps {
                    match step {
                        Step::Put(kind, key, value) => {
                            let (kind, key) = (format!("k{kind}"), format!("{key}"));
                            changes.put(&kind, &key, &value)?;
                            next.insert((kind, key), value);
                        }
                        Step::Remove(kind, key) => {
                            let (kind, key) = (format!("k{kind}"), format!("{key}"));
                            let was = changes.remove(&kind, &key)?;
                            assert_eq!(was, next.remove(&(kind, key)).is_some());
                        }
                    }
                }
                if keep { Ok(()) } else { Err(VaultError::Randomness) }
            });
            prop_assert_eq!(outcome.is_ok(), keep);
            if keep {
                model = next;
            }
            prop_assert_eq!(&records(&vault).unwrap(), &model);
        }
        vault.verify().unwrap();
        drop(vault);
        prop_assert_eq!(records(&fixture.unlock().unwrap()).unwrap(), model);
    }
}
