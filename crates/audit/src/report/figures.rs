//! The numbers of a report. Each is computed from public data alone, and says what it measures.

use base64::{Engine, prelude::BASE64_STANDARD};
use protocol::UnixMillis;
use serde::Serialize;

use crate::{Conduct, Finding, Visit, VisitRecord, replay::Change};

/// The most bins that a plot over time has.
const BINS_AT_MOST: i64 = 48;
/// Upper bounds of the publication times, in seconds; the last bin has none.
const PUBLICATION_BOUNDS: [i64; 7] = [1, 10, 60, 600, 3600, 86_400, 604_800];
const HOUR: i64 = 3_600_000;

/// Everything a report tells.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// When the audit was made, in milliseconds.
    pub at: UnixMillis,
    /// The verifier's address.
    pub verifier: String,
    /// The log key that was pinned.
    pub log_vkey: String,
    /// Whether everything held.
    pub ok: bool,
    /// The log's size.
    pub size: u64,
    /// The log's root, base64.
    pub root: Option<String>,
    /// What does not hold.
    pub findings: Vec<Finding>,
    /// Sums over the whole log.
    pub totals: Totals,
    /// How wide a bin of `activity` is.
    pub unit: Unit,
    /// What happened when.
    pub activity: Vec<Bin>,
    /// How long revocations took to be published.
    pub publication: Vec<Publication>,
    /// The audits so far.
    pub visits: Vec<VisitRecord>,
    /// What agencies did; only an admitted auditor is told.
    pub conduct: Option<Conduct>,
}

/// Sums over the whole log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Consents registered.
    pub granted: u64,
    /// Consents taken back.
    pub revoked: u64,
    /// Pauses.
    pub suspended: u64,
    /// Pauses that ended.
    pub resumed: u64,
    /// Entries that change no status.
    pub acts: u64,
    /// Consents in force at the time of the audit: valid, and their end not come.
    pub in_force: u64,
}

/// How wide a bin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One minute.
    Minute,
    /// Ten minutes.
    TenMinutes,
    /// One hour.
    Hour,
    /// Six hours.
    SixHours,
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    ThirtyDays,
    /// As many days as fill 48 bins.
    Long,
}

/// What happened in a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bin {
    /// Where the span begins, in milliseconds.
    pub from: UnixMillis,
    /// Consents registered.
    pub granted: u64,
    /// Consents taken back.
    pub revoked: u64,
    /// Pauses.
    pub suspended: u64,
    /// Pauses that ended.
    pub resumed: u64,
    /// Entries that change no status.
    pub acts: u64,
}

/// How many revocations were seen published within a time.
///
/// The time is from a revocation's `at` in the log to the `iat` of the first status list, among those
/// that this auditor fetched, that shows it: an upper bound, as close as the visits are frequent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Publication {
    /// At most so many seconds; none for the rest.
    pub within: Option<i64>,
    /// So many revocations, without those of the rows before.
    pub count: u64,
}

/// What a change did.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Granted,
    Revoked,
    Suspended,
    Resumed,
}

impl Kind {
    fn of(change: &Change) -> Self {
        match (change.status, change.exp) {
            (1, _) => Kind::Revoked,
            (2, _) => Kind::Suspended,
            (_, Some(_)) => Kind::Granted,
            _ => Kind::Resumed,
        }
    }
}

impl Report {
    /// The report of a visit.
    #[must_use]
    pub fn of(visit: &Visit, conduct: Option<Conduct>) -> Self {
        let (unit, activity) = activity(visit);
        Report {
            at: visit.at,
            verifier: visit.pin.verifier.clone(),
            log_vkey: visit.pin.log_vkey.clone(),
            ok: visit.is_ok(),
            size: visit.head.map_or(0, |head| head.size),
            root: visit.head.map(|head| BASE64_STANDARD.encode(head.root)),
            findings: visit.findings.told().to_vec(),
            totals: totals(visit, &activity),
            unit,
            activity,
            publication: publication(visit),
            visits: visit.visits.clone(),
            conduct,
        }
    }
}

fn totals(visit: &Visit, activity: &[Bin]) -> Totals {
    let sum = |of: fn(&Bin) -> u64| activity.iter().map(of).sum();
    let mut standing = std::collections::HashMap::new();
    for change in visit.replay.changes() {
        let (status, exp) = standing
            .entry(change.slot)
            .or_insert((change.status, change.exp));
        *status = change.status;
        *exp = exp.or(change.exp);
    }
    let now = visit.at.0.div_euclid(1000);
    let in_force = standing
        .values()
        .filter(|(status, exp)| *status == 0 && exp.is_some_and(|exp| now < exp))
        .count();
    Totals {
        granted: sum(|bin| bin.granted),
        revoked: sum(|bin| bin.revoked),
        suspended: sum(|bin| bin.suspended),
        resumed: sum(|bin| bin.resumed),
        acts: sum(|bin| bin.acts),
        in_force: in_force as u64,
    }
}

fn activity(visit: &Visit) -> (Unit, Vec<Bin>) {
    let replay = &visit.replay;
    let times = || {
        replay
            .changes()
            .iter()
            .map(|change| change.at.0)
            .chain(replay.acts().iter().map(|at| at.0))
    };
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        return (Unit::Day, Vec::new());
    };
    let (unit, width) = width(first, last);
    let start = first.div_euclid(width);
    let count = usize::try_from(last.div_euclid(width) - start + 1).unwrap_or(0);
    let bin = |n: usize| Bin {
        from: UnixMillis((start + n as i64) * width),
        granted: 0,
        revoked: 0,
        suspended: 0,
        resumed: 0,
        acts: 0,
    };
    let mut bins: Vec<Bin> = (0..count).map(bin).collect();
    let place = |at: i64| usize::try_from(at.div_euclid(width) - start).unwrap_or(usize::MAX);
    for change in replay.changes() {
        let Some(bin) = bins.get_mut(place(change.at.0)) else {
            continue;
        };
        match Kind::of(change) {
            Kind::Granted => bin.granted += 1,
            Kind::Revoked => bin.revoked += 1,
            Kind::Suspended => bin.suspended += 1,
            Kind::Resumed => bin.resumed += 1,
        }
    }
    for at in replay.acts() {
        if let Some(bin) = bins.get_mut(place(at.0)) {
            bin.acts += 1;
        }
    }
    (unit, bins)
}

/// The narrowest unit that needs few bins.
fn width(first: i64, last: i64) -> (Unit, i64) {
    let units = [
        (Unit::Minute, HOUR / 60),
        (Unit::TenMinutes, HOUR / 6),
        (Unit::Hour, HOUR),
        (Unit::SixHours, 6 * HOUR),
        (Unit::Day, 24 * HOUR),
        (Unit::Week, 7 * 24 * HOUR),
        (Unit::ThirtyDays, 30 * 24 * HOUR),
    ];
    let fits = |width: i64| last.div_euclid(width) - first.div_euclid(width) < BINS_AT_MOST;
    let found = units.into_iter().find(|(_, width)| fits(*width));
    let days = (last - first) / (24 * HOUR) / (BINS_AT_MOST - 1) + 1;
    found.unwrap_or((Unit::Long, days * 24 * HOUR))
}

fn publication(visit: &Visit) -> Vec<Publication> {
    let bounds = PUBLICATION_BOUNDS.into_iter().map(Some).chain([None]);
    let mut rows: Vec<Publication> = bounds
        .map(|within| Publication { within, count: 0 })
        .collect();
    for change in visit
        .replay
        .changes()
        .iter()
        .filter(|change| Kind::of(change) == Kind::Revoked)
    {
        let Some(seconds) = published_after(visit, change) else {
            continue;
        };
        if let Some(row) = rows
            .iter_mut()
            .find(|row| row.within.is_none_or(|within| seconds <= within))
        {
            row.count += 1;
        }
    }
    rows
}

/// Whole seconds, rounded up, until the first list that shows the change; none where no list does.
fn published_after(visit: &Visit, change: &Change) -> Option<i64> {
    let lists = visit.visits.iter().flat_map(|visit| &visit.lists);
    let shows = |seen: &&crate::ListSeen| seen.list == change.slot.0 && seen.size > change.index;
    let iat = lists.filter(shows).map(|seen| seen.iat).min()?;
    Some(
        (iat.saturating_mul(1000) - change.at.0)
            .max(0)
            .saturating_add(999)
            / 1000,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_gets_the_narrowest_unit_with_few_bins() {
        for (span, unit) in [
            (0, Unit::Minute),
            (HOUR / 2, Unit::Minute),
            (HOUR, Unit::TenMinutes),
            (24 * HOUR, Unit::Hour),
            (40 * 24 * HOUR, Unit::Day),
            (300 * 24 * HOUR, Unit::Week),
            (3 * 365 * 24 * HOUR, Unit::ThirtyDays),
            (30 * 365 * 24 * HOUR, Unit::Long),
        ] {
            let (found, width) = width(1_790_000_000_000, 1_790_000_000_000 + span);
            assert_eq!(found, unit, "{span}");
            assert!(span / width <= BINS_AT_MOST);
        }
    }
}
