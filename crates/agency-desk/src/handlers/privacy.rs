//! The privacy officer's pages.

use std::{collections::BTreeMap, sync::Arc};

use consent_token::{
    id::{Jti, UnixSeconds},
    statement::AgencyAct,
    term::IsoDuration,
};
use profile::{Lang, purpose};
use serde_json::json;

use super::consents::said;
use crate::{
    ApiError, Code,
    api::*,
    call::Call,
    consents::{Consent, Consents, moment},
    desk::{Desk, grant_id},
    file::File,
    looks, tables, words,
};

type Done<T> = Result<T, ApiError>;

pub(crate) async fn processing(
    desk: &Arc<Desk>,
    call: &Call,
    ask: InLanguage,
) -> Done<ProcessingRecord> {
    let own = desk.own();
    let consents = desk.consents()?;
    Ok(ProcessingRecord {
        controller: own.id.to_string(),
        name: words::in_both(own),
        contact: own.contact.clone(),
        privacy_url: own.privacy_url.clone(),
        erase_within: desk.erase_within.to_string(),
        made_at: moment(call.now),
        entries: entries(&consents, ask.lang.into(), call.now),
    })
}

/// One entry for each purpose and legal basis.
fn entries(consents: &Consents, lang: Lang, now: UnixSeconds) -> Vec<ProcessingEntry> {
    let mut by: BTreeMap<(String, String), Vec<&Consent>> = BTreeMap::new();
    for (_, consent) in consents.iter() {
        let terms = &consent.token.claims().consent;
        for code in &terms.purposes {
            by.entry((code.clone(), terms.basis.to_string()))
                .or_default()
                .push(consent);
        }
    }
    by.into_iter()
        .map(|((code, basis), all)| entry(&code, basis, &all, lang, now))
        .collect()
}

fn entry(
    code: &str,
    basis: String,
    all: &[&Consent],
    lang: Lang,
    now: UnixSeconds,
) -> ProcessingEntry {
    let known = purpose(code);
    let terms = || all.iter().map(|consent| &consent.token.claims().consent);
    let distinct = |texts: &mut dyn Iterator<Item = String>| {
        let set: std::collections::BTreeSet<String> = texts.collect();
        set.into_iter().collect::<Vec<_>>()
    };
    let paths = distinct(&mut terms().flat_map(|terms| terms.datatypes.clone()));
    let standing = all
        .iter()
        .filter(|consent| consent.state(now) == ConsentState::Valid);
    let people = distinct(&mut standing.map(|consent| consent.token.claims().iss.to_string()));
    let longest = terms()
        .map(|terms| &terms.retention)
        .max_by_key(|kept| kept.after(now));
    let looks = |consent: &&Consent| {
        let own = consent
            .acts
            .iter()
            .filter(|act| matches!(act.kind(), ActKind::Access | ActKind::Open));
        own.count()
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ProcessingEntry {
        purpose: code.to_owned(),
        label: known.map_or(code, |purpose| purpose.label(lang)).to_owned(),
        purpose_iri: known.map_or("", |purpose| purpose.dpv_iri).to_owned(),
        basis,
        items: words::items(&paths, lang),
        people: count(people.len()),
        consents: count(all.len()),
        recipients: distinct(
            &mut terms()
                .flat_map(|terms| terms.recipients.iter().flatten().map(ToString::to_string)),
        ),
        retention: longest.map(IsoDuration::to_string).unwrap_or_default(),
        readings: count(all.iter().map(looks).sum()),
    }
}

pub(crate) async fn processing_csv(desk: &Arc<Desk>, call: &Call, ask: InLanguage) -> Done<File> {
    let record = processing(desk, call, ask).await?;
    tables::processing(&record, ask.lang, &words::day(call.now))
}

pub(crate) async fn actors(desk: &Arc<Desk>, call: &Call, ask: Days) -> Done<Actors> {
    let attempts = desk.books()?.record.attempts()?;
    let consents = desk.consents()?;
    Ok(looks::actors(
        &consents,
        &attempts,
        ask.days.unwrap_or(30),
        call.now,
    ))
}

pub(crate) async fn actors_csv(desk: &Arc<Desk>, call: &Call, ask: Days) -> Done<File> {
    let lang = ask.lang;
    let actors = actors(desk, call, ask).await?;
    tables::actors(&actors, lang)
}

pub(crate) async fn deletions(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Deletions> {
    let books = desk.books()?;
    let consents = desk.consents()?;
    let owed = books.record.obligations(&desk.erase_within, call.now);
    let shown = owed.iter().map(|one| {
        let read_at = books.record.held(&one.grant).and_then(|held| held.read_at);
        let Owed {
            due,
            overdue,
            because,
        } = crate::consents::owed(one);
        let grant = one.grant.to_string();
        DeletionOwed {
            grant,
            due,
            overdue,
            because,
            read_at: read_at.map_or(0, moment),
        }
    });
    let owed: Vec<DeletionOwed> = shown.collect();
    let mut confirmed: Vec<DeletionConfirmed> = consents
        .iter()
        .flat_map(|(grant, consent)| stated(grant, consent, &desk.erase_within))
        .collect();
    confirmed.sort_by_key(|one| std::cmp::Reverse(one.index));
    let overdue = owed.iter().filter(|one| one.overdue).count();
    Ok(Deletions {
        owed,
        confirmed,
        overdue: u32::try_from(overdue).unwrap_or(u32::MAX),
    })
}

/// Every statement that something was deleted.
fn stated<'a>(
    grant: &'a Jti,
    consent: &'a Consent,
    within: &'a IsoDuration,
) -> impl Iterator<Item = DeletionConfirmed> + 'a {
    let withdrawn_at = consent.withdrawn_at();
    let due = withdrawn_at
        .and_then(UnixSeconds::new)
        .and_then(|at| within.after(at));
    consent
        .acts
        .iter()
        .filter_map(move |act| match act.agency_act()? {
            AgencyAct::Erased { method } => Some(DeletionConfirmed {
                grant: grant.to_string(),
                at: act.at,
                method: method.clone(),
                index: act.index,
                withdrawn_at,
                late: due.is_some_and(|due| act.at > moment(due)),
            }),
            _ => None,
        })
}

pub(crate) async fn actor_resolve(
    desk: &Arc<Desk>,
    _: &Call,
    ask: ResolveActor,
) -> Done<ResolvedActor> {
    said(&ask.reason, Code::ReasonMissing.at("reason"), "reason")?;
    let people = desk.people()?;
    let (user, person) = people
        .who(|person| person.actor == ask.actor.trim())
        .ok_or(Code::UnknownActor.at("actor"))?;
    Ok(ResolvedActor {
        user: user.clone(),
        name: person.name.clone(),
        roles: person.roles.clone(),
    })
}

/// Everything that is held here about one grant, for the person that it is about. Members of staff stay
/// pseudonyms.
pub(crate) async fn subject_access(
    desk: &Arc<Desk>,
    call: &Call,
    ask: SubjectAccess,
) -> Done<File> {
    said(&ask.reason, Code::ReasonMissing.at("reason"), "reason")?;
    let grant = grant_id(&ask.grant)?;
    let history = {
        let consents = desk.consents()?;
        let consent = consents.get(&grant).ok_or(Code::UnknownGrant)?;
        let acts = consent.acts.iter().map(|act| act.shown(None, &grant));
        acts.collect::<Vec<_>>()
    };
    let books = desk.books()?;
    let journal = desk.journal.find(&FindJournal {
        grant: Some(grant.to_string()),
        limit: Some(500),
        ..FindJournal::default()
    });
    let attempts = books.record.attempts()?;
    let attempts: Vec<_> = attempts
        .into_iter()
        .filter(|one| one.grant == grant.to_string())
        .collect();
    let held = json!({
        "controller": { "id": desk.own().id.to_string(), "name": words::in_both(desk.own()), "privacy_url": desk.own().privacy_url },
        "grant": grant.to_string(),
        "made_at": moment(call.now),
        "history": history,
        "locator": books.locators.held(&grant),
        "obligation": books.record.owed(&grant, &desk.erase_within, call.now),
        "record": books.record.held(&grant),
        "refused_attempts": attempts,
        "journal": journal.lines,
    });
    let bytes = serde_json::to_vec_pretty(&held).map_err(|_| Code::Internal)?;
    Ok(File {
        media: "application/json".into(),
        name: format!("subject-access-{grant}.json"),
        bytes,
    })
}

pub(crate) async fn journal(desk: &Arc<Desk>, _: &Call, ask: FindJournal) -> Done<Journal> {
    Ok(desk.journal.find(&ask))
}
