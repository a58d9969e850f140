//! The time is a parameter: the program hands the machine's clock down, a test its own.

use std::{fmt, sync::Arc};

use consent_token::id::UnixSeconds;

/// Tells the time in whole seconds UTC.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> UnixSeconds + Send + Sync>);

impl Clock {
    /// A clock that asks `tell`.
    pub fn new(tell: impl Fn() -> UnixSeconds + Send + Sync + 'static) -> Self {
        Clock(Arc::new(tell))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> UnixSeconds {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}
