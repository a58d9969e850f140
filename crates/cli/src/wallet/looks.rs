//! Who looked, what is overdue and how consents ended, in the citizen's language.

use ::wallet::{Ending, KeyChange, Looked, Overdue, words};
use jiff::tz::TimeZone;
use profile::Lang;

use super::table;

/// The looks that were not shown before.
pub(crate) fn new(looks: &[Looked], lang: Lang, zone: &TimeZone) -> String {
    let heading = match lang {
        Lang::En => "Who looked at your data since you were last told",
        Lang::Cy => "Pwy edrychodd ar eich data ers i chi gael gwybod ddiwethaf",
    };
    listed(
        heading,
        looks.iter().map(|look| words::looked(look, lang, zone)),
    )
}

/// Every look that is known.
pub(crate) fn all(looks: &[Looked], lang: Lang, zone: &TimeZone) -> String {
    let heading = match lang {
        Lang::En => "Who looked at your data",
        Lang::Cy => "Pwy edrychodd ar eich data",
    };
    listed(
        heading,
        looks.iter().map(|look| words::looked(look, lang, zone)),
    )
}

/// What agencies should have done by now.
pub(crate) fn overdue(overdue: &[Overdue], lang: Lang) -> String {
    let heading = match lang {
        Lang::En => "Overdue",
        Lang::Cy => "Yn hwyr",
    };
    listed(heading, overdue.iter().map(|one| words::overdue(one, lang)))
}

/// Agencies that receive under another key.
pub(crate) fn key_changes(changes: &[KeyChange], lang: Lang) -> String {
    let heading = match lang {
        Lang::En => "New keys",
        Lang::Cy => "Allweddi newydd",
    };
    listed(
        heading,
        changes.iter().map(|one| words::key_change(one, lang)),
    )
}

/// How consents ended, and what the agencies did about it.
pub(crate) fn endings(endings: &[Ending], lang: Lang, zone: &TimeZone) -> String {
    let heading = match lang {
        Lang::En => "What ended",
        Lang::Cy => "Yr hyn a ddaeth i ben",
    };
    listed(
        heading,
        endings.iter().map(|one| words::ending(one, lang, zone)),
    )
}

fn listed(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines
        .map(|line| format!("  {}\n", table::one_line(&line)))
        .collect();
    if lines.is_empty() {
        lines
    } else {
        format!("{heading}:\n{lines}\n")
    }
}
