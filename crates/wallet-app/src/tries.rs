//! How long to wait after wrong passphrases: three are free, then each doubles the wait, up to five minutes.
//! Whoever copies the vault's file is held up by the key derivation alone; this is for a hand at the keyboard.

const FREE: u32 = 3;
const LONGEST_SECONDS: i64 = 300;

/// Wrong passphrases since the last right one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tries {
    wrong: u32,
    not_before: i64,
}

impl Tries {
    /// Seconds until the next try counts; zero when it may come.
    pub(crate) fn wait(&self, now: i64) -> u32 {
        u32::try_from((self.not_before - now).clamp(0, LONGEST_SECONDS)).unwrap_or(0)
    }

    pub(crate) fn was_wrong(&mut self, now: i64) {
        self.wrong += 1;
        if let Some(beyond) = self.wrong.checked_sub(FREE) {
            self.not_before = now + (1_i64 << beyond.min(16)).min(LONGEST_SECONDS);
        }
    }

    pub(crate) fn was_right(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_after_three_and_ends_with_the_right_one() {
        let mut tries = Tries::default();
        let waits: Vec<u32> = (0..14)
            .map(|_| {
                tries.was_wrong(1_000);
                tries.wait(1_000)
            })
            .collect();
        assert_eq!(
            waits,
            [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        );
        assert_eq!(tries.wait(1_299), 1);
        assert_eq!(tries.wait(1_300), 0);
        // A clock that is set back makes nobody wait for longer.
        assert_eq!(tries.wait(0), 300);
        tries.was_right();
        assert_eq!(tries.wait(0), 0);
    }
}
