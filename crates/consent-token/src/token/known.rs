//! What was made of tokens that verified, found by their signature and believed only where every byte is the
//! same. Bounded: a stranger can make it forget but never make it err, nor grow.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{MAX_COMPACT_BYTES, Refusal};

/// Parts with a lock each, held for one look.
const SHARDS: usize = 64;
/// Tokens in one generation of a part; two are kept, so that what is used stays.
const GENERATION: usize = 1024;
/// Bytes of their texts at most: anybody can make tokens of 8 KiB that verify.
const GENERATION_BYTES: usize = 512 * 1024;
/// Characters of an Ed25519 signature in base64url.
const SIGNATURE: usize = 86;

/// The end of a compact JWS. It finds a token faster than a hash of all of it would, and decides nothing.
type Signature = [u8; SIGNATURE];

/// Tokens that verified before, each with what its reader keeps of it, its text among it. Only what never changes belongs
/// here: times, standing and status are looked at anew at every use.
#[derive(Debug)]
pub struct KnownTokens<T> {
    shards: [Mutex<Generations<T>>; SHARDS],
}

#[derive(Debug)]
struct Generations<T> {
    bytes: usize,
    now: HashMap<Signature, Arc<T>>,
    before: HashMap<Signature, Arc<T>>,
}

impl<T> Default for KnownTokens<T> {
    fn default() -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }
}

impl<T: AsRef<str>> KnownTokens<T> {
    /// What is kept of this token, else what `verify` makes of it; that is kept from now on.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`], or the refusal of `verify`: what is refused is not remembered.
    pub fn find_or_verify(
        &self,
        compact: &str,
        verify: impl FnOnce() -> Result<T, Refusal>,
    ) -> Result<Arc<T>, Refusal> {
        if compact.len() > MAX_COMPACT_BYTES {
            return Err(Refusal::TooLarge);
        }
        let Some(signature) = compact.as_bytes().last_chunk::<SIGNATURE>() else {
            return verify().map(Arc::new);
        };
        let shard = self.shard(signature);
        if let Some(known) = shard.and_then(|shard| lock(shard).find(signature, compact)) {
            return Ok(known);
        }
        let made = Arc::new(verify()?);
        if let Some(shard) = shard {
            lock(shard).add(*signature, made.clone());
        }
        Ok(made)
    }

    /// The characters of a signature are as good as random; a few of them spread evenly enough.
    fn shard(&self, signature: &Signature) -> Option<&Mutex<Generations<T>>> {
        let some = signature.iter().take(8);
        self.shards
            .get(some.map(|byte| usize::from(*byte)).sum::<usize>() % SHARDS)
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

impl<T: AsRef<str>> Generations<T> {
    fn find(&mut self, signature: &Signature, compact: &str) -> Option<Arc<T>> {
        let is_it = |known: &Arc<T>| (**known).as_ref() == compact;
        if let Some(known) = self.now.get(signature) {
            return is_it(known).then(|| known.clone());
        }
        if !self.before.get(signature).is_some_and(is_it) {
            return None;
        }
        let known = self.before.remove(signature)?;
        self.add(*signature, known.clone());
        Some(known)
    }

    /// Where the generation is full, the one before it is forgotten.
    fn add(&mut self, signature: Signature, known: Arc<T>) {
        let bytes = (*known).as_ref().len();
        if self.now.len() >= GENERATION || self.bytes + bytes > GENERATION_BYTES {
            self.before = std::mem::take(&mut self.now);
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.now.insert(signature, known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as long as `bytes`, which ends in a signature of its own.
    fn token(number: usize, bytes: usize) -> String {
        "x".repeat(bytes.saturating_sub(SIGNATURE)) + &format!("{number:086}")
    }

    fn signature(token: &str) -> Signature {
        *token.as_bytes().last_chunk().unwrap()
    }

    fn never() -> Result<String, Refusal> {
        panic!("it is known")
    }

    #[test]
    fn what_verified_is_verified_once_and_what_is_refused_is_not_remembered() {
        let known = KnownTokens::default();
        let (one, other) = (token(1, 200), token(2, 200));
        for _ in 0..2 {
            let refused = known.find_or_verify(&one, || Err::<String, _>(Refusal::BadSignature));
            assert_eq!(refused, Err(Refusal::BadSignature));
        }
        let kept = |token: &str| known.find_or_verify(token, || Ok(token.to_owned()));
        assert_eq!(kept(&one).as_deref(), Ok(&one));
        assert_eq!(known.find_or_verify(&one, never).as_deref(), Ok(&one));
        assert_eq!(kept(&other).as_deref(), Ok(&other));
        let long = "x".repeat(MAX_COMPACT_BYTES + 1);
        assert_eq!(known.find_or_verify(&long, never), Err(Refusal::TooLarge));
    }

    #[test]
    fn another_text_under_a_known_signature_is_another_token() {
        let known = KnownTokens::default();
        let one = token(1, 200);
        let kept = known.find_or_verify(&one, || Ok(one.clone()));
        assert!(kept.is_ok());
        let changed = one.replacen('x', "y", 1);
        for _ in 0..2 {
            let refused = known.find_or_verify(&changed, || Err(Refusal::BadSignature));
            assert_eq!(refused, Err(Refusal::BadSignature));
        }
        assert_eq!(known.find_or_verify(&one, never).as_deref(), Ok(&one));
        let mut generations = Generations::default();
        generations.add(signature(&one), Arc::new(one.clone()));
        generations.before = std::mem::take(&mut generations.now);
        assert_eq!(generations.find(&signature(&one), &changed), None);
        assert!(generations.find(&signature(&one), &one).is_some());
    }

    #[test]
    fn tokens_that_anybody_can_make_do_not_fill_the_memory() {
        for bytes in [SIGNATURE, MAX_COMPACT_BYTES] {
            let mut shard = Generations::default();
            for n in 0..3000 {
                let token = token(n, bytes);
                shard.add(signature(&token), Arc::new(token));
                assert!(shard.now.len() <= GENERATION && shard.before.len() <= GENERATION);
                assert!(shard.bytes <= GENERATION_BYTES);
            }
        }
    }

    #[test]
    fn what_is_used_outlives_what_is_not() {
        let (mut shard, used) = (Generations::default(), token(0, SIGNATURE));
        shard.add(signature(&used), Arc::new(used.clone()));
        for n in 1..5 * GENERATION {
            let token = token(n, SIGNATURE);
            shard.add(signature(&token), Arc::new(token));
            assert!(shard.find(&signature(&used), &used).is_some(), "{n}");
        }
        let forgotten = token(1, SIGNATURE);
        assert!(shard.find(&signature(&forgotten), &forgotten).is_none());
    }
}
