//! Offers of help (PROTOCOL section 12): all of them are fetched, and whether one fits is decided here. What
//! the verifier sees is that somebody fetched everything, as everybody does.

use std::collections::BTreeSet;

use consent_token::{
    id::{Jti, UnixSeconds},
    request::Lifetime,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use profile::Lang;
use protocol::{Transport, api::Offers, offer::Offer};
use serde::{Deserialize, Serialize};

use crate::{Line, Party, Review, Wallet, WalletError, records};

const KEY: &str = "current";

/// An offer that fits this citizen.
#[derive(Clone, Debug, Serialize)]
pub struct Fitting {
    /// Its id.
    pub id: Jti,
    /// Who offers.
    pub agency: Party,
    /// Its name.
    pub title: String,
    /// What help it is.
    pub text: String,
    /// Why it is shown: whom it is for, in words.
    pub because: String,
    /// Until when it stands.
    pub until: UnixSeconds,
    /// Whether it was accepted already.
    pub accepted: bool,
}

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    etag: Option<String>,
    offers: Vec<String>,
    /// Offers that the citizen does not want to see again.
    #[serde(default)]
    dismissed: BTreeSet<Jti>,
}

impl Wallet {
    /// The offers that fit what is written down, as of the last contact. Nothing is sent.
    ///
    /// # Errors
    /// [`WalletError::Vault`], [`WalletError::Record`], [`WalletError::NoRegistry`].
    pub fn offers(&mut self, lang: Lang) -> Result<Vec<Fitting>, WalletError> {
        let (registry, now) = (self.registry()?, self.device.now());
        let (profile, grants) = (self.profile()?, self.grants()?);
        let mut fitting = Vec::new();
        let dismissed = self.kept_offers()?.dismissed;
        let mut standing = self.standing_offers(now)?;
        standing.retain(|offer| !dismissed.contains(&offer.jti));
        for offer in standing {
            let Some(agency) = registry.agency(&offer.iss) else {
                continue;
            };
            if !offer.rule.fits(&profile, day(now)) {
                continue;
            }
            let answered = grants
                .iter()
                .any(|grant| grant.request.as_ref() == Some(&offer.request));
            fitting.push(Fitting {
                id: offer.jti,
                agency: Party::new(agency, lang),
                title: words(&offer.title, lang),
                text: words(&offer.text, lang),
                because: offer.rule.explain(lang),
                until: offer.exp,
                accepted: answered,
            });
        }
        Ok(fitting)
    }

    /// The request of an offer, in words. Accepting it is signing it, like any request.
    ///
    /// # Errors
    /// [`WalletError::UnknownOffer`], and as [`Wallet::review`].
    pub fn review_offer(&mut self, id: &str, lang: Lang) -> Result<Review, WalletError> {
        let offer = self.offer_called(id)?;
        self.review_lasting(&offer.request, lang, Lifetime::Offer)
    }

    /// Does not show an offer again. Nobody is told.
    ///
    /// # Errors
    /// [`WalletError::UnknownOffer`], [`WalletError::Vault`], [`WalletError::Record`].
    pub fn dismiss_offer(&mut self, id: &str) -> Result<Jti, WalletError> {
        let offer = self.offer_called(id)?.jti;
        let mut kept = self.kept_offers()?;
        kept.dismissed.insert(offer);
        self.keep_offers(&kept)?;
        Ok(offer)
    }

    /// The only standing offer whose id is or begins like that.
    fn offer_called(&mut self, id: &str) -> Result<Offer, WalletError> {
        let now = self.device.now();
        let mut named = self
            .standing_offers(now)?
            .into_iter()
            .filter(|offer| !id.is_empty() && offer.jti.to_string().starts_with(id));
        match (named.next(), named.next()) {
            (Some(offer), None) => Ok(offer),
            _ => Err(WalletError::UnknownOffer(id.to_owned())),
        }
    }

    /// Those of the fetched offers whose agency, time and rule hold.
    fn standing_offers(&self, now: UnixSeconds) -> Result<Vec<Offer>, WalletError> {
        let registry = self.registry()?;
        let kept = self.kept_offers()?.offers;
        Ok(kept
            .iter()
            .filter_map(|jws| Offer::verify(jws, &registry, now).ok())
            .collect())
    }

    fn kept_offers(&self) -> Result<Kept, WalletError> {
        Ok(records::read(&self.vault, records::OFFER, KEY)?.unwrap_or_default())
    }

    /// Fetches all offers, where they changed.
    ///
    /// # Errors
    /// [`WalletError::Client`], [`WalletError::NotAVerifier`]; the copy from before stays.
    pub async fn refresh_offers<T: Transport>(
        &mut self,
        line: &Line<T>,
    ) -> Result<(), WalletError> {
        let kept = self.kept_offers()?;
        let url = line.client.url("/v1/offers");
        let Some(tagged) = line.client.document(&url, kept.etag.as_deref()).await? else {
            return Ok(());
        };
        let offers: Offers = serde_json::from_str(&tagged.body)
            .map_err(|_| WalletError::NotAVerifier(line.url().to_owned()))?;
        self.keep_offers(&Kept {
            etag: tagged.etag,
            offers: offers.offers,
            dismissed: kept.dismissed,
        })
    }

    fn keep_offers(&mut self, kept: &Kept) -> Result<(), WalletError> {
        self.vault
            .transaction(|changes| records::put(changes, records::OFFER, KEY, kept))
    }
}

fn words(
    texts: &std::collections::BTreeMap<consent_token::term::Language, String>,
    lang: Lang,
) -> String {
    let of = |wanted: Lang| {
        let tagged = texts
            .iter()
            .find(|(tag, _)| tag.as_str().parse() == Ok(wanted));
        tagged.map(|(_, text)| text.clone())
    };
    let first = || texts.values().next().cloned();
    of(lang)
        .or_else(|| of(Lang::En))
        .or_else(first)
        .unwrap_or_default()
}

fn day(now: UnixSeconds) -> Date {
    let time = Timestamp::from_second(now.as_i64()).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(time).date()
}
