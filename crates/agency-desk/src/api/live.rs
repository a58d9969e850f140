//! What the console tells its pages without being asked: `GET /api/events`, server-sent events whose data
//! are one of these. The stream ends with the session.

use serde::Serialize;
use ts_rs::TS;

use super::{ActKind, ConsentState, RequestState};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Live {
    /// The first event of a stream, and whenever the line to the verifier is cut or back. While it is cut nobody
    /// knows whether a consent still stands: what was read is not shown.
    Line {
        /// The verifier's stream is open.
        connected: bool,
        /// The log index up to which the console knows everything.
        index: Option<u64>,
    },
    /// Something happened to a consent.
    Consent {
        /// Which.
        grant: String,
        /// What.
        act: ActKind,
        /// How it stands now.
        state: ConsentState,
        /// The log index of the act.
        index: u64,
    },
    /// Something happened to a request.
    Request {
        /// Which.
        id: String,
        /// What became of it.
        state: RequestState,
    },
    /// An incident was declared or closed, or something was opened for it.
    Incident {
        /// Which.
        id: String,
        /// It is open.
        open: bool,
    },
    /// The session is over; the stream ends.
    SignedOut,
}
