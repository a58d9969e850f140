//! Opening a vault with 10,000 items and 2,000 events, after the key was derived: every row opened and held
//! to the manifest. The device's key opens it here, so that no passphrase is stretched.

use vault::{Argon2Params, DeviceKey, Passphrase, Vault, VaultError};

use crate::{
    Effort, Failure,
    machine::Place,
    numbers::Series,
    report::{Report, Unit, say},
};

/// Bytes of a value.
const VALUE: [u8; 512] = [7; 512];
/// The most that opening may take, in milliseconds.
const AIM: f64 = 150.0;

/// Measures and reports.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    let (items, events) = (effort.pick(10_000, 1_000), effort.pick(2_000, 200));
    say(&format!(
        "filling a vault with {items} items and {events} events"
    ));
    let path = place.path().join("opening.vault");
    let device = DeviceKey::from_bytes([9; 32]);
    let passphrase = Passphrase::new("a quiet river in the morning")?;
    let (mut vault, _) = Vault::create(&path, &passphrase, Argon2Params::MINIMUM)?;
    for (kind, count) in [("item", items), ("history", events)] {
        vault.transaction::<_, VaultError>(|changes| {
            (0..count).try_for_each(|row| changes.put(kind, &format!("{row:08}"), &VALUE))
        })?;
    }
    vault.add_device_key(&device)?;
    drop(vault);
    let mut opened = Series::default();
    for _ in 0..effort.pick(15, 2) {
        let start = std::time::Instant::now();
        let locked = Vault::open(&path)?;
        let vault = locked
            .unlock_with_device_key(&device)
            .map_err(VaultError::from)?;
        opened.extend([start.elapsed()]);
        drop(vault);
    }
    report.heading(&format!(
        "Opening a vault of {items} items and {events} events"
    ))?;
    report.figure(
        "opened and held to its manifest, key derivation apart",
        &opened,
        Unit::Millis,
    )?;
    report.within("the same, against its aim", &opened, AIM)
}
