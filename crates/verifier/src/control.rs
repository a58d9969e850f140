//! The registrar's way into a running verifier: a loopback listener that asks for a secret from a file
//! which only the operator reads, so that a change of the registry is in force when the command returns.

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{Json, Router, extract::State, http::HeaderMap, routing::post};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use consent_token::Refusal;
use protocol::{Code, HttpTransport, Transport, TransportError};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use verifier_store::Submission;

use crate::{
    keys::write_new,
    registrar::{Act, RegistrarError},
    reject::{Body, Rejection},
    state::{Shared, now},
};

const FILE: &str = "control.json";
const SECRET_HEADER: &str = "assent-control";

/// The registrar's acts on a running verifier.
pub struct Control {
    app: Shared,
}

/// Where a running verifier listens for its registrar.
#[derive(Serialize, Deserialize)]
struct Place {
    address: SocketAddr,
    secret: String,
}

impl Control {
    pub(crate) fn new(app: Shared) -> Self {
        Control { app }
    }

    /// Listens on loopback and leaves the address and a fresh secret in `data`.
    ///
    /// # Errors
    /// The file or the socket cannot be made.
    pub async fn listen(self, data: &Path) -> io::Result<PathBuf> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(io::Error::other)?;
        let place = Place {
            address: listener.local_addr()?,
            secret: BASE64_URL_SAFE_NO_PAD.encode(secret),
        };
        let path = data.join(FILE);
        // What an earlier process left behind leads nowhere.
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        write_new(&path, &serde_json::to_vec(&place)?)?;
        let state = Arc::new((self.app, place.secret));
        let router = Router::new().route("/", post(act)).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(path)
    }
}

async fn act(
    State(state): State<Arc<(Shared, String)>>,
    headers: HeaderMap,
    Body(act): Body<Act>,
) -> Result<Json<u64>, Rejection> {
    let (app, secret) = &*state;
    let given = headers.get(SECRET_HEADER).map(|value| value.as_bytes());
    if !given.is_some_and(|given| constant_time_eq(given, secret.as_bytes())) {
        return Err(Code::Forbidden.into());
    }
    let published = app.published();
    let current = published.ledger.registry().map(|state| &state.registry);
    let next = act.apply(current, &app.issuer, now()).map_err(|e| {
        let code = match e {
            RegistrarError::UnknownAgency(_) => Refusal::UnknownAgency.into(),
            _ => Code::InvalidRequest,
        };
        Rejection::new(code, e.to_string())
    })?;
    let compact = next.sign(&app.keys.registrar);
    app.sequencer
        .submit(Submission::Registry(compact, Box::new(next.clone())))
        .await?;
    Ok(Json(next.serial))
}

/// Compares MACs of both, whose time says nothing of the secret.
fn constant_time_eq(given: &[u8], secret: &[u8]) -> bool {
    use hmac::{Hmac, KeyInit, Mac};
    let mac = |bytes: &[u8]| {
        let mut mac =
            Hmac::<sha2::Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
        mac.update(bytes);
        mac
    };
    mac(given)
        .verify(&mac(secret).finalize().into_bytes())
        .is_ok()
}

/// Hands an act to the verifier that serves `data`; `None` where none does.
///
/// # Errors
/// [`RegistrarError`] where it refused.
pub(crate) async fn ask_running(data: &Path, act: &Act) -> Result<Option<u64>, RegistrarError> {
    let Ok(text) = fs::read(data.join(FILE)) else {
        return Ok(None);
    };
    let Ok(place) = serde_json::from_slice::<Place>(&text) else {
        return Ok(None);
    };
    let transport = HttpTransport::new().map_err(|e| RegistrarError::Running(e.to_string()))?;
    let request = http::Request::post(format!("http://{}/", place.address))
        .header("content-type", "application/json")
        .header(SECRET_HEADER, &place.secret)
        .body(Bytes::from(serde_json::to_vec(act).unwrap_or_default()))
        .map_err(|e| RegistrarError::Running(e.to_string()))?;
    match transport.send(request).await {
        Err(TransportError::Unreachable(_)) => Ok(None),
        Err(error) => Err(RegistrarError::Running(error.to_string())),
        Ok(answer) if answer.status().is_success() => {
            let serial = serde_json::from_slice(answer.body())
                .map_err(|e| RegistrarError::Running(e.to_string()))?;
            Ok(Some(serial))
        }
        Ok(answer) => {
            let problem = serde_json::from_slice::<protocol::Problem>(answer.body()).ok();
            let unknown = Some(Code::from(Refusal::UnknownAgency));
            if let Act::SuspendAgency(id) = act
                && problem.as_ref().and_then(protocol::Problem::known_code) == unknown
            {
                return Err(RegistrarError::UnknownAgency(id.clone()));
            }
            let said = problem
                .and_then(|problem| problem.detail)
                .unwrap_or_else(|| answer.status().to_string());
            Err(RegistrarError::Refused(said))
        }
    }
}
