//! The wallet's words on the command line: states, acts, findings, dates. No terms of art.

use ::wallet::{
    Act, Evidence, EvidenceKind, Grant, Outcome, Sent, ShareOutcome, Shared, State, Waiting, Wish,
    words,
};
use consent_token::id::UnixSeconds;
use jiff::tz::TimeZone;
use profile::Lang;
use serde_json::Value;

use super::table;

/// A moment as a person reads it.
pub(crate) fn moment(time: UnixSeconds, zone: &TimeZone, lang: Lang) -> String {
    words::moment_in(time, zone, lang)
}

/// So many of something.
pub(crate) fn count(count: usize, one: &str) -> String {
    let many = if count == 1 { "" } else { "s" };
    format!("{count} {one}{many}")
}

/// How a consent stands, and what is on its way.
pub(crate) fn state(grant: &Grant, now: UnixSeconds) -> String {
    let state = match grant.state(now) {
        State::Waiting => "signed, not sent yet",
        State::Valid => "in force",
        State::Suspended => "paused",
        State::Revoked => "stopped",
        State::Expired => "ended",
        State::Refused => "refused",
    };
    let change = match (grant.state(now), grant.wish) {
        (State::Valid | State::Suspended | State::Waiting, Wish::Ended) => {
            " (stopping: waits to be sent)"
        }
        (State::Valid | State::Waiting, Wish::Paused) => " (pausing: waits to be sent)",
        (State::Suspended, Wish::InForce) => " (resuming: waits to be sent)",
        _ => "",
    };
    format!("{state}{change}")
}

/// What waits, one line each.
pub(crate) fn waiting(waiting: &[Waiting], zone: &TimeZone, lang: Lang) -> String {
    if waiting.is_empty() {
        return "Nothing waits to be sent.\n".to_owned();
    }
    let rows: Vec<_> = waiting
        .iter()
        .map(|item| {
            [
                short(&item.grant.to_string()),
                act(item.act).to_owned(),
                item.agency.clone(),
                moment(item.since, zone, lang),
            ]
        })
        .collect();
    format!(
        "Waiting to be sent:\n{}",
        table::table(["Consent", "What", "Agency", "Since"], &rows)
    )
}

/// Consents whose data have not reached the agency as they are written down now, one line each.
pub(crate) fn shares_waiting(grants: &[Grant]) -> String {
    grants
        .iter()
        .map(|grant| {
            format!(
                "{} what you wrote down for {} waits to be sent.\n",
                short(&grant.id.to_string()),
                grant.agency_name
            )
        })
        .collect()
}

/// What an agency was given, or why not.
pub(crate) fn shared(shared: &Shared) -> String {
    let agency = &shared.agency;
    let became = match &shared.outcome {
        ShareOutcome::Sent { .. } => {
            format!("what you wrote down is sealed for {agency} and sent")
        }
        ShareOutcome::Waits { reason } => {
            format!(
                "what you wrote down for {agency} waits: {}",
                refusal(reason)
            )
        }
        ShareOutcome::NoKey => format!(
            "{agency} has no usable key to seal your data for; it can check your consent, and is given nothing"
        ),
        ShareOutcome::TooLarge => format!(
            "what {agency} may read is more than 1 MiB and is not sent; write less down, or share less"
        ),
    };
    format!("{} {became}.", short(&shared.grant.to_string()))
}

/// What became of what was sent.
pub(crate) fn sent(sent: &Sent) -> String {
    let what = act(sent.act);
    let became = match &sent.outcome {
        Outcome::Recorded { index } => format!("recorded and proven (entry {index} of the log)"),
        Outcome::Delivered => "delivered".to_owned(),
        Outcome::Refused { code } => format!("refused: {}", refusal(code)),
        Outcome::Waits { reason } => format!("still waits: {}", refusal(reason)),
        Outcome::Dropped => "not sent: it comes from a backup and was never registered. Give it again if you still want it".to_owned(),
    };
    format!("{} {what}: {became}", short(&sent.grant.to_string()))
}

/// The name of an act.
pub(crate) const fn act(act: Act) -> &'static str {
    match act {
        Act::Register => "consent",
        Act::Revoke => "stop",
        Act::Suspend => "pause",
        Act::Resume => "resume",
        Act::EraseRequest => "request to delete",
        Act::Deliver => "answer to the agency",
    }
}

/// What happened, for the timeline.
pub(crate) fn event(act: &str) -> &str {
    match act {
        "grant" => "you gave it",
        "revoke" => "you stopped it",
        "suspend" => "you paused it",
        "resume" => "you resumed it",
        "erase-request" => "your wallet asked for deletion",
        "share" => "your data was sealed for them",
        "access" => "they looked",
        "open" => "they opened it in an emergency",
        "review" => "a second person checked an opening",
        "forward" => "they handed it on",
        "acknowledged" => "they took note that you stopped it",
        "erased" => "they deleted what they had",
        other => other,
    }
}

/// A refusal's code in words.
pub(crate) fn refusal(code: &str) -> &str {
    match code {
        "unreachable" => "the verifier cannot be reached",
        "proof" => "the verifier's receipt does not hold",
        "stale_statement" => "a later decision is recorded already",
        "grant_ended" => "the consent has ended",
        "expired" => "its time was over before it could be sent",
        "unknown_grant" => "the verifier does not know this consent",
        "unknown_agency" => "the agency is not registered",
        "agency_suspended" => "the agency is suspended",
        "wrong_agency_key" => {
            "the agency has a new key; run `assent wallet sync`, then give the consent again"
        }
        "share_missing" => "the verifier lost it on the way; it is sent again",
        "too_many_requests" => "too many requests; it is tried again later",
        "invalid_dpop_proof" => {
            "the verifier does not accept the time of this computer; check its clock"
        }
        "unavailable" | "internal" => "the verifier cannot answer now",
        other => other,
    }
}

/// Findings against the verifier, loud and plain.
pub(crate) fn evidence(found: &[Evidence], zone: &TimeZone, lang: Lang) -> String {
    let lines: String = found
        .iter()
        .map(|evidence| {
            format!(
                "  {}: {}\n    ({})\n",
                moment(evidence.at, zone, lang),
                finding(evidence.kind),
                evidence.finding
            )
        })
        .collect();
    format!(
        "\nWARNING: something is wrong with the verifier. The proof is kept in your wallet.\n{lines}\
         Show this to the operator or to the data-protection authority: `assent wallet export FILE` writes the proof to a file.\n\
         `assent wallet status --seen` says that you have read this.\n"
    )
}

/// Findings that were read before and were found once more.
pub(crate) fn found_again(found: &[Evidence]) -> String {
    let line = |evidence: &Evidence| {
        let finding = finding(evidence.kind);
        format!(
            "Still wrong with the verifier: {finding}. You have read of it; the proof is kept.\n"
        )
    };
    found.iter().map(line).collect()
}

/// All findings so far, in one line; nothing where there are none.
pub(crate) fn findings(found: &[Evidence], zone: &TimeZone, lang: Lang) -> Option<String> {
    let last = found.last()?;
    Some(format!(
        "{} against the verifier, the last on {}: {}",
        count(found.len(), "finding"),
        moment(last.at, zone, lang),
        finding(last.kind)
    ))
}

const fn finding(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Fork => "its record exists in two different versions",
        EvidenceKind::Inconsistent => "its record no longer contains what it contained before",
        EvidenceKind::Rollback => "its record went back to an earlier state",
        EvidenceKind::WrongProof => "it gave an answer whose proof does not hold",
        EvidenceKind::KeysChanged => "its keys are not those it had when you first used it",
        EvidenceKind::RegistryRefused => "its list of agencies cannot be trusted",
        EvidenceKind::Forgotten => "it denies something that it had confirmed",
        EvidenceKind::RevocationRefused => {
            "it refuses to record that you took a consent back; your wallet goes on asking"
        }
        EvidenceKind::StatusNotPublished => {
            "what it confirmed to you is not what agencies are told"
        }
        _ => "it did something that it must not do",
    }
}

/// The beginning of an id, enough to name it.
pub(crate) fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

/// A value as a person reads it: the main text of each entry.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('\n', ", "),
        Value::Array(items) => items.iter().map(self::value).collect::<Vec<_>>().join("; "),
        Value::Object(members) => object(members),
        other => other.to_string(),
    }
}

/// The members that say what an entry is, the first that is there.
const MAIN: [&str; 9] = [
    "text", "name", "number", "address", "value", "who", "kind", "title", "method",
];
/// The parts of a postal address, in the order of an envelope.
const ADDRESS: [&str; 5] = ["lines", "locality", "region", "postcode", "country"];

fn object(members: &serde_json::Map<String, Value>) -> String {
    if let Some(text) = MAIN.iter().find_map(|name| members.get(*name)?.as_str()) {
        return text.replace('\n', ", ");
    }
    // A key safe has a code too, which is not one of the register's.
    let code = members
        .get("code")
        .and_then(Value::as_str)
        .filter(|_| !members.contains_key("location"));
    if let Some(code) = code {
        let need = profile::need(code).map(|need| need.label.en);
        return need.unwrap_or(code).to_owned();
    }
    if ADDRESS.iter().any(|part| members.contains_key(*part)) {
        let parts = ADDRESS.iter().filter_map(|part| members.get(*part));
        return parts.map(envelope).collect::<Vec<_>>().join(", ");
    }
    let named = members
        .iter()
        .map(|(name, member)| format!("{name} {}", value(member)));
    named.collect::<Vec<_>>().join(", ")
}

fn envelope(part: &Value) -> String {
    value(part).replace("; ", ", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_read_like_on_paper() {
        let lines =
            json!({ "lines": ["1 Stryd y Bont"], "postcode": "LD99 1AB", "locality": "Aberderw" });
        assert_eq!(value(&lines), "1 Stryd y Bont, Aberderw, LD99 1AB");
        assert_eq!(
            value(&json!([{ "code": "26" }, { "code": "04", "note": "at night" }])),
            "Oxygen use; Oxygen concentrator"
        );
        assert_eq!(
            value(&json!([{ "number": "029 2018 0000", "use": "home" }])),
            "029 2018 0000"
        );
        assert_eq!(
            value(&json!({ "lat": 52.4, "lon": -3.7 })),
            "lat 52.4, lon -3.7"
        );
        let safe = json!({ "location": "by the back door", "code": "26" });
        assert_eq!(value(&safe), "code 26, location by the back door");
        assert_eq!(value(&json!("a\nb")), "a, b");
    }
}
