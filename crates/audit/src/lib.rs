//! The auditor's side (PROTOCOL sections 3 and 5): fetches a verifier's log, recomputes its root and every
//! status list, and says what does not hold. It trusts the pinned log key and nothing else.
//!
//! [`Auditor::open`] takes a state folder, where the key is pinned and what was seen is kept;
//! [`Auditor::visit`] does one audit. A [`Visit`] answers what was in force when ([`Visit::grant`],
//! [`Visit::status`]) and makes a report ([`report::write`]).

mod auditor;
mod conduct;
mod error;
mod finding;
mod growth;
mod identity;
mod lists;
mod log;
mod proof;
mod registry;
mod replay;
pub mod report;
mod source;
mod state;
mod timeline;
mod visit;

pub use auditor::Auditor;
pub use conduct::{AgencyConduct, Body, Conduct};
pub use error::AuditError;
pub use finding::{Code, Finding, Findings};
pub use identity::Identity;
pub use proof::{Binding, GrantAnswer, ProofError};
pub use replay::{Change, Fault, Replay, Until};
pub use state::{ListSeen, Pin, VisitRecord};
pub use timeline::{ListAnswer, Period, Standing};
pub use visit::{QuestionError, Step, Visit};
