//! The console over HTTP on loopback, before a real verifier on a database in a temporary folder.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod adr;
mod ask;
mod browser;
mod consents;
mod control;
mod county;
mod follow;
mod forgery;
mod passkeys;
mod privacy;
mod provider;
mod roles;
mod sign_in;
mod single_sign_on;

pub(crate) use browser::Browser;
pub(crate) use county::{County, Resident};
