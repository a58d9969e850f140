//! The crate against the draft's examples, its own rules and the vectors of this repository.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]
#![allow(clippy::print_stdout, reason = "skipped and counted vectors are named")]

mod claims;
mod draft;
mod lists;
mod properties;
#[rustfmt::skip]
mod published;
mod vectors;
