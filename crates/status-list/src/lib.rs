#![doc = include_str!("../README.md")]

mod claims;
mod encoded;
mod list;
mod status;

pub use claims::{CLOCK_SKEW, ClaimsError, Freshness, StatusListClaims};
pub use encoded::Encoded;
pub use list::{Bits, StatusList, StatusListError};
pub use status::Status;
