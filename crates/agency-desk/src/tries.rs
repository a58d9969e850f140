//! How soon somebody may try to sign in again. Each wrong try, of a name or from an address, makes the next
//! wait longer; a right one forgets those of the name.

use std::collections::HashMap;

use consent_token::id::UnixSeconds;

/// Wrong tries of a name without a wait: a person mistypes.
const NAME_FREE: u32 = 3;
/// Wrong tries from an address without a wait: an office of many people has one address.
const ADDRESS_FREE: u32 = 30;
/// The longest wait for a name, in seconds: somebody else's wrong tries must not lock its owner out.
const NAME_AT_MOST: i64 = 30;
/// The longest wait for an address, in seconds.
const ADDRESS_AT_MOST: i64 = 15 * 60;
/// Seconds after which wrong tries are forgotten.
const MEMORY: i64 = 60 * 60;

/// Whose tries they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Whose {
    /// A name to sign in with.
    Name(String),
    /// An address that calls.
    Address(std::net::IpAddr),
}

/// Wrong tries.
#[derive(Debug, Default)]
pub(crate) struct Tries(HashMap<Whose, Wrong>);

#[derive(Clone, Copy, Debug)]
struct Wrong {
    count: u32,
    last: UnixSeconds,
}

impl Tries {
    /// How many seconds are left to wait; none where a try is free.
    pub(crate) fn wait(&self, all: &[Whose], now: UnixSeconds) -> Option<u64> {
        let left = all.iter().filter_map(|whose| {
            let wrong = self.0.get(whose)?;
            // A clock that was set back makes nobody wait for longer.
            let left = wrong.wait(whose) - now.since(wrong.last).max(0);
            u64::try_from(left).ok().filter(|left| *left > 0)
        });
        left.max()
    }

    /// Remembers a wrong try. Counted before the password is looked at, so that many at once gain nothing.
    pub(crate) fn count(&mut self, all: &[Whose], now: UnixSeconds) {
        self.0.retain(|_, wrong| now.since(wrong.last) < MEMORY);
        for whose in all {
            let wrong = self.0.entry(whose.clone()).or_insert(Wrong {
                count: 0,
                last: now,
            });
            wrong.count = wrong.count.saturating_add(1);
            wrong.last = now;
        }
    }

    /// A right try: the name's wrong ones are forgotten, and the address has one less.
    pub(crate) fn right(&mut self, all: &[Whose]) {
        for whose in all {
            match whose {
                Whose::Name(_) => drop(self.0.remove(whose)),
                Whose::Address(_) => {
                    if let Some(wrong) = self.0.get_mut(whose) {
                        wrong.count = wrong.count.saturating_sub(1);
                    }
                }
            }
        }
    }
}

impl Wrong {
    /// 1, 2, 4, … seconds after the free ones.
    fn wait(&self, whose: &Whose) -> i64 {
        let (free, at_most) = match whose {
            Whose::Name(_) => (NAME_FREE, NAME_AT_MOST),
            Whose::Address(_) => (ADDRESS_FREE, ADDRESS_AT_MOST),
        };
        match self.count.checked_sub(free) {
            None | Some(0) => 0,
            Some(over) => 1_i64
                .checked_shl(over - 1)
                .unwrap_or(at_most)
                .clamp(1, at_most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> UnixSeconds {
        UnixSeconds::new(1_790_000_000 + seconds).unwrap()
    }

    fn name() -> [Whose; 1] {
        [Whose::Name("mair".into())]
    }

    #[test]
    fn each_wrong_try_makes_the_next_wait_longer() {
        let mut tries = Tries::default();
        let mut waits = Vec::new();
        for _ in 0..10 {
            tries.count(&name(), at(0));
            waits.push(tries.wait(&name(), at(0)).unwrap_or(0));
        }
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(tries.wait(&name(), at(29)), Some(1));
        assert_eq!(tries.wait(&name(), at(30)), None);
    }

    #[test]
    fn an_address_waits_longer_than_a_name_and_one_person_does_not_free_it() {
        let address = [Whose::Address([127, 0, 0, 1].into())];
        let mut tries = Tries::default();
        (0..30).for_each(|_| tries.count(&address, at(0)));
        assert_eq!(tries.wait(&address, at(0)), None);
        (0..30).for_each(|_| tries.count(&address, at(0)));
        assert_eq!(tries.wait(&address, at(0)), Some(900));
        tries.right(&address);
        assert_eq!(tries.wait(&address, at(0)), Some(900));
    }

    #[test]
    fn a_right_try_frees_the_name_and_an_hour_frees_everything() {
        let mut tries = Tries::default();
        (0..6).for_each(|_| tries.count(&name(), at(0)));
        tries.right(&name());
        assert_eq!(tries.wait(&name(), at(0)), None);
        (0..9).for_each(|_| tries.count(&name(), at(0)));
        tries.count(&name(), at(3_600));
        assert_eq!(tries.wait(&name(), at(3_600)), None);
    }
}
