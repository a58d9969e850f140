//! The report's numbers as tables: for CSV files, and under each plot.

use protocol::UnixMillis;

use crate::AgencyConduct;

use super::figures::{Report, Unit};

/// A table: its head and its rows.
pub(crate) struct Table {
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
}

pub(crate) fn activity(report: &Report) -> Table {
    let row = |bin: &super::Bin| {
        let counts = [
            bin.granted,
            bin.revoked,
            bin.suspended,
            bin.resumed,
            bin.acts,
        ];
        [rfc3339(bin.from)]
            .into_iter()
            .chain(counts.map(|n| n.to_string()))
            .collect()
    };
    Table {
        head: vec![
            "from_utc",
            "granted",
            "revoked",
            "suspended",
            "resumed",
            "other_acts",
        ],
        rows: report.activity.iter().map(row).collect(),
    }
}

pub(crate) fn publication(report: &Report) -> Table {
    let row = |row: &super::Publication| {
        vec![
            row.within.map_or_else(|| "more".into(), |s| s.to_string()),
            row.count.to_string(),
        ]
    };
    Table {
        head: vec!["at_most_seconds", "revocations"],
        rows: report.publication.iter().map(row).collect(),
    }
}

pub(crate) fn visits(report: &Report) -> Table {
    let row = |visit: &crate::VisitRecord| {
        let behind = visit
            .lists
            .iter()
            .map(|list| list.behind)
            .max()
            .unwrap_or_default();
        let milliseconds = format!("{}.{:03}", behind / 1000, behind % 1000);
        vec![
            rfc3339(visit.at),
            visit.size.to_string(),
            milliseconds,
            visit.findings.to_string(),
            visit.root.clone(),
        ]
    };
    Table {
        head: vec![
            "at_utc",
            "log_size",
            "lists_behind_seconds",
            "findings",
            "root",
        ],
        rows: report.visits.iter().map(row).collect(),
    }
}

/// Each agency's own row; the head alone where the auditor is not admitted.
pub(crate) fn agencies(report: &Report) -> Table {
    let row = |one: &AgencyConduct| {
        let slowest = one
            .slowest_acknowledgement
            .map(|ms| format!("{}.{:03}", ms / 1000, ms % 1000));
        let counts = [
            one.consents,
            one.accesses,
            one.openings,
            one.reviews_overdue,
            one.revocations,
            one.acknowledged,
        ];
        let numbers = counts.map(|count| count.to_string());
        let rest = [
            slowest.unwrap_or_default(),
            one.deletions.to_string(),
            one.deletions_overdue.to_string(),
        ];
        [one.agency.clone()]
            .into_iter()
            .chain(numbers)
            .chain(rest)
            .collect()
    };
    let agencies = report.conduct.iter().flat_map(|conduct| &conduct.agencies);
    Table {
        head: vec![
            "agency",
            "consents",
            "accesses",
            "openings",
            "reviews_overdue",
            "revocations",
            "acknowledged",
            "slowest_acknowledgement_seconds",
            "deletions",
            "deletions_overdue",
        ],
        rows: agencies.map(row).collect(),
    }
}

/// RFC 4180. No cell of ours needs quotes: times, numbers, base64 and web addresses without a query.
pub(crate) fn csv(table: &Table) -> String {
    let mut text = table.head.join(",");
    text.push_str("\r\n");
    for row in &table.rows {
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A time as a person reads it, in UTC.
pub(crate) fn readable(at: UnixMillis) -> String {
    let time = jiff::Timestamp::from_millisecond(at.0);
    time.map_or_else(
        |_| at.0.to_string(),
        |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    )
}

/// A time as RFC 3339, in UTC.
pub(crate) fn rfc3339(at: UnixMillis) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| at.0.to_string(), |time| time.to_string())
}

/// A time as a plot's axis has it, in UTC: no more of it than the unit needs.
pub(crate) fn short(at: UnixMillis, unit: Unit) -> String {
    let format = match unit {
        Unit::Minute | Unit::TenMinutes => "%H:%M",
        Unit::Hour | Unit::SixHours => "%-d %b %H:%M",
        Unit::Day | Unit::Week => "%-d %b",
        Unit::ThirtyDays | Unit::Long => "%b %Y",
    };
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| String::new(), |time| time.strftime(format).to_string())
}
