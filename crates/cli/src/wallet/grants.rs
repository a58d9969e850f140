//! `grants`, `show`, `token`, `history`, and what ends or pauses a consent.

use ::wallet::{Act, Done, Event, Grant, Outcome as Became, Waiting, seconds_of, words as dates};
use clap::Args;
use consent_token::id::{Jti, UnixSeconds};
use jiff::tz::TimeZone;
use profile::Lang;
use serde_json::{Value, json};

use super::{
    desk::{Desk, busy},
    failure, looks, table, words,
};
use crate::outcome::{Answer, Exit, Outcome};

#[derive(Args)]
pub(crate) struct GrantName {
    /// The consent's id, or its first letters.
    grant: String,
}

#[derive(Args)]
pub(crate) struct HistoryArgs {
    /// Only this consent: its id, or its first letters.
    grant: Option<String>,
}

#[derive(Args)]
pub(crate) struct RevokeArgs {
    /// The id of the consent, or of a circle's case for all of its consents; the first letters are enough.
    #[arg(
        required_unless_present = "all",
        conflicts_with = "all",
        value_name = "GRANT|CASE"
    )]
    grant: Option<String>,
    /// Every consent.
    #[arg(long)]
    all: bool,
    /// Why, for the agency; it stands in the signed statement.
    #[arg(long, conflicts_with = "all")]
    reason: Option<String>,
}

/// Every consent, the newest first.
pub(crate) fn list(desk: &mut Desk) -> Outcome {
    let (now, grants) = (desk.wallet.now(), desk.wallet.grants()?);
    let rows: Vec<_> = grants
        .iter()
        .map(|grant| {
            let ends = dates::day(grant.ends_at, desk.lang);
            [
                words::short(&grant.id.to_string()),
                grant.agency_name.clone(),
                dates::purposes(&grant.consent.purposes, desk.lang),
                words::state(grant, now),
                ends,
            ]
        })
        .collect();
    let text = if rows.is_empty() {
        "You have given no consent yet.".to_owned()
    } else {
        table::table(["Consent", "Agency", "What for", "State", "Until"], &rows)
    };
    let waiting = desk.wallet.waiting()?;
    let all: Vec<Value> = grants
        .iter()
        .map(|grant| brief(grant, &waiting, now))
        .collect();
    Ok(Answer::yes(text, json!({ "grants": all })))
}

/// One consent in full.
pub(crate) fn show(desk: &mut Desk, name: &GrantName) -> Outcome {
    let grant = desk.wallet.grant_called(&name.grant)?;
    let now = desk.wallet.now();
    let mut facts = vec![
        ("Consent", grant.id.to_string()),
        (
            "Agency",
            format!("{} ({})", grant.agency_name, grant.agency),
        ),
        ("State", words::state(&grant, now)),
        (
            "What for",
            dates::purposes(&grant.consent.purposes, desk.lang),
        ),
        ("What", items(&grant, desk.lang)),
        (
            "Given",
            words::moment(grant.signed_at, &desk.zone, desk.lang),
        ),
        ("Until", until(&grant, desk.lang)),
        (
            "Kept for",
            dates::duration(&grant.consent.retention, desk.lang),
        ),
    ];
    if let Some(published) = grant.published {
        let what = ["in force", "stopped", "paused", "not registered"]
            .get(usize::from(published.status))
            .unwrap_or(&"unclear");
        facts.push((
            "What agencies see",
            format!(
                "{what}, as of {}",
                words::moment(published.as_of, &desk.zone, desk.lang)
            ),
        ));
    }
    for receipt in &grant.receipts {
        let when = words::moment(seconds_of(receipt.at), &desk.zone, desk.lang);
        facts.push((
            "Proof",
            format!(
                "{}: entry {} of the log, {when}",
                words::act(receipt.act),
                receipt.index
            ),
        ));
    }
    for refused in &grant.refusals {
        facts.push((
            "Refused",
            format!(
                "{}: {}",
                words::act(refused.act),
                words::refusal(&refused.code)
            ),
        ));
    }
    let text = format!(
        "{}\nThe text you agreed to:\n{}\n",
        table::pairs(&facts),
        grant.notice.trim()
    );
    let mut json = brief(&grant, &desk.wallet.waiting()?, now);
    if let Some(object) = json.as_object_mut() {
        object.insert("notice".into(), json!(grant.notice));
        object.insert("consent".into(), json!(grant.consent));
        object.insert(
            "status".into(),
            json!({ "uri": grant.slot.uri, "idx": grant.slot.idx }),
        );
        object.insert("published".into(), json!(grant.published));
        object.insert("receipts".into(), json!(grant.receipts));
        object.insert("refusals".into(), json!(grant.refusals));
    }
    Ok(Answer::yes(text, json))
}

/// What may be read, as it is called and as commands take it.
fn items(grant: &Grant, lang: Lang) -> String {
    let item = |path: &String| {
        let label = dates::labels(std::slice::from_ref(path), lang);
        format!("{label} ({path})")
    };
    let items = grant.consent.datatypes.iter().map(item);
    items.collect::<Vec<_>>().join(", ")
}

/// The end, in UTC like every other end: it stands in the signed text as a day.
fn until(grant: &Grant, lang: Lang) -> String {
    format!("{} UTC", words::moment(grant.ends_at, &TimeZone::UTC, lang))
}

/// The token and nothing else.
pub(crate) fn token(desk: &mut Desk, name: &GrantName) -> Outcome {
    let grant = desk.wallet.grant_called(&name.grant)?;
    Ok(Answer::yes(
        grant.token.clone(),
        json!({ "grant": grant.id, "token": grant.token }),
    ))
}

/// Who looked, and what else happened; of one consent or of all.
pub(crate) fn history(desk: &mut Desk, args: &HistoryArgs) -> Outcome {
    let grants = match &args.grant {
        Some(name) => vec![desk.wallet.grant_called(name)?],
        None => desk.wallet.grants()?,
    };
    let mut events: Vec<(Grant, Event)> = Vec::new();
    for grant in grants {
        let history = desk.wallet.history(&grant.id)?;
        events.extend(history.into_iter().map(|event| (grant.clone(), event)));
    }
    events.sort_by_key(|(_, event)| event.index);
    let rows: Vec<_> = events
        .iter()
        .map(|(grant, event)| {
            let when = words::moment(seconds_of(event.at), &desk.zone, desk.lang);
            [
                when,
                grant.agency_name.clone(),
                words::event(&event.act).to_owned(),
                detail(event, desk.lang),
                words::short(&grant.id.to_string()),
            ]
        })
        .collect();
    let id = match &args.grant {
        Some(name) => Some(desk.wallet.grant_called(name)?.id),
        None => None,
    };
    let looks = desk.wallet.looked(id.as_ref())?;
    let mut overdue = desk.wallet.overdue()?;
    overdue.retain(|one| id.is_none_or(|id| one.grant == id));
    let mut endings = desk.wallet.endings()?;
    endings.retain(|one| id.is_none_or(|id| one.grant == id));
    let text = if rows.is_empty() {
        "Nothing is known yet. `assent wallet sync` asks the verifier.".to_owned()
    } else {
        let (lang, zone) = (desk.lang, &desk.zone);
        format!(
            "{}{}{}{}",
            looks::all(&looks, lang, zone),
            looks::overdue(&overdue, lang),
            looks::endings(&endings, lang, zone),
            table::table(["When", "Agency", "What", "Details", "Consent"], &rows)
        )
    };
    desk.wallet.mark_shown(&looks)?;
    let all: Vec<_> = events
        .iter()
        .map(|(grant, event)| told(grant, event))
        .collect();
    Ok(Answer::yes(
        text,
        json!({ "history": all, "looked": looks, "overdue": overdue, "endings": endings }),
    ))
}

/// Takes one consent or all of them back, and sends that if the verifier can be reached.
pub(crate) async fn revoke(desk: &mut Desk, args: RevokeArgs) -> Outcome {
    let done = match &args.grant {
        Some(name) => {
            let mut done = Vec::new();
            for grant in desk.wallet.grants_called(name)? {
                let became = desk.wallet.revoke(&grant.id, args.reason.clone());
                let became = became.map_err(|error| match &args.reason {
                    Some(_) => failure::reason(&error),
                    None => error.into(),
                })?;
                done.push((grant.id, became));
            }
            done
        }
        None => desk.wallet.revoke_all()?,
    };
    finish(desk, Act::Revoke, &done).await
}

/// Pauses a consent.
pub(crate) async fn suspend(desk: &mut Desk, name: &GrantName) -> Outcome {
    let id = desk.wallet.grant_called(&name.grant)?.id;
    let done = desk.wallet.suspend(&id)?;
    finish(desk, Act::Suspend, &[(id, done)]).await
}

/// Ends a pause.
pub(crate) async fn resume(desk: &mut Desk, name: &GrantName) -> Outcome {
    let id = desk.wallet.grant_called(&name.grant)?.id;
    let done = desk.wallet.resume(&id)?;
    finish(desk, Act::Resume, &[(id, done)]).await
}

/// Sends what was decided and says what became of it: decided is kept in any case.
async fn finish(desk: &mut Desk, act: Act, done: &[(Jti, Done)]) -> Outcome {
    let mut sent = Vec::new();
    if let Some(line) = desk.line_if_known()? {
        let busy = busy("Telling the verifier …");
        let summary = desk.wallet.send(&line).await;
        busy.finish_and_clear();
        sent = summary?.sent;
    }
    let (now, waiting) = (desk.wallet.now(), desk.wallet.waiting()?);
    let (mut text, mut all, mut refused) = (String::new(), Vec::new(), false);
    for (id, done) in done {
        let grant = desk.wallet.grant_called(&id.to_string())?;
        let waits = waiting
            .iter()
            .any(|item| item.grant == *id && item.act == act);
        let refusal = sent.iter().find_map(|sent| match &sent.outcome {
            Became::Refused { code } if sent.grant == *id && sent.act == act => Some(code.clone()),
            _ => None,
        });
        refused |= refusal.is_some();
        let note = match (&refusal, *done, waits) {
            (Some(code), ..) => format!("refused: {}", words::refusal(code)),
            (None, Done::NeverSent, _) => {
                "stopped before it was sent; nobody can use it".to_owned()
            }
            (None, _, true) => "kept, and sent with the next `assent wallet sync`".to_owned(),
            (None, Done::Already, _) => "it was so already".to_owned(),
            (None, Done::Queued, false) => "recorded and proven".to_owned(),
        };
        text.push_str(&format!(
            "{} {}: {}; {note}.\n",
            words::short(&id.to_string()),
            grant.agency_name,
            words::state(&grant, now)
        ));
        all.push(json!({ "grant": id, "state": grant.state(now), "done": done, "waits": waits, "refused": refusal }));
    }
    if all.is_empty() {
        text.push_str("There was nothing to stop.\n");
    }
    let mut json = json!({ "grants": all, "sent": sent, "waiting": waiting });
    if let ([(id, _)], Some(object)) = (done, json.as_object_mut()) {
        object.insert("grant".into(), json!(id));
    }
    Ok(Answer {
        exit: if refused { Exit::No } else { Exit::Yes },
        words: text,
        json,
    })
}

/// A consent for scripts.
fn brief(grant: &Grant, waiting: &[Waiting], now: UnixSeconds) -> Value {
    let waiting: Vec<Act> = waiting
        .iter()
        .filter(|item| item.grant == grant.id)
        .map(|item| item.act)
        .collect();
    json!({
        "grant": grant.id,
        "agency": grant.agency,
        "agency_name": grant.agency_name,
        "state": grant.state(now),
        "waiting": waiting,
        "purposes": grant.consent.purposes,
        "datatypes": grant.consent.datatypes,
        "release": grant.consent.release,
        "circle": grant.consent.circle,
        "case": grant.consent.circle.as_ref().map(|circle| circle.case),
        "signed_at": grant.signed_at,
        "ends_at": grant.ends_at,
    })
}

/// An event for scripts.
fn told(grant: &Grant, event: &Event) -> Value {
    let mut json = json!(event);
    if let Some(object) = json.as_object_mut() {
        object.insert("grant".into(), json!(grant.id));
        object.insert("agency".into(), json!(grant.agency));
    }
    json
}

/// What is worth knowing about an event, in one line.
fn detail(event: &Event, lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        event
            .incident
            .iter()
            .map(|incident| format!("incident {incident}")),
    );
    parts.extend(event.reason.clone());
    parts.extend((!event.datatypes.is_empty()).then(|| dates::labels(&event.datatypes, lang)));
    parts.extend(event.actor.iter().map(|actor| format!("by {actor}")));
    parts.extend(event.finding.clone());
    parts.extend(event.method.clone());
    parts.join("; ")
}
