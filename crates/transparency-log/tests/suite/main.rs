//! The crate against RFC 6962 in its plainest form, the C2SP texts, two other implementations and the
//! vectors of this repository.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]
#![allow(clippy::print_stdout, reason = "skipped and counted vectors are named")]

mod checkpoints;
mod merkle_vectors;
mod notes;
mod proofs;
mod properties;
mod reference;
mod roots;
mod second_opinion;
mod tiles;
mod tlog_proofs;
mod vectors;
mod witnesses;
