//! An auditor's first visit to a long log: every entry fetched, parsed and hashed, the root and every tile
//! recomputed, the status list compared bit for bit, the entries kept. The network is left out.

mod county;

use audit::{Auditor, Replay};
use protocol::UnixMillis;
use tokio::runtime::Runtime;

use crate::{
    Effort, Failure, disk,
    machine::Place,
    numbers::{Sample, Series, timed},
    report::{Aim, Report, Unit, say},
};

use county::{BASE, County};

/// Measures and reports.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    let entries = effort.pick(1_000_000, 10_000);
    say(&format!("writing a log of {entries} entries"));
    let county = County::grown_to(entries)?;
    let shelf = county.shelf()?;
    let (mut visits, mut pushes, mut flushes) =
        (Series::default(), Series::default(), Series::default());
    for round in 0..effort.pick(3, 1) {
        let folder = place.path().join(format!("audit-{round}"));
        let mut auditor = Auditor::open(&folder, Some(BASE), Some(&county.vkey()?), shelf.clone())?;
        visits.add(visit(&mut auditor, county.now(), entries)?);
        drop(auditor);
        std::fs::remove_dir_all(&folder)?;
        flushes.append(disk::flushes(place, 16)?);
        pushes.add(timed(entries, || push_all(&county)));
    }
    report.heading(&format!(
        "An audit of {entries} entries; the verifier's answers come from memory"
    ))?;
    report.figure(
        "first visit: entries, tiles, root, list, kept on disk",
        &visits,
        Unit::PerSecond,
    )?;
    report.figure(
        "replay alone, one thread: parse, hash, tree, statuses",
        &pushes,
        Unit::PerSecond,
    )?;
    report.figure(
        "fdatasync of 4 KiB, between the visits",
        &flushes,
        Unit::Micros,
    )?;
    report.times_as_fast(
        "first visit, times as fast as the replay alone on one thread",
        &visits,
        &pushes,
        Aim::Known,
    )
}

fn visit(
    auditor: &mut Auditor<county::Shelf>,
    now: UnixMillis,
    entries: usize,
) -> Result<Sample, Failure> {
    let runtime = Runtime::new()?;
    let mut visit = None;
    let sample = timed(entries, || {
        visit = Some(runtime.block_on(auditor.visit(now, &|_| {})))
    });
    let visit = visit.ok_or("no visit was made")??;
    match visit.findings.told().first() {
        None if visit.is_ok() && visit.replay.size() == u64::try_from(entries)? => Ok(sample),
        None => Err("the auditor did not read all of the log".into()),
        Some(finding) => {
            Err(format!("the auditor found fault with a good log: {finding:?}").into())
        }
    }
}

fn push_all(county: &County) {
    let mut replay = Replay::new();
    for entry in county.entries() {
        replay.push(entry).expect("the entry is lawful");
    }
    assert_eq!(replay.tree().head(), county.head());
}
