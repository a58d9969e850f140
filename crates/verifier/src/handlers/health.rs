//! Liveness and readiness.

use axum::extract::State;
use verifier_store::Store;

use crate::{
    reject::Rejection,
    state::{Shared, unavailable},
};

/// Whether the process answers.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, body = String)))]
pub async fn healthz() -> &'static str {
    "ok"
}

/// Whether the database answers too.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, body = String), super::Problems))]
pub async fn readyz(State(app): State<Shared>) -> Result<&'static str, Rejection> {
    app.store.head().await.map_err(unavailable)?;
    Ok("ready")
}
