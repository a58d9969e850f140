//! What is shared with whom, and stopping, pausing and resuming it. An act is signed at once and sent when
//! the verifier can be reached; the answer says which of the two it came to.

use ::wallet::{Act, Grant, State, Wallet, Wish, words};
use consent_token::{
    id::Jti,
    term::{LegalBasis, Release},
};
use profile::{Lang, Path};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{InLanguage, Nothing, PurposeWords, Saved, WaitingAct, sync};
use crate::{App, Code, CommandError, paper, receipt};

/// Every consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Grants {
    /// The newest first.
    pub grants: Vec<GrantView>,
    /// What waits to be sent.
    pub waiting: Vec<WaitingAct>,
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GrantView {
    /// Its id.
    pub id: String,
    /// The agency's address.
    pub agency: String,
    /// Its name.
    pub agency_name: String,
    /// How it stands, as far as it is proven.
    pub state: GrantState,
    /// What was decided and is not proven yet.
    pub becoming: Option<GrantState>,
    /// What for.
    pub purposes: Vec<PurposeWords>,
    /// What, by name.
    pub items: Vec<String>,
    /// Only once an emergency is declared.
    pub on_incident: bool,
    /// Given to a circle of agencies together.
    pub in_circle: bool,
    /// How long they may keep what they read, in words.
    pub retention: String,
    /// When it was signed, in seconds.
    pub signed_at: i64,
    /// When it ends, in seconds.
    pub ends_at: i64,
    /// The text that was read.
    pub notice: String,
    /// They have another right to act, which taking it back does not stop.
    pub other_basis: bool,
    /// When its end was recorded, in milliseconds.
    pub revoked_at: Option<i64>,
    /// The agency took note of its end.
    pub acknowledged: bool,
    /// The agency proved that it deleted what it read.
    pub erased: bool,
    /// Agencies can see the state as it stands here.
    pub published: bool,
    /// How many proofs of it are kept.
    pub proofs: usize,
    /// Why the verifier refused it.
    pub refusal: Option<String>,
}

/// How a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// Signed, and waiting to be sent.
    Waiting,
    /// In force.
    Valid,
    /// Paused.
    Suspended,
    /// Taken back.
    Revoked,
    /// Its time is over.
    Expired,
    /// Refused by the verifier.
    Refused,
}

/// Names a consent.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ByGrant {
    /// Its id.
    pub grant: String,
}

/// What an act came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Acted {
    /// What became of it.
    pub done: Done,
    /// Why it waits.
    pub trouble: Option<Code>,
}

/// What became of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Recorded and proven.
    Recorded,
    /// Signed; it is sent as soon as the verifier can be reached.
    Queued,
    /// The consent was never sent, and never will be.
    NeverSent,
    /// It was so already.
    Already,
}

/// What stopping everything came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Ended {
    /// How many were stopped.
    pub stopped: usize,
    /// How many of these wait to be sent.
    pub waiting: usize,
    /// Why they wait.
    pub trouble: Option<Code>,
}

impl App {
    /// Every consent and what waits.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn grants_list(&mut self, ask: InLanguage) -> Result<Grants, CommandError> {
        let wallet = self.wallet()?;
        let all = wallet.grants()?;
        let views = all.iter().map(|grant| view(wallet, grant, ask.lang.into()));
        Ok(Grants {
            grants: views.collect::<Result<_, _>>()?,
            waiting: wallet.waiting()?.iter().map(sync::waiting).collect(),
        })
    }

    /// Takes a consent back, for ever, and asks the agency to delete what it read.
    ///
    /// # Errors
    /// `unknown_grant`, `locked`, and what the vault says.
    pub async fn grant_revoke(&mut self, ask: ByGrant) -> Result<Acted, CommandError> {
        self.act(&ask, Act::Revoke, |wallet, id| wallet.revoke(id, None))
            .await
    }

    /// Pauses a consent.
    ///
    /// # Errors
    /// `grant_ended`, and as [`App::grant_revoke`].
    pub async fn grant_suspend(&mut self, ask: ByGrant) -> Result<Acted, CommandError> {
        self.act(&ask, Act::Suspend, Wallet::suspend).await
    }

    /// Ends a pause.
    ///
    /// # Errors
    /// As [`App::grant_suspend`].
    pub async fn grant_resume(&mut self, ask: ByGrant) -> Result<Acted, CommandError> {
        self.act(&ask, Act::Resume, Wallet::resume).await
    }

    /// Takes every consent back that is not over.
    ///
    /// # Errors
    /// As [`App::grant_revoke`]; what was stopped before the error stays so.
    pub async fn revoke_all(&mut self, _: Nothing) -> Result<Ended, CommandError> {
        let stopped = self.wallet()?.revoke_all()?;
        let trouble = self.send().await?;
        let wallet = self.wallet()?;
        let waits = wallet.waiting()?;
        let open = |id: &Jti| {
            waits
                .iter()
                .any(|item| item.grant == *id && item.act == Act::Revoke)
        };
        Ok(Ended {
            stopped: stopped.len(),
            waiting: stopped.iter().filter(|(id, _)| open(id)).count(),
            trouble,
        })
    }

    /// Writes the consent's receipt as ISO/IEC TS 27560 JSON-LD.
    ///
    /// # Errors
    /// `unknown_grant`, `storage`, `locked`.
    pub async fn grant_receipt(&mut self, ask: ByGrant) -> Result<Saved, CommandError> {
        let wallet = self.wallet()?;
        let grant = wallet.grant_called(&ask.grant)?;
        let issuer = wallet.verifier()?.map(|verifier| verifier.issuer);
        let now = wallet.now();
        let record = receipt::record(&grant, issuer.as_deref(), now);
        paper::save(self.papers()?, "receipt", "jsonld", &paper::json(&record)?)
    }

    async fn act(
        &mut self,
        ask: &ByGrant,
        act: Act,
        sign: impl FnOnce(&mut Wallet, &Jti) -> Result<::wallet::Done, ::wallet::WalletError> + Send,
    ) -> Result<Acted, CommandError> {
        let wallet = self.wallet()?;
        let id = wallet.grant_called(&ask.grant)?.id;
        let signed = sign(wallet, &id)?;
        let trouble = match signed {
            ::wallet::Done::NeverSent => None,
            _ => self.send().await?,
        };
        let waits = self.wallet()?.waiting()?;
        let open = waits.iter().any(|item| item.grant == id && item.act == act);
        let done = match (signed, open) {
            (::wallet::Done::NeverSent, _) => Done::NeverSent,
            (_, true) => Done::Queued,
            (::wallet::Done::Already, false) => Done::Already,
            (::wallet::Done::Queued, false) => Done::Recorded,
        };
        Ok(Acted { done, trouble })
    }

    async fn send(&mut self) -> Result<Option<Code>, CommandError> {
        let line = self.line()?;
        let sent = self.wallet()?.send(&line).await;
        sync::trouble(sent)
    }
}

fn view(wallet: &mut Wallet, grant: &Grant, lang: Lang) -> Result<GrantView, CommandError> {
    let (state, history) = (grant.state(wallet.now()), wallet.history(&grant.id)?);
    let happened = |act: &str| history.iter().any(|event| event.act == act);
    let revoked = grant.receipts.iter().find(|kept| kept.act == Act::Revoke);
    let consent = &grant.consent;
    Ok(GrantView {
        id: grant.id.to_string(),
        agency: grant.agency.to_string(),
        agency_name: grant.agency_name.clone(),
        state: told(state),
        becoming: becoming(state, grant.wish),
        purposes: consent
            .purposes
            .iter()
            .filter_map(|code| purpose(code, lang))
            .collect(),
        items: consent
            .datatypes
            .iter()
            .map(|path| label(path, lang))
            .collect(),
        on_incident: consent.release == Release::OnIncident,
        in_circle: consent.circle.is_some(),
        retention: words::duration(&consent.retention, lang),
        signed_at: grant.signed_at.as_i64(),
        ends_at: grant.ends_at.as_i64(),
        notice: grant.notice.clone(),
        other_basis: consent.basis != LegalBasis::default(),
        revoked_at: revoked.map(|kept| kept.at),
        acknowledged: happened("acknowledged"),
        erased: happened("erased"),
        published: is_published(grant, state),
        proofs: grant.receipts.len(),
        refusal: grant.refusals.last().map(|refused| refused.code.clone()),
    })
}

/// Whether the list that agencies read says the same.
fn is_published(grant: &Grant, state: State) -> bool {
    let expected = match state {
        State::Valid => 0,
        State::Revoked => 1,
        State::Suspended => 2,
        _ => return false,
    };
    grant.published.is_some_and(|seen| seen.status == expected)
}

pub(super) fn label(path: &str, lang: Lang) -> String {
    match path.parse::<Path>() {
        Ok(path) => path.document().unwrap_or(path.label(lang)).to_owned(),
        Err(_) => path.to_owned(),
    }
}

fn purpose(code: &str, lang: Lang) -> Option<PurposeWords> {
    profile::purpose(code).map(|known| PurposeWords {
        code: code.to_owned(),
        label: known.label(lang),
        explanation: known.explanation(lang),
    })
}

pub(super) const fn told(state: State) -> GrantState {
    match state {
        State::Waiting => GrantState::Waiting,
        State::Valid => GrantState::Valid,
        State::Suspended => GrantState::Suspended,
        State::Revoked => GrantState::Revoked,
        State::Expired => GrantState::Expired,
        State::Refused => GrantState::Refused,
    }
}

const fn becoming(state: State, wish: Wish) -> Option<GrantState> {
    match (state, wish) {
        (State::Waiting | State::Valid | State::Suspended, Wish::Ended) => {
            Some(GrantState::Revoked)
        }
        (State::Waiting | State::Valid, Wish::Paused) => Some(GrantState::Suspended),
        (State::Suspended, Wish::InForce) => Some(GrantState::Valid),
        _ => None,
    }
}
