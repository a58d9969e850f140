//! What agencies did, on the page: who opened what, who is behind, and the bound that was measured.

use super::{
    grouped,
    rows::{Narrow, Shown, html_table},
};
use crate::{
    AgencyConduct, Conduct,
    report::{figures::Report, table::Table},
};

const HEAD: [&str; 9] = [
    "Agency",
    "Consents",
    "Read",
    "Opened",
    "Reviews overdue",
    "Taken back",
    "Took note",
    "Slowest note",
    "Deletions overdue",
];

/// The section, or one sentence where the auditor is not admitted.
pub(super) fn section(report: &Report) -> String {
    let title =
        "<section aria-labelledby=\"agencies\">\n<h2 id=\"agencies\">What agencies did</h2>\n";
    let Some(conduct) = &report.conduct else {
        return format!(
            "{title}<p>The log names no agency. An auditor whom the registrar admitted is shown the statements behind it: \
             <code>assent audit init</code>.</p>\n</section>\n"
        );
    };
    let bound = match (conduct.slowest_acknowledgement, conduct.unacknowledged) {
        (None, 0) => "No consent was taken back yet.".to_owned(),
        (None, waiting) => format!(
            "{} were taken back, and no agency took note of one yet.",
            grouped(waiting)
        ),
        (Some(slowest), 0) => format!(
            "Every agency took note of every revocation within {}.",
            lasting(slowest)
        ),
        (Some(slowest), waiting) => format!(
            "Where agencies took note of a revocation, it took them {} at most. {} are not taken note of yet.",
            lasting(slowest),
            grouped(waiting)
        ),
    };
    let owed = match overdue(conduct, |one| one.deletions_overdue) {
        0 => "No deletion is overdue.".to_owned(),
        count => deletions(count),
    };
    let swapped = match conduct.swapped.as_slice() {
        [] => String::new(),
        [first, ..] => format!(
            "<p class=\"verdict bad\">The verifier showed {} statements that are not those of its log, the first at entry {first}.</p>\n",
            conduct.swapped.len()
        ),
    };
    let table = Table {
        head: vec![],
        rows: conduct.agencies.iter().map(row).collect(),
    };
    let shown = Shown {
        head: &HEAD,
        caption: "What each agency did",
        narrow: Narrow::Cards,
        alarms: &[4, 8],
    };
    format!(
        "{title}{swapped}<p>{bound} {owed}</p>\n{}<p>From {} statements, each held against the log.</p>\n</section>\n",
        html_table(&table, &shown),
        grouped(conduct.statements)
    )
}

/// What agencies are late with, to be seen before anything else; nothing where they are not.
pub(super) fn warning(report: &Report) -> String {
    let Some(conduct) = &report.conduct else {
        return String::new();
    };
    let late = [
        (
            overdue(conduct, |one| one.deletions_overdue),
            deletions as fn(u64) -> String,
        ),
        (overdue(conduct, |one| one.reviews_overdue), reviews),
    ];
    let late = late.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = late.map(|(count, words)| words(count)).collect();
    if words.is_empty() {
        return String::new();
    }
    format!(
        "<p class=\"verdict bad\"><span aria-hidden=\"true\">!</span> <a href=\"#agencies\">{}</a></p>\n",
        words.join(" ")
    )
}

fn overdue(conduct: &Conduct, count: impl Fn(&AgencyConduct) -> u64) -> u64 {
    conduct.agencies.iter().map(count).sum()
}

fn deletions(count: u64) -> String {
    match count {
        1 => "One deletion is overdue.".to_owned(),
        more => format!("{} deletions are overdue.", grouped(more)),
    }
}

fn reviews(count: u64) -> String {
    match count {
        1 => "One second look at an opening is overdue.".to_owned(),
        more => format!("{} second looks at openings are overdue.", grouped(more)),
    }
}

fn row(one: &AgencyConduct) -> Vec<String> {
    let counts = [
        one.consents,
        one.accesses,
        one.openings,
        one.reviews_overdue,
        one.revocations,
        one.acknowledged,
    ];
    let slowest = one
        .slowest_acknowledgement
        .map_or_else(|| "–".to_owned(), lasting);
    let mut row = vec![one.name.clone()];
    row.extend(counts.map(grouped));
    row.extend([slowest, grouped(one.deletions_overdue)]);
    row
}

/// How long milliseconds are, as people say it.
fn lasting(ms: i64) -> String {
    match ms {
        ..1_000 => format!("{ms} ms"),
        1_000..120_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        120_000..7_200_000 => format!("{} min", ms / 60_000),
        _ => format!("{} h", ms / 3_600_000),
    }
}
