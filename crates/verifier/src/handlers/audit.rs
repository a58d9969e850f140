//! `GET /v1/audit/statements`: the JWS bodies behind log entries, for admitted auditors.

use axum::{
    Json,
    extract::{OriginalUri, Query, State},
};
use http::{HeaderMap, Method};
use protocol::{
    Code,
    api::{AuditStatement, AuditStatements},
};
use serde::Deserialize;
use verifier_store::{SignerKind, Store};

use crate::{
    reject::Rejection,
    state::{Shared, unavailable},
};

/// Which entries.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Range {
    /// The first index.
    from: u64,
    /// The index after the last.
    to: u64,
}

/// The bodies of a range of entries; those that were deleted are left out.
#[utoipa::path(get, path = "/v1/audit/statements", tag = "audit", params(Range),
    responses((status = 200, body = AuditStatements), super::Problems), security(("bearer" = []), ("dpop" = [])))]
pub async fn statements(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    query: Result<Query<Range>, axum::extract::rejection::QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<Json<AuditStatements>, Rejection> {
    let client = app.client(&headers, &method, uri.path())?;
    if client.kind != SignerKind::Auditor {
        return Err(Code::Forbidden.into());
    }
    let Query(Range { from, to }) =
        query.map_err(|_| Rejection::new(Code::InvalidRequest, "from and to are numbers"))?;
    let to = to.min(app.published().head.size);
    let limit = u64::from(app.config.page.get()).min(to.saturating_sub(from));
    let entries = app
        .store
        .entries(from, usize::try_from(limit).unwrap_or(0))
        .await
        .map_err(unavailable)?;
    let end = from + entries.len() as u64;
    let statements = entries.into_iter().filter_map(|stored| {
        Some(AuditStatement {
            index: stored.index,
            jws: stored.body?,
        })
    });
    Ok(Json(AuditStatements {
        statements: statements.collect(),
        next: (end < to).then_some(end),
    }))
}
