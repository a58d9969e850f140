//! The verifier: naming it, one round with it, and what was found against it.

use ::wallet::{Act, EvidenceKind, Step, Summary};
use serde::Serialize;
use ts_rs::TS;

use super::{NameVerifier, Nothing};
use crate::{App, Code, CommandError, talk::line_to};

/// What a round came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Round {
    /// The verifier's address.
    pub verifier: String,
    /// What still waits.
    pub waiting: Vec<WaitingAct>,
    /// How many events are new.
    pub news: usize,
    /// How many of these are an agency's look or opening.
    pub looked: usize,
    /// Consents whose new state agencies are not told yet.
    pub unpublished: Vec<String>,
    /// How many consents can be given while offline.
    pub stock: usize,
    /// What failed.
    pub troubles: Vec<RoundTrouble>,
    /// How many findings were not read yet.
    pub findings: usize,
}

/// Something that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WaitingAct {
    /// The consent.
    pub grant: String,
    /// The agency's name.
    pub agency: String,
    /// What.
    pub what: What,
    /// Since when, in seconds.
    pub since: i64,
}

/// What a person decided, as it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A consent.
    Register,
    /// Its end.
    Revoke,
    /// Its pause.
    Suspend,
    /// The end of the pause.
    Resume,
    /// To delete what was read.
    EraseRequest,
    /// The answer to whoever asked.
    Deliver,
}

/// A part of a round that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RoundTrouble {
    /// Which.
    pub part: RoundPart,
    /// Why.
    pub code: Code,
}

/// A part of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RoundPart {
    /// Reaching the verifier.
    Connect,
    /// The list of agencies.
    Registry,
    /// Sending.
    Send,
    /// Giving agencies the present data.
    Shares,
    /// What agencies offer.
    Offers,
    /// Preparing for offline use.
    Slots,
    /// Who looked.
    History,
    /// What agencies are told.
    Status,
    /// The public record.
    Log,
}

/// What was found against the verifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Findings {
    /// The oldest first.
    pub findings: Vec<Finding>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Finding {
    /// When, in seconds.
    pub at: i64,
    /// What.
    pub kind: FindingKind,
    /// In technical words.
    pub detail: String,
    /// Whether the person said that they read it.
    pub seen: bool,
}

/// What a verifier did that it must not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Two versions of its record.
    Fork,
    /// Its record lost something.
    Inconsistent,
    /// Its record went back.
    Rollback,
    /// A proof does not hold.
    WrongProof,
    /// Other keys.
    KeysChanged,
    /// A list of agencies that cannot be trusted.
    RegistryRefused,
    /// It denies what it confirmed.
    Forgotten,
    /// It does not take a consent back.
    RevocationRefused,
    /// It tells agencies something else.
    StatusNotPublished,
    /// Something else.
    Other,
}

impl App {
    /// Names the verifier and makes a round with it. Its keys are remembered from then on.
    ///
    /// # Errors
    /// `insecure`, `unreachable`, `not_a_verifier`, `other_version`, `verifier_changed`, `other_verifier`, `locked`.
    pub async fn verifier_set(&self, ask: NameVerifier) -> Result<Round, CommandError> {
        let url = ask.url.trim().trim_end_matches('/').to_owned();
        let named = |error: CommandError| CommandError {
            field: (error.code != Code::Locked).then_some("url"),
            ..error
        };
        let line = line_to(&url)?;
        self.talk_to(&line, |wallet, line| Box::pin(wallet.connect(line)))
            .await
            .map_err(named)?;
        self.sync(Nothing {}).await
    }

    /// Sends what waits, fetches who looked, checks every proof.
    ///
    /// # Errors
    /// `no_verifier`, `verifier_changed`, `locked`; whatever else fails is in [`Round::troubles`].
    pub async fn sync(&self, _: Nothing) -> Result<Round, CommandError> {
        let summary = self.talk(|wallet, line| Box::pin(wallet.sync(line)));
        Ok(round(&summary.await?))
    }

    /// What was found against the verifier so far.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn findings(&self, _: Nothing) -> Result<Findings, CommandError> {
        let finding = |found: ::wallet::Evidence| Finding {
            at: found.at.as_i64(),
            kind: kind(found.kind),
            detail: found.finding,
            seen: found.seen,
        };
        let found = self.desk().await.wallet()?.evidence()?;
        Ok(Findings {
            findings: found.into_iter().map(finding).collect(),
        })
    }

    /// The person has read all of it. It is kept.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn findings_seen(&self, _: Nothing) -> Result<Nothing, CommandError> {
        self.desk().await.wallet()?.mark_evidence_seen()?;
        Ok(Nothing {})
    }

    /// The person has read which agencies use another encryption key.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn key_changes_told(&self, _: Nothing) -> Result<Nothing, CommandError> {
        self.desk().await.wallet()?.mark_key_changes_told()?;
        Ok(Nothing {})
    }
}

fn round(summary: &Summary) -> Round {
    let trouble = |trouble: &::wallet::Trouble| RoundTrouble {
        part: part(trouble.step),
        code: CommandError::from(trouble.error.clone()).code,
    };
    let looked = |news: &&::wallet::News| matches!(news.event.act.as_str(), "access" | "open");
    Round {
        verifier: summary.verifier.clone(),
        waiting: waiting(&summary.waiting),
        news: summary.news.len(),
        looked: summary.news.iter().filter(looked).count(),
        unpublished: summary
            .unpublished
            .iter()
            .map(ToString::to_string)
            .collect(),
        stock: summary.slots,
        troubles: summary.troubles.iter().map(trouble).collect(),
        findings: summary.evidence.len(),
    }
}

/// What the person decided and is not sent yet, as often as they decided: to ask for deletion goes with a stop,
/// and handing over the answer goes with a yes.
pub(super) fn waiting(items: &[::wallet::Waiting]) -> Vec<WaitingAct> {
    let goes_with = |one: &::wallet::Waiting, act| {
        let mut others = items.iter().filter(|other| other.grant == one.grant);
        others.any(|other| other.act == act)
    };
    let is_decision = |one: &&::wallet::Waiting| match one.act {
        Act::EraseRequest => !goes_with(one, Act::Revoke),
        Act::Deliver => !goes_with(one, Act::Register),
        _ => true,
    };
    items.iter().filter(is_decision).map(waiting_act).collect()
}

fn waiting_act(waiting: &::wallet::Waiting) -> WaitingAct {
    WaitingAct {
        grant: waiting.grant.to_string(),
        agency: waiting.agency.clone(),
        what: what(waiting.act),
        since: waiting.since.as_i64(),
    }
}

pub(super) const fn what(act: Act) -> What {
    match act {
        Act::Register => What::Register,
        Act::Revoke => What::Revoke,
        Act::Suspend => What::Suspend,
        Act::Resume => What::Resume,
        Act::EraseRequest => What::EraseRequest,
        Act::Deliver => What::Deliver,
    }
}

const fn part(step: Step) -> RoundPart {
    match step {
        Step::Connect => RoundPart::Connect,
        Step::Registry => RoundPart::Registry,
        Step::Send => RoundPart::Send,
        Step::Shares => RoundPart::Shares,
        Step::Offers => RoundPart::Offers,
        Step::Slots => RoundPart::Slots,
        Step::History => RoundPart::History,
        Step::Status => RoundPart::Status,
        Step::Log => RoundPart::Log,
    }
}

const fn kind(kind: EvidenceKind) -> FindingKind {
    match kind {
        EvidenceKind::Fork => FindingKind::Fork,
        EvidenceKind::Inconsistent => FindingKind::Inconsistent,
        EvidenceKind::Rollback => FindingKind::Rollback,
        EvidenceKind::WrongProof => FindingKind::WrongProof,
        EvidenceKind::KeysChanged => FindingKind::KeysChanged,
        EvidenceKind::RegistryRefused => FindingKind::RegistryRefused,
        EvidenceKind::Forgotten => FindingKind::Forgotten,
        EvidenceKind::RevocationRefused => FindingKind::RevocationRefused,
        EvidenceKind::StatusNotPublished => FindingKind::StatusNotPublished,
        _ => FindingKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use consent_token::id::{Jti, UnixSeconds};

    fn waits(grant: u8, act: Act) -> ::wallet::Waiting {
        ::wallet::Waiting {
            since: UnixSeconds::new(0).unwrap(),
            grant: Jti::from_bytes([grant; 16]),
            agency: "Cwm Derw County Council".into(),
            act,
        }
    }

    #[test]
    fn one_press_is_one_thing_that_waits() {
        let told = |items: &[::wallet::Waiting]| {
            let whats = waiting(items).into_iter().map(|one| one.what);
            whats.collect::<Vec<_>>()
        };
        let stop = [waits(1, Act::Revoke), waits(1, Act::EraseRequest)];
        assert_eq!(told(&stop), [What::Revoke]);
        assert_eq!(told(&stop[1..]), [What::EraseRequest], "the stop was sent");
        let yes = [
            waits(1, Act::Register),
            waits(1, Act::Deliver),
            waits(2, Act::Deliver),
        ];
        assert_eq!(told(&yes), [What::Register, What::Deliver]);
        let both = [waits(1, Act::Revoke), waits(2, Act::EraseRequest)];
        assert_eq!(told(&both), [What::Revoke, What::EraseRequest]);
    }
}
