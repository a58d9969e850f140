//! Tokens whose signature was checked before, by the SHA-256 of their whole text. Bounded; reading takes
//! no lock, and a stranger can make it forget but never make it err.

use std::sync::Arc;

use arc_swap::ArcSwap;
use consent_token::{id::Digest, token::VerifiedToken};

/// Parts that are replaced one at a time; the digest's first bytes name the part.
const SHARDS: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 12;
/// Tokens in a part: 64 Ki tokens in all, of at most 8 KiB each and mostly of 1 to 2.
const IN_SHARD: usize = 16;

type Shard = Vec<(Digest, Arc<VerifiedToken>)>;

#[derive(Debug)]
pub(super) struct Known {
    shards: Vec<ArcSwap<Shard>>,
}

impl Default for Known {
    fn default() -> Self {
        Known {
            shards: (0..SHARDS)
                .map(|_| ArcSwap::from_pointee(Shard::new()))
                .collect(),
        }
    }
}

impl Known {
    pub(super) fn find(&self, digest: &Digest) -> Option<Arc<VerifiedToken>> {
        let shard = self.shard(digest)?.load();
        shard
            .iter()
            .find(|(known, _)| known == digest)
            .map(|(_, token)| token.clone())
    }

    /// Adds a token; the oldest of a full part gives way.
    pub(super) fn add(&self, digest: &Digest, token: Arc<VerifiedToken>) {
        let Some(shard) = self.shard(digest) else {
            return;
        };
        shard.rcu(|before| {
            let others = || before.iter().filter(|(known, _)| known != digest);
            let surplus = (others().count() + 1).saturating_sub(IN_SHARD);
            others()
                .skip(surplus)
                .cloned()
                .chain([(*digest, token.clone())])
                .collect::<Shard>()
        });
    }

    fn shard(&self, digest: &Digest) -> Option<&ArcSwap<Shard>> {
        let [first, second, ..] = digest.as_bytes();
        let number = u16::from_be_bytes([*first, *second]) >> (u16::BITS - SHARD_BITS);
        self.shards.get(usize::from(number))
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.load().len()).sum()
    }
}
