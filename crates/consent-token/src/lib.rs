#![doc = include_str!("../README.md")]

mod base64url;
pub mod id;
pub mod json;
pub mod jws;
pub mod key;
mod prune;
mod refusal;
pub mod request;
pub mod statement;
pub mod term;
pub mod token;
mod web_url;

pub use refusal::{Refusal, UnknownCode};

/// Clock skew allowed wherever a time is compared, in seconds (protocol section 0).
pub const CLOCK_SKEW_SECONDS: i64 = 60;

/// The most bytes a compact JWS may have: 8 KiB (protocol section 0). The signed registry alone has
/// a larger limit, which its reader passes to [`jws::Compact::parse`].
pub const MAX_COMPACT_BYTES: usize = 8 * 1024;
