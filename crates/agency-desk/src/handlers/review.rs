//! The second look at openings.

use std::sync::Arc;

use consent_token::{id::Jti, statement::AgencyAct, term};

use crate::{
    ApiError, Code,
    api::*,
    call::Call,
    consents::Consent,
    desk::{Desk, grant_id},
};

type Done<T> = Result<T, ApiError>;

/// Seconds within which an opening owes a second look (PROTOCOL section 4).
const REVIEW_WITHIN: i64 = 7 * 86_400;

/// What a second person found about an opening, and who it was.
pub(crate) fn finding_of(consent: &Consent, opening: &Jti) -> Option<(Finding, String)> {
    consent.acts.iter().find_map(|act| match act.agency_act()? {
        AgencyAct::Review { of, actor, finding } if of == opening => {
            Some((shown(*finding), actor.clone()))
        }
        _ => None,
    })
}

const fn shown(finding: term::Finding) -> Finding {
    match finding {
        term::Finding::Justified => Finding::Justified,
        term::Finding::Unjustified => Finding::Unjustified,
        term::Finding::Inconclusive => Finding::Inconclusive,
    }
}

pub(crate) async fn reviews(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Reviews> {
    let own = call.actor()?;
    let consents = desk.consents()?;
    let mut reviews: Vec<ReviewRow> = consents
        .staff_acts()
        .filter_map(|(grant, consent, act)| {
            let AgencyAct::Open {
                incident,
                actor,
                reason,
                ..
            } = act.agency_act()?
            else {
                return None;
            };
            let opening = act.statement.as_ref()?.jti();
            let found = finding_of(consent, &opening);
            let due = act.at + REVIEW_WITHIN;
            Some(ReviewRow {
                grant: grant.to_string(),
                opening: opening.to_string(),
                incident: incident.clone(),
                opened_at: act.at,
                own: actor == own,
                actor: actor.clone(),
                reason: reason.clone(),
                due,
                overdue: found.is_none() && due <= call.now.as_i64(),
                finding: found.as_ref().map(|(finding, _)| *finding),
                reviewed_by: found.map(|(_, by)| by),
            })
        })
        .collect();
    reviews.sort_by_key(|row| (row.finding.is_some(), row.due, row.opening.clone()));
    Ok(Reviews { reviews })
}

pub(crate) async fn review(desk: &Arc<Desk>, call: &Call, ask: ReviewOpening) -> Done<Recorded> {
    let grant = grant_id(&ask.grant)?;
    let of: Jti = ask
        .opening
        .parse()
        .map_err(|_| Code::UnknownOpening.at("opening"))?;
    let actor = call.actor()?.to_owned();
    {
        let consents = desk.consents()?;
        let consent = consents.get(&grant).ok_or(Code::UnknownGrant)?;
        let opened_by = match consent.act(&of).and_then(|act| act.agency_act()) {
            Some(AgencyAct::Open { actor, .. }) => actor,
            _ => return Err(Code::UnknownOpening.at("opening")),
        };
        if *opened_by == actor {
            return Err(Code::SamePerson.into());
        }
        if finding_of(consent, &of).is_some() {
            return Err(Code::AlreadyReviewed.into());
        }
    }
    let finding = match ask.finding {
        Finding::Justified => term::Finding::Justified,
        Finding::Unjustified => term::Finding::Unjustified,
        Finding::Inconclusive => term::Finding::Inconclusive,
    };
    let act = AgencyAct::Review { of, actor, finding };
    let stated = desk.line()?.online()?.state(grant, act, call.now).await?;
    Ok(super::consents::recorded(&stated))
}
