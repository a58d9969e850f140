//! An identity provider on loopback: discovery, keys, and a token endpoint that insists on PKCE. Its ID tokens are
//! really signed; a test says what is wrong with one.

use std::sync::{Arc, Mutex};

use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    id::Digest,
    jws::{self, Header},
    key::SigningKey,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::county::now;

pub(crate) const CLIENT: &str = "assent-desk";

/// What the provider puts into the next ID token.
#[derive(Clone)]
pub(crate) struct Says {
    pub(crate) subject: String,
    pub(crate) login: String,
    pub(crate) groups: Vec<String>,
    pub(crate) audience: String,
    pub(crate) issuer: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) ends_in: i64,
    /// Signed with a key that is not in the key set.
    pub(crate) forged: bool,
    /// `alg: none`.
    pub(crate) unsigned: bool,
}

impl Default for Says {
    fn default() -> Self {
        Says {
            subject: "248289761001".into(),
            login: "mair.bowen".into(),
            groups: vec!["desk-casework".into(), "choir".into()],
            audience: CLIENT.into(),
            issuer: None,
            nonce: None,
            ends_in: 300,
            forged: false,
            unsigned: false,
        }
    }
}

struct Kept {
    url: String,
    says: Says,
    /// The code challenge and nonce of the sign-in that the code belongs to.
    code: Option<(String, String)>,
}

#[derive(Clone)]
pub(crate) struct Provider(Arc<Mutex<Kept>>);

#[derive(Deserialize)]
struct Exchange {
    code: String,
    code_verifier: String,
    redirect_uri: String,
}

impl Provider {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let provider = Provider(Arc::new(Mutex::new(Kept {
            url,
            says: Says::default(),
            code: None,
        })));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub(crate) fn url(&self) -> String {
        self.0.lock().unwrap().url.clone()
    }

    pub(crate) fn says(&self, says: Says) {
        self.0.lock().unwrap().says = says;
    }

    /// The person agreed at the provider: gives the code for this sign-in.
    pub(crate) fn agreed(&self, challenge: &str, nonce: &str) -> &'static str {
        self.0.lock().unwrap().code = Some((challenge.to_owned(), nonce.to_owned()));
        "a-code"
    }
}

async fn discovery(State(provider): State<Provider>) -> Json<Value> {
    let url = provider.url();
    Json(json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

fn key(forged: bool) -> SigningKey {
    SigningKey::from_seed([if forged { 8 } else { 7 }; 32])
}

async fn keys() -> Json<Value> {
    let public = key(false).public();
    let mut jwk = serde_json::to_value(public.jwk()).unwrap();
    jwk["kid"] = json!(public.thumbprint().to_string());
    jwk["use"] = json!("sig");
    jwk["alg"] = json!("EdDSA");
    Json(json!({ "keys": [jwk] }))
}

async fn token(
    State(provider): State<Provider>,
    Form(ask): Form<Exchange>,
) -> axum::response::Response {
    let mut kept = provider.0.lock().unwrap();
    let Some((challenge, nonce)) = kept.code.take().filter(|_| ask.code == "a-code") else {
        return (
            StatusCode::BAD_REQUEST,
            Json(json!({ "error": "invalid_grant" })),
        )
            .into_response();
    };
    let shown = BASE64_URL_SAFE_NO_PAD.encode(Digest::of(ask.code_verifier.as_bytes()).as_bytes());
    assert_eq!(shown, challenge, "PKCE");
    assert!(ask.redirect_uri.ends_with("/sign-in/oidc/callback"));
    let says = kept.says.clone();
    let claims = json!({
        "iss": says.issuer.clone().unwrap_or_else(|| kept.url.clone()),
        "sub": says.subject,
        "aud": says.audience,
        "iat": now().as_i64(),
        "exp": now().as_i64() + says.ends_in,
        "nonce": says.nonce.clone().unwrap_or(nonce),
        "name": "Mair Bowen",
        "preferred_username": says.login,
        "groups": says.groups,
    });
    let id_token = if says.unsigned {
        unsigned(&claims)
    } else {
        signed(&claims, says.forged)
    };
    Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": id_token }))
        .into_response()
}

fn signed(claims: &Value, forged: bool) -> String {
    let header = Header::with_kid("JWT", key(false).thumbprint());
    jws::sign(&header, claims, &key(forged)).unwrap()
}

fn unsigned(claims: &Value) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!(
        "{}.{}.",
        part(&json!({ "alg": "none", "typ": "JWT" })),
        part(claims)
    )
}
