use serde_json::json;

use super::*;

const NOW: UnixSeconds = UnixSeconds::new(1_790_000_000).unwrap();

fn grant(number: u8) -> Jti {
    Jti::from_bytes([number; 16])
}

fn index(dir: &tempfile::TempDir) -> Locators {
    let mut locators = Locators {
        dir: dir.path().to_owned(),
        kept: BTreeMap::new(),
    };
    for (number, phone, line, postcode) in [
        (1, "+44 29 2018 0199", "17 Heol y Nant", "LD99 3QX"),
        (2, "07700 900481", "8 Heol y Nant", "LD99 3QX"),
        (3, "+33 1 23 45 67 89", "Tŷ'r Onnen", "LD99 7TT"),
    ] {
        let fields = json!({
            "contact.phone": [{"number": phone}],
            "home.address": {"lines": [line], "locality": "Pont-y-derw", "postcode": postcode},
        });
        let share = Share::new(2, fields.as_object().cloned().unwrap(), NOW);
        let holder = Thumbprint::from_bytes([number; 32]);
        locators
            .keep(grant(number), holder, NOW.plus(100), share)
            .unwrap();
    }
    locators
}

fn found(locators: &Locators, call: Call<'_>) -> Vec<Jti> {
    locators
        .find(call, NOW)
        .into_iter()
        .map(|one| one.grant)
        .collect()
}

#[test]
fn a_number_is_found_however_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let locators = index(&dir);
    for number in ["029 2018 0199", "+442920180199", "0044 (0)29-2018-0199"] {
        assert_eq!(
            found(&locators, Call::Phone(number)),
            [grant(1)],
            "{number}"
        );
    }
    for number in ["029 2018 0198", "0199", "", "anonymous"] {
        assert!(found(&locators, Call::Phone(number)).is_empty(), "{number}");
    }
}

#[test]
fn typing_errors_are_forgiven_and_wrong_house_numbers_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let locators = index(&dir);
    for text in [
        "17 Heol y Nant",
        "17 Hoel y Nannt, Pont y Derw",
        "LD99 3QX, 17",
    ] {
        assert_eq!(
            found(&locators, Call::Address(text)).first(),
            Some(&grant(1)),
            "{text}"
        );
    }
    assert_eq!(found(&locators, Call::Address("Ty r Onnen")), [grant(3)]);
    for text in ["19 Heol y Nant", "Stryd Fawr, Aberwylan", "", " ,. "] {
        let found = found(&locators, Call::Address(text));
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_place_tells_how_many_people_before_any_of_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut locators = index(&dir);
    assert_eq!(
        locators.count(Call::Address("Heol y Nant, Pont-y-derw"), NOW),
        2
    );
    let again = Share::new(
        1,
        json!({"contact.phone": [{"number": "07700 900481"}]})
            .as_object()
            .cloned()
            .unwrap(),
        NOW,
    );
    locators
        .keep(
            grant(9),
            Thumbprint::from_bytes([2; 32]),
            NOW.plus(100),
            again,
        )
        .unwrap();
    assert_eq!(found(&locators, Call::Phone("07700 900481")).len(), 2);
    assert_eq!(
        locators.count(Call::Phone("07700 900481"), NOW),
        1,
        "one person, two consents"
    );
}

#[test]
fn what_ended_or_was_taken_back_is_not_found() {
    let dir = tempfile::tempdir().unwrap();
    let mut locators = index(&dir);
    assert!(
        locators
            .find(Call::Phone("07700 900481"), NOW.plus(100))
            .is_empty()
    );
    assert!(locators.has(&grant(2), 2) && !locators.has(&grant(2), 3));
    locators.forget(&grant(2)).unwrap();
    assert!(found(&locators, Call::Phone("07700 900481")).is_empty());
    let written = std::fs::read_to_string(dir.path().join(FILE)).unwrap();
    assert!(!written.contains("900481"));
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_the_index() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    index(&dir);
    let mode = std::fs::metadata(dir.path().join(FILE))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o077, 0);
}
