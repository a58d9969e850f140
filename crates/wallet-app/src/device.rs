//! The clock and the randomness of the machine that the program runs on.

use consent_token::id::UnixSeconds;
use wallet::{Device, NoRandomness};

/// The operating system's clock and random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDevice;

impl Device for SystemDevice {
    fn now(&mut self) -> UnixSeconds {
        UnixSeconds::MIN.plus(jiff::Timestamp::now().as_second())
    }

    fn fill_random(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}
