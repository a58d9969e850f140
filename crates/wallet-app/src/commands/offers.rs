//! Help that agencies offer and that fits. Whether it does is decided on this device; nobody is told.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Agency, InLanguage, Language, Nothing, ReviewView, agencies};
use crate::{App, CommandError};

/// The offers that fit what is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Offers {
    /// In the order in which they were published.
    pub offers: Vec<OfferView>,
}

/// An offer that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OfferView {
    /// Its id.
    pub id: String,
    /// Who offers.
    pub agency: Agency,
    /// Its name.
    pub title: String,
    /// What help it is.
    pub text: String,
    /// Whom it is for, in words: why it is shown.
    pub because: String,
    /// Until when it stands, in seconds.
    pub until: i64,
    /// Whether it was accepted already.
    pub accepted: bool,
}

/// An offer to be read in full.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadOffer {
    /// Its id.
    pub offer: String,
    /// The language to read it in.
    pub lang: Language,
}

/// Names an offer.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ByOffer {
    /// Its id.
    pub offer: String,
}

impl App {
    /// The offers that fit, as of the last contact with the verifier.
    ///
    /// # Errors
    /// `no_registry`, `locked`, and what the vault says.
    pub async fn offers_list(&self, ask: InLanguage) -> Result<Offers, CommandError> {
        let fitting = self.desk().await.wallet()?.offers(ask.lang.into())?;
        let view = |offer: ::wallet::Fitting| OfferView {
            id: offer.id.to_string(),
            agency: agencies::agency(&offer.agency),
            title: offer.title,
            text: offer.text,
            because: offer.because,
            until: offer.until.as_i64(),
            accepted: offer.accepted,
        };
        Ok(Offers {
            offers: fitting.into_iter().map(view).collect(),
        })
    }

    /// Puts the request of an offer into words; it is signed like any other.
    ///
    /// # Errors
    /// `unknown_offer`, and as [`App::request_review`].
    pub async fn offer_review(&self, ask: ReadOffer) -> Result<ReviewView, CommandError> {
        let mut desk = self.desk().await;
        let review = desk.wallet()?.review_offer(&ask.offer, ask.lang.into())?;
        desk.show(review, ask.lang.into(), false)
    }

    /// Does not show an offer again. Nobody is told.
    ///
    /// # Errors
    /// `unknown_offer`, `locked`, and what the vault says.
    pub async fn offer_dismiss(&self, ask: ByOffer) -> Result<Nothing, CommandError> {
        self.desk().await.wallet()?.dismiss_offer(&ask.offer)?;
        Ok(Nothing {})
    }
}
