//! Checking a consent's proofs on this machine, with nobody's word for it: each must stand in the log that
//! was pinned on first use (C2SP tlog-proof).

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use consent_token::jws;
use protocol::receipt;
use serde::Serialize;
use transparency_log::VerifierKey;
use ts_rs::TS;

use super::{ByGrant, What, sync};
use crate::{App, Code, CommandError};

/// What was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Proof {
    /// Whose log it is.
    pub verifier: String,
    /// The log's key, as C2SP writes it.
    pub log_key: String,
    /// Since when its key is known here, in seconds.
    pub pinned_at: i64,
    /// Each decision, the oldest first.
    pub acts: Vec<ProvenAct>,
    /// The newest state of the log that was seen here.
    pub newest: Option<LogState>,
}

/// A state of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LogState {
    /// How many entries it has.
    pub size: u64,
    /// The root of its tree, in base64.
    pub root: String,
}

/// One decision and whether its proof holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProvenAct {
    /// What was decided.
    pub what: What,
    /// When it was recorded, in milliseconds.
    pub at: i64,
    /// Its place in the log.
    pub index: u64,
    /// Whether its proof holds.
    pub holds: bool,
    /// The state of the log that the proof leads to, where it holds.
    pub log: Option<LogState>,
    /// SHA-256 of what was signed, in base64url: what stands in the log.
    pub digest: String,
    /// What was signed, a compact JWS.
    pub jws: String,
    /// The proof, a C2SP tlog-proof, to be checked by anybody.
    pub proof: String,
}

impl App {
    /// Checks every proof that is kept of a consent, now and here.
    ///
    /// # Errors
    /// `unknown_grant`, `no_verifier`, `locked`.
    pub async fn proof_check(&self, ask: ByGrant) -> Result<Proof, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let grant = wallet.grant_called(&ask.grant)?;
        let verifier = wallet.pinned()?;
        let key: VerifierKey = verifier
            .log_vkey
            .parse()
            .map_err(|_| CommandError::from(Code::NotAVerifier))?;
        let mut kept: Vec<_> = grant.receipts.iter().collect();
        kept.sort_by_key(|kept| kept.index);
        let acts = kept.into_iter().map(|kept| {
            let digest = jws::digest(&kept.jws);
            let proven = receipt::verify(&kept.proof, &key, &digest).ok();
            let proven = proven.filter(|proven| proven.index == kept.index);
            ProvenAct {
                what: sync::what(kept.act),
                at: kept.at,
                index: kept.index,
                holds: proven.is_some(),
                log: proven.map(|proven| state(proven.head.size, &proven.head.root)),
                digest: BASE64_URL_SAFE_NO_PAD.encode(digest.as_bytes()),
                jws: kept.jws.clone(),
                proof: kept.proof.clone(),
            }
        });
        Ok(Proof {
            acts: acts.collect(),
            verifier: verifier.issuer,
            pinned_at: verifier.pinned_at.as_i64(),
            newest: wallet
                .newest_checkpoint()?
                .map(|newest| state(newest.size, &newest.root)),
            log_key: verifier.log_vkey,
        })
    }
}

fn state(size: u64, root: &[u8; 32]) -> LogState {
    LogState {
        size,
        root: BASE64_STANDARD.encode(root),
    }
}
