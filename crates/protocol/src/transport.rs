//! How a request leaves: a trait, so that the use cases decide nothing about sockets and tests
//! can cut, delay or forge what a network would.

use bytes::Bytes;
use http::{Request, Response};

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
