//! The OpenAPI 3.1 description, generated from the handlers.

use std::sync::OnceLock;

use bytes::Bytes;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Assent verifier",
        description = "Registers signed consents, publishes their status and keeps a transparency log of every act.",
        license(name = "Apache-2.0")
    ),
    tags(
        (name = "metadata", description = "What a caller needs to know before anything else"),
        (name = "wallet", description = "Citizens' acts"),
        (name = "agency", description = "Agencies' checks"),
        (name = "status", description = "Token Status Lists"),
        (name = "log", description = "C2SP tiled transparency log"),
        (name = "audit", description = "For admitted auditors"),
        (name = "health", description = "Liveness and readiness")
    )
)]
pub(crate) struct Description;

/// The description as JSON.
pub(crate) fn json() -> Bytes {
    static JSON: OnceLock<Bytes> = OnceLock::new();
    JSON.get_or_init(|| {
        let (_, api) = crate::server::routes().split_for_parts();
        api.to_json().unwrap_or_default().into()
    })
    .clone()
}
