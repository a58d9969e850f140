//! `GET /v1/agency/grants`: the tokens addressed to an agency, paged; `GET /v1/agency/cases/{case}`: who
//! serves a case with it.

use axum::{
    Json,
    extract::{OriginalUri, Query, State},
};
use consent_token::id::Jti;
use http::{HeaderMap, Method};
use protocol::{
    Code,
    api::{AgencyGrant, AgencyGrants, Case, CaseMember},
};
use serde::Deserialize;
use verifier_store::{SignerKind, State as GrantState, Store};

use crate::{
    reject::{Path, Rejection},
    state::{Shared, now, unavailable},
};

/// Where a page starts.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The `next` of the page before.
    after: Option<u64>,
}

/// The grants addressed to the caller.
#[utoipa::path(get, path = "/v1/agency/grants", tag = "agency", params(After),
    responses((status = 200, body = AgencyGrants), super::Problems), security(("bearer" = []), ("dpop" = [])))]
pub async fn grants(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    query: Result<Query<After>, axum::extract::rejection::QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<Json<AgencyGrants>, Rejection> {
    let client = app.client(&headers, &method, uri.path())?;
    if client.kind != SignerKind::Agency {
        return Err(Code::Forbidden.into());
    }
    let Query(query) =
        query.map_err(|_| Rejection::new(Code::InvalidRequest, "after is a number"))?;
    let published = app.published();
    let page = app.config.page.get() as usize;
    let found = published
        .ledger
        .agency_grants(&client.id, query.after, page + 1);
    let next = (found.len() > page)
        .then(|| found.get(page - 1).map(|(index, _)| *index))
        .flatten();
    let rows: Vec<_> = found.into_iter().take(page).collect();
    let indexes = rows.iter().map(|(index, _)| *index).collect();
    let entries = app.store.entries_at(indexes).await.map_err(unavailable)?;
    let grants = rows
        .iter()
        .zip(entries)
        .filter_map(|((index, grant), entry)| {
            let state = published.ledger.grant(grant)?;
            let (status, _) = published.ledger.state(state, now());
            Some(AgencyGrant {
                grant: *grant,
                token: entry.body?,
                status,
                index: *index,
            })
        });
    Ok(Json(AgencyGrants {
        grants: grants.collect(),
        next,
    }))
}

/// Which of the caller's grants it asks for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfGrant {
    /// The caller's own grant in the case.
    #[param(value_type = Option<String>)]
    grant: Option<Jti>,
}

/// Who serves a case of a circle, for those who serve it themselves.
#[utoipa::path(get, path = "/v1/agency/cases/{case}", tag = "agency", params(("case" = String, Path, description = "the case's id"), OfGrant),
    responses((status = 200, body = Case), super::Problems), security(("bearer" = []), ("dpop" = [])))]
pub async fn case(
    State(app): State<Shared>,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    query: Result<Query<OfGrant>, axum::extract::rejection::QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<Json<Case>, Rejection> {
    let client = app.client(&headers, &method, uri.path())?;
    let Query(asked) =
        query.map_err(|_| Rejection::new(Code::InvalidRequest, "grant is a grant's id"))?;
    let case: Jti = id.parse().map_err(|_| Code::UnknownGrant)?;
    let published = app.published();
    let ledger = &published.ledger;
    let at = now();
    let members = ledger.case(&case, |id, grant| {
        *grant.audience == *client.id.as_str()
            && asked.grant.is_none_or(|asked| asked == *id)
            && matches!(
                ledger.state(grant, at).1,
                GrantState::Valid | GrantState::Suspended
            )
    });
    if members.is_empty() {
        return Err(Code::UnknownGrant.into());
    }
    let members = members.into_iter().filter_map(|grant| {
        Some(CaseMember {
            agency: grant.audience.to_string(),
            tier: grant.circle.as_ref()?.tier,
            state: ledger.state(grant, at).1.as_str().to_owned(),
        })
    });
    Ok(Json(Case {
        case,
        members: members.collect(),
    }))
}
