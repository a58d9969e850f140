//! An unlocked wallet with the way to its verifier, as every command needs it.

use std::{path::PathBuf, time::Duration};

use ::vault::{Passphrase, Vault};
use ::wallet::{Grant, Line, Wallet, WalletError};
use consent_token::id::{Jti, UnixSeconds};
use indicatif::ProgressBar;
use jiff::tz::TimeZone;
use profile::Lang;
use protocol::HttpTransport;
use serde_json::json;
use wallet_app::SystemDevice;

use super::{Common, failure, looks, words};
use crate::{
    outcome::{Exit, Failure, Outcome},
    print,
};

/// An unlocked wallet.
pub(crate) struct Desk {
    pub(crate) wallet: Wallet,
    pub(crate) lang: Lang,
    /// The person's time zone, for dates on the screen.
    pub(crate) zone: TimeZone,
    verifier: Option<String>,
    /// When the list that the command goes by was fetched, where the verifier did not answer now.
    kept_from: Option<UnixSeconds>,
}

impl Desk {
    /// Unlocks the vault.
    pub(crate) fn open(common: &Common) -> Result<Self, Failure> {
        let place = place(common)?;
        let locked = Vault::open(&place).map_err(|error| failure::vault_at(&error, &place))?;
        let passphrase = passphrase(&common.secret().read("Passphrase: ")?)?;
        let unlocked = locked
            .unlock(&passphrase)
            .map_err(|still| failure::vault(&still.error))?;
        Ok(Self::new(unlocked, common))
    }

    /// A desk over a vault that is unlocked already.
    pub(crate) fn new(unlocked: ::vault::Unlocked, common: &Common) -> Self {
        Desk {
            wallet: Wallet::new(unlocked, Box::new(SystemDevice)),
            lang: common.lang,
            zone: TimeZone::system(),
            // A variable that is set to nothing names nothing.
            verifier: common.verifier.clone().filter(|url| !url.is_empty()),
            kept_from: None,
        }
    }

    /// The way to the verifier that was named, or to the one that is remembered.
    pub(crate) fn line(&self) -> Result<Line<HttpTransport>, Failure> {
        let url = match &self.verifier {
            Some(url) => url.clone(),
            None => self.wallet.pinned()?.url,
        };
        let transport = HttpTransport::new().map_err(|error| failure::client(&error.into()))?;
        Ok(Line::new(&url, transport))
    }

    /// The way to the verifier, where one is known; a command that works offline goes on without.
    pub(crate) fn line_if_known(&self) -> Result<Option<Line<HttpTransport>>, Failure> {
        if self.verifier.is_none() && self.wallet.verifier()?.is_none() {
            return Ok(None);
        }
        self.line().map(Some)
    }

    /// Fetches the registry; without a connection the last copy will do, if there is one.
    pub(crate) async fn refresh_registry(&mut self) -> Result<(), Failure> {
        let line = self.line()?;
        let busy = busy("Asking the verifier who may ask …");
        let refreshed = self.wallet.refresh_registry(&line).await;
        busy.finish_and_clear();
        match (refreshed, self.wallet.registry_fetched_at()?) {
            (Err(WalletError::Client(_)), Some(fetched_at)) => {
                self.kept_from = Some(fetched_at);
                Ok(())
            }
            (other, _) => Ok(other?),
        }
    }

    /// That what is shown is what was fetched last, and when; nothing where it was fetched now.
    pub(crate) fn staleness(&self) -> String {
        let kept = self.kept_from.map(|at| {
            let when = words::moment(at, &self.zone, self.lang);
            format!("\nThe verifier could not be reached: this is the list of {when}.\n")
        });
        kept.unwrap_or_default()
    }

    /// The consents of these ids.
    pub(crate) fn grants_of(&self, ids: &[Jti]) -> Result<Vec<Grant>, Failure> {
        let all = ids
            .iter()
            .map(|id| self.wallet.grant_called(&id.to_string()));
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Shows who looked, whatever the command was: every look once as new.
    pub(crate) fn tell(&mut self, outcome: Outcome, json: bool) -> Outcome {
        let looks = match self.wallet.new_looks() {
            // A vault that failed has its own story, which is the answer already.
            Err(_) if outcome.is_err() => return outcome,
            looks => looks?,
        };
        if looks.is_empty() {
            return outcome;
        }
        if !json {
            let text = looks::new(&looks, self.lang, &self.zone);
            print::aside(text.trim_end());
        } else if outcome.is_err() {
            // A failure has no place for them; they stay new.
            return outcome;
        }
        match self.wallet.mark_shown(&looks) {
            Err(_) if outcome.is_err() => return outcome,
            marked => marked?,
        }
        outcome.map(|mut answer| {
            if let Some(object) = answer.json.as_object_mut() {
                object.entry("looked").or_insert_with(|| json!(looks));
            }
            answer
        })
    }

    /// Fetches every offer; without a connection the last copy will do, if there is a registry to hold it to.
    pub(crate) async fn refresh_offers(&mut self) -> Result<(), Failure> {
        self.refresh_registry().await?;
        let line = self.line()?;
        match self.wallet.refresh_offers(&line).await {
            Err(WalletError::Client(_)) => {
                self.kept_from = self.kept_from.or(self.wallet.registry_fetched_at()?);
                Ok(())
            }
            other => Ok(other?),
        }
    }

    /// Says aloud what was found against the verifier, whatever the command was.
    pub(crate) fn shout(&self, outcome: Outcome, json: bool) -> Outcome {
        let found = match self.wallet.unseen_evidence() {
            Err(_) if outcome.is_err() => return outcome,
            found => found?,
        };
        if found.is_empty() {
            return outcome;
        }
        if !json {
            // Not part of the answer, so that scripts that read it are not disturbed.
            print::aside(&words::evidence(&found, &self.zone, self.lang));
        }
        outcome.map(|mut answer| {
            if let Some(object) = answer.json.as_object_mut() {
                object.insert("evidence".into(), json!(found));
            }
            answer
        })
    }
}

/// Where the vault is.
pub(crate) fn place(common: &Common) -> Result<PathBuf, Failure> {
    common
        .vault
        .clone()
        .or_else(wallet_app::default_vault)
        .ok_or_else(|| {
            Failure::new(
                Exit::Usage,
                "no_place",
                "There is no folder for your data on this computer.",
                "Say where the vault is with --vault FILE.",
            )
        })
}

/// What was typed, made fit for use.
pub(crate) fn passphrase(typed: &str) -> Result<Passphrase, Failure> {
    Passphrase::new(typed).map_err(|error| failure::passphrase(&error))
}

/// Shows that something takes its time; nothing where nobody watches.
pub(crate) fn busy(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(what);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
