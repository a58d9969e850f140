//! What an audit found, in words and in JSON. The JSON of every question holds that of the audit.

use std::path::Path;

use ::audit::{Binding, Conduct, GrantAnswer, ProofError, Standing, Visit, report};
use base64::{Engine, prelude::BASE64_STANDARD};
use protocol::UnixMillis;
use serde_json::{Map, Value, json};

use super::failure;
use crate::outcome::{Answer, Exit, Failure, Outcome};

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
pub fn status(visit: &Visit, list: u32, at: UnixMillis) -> Answer {
    let answer = visit.status(list, at);
    let words = format!(
        "Status list {list} at {}, by the log: {} valid, {} revoked, {} suspended, {} not registered.\n",
        moment(at),
        answer.valid,
        answer.revoked,
        answer.suspended,
        answer.unregistered
    );
    with(visit, Exit::Yes, words, json!({ "status": answer }))
}

/// A report in a folder.
pub fn report(visit: &Visit, conduct: Option<Conduct>, out: &Path) -> Outcome {
    let report = report::write(visit, conduct, out).map_err(failure)?;
    let files: Vec<String> = report::FILES
        .iter()
        .map(|name| out.join(name).display().to_string())
        .collect();
    let mut words = format!("The report is in {}.\n", out.join("report.html").display());
    if let Some(conduct) = &report.conduct {
        words.push_str(&conduct_in_words(conduct));
    }
    let is_swapped = report
        .conduct
        .as_ref()
        .is_some_and(|conduct| !conduct.swapped.is_empty());
    let exit = if is_swapped { Exit::No } else { Exit::Yes };
    let json = json!({ "files": files, "conduct": report.conduct });
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
            "From a revocation to its agency's acknowledgement: {slowest} ms at most.\n"
        ));
    }
    words
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
    let exit = if ok { exit } else { Exit::No };
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
            Some(last) => format!(" It only grew since the last audit, by {} entries.", size.saturating_sub(last.size)),
            None => " This was the first audit; the next one also proves that nothing of this was changed.".to_owned(),
        };
        return format!("Everything held: {size} entries, every status list, the registry.{since}");
    }
    let mut text = format!("The audit of {} FAILED.\n", visit.pin.verifier);
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
    text.push_str("Keep the auditor's folder: the signed checkpoints in it are evidence. Ask the operator to explain.");
    text
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
