//! How a request leaves: a trait, so that the use cases decide nothing about sockets and tests
//! can cut, delay or forge what a network would.

use bytes::Bytes;
use http::{Request, Response};
use url::{Host, Url};

/// Sends one HTTP request and waits for the whole answer.
pub trait Transport: Send + Sync {
    /// Sends `request`, whose URI is absolute.
    ///
    /// # Errors
    /// [`TransportError`] where no whole answer came back. An answer with an error status is an answer.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send;
}

impl<T: Transport> Transport for std::sync::Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        T::send(self, request)
    }
}

/// Opens answers that are read as they come, event streams and attachments.
pub trait Streaming: Transport {
    /// The answer's body.
    type Chunks: Chunks;

    /// Sends `request`, whose URI is absolute, and returns once the answer's head is there.
    ///
    /// # Errors
    /// [`TransportError`] where no head came.
    fn open(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Self::Chunks>, TransportError>> + Send;
}

/// A body that comes piece by piece.
pub trait Chunks: Send {
    /// The next piece; none at the body's end.
    ///
    /// # Errors
    /// [`TransportError`] where the connection broke: the body is not whole.
    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>, TransportError>> + Send;
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The address is not `https`, nor `http` on the loopback interface; the caller mends it.
    #[error("{0} is not an https address (plain http is for this computer only)")]
    Insecure(String),
    /// No connection, or it broke; try again when the network is back.
    #[error("{0} cannot be reached")]
    Unreachable(String),
    /// The server took too long; try again.
    #[error("{0} did not answer in time")]
    TimedOut(String),
    /// The answer is larger than any answer of this protocol.
    #[error("the answer of {0} is too large")]
    TooLarge(String),
}

/// Whether data may go there: `https` anywhere, `http` on loopback only.
#[must_use]
pub fn is_safe(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => match url.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        },
        _ => false,
    }
}

/// As [`is_safe`], for an address in text; what is no address is not safe.
#[must_use]
pub fn is_safe_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| is_safe(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        for (url, safe) in [
            ("https://v.example/", true),
            ("http://127.0.0.1:8440/", true),
            ("http://[::1]:8440/", true),
            ("http://localhost/", true),
            ("http://v.example/", false),
            ("http://127.0.0.1.evil.example/", false),
            ("http://10.0.0.1/", false),
            ("ftp://127.0.0.1/", false),
        ] {
            assert_eq!(is_safe(&Url::parse(url).unwrap()), safe, "{url}");
        }
    }
}
