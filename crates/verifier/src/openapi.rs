//! The OpenAPI 3.1 description, generated from the handlers.

use std::sync::OnceLock;

use bytes::Bytes;
use http::StatusCode;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        RefOr,
        security::{ApiKey, ApiKeyValue, ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme},
    },
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Assent verifier",
        description = "Registers signed consents, publishes their status and keeps a transparency log of every act.",
        license(name = "Apache-2.0")
    ),
    // Its route takes slashes in the last part, which an OpenAPI path cannot say.
    paths(crate::handlers::log::tile),
    // The body of every refusal, which the handlers' lists of responses name and do not define.
    components(schemas(protocol::Problem, protocol::share::Part)),
    modifiers(&Credentials),
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

/// How callers show who they are (PROTOCOL section 6).
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        let token = Flow::ClientCredentials(ClientCredentials::new("/token", Scopes::new()));
        components.add_security_scheme("bearer", SecurityScheme::OAuth2(OAuth2::new([token])));
        let proof = "A DPoP proof (RFC 9449) with Ed25519, for this method and URL, once";
        let proof = ApiKeyValue::with_description("DPoP", proof);
        components.add_security_scheme("dpop", SecurityScheme::ApiKey(ApiKey::Header(proof)));
        let consent = "`DPoP` and the consent token, which is bound to the key of the DPoP proof";
        let consent = ApiKeyValue::with_description("Authorization", consent);
        let consent = SecurityScheme::ApiKey(ApiKey::Header(consent));
        components.add_security_scheme("consent_token", consent);
    }
}

/// The description as JSON.
pub(crate) fn json() -> Bytes {
    static JSON: OnceLock<Bytes> = OnceLock::new();
    JSON.get_or_init(|| {
        let (_, mut api) = crate::server::routes().split_for_parts();
        describe_answers(&mut api);
        api.to_json().unwrap_or_default().into()
    })
    .clone()
}

/// OpenAPI 3.1 asks for a description of every answer: where none is written, the status in words.
fn describe_answers(api: &mut utoipa::openapi::OpenApi) {
    let operations = api.paths.paths.values_mut().flat_map(|item| {
        [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
        ]
    });
    for operation in operations.flatten() {
        for (status, answer) in &mut operation.responses.responses {
            let RefOr::T(answer) = answer else { continue };
            if answer.description.is_empty() {
                let known = StatusCode::from_bytes(status.as_bytes()).ok();
                let words = known.and_then(|status| status.canonical_reason());
                answer.description = words.unwrap_or("A refusal").to_owned();
            }
        }
    }
}
