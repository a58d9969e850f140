//! The libraries that others check tokens with, each given every advantage: keys and rules are prepared
//! beforehand, and only the work per token is timed.

pub(crate) mod biscuit;
pub(crate) mod jwt;
