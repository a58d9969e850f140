//! What an audit found, in words and in JSON. The JSON of every question holds that of the audit.

use std::path::Path;

use ::audit::{Binding, Conduct, GrantAnswer, ProofError, QuestionError, Standing, Visit, report};
use base64::{Engine, prelude::BASE64_STANDARD};
use protocol::UnixMillis;
use serde_json::{Map, Value, json};

use super::failure;
use crate::outcome::{Answer, Exit, Failure, Outcome, sentence};

/// The audit itself.
pub fn audit(visit: &Visit) -> Answer {
    with(visit, Exit::Yes, String::new(), json!({}))
}

/// Whether a grant was in force.
pub fn grant(visit: &Visit, grant: &str, proof: &str, at: UnixMillis) -> Outcome {
    match visit.grant(grant, proof, at) {
        Ok(answer) => {
            let in_force = answer.standing == Standing::InForce;
            let exit = if in_force { Exit::Yes } else { Exit::No };
            let members = json!({ "in_force": in_force, "answer": answer });
            Ok(with(visit, exit, in_words(&answer), members))
        }
        Err(ProofError::Forked) => {
            let words = "The proof is signed by the log, but for another history than the one that is shown now. Keep it: with the \
                         auditor's folder it proves that there were two.\n";
            Ok(with(
                visit,
                Exit::No,
                words.into(),
                json!({ "in_force": null, "code": "receipt_forked" }),
            ))
        }
        Err(ProofError::Question(error)) => Err(question(error)),
        Err(error) => {
            let advice =
                "Use the receipt of this grant, or what `assent wallet show GRANT --json` prints.";
            Err(Failure::new(
                Exit::Unknown,
                "proof",
                format!("The file proves nothing about {grant}: {error}."),
                advice,
            ))
        }
    }
}

/// How a status list stood.
pub fn status(visit: &Visit, list: u32, at: UnixMillis) -> Outcome {
    let answer = visit.status(list, at).map_err(question)?;
    let words = format!(
        "Status list {list} at {}, by the log: {} valid, {} revoked, {} suspended, {} not registered.\n",
        moment(at),
        answer.valid,
        answer.revoked,
        answer.suspended,
        answer.unregistered
    );
    Ok(with(visit, Exit::Yes, words, json!({ "status": answer })))
}

/// A question that nothing answers.
pub fn question(error: QuestionError) -> Failure {
    let advice = match error {
        QuestionError::NotYet => "Ask about a time up to now. A time without a zone is in UTC.",
        _ => "Lists are numbered from 0; a receipt names the one of its consent.",
    };
    Failure::usage(sentence(&error.to_string()), advice)
}

/// What a report can tell of.
pub enum Seen {
    /// The log alone: the auditor has no key.
    Log,
    /// The log alone: the auditor's key is not admitted.
    LogUntilAdmitted,
    /// What agencies did as well.
    Conduct(Box<Conduct>),
}

const NOT_ADMITTED: &str = "It tells nothing of what agencies did: the verifier does not know this auditor. Hand auditor-entry.json in the \
     state folder to the registrar: assent-verifier auditor add FILE. If that was done, check this computer's clock.\n";

/// A report in a folder.
pub fn report(visit: &Visit, seen: Seen, out: &Path) -> Outcome {
    let (conduct, not_admitted) = match seen {
        Seen::Log => (None, false),
        Seen::LogUntilAdmitted => (None, true),
        Seen::Conduct(conduct) => (Some(*conduct), false),
    };
    let report = report::write(visit, conduct, out).map_err(failure)?;
    let files: Vec<String> = report::FILES
        .iter()
        .map(|name| out.join(name).display().to_string())
        .collect();
    let mut words = format!("The report is in {}.\n", out.join("report.html").display());
    if not_admitted {
        words.push_str(NOT_ADMITTED);
    }
    if let Some(conduct) = &report.conduct {
        words.push_str(&conduct_in_words(conduct));
    }
    let admitted = report.conduct.is_some();
    let is_swapped = report
        .conduct
        .as_ref()
        .is_some_and(|conduct| !conduct.swapped.is_empty());
    let exit = if is_swapped { Exit::No } else { Exit::Yes };
    let json = json!({ "files": files, "conduct": report.conduct, "admitted": admitted });
    Ok(with(visit, exit, words, json))
}

/// What agencies did, in as many lines as there is something to say.
fn conduct_in_words(conduct: &Conduct) -> String {
    let mut words = String::new();
    if let [first, ..] = conduct.swapped.as_slice() {
        let count = conduct.swapped.len();
        words.push_str(&format!(
            "{count} statements are not those of the log, the first at entry {first}.\n"
        ));
    }
    for one in &conduct.agencies {
        words.push_str(&format!(
            "{}: read {}, opened {}",
            one.name, one.accesses, one.openings
        ));
        for (count, what) in [
            (one.deletions_overdue, "deletions overdue"),
            (one.reviews_overdue, "reviews overdue"),
            (
                one.revocations - one.acknowledged,
                "revocations not taken note of",
            ),
        ] {
            if count > 0 {
                words.push_str(&format!(", {count} {what}"));
            }
        }
        words.push('\n');
    }
    if let Some(slowest) = conduct.slowest_acknowledgement {
        words.push_str(&format!(
            "From a revocation to its agency's acknowledgement: {} at most.\n",
            span(slowest)
        ));
    }
    words
}

/// A time span, in the unit that a person would use.
fn span(milliseconds: i64) -> String {
    let (number, unit) = match milliseconds {
        ..=999 => return format!("{milliseconds} ms"),
        1_000..=119_999 => (milliseconds / 1_000, "second"),
        120_000..=7_199_999 => (milliseconds / 60_000, "minute"),
        7_200_000..=172_799_999 => (milliseconds / 3_600_000, "hour"),
        _ => (milliseconds / 86_400_000, "day"),
    };
    count(number, unit, &format!("{unit}s"))
}

fn count(number: i64, one: &str, many: &str) -> String {
    let unit = if number == 1 { one } else { many };
    format!("{number} {unit}")
}

/// An answer together with what the audit found; nothing is a yes where the audit failed.
fn with(visit: &Visit, exit: Exit, words: String, members: Value) -> Answer {
    let ok = visit.is_ok();
    let mut json = Map::new();
    json.insert("ok".into(), ok.into());
    json.insert("size".into(), visit.head.map(|head| head.size).into());
    json.insert(
        "root".into(),
        visit
            .head
            .map(|head| BASE64_STANDARD.encode(head.root))
            .into(),
    );
    json.insert(
        "findings".into(),
        serde_json::to_value(visit.findings.told()).unwrap_or_default(),
    );
    if let Value::Object(members) = members {
        json.extend(members);
    }
    let exit = match ok {
        true => exit,
        false if visit.is_unclear() => Exit::Unknown,
        false => Exit::No,
    };
    Answer {
        exit,
        words: format!("{words}{}", verdict(visit)),
        json: Value::Object(json),
    }
}

fn verdict(visit: &Visit) -> String {
    let size = visit.head.map_or(0, |head| head.size);
    if visit.is_ok() {
        let since = match visit.last {
            Some(last) => grown(size.saturating_sub(last.size)),
            None => " This was the first audit; the next one also proves that nothing of this was changed.".to_owned(),
        };
        return format!("Everything held: {size} entries, every status list, the registry.{since}");
    }
    let unclear = visit.is_unclear();
    let mut text = if unclear {
        format!(
            "It could not be told whether {} keeps its word.\n",
            visit.pin.verifier
        )
    } else {
        format!("The audit of {} FAILED.\n", visit.pin.verifier)
    };
    for finding in visit.findings.told() {
        text.push_str(&format!("  {}: {}\n", finding.code.as_str(), finding.what));
    }
    let (told, found): (usize, usize) = (
        visit.findings.told().len(),
        visit.findings.counts().values().sum(),
    );
    if found > told {
        text.push_str(&format!("  and {} more\n", found - told));
    }
    text.push_str(if unclear {
        "Everything else held. Check this computer's clock and audit again; if it is right, ask the operator to explain."
    } else {
        "Keep the auditor's folder: the signed checkpoints in it are evidence. Ask the operator to explain."
    });
    text
}

fn grown(by: u64) -> String {
    match by {
        0 => " Nothing was added since the last audit.".to_owned(),
        by => {
            let entries = count(i64::try_from(by).unwrap_or(i64::MAX), "entry", "entries");
            format!(" It only grew since the last audit, by {entries}.")
        }
    }
}

fn in_words(answer: &GrantAnswer) -> String {
    let at = moment(answer.at);
    let standing = match answer.standing {
        Standing::InForce => "was in force",
        Standing::Suspended => "was paused, so not in force",
        Standing::Revoked => "had been taken back",
        Standing::Expired => "had ended",
        Standing::NotYetValid => "had not begun",
        _ => "was not registered",
    };
    let verdict = if answer.standing == Standing::InForce {
        "Yes"
    } else {
        "No"
    };
    let mut text = format!(
        "{verdict}: at {at} the grant {} {standing}.\n",
        answer.grant
    );
    for period in &answer.periods {
        let status = ["valid", "revoked", "suspended"]
            .get(usize::from(period.status))
            .unwrap_or(&"unknown");
        text.push_str(&format!(
            "  from {}  {status}  (entry {})\n",
            moment(period.from),
            period.index
        ));
    }
    if answer.binding == Binding::File {
        text.push_str("Only the file ties this grant to its place in the log. A file that also holds the consent token would prove it.\n");
    }
    text
}

fn moment(at: UnixMillis) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| at.0.to_string(), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_counts_are_a_persons() {
        for (milliseconds, words) in [
            (999, "999 ms"),
            (1_500, "1 second"),
            (91_880, "91 seconds"),
            (7_199_999, "119 minutes"),
            (7_200_000, "2 hours"),
            (200_000_000, "2 days"),
        ] {
            assert_eq!(span(milliseconds), words);
        }
        assert!(grown(0).contains("Nothing was added"));
        assert!(grown(1).contains("by 1 entry."));
        assert!(grown(2).contains("by 2 entries."));
    }
}
