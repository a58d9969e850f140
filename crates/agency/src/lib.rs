//! The agency's side (PROTOCOL sections 1, 2, 3, 8): who it is, what it asks, and whether a consent holds,
//! offline with what was fetched before and online with the verifier's word.
//!
//! A check that cannot see a status that is still good answers *no*. [`Identity`] is the agency's folder,
//! [`Checker`] judges tokens without any I/O, [`Cache`] keeps what it judges by, [`Online`] asks the verifier.

pub mod additional_data;
mod attachment;
mod cache;
mod check;
mod error;
mod files;
mod forward;
mod identity;
mod locate;
mod offer;
mod online;
mod pins;
mod push;
mod qr;
mod random;
mod read;
mod record;
mod request;
mod watch;

pub use attachment::Named;
pub use cache::{Cache, Refreshed};
pub use check::{Ask, Checker, List, View, Yes};
pub use error::AgencyError;
pub use forward::{Forwarded, Handover, Passing, Received, may_forward};
pub use identity::{Alone, Entry, Identity};
pub use locate::{Call, Locators, Match};
pub use offer::Help;
pub use online::{Authentication, Online, OnlineAnswer, Recorded};
pub use pins::Pins;
pub use push::{EVENT_TYP, Pushed, Receiver};
pub use qr::{QrError, png as qr_png, terminal as qr_terminal};
pub use read::{Opened, looked_at};
pub use record::{Attempt, Held, Obligation, Opening, Record, Sought};
pub use request::{SignedRequest, Terms, circle_tier};
pub use watch::{Done, Events, Reaction, SOFTWARE, Todo, wait_before};
