//! "Was this grant in force then?", answered from a proof that somebody kept and the log that was audited.
//! The proof shows which slot is the grant's; the log shows what the slot said.

use consent_token::jws;
use protocol::{Entry, Slot, UnixMillis, receipt};
use serde::Serialize;
use serde_json::Value;
use transparency_log::TlogProof;

use crate::{
    log,
    timeline::{Period, Standing, Timeline},
    visit::{QuestionError, Visit},
};

/// The first line of every tlog-proof.
const PROOF_MARK: &str = "c2sp.org/tlog-proof@v1";

/// By what the grant's id is tied to the slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// The consent token is there: its digest is in the log, and it bears the id.
    Token,
    /// Only the file says so; the log does not know ids.
    File,
}

/// Whether a grant was in force at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrantAnswer {
    /// The grant's id.
    pub grant: String,
    /// The time that was asked about, in milliseconds.
    pub at: UnixMillis,
    /// The answer.
    pub standing: Standing,
    /// The slot.
    pub slot: Slot,
    /// By what the id is tied to the slot.
    pub binding: Binding,
    /// The entry that the proof is of.
    pub index: u64,
    /// The consent's end, in seconds.
    pub exp: Option<i64>,
    /// The slot's whole life.
    pub periods: Vec<Period>,
    /// The size of the log that says so.
    pub log_size: u64,
}

/// Why a file proves nothing about a grant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The question has no answer, whatever the file is.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// There is no tlog-proof in it; use a receipt or what `assent wallet show --json` printed.
    #[error("the file holds no tlog-proof")]
    NoProof,
    /// A proof in it is not signed by the pinned log, or does not lead to its root.
    #[error("a proof in the file does not hold: {0}")]
    Broken(String),
    /// The proofs are of acts that change no status, so that they name no slot.
    #[error("no proof in the file is of a change of status")]
    NoSlot,
    /// The proof holds, but for a log that is not the one that was audited. Keep it: it shows two histories.
    #[error("the proof is of another history of the log than the one that was audited")]
    Forked,
    /// The token in the file is another grant's.
    #[error("the file is of another grant")]
    OtherGrant,
    /// The proofs in the file are of several slots.
    #[error("the file holds proofs of several grants")]
    SeveralSlots,
}

/// What a file holds.
#[derive(Debug, Default)]
struct Held {
    proofs: Vec<String>,
    tokens: Vec<String>,
    ids: Vec<String>,
}

pub(crate) fn answer(
    visit: &Visit,
    grant: &str,
    file: &str,
    at: UnixMillis,
) -> Result<GrantAnswer, ProofError> {
    let held = Held::of(file);
    let token = held.token(grant)?;
    let shown = shown(visit, &held, token.as_ref())?;
    let timeline = Timeline::of(&visit.replay, shown.slot);
    let mut standing = timeline.at(at);
    let begins = token.as_ref().map(|token| token.nbf.saturating_mul(1000));
    if standing == Standing::InForce && begins.is_some_and(|nbf| at.0 < nbf) {
        standing = Standing::NotYetValid;
    }
    Ok(GrantAnswer {
        grant: grant.to_owned(),
        at,
        standing,
        slot: shown.slot,
        binding: if shown.by_token {
            Binding::Token
        } else {
            Binding::File
        },
        index: shown.index,
        exp: timeline.exp,
        periods: timeline.periods,
        log_size: visit.replay.size(),
    })
}

/// The grant's token, as far as it matters here.
#[derive(Debug)]
struct Token {
    compact: String,
    nbf: i64,
}

/// The slot that a proof shows.
#[derive(Clone, Copy)]
struct Shown {
    slot: Slot,
    index: u64,
    by_token: bool,
}

fn shown(visit: &Visit, held: &Held, token: Option<&Token>) -> Result<Shown, ProofError> {
    if held.proofs.is_empty() {
        return Err(ProofError::NoProof);
    }
    let digest = token.map(|token| jws::digest(&token.compact));
    let mut found: Vec<Shown> = Vec::new();
    for text in &held.proofs {
        let Some((entry, index)) = verified(visit, text)? else {
            continue;
        };
        let Entry::Status { slot, .. } = entry else {
            continue;
        };
        found.push(Shown {
            slot,
            index,
            by_token: digest == Some(entry.digest()),
        });
    }
    let best = found
        .iter()
        .copied()
        .max_by_key(|shown| shown.by_token)
        .ok_or(ProofError::NoSlot)?;
    if token.is_some() && !best.by_token {
        return Err(ProofError::OtherGrant);
    }
    let single = best.by_token || found.iter().all(|shown| shown.slot == best.slot);
    if single {
        Ok(best)
    } else {
        Err(ProofError::SeveralSlots)
    }
}

/// Verifies one proof against the pinned key and the log that was audited.
fn verified(visit: &Visit, text: &str) -> Result<Option<(Entry, u64)>, ProofError> {
    let broken = |what: String| ProofError::Broken(what);
    let proof: TlogProof = text
        .parse()
        .map_err(|e: transparency_log::TlogProofError| broken(e.to_string()))?;
    let entry = Entry::parse(proof.extra()).map_err(|e| broken(e.to_string()))?;
    let proven =
        receipt::verify(text, &visit.log, &entry.digest()).map_err(|e| broken(e.to_string()))?;
    if !log::begins_with(&visit.replay, &proven.head) {
        return Err(ProofError::Forked);
    }
    Ok(Some((proven.entry, proven.index)))
}

impl Held {
    fn of(file: &str) -> Self {
        let mut held = Held::default();
        if file.starts_with(PROOF_MARK) {
            held.proofs.push(file.to_owned());
        } else if let Ok(value) = serde_json::from_str::<Value>(file) {
            held.take(&value);
        } else if file.trim().matches('.').count() == 2 {
            held.tokens.push(file.trim().to_owned());
        }
        held
    }

    fn take(&mut self, value: &Value) {
        match value {
            Value::String(text) if text.starts_with(PROOF_MARK) => self.proofs.push(text.clone()),
            Value::String(text) if text.starts_with("ey") && text.matches('.').count() == 2 => {
                self.tokens.push(text.clone())
            }
            Value::Array(items) => items.iter().for_each(|item| self.take(item)),
            Value::Object(members) => {
                self.ids.extend(
                    members
                        .get("grant")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                );
                members.values().for_each(|item| self.take(item));
            }
            _ => {}
        }
    }

    /// The consent token with that id. Its signature need not be checked: that its digest is in the log
    /// shows that the verifier registered exactly these bytes.
    fn token(&self, grant: &str) -> Result<Option<Token>, ProofError> {
        let mut others = false;
        for compact in &self.tokens {
            let Ok(jws) = jws::Compact::parse(compact, consent_token::MAX_COMPACT_BYTES) else {
                continue;
            };
            if jws.expect_typ(consent_token::token::TYP).is_err() {
                continue;
            }
            let claims: Value = serde_json::from_slice(jws.payload()).unwrap_or_default();
            if claims.get("jti").and_then(Value::as_str) == Some(grant) {
                let nbf = claims
                    .get("nbf")
                    .and_then(Value::as_i64)
                    .unwrap_or_default();
                return Ok(Some(Token {
                    compact: compact.clone(),
                    nbf,
                }));
            }
            others = true;
        }
        let named_otherwise = !self.ids.is_empty() && self.ids.iter().all(|id| id != grant);
        if others || named_otherwise {
            Err(ProofError::OtherGrant)
        } else {
            Ok(None)
        }
    }
}
