//! `POST /introspect` (RFC 7662): does this consent hold now, for this caller? Only the token's own
//! audience ever sees `active: true`, or learns why not. A token that was verified before is known by the
//! hash of the whole of it; its status is read live at every hit.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use consent_token::{
    Refusal,
    id::{Digest, UnixSeconds},
    key::Thumbprint,
    token::{self, Expectation, Standing, VerifiedToken},
};
use http::{HeaderMap, HeaderValue, Method, header};
use protocol::{
    Code, Version1, api::Introspection, client_assertion::ASSERTION_TYPE, registry::Agency,
};
use serde::Deserialize;
use verifier_store::{Ledger, SignerKind, State as GrantState};

use crate::{
    auth::Client,
    reject::{Form, Rejection},
    state::{App, Shared, now},
};

/// Known tokens in one generation; two are kept.
const GENERATION: usize = 50_000;
const SHARDS: usize = 16;

/// The form of the introspection endpoint.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct IntrospectForm {
    token: String,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
    /// Also hold the token to this purpose.
    purpose: Option<String>,
    /// Also hold the token to this data path.
    datatype: Option<String>,
}

/// Whether a consent token holds now.
#[utoipa::path(post, path = "/introspect", tag = "agency",
    request_body(content = IntrospectForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Introspection), super::Problems))]
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
        (Some(assertion), Some(ASSERTION_TYPE)) => app.client_of_assertion(assertion),
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
    match check(
        &app.published.load().ledger,
        client,
        form,
        &known.token,
        now(),
    ) {
        Ok(()) => Verdict::Active(known.body.clone()),
        Err(refusal) => Verdict::Inactive(Some(refusal)),
    }
}

/// Everything that may have changed since the token was verified.
fn check(
    ledger: &Ledger,
    client: &Client,
    form: &IntrospectForm,
    token: &VerifiedToken,
    now: UnixSeconds,
) -> Result<(), Refusal> {
    let registry = ledger.registry().ok_or(Refusal::UnknownAgency)?;
    let agency = registry.registry.agency(&client.id);
    let bound_to = token.claims().jkt;
    let caller_keys = agency
        .map(|agency| acting_keys(agency, bound_to))
        .unwrap_or_default();
    let datatypes: Vec<&str> = form.datatype.as_deref().into_iter().collect();
    token.check(&Expectation {
        now,
        audience: &client.id,
        standing: agency.map_or(Standing::Unknown, standing),
        caller_keys: &caller_keys,
        purpose: form.purpose.as_deref(),
        datatypes: &datatypes,
    })?;
    let grant = ledger
        .grant(&token.claims().jti)
        .filter(|grant| grant.digest == token.digest());
    match ledger.state(grant.ok_or(Refusal::Unregistered)?, now).1 {
        GrantState::Valid => Ok(()),
        GrantState::Suspended => Err(Refusal::Suspended),
        GrantState::Revoked => Err(Refusal::Revoked),
        GrantState::Expired => Err(Refusal::Expired),
    }
}

/// The caller has proven to be the agency: it may use what is bound to any key that it registered.
fn acting_keys(agency: &Agency, bound_to: Thumbprint) -> Vec<Thumbprint> {
    if agency.jwks.signing_key(&bound_to).is_some() {
        vec![bound_to]
    } else {
        Vec::new()
    }
}

fn standing(agency: &Agency) -> Standing {
    if agency.is_active() {
        Standing::Active
    } else {
        Standing::Suspended
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

/// A token that verified, and the answer that goes out while it is active.
struct Known {
    token: VerifiedToken,
    body: Bytes,
}

/// Tokens that verified, by the SHA-256 of the whole compact form; the oldest generation is forgotten.
#[derive(Default)]
pub struct KnownTokens {
    shards: [std::sync::Mutex<Generations>; SHARDS],
}

#[derive(Default)]
struct Generations {
    now: HashMap<Digest, Arc<Known>>,
    before: HashMap<Digest, Arc<Known>>,
}

impl KnownTokens {
    fn find_or_verify(&self, compact: &str) -> Result<Arc<Known>, Refusal> {
        let digest = Digest::of(compact.as_bytes());
        let shard = self.shards.get(usize::from(digest.as_bytes()[0]) % SHARDS);
        let found = shard.and_then(|shard| shard.lock().ok()?.find(&digest));
        if let Some(known) = found {
            return Ok(known);
        }
        let token = token::verify(compact, &Version1)?;
        let known = Arc::new(Known {
            body: active_body(compact)?,
            token,
        });
        if let Some(mut generations) = shard.and_then(|shard| shard.lock().ok()) {
            generations.add(digest, known.clone());
        }
        Ok(known)
    }
}

impl Generations {
    fn find(&mut self, digest: &Digest) -> Option<Arc<Known>> {
        if let Some(known) = self.now.get(digest) {
            return Some(known.clone());
        }
        let known = self.before.remove(digest)?;
        self.add(*digest, known.clone());
        Some(known)
    }

    fn add(&mut self, digest: Digest, known: Arc<Known>) {
        if self.now.len() >= GENERATION / SHARDS {
            self.before = std::mem::take(&mut self.now);
        }
        self.now.insert(digest, known);
    }
}

/// RFC 7662 section 2.2: the token's own claims, `authorization_details` (RFC 9396) among them.
fn active_body(compact: &str) -> Result<Bytes, Refusal> {
    let jws = consent_token::jws::Compact::parse(compact, consent_token::MAX_COMPACT_BYTES)?;
    let mut claims: serde_json::Map<String, serde_json::Value> =
        consent_token::json::from_slice(jws.payload()).map_err(|_| Refusal::Malformed)?;
    claims.retain(|name, _| CLAIMS.contains(&name.as_str()));
    let body = Introspection {
        active: true,
        code: None,
        claims,
    };
    serde_json::to_vec(&body)
        .map(Bytes::from)
        .map_err(|_| Refusal::Malformed)
}

const CLAIMS: [&str; 9] = [
    "iss",
    "sub",
    "aud",
    "jti",
    "iat",
    "nbf",
    "exp",
    "cnf",
    "authorization_details",
];
