//! Random reads of sealed rows beside SQLCipher and plain SQLite, on the same rows with the same settings.
//! The peers read by integer key and reuse one statement; the vault is asked by kind and name.

mod cipher;
mod plain;

use std::hint::black_box;

use vault::{Argon2Params, Passphrase, Unlocked, Vault, VaultError};

use crate::{
    Effort, Failure,
    machine::Place,
    numbers::{Sample, Scatter, Series, timed},
    report::{Aim, Report, Unit, say},
};

use cipher::Cipher;
use plain::Plain;

/// Bytes of a value.
const VALUE: usize = 512;
/// The kind of the vault's records.
const KIND: &str = "record";

/// The vault, and the names of its rows.
struct Sealed {
    vault: Unlocked,
    names: Vec<String>,
    scatter: Scatter,
}

impl Sealed {
    fn create(place: &Place, rows: usize) -> Result<Self, Failure> {
        let passphrase = Passphrase::new("a quiet river in the morning")?;
        let (mut vault, _) = Vault::create(
            place.path().join("rows.vault"),
            &passphrase,
            Argon2Params::MINIMUM,
        )?;
        let names: Vec<String> = (0..rows).map(|row| format!("row-{row:06}")).collect();
        vault.transaction::<_, VaultError>(|changes| {
            names
                .iter()
                .zip(0..)
                .try_for_each(|(name, row)| changes.put(KIND, name, &value(row)))
        })?;
        Ok(Self {
            vault,
            names,
            scatter: Scatter::new(),
        })
    }

    fn read(&mut self, reads: usize) -> Sample {
        timed(reads, || {
            for _ in 0..reads {
                let name = self
                    .names
                    .get(self.scatter.below(self.names.len()))
                    .expect("it is below the end");
                let value = self
                    .vault
                    .read(KIND, name)
                    .expect("the vault is whole")
                    .expect("the row is there");
                assert_eq!(black_box(&value).len(), VALUE);
            }
        })
    }
}

/// A value that differs from row to row.
fn value(row: u64) -> [u8; VALUE] {
    let mut value = [0x5a; VALUE];
    if let Some(first) = value.first_chunk_mut() {
        *first = row.to_be_bytes();
    }
    value
}

/// Measures and reports.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    let (rows, reads) = (effort.pick(100_000, 2000), effort.pick(2000, 200));
    let mut sealed = Sealed::create(place, rows)?;
    let mut plain = Plain::create(&place.path().join("rows.plain"), rows)?;
    let mut cipher = match Cipher::start(place, rows) {
        Ok(cipher) => Some(cipher),
        Err(failure) => {
            say(&format!("SQLCipher is left out: {failure}"));
            None
        }
    };
    let [mut ours, mut without, mut theirs] = std::array::from_fn(|_| Series::default());
    for round in 0..=effort.pick(60, 2) {
        // The first round brings every page into the system's cache.
        let reads = if round == 0 { rows * 2 } else { reads };
        let samples = (
            sealed.read(reads),
            cipher.as_mut().map(|it| it.read(reads)).transpose()?,
            plain.read(reads)?,
        );
        if round > 0 {
            ours.add(samples.0);
            samples.1.into_iter().for_each(|sample| theirs.add(sample));
            without.add(samples.2);
        }
    }
    let version = cipher.map(Cipher::finish).transpose()?;
    tell(rows, [&ours, &theirs, &without], version.as_deref(), report)
}

fn tell(
    rows: usize,
    series: [&Series; 3],
    version: Option<&str>,
    report: &mut Report,
) -> Result<(), Failure> {
    let [ours, theirs, without] = series;
    report.heading(&format!(
        "Random reads of {rows} rows of {VALUE} bytes, one thread, file in the system's cache"
    ))?;
    report.figure("sealed rows (vault)", ours, Unit::Micros)?;
    report.figure("plain SQLite", without, Unit::Micros)?;
    let Some(version) = version else {
        return report.note("SQLCipher was not built: is libssl-dev installed?");
    };
    report.figure(&format!("SQLCipher {version}"), theirs, Unit::Micros)?;
    report.times_as_long("sealed rows / SQLCipher", ours, theirs, Aim::AtMost(0.5))?;
    report.times_as_long("sealed rows / plain SQLite", ours, without, Aim::Known)
}
