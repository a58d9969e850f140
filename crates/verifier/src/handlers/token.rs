//! `POST /token`: OAuth client credentials with `private_key_jwt` (RFC 6749 section 4.4, RFC 7523).

use axum::{Json, extract::State};
use protocol::{Code, api::TokenResponse, client_assertion::ASSERTION_TYPE};
use serde::Deserialize;

use crate::{
    form::Form,
    reject::Rejection,
    state::{Shared, now},
};

/// The form of the token endpoint.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct TokenForm {
    grant_type: String,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
    /// Whom the assertion names.
    client_id: Option<String>,
}

/// A bearer token for an agency's or auditor's other calls.
#[utoipa::path(post, path = "/token", tag = "agency",
    request_body(content = TokenForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenResponse), super::Problems))]
pub async fn issue(
    State(app): State<Shared>,
    form: Result<Form<TokenForm>, Rejection>,
) -> Result<([(http::HeaderName, &'static str); 1], Json<TokenResponse>), Rejection> {
    let Form(form) = form.map_err(|rejection| rejection.named("invalid_request"))?;
    if form.grant_type != "client_credentials" {
        return Err(Rejection::oauth(
            Code::InvalidRequest,
            "unsupported_grant_type",
            "grant_type is client_credentials",
        ));
    }
    let assertion = match (
        form.client_assertion_type.as_deref(),
        &form.client_assertion,
    ) {
        (Some(ASSERTION_TYPE), Some(assertion)) => assertion,
        _ => {
            return Err(Rejection::oauth(
                Code::InvalidClient,
                "invalid_client",
                "send a client_assertion (RFC 7523)",
            ));
        }
    };
    let client = app
        .client_of_assertion(assertion, form.client_id.as_deref())
        .map_err(|rejection| rejection.named("invalid_client"))?;
    let lifetime = app.config.bearer_lifetime;
    let access_token = app.bearers.issue(client, now().plus(lifetime.into()));
    let body = TokenResponse {
        access_token,
        token_type: "Bearer".into(),
        expires_in: lifetime,
    };
    Ok(([(http::header::CACHE_CONTROL, "no-store")], Json(body)))
}
