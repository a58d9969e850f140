//! Handing a security event token to its receiver by HTTP (RFC 8935).

use http::{
    Method, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde::Deserialize;

use super::{Draft, VerifierClient};
use crate::transport::{Transport, TransportError};

/// The media type of a security event token (RFC 8417 section 7.3).
pub const EVENT_MEDIA_TYPE: &str = "application/secevent+jwt";

/// Why a receiver does not have the token. It is sent again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PushError {
    /// The receiver cannot be reached.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// It does not take the token; `err` is RFC 8935's code, where it gave one.
    #[error("the receiver answered {status}{}", .err.as_deref().map(|err| format!(" ({err})")).unwrap_or_default())]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The code of RFC 8935 section 2.4.
        err: Option<String>,
    },
}

#[derive(Deserialize)]
struct Refusal {
    err: String,
}

impl<T: Transport> VerifierClient<T> {
    /// Posts a security event token to its receiver, over `https` or on loopback.
    ///
    /// # Errors
    /// [`PushError`]: the receiver may not have it.
    pub async fn push(&self, receiver: &str, token: &str) -> Result<(), PushError> {
        let draft = Draft::new(Method::POST, receiver.to_owned())
            .header(CONTENT_TYPE, EVENT_MEDIA_TYPE)
            .header(ACCEPT, "application/json")
            .body(token.as_bytes().to_vec());
        let answer = self.transport.send(draft.finish()?).await?;
        // RFC 8935 section 2.2: 202. Whatever says success is taken as such.
        if answer.status().is_success() {
            return Ok(());
        }
        let refusal = (answer.status() == StatusCode::BAD_REQUEST)
            .then(|| serde_json::from_slice::<Refusal>(answer.body()).ok())
            .flatten();
        Err(PushError::Refused {
            status: answer.status().as_u16(),
            err: refusal.map(|refusal| refusal.err.chars().take(64).collect()),
        })
    }
}
