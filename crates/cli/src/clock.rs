//! The machine's clock, read here and handed down.

use consent_token::id::UnixSeconds;

/// Now, in whole seconds UTC.
pub fn now() -> UnixSeconds {
    UnixSeconds::new(jiff::Timestamp::now().as_second()).unwrap_or(UnixSeconds::MAX)
}
