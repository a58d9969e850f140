//! Who else serves the cases of an incident.

use std::sync::Arc;

use consent_token::id::Jti;
use profile::Lang;

use crate::{ApiError, api::*, call::Call, desk::Desk, words};

type Done<T> = Result<T, ApiError>;

pub(crate) async fn incident_circle(
    desk: &Arc<Desk>,
    call: &Call,
    ask: ById,
) -> Done<IncidentCircle> {
    let grants = desk.incidents()?.get(&ask.id)?.grants.clone();
    let mut wanted = Vec::new();
    {
        let consents = desk.consents()?;
        let known = grants
            .iter()
            .filter_map(|grant| Some((*grant, consents.get(grant)?)));
        wanted.extend(known.filter_map(|(grant, consent)| {
            Some((grant, consent.token.claims().consent.circle.clone()?))
        }));
    }
    let lang: Lang = ask.lang.into();
    let online = desk.line()?.online()?;
    let mut cases = Vec::new();
    for (grant, circle) in wanted {
        let case = online.case(&circle.case, Some(&grant), call.now).await?;
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
    let known = registry
        .as_ref()
        .and_then(|registry| registry.circle(&circle.id));
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
        circle: known.map_or_else(
            || circle.id.clone(),
            |known| words::named(&known.name, &known.names, lang),
        ),
        members: case.members.iter().map(member).collect(),
    }
}
