//! Argon2id version 0x13 (RFC 9106) for passphrases, with costs that are bounded when read: a
//! forged vault must not exhaust the machine, nor make a passphrase cheap to guess.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::{Zeroize, Zeroizing};

use crate::Passphrase;

/// What one guess of a passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Params {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// The costs of a key derivation are outside the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CostError {
    /// The costs would exhaust the machine: the vault was altered or made by something else.
    #[error(
        "the vault asks for a key derivation of {memory_kib} KiB, {passes} passes and {lanes} lanes, \
         which is more than is accepted"
    )]
    TooCostly {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes over the memory.
        passes: u32,
        /// Parallel lanes.
        lanes: u32,
    },
    /// The costs make guessing cheap: the vault was altered or made by something else.
    #[error(
        "the vault asks for a key derivation of {memory_kib} KiB and {passes} passes, \
         which is too weak to protect it"
    )]
    TooWeak {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes over the memory.
        passes: u32,
    },
    /// The device has not enough free memory for this derivation now; closing programs helps.
    #[error("there is not enough free memory for the key derivation of {memory_kib} KiB")]
    OutOfMemory {
        /// Memory in KiB.
        memory_kib: u32,
    },
}

impl Argon2Params {
    /// 64 MiB, 3 passes, 4 lanes: the second recommended option of RFC 9106 section 4.
    pub const DEFAULT: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 4,
    };

    /// 19 MiB, 2 passes, 1 lane: the least that is accepted, from the OWASP Password Storage
    /// Cheat Sheet. For tests and very small devices.
    pub const MINIMUM: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
        lanes: 1,
    };

    /// The most that is accepted: 1 GiB, 16 passes, 16 lanes.
    pub const MAXIMUM: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 16,
        lanes: 16,
    };

    /// Checks the costs against [`Self::MINIMUM`] and [`Self::MAXIMUM`].
    ///
    /// # Errors
    /// [`CostError::TooCostly`] above the maximum, [`CostError::TooWeak`] below the minimum.
    pub const fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, CostError> {
        let (least, most) = (Self::MINIMUM, Self::MAXIMUM);
        if memory_kib > most.memory_kib || passes > most.passes || lanes > most.lanes {
            return Err(CostError::TooCostly {
                memory_kib,
                passes,
                lanes,
            });
        }
        if memory_kib < least.memory_kib || passes < least.passes || lanes < least.lanes {
            return Err(CostError::TooWeak { memory_kib, passes });
        }
        Ok(Self {
            memory_kib,
            passes,
            lanes,
        })
    }

    /// Memory in KiB.
    #[must_use]
    pub const fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    #[must_use]
    pub const fn passes(&self) -> u32 {
        self.passes
    }

    /// Parallel lanes.
    #[must_use]
    pub const fn lanes(&self) -> u32 {
        self.lanes
    }

    /// Derives 32 bytes from a passphrase; the working memory is wiped afterwards.
    ///
    /// # Errors
    /// [`CostError::OutOfMemory`] when the memory cannot be had.
    pub(crate) fn derive(
        &self,
        passphrase: &Passphrase,
        salt: &[u8; 16],
    ) -> Result<Zeroizing<[u8; 32]>, CostError> {
        let out_of_memory = CostError::OutOfMemory {
            memory_kib: self.memory_kib,
        };
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .expect("bounds were checked when the parameters were made");
        let mut memory = working_memory(params.block_count()).ok_or(out_of_memory)?;
        let mut out = Zeroizing::new([0; 32]);
        let derived = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(
                passphrase.expose_secret().as_bytes(),
                salt,
                out.as_mut_slice(),
                memory.as_mut_slice(),
            );
        memory.iter_mut().for_each(Zeroize::zeroize);
        derived.map_err(|_| out_of_memory)?;
        Ok(out)
    }
}

impl Default for Argon2Params {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Empty blocks, or nothing where the memory cannot be had.
fn working_memory(blocks: usize) -> Option<Vec<Block>> {
    let mut memory = Vec::new();
    memory.try_reserve_exact(blocks).ok()?;
    memory.resize(blocks, Block::new());
    Some(memory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_outside_the_bounds_are_refused() {
        assert!(matches!(
            Argon2Params::new(1_048_577, 3, 4),
            Err(CostError::TooCostly { .. })
        ));
        assert!(matches!(
            Argon2Params::new(65_536, 17, 4),
            Err(CostError::TooCostly { .. })
        ));
        assert!(matches!(
            Argon2Params::new(65_536, 3, 17),
            Err(CostError::TooCostly { .. })
        ));
        assert!(matches!(
            Argon2Params::new(19_455, 3, 4),
            Err(CostError::TooWeak { .. })
        ));
        assert!(matches!(
            Argon2Params::new(65_536, 1, 4),
            Err(CostError::TooWeak { .. })
        ));
        assert!(matches!(
            Argon2Params::new(65_536, 3, 0),
            Err(CostError::TooWeak { .. })
        ));
        assert_eq!(Argon2Params::new(65_536, 3, 4), Ok(Argon2Params::DEFAULT));
    }

    #[test]
    fn every_input_changes_the_derived_key() {
        let least = Argon2Params::MINIMUM;
        let pass = |text| Passphrase::new(text).unwrap();
        let first = least.derive(&pass("a quiet river"), &[1; 16]).unwrap();
        assert_eq!(
            first,
            least.derive(&pass("a quiet river"), &[1; 16]).unwrap()
        );
        assert_ne!(
            first,
            least.derive(&pass("a quiet rivet"), &[1; 16]).unwrap()
        );
        assert_ne!(
            first,
            least.derive(&pass("a quiet river"), &[2; 16]).unwrap()
        );
        let dearer = Argon2Params::new(19 * 1024, 3, 1).unwrap();
        assert_ne!(
            first,
            dearer.derive(&pass("a quiet river"), &[1; 16]).unwrap()
        );
    }
}
