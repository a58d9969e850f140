//! The auditor's report: one HTML file that needs nothing else (plots inline, each also as a table),
//! the same numbers as CSV and everything as JSON.

mod figures;
mod page;
mod plot;
mod table;

use std::{fs, path::Path};

pub use figures::{Bin, Publication, Report, Totals, Unit};

use crate::{AuditError, Conduct, Visit};

/// The files that a report consists of.
pub const FILES: [&str; 6] = [
    "report.html",
    "report.json",
    "activity.csv",
    "publication.csv",
    "visits.csv",
    "agencies.csv",
];

/// Writes the report of a visit, with what agencies did where that is known, into the folder `out`, which is made if need be.
///
/// # Errors
/// [`AuditError::File`] and [`AuditError::Plot`].
pub fn write(visit: &Visit, conduct: Option<Conduct>, out: &Path) -> Result<Report, AuditError> {
    let report = Report::of(visit, conduct);
    fs::create_dir_all(out).map_err(AuditError::file(out))?;
    let json = serde_json::to_string_pretty(&report).expect("numbers and texts are plain JSON");
    let contents = [
        page::html(&report)?,
        json,
        table::csv(&table::activity(&report)),
        table::csv(&table::publication(&report)),
        table::csv(&table::visits(&report)),
        table::csv(&table::agencies(&report)),
    ];
    for (name, content) in FILES.iter().zip(contents) {
        let path = out.join(name);
        fs::write(&path, content).map_err(AuditError::file(&path))?;
    }
    Ok(report)
}
