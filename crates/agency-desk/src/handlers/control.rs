//! The control room: incidents, and who may be calling.

use std::sync::Arc;

use agency::{Call as Asked, Match};
use consent_token::{id::Jti, statement::AgencyAct};
use profile::{Lang, Path, Tier};

use crate::{
    ApiError, Code,
    api::*,
    call::Call,
    consents::{Act, Consent},
    desk::Desk,
    handlers::opening::own,
    incidents, words,
};

type Done<T> = Result<T, ApiError>;

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
    let shown = all
        .list()
        .into_iter()
        .map(|(id, one)| shown(id, one, openings(id)));
    Ok(Incidents {
        incidents: shown.collect(),
    })
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
        closed_at: incident
            .closed_at
            .map(consent_token::id::UnixSeconds::as_i64),
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

fn opening(
    grant: &Jti,
    consent: &Consent,
    act: &Act,
    id: &str,
    call: &Call,
) -> Option<OpeningView> {
    let AgencyAct::Open {
        incident,
        actor,
        reason,
        ..
    } = act.agency_act()?
    else {
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

pub(crate) async fn incident_declare(
    desk: &Arc<Desk>,
    call: &Call,
    ask: DeclareIncident,
) -> Done<Incident> {
    let id = desk
        .incidents()?
        .declare(&desk.agency, &ask, call.actor()?, call.now)?;
    desk.tell(Live::Incident {
        id: id.clone(),
        open: true,
    });
    one(desk, call, &id)
}

pub(crate) async fn incident_close(desk: &Arc<Desk>, call: &Call, ask: ById) -> Done<Incident> {
    desk.incidents()?
        .close(&desk.agency, &ask.id, call.actor()?, call.now)?;
    desk.tell(Live::Incident {
        id: ask.id.clone(),
        open: false,
    });
    one(desk, call, &ask.id)
}

pub(crate) async fn incident_match(desk: &Arc<Desk>, call: &Call, ask: MatchCall) -> Done<Matches> {
    let asked = asked(&ask.phone, &ask.address)?;
    desk.incidents()?.open_one(&ask.incident)?;
    let (people, found) = {
        let books = desk.books()?;
        (
            books.locators.count(asked, call.now),
            books.locators.find(asked, call.now),
        )
    };
    let near: Vec<Match> = found.into_iter().take(MATCHES_AT_MOST).collect();
    desk.incidents()?.concerns(
        &desk.agency,
        &ask.incident,
        near.iter().map(|one| one.grant),
    )?;
    let books = desk.books()?;
    let consents = desk.consents()?;
    let registry = desk.registry();
    let own = own(call, &ask.incident)?;
    let shown = |one: &Match| {
        let consent = consents.get(&one.grant)?;
        let until = books.record.open_until(&one.grant, &own, call.now);
        let circle = consent.token.claims().consent.circle.as_ref();
        let known = circle.and_then(|circle| registry.as_ref()?.circle(&circle.id));
        let lang: Lang = ask.lang.into();
        Some(MatchView {
            grant: one.grant.to_string(),
            score: one.score,
            by: if one.by == "contact.phone" {
                MatchedBy::Phone
            } else {
                MatchedBy::Address
            },
            state: consent.state(call.now),
            tier: circle.map(|circle| circle.tier),
            circle: known.map(|known| words::named(&known.name, &known.names, lang)),
            items: open_items(consent, lang),
            open_until: until.map(consent_token::id::UnixSeconds::as_i64),
        })
    };
    let matches: Vec<MatchView> = near.iter().filter_map(shown).collect();
    Ok(Matches {
        people: u32::try_from(people).unwrap_or(u32::MAX),
        matches,
    })
}

/// What an opening would show, by tier.
fn open_items(consent: &Consent, lang: Lang) -> Vec<OpenItem> {
    let named = &consent.token.claims().consent.datatypes;
    let paths = named.iter().filter_map(|text| text.parse::<Path>().ok());
    let mut items: Vec<(Tier, OpenItem)> = paths
        .map(|path| {
            let tier = path.entry().tier;
            let item = OpenItem {
                label: words::label(&path, lang),
                tier: format!("{tier:?}"),
                path: path.to_string(),
            };
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
    Ok(Count {
        people: u32::try_from(people).unwrap_or(u32::MAX),
    })
}
