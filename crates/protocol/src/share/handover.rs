//! What one agency hands to another (PROTOCOL section 2, `forward`): the file and its form. HPKE's base mode says
//! nothing of who sealed, so the agency that hands on signs what it sealed together with its statement.

use consent_token::{
    MAX_COMPACT_BYTES,
    id::{Digest, digest_in_jwt},
    jws::{self, Compact},
    key::{PublicKey, SigningKey},
};
use serde::{Deserialize, Serialize};

use super::{Envelope, ShareError};
use crate::signing;

/// `typ` of the signature of a handover.
pub const HANDOVER_TYP: &str = "handover+jwt";

/// A handover: a share sealed for another agency, with what says whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    v: u32,
    /// The consent token.
    pub token: String,
    /// The `forward` statement, which is what the envelope is bound to.
    pub statement: String,
    /// The tlog-proof of the statement.
    pub proof: String,
    /// What is handed on.
    pub envelope: Envelope,
    /// By the key that signed the statement; a file without one is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// What the signature is over.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Claims {
    #[serde(with = "digest_in_jwt")]
    statement: Digest,
    #[serde(with = "digest_in_jwt")]
    envelope: Digest,
}

impl Handover {
    /// Bytes of a handover at most: an envelope of 1 MiB, and what says whose it is.
    pub const MAX_BYTES: u64 = 2 << 20;

    /// A handover that `key` signs, which is the key that signed `statement`.
    #[must_use]
    pub fn sign(
        token: String,
        (statement, proof): (String, String),
        envelope: Envelope,
        key: &SigningKey,
    ) -> Self {
        let claims = Claims::of(&statement, &envelope);
        Handover {
            v: 1,
            token,
            statement,
            proof,
            envelope,
            signature: Some(signing::sign(HANDOVER_TYP, &claims, key)),
        }
    }

    /// Reads a handover. Nobody has vouched for it yet.
    ///
    /// # Errors
    /// [`ShareError::TooLarge`] and [`ShareError::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ShareError> {
        if bytes.len() as u64 > Self::MAX_BYTES {
            return Err(ShareError::TooLarge);
        }
        let handover: Handover =
            consent_token::json::from_slice(bytes).map_err(|_| ShareError::Malformed)?;
        if handover.v != 1 {
            return Err(ShareError::Malformed);
        }
        Envelope::parse(&handover.envelope.to_bytes())?;
        Ok(handover)
    }

    /// Holds envelope and statement to be put together by the holder of `key`, which signed the statement.
    ///
    /// # Errors
    /// [`ShareError::Unsigned`] and [`ShareError::NotTheForwarders`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), ShareError> {
        let signature = self.signature.as_deref().ok_or(ShareError::Unsigned)?;
        let read = || {
            let jws = Compact::parse(signature, MAX_COMPACT_BYTES).ok()?;
            jws.expect_typ(HANDOVER_TYP).ok()?;
            jws.verify(key).ok()?;
            signing::claims::<Claims>(&jws).ok()
        };
        let same =
            read().is_some_and(|claims| claims == Claims::of(&self.statement, &self.envelope));
        same.then_some(()).ok_or(ShareError::NotTheForwarders)
    }

    /// The handover as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("texts are plain JSON")
    }
}

impl Claims {
    /// Files are written anew on their way: the envelope counts in its canonical form (RFC 8785).
    fn of(statement: &str, envelope: &Envelope) -> Self {
        let canonical = serde_json_canonicalizer::to_vec(envelope)
            .expect("integers and text always have a canonical form");
        Claims {
            statement: jws::digest(statement),
            envelope: Digest::of(&canonical),
        }
    }
}
