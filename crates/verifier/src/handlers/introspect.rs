//! `POST /introspect` (RFC 7662): does this consent hold now, for this caller? Only the token's own
//! audience ever sees `active: true`, or learns why not. A token that was verified before is known by the
//! whole of its text; its status is read live at every hit.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use consent_token::Refusal;
use http::{HeaderMap, HeaderValue, Method, header};
use protocol::{Code, api::Introspection, client_assertion::ASSERTION_TYPE};
use serde::Deserialize;
use verifier_store::SignerKind;

use crate::{
    auth::Client,
    form::Form,
    known_tokens,
    reject::Rejection,
    state::{App, Shared, now},
};

/// The form of the introspection endpoint.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct IntrospectForm {
    token: String,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
    /// Whom the assertion names.
    client_id: Option<String>,
    /// Also hold the token to this purpose.
    purpose: Option<String>,
    /// Also hold the token to this data path.
    datatype: Option<String>,
}

/// Whether a consent token holds now. The caller shows a bearer token, a DPoP proof, or a client assertion in the form.
#[utoipa::path(post, path = "/introspect", tag = "agency",
    request_body(content = IntrospectForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Introspection), super::Problems), security(("bearer" = []), ("dpop" = []), ()))]
pub async fn introspect(
    State(app): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<IntrospectForm>,
) -> Result<Response, Rejection> {
    let client = caller(&app, &headers, &form)?;
    if client.kind != SignerKind::Agency {
        return Err(Code::Forbidden.into());
    }
    Ok(answer(judge(&app, &client, &form)))
}

fn caller(app: &App, headers: &HeaderMap, form: &IntrospectForm) -> Result<Client, Rejection> {
    match (
        &form.client_assertion,
        form.client_assertion_type.as_deref(),
    ) {
        // RFC 7662 section 2.3
        (Some(assertion), Some(ASSERTION_TYPE)) => app
            .client_of_assertion(assertion, form.client_id.as_deref())
            .map_err(|rejection| rejection.named("invalid_client")),
        _ => app.client(headers, &Method::POST, "/introspect"),
    }
}

/// What to say of a token: the claims of an active one, a code for its audience, or nothing.
enum Verdict {
    Active(Bytes),
    Inactive(Option<Refusal>),
}

fn answer(verdict: Verdict) -> Response {
    let inactive = |code: Option<Refusal>| {
        let code = code.map(|refusal| refusal.code().to_owned());
        serde_json::to_vec(&Introspection {
            code,
            ..Introspection::default()
        })
        .unwrap_or_default()
        .into()
    };
    let body: Bytes = match verdict {
        Verdict::Active(body) => body,
        Verdict::Inactive(code) => inactive(code),
    };
    let head = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (head, body).into_response()
}

fn judge(app: &App, client: &Client, form: &IntrospectForm) -> Verdict {
    let known = match app.known_tokens.find_or_verify(&form.token) {
        Ok(known) => known,
        // The audience of what does not verify is only a claim; its own claimed audience may hear why.
        Err(refusal) => {
            return Verdict::Inactive(claims_audience(&form.token, client).then_some(refusal));
        }
    };
    if known.token.claims().aud != client.id {
        return Verdict::Inactive(None);
    }
    let published = app.published.load();
    let caller = known_tokens::Caller {
        agency: &client.id,
        key: None,
    };
    let datatypes: Vec<&str> = form.datatype.as_deref().into_iter().collect();
    let asked = known_tokens::Asked {
        purpose: form.purpose.as_deref(),
        datatypes: &datatypes,
    };
    let held = known_tokens::in_force(&published.ledger, &caller, &asked, &known, now()).and_then(
        |grant| match grant.is_exhausted() {
            true => Err(Refusal::Exhausted),
            false => Ok(()),
        },
    );
    match held {
        Ok(()) => Verdict::Active(known.body.clone()),
        Err(refusal) => Verdict::Inactive(Some(refusal)),
    }
}

fn claims_audience(token: &str, client: &Client) -> bool {
    #[derive(Deserialize)]
    struct Aud {
        aud: String,
    }
    let payload = consent_token::jws::Compact::parse(token, consent_token::MAX_COMPACT_BYTES);
    payload.is_ok_and(|jws| {
        serde_json::from_slice::<Aud>(jws.payload())
            .is_ok_and(|claims| claims.aud == client.id.as_str())
    })
}
