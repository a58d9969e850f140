//! What may be used once: DPoP proofs and client assertions, remembered for as long as they could be used
//! again. When the memory is full, nothing more is accepted: forgetting would let a replay through.

use std::{collections::HashSet, sync::Mutex};

use consent_token::id::{Digest, UnixSeconds};
use protocol::Code;

/// Seconds that an entry is remembered at least: longer than any one-time object lives, skew included.
const REMEMBER: i64 = 480;
/// Entries in one generation: 32 bytes each.
const AT_MOST: usize = 2_000_000;

/// Two generations; the older one is dropped when both are full of time.
pub struct Once {
    generations: Mutex<Generations>,
    /// One-time objects from before the start may have been used before a crash.
    started: UnixSeconds,
}

struct Generations {
    since: UnixSeconds,
    now: HashSet<Digest>,
    before: HashSet<Digest>,
}

impl Once {
    /// Remembers from `started` on.
    pub fn new(started: UnixSeconds) -> Self {
        let generations = Generations {
            since: started,
            now: HashSet::new(),
            before: HashSet::new(),
        };
        Once {
            generations: Mutex::new(generations),
            started,
        }
    }

    /// Takes a one-time object in, by whom and by its id.
    ///
    /// # Errors
    /// [`Code::Replayed`] where it was used before, or could have been, before a restart;
    /// [`Code::Unavailable`] where no more can be remembered.
    pub fn take(
        &self,
        owner: &str,
        jti: &str,
        iat: UnixSeconds,
        now: UnixSeconds,
    ) -> Result<(), Code> {
        if iat < self.started {
            return Err(Code::Replayed);
        }
        let id = Digest::of(format!("{owner}\n{jti}").as_bytes());
        let mut guard = self.generations.lock().map_err(|_| Code::Internal)?;
        if now.since(guard.since) >= REMEMBER {
            guard.before = std::mem::take(&mut guard.now);
            guard.since = now;
        }
        if guard.before.contains(&id) {
            return Err(Code::Replayed);
        }
        if guard.now.len() >= AT_MOST {
            return Err(Code::Unavailable);
        }
        if guard.now.insert(id) {
            Ok(())
        } else {
            Err(Code::Replayed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_taken_once_and_nothing_from_before_the_start() {
        let at = |seconds| UnixSeconds::new(seconds).unwrap();
        let once = Once::new(at(1000));
        assert_eq!(once.take("a", "1", at(1000), at(1000)), Ok(()));
        assert_eq!(once.take("a", "1", at(1000), at(1001)), Err(Code::Replayed));
        assert_eq!(once.take("b", "1", at(1000), at(1001)), Ok(()));
        assert_eq!(once.take("a", "2", at(999), at(1001)), Err(Code::Replayed));
        assert_eq!(once.take("c", "3", at(1400), at(1000 + REMEMBER)), Ok(()));
        assert_eq!(
            once.take("a", "1", at(1000), at(1000 + REMEMBER)),
            Err(Code::Replayed)
        );
    }
}
