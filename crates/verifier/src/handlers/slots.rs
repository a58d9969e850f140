//! `POST /v1/slots`: status slots with tickets.

use axum::{Json, extract::State};
use protocol::{
    Code,
    api::{SlotsRequest, SlotsResponse},
};

use crate::{
    reject::{Body, Rejection},
    state::{Shared, now},
};

/// Slots in one request at most (PROTOCOL section 6).
pub const SLOTS_AT_MOST: u32 = 64;

/// Takes 1 to 64 status slots.
#[utoipa::path(post, path = "/v1/slots", tag = "wallet", request_body = SlotsRequest,
    responses((status = 200, body = SlotsResponse), super::Problems))]
pub async fn take(
    State(app): State<Shared>,
    Body(request): Body<SlotsRequest>,
) -> Result<Json<SlotsResponse>, Rejection> {
    if !(1..=SLOTS_AT_MOST).contains(&request.count) {
        return Err(Rejection::new(Code::InvalidRequest, "count is 1 to 64"));
    }
    let slots = app
        .slots
        .take(&*app.store, &app.issuer, request.count, now())
        .await?;
    Ok(Json(SlotsResponse { slots }))
}
