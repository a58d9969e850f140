//! Reading what a person shared (PROTOCOL sections 6 and 7): an `access` or `open` statement is on the log
//! before the first byte comes, the share is opened with the agency's own key, and one that the person did not
//! announce, or that holds other fields than the consent names, is refused whole.

use consent_token::{
    id::{Jti, UnixSeconds},
    jws,
    statement::{self, AgencyAct, AgencyStatement},
    term::{Action, Release},
    token::{self, VerifiedToken},
};
use protocol::{
    Credential, Transport, Version1,
    api::{Case, HistoryItem},
    client::{Reading, Sealed},
    dpop, receipt,
    share::{Announced, Part, Share, locator_paths},
};

use crate::{AgencyError, Online, Recorded, random};

/// A share that was read, on record.
#[derive(Debug)]
pub struct Opened {
    /// The consent behind it.
    pub token: VerifiedToken,
    /// Which part of the share it is.
    pub part: Part,
    /// What was read.
    pub share: Share,
    /// What the person announced it by; [`crate::Record::read`] holds it against what was read before.
    pub announced: Announced,
    /// The statement under which it was read.
    pub recorded: Recorded,
}

/// What an `access` statement says is looked at: what was asked for, else all of it; of what waits for an
/// incident the locator.
#[must_use]
pub fn looked_at(token: &VerifiedToken, asked: &[String]) -> Vec<String> {
    let consent = &token.claims().consent;
    if !asked.is_empty() {
        return asked.to_vec();
    }
    match consent.release {
        Release::OnGrant => consent.datatypes.clone(),
        Release::OnIncident => {
            let named = consent.datatypes.iter().map(String::as_str);
            locator_paths(named).map(str::to_owned).collect()
        }
    }
}

impl<T: Transport> Online<'_, T> {
    /// Opens under the opening that is known, as long as it is good; else under a new one.
    ///
    /// # Errors
    /// As [`Online::read`].
    pub async fn open_or_reopen(
        &self,
        token: VerifiedToken,
        act: AgencyAct,
        known: Option<String>,
        now: UnixSeconds,
    ) -> Result<Opened, AgencyError> {
        match known {
            Some(compact) => self.read_again(token, compact, now).await,
            None => self.read(token, act, now).await,
        }
    }

    /// The consent token of a grant addressed to the agency, verified.
    ///
    /// # Errors
    /// [`AgencyError::Client`], with `unknown_grant` for one that is not addressed to it, and
    /// [`AgencyError::NotAVerifier`] where the answer is another token.
    pub async fn token_of(
        &self,
        grant: &Jti,
        now: UnixSeconds,
    ) -> Result<VerifiedToken, AgencyError> {
        let history = self.history_of(grant, now).await?;
        let mut tokens = history
            .iter()
            .filter_map(|jws| token::verify(jws, &Version1).ok());
        let own = |token: &VerifiedToken| {
            token.claims().jti == *grant && token.claims().aud == *self.agency.id()
        };
        tokens
            .find(own)
            .ok_or_else(|| AgencyError::NotAVerifier(self.pins.url.clone()))
    }

    /// Every act on a grant addressed to the agency: the token first, then statements, as compact JWS.
    ///
    /// # Errors
    /// [`AgencyError::Client`].
    pub async fn history_of(
        &self,
        grant: &Jti,
        now: UnixSeconds,
    ) -> Result<Vec<String>, AgencyError> {
        let path = format!("/v1/grants/{grant}");
        let proof = self.proof("GET", &path, None, now)?;
        let history = self.client.grant(grant, &Credential::Dpop(proof)).await?;
        Ok(history.history.into_iter().map(|item| item.jws).collect())
    }

    /// The same with a proof for each that it is in the log, every one of them verified.
    ///
    /// # Errors
    /// [`AgencyError::Client`], and [`AgencyError::Receipt`] where a proof does not hold.
    pub async fn proven_history_of(
        &self,
        grant: &Jti,
        now: UnixSeconds,
    ) -> Result<Vec<HistoryItem>, AgencyError> {
        let path = format!("/v1/grants/{grant}");
        let proof = self.proof("GET", &path, None, now)?;
        let history = self.client.grant(grant, &Credential::Dpop(proof)).await?;
        let log = self.pins.log_key()?;
        for item in &history.history {
            receipt::verify(&item.proof, &log, &jws::digest(&item.jws))?;
        }
        Ok(history.history)
    }

    /// Who serves a case of a circle with the agency: that of its `grant`, or of the first one that it has in it.
    ///
    /// # Errors
    /// [`AgencyError::Client`], with `unknown_grant` where the agency does not serve it.
    pub async fn case(
        &self,
        case: &Jti,
        grant: Option<&Jti>,
        now: UnixSeconds,
    ) -> Result<Case, AgencyError> {
        let path = format!("/v1/agency/cases/{case}");
        let credential = self.credential("GET", &path, now).await?;
        Ok(self.client.case(case, grant, &credential).await?)
    }

    /// Reads under a fresh statement: `access` for what is read on grant, `open` for what waits for an incident.
    ///
    /// # Errors
    /// [`AgencyError::NoReading`] where the consent does not allow to read, and nothing is on record then;
    /// [`AgencyError::Client`] with the verifier's refusal; [`AgencyError::Receipt`] where the statement is
    /// not proven to be on record; [`AgencyError::Share`] where the share is not the one that the person
    /// announced, or cannot be opened or used.
    pub async fn read(
        &self,
        token: VerifiedToken,
        act: AgencyAct,
        now: UnixSeconds,
    ) -> Result<Opened, AgencyError> {
        let statement = AgencyStatement {
            iss: self.agency.id().clone(),
            jti: random::jti()?,
            iat: now,
            grant: token.claims().jti,
            act,
        };
        let compact = statement::sign_agency(&statement, self.agency.key())
            .map_err(AgencyError::Unsignable)?;
        self.read_under(token, &statement, compact, now).await
    }

    /// Reads again under an opening that was recorded before, for the same incident.
    ///
    /// # Errors
    /// As [`Online::read`]; `statement_over` two hours after it was recorded.
    pub async fn read_again(
        &self,
        token: VerifiedToken,
        compact: String,
        now: UnixSeconds,
    ) -> Result<Opened, AgencyError> {
        let unverified = statement::UnverifiedStatement::parse(&compact);
        let verified = unverified.and_then(|read| read.verify(&self.agency.key().public()));
        let verified = verified.map_err(AgencyError::Unsignable)?;
        let statement::Statement::Agency(statement) = verified.statement().clone() else {
            return Err(AgencyError::Unsignable(consent_token::Refusal::WrongType));
        };
        self.read_under(token, &statement, compact, now).await
    }

    async fn read_under(
        &self,
        token: VerifiedToken,
        statement: &AgencyStatement,
        compact: String,
        now: UnixSeconds,
    ) -> Result<Opened, AgencyError> {
        let grant = token.claims().jti;
        if !token.claims().consent.actions.contains(&Action::Read) {
            return Err(AgencyError::NoReading);
        }
        let path = format!("/v1/grants/{grant}/share");
        let proof = self.proof("GET", &path, Some(token.compact()), now)?;
        let reading = Reading {
            token: token.compact(),
            proof: &proof,
            statement: &compact,
        };
        let sealed = self.client.share(&grant, &reading).await?;
        let log = self.pins.log_key()?;
        let proven = receipt::verify(&sealed.receipt.proof, &log, &jws::digest(&compact))?;
        let part = part(&token, &statement.act);
        let (announced, share) = self.open_sealed(&sealed, &token, part)?;
        Ok(Opened {
            token,
            part,
            share,
            announced,
            recorded: Recorded {
                jti: statement.jti,
                compact,
                receipt: sealed.receipt,
                proven,
            },
        })
    }

    /// Opens what the person announced, and nothing else.
    fn open_sealed(
        &self,
        sealed: &Sealed,
        token: &VerifiedToken,
        part: Part,
    ) -> Result<(Announced, Share), AgencyError> {
        let announced = Announced::verify(sealed.announcement.as_deref(), token)?;
        announced.expect_bytes(&sealed.bytes)?;
        let keys = self.agency.sealing_keys();
        let share = sealed.envelope.open(token.compact(), keys)?;
        announced.expect_revision(&share)?;
        let consent = &token.claims().consent;
        let named = consent.datatypes.iter().map(String::as_str);
        match part {
            Part::Locator => share.expect_fields(locator_paths(named))?,
            Part::Whole => share.expect_fields(named)?,
        }
        Ok((announced, share))
    }

    pub(crate) fn proof(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        now: UnixSeconds,
    ) -> Result<String, AgencyError> {
        let url = format!("{}{path}", self.pins.issuer);
        let expected = dpop::Expected {
            method,
            url: &url,
            token,
            now,
        };
        Ok(dpop::prove(self.agency.key(), &expected, random::jti()?))
    }
}

/// Which part of a share is read by an act.
fn part(token: &VerifiedToken, act: &AgencyAct) -> Part {
    match (act, token.claims().consent.release) {
        (AgencyAct::Access { .. }, Release::OnIncident) => Part::Locator,
        _ => Part::Whole,
    }
}
