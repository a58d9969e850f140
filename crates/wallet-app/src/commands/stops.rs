//! Stopping, pausing, resuming and narrowing what is shared. An act is signed at once and sent when the
//! verifier can be reached; the answer says which of the two it came to.

use ::wallet::{Act, Wallet, WalletError};
use consent_token::id::Jti;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Granted, Nothing, requests};
use crate::{App, Code, CommandError};

/// Names a consent, or the case of a circle for all of its consents: one decision, one press.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ByGrant {
    /// The id of the consent or of the case.
    pub grant: String,
}

/// Less data or less time in place of a consent that is in force.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NarrowGrant {
    /// Which.
    pub grant: String,
    /// Items to leave out from now on.
    pub without: Vec<String>,
    /// An earlier end, in seconds.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ends_at: Option<i64>,
}

/// What an act came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Acted {
    /// What became of it.
    pub done: Done,
    /// On how many consents.
    pub grants: usize,
    /// Why it waits.
    pub trouble: Option<Code>,
}

/// What became of an act; of several, the one that needs the most attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// It was so already.
    Already,
    /// The consent was never sent, and never will be.
    NeverSent,
    /// Recorded and proven.
    Recorded,
    /// Signed; it is sent as soon as the verifier can be reached.
    Queued,
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

type Sign = fn(&mut Wallet, &Jti) -> Result<::wallet::Done, WalletError>;

impl App {
    /// Takes a consent back, for ever, and asks the agency to delete what it read.
    ///
    /// # Errors
    /// `unknown_grant`, `locked`, and what the vault says.
    pub async fn grant_revoke(&self, ask: ByGrant) -> Result<Acted, CommandError> {
        self.act(&ask, Act::Revoke, |wallet, id| wallet.revoke(id, None))
            .await
    }

    /// Pauses a consent.
    ///
    /// # Errors
    /// `grant_ended`, and as [`App::grant_revoke`].
    pub async fn grant_suspend(&self, ask: ByGrant) -> Result<Acted, CommandError> {
        self.act(&ask, Act::Suspend, Wallet::suspend).await
    }

    /// Ends a pause.
    ///
    /// # Errors
    /// As [`App::grant_suspend`].
    pub async fn grant_resume(&self, ask: ByGrant) -> Result<Acted, CommandError> {
        self.act(&ask, Act::Resume, Wallet::resume).await
    }

    /// Takes every consent back that is not over.
    ///
    /// # Errors
    /// As [`App::grant_revoke`]; what was stopped before the error stays so.
    pub async fn revoke_all(&self, _: Nothing) -> Result<Ended, CommandError> {
        let stopped = self.desk().await.wallet()?.revoke_all()?;
        let trouble = self.send().await?;
        let waits = self.desk().await.wallet()?.waiting()?;
        let waits = |id: &Jti| {
            waits
                .iter()
                .any(|item| item.grant == *id && item.act == Act::Revoke)
        };
        Ok(Ended {
            stopped: stopped.len(),
            waiting: stopped.iter().filter(|(id, _)| waits(id)).count(),
            trouble,
        })
    }

    /// Signs a narrower consent in place of one that is in force; the wider one ends with it.
    ///
    /// # Errors
    /// `grant_ended`, `grant_waits`, `grant_paused`, `not_narrower`, `answer`, `ends_…`, `no_slots`; nothing is
    /// signed then.
    pub async fn grant_narrow(&self, ask: NarrowGrant) -> Result<Granted, CommandError> {
        let choice = requests::choice(&ask.without, ask.ends_at)?;
        let old = self.desk().await.wallet()?.grant_called(&ask.grant)?.id;
        let signed = self.talk(move |wallet, line| {
            let choice = choice.clone();
            Box::pin(async move { wallet.narrow_online(line, &old, &choice).await })
        });
        let new = signed.await?.id;
        self.granted(&[new]).await
    }

    async fn act(&self, ask: &ByGrant, act: Act, sign: Sign) -> Result<Acted, CommandError> {
        let signed = self.sign_acts(&ask.grant, act, sign).await?;
        let is_new = |(_, done): &(Jti, ::wallet::Done)| *done != ::wallet::Done::NeverSent;
        let trouble = if signed.iter().any(is_new) {
            self.send().await?
        } else {
            None
        };
        let waits = self.desk().await.wallet()?.waiting()?;
        let became = |(id, done): &(Jti, ::wallet::Done)| {
            let waits = waits
                .iter()
                .any(|item| item.grant == *id && item.act == act);
            match (done, waits) {
                (::wallet::Done::NeverSent, _) => Done::NeverSent,
                (_, true) => Done::Queued,
                (::wallet::Done::Already, false) => Done::Already,
                (::wallet::Done::Queued, false) => Done::Recorded,
            }
        };
        Ok(Acted {
            done: signed.iter().map(became).max().unwrap_or(Done::Already),
            grants: signed.len(),
            trouble,
        })
    }

    /// Signs the act on each consent of that name. Within a case, one that is over is left out.
    async fn sign_acts(
        &self,
        name: &str,
        act: Act,
        sign: Sign,
    ) -> Result<Vec<(Jti, ::wallet::Done)>, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let mut grants = wallet.grants_called(name)?;
        if grants.len() > 1 && act != Act::Revoke {
            grants.retain(|grant| !grant.is_over());
        }
        let signed = grants
            .iter()
            .map(|grant| Ok((grant.id, sign(wallet, &grant.id)?)));
        signed.collect()
    }
}
