//! The verifier over real HTTP on loopback: what it accepts, and every way in which it says no.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

mod attachments;
mod events;
mod limits;
mod openapi;
mod refusals;
mod service;
mod shares;
mod status;
mod store_forward;

pub(crate) use service::Service;
