//! Handing a share on to another agency that the consent names (PROTOCOL section 2, `forward`). The statement
//! that says so is on the log before anything is sealed for the other agency, and what is sealed is bound to
//! that statement and signed together with it. What travels are files, by whatever way the two agencies have; the verifier never sees them.

mod receive;
mod reseal;

pub use receive::Received;

use std::io::{self, Read};

use consent_token::{
    id::{AgencyId, UnixSeconds},
    statement::AgencyAct,
    term::Action,
    token::Consent,
};
use protocol::{
    Registry, Transport,
    share::{self, KemKey, Share, ShareError},
    transport::Streaming,
};
use serde_json::Map;
use zeroize::Zeroizing;

use crate::{AgencyError, Named, Online, Opened, attachment::broken, random};
use reseal::Resealing;

/// What one agency hands to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover(share::Handover);

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

/// A handing on that is on record. The files that it names are sealed one by one.
#[derive(Debug)]
pub struct Forwarded {
    /// What the other agency opens.
    pub handover: Handover,
    /// The files that go with it.
    pub attachments: Vec<Named>,
    key: KemKey,
}

/// Whether a consent lets its agency hand `paths` on to `to`, and `to` can open them: known before anything is read.
///
/// # Errors
/// [`AgencyError::NotARecipient`], [`AgencyError::UnknownRecipient`], and [`AgencyError::Share`] for a path that the
/// consent does not have.
pub fn may_forward(
    consent: &Consent,
    paths: &[String],
    to: &AgencyId,
    registry: &Registry,
) -> Result<(), AgencyError> {
    may_reach(consent, to)?;
    let is_named = |path| consent.datatypes.contains(path);
    if !paths.iter().all(is_named) {
        return Err(ShareError::OtherFields.into());
    }
    key_of(registry, to).map(drop)
}

impl<T: Transport> Online<'_, T> {
    /// Puts the handing on on record, and seals what was read for the other agency.
    ///
    /// # Errors
    /// [`AgencyError::NotARecipient`] where the consent does not allow it, [`AgencyError::UnknownRecipient`] where
    /// the registry has no key of the other agency, [`AgencyError::Client`] with the verifier's refusal,
    /// [`AgencyError::Receipt`]; nothing was sealed then.
    pub async fn forward(
        &self,
        opened: &Opened,
        passing: Passing<'_>,
        registry: &Registry,
        now: UnixSeconds,
    ) -> Result<Forwarded, AgencyError> {
        let claims = opened.token.claims();
        may_reach(&claims.consent, passing.to)?;
        let key = key_of(registry, passing.to)?;
        let share = part_of(&opened.share, &passing.paths, now)?;
        let act = AgencyAct::Forward {
            to: passing.to.clone(),
            actor: passing.actor,
            reason: passing.reason,
            datatypes: share.fields.keys().cloned().collect(),
        };
        let recorded = self.state(claims.jti, act, now).await?;
        let randomness = Zeroizing::new(random::bytes()?);
        let envelope = share.seal(&recorded.compact, &key, &randomness)?;
        let handover = share::Handover::sign(
            opened.token.compact().to_owned(),
            (recorded.compact, recorded.receipt.proof),
            envelope,
            self.agency.key(),
        );
        Ok(Forwarded {
            handover: Handover(handover),
            attachments: Named::all_in(&share),
            key,
        })
    }
}

impl<T: Streaming> Online<'_, T> {
    /// Fetches a file that is handed on and seals it for the other agency as it comes: what was opened is never
    /// whole in memory, and never on a disk. What was written to `to` may be used only when this returned `Ok`.
    ///
    /// # Errors
    /// As [`Online::fetch_attachment`].
    pub async fn forward_attachment<W: io::Write + Send>(
        &self,
        opened: &Opened,
        (forwarded, named): (&Forwarded, &Named),
        to: W,
        now: UnixSeconds,
    ) -> Result<W, AgencyError> {
        let path = named.path.to_string();
        let attached = named.attached(&forwarded.handover.0.statement, &path)?;
        let resealing = Resealing::start(attached, &forwarded.key, to)?;
        let resealing = self.fetch_attachment(opened, named, resealing, now).await?;
        resealing.finish()
    }
}

/// Whether the consent lets its agency hand on to `agency`.
fn may_reach(consent: &Consent, agency: &AgencyId) -> Result<(), AgencyError> {
    let mut recipients = consent.recipients.iter().flatten();
    if consent.actions.contains(&Action::Forward) && recipients.any(|named| named == agency) {
        return Ok(());
    }
    Err(AgencyError::NotARecipient(agency.to_string()))
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
    /// Reads a handover, and no more than one can have.
    ///
    /// # Errors
    /// [`AgencyError::Share`] for what is none, [`AgencyError::File`] where it cannot be read.
    pub fn read(from: impl io::Read) -> Result<Self, AgencyError> {
        let mut bytes = Vec::new();
        let mut from = from.take(share::Handover::MAX_BYTES + 1);
        from.read_to_end(&mut bytes).map_err(|e| broken(&e))?;
        Ok(Handover(share::Handover::parse(&bytes)?))
    }

    /// The handover as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }
}
