//! The desk.
#![allow(missing_docs)]
pub mod api;
mod error;
pub use error::{ApiError, Code};
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod bindings;
