//! Signing a consent: the citizen's choices become one token, or one for each member of a circle, queued
//! and stored in the same transaction that takes the slots out of the stock.

use consent_token::{
    id::{Jti, UnixSeconds},
    key::Thumbprint,
    request::{AnswerError, Choices as Answer},
    token::{self, Circle as Place, Claims, Consent, StatusRef},
};
use profile::Path;
use protocol::{Registry, Transport, Version1, api::SlotTicket, registry::Agency};

use crate::{
    Line, Party, Review, Wallet, WalletError, circle,
    grant::{self, Grant, Standing, Wish},
    outbox::{self, Parcel},
    review::{self, Asked, JURISDICTION},
    slots,
    warning::never_opens,
};

/// What the citizen chose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Items that were unticked.
    pub without: Vec<Path>,
    /// An end sooner than the latest.
    pub ends_at: Option<UnixSeconds>,
}

/// One token to be signed.
struct Draft {
    agency: Party,
    key: Thumbprint,
    scope: String,
    consent: Consent,
}

impl Wallet {
    /// Signs what was reviewed and queues it, one consent for each agency. Works offline as long as there are
    /// slots in stock.
    ///
    /// # Errors
    /// [`WalletError::Answer`] where a required item is missing or nothing is left,
    /// [`WalletError::EndsInPast`], [`WalletError::EndsTooLate`], [`WalletError::AgencySuspended`],
    /// [`WalletError::NoSlots`]; nothing is signed then.
    pub fn sign(&mut self, review: &Review, choice: &Choice) -> Result<Vec<Grant>, WalletError> {
        let (now, case) = (self.device.now(), self.fresh_id()?);
        let ends_at = choice.ends_at.unwrap_or(review.ends_at);
        let latest = if review.answer_by.is_some() {
            review.ends_at
        } else {
            token::latest_exp(now)
        };
        review::check_end(ends_at, now, latest.max(review.ends_at))?;
        if review.answer_by.is_some_and(|answer_by| answer_by <= now) {
            return Err(consent_token::Refusal::Expired.into());
        }
        let drafts = drafts(&self.registry()?, review, choice, case)?;
        let slots = self.pick_slots(drafts.len())?;
        let mut grants = Vec::new();
        for (draft, slot) in drafts.into_iter().zip(slots) {
            grants.push(self.sign_one(review, draft, slot, ends_at)?);
        }
        self.store(&grants, review, now)?;
        Ok(grants)
    }

    /// Signs as [`Wallet::sign`] does, and fetches slots first where the stock does not suffice.
    ///
    /// # Errors
    /// As [`Wallet::sign`], and [`WalletError::VerifierChanged`]. An unreachable verifier is
    /// [`WalletError::NoSlots`] only where the stock is empty.
    pub async fn sign_online<T: Transport>(
        &mut self,
        line: &Line<T>,
        review: &Review,
        choice: &Choice,
    ) -> Result<Vec<Grant>, WalletError> {
        match self.sign(review, choice) {
            Err(WalletError::NoSlots { needed, in_stock }) => {
                self.restock(line, needed, in_stock).await?;
                self.sign(review, choice)
            }
            other => other,
        }
    }

    /// Fetches the slots that are missing; without a connection they stay missing.
    pub(crate) async fn restock<T: Transport>(
        &mut self,
        line: &Line<T>,
        needed: usize,
        in_stock: usize,
    ) -> Result<(), WalletError> {
        match self.connect(line).await {
            Err(WalletError::Client(_)) => Err(WalletError::NoSlots { needed, in_stock }),
            Err(error) => Err(error),
            Ok(verifier) => self.refill(line, &verifier, needed).await,
        }
    }

    fn sign_one(
        &mut self,
        review: &Review,
        draft: Draft,
        slot: SlotTicket,
        ends_at: UnixSeconds,
    ) -> Result<Grant, WalletError> {
        let (key, id, now) = (
            self.holder_key(&draft.scope)?,
            self.fresh_id()?,
            self.device.now(),
        );
        let request = match &review.asked {
            Asked::Request(request, _) => Some(request),
            Asked::Direct(_) => None,
        };
        let answers = request.map(|request| request.request().jti);
        let claims = Claims {
            iss: key.holder_uri(),
            sub_jwk: key.public().jwk(),
            aud: draft.agency.id.clone(),
            jti: id,
            iat: now,
            nbf: now,
            exp: ends_at,
            jkt: draft.key,
            status: status_ref(&slot)?,
            consent: draft.consent.clone(),
            req: answers,
        };
        Ok(Grant {
            id,
            token: token::sign(&claims, &key)?,
            agency: draft.agency.id,
            agency_name: draft.agency.name,
            scope: draft.scope,
            consent: draft.consent,
            agency_key: draft.key,
            signed_at: now,
            ends_at,
            notice: review.notice.clone(),
            answers,
            request: request.map(|request| request.compact().to_owned()),
            slot,
            seq: 0,
            standing: Standing::Unregistered,
            wish: Wish::InForce,
            receipts: Vec::new(),
            refusals: Vec::new(),
            published: None,
            replaces: None,
        })
    }

    /// Consents, queue and stock change together or not at all.
    fn store(
        &mut self,
        grants: &[Grant],
        review: &Review,
        now: UnixSeconds,
    ) -> Result<(), WalletError> {
        let answer = match &review.asked {
            Asked::Request(request, _) => request
                .request()
                .response_uri
                .as_ref()
                .map(|uri| (request.request(), uri)),
            Asked::Direct(_) => None,
        };
        self.vault.transaction(|changes| {
            for grant in grants {
                slots::take(changes, &grant.slot)?;
                grant::put(changes, grant)?;
                outbox::push(changes, now, grant.id, Parcel::Register)?;
            }
            let asking = grants.iter().find(|grant| grant.agency == review.agency.id);
            if let (Some((request, uri)), Some(grant)) = (answer, asking) {
                let parcel = Parcel::Deliver {
                    uri: uri.to_string(),
                    state: request.state.clone(),
                    until: request.exp,
                };
                outbox::push(changes, now, grant.id, parcel)?;
            }
            Ok(())
        })
    }

    /// Signs a consent that never was registered once more, for a fresh slot.
    pub(crate) fn resign(&mut self, mut grant: Grant) -> Result<Grant, WalletError> {
        let slot = self.pick_slots(1)?.pop().ok_or(WalletError::NoSlots {
            needed: 1,
            in_stock: 0,
        })?;
        let mut claims = token::verify(&grant.token, &Version1)?.claims().clone();
        claims.status = status_ref(&slot)?;
        grant.token = token::sign(&claims, &self.holder_key(&grant.scope)?)?;
        grant.slot = slot;
        self.vault.transaction(|changes| {
            slots::take(changes, &grant.slot)?;
            grant::put(changes, &grant)
        })?;
        Ok(grant)
    }
}

pub(crate) fn status_ref(slot: &SlotTicket) -> Result<StatusRef, WalletError> {
    let uri = slot
        .uri
        .parse()
        .map_err(|_| WalletError::NotAVerifier(slot.uri.clone()))?;
    Ok(StatusRef { idx: slot.idx, uri })
}

/// The consents to sign, by what the registry says now.
fn drafts(
    registry: &Registry,
    review: &Review,
    choice: &Choice,
    case: Jti,
) -> Result<Vec<Draft>, WalletError> {
    let agency = review::active(registry, &review.agency.id)?;
    let consent = consent(review, choice, case)?;
    match &consent.circle {
        Some(place) => circle_drafts(registry, agency, &consent, place),
        None => Ok(vec![draft(agency, agency.id.as_str(), consent)?]),
    }
}

/// The consent that the choices leave: never more than was asked, never less than is required.
fn consent(review: &Review, choice: &Choice, case: Jti) -> Result<Consent, WalletError> {
    let kept: Vec<String> = review
        .items
        .iter()
        .map(|item| &item.path)
        .filter(|path| !choice.without.contains(path))
        .map(Path::to_string)
        .collect();
    if let Some(path) = choice
        .without
        .iter()
        .find(|path| review.items.iter().all(|item| item.path != **path))
    {
        return Err(AnswerError::NotRequested(path.to_string()).into());
    }
    let mut consent = match &review.asked {
        Asked::Direct(consent) => Consent {
            datatypes: kept,
            ..(**consent).clone()
        },
        Asked::Request(request, lang) => {
            let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
            let jurisdiction = JURISDICTION
                .parse()
                .expect("the constant is an ISO 3166 code");
            request.answer(&Answer {
                datatypes: &kept,
                lang,
                jurisdiction: Some(&jurisdiction),
                case: Some(case),
            })?
        }
    };
    consent.datatypes.retain(|path| {
        path.parse::<Path>()
            .is_ok_and(|path| !never_opens(&path, consent.release))
    });
    if consent.datatypes.is_empty() {
        Err(AnswerError::NothingChosen.into())
    } else {
        Ok(consent)
    }
}

fn circle_drafts(
    registry: &Registry,
    asking: &Agency,
    consent: &Consent,
    place: &Place,
) -> Result<Vec<Draft>, WalletError> {
    let circle = circle::find(registry, asking, &place.id)?;
    let shares = circle::divide(registry, circle, &consent.datatypes, consent.release);
    if shares.is_empty() {
        return Err(AnswerError::NothingChosen.into());
    }
    let own = |share: circle::Share<'_>| {
        let place = Place {
            tier: share.tier,
            ..place.clone()
        };
        draft(
            share.agency,
            &circle.id,
            Consent {
                datatypes: share.datatypes,
                circle: Some(place),
                ..consent.clone()
            },
        )
    };
    shares.into_iter().map(own).collect()
}

fn draft(agency: &Agency, scope: &str, consent: Consent) -> Result<Draft, WalletError> {
    let key = agency
        .current_key()
        .ok_or_else(|| WalletError::UnknownAgency(agency.id.clone()))?;
    let lang = consent.notice.lang.as_str().parse().unwrap_or_default();
    Ok(Draft {
        agency: Party::new(agency, lang),
        key: key.thumbprint(),
        scope: scope.to_owned(),
        consent,
    })
}
