use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{keys::KEYS, *};

fn entry() -> Entry {
    let mut entry = Entry::new(
        "https://fire.example".parse().unwrap(),
        "Fire",
        AgencyKind::Fire,
    );
    entry.rest.insert("ods_code".into(), "X1".into());
    entry
}

#[test]
fn an_agency_reads_back_with_what_else_stood_in_its_entry() {
    let dir = tempfile::tempdir().unwrap();
    let made = Identity::create(dir.path(), entry()).unwrap();
    let read = Identity::open(dir.path()).unwrap();
    assert_eq!(read.key().thumbprint(), made.key().thumbprint());
    assert_eq!(read.entry(), made.entry());
    assert_eq!(read.entry().rest["ods_code"], "X1");
    let text = fs::read_to_string(read.entry_path()).unwrap();
    let plain: Agency = serde_json::from_str(&text).unwrap();
    assert_eq!(
        plain.current_key().unwrap().thumbprint(),
        made.key().thumbprint()
    );
    assert!(
        !text.contains(&BASE64_URL_SAFE_NO_PAD.encode(*made.key().expose_seed())),
        "no secret in the entry"
    );
}

#[cfg(unix)]
#[test]
fn the_key_is_for_its_owner_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let made = Identity::create(dir.path(), entry()).unwrap();
    let mode = fs::metadata(dir.path().join(KEYS))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(matches!(
        Identity::create(dir.path(), entry()),
        Err(AgencyError::Exists(_))
    ));
    assert_eq!(
        Identity::open(dir.path()).unwrap().key().thumbprint(),
        made.key().thumbprint()
    );
}

#[test]
fn a_missing_and_a_damaged_folder_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        Identity::open(dir.path()),
        Err(AgencyError::NoAgency(_))
    ));
    Identity::create(dir.path(), entry()).unwrap();
    let other = Entry::new(
        "https://fire.example".parse().unwrap(),
        "Fire",
        AgencyKind::Fire,
    );
    files::write_json(&dir.path().join(ENTRY), &other).unwrap();
    assert!(matches!(
        Identity::open(dir.path()),
        Err(AgencyError::Damaged(_))
    ));
    fs::write(dir.path().join(KEYS), b"{}").unwrap();
    assert!(matches!(
        Identity::open(dir.path()),
        Err(AgencyError::Damaged(_))
    ));
}

/// A folder as it was before there were encryption keys.
fn earlier(dir: &Path) {
    let made = Identity::create(dir, entry()).unwrap();
    let text = fs::read_to_string(dir.join(KEYS)).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let members = file.as_object_mut().unwrap();
    members.insert("version".into(), 1.into());
    members.remove("x25519");
    members.remove("xwing");
    fs::write(dir.join(KEYS), file.to_string()).unwrap();
    let mut entry = made.entry().clone();
    entry.agency.jwks.keys.truncate(1);
    files::write_json(&dir.join(ENTRY), &entry).unwrap();
}

#[test]
fn a_folder_of_an_earlier_version_opens_and_is_completed_once() {
    let dir = tempfile::tempdir().unwrap();
    earlier(dir.path());
    let mut agency = Identity::open(dir.path()).unwrap();
    assert!(agency.sealing_keys().is_empty());
    let signing = agency.key().thumbprint();
    agency.add_encryption_keys().unwrap();
    let again = Identity::open(dir.path()).unwrap();
    assert_eq!(again.key().thumbprint(), signing);
    assert_eq!(again.entry(), agency.entry());
    let kinds: Vec<u16> = again
        .sealing_keys()
        .iter()
        .map(|key| key.public().kem())
        .collect();
    assert_eq!(kinds, [0x20, 0x647a]);
    for key in again.sealing_keys() {
        let jwk = key.public().to_jwk();
        assert_eq!(jwk.parameters["use"], "enc");
        assert!(again.entry().agency.jwks.keys.contains(&jwk));
    }
    assert!(matches!(
        agency.add_encryption_keys(),
        Err(AgencyError::Exists(_))
    ));
}

#[test]
fn keys_that_were_made_and_not_yet_listed_are_listed_not_made_again() {
    let dir = tempfile::tempdir().unwrap();
    earlier(dir.path());
    let before = fs::read_to_string(dir.path().join(ENTRY)).unwrap();
    Identity::open(dir.path())
        .unwrap()
        .add_encryption_keys()
        .unwrap();
    let made = fs::read_to_string(dir.path().join(KEYS)).unwrap();
    let listed = fs::read_to_string(dir.path().join(ENTRY)).unwrap();
    fs::write(dir.path().join(ENTRY), before).unwrap();
    Identity::open(dir.path())
        .unwrap()
        .add_encryption_keys()
        .unwrap();
    assert_eq!(fs::read_to_string(dir.path().join(KEYS)).unwrap(), made);
    assert_eq!(fs::read_to_string(dir.path().join(ENTRY)).unwrap(), listed);
}

#[test]
fn a_newer_key_file_and_half_of_one_are_not_guessed_at() {
    let dir = tempfile::tempdir().unwrap();
    Identity::create(dir.path(), entry()).unwrap();
    let good = fs::read_to_string(dir.path().join(KEYS)).unwrap();
    let newer = good.replace("\"version\": 2", "\"version\": 3");
    fs::write(dir.path().join(KEYS), newer).unwrap();
    assert!(matches!(
        Identity::open(dir.path()),
        Err(AgencyError::NewerFolder(_))
    ));
    let half = good.replace("xwing", "other");
    fs::write(dir.path().join(KEYS), half).unwrap();
    assert!(matches!(
        Identity::open(dir.path()),
        Err(AgencyError::Damaged(_))
    ));
}

#[test]
fn a_line_that_a_crash_cut_short_is_left_out_and_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let entry = Entry::new(
        "https://fire.example".parse().unwrap(),
        "Fire",
        AgencyKind::Fire,
    );
    let agency = Identity::create(dir.path(), entry).unwrap();
    let path = dir.path().join("desk/lines.jsonl");
    assert_eq!(agency.lines_of::<u32>("desk/lines.jsonl").unwrap(), [0; 0]);
    for line in [1, 22] {
        agency.append_private("desk/lines.jsonl", &line).unwrap();
    }
    let whole = std::fs::read(&path).unwrap();
    for cut in 0..whole.len() {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let kept = agency.lines_of::<u32>("desk/lines.jsonl").unwrap();
        let expected: &[u32] = if cut < 2 { &[] } else { &[1] };
        assert_eq!(kept, expected, "cut at {cut}");
        agency.append_private("desk/lines.jsonl", &333).unwrap();
        let after = agency.lines_of::<u32>("desk/lines.jsonl").unwrap();
        assert_eq!(after.last(), Some(&333), "cut at {cut}");
        assert_eq!(after.len(), expected.len() + 1, "cut at {cut}");
    }
    std::fs::write(&path, "1\nx\n").unwrap();
    let damaged = agency.lines_of::<u32>("desk/lines.jsonl").unwrap_err();
    assert_eq!(damaged.code(), "damaged");
}
