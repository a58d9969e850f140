//! Narrowing (PROTOCOL section 4): a new consent over less data or less time that revokes the old one in
//! the same request. Either both happen or neither does; until then the old one stays as it was.

use consent_token::{
    id::{Jti, UnixSeconds},
    request::AnswerError,
    statement::HolderAct,
    token::{self, Claims, Consent},
};
use protocol::{Transport, api::Receipt};
use serde::{Deserialize, Serialize};
use vault::Changes;

use crate::{
    Choice, EvidenceKind, Line, Verifier, Wallet, WalletError,
    grant::{self, Grant, Standing, State, Wish},
    heads::Seen,
    outbox::{self, Act, Parcel},
    receipts,
    receive::{recorded, wish_of},
    review::{active, check_end, kept_request},
    sign::status_ref,
    slots,
};

/// The consent that a narrower one takes the place of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    /// Which.
    pub grant: Jti,
    /// The `revoke` statement that goes with the new consent, a compact JWS.
    pub statement: String,
}

/// What becomes of the old consent, in the transaction that keeps the new one's receipt.
pub(crate) struct Settled {
    old: Grant,
    parcels: Vec<Parcel>,
    seen: Option<Seen>,
    at: UnixSeconds,
}

impl Settled {
    pub(crate) fn store(self, changes: &mut Changes<'_>) -> Result<(), WalletError> {
        grant::put(changes, &self.old)?;
        for parcel in self.parcels {
            outbox::push(changes, self.at, self.old.id, parcel)?;
        }
        match &self.seen {
            Some(seen) => Wallet::note_head(changes, seen),
            None => Ok(()),
        }
    }
}

impl Wallet {
    /// Signs a narrower consent in place of one that is in force, and queues it. Works offline as long as
    /// there are slots in stock.
    ///
    /// # Errors
    /// [`WalletError::GrantEnded`], [`WalletError::NotRegistered`], [`WalletError::GrantPaused`],
    /// [`WalletError::NotNarrower`], [`WalletError::Answer`] where a required item would be missing or nothing
    /// is left, [`WalletError::EndsInPast`], [`WalletError::EndsTooLate`], [`WalletError::AgencySuspended`],
    /// [`WalletError::NoSlots`]; nothing is signed then.
    pub fn narrow(&mut self, id: &Jti, choice: &Choice) -> Result<Grant, WalletError> {
        let (mut old, now) = (self.grant_of(id)?, self.device.now());
        let ends_at = choice.ends_at.unwrap_or(old.ends_at);
        may_be_narrowed(&old, now)?;
        check_end(ends_at, now, old.ends_at)?;
        let registry = self.registry()?;
        let asked = old.request.as_deref();
        let asked = asked.and_then(|asked| kept_request(&registry, asked, old.signed_at));
        let required = asked.map_or(Vec::new(), |asked| asked.consent.required);
        let consent = narrower(&old, &required, choice)?;
        if consent == old.consent && ends_at == old.ends_at {
            return Err(WalletError::NotNarrower);
        }
        let agency = active(&registry, &old.agency)?;
        let agency_key = agency.current_key();
        let agency_key =
            agency_key.ok_or_else(|| WalletError::UnknownAgency(old.agency.clone()))?;
        let slot = self.pick_slots(1)?.pop().ok_or(WalletError::NoSlots {
            needed: 1,
            in_stock: 0,
        })?;
        let statement = self.sign_statement(&mut old, HolderAct::Revoke { reason: None })?;
        let (key, jti) = (self.holder_key(&old.scope)?, self.fresh_id()?);
        let claims = Claims {
            iss: key.holder_uri(),
            sub_jwk: key.public().jwk(),
            aud: old.agency.clone(),
            jti,
            iat: now,
            nbf: now,
            exp: ends_at,
            jkt: agency_key.thumbprint(),
            status: status_ref(&slot)?,
            consent: consent.clone(),
            req: old.answers,
        };
        let new = Grant {
            id: jti,
            token: token::sign(&claims, &key)?,
            consent,
            agency_key: claims.jkt,
            signed_at: now,
            ends_at,
            slot,
            seq: 0,
            standing: Standing::Unregistered,
            wish: Wish::InForce,
            receipts: Vec::new(),
            refusals: Vec::new(),
            published: None,
            replaces: Some(Replaces {
                grant: old.id,
                statement,
            }),
            ..old.clone()
        };
        old.wish = Wish::Ended;
        self.vault.transaction(|changes| {
            slots::take(changes, &new.slot)?;
            grant::put(changes, &old)?;
            grant::put(changes, &new)?;
            outbox::push(changes, now, new.id, Parcel::Register)
        })?;
        Ok(new)
    }

    /// Narrows as [`Wallet::narrow`] does, and fetches a slot first where the stock is empty.
    ///
    /// # Errors
    /// As [`Wallet::narrow`], and [`WalletError::VerifierChanged`].
    pub async fn narrow_online<T: Transport>(
        &mut self,
        line: &Line<T>,
        id: &Jti,
        choice: &Choice,
    ) -> Result<Grant, WalletError> {
        match self.narrow(id, choice) {
            Err(WalletError::NoSlots { needed, in_stock }) => {
                self.restock(line, needed, in_stock).await?;
                self.narrow(id, choice)
            }
            other => other,
        }
    }

    /// The narrower consent that waits to take the place of `old`.
    pub(crate) fn narrowing_of(&self, old: &Jti) -> Result<Option<Grant>, WalletError> {
        let waits = |grant: &Grant| {
            grant.standing == Standing::Unregistered
                && grant.replaces.as_ref().is_some_and(|of| of.grant == *old)
        };
        Ok(self.grants()?.into_iter().find(waits))
    }

    /// What waits for a consent, a revocation by its successor among it.
    pub(crate) fn waiting_acts(&self, id: &Jti) -> Result<Vec<Act>, WalletError> {
        let mut acts: Vec<Act> = self
            .outbox_of(id)?
            .iter()
            .map(|(_, item)| item.parcel.act())
            .collect();
        acts.extend(self.narrowing_of(id)?.map(|_| Act::Revoke));
        Ok(acts)
    }

    /// The old consent as it stands when its successor `new` will not come.
    pub(crate) fn unreplaced(&self, new: &Grant) -> Result<Option<Grant>, WalletError> {
        let Some(replaces) = &new.replaces else {
            return Ok(None);
        };
        let mut old = self.grant_of(&replaces.grant)?;
        let acts: Vec<Act> = self
            .outbox_of(&old.id)?
            .iter()
            .map(|(_, item)| item.parcel.act())
            .collect();
        old.wish = wish_of(old.standing, &acts, Wish::InForce);
        Ok(Some(old))
    }

    /// Deals with the old consent once the new one is registered. Where its revocation came without a proof
    /// that holds, the revocation is sent on its own.
    pub(crate) fn settle_replaced(
        &mut self,
        verifier: &Verifier,
        new: &Grant,
        receipt: &Receipt,
    ) -> Result<Option<Settled>, WalletError> {
        let Some(replaces) = new.replaces.clone() else {
            return Ok(None);
        };
        let (mut old, at) = (self.grant_of(&replaces.grant)?, self.device.now());
        if old.is_over() {
            return Ok(None);
        }
        let (log, place) = (verifier.log_key()?, old.place()?);
        let effect = old.effect(Act::Revoke)?;
        let own = receipt.replaced.as_ref().filter(|own| own.grant == old.id);
        let proven = own.and_then(|own| {
            let proven = receipts::check(&own.proof, &log, &replaces.statement, &effect)
                .or_else(|_| receipts::check_revoked(&own.proof, &log, place));
            Some((proven.ok()?, own.proof.clone()))
        });
        let mut parcels = Vec::new();
        let mut seen = None;
        old.wish = Wish::Ended;
        if let Some((proven, proof)) = proven {
            old.standing = Standing::Revoked;
            let kept = recorded(Act::Revoke, &replaces.statement, &proven, &proof);
            old.receipts.push(kept);
            seen = Some(Seen::new(proven.head, proven.note));
        } else {
            let finding = format!(
                "consent {} was narrowed without a proof that it is revoked",
                old.id
            );
            let exhibits = own.map(|own| own.proof.clone());
            let exhibits = [replaces.statement.clone()]
                .into_iter()
                .chain(exhibits)
                .collect();
            self.keep_evidence(EvidenceKind::WrongProof, finding, exhibits)?;
            parcels.push(Parcel::Statement {
                act: Act::Revoke,
                jws: replaces.statement,
            });
        }
        let jws = self.sign_statement(&mut old, HolderAct::EraseRequest)?;
        parcels.push(Parcel::Statement {
            act: Act::EraseRequest,
            jws,
        });
        Ok(Some(Settled {
            old,
            parcels,
            seen,
            at,
        }))
    }
}

/// Only what is in force can be narrowed: a new consent in place of a paused one would end the pause.
fn may_be_narrowed(old: &Grant, now: UnixSeconds) -> Result<(), WalletError> {
    if old.wish == Wish::Ended {
        return Err(WalletError::GrantEnded);
    }
    match old.state(now) {
        State::Waiting => Err(WalletError::NotRegistered),
        State::Valid if old.wish == Wish::InForce => Ok(()),
        State::Valid | State::Suspended => Err(WalletError::GrantPaused),
        State::Revoked | State::Expired | State::Refused => Err(WalletError::GrantEnded),
    }
}

/// The old consent without some of its items; those that its request requires stay.
fn narrower(old: &Grant, required: &[String], choice: &Choice) -> Result<Consent, WalletError> {
    let mut consent = old.consent.clone();
    for path in choice.without.iter().map(ToString::to_string) {
        if required.contains(&path) {
            return Err(AnswerError::RequiredMissing(path).into());
        }
        if !old.consent.datatypes.contains(&path) {
            return Err(AnswerError::NotRequested(path).into());
        }
        consent.datatypes.retain(|kept| *kept != path);
    }
    if consent.datatypes.is_empty() {
        return Err(AnswerError::NothingChosen.into());
    }
    Ok(consent)
}
