//! A request on its way from a link to a signature: read, shown, chosen from, signed and sent. What is
//! signed is what was shown last, and nothing else.

mod concern;
mod view;

pub use concern::{Concern, Wider};
pub use view::{CircleView, ItemView, MemberView, ReviewView, TierView};

use ::wallet::{Choice, Direct, Grant, Review, WalletError};
use consent_token::{
    id::{Jti, UnixSeconds},
    term::Release,
};
use profile::{Lang, Path};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{Language, data};
use crate::{App, Code, CommandError, desk::Desk};

/// What a person pasted, opened or scanned.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadRequest {
    /// A link, an address or the request itself.
    pub request: String,
    /// The language to read it in.
    pub lang: Language,
}

/// A consent that nobody asked for.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DirectRequest {
    /// To whom.
    pub agency: String,
    /// What for.
    pub purpose: String,
    /// What.
    pub paths: Vec<String>,
    /// Until when, in seconds.
    pub ends_at: i64,
    /// Only once an emergency is declared.
    pub on_incident: bool,
    /// The language to word it in.
    pub lang: Language,
}

/// The person's choices, and who they are where the settings ask for it.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct SignReviewed {
    /// The number of the review that they read.
    pub review: u32,
    /// What they unticked.
    pub without: Vec<String>,
    /// A sooner end, in seconds.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ends_at: Option<i64>,
    /// The passphrase.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub passphrase: Option<String>,
    /// The person shows the device that they are there, in place of the passphrase.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub by_device: bool,
}

/// What was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Granted {
    /// The consents, that of whoever asked first.
    pub grants: Vec<String>,
    /// How many of them are recorded and proven.
    pub recorded: usize,
    /// Why the others wait.
    pub trouble: Option<Code>,
}

impl App {
    /// Reads a request and puts it into words. Nothing is signed.
    ///
    /// # Errors
    /// `link`, `not_a_request`, `request_…`, `other_agency`, `no_registry`, `locked`, and why it could not be fetched.
    pub async fn request_review(&self, ask: ReadRequest) -> Result<ReviewView, CommandError> {
        let fresh = self
            .talk(|wallet, line| {
                Box::pin(async move {
                    match wallet.refresh_registry(line).await {
                        Ok(()) => Ok(true),
                        Err(WalletError::Client(_)) if wallet.registry_fetched_at()?.is_some() => {
                            Ok(false)
                        }
                        Err(error) => Err(error),
                    }
                })
            })
            .await?;
        let pasted = ask.request;
        let compact = self.talk(move |wallet, line| {
            let pasted = pasted.clone();
            Box::pin(async move { wallet.fetch_request(line, &pasted).await })
        });
        let compact = compact.await?;
        let mut desk = self.desk().await;
        let review = desk.wallet()?.review(&compact, ask.lang.into())?;
        desk.show(review, ask.lang.into(), fresh)
    }

    /// Words a consent that nobody asked for. Nothing is signed.
    ///
    /// # Errors
    /// `unknown_agency`, `agency_suspended`, `unknown_purpose`, `ends_…` and `no_registry`.
    pub async fn direct_review(&self, ask: DirectRequest) -> Result<ReviewView, CommandError> {
        let datatypes: Vec<Path> = paths(&ask.paths)?;
        if datatypes.is_empty() {
            return Err(Code::Answer.at("paths"));
        }
        let direct = Direct {
            agency: ask
                .agency
                .parse()
                .map_err(|_| Code::UnknownAgency.at("agency"))?,
            purpose: ask.purpose,
            datatypes,
            ends_at: moment(ask.ends_at)?,
            release: if ask.on_incident {
                Release::OnIncident
            } else {
                Release::OnGrant
            },
        };
        let mut desk = self.desk().await;
        let review = desk.wallet()?.review_direct(&direct, ask.lang.into())?;
        desk.show(review, ask.lang.into(), false)
    }

    /// Signs what was shown under this number and sends it if the verifier can be reached.
    ///
    /// # Errors
    /// `not_reviewed`, `answer`, `ends_…`, `no_slots`, `request_expired`; `wrong_passphrase`, `too_soon` and
    /// `device_refused` where the settings ask who signs; nothing is signed then.
    pub async fn request_grant(&self, ask: SignReviewed) -> Result<Granted, CommandError> {
        let choice = choice(&ask.without, ask.ends_at)?;
        let review = self.may_sign(&ask).await?;
        let signed = self.talk(move |wallet, line| {
            let (review, choice) = (review.clone(), choice.clone());
            Box::pin(async move { wallet.sign_online(line, &review, &choice).await })
        });
        let ids: Vec<Jti> = signed.await?.iter().map(|grant| grant.id).collect();
        self.desk().await.forget_review(ask.review);
        self.granted(&ids).await
    }

    /// What was read under that number, if whoever signs is who they have to be.
    async fn may_sign(&self, ask: &SignReviewed) -> Result<Review, CommandError> {
        let mut desk = self.desk().await;
        let review = desk.reviewed(ask.review)?;
        if desk.kept_settings()?.ask_to_sign {
            if ask.by_device {
                drop(desk);
                self.prove_by_device().await?;
            } else {
                let typed = ask.passphrase.as_deref().unwrap_or_default();
                self.prove(&mut desk, typed, "passphrase")?;
            }
        }
        Ok(review)
    }

    /// Sends what was signed just now, and tells what became of it.
    pub(super) async fn granted(&self, ids: &[Jti]) -> Result<Granted, CommandError> {
        let trouble = self.send().await?;
        let kept = self.desk().await.wallet()?.grants()?;
        let recorded = |grant: &&Grant| ids.contains(&grant.id) && grant.is_registered();
        Ok(Granted {
            grants: ids.iter().map(ToString::to_string).collect(),
            recorded: kept.iter().filter(recorded).count(),
            trouble,
        })
    }
}

impl Desk {
    /// Keeps a review to be signed, and puts it into words.
    pub(super) fn show(
        &mut self,
        review: Review,
        lang: Lang,
        fresh: bool,
    ) -> Result<ReviewView, CommandError> {
        let asks_to_sign = self.kept_settings()?.ask_to_sign;
        let view = view::view(&review, lang);
        Ok(ReviewView {
            number: self.keep_review(review),
            fresh,
            asks_to_sign,
            ..view
        })
    }
}

/// The person's choices in the wallet's terms.
pub(super) fn choice(without: &[String], ends_at: Option<i64>) -> Result<Choice, CommandError> {
    Ok(Choice {
        without: paths(without)?,
        ends_at: ends_at.map(moment).transpose()?,
    })
}

fn paths(texts: &[String]) -> Result<Vec<Path>, CommandError> {
    texts.iter().map(|text| data::path(text)).collect()
}

fn moment(seconds: i64) -> Result<UnixSeconds, CommandError> {
    UnixSeconds::new(seconds).ok_or(Code::NotUnderstood.at("ends_at"))
}
