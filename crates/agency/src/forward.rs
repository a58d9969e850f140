//! Handing a share on to another agency that the consent names (PROTOCOL section 2, `forward`). The statement
//! that says so is on the log before anything is sealed for the other agency, and what is sealed is bound to
//! that statement. What travels is one file, by whatever way the two agencies have; the verifier never sees it.

use consent_token::{
    Refusal,
    id::{AgencyId, UnixSeconds},
    jws,
    statement::{AgencyAct, AgencyStatement, Statement, UnverifiedStatement},
    term::Action,
    token::{self, VerifiedToken},
};
use protocol::{
    Registry, Transport, Version1, receipt,
    share::{Envelope, KemKey, Share, ShareError},
};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use zeroize::Zeroizing;

use crate::{AgencyError, Identity, Online, Opened, Pins, random};

/// What one agency hands to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    v: u32,
    /// The consent token.
    token: String,
    /// The `forward` statement, which is what the envelope is bound to.
    statement: String,
    /// The tlog-proof of the statement.
    proof: String,
    envelope: Envelope,
}

/// What was handed over, opened.
#[derive(Debug)]
pub struct Received {
    /// The consent behind it.
    pub token: VerifiedToken,
    /// Who handed it on, and why.
    pub statement: AgencyStatement,
    /// What was handed on.
    pub share: Share,
}

/// To whom, what, by whom and why.
#[derive(Clone, Debug)]
pub struct Passing<'a> {
    /// The other agency.
    pub to: &'a AgencyId,
    /// The data paths; everything that was read, where none is named.
    pub paths: Vec<String>,
    /// Who hands it on: a pseudonym.
    pub actor: String,
    /// Why; the person sees it.
    pub reason: String,
}

impl<T: Transport> Online<'_, T> {
    /// Puts the handing on on record, and seals what was read for the other agency.
    ///
    /// # Errors
    /// [`AgencyError::Unsignable`] where the consent does not allow it, [`AgencyError::UnknownRecipient`] where
    /// the registry has no key of the other agency, [`AgencyError::Client`] with the verifier's refusal,
    /// [`AgencyError::Receipt`]; nothing was sealed then.
    pub async fn forward(
        &self,
        opened: &Opened,
        passing: Passing<'_>,
        registry: &Registry,
        now: UnixSeconds,
    ) -> Result<Handover, AgencyError> {
        let consent = &opened.token.claims().consent;
        let named = consent
            .recipients
            .iter()
            .flatten()
            .any(|named| named == passing.to);
        if !named || !consent.actions.contains(&Action::Forward) {
            return Err(AgencyError::NotARecipient(passing.to.to_string()));
        }
        let key = key_of(registry, passing.to)?;
        let share = part_of(&opened.share, &passing.paths, now)?;
        let act = AgencyAct::Forward {
            to: passing.to.clone(),
            actor: passing.actor,
            reason: passing.reason,
            datatypes: share.fields.keys().cloned().collect(),
        };
        let recorded = self.state(opened.token.claims().jti, act, now).await?;
        let randomness = Zeroizing::new(random::bytes()?);
        let envelope = share.seal(&recorded.compact, &key, &randomness)?;
        Ok(Handover {
            v: 1,
            token: opened.token.compact().to_owned(),
            statement: recorded.compact,
            proof: recorded.receipt.proof,
            envelope,
        })
    }
}

fn key_of(registry: &Registry, agency: &AgencyId) -> Result<KemKey, AgencyError> {
    let listed = registry.agency(agency).filter(|agency| agency.is_active());
    let key = listed.and_then(|agency| KemKey::preferred(&agency.jwks).ok().flatten());
    key.ok_or_else(|| AgencyError::UnknownRecipient(agency.to_string()))
}

fn part_of(share: &Share, paths: &[String], now: UnixSeconds) -> Result<Share, AgencyError> {
    if paths.is_empty() {
        return Ok(Share::new(share.revision, share.fields.clone(), now));
    }
    let field = |path: &String| {
        let value = share.fields.get(path).ok_or(ShareError::OtherFields)?;
        Ok((path.clone(), value.clone()))
    };
    let fields: Result<Map<_, _>, ShareError> = paths.iter().map(field).collect();
    Ok(Share::new(share.revision, fields?, now))
}

impl Handover {
    /// Reads a handover.
    ///
    /// # Errors
    /// [`AgencyError::Share`] for what is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, AgencyError> {
        let handover: Handover =
            consent_token::json::from_slice(bytes).map_err(|_| ShareError::Malformed)?;
        if handover.v != 1 {
            return Err(ShareError::Malformed.into());
        }
        Envelope::parse(&handover.envelope.to_bytes())?;
        Ok(handover)
    }

    /// The handover as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("texts are plain JSON")
    }

    /// Opens what was handed to `agency`: the consent allows it, the handing on is by the consent's agency, is
    /// on the log, and is to this agency; it holds exactly what the statement names.
    ///
    /// # Errors
    /// [`AgencyError::Unsignable`] with the first refusal of token or statement, [`AgencyError::NotARecipient`],
    /// [`AgencyError::Receipt`], [`AgencyError::Share`].
    pub fn open(
        &self,
        agency: &Identity,
        pins: &Pins,
        registry: &Registry,
    ) -> Result<Received, AgencyError> {
        let token = token::verify(&self.token, &Version1).map_err(AgencyError::Unsignable)?;
        let (claims, consent) = (token.claims(), &token.claims().consent);
        let unverified =
            UnverifiedStatement::parse(&self.statement).map_err(AgencyError::Unsignable)?;
        let key = unverified.kid().parse().ok().and_then(|kid| {
            registry
                .agency(&claims.aud)
                .filter(|agency| agency.is_active())?
                .jwks
                .signing_key(&kid)
        });
        let key = key.ok_or(AgencyError::Unsignable(Refusal::WrongAgencyKey))?;
        let verified = unverified.verify(&key).map_err(AgencyError::Unsignable)?;
        let Statement::Agency(statement) = verified.statement() else {
            return Err(AgencyError::Unsignable(Refusal::WrongType));
        };
        let AgencyAct::Forward { to, datatypes, .. } = &statement.act else {
            return Err(AgencyError::Unsignable(Refusal::WrongType));
        };
        let own = agency.id();
        let named = consent
            .recipients
            .iter()
            .flatten()
            .any(|named| named == own);
        let of_consent = statement.iss == claims.aud && statement.grant == claims.jti;
        if to != own || !named || !of_consent || !consent.actions.contains(&Action::Forward) {
            return Err(AgencyError::NotARecipient(own.to_string()));
        }
        receipt::verify(&self.proof, &pins.log_key()?, &jws::digest(&self.statement))?;
        let share = self.envelope.open(&self.statement, agency.sealing_keys())?;
        share.expect_fields(datatypes.iter().map(String::as_str))?;
        let statement = statement.clone();
        Ok(Received {
            token,
            statement,
            share,
        })
    }
}
