//! Opening what waits for an incident, and handing it over: on record first, and only as long as both the incident
//! is open and the consent stands.

use std::sync::Arc;

use agency::{Opened, Opening, Sought, additional_data::AdditionalData};
use consent_token::{id::Jti, statement::AgencyAct, term::Release};
use profile::Lang;

use crate::{
    ApiError, Code, additional,
    api::*,
    call::Call,
    desk::{Desk, grant_id},
    file::File,
    handlers::consents::{answer, keep_books, on_record, stands, token_of},
};

type Done<T> = Result<T, ApiError>;

/// The legal basis of an opening: vital interests, Article 6(1)(d) of the GDPR.
const VITAL_INTERESTS: &str = "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d";

pub(crate) async fn incident_open(
    desk: &Arc<Desk>,
    call: &Call,
    ask: OpenConsent,
) -> Done<ReadAnswer> {
    let (grant, opened) = open(desk, call, &ask).await?;
    let until = desk
        .books()?
        .record
        .open_until(&grant, &own(call, &ask.incident)?, call.now);
    desk.tell(Live::Incident {
        id: ask.incident.clone(),
        open: true,
    });
    Ok(answer(
        &opened,
        &[],
        until.map(consent_token::id::UnixSeconds::as_i64),
        ask.lang.into(),
    ))
}

/// What whoever calls opened for an incident, for whatever reason.
pub(crate) fn own<'a>(call: &'a Call, incident: &'a str) -> Done<Sought<'a>> {
    Ok(Sought {
        incident,
        actor: Some(call.actor()?),
        reason: None,
    })
}

/// Opens for an incident that is open; a second time for the same reason under the same person's own opening, while
/// that is good.
async fn open(desk: &Desk, call: &Call, ask: &OpenConsent) -> Done<(Jti, Opened)> {
    let grant = grant_id(&ask.grant)?;
    let token = token_of(desk, &grant)?;
    desk.incidents()?.open_one(&ask.incident)?;
    stands(desk, &grant, call)?;
    if token.claims().consent.release != Release::OnIncident {
        return Err(Code::WaitsForIncident.into());
    }
    let sought = Sought {
        reason: Some(ask.reason.as_str()),
        ..own(call, &ask.incident)?
    };
    let known = desk
        .books()?
        .record
        .opening(&grant, &sought, call.now)
        .map(str::to_owned);
    let act = AgencyAct::Open {
        incident: ask.incident.clone(),
        actor: call.actor()?.to_owned(),
        position: position(&ask.position)?,
        reason: ask.reason.as_str().to_owned(),
        basis: VITAL_INTERESTS.parse().map_err(|_| Code::Internal)?,
    };
    let read = desk
        .line()?
        .online()?
        .open_or_reopen(token, act, known, call.now)
        .await;
    let looked = (&grant, "open", Some(ask.incident.as_str()));
    let opened = on_record(desk, read, looked, call)?;
    let opening = Opening {
        incident: ask.incident.clone(),
        actor: call.actor()?.to_owned(),
        reason: ask.reason.as_str().to_owned(),
        at: opened.recorded.proven.entry.at().as_seconds(),
        statement: opened.recorded.compact.clone(),
    };
    desk.books()?.record.opened(grant, opening)?;
    keep_books(desk, &opened, looked, call)?;
    desk.incidents()?
        .concerns(&desk.agency, &ask.incident, [grant])?;
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

/// Only what whoever hands over opened for this incident is handed over: this adds no opening.
pub(crate) async fn incident_hand_over(desk: &Arc<Desk>, call: &Call, ask: HandOver) -> Done<File> {
    let grant = grant_id(&ask.grant)?;
    let opened = reopened(desk, call.now, &grant, &own(call, &ask.incident)?).await?;
    let looked = (&grant, "open", Some(ask.incident.as_str()));
    keep_books(desk, &opened, looked, call)?;
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
    opened: &Sought<'_>,
) -> Done<Opened> {
    let token = token_of(desk, grant)?;
    desk.incidents()?.open_one(opened.incident)?;
    let known = desk
        .books()?
        .record
        .opening(grant, opened, now)
        .map(str::to_owned);
    let known = known.ok_or(Code::NotOpened)?;
    Ok(desk.line()?.online()?.read_again(token, known, now).await?)
}
