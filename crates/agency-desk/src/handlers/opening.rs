//! Opening what waits for an incident, and handing it over: on record first, and only as long as both the incident
//! is open and the consent stands.

use std::sync::Arc;

use agency::{Opened, additional_data::AdditionalData};
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
        .open_until(&grant, &ask.incident, call.now);
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

/// Opens for an incident that is open, under the opening that there is while it is good.
async fn open(desk: &Desk, call: &Call, ask: &OpenConsent) -> Done<(Jti, Opened)> {
    let grant = grant_id(&ask.grant)?;
    let token = token_of(desk, &grant)?;
    desk.incidents()?.open_one(&ask.incident)?;
    stands(desk, &grant, call)?;
    if token.claims().consent.release != Release::OnIncident {
        return Err(Code::WaitsForIncident.into());
    }
    let known = desk
        .books()?
        .record
        .opening(&grant, &ask.incident, call.now)
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
    let opened = on_record(desk, read, (&grant, "open", Some(&ask.incident)), call)?;
    let at = opened.recorded.proven.entry.at().as_seconds();
    desk.books()?
        .record
        .opened(grant, &ask.incident, &opened.recorded.compact, at)?;
    keep_books(desk, &opened, call)?;
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
    let known = desk
        .books()?
        .record
        .opening(grant, incident, now)
        .map(str::to_owned);
    let known = known.ok_or(Code::NotOpened)?;
    Ok(desk.line()?.online()?.read_again(token, known, now).await?)
}
