//! What was made of tokens that verified, by the SHA-256 of their whole text. Bounded: a stranger can
//! make it forget but never make it err, nor grow.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::id::Digest;
use crate::{MAX_COMPACT_BYTES, Refusal};

/// Parts with a lock each, held for one look; the digest's first byte names the part.
const SHARDS: usize = 64;
/// Tokens in one generation of a part; two are kept, so that what is used stays.
const GENERATION: usize = 1024;
/// Bytes of their texts at most: anybody can make tokens of 8 KiB that verify.
const GENERATION_BYTES: usize = 512 * 1024;

/// Tokens that verified before, each with what its reader keeps of it. Only what never changes belongs
/// here: times, standing and status are looked at anew at every use.
#[derive(Debug)]
pub struct KnownTokens<T> {
    shards: [Mutex<Generations<T>>; SHARDS],
}

#[derive(Debug)]
struct Generations<T> {
    bytes: usize,
    now: HashMap<Digest, Arc<T>>,
    before: HashMap<Digest, Arc<T>>,
}

impl<T> Default for KnownTokens<T> {
    fn default() -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }
}

impl<T> KnownTokens<T> {
    /// What is kept of this token, else what `verify` makes of it; that is kept from now on.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`], or the refusal of `verify`: what is refused is not remembered.
    pub fn find_or_verify(
        &self,
        compact: &str,
        verify: impl FnOnce(Digest) -> Result<T, Refusal>,
    ) -> Result<Arc<T>, Refusal> {
        if compact.len() > MAX_COMPACT_BYTES {
            return Err(Refusal::TooLarge);
        }
        let digest = Digest::of(compact.as_bytes());
        let shard = self.shard(&digest);
        if let Some(known) = shard.and_then(|shard| lock(shard).find(&digest, compact.len())) {
            return Ok(known);
        }
        let made = Arc::new(verify(digest)?);
        if let Some(shard) = shard {
            lock(shard).add(digest, made.clone(), compact.len());
        }
        Ok(made)
    }

    fn shard(&self, digest: &Digest) -> Option<&Mutex<Generations<T>>> {
        let [first, ..] = digest.as_bytes();
        self.shards.get(usize::from(*first) % SHARDS)
    }
}

/// Every change leaves a part whole, so that a panic elsewhere spoils nothing.
fn lock<T>(shard: &Mutex<Generations<T>>) -> MutexGuard<'_, Generations<T>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Default for Generations<T> {
    fn default() -> Self {
        Self {
            bytes: 0,
            now: HashMap::new(),
            before: HashMap::new(),
        }
    }
}

impl<T> Generations<T> {
    fn find(&mut self, digest: &Digest, bytes: usize) -> Option<Arc<T>> {
        if let Some(known) = self.now.get(digest) {
            return Some(known.clone());
        }
        let known = self.before.remove(digest)?;
        self.add(*digest, known.clone(), bytes);
        Some(known)
    }

    /// Where the generation is full, the one before it is forgotten.
    fn add(&mut self, digest: Digest, known: Arc<T>, bytes: usize) {
        if self.now.len() >= GENERATION || self.bytes + bytes > GENERATION_BYTES {
            self.before = std::mem::take(&mut self.now);
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.now.insert(digest, known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never(_: Digest) -> Result<usize, Refusal> {
        panic!("it is known")
    }

    #[test]
    fn what_verified_is_verified_once_and_what_is_refused_is_not_remembered() {
        let known = KnownTokens::default();
        for _ in 0..2 {
            let refused = known.find_or_verify("a", |_| Err::<usize, _>(Refusal::BadSignature));
            assert_eq!(refused, Err(Refusal::BadSignature));
        }
        assert_eq!(known.find_or_verify("a", |_| Ok(7)).as_deref(), Ok(&7));
        assert_eq!(known.find_or_verify("a", never).as_deref(), Ok(&7));
        assert_eq!(known.find_or_verify("b", |_| Ok(8)).as_deref(), Ok(&8));
        let long = "x".repeat(MAX_COMPACT_BYTES + 1);
        assert_eq!(known.find_or_verify(&long, never), Err(Refusal::TooLarge));
    }

    #[test]
    fn tokens_that_anybody_can_make_do_not_fill_the_memory() {
        for bytes in [1, MAX_COMPACT_BYTES] {
            let mut shard = Generations::default();
            for n in 0..5000_u64 {
                shard.add(Digest::of(&n.to_be_bytes()), Arc::new(()), bytes);
                assert!(shard.now.len() <= GENERATION && shard.before.len() <= GENERATION);
                assert!(shard.bytes <= GENERATION_BYTES);
            }
        }
    }

    #[test]
    fn what_is_used_outlives_what_is_not() {
        let (mut shard, used) = (Generations::default(), Digest::of(b"used"));
        shard.add(used, Arc::new(()), 1);
        for n in 0..5 * GENERATION {
            shard.add(Digest::of(&n.to_be_bytes()), Arc::new(()), 1);
            assert!(shard.find(&used, 1).is_some(), "{n}");
        }
        assert!(shard.find(&Digest::of(&0_usize.to_be_bytes()), 1).is_none());
    }
}
