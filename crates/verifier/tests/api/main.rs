//! The verifier over real HTTP on loopback: what it accepts, and every way in which it says no.

mod refusals;
mod service;
mod status;
mod store_forward;

pub(crate) use service::Service;
