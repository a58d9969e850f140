//! Checking a consent's proofs on this machine, with nobody's word for it: each must stand in the log that
//! was pinned on first use (C2SP tlog-proof).

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
    /// Since when its key is known here, in seconds.
    pub pinned_at: i64,
    /// Each decision, the oldest first.
    pub acts: Vec<ProvenAct>,
    /// How many entries the newest log has that was seen here.
    pub log_size: Option<u64>,
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
    /// How many entries the log had.
    pub log_size: Option<u64>,
}

impl App {
    /// Checks every proof that is kept of a consent, now and here.
    ///
    /// # Errors
    /// `unknown_grant`, `no_verifier`, `locked`.
    pub async fn proof_check(&mut self, ask: ByGrant) -> Result<Proof, CommandError> {
        let wallet = self.wallet()?;
        let grant = wallet.grant_called(&ask.grant)?;
        let verifier = wallet.pinned()?;
        let key: VerifierKey = verifier
            .log_vkey
            .parse()
            .map_err(|_| CommandError::from(Code::NotAVerifier))?;
        let mut kept: Vec<_> = grant.receipts.iter().collect();
        kept.sort_by_key(|kept| kept.index);
        let acts = kept.into_iter().map(|kept| {
            let proven = receipt::verify(&kept.proof, &key, &jws::digest(&kept.jws)).ok();
            let proven = proven.filter(|proven| proven.index == kept.index);
            ProvenAct {
                what: sync::what(kept.act),
                at: kept.at,
                index: kept.index,
                holds: proven.is_some(),
                log_size: proven.map(|proven| proven.head.size),
            }
        });
        Ok(Proof {
            acts: acts.collect(),
            verifier: verifier.issuer,
            pinned_at: verifier.pinned_at.as_i64(),
            log_size: wallet.newest_checkpoint()?.map(|newest| newest.size),
        })
    }
}
