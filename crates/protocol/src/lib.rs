//! What crosses the wire between wallet, agency, verifier and auditor (PROTOCOL sections 1, 3, 5, 6):
//! formats, their checks, and the client of the verifier's API. It keeps no state and reads no clock.

pub mod api;
pub mod client;
pub mod client_assertion;
pub mod dpop;
pub mod entry;
#[cfg(feature = "http")]
pub mod http_transport;
pub mod offer;
pub mod problem;
pub mod receipt;
pub mod registry;
pub mod share;
mod signing;
pub mod status_token;
pub mod terms;
pub mod text;
pub mod transport;

pub use client::{ClientError, Credential, VerifierClient};
pub use entry::{Entry, LISTS_AT_MOST, SLOTS_PER_LIST, Slot, UnixMillis};
#[cfg(feature = "http")]
pub use http_transport::HttpTransport;
pub use problem::{Code, Problem};
pub use registry::Registry;
pub use terms::Version1;
pub use transport::{Transport, TransportError};
