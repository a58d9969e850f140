//! The control room.

use std::sync::Arc;

use agency::{Call as Asked, Match, Opened, additional_data::AdditionalData};
use consent_token::{id::Jti, statement::AgencyAct, term::Release};
use profile::{Lang, Path, Tier};

use crate::{
    ApiError, Code, additional,
    api::*,
    call::Call,
    consents::{Act, Consent},
    desk::{Desk, grant_id},
    file::File,
    handlers::consents::{answer, keep_books, on_record, stands, token_of},
    incidents, words,
};

type Done<T> = Result<T, ApiError>;

/// The legal basis of an opening: vital interests, Article 6(1)(d) of the GDPR.
const VITAL_INTERESTS: &str = "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d";
/// Seconds for which an opening is good (PROTOCOL section 4).
const OPENING_SECONDS: i64 = 2 * 60 * 60;
/// Matches at most: a street is no match.
const MATCHES_AT_MOST: usize = 20;
/// Letters and digits of an address at least.
const ADDRESS_AT_LEAST: usize = 4;

pub(crate) async fn incidents(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Incidents> {
    let all = desk.incidents()?;
    let consents = desk.consents()?;
    let openings = |id: &str| openings(&consents, id, call);
    let shown = all.list().into_iter().map(|(id, one)| shown(id, one, openings(id)));
    Ok(Incidents { incidents: shown.collect() })
}

pub(crate) async fn incident(desk: &Arc<Desk>, call: &Call, ask: ById) -> Done<Incident> {
    one(desk, call, &ask.id)
}

fn one(desk: &Desk, call: &Call, id: &str) -> Done<Incident> {
    let all = desk.incidents()?;
    let consents = desk.consents()?;
    Ok(shown(id, all.get(id)?, openings(&consents, id, call)))
}

fn shown(id: &str, incident: &incidents::Incident, openings: Vec<OpeningView>) -> Incident {
    Incident {
        id: id.to_owned(),
        kind: incident.kind,
        place: incident.place.clone(),
        phone: incident.phone.clone(),
        declared_at: incident.declared_at.as_i64(),
        declared_by: incident.declared_by.clone(),
        closed_at: incident.closed_at.map(consent_token::id::UnixSeconds::as_i64),
        closed_by: incident.closed_by.clone(),
        openings,
    }
}

/// What is on record as opened for an incident, the newest first.
fn openings(consents: &crate::consents::Consents, id: &str, call: &Call) -> Vec<OpeningView> {
    let mut all: Vec<OpeningView> = consents
        .staff_acts()
        .filter_map(|(grant, consent, act)| opening(grant, consent, act, id, call))
        .collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.at), one.statement.clone()));
    all
}

fn opening(grant: &Jti, consent: &Consent, act: &Act, id: &str, call: &Call) -> Option<OpeningView> {
    let AgencyAct::Open { incident, actor, reason, .. } = act.agency_act()? else {
        return None;
    };
    let statement = act.statement.as_ref()?.jti();
    (incident == id).then(|| OpeningView {
        grant: grant.to_string(),
        statement: statement.to_string(),
        at: act.at,
        actor: actor.clone(),
        reason: reason.clone(),
        until: act.at + OPENING_SECONDS,
        state: consent.state(call.now),
        finding: super::review::finding_of(consent, &statement).map(|(finding, _)| finding),
    })
}

pub(crate) async fn incident_declare(desk: &Arc<Desk>, call: &Call, ask: DeclareIncident) -> Done<Incident> {
    let id = desk.incidents()?.declare(&desk.agency, &ask, call.actor()?, call.now)?;
    desk.tell(Live::Incident { id: id.clone(), open: true });
    one(desk, call, &id)
}

pub(crate) async fn incident_close(desk: &Arc<Desk>, call: &Call, ask: ById) -> Done<Incident> {
    desk.incidents()?.close(&desk.agency, &ask.id, call.actor()?, call.now)?;
    desk.tell(Live::Incident { id: ask.id.clone(), open: false });
    one(desk, call, &ask.id)
}

pub(crate) async fn incident_match(desk: &Arc<Desk>, call: &Call, ask: MatchCall) -> Done<Matches> {
    let asked = asked(&ask.phone, &ask.address)?;
    desk.incidents()?.open_one(&ask.incident)?;
    let (people, found) = {
        let books = desk.books()?;
        (books.locators.count(asked, call.now), books.locators.find(asked, call.now))
    };
    let near: Vec<Match> = found.into_iter().take(MATCHES_AT_MOST).collect();
    desk.incidents()?.concerns(&desk.agency, &ask.incident, near.iter().map(|one| one.grant))?;
    let books = desk.books()?;
    let consents = desk.consents()?;
    let registry = desk.registry();
    let shown = |one: &Match| {
        let consent = consents.get(&one.grant)?;
        let until = books.record.open_until(&one.grant, &ask.incident, call.now);
        let circle = consent.token.claims().consent.circle.as_ref();
        let known = circle.and_then(|circle| registry.as_ref()?.circle(&circle.id));
        let lang: Lang = ask.lang.into();
        Some(MatchView {
            grant: one.grant.to_string(),
            score: one.score,
            by: if one.by == "contact.phone" { MatchedBy::Phone } else { MatchedBy::Address },
            state: consent.state(call.now),
            tier: circle.map(|circle| circle.tier),
            circle: known.map(|known| words::named(&known.name, &known.names, lang)),
            items: open_items(consent, lang),
            open_until: until.map(consent_token::id::UnixSeconds::as_i64),
        })
    };
    let matches: Vec<MatchView> = near.iter().filter_map(shown).collect();
    Ok(Matches { people: u32::try_from(people).unwrap_or(u32::MAX), matches })
}

/// What an opening would show, by tier.
fn open_items(consent: &Consent, lang: Lang) -> Vec<OpenItem> {
    let named = &consent.token.claims().consent.datatypes;
    let paths = named.iter().filter_map(|text| text.parse::<Path>().ok());
    let mut items: Vec<(Tier, OpenItem)> = paths
        .map(|path| {
            let tier = path.entry().tier;
            let item = OpenItem { label: words::label(&path, lang), tier: format!("{tier:?}"), path: path.to_string() };
            (tier, item)
        })
        .collect();
    items.sort_by_key(|(tier, _)| *tier);
    items.into_iter().map(|(_, item)| item).collect()
}

/// Exactly one of number and address, and enough of it to tell people apart.
fn asked<'a>(phone: &'a str, address: &'a str) -> Done<Asked<'a>> {
    let letters = address.chars().filter(|c| c.is_alphanumeric()).count();
    match (phone.trim(), address.trim()) {
        ("", address) if letters >= ADDRESS_AT_LEAST => Ok(Asked::Address(address)),
        (phone, "") if !phone.is_empty() => Ok(Asked::Phone(phone)),
        _ => Err(Code::CallUnclear.into()),
    }
}

pub(crate) async fn place_count(desk: &Arc<Desk>, call: &Call, ask: CountPlace) -> Done<Count> {
    let asked = asked("", &ask.address)?;
    let people = desk.books()?.locators.count(asked, call.now);
    Ok(Count { people: u32::try_from(people).unwrap_or(u32::MAX) })
}

pub(crate) async fn incident_open(desk: &Arc<Desk>, call: &Call, ask: OpenConsent) -> Done<ReadAnswer> {
    let (grant, opened) = open(desk, call, &ask).await?;
    let until = desk.books()?.record.open_until(&grant, &ask.incident, call.now);
    desk.tell(Live::Incident { id: ask.incident.clone(), open: true });
    Ok(answer(&opened, &[], until.map(consent_token::id::UnixSeconds::as_i64), ask.lang.into()))
}

/// Opens for an incident that is open, under the opening that there is while it is good.
async fn open(desk: &Desk, call: &Call, ask: &OpenConsent) -> Done<(Jti, Opened)> {
    let grant = grant_id(&ask.grant)?;
    let token = token_of(desk, &grant)?;
    desk.incidents()?.open_one(&ask.incident)?;
    stands(desk, &grant, call)?;
    if token.claims().consent.release != Release::OnIncident {
        return Err(Code::WaitsForIncident.into());
    }
    let known = desk.books()?.record.opening(&grant, &ask.incident, call.now).map(str::to_owned);
    let act = AgencyAct::Open {
        incident: ask.incident.clone(),
        actor: call.actor()?.to_owned(),
        position: position(&ask.position)?,
        reason: ask.reason.as_str().to_owned(),
        basis: VITAL_INTERESTS.parse().map_err(|_| Code::Internal)?,
    };
    let read = desk.line()?.online()?.open_or_reopen(token, act, known, call.now).await;
    let opened = on_record(desk, read, (&grant, "open", Some(&ask.incident)), call)?;
    let at = opened.recorded.proven.entry.at().as_seconds();
    desk.books()?.record.opened(grant, &ask.incident, &opened.recorded.compact, at)?;
    keep_books(desk, &opened, call)?;
    desk.incidents()?.concerns(&desk.agency, &ask.incident, [grant])?;
    // Withdrawn, or the incident closed, while it was opened: it is not shown.
    stands(desk, &grant, call)?;
    desk.incidents()?.open_one(&ask.incident)?;
    Ok((grant, opened))
}

fn position(text: &str) -> Done<String> {
    match text.trim() {
        "" => Ok("control-room".to_owned()),
        text if text.chars().count() > 64 => Err(Code::TooLarge.at("position")),
        text => Ok(text.to_owned()),
    }
}

/// Only what was opened for this incident is handed over: this adds no opening.
pub(crate) async fn incident_hand_over(desk: &Arc<Desk>, call: &Call, ask: HandOver) -> Done<File> {
    let grant = grant_id(&ask.grant)?;
    let opened = reopened(desk, call.now, &grant, &ask.incident).await?;
    keep_books(desk, &opened, call)?;
    stands(desk, &grant, call)?;
    let lang: Lang = ask.lang.into();
    let blocks = AdditionalData::of(&opened, desk.own(), &[lang]).blocks;
    additional::file(&blocks, &grant)
}

/// What was opened for an incident, read once more under the same opening.
pub(crate) async fn reopened(
    desk: &Desk,
    now: consent_token::id::UnixSeconds,
    grant: &Jti,
    incident: &str,
) -> Done<Opened> {
    let token = token_of(desk, grant)?;
    desk.incidents()?.open_one(incident)?;
    let known = desk.books()?.record.opening(grant, incident, now).map(str::to_owned);
    let known = known.ok_or(Code::NotOpened)?;
    Ok(desk.line()?.online()?.read_again(token, known, now).await?)
}

pub(crate) async fn incident_circle(desk: &Arc<Desk>, call: &Call, ask: ById) -> Done<IncidentCircle> {
    let grants = desk.incidents()?.get(&ask.id)?.grants.clone();
    let mut wanted = Vec::new();
    {
        let consents = desk.consents()?;
        let known = grants.iter().filter_map(|grant| Some((*grant, consents.get(grant)?)));
        wanted.extend(known.filter_map(|(grant, consent)| Some((grant, consent.token.claims().consent.circle.clone()?))));
    }
    let lang: Lang = ask.lang.into();
    let online = desk.line()?.online()?;
    let mut cases = Vec::new();
    for (grant, circle) in wanted {
        let case = online.case(&circle.case, call.now).await?;
        cases.push(case_view(desk, &grant, &circle, &case, lang));
    }
    Ok(IncidentCircle { cases })
}

fn case_view(
    desk: &Desk,
    grant: &Jti,
    circle: &consent_token::token::Circle,
    case: &protocol::api::Case,
    lang: Lang,
) -> CaseView {
    let names = desk.agency_names(lang);
    let registry = desk.registry();
    let known = registry.as_ref().and_then(|registry| registry.circle(&circle.id));
    let member = |member: &protocol::api::CaseMember| {
        let agency = names.get(&member.agency);
        CaseMemberView {
            name: agency.map_or_else(|| member.agency.clone(), |agency| agency.name.clone()),
            kind: agency.map_or_else(|| "other".to_owned(), |agency| agency.kind.clone()),
            own: member.agency == desk.own().id.as_str(),
            agency: member.agency.clone(),
            tier: member.tier,
            state: match member.state.as_str() {
                "valid" => ConsentState::Valid,
                "suspended" => ConsentState::Paused,
                "expired" => ConsentState::Expired,
                _ => ConsentState::Withdrawn,
            },
        }
    };
    CaseView {
        grant: grant.to_string(),
        case: circle.case.to_string(),
        circle: known.map_or_else(|| circle.id.clone(), |known| words::named(&known.name, &known.names, lang)),
        members: case.members.iter().map(member).collect(),
    }
}
