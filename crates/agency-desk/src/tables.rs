//! The privacy officer's tables as CSV (RFC 4180). A text that a spreadsheet would take for a formula is made a
//! text.

use crate::{
    ApiError, Code,
    api::{ActorRow, Actors, ItemWords, Language, ProcessingRecord},
    file::File,
};

const MEDIA: &str = "text/csv; charset=utf-8";

/// The record of processing, a row for each entry.
pub(crate) fn processing(
    record: &ProcessingRecord,
    lang: Language,
    day: &str,
) -> Result<File, ApiError> {
    let head = match lang {
        Language::En => [
            "controller",
            "contact",
            "purpose",
            "legal basis",
            "data",
            "special categories",
            "people",
            "consents",
            "recipients",
            "kept for",
            "deleted after withdrawal within",
            "readings",
        ],
        Language::Cy => [
            "rheolydd",
            "cyswllt",
            "diben",
            "sail gyfreithiol",
            "data",
            "categorïau arbennig",
            "pobl",
            "cydsyniadau",
            "derbynwyr",
            "cedwir am",
            "dilëir ar ôl tynnu'n ôl o fewn",
            "darlleniadau",
        ],
    };
    let rows = record.entries.iter().map(|entry| {
        let special: Vec<ItemWords> = entry
            .items
            .iter()
            .filter(|item| item.special)
            .cloned()
            .collect();
        let name = if lang == Language::Cy {
            &record.name.cy
        } else {
            &record.name.en
        };
        [
            name.clone(),
            record.contact.clone().unwrap_or_default(),
            entry.label.clone(),
            entry.basis.clone(),
            labels(&entry.items),
            labels(&special),
            entry.people.to_string(),
            entry.consents.to_string(),
            entry.recipients.join("; "),
            entry.retention.clone(),
            record.erase_within.clone(),
            entry.readings.to_string(),
        ]
    });
    table(head, rows, format!("record-of-processing-{day}.csv"))
}

fn labels(items: &[ItemWords]) -> String {
    let all: Vec<&str> = items.iter().map(|item| item.label.as_str()).collect();
    all.join("; ")
}

/// Who looked how often.
pub(crate) fn actors(actors: &Actors, lang: Language) -> Result<File, ApiError> {
    let head = match lang {
        Language::En => [
            "pseudonym",
            "readings",
            "openings",
            "refused",
            "people",
            "outside 07:00 to 19:00 UTC",
            "unusual",
        ],
        Language::Cy => [
            "ffugenw",
            "darlleniadau",
            "agoriadau",
            "gwrthodwyd",
            "pobl",
            "y tu allan i 07:00 i 19:00 UTC",
            "anarferol",
        ],
    };
    let unusual = |row: &ActorRow| match (row.unusual, lang) {
        (false, _) => "",
        (true, Language::En) => "yes",
        (true, Language::Cy) => "ydy",
    };
    let rows = actors.rows.iter().map(|row| {
        [
            row.actor.clone(),
            row.reads.to_string(),
            row.openings.to_string(),
            row.refused.to_string(),
            row.people.to_string(),
            row.at_night.to_string(),
            unusual(row).to_owned(),
        ]
    });
    table(
        head,
        rows,
        format!("looks-{}-to-{}.csv", actors.from, actors.to),
    )
}

fn table<const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
    name: String,
) -> Result<File, ApiError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |_| ApiError::from(Code::Internal);
    writer.write_record(head).map_err(fault)?;
    for row in rows {
        writer.write_record(row.map(plain)).map_err(fault)?;
    }
    let bytes = writer.into_inner().map_err(|_| Code::Internal)?;
    Ok(File {
        media: MEDIA.into(),
        name,
        bytes,
    })
}

/// A quote before what a spreadsheet would run (OWASP, CSV injection).
fn plain(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_a_text() {
        let file = table(
            ["a", "b"],
            [["=1+1".to_owned(), "x, \"y\"".to_owned()]].into_iter(),
            "t.csv".into(),
        );
        assert_eq!(
            String::from_utf8(file.unwrap().bytes).unwrap(),
            "a,b\n'=1+1,\"x, \"\"y\"\"\"\n"
        );
    }
}
