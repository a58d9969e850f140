//! What is fetched from a verifier, and how: plain HTTP GETs over a [`Transport`], so that answers can be
//! judged with their headers. What is missing is told apart from what could not be asked.

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use protocol::{Transport, TransportError, api::Metadata};

use crate::AuditError;

/// A verifier at an address.
#[derive(Clone, Debug)]
pub(crate) struct Source<T> {
    base: String,
    transport: T,
}

/// A document that was there.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Document {
    /// A header's text.
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text; empty where it is none, which every reader refuses.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}

impl<T: Transport> Source<T> {
    pub(crate) fn new(base: &str, transport: T) -> Self {
        Source {
            base: base.trim_end_matches('/').to_owned(),
            transport,
        }
    }

    /// The verifier's metadata.
    pub(crate) async fn metadata(&self) -> Result<Metadata, AuditError> {
        let found = self.find("/.well-known/assent-verifier").await?;
        found
            .and_then(|document| serde_json::from_slice(&document.body).ok())
            .ok_or_else(|| AuditError::NotAVerifier(self.base.clone()))
    }

    /// A document, or `None` where the verifier says that there is none.
    pub(crate) async fn find(&self, path: &str) -> Result<Option<Document>, AuditError> {
        self.find_as(path, None).await
    }

    /// As [`Self::find`], by who shows the DPoP proof.
    pub(crate) async fn find_as(
        &self,
        path: &str,
        proof: Option<&str>,
    ) -> Result<Option<Document>, AuditError> {
        let url = format!("{}{path}", self.base);
        let mut request = Request::get(&url);
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        let request = request
            .body(Bytes::new())
            .map_err(|_| TransportError::Insecure(url.clone()))?;
        let (head, body) = self.transport.send(request).await?.into_parts();
        match head.status {
            StatusCode::OK => Ok(Some(Document {
                headers: head.headers,
                body,
            })),
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::NOT_ACCEPTABLE => Ok(None),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN if proof.is_some() => {
                Err(AuditError::NotAdmitted)
            }
            status => Err(AuditError::Unanswered {
                url,
                status: status.as_u16(),
            }),
        }
    }
}
