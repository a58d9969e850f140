//! The report as one HTML file: no script, nothing fetched, light and dark, printable.

mod agencies;
mod rows;

use super::{
    figures::{Report, Unit},
    plot::{self, Words},
    table::{self, Table, readable},
};
use crate::AuditError;
use rows::{Narrow, Shown, html_table};

const STYLE: &str = include_str!("report.css");

/// What each table's columns are called on the page.
const ACTIVITY_HEAD: [&str; 6] = [
    "From (UTC)",
    "Granted",
    "Taken back",
    "Paused",
    "Resumed",
    "Other acts",
];
const PUBLICATION_HEAD: [&str; 2] = ["Seen published within", "Revocations"];
const VISITS_HEAD: [&str; 5] = ["Audit", "Entries", "Lists behind (s)", "Findings", "Root"];

/// The whole page.
pub(crate) fn html(report: &Report) -> Result<String, AuditError> {
    let verifier = escape(&report.verifier);
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Audit of {verifier}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         {}{}{}{}{}{}{}{}</main>\n</body>\n</html>\n",
        head(report),
        findings(report),
        totals(report),
        activity(report)?,
        publication(report)?,
        agencies::section(report),
        visits(report),
        method(report),
    ))
}

fn head(report: &Report) -> String {
    let (class, sign, verdict) = match (report.ok, report.root.is_some()) {
        (true, _) => ("good", "✓", "Everything held."),
        (false, true) => ("bad", "✗", "Something does not hold."),
        (false, false) => (
            "bad",
            "✗",
            "The log could not be read as the log of this key.",
        ),
    };
    let root = report.root.as_deref().unwrap_or("none");
    format!(
        "<header>\n<h1>Audit of {}</h1>\n\
         <p class=\"verdict {class}\"><span aria-hidden=\"true\">{sign}</span> {verdict}</p>\n{}\
         <dl>\n<dt>Made</dt><dd><time>{}</time></dd>\n<dt>Log entries</dt><dd>{}</dd>\n\
         <dt>Root of the log</dt><dd><code>{}</code></dd>\n<dt>Pinned log key</dt><dd><code>{}</code></dd>\n</dl>\n</header>\n",
        escape(&report.verifier),
        agencies::warning(report),
        readable(report.at),
        grouped(report.size),
        escape(root),
        escape(&report.log_vkey),
    )
}

fn findings(report: &Report) -> String {
    if report.findings.is_empty() {
        return String::new();
    }
    let row = |finding: &crate::Finding| {
        let index = finding
            .index
            .map(|index| index.to_string())
            .unwrap_or_default();
        vec![
            finding.code.as_str().to_owned(),
            finding.what.clone(),
            index,
        ]
    };
    let rows = report.findings.iter().map(row).collect();
    let table = Table { head: vec![], rows };
    format!(
        "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">What does not hold</h2>\n{}\
         <p>Keep the auditor's state folder: with the signed checkpoints in it these findings can be shown to others.</p>\n</section>\n",
        html_table(
            &table,
            &Shown {
                head: &["Code", "What was seen", "Entry"],
                caption: "Findings",
                narrow: Narrow::Cards,
                alarms: &[]
            }
        )
    )
}

fn totals(report: &Report) -> String {
    let totals = &report.totals;
    let cells = [
        ("Consents granted", totals.granted),
        ("Taken back", totals.revoked),
        ("In force now", totals.in_force),
        ("Pauses", totals.suspended),
        ("Other acts", totals.acts),
    ];
    let cell = |(name, count): &(&str, u64)| {
        format!(
            "<li><strong>{}</strong> <span>{name}</span></li>\n",
            grouped(*count)
        )
    };
    format!(
        "<section aria-labelledby=\"totals\">\n<h2 id=\"totals\">The log in numbers</h2>\n<ul class=\"numbers\">\n{}</ul>\n</section>\n",
        cells.iter().map(cell).collect::<String>()
    )
}

fn activity(report: &Report) -> Result<String, AuditError> {
    let totals = &report.totals;
    let description = format!(
        "Bars for each {} of the log: {} consents granted, drawn filled, and {} taken back, drawn hollow. The table below has every number.",
        unit(report.unit),
        totals.granted,
        totals.revoked
    );
    let title = "Grants and revocations over time";
    let svg = plot::activity(
        report,
        &Words {
            id: "plot-activity",
            title,
            description: &description,
        },
    )?;
    Ok(format!(
        "<section aria-labelledby=\"activity\">\n<h2 id=\"activity\">{title}</h2>\n\
         <figure>\n{svg}<figcaption>Per {} (UTC). <span class=\"series\"><span class=\"key first\"></span> granted</span> \
         <span class=\"series\"><span class=\"key second\"></span> taken back.</span> Dates are those of the log's batches.</figcaption>\n</figure>\n{}</section>\n",
        unit(report.unit),
        folded(
            &table::activity(report),
            &ACTIVITY_HEAD,
            "Grants and revocations over time"
        )
    ))
}

fn publication(report: &Report) -> Result<String, AuditError> {
    let title = "Time from revocation to publication";
    let measured: u64 = report.publication.iter().map(|row| row.count).sum();
    let description = format!(
        "Bars for {measured} revocations by the time until a status list that this auditor fetched showed them. The table below has every number."
    );
    let svg = plot::publication(
        report,
        &Words {
            id: "plot-publication",
            title,
            description: &description,
        },
    )?;
    let rows = report.publication.iter();
    let words = |within: Option<i64>| within.map_or_else(|| "more".to_owned(), plot::within);
    let rows = rows
        .map(|row| vec![words(row.within), row.count.to_string()])
        .collect();
    let table = Table { head: vec![], rows };
    Ok(format!(
        "<section aria-labelledby=\"publication\">\n<h2 id=\"publication\">{title}</h2>\n\
         <p>Measured from a revocation's time in the log to the signing time of the first status list, among those this auditor \
         fetched, that shows it. It is an upper bound: the list before it may have shown it too, but was not fetched. \
         The more often the audit is made, the closer the bound; revocations older than the first audit fall into the last bars.</p>\n\
         <figure>\n{svg}<figcaption>{measured} revocations of {}, each in the first bar whose time it does not exceed.</figcaption>\n</figure>\n{}</section>\n",
        report.totals.revoked,
        folded(&table, &PUBLICATION_HEAD, title)
    ))
}

fn visits(report: &Report) -> String {
    if report.visits.is_empty() {
        return String::new();
    }
    let row = |visit: &crate::VisitRecord| {
        let behind = visit.lists.iter().map(|list| list.behind).max();
        let behind = match behind.unwrap_or_default() {
            0 => "0".to_owned(),
            ms => format!("{}.{:03}", ms / 1000, ms % 1000),
        };
        vec![
            readable(visit.at),
            grouped(visit.size),
            behind,
            visit.findings.to_string(),
            visit.root.clone(),
        ]
    };
    let table = Table {
        head: vec![],
        rows: report.visits.iter().map(row).collect(),
    };
    let shown = Shown {
        head: &VISITS_HEAD,
        caption: "Audits so far",
        narrow: Narrow::Cards,
        alarms: &[3],
    };
    format!(
        "<section aria-labelledby=\"visits\">\n<h2 id=\"visits\">Audits so far</h2>\n\
         <p>“Lists behind” is the age, when a status list was signed, of the oldest change in the log that it did not show yet: \
         0 where every list showed everything.</p>\n{}</section>\n",
        html_table(&table, &shown)
    )
}

fn method(report: &Report) -> String {
    format!(
        "<section aria-labelledby=\"method\">\n<h2 id=\"method\">What an audit checks</h2>\n<ol>\n\
         <li>The checkpoint is signed by the pinned key, and the root that it states was computed again from every entry.</li>\n\
         <li>The log begins with what it was at the audit before; hash tiles agree with the entries.</li>\n\
         <li>Every entry has one of the two lawful shapes in canonical form, and dates never go back.</li>\n\
         <li>Every status changes only as it may: a consent starts valid, and one that was taken back stays so.</li>\n\
         <li>Every status list is signed, has an end, names the log size it was made from, and was computed again from the log and compared bit for bit.</li>\n\
         <li>The registry of agencies is signed, stands in the log, and no agency's key was swapped without the old key's signature.</li>\n\
         </ol>\n<p>Anybody can do the same: <code>assent audit --verifier {} --log-vkey {}</code></p>\n\
         <p>The log tells no names, agencies or purposes; neither can this report.</p>\n</section>\n",
        escape(&report.verifier),
        escape(&report.log_vkey),
    )
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute => "minute",
        Unit::TenMinutes => "ten minutes",
        Unit::Hour => "hour",
        Unit::SixHours => "six hours",
        Unit::Day => "day",
        Unit::Week => "seven days",
        Unit::ThirtyDays => "thirty days",
        Unit::Long => "span",
    }
}

/// A table that is folded away until it is asked for.
fn folded(table: &Table, head: &[&str], caption: &str) -> String {
    format!(
        "<details>\n<summary>The same as a table</summary>\n{}</details>\n",
        html_table(
            table,
            &Shown {
                head,
                caption,
                narrow: Narrow::Scrolled,
                alarms: &[]
            }
        )
    )
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Text of others, made harmless in HTML.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_text_is_harmless() {
        let numbers = [0, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            escape("<a href='x'>&\""),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;"
        );
    }
}
