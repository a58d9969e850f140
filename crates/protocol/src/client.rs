//! A verifier as its callers see it: each method of PROTOCOL section 6 is one function, answers are
//! parsed, refusals are [`Problem`]s. It verifies nothing; the use cases do.

mod attachments;
mod push;
mod shares;

pub use attachments::attachment_path;
pub use push::{EVENT_MEDIA_TYPE, PushError};
pub use shares::{RECEIPT_HEADER, Reading, SHARE_HEADER, STATEMENT_HEADER, Sealed, Until};

use bytes::Bytes;
use consent_token::id::Jti;
use http::{
    Method, Request, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    api::{
        AgencyGrants, AuditStatements, GrantHistory, GrantRequest, Introspection, Metadata,
        Receipt, SlotTicket, SlotsRequest, SlotsResponse, StatementRequest, TokenResponse,
    },
    client_assertion::ASSERTION_TYPE,
    problem::{Code, Problem},
    transport::{Transport, TransportError},
};

/// Header of `GET /v1/registry` with the tlog-proof of the registry, base64url.
pub const REGISTRY_PROOF_HEADER: &str = "assent-proof";

/// A verifier at a base URL.
#[derive(Clone, Debug)]
pub struct VerifierClient<T> {
    base: String,
    transport: T,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// No answer; nothing is known about what happened.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The verifier refused.
    #[error("the verifier refused: {}{}", .0.title, .0.detail.as_deref().map(|d| format!(" ({d})")).unwrap_or_default())]
    Refused(Box<Problem>),
    /// Whatever is at the address answered with an error that is not one of this protocol: a gateway on the way,
    /// or nothing is there.
    #[error("the address {url} answered with HTTP status {status}")]
    Unanswered {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The answer is not one of this protocol; there may be something else at that address.
    #[error("the answer of {0} is not that of a verifier")]
    NotAVerifier(String),
}

impl ClientError {
    /// The problem code, where the verifier refused with one that is known.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        match self {
            ClientError::Refused(problem) => problem.known_code(),
            _ => None,
        }
    }

    /// Whether the verifier refused because the caller's clock and its own are apart.
    #[must_use]
    pub fn is_about_the_clock(&self) -> bool {
        matches!(self, ClientError::Refused(problem) if problem.is_about_the_clock())
    }

    /// Whether the same call may succeed later, unchanged.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            ClientError::Transport(error) => !matches!(error, TransportError::Insecure(_)),
            ClientError::Refused(problem) => is_passing(problem.status),
            ClientError::Unanswered { status, .. } => is_passing(*status),
            ClientError::NotAVerifier(_) => false,
        }
    }
}

fn is_passing(status: u16) -> bool {
    status == 429 || status >= 500
}

/// A document with its `ETag`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The text.
    pub body: String,
    /// Its tag, to ask again with.
    pub etag: Option<String>,
}

/// How a call shows who makes it.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A bearer token from the token endpoint (RFC 6750).
    Bearer(String),
    /// A DPoP proof alone (RFC 9449), for the method and URL of the call.
    Dpop(String),
}

impl<T: Transport> VerifierClient<T> {
    /// A client for the verifier at `base`; nothing is sent.
    pub fn new(base: &str, transport: T) -> Self {
        VerifierClient {
            base: base.trim_end_matches('/').to_owned(),
            transport,
        }
    }

    /// The verifier's base URL, without a trailing slash.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The absolute URL of `path`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// `GET /.well-known/assent-verifier`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn metadata(&self) -> Result<Metadata, ClientError> {
        self.json(self.get("/.well-known/assent-verifier")).await
    }

    /// `GET /v1/registry`: the registry JWT and the tlog-proof that it is in the log.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn registry(&self) -> Result<(String, Option<String>), ClientError> {
        let answer = self.accepted(self.get("/v1/registry")).await?;
        let proof = answer
            .headers()
            .get(REGISTRY_PROOF_HEADER)
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned);
        Ok((self.text(answer)?, proof))
    }

    /// `POST /v1/slots`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn slots(&self, count: u32) -> Result<Vec<SlotTicket>, ClientError> {
        let answer: SlotsResponse = self
            .json(self.post("/v1/slots", &SlotsRequest { count }))
            .await?;
        Ok(answer.slots)
    }

    /// `POST /v1/grants`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn register(&self, grant: &GrantRequest) -> Result<Receipt, ClientError> {
        self.json(self.post("/v1/grants", grant)).await
    }

    /// `POST /v1/statements`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn state(&self, statement: &str) -> Result<Receipt, ClientError> {
        self.json(self.post(
            "/v1/statements",
            &StatementRequest {
                statement: statement.to_owned(),
            },
        ))
        .await
    }

    /// `GET /v1/grants/{id}`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn grant(
        &self,
        grant: &Jti,
        credential: &Credential,
    ) -> Result<GrantHistory, ClientError> {
        let path = format!("/v1/grants/{grant}");
        self.json(credential.sign(self.get(&path))).await
    }

    /// A document by its absolute URL; `None` where it still is the one tagged `etag`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn document(
        &self,
        url: &str,
        etag: Option<&str>,
    ) -> Result<Option<Tagged>, ClientError> {
        let mut request = Request::get(url);
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let request = request
            .body(Bytes::new())
            .map_err(|_| TransportError::Insecure(url.to_owned()))?;
        let answer = self.transport.send(request).await?;
        let status = answer.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        // It may be an agency's, and no verifier is promised there.
        let answer = refuse(answer, url).map_err(|error| unanswered(error, status))?;
        let etag = answer
            .headers()
            .get(ETAG)
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned);
        Ok(Some(Tagged {
            body: self.text(answer)?,
            etag,
        }))
    }

    /// `GET /log/checkpoint`: the signed note's text.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn checkpoint(&self) -> Result<String, ClientError> {
        let answer = self.accepted(self.get("/log/checkpoint")).await?;
        self.text(answer)
    }

    /// `GET /log/<path>`: a tile or an entry bundle; `path` as tlog-tiles writes it, `tile/…`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn log_file(&self, path: &str) -> Result<Bytes, ClientError> {
        Ok(self
            .accepted(self.get(&format!("/log/{path}")))
            .await?
            .into_body())
    }

    /// `POST /token` with a client assertion.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn token(&self, assertion: &str) -> Result<TokenResponse, ClientError> {
        let form = form(&[
            ("grant_type", "client_credentials"),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", assertion),
        ]);
        self.json(self.post_form("/token", form)).await
    }

    /// `POST /introspect`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn introspect(
        &self,
        token: &str,
        credential: &Credential,
    ) -> Result<Introspection, ClientError> {
        self.json(credential.sign(self.post_form("/introspect", form(&[("token", token)]))))
            .await
    }

    /// `GET /v1/agency/grants`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn agency_grants(
        &self,
        after: Option<u64>,
        credential: &Credential,
    ) -> Result<AgencyGrants, ClientError> {
        let query = after
            .map(|after| format!("?after={after}"))
            .unwrap_or_default();
        self.json(credential.sign(self.get(&format!("/v1/agency/grants{query}"))))
            .await
    }

    /// `GET /v1/audit/statements`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn audit_statements(
        &self,
        from: u64,
        to: u64,
        credential: &Credential,
    ) -> Result<AuditStatements, ClientError> {
        self.json(credential.sign(self.get(&format!("/v1/audit/statements?from={from}&to={to}"))))
            .await
    }

    fn get(&self, path: &str) -> Draft {
        Draft::new(Method::GET, self.url(path))
    }

    fn post(&self, path: &str, body: &impl Serialize) -> Draft {
        let body = serde_json::to_vec(body).expect("API bodies are plain JSON");
        Draft::new(Method::POST, self.url(path))
            .header(CONTENT_TYPE, "application/json")
            .body(body)
    }

    fn post_form(&self, path: &str, body: String) -> Draft {
        Draft::new(Method::POST, self.url(path))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into_bytes())
    }

    async fn accepted(&self, draft: Draft) -> Result<Response<Bytes>, ClientError> {
        let url = draft.url.clone();
        refuse(self.transport.send(draft.finish()?).await?, &url)
    }

    async fn json<A: DeserializeOwned>(&self, draft: Draft) -> Result<A, ClientError> {
        let answer = self
            .accepted(draft.header(ACCEPT, "application/json"))
            .await?;
        serde_json::from_slice(answer.body())
            .map_err(|_| ClientError::NotAVerifier(self.base.clone()))
    }

    fn text(&self, answer: Response<Bytes>) -> Result<String, ClientError> {
        String::from_utf8(answer.into_body().into())
            .map_err(|_| ClientError::NotAVerifier(self.base.clone()))
    }
}

/// An answer with an error status is a refusal.
fn refuse(answer: Response<Bytes>, url: &str) -> Result<Response<Bytes>, ClientError> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let strange = ClientError::NotAVerifier(url.to_owned());
    Err(match serde_json::from_slice::<Problem>(answer.body()) {
        Ok(problem) => ClientError::Refused(Box::new(problem)),
        Err(_) if is_passing(answer.status().as_u16()) => unanswered(strange, answer.status()),
        Err(_) => strange,
    })
}

fn unanswered(error: ClientError, status: StatusCode) -> ClientError {
    match error {
        ClientError::NotAVerifier(url) => ClientError::Unanswered {
            url,
            status: status.as_u16(),
        },
        other => other,
    }
}

/// An `application/x-www-form-urlencoded` body.
fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// A request in the making.
struct Draft {
    method: Method,
    url: String,
    headers: Vec<(HeaderName, String)>,
    body: Vec<u8>,
}

impl Draft {
    fn new(method: Method, url: String) -> Self {
        Draft {
            method,
            url,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    fn body(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    fn finish(self) -> Result<Request<Bytes>, TransportError> {
        let mut request = Request::builder().method(self.method).uri(&self.url);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request
            .body(self.body.into())
            .map_err(|_| TransportError::Insecure(self.url))
    }
}

impl Credential {
    fn sign(&self, draft: Draft) -> Draft {
        match self {
            Credential::Bearer(token) => draft.header(AUTHORIZATION, &format!("Bearer {token}")),
            Credential::Dpop(proof) => draft.header(HeaderName::from_static("dpop"), proof),
        }
    }
}

/// The issuer in a status list's URI: what stands before `/v1/status/`.
#[must_use]
pub fn issuer_of_status_uri(uri: &str) -> Option<&str> {
    let (issuer, number) = uri.rsplit_once("/v1/status/")?;
    number.parse::<u32>().ok()?;
    Some(issuer)
}

#[cfg(test)]
mod tests;
