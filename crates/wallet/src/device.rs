//! The clock and the random numbers of the machine, given from outside so that tests decide both.

use consent_token::id::UnixSeconds;

/// What the wallet needs of the machine it runs on.
pub trait Device: Send {
    /// Now, in whole seconds UTC.
    fn now(&mut self) -> UnixSeconds;

    /// Fills `bytes` with random bytes from the operating system.
    ///
    /// # Errors
    /// [`NoRandomness`] where there are none.
    fn fill_random(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The operating system gave no random bytes; restarting the machine may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random numbers")]
pub struct NoRandomness;
