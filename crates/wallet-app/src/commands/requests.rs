//! A request on its way from a link to a signature: read, shown, chosen from, signed and sent. What is
//! signed is what was shown last, and nothing else.

use ::wallet::{
    Choice, CircleReview, Direct, Grant, Item, Review, WalletError, Warning, Widening, words,
};
use consent_token::{
    id::{Jti, UnixSeconds},
    term::{Action, Release},
};
use profile::{Lang, Path};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{
    Language, PurposeWords,
    agencies::{self, Agency},
    data,
};
use zeroize::{Zeroize, ZeroizeOnDrop};

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

/// A request in words.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ReviewView {
    /// Names this review when it is signed.
    pub number: u32,
    /// Who asks.
    pub agency: Agency,
    /// Who else would answer with them.
    pub circle: Option<CircleView>,
    /// What for.
    pub purposes: Vec<PurposeWords>,
    /// What.
    pub items: Vec<ItemView>,
    /// They would keep a copy.
    pub stores: bool,
    /// They may pass it on.
    pub passes_on: bool,
    /// To whom they may pass it on.
    pub recipients: Vec<Agency>,
    /// Only once an emergency is declared.
    pub on_incident: bool,
    /// How long they may keep it, in words.
    pub retention: String,
    /// How many times it may be fetched.
    pub uses: Option<u32>,
    /// The latest end, in seconds.
    pub ends_at: i64,
    /// Until when it can be answered, in seconds; none where the person words it on their own.
    pub answer_by: Option<i64>,
    /// The text to read.
    pub notice: String,
    /// Its language.
    pub notice_lang: String,
    /// The legal basis: a DPV IRI.
    pub basis: String,
    /// The same in words.
    pub basis_words: String,
    /// Whose law applies: an ISO 3166 code.
    pub jurisdiction: String,
    /// The request's id; none where the person words it on their own.
    pub request_id: Option<String>,
    /// Signing asks for the passphrase.
    pub asks_to_sign: bool,
    /// What speaks against it.
    pub concerns: Vec<Concern>,
    /// Whether the list of agencies was fetched just now, and not only some time before.
    pub fresh: bool,
}

/// One item that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ItemView {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// What is written down there.
    pub value: Option<Value>,
    /// The request is pointless without it.
    pub required: bool,
    /// The law protects it especially.
    pub special: bool,
}

/// A circle of agencies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CircleView {
    /// Its name.
    pub name: String,
    /// Its members that would see something.
    pub members: Vec<MemberView>,
}

/// What one member would see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MemberView {
    /// Who.
    pub agency: Agency,
    /// Which of the circle's tiers are open to them.
    pub tiers: Vec<TierView>,
    /// Which items, by path.
    pub paths: Vec<String>,
}

/// A tier of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TierView {
    /// Its number; 0 tells least.
    pub tier: u8,
    /// What it tells, in words.
    pub name: String,
}

/// Something to be known before signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Concern {
    /// No purpose needs this item.
    MoreThanNeeded {
        /// The item.
        path: String,
    },
    /// Nothing is written down there.
    NothingThere {
        /// The item.
        path: String,
    },
    /// It never opens in an emergency, so it is left out.
    NeverOnIncident {
        /// The item.
        path: String,
    },
    /// They may pass it on.
    PassedOn,
    /// They have another right to act, which taking it back does not stop.
    OtherBasis,
    /// It was answered already.
    Answered {
        /// By which consent.
        grant: String,
    },
    /// It was declined before.
    Declined {
        /// When, in seconds.
        at: i64,
    },
    /// The same agency did not ask for this item last time.
    MoreThanLastTime {
        /// The item.
        path: String,
    },
    /// The same agency asks for more than last time in another way.
    WiderThanLastTime {
        /// In which.
        what: Wider,
    },
    /// It runs for more than two years.
    RunsLong,
}

/// In which way a request goes beyond the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Wider {
    /// To be read at any time, where it was in an emergency only.
    AtAnyTime,
    /// To keep a copy, where it was not.
    KeepACopy,
    /// To pass it on, where it was not, or to more agencies.
    PassItOn,
    /// To keep what was read for longer.
    KeptLonger,
    /// For a longer time.
    RunsLonger,
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
        let view = view(&review, lang);
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

fn view(review: &Review, lang: Lang) -> ReviewView {
    let purpose = |purpose: &::wallet::PurposeReview| PurposeWords {
        code: purpose.code.clone(),
        label: purpose.label,
        explanation: purpose.explanation,
    };
    let basis = review.basis().to_string();
    ReviewView {
        number: 0,
        agency: agencies::agency(&review.agency),
        circle: review.circle.as_ref().map(circle),
        purposes: review.purposes.iter().map(purpose).collect(),
        items: review.items.iter().map(item).collect(),
        stores: review.actions.contains(&Action::Store),
        passes_on: review.actions.contains(&Action::Forward),
        recipients: review.recipients.iter().map(agencies::agency).collect(),
        on_incident: review.release == Release::OnIncident,
        retention: review.retention.clone(),
        uses: review.uses,
        ends_at: review.ends_at.as_i64(),
        answer_by: review.answer_by.map(|at| at.as_i64()),
        notice: review.notice.clone(),
        notice_lang: review.notice_lang.clone(),
        basis_words: words::basis(&basis, lang).to_owned(),
        basis,
        jurisdiction: review.jurisdiction(),
        request_id: review.request().map(|id| id.to_string()),
        asks_to_sign: false,
        concerns: review.warnings.iter().filter_map(concern).collect(),
        fresh: false,
    }
}

fn item(item: &Item) -> ItemView {
    ItemView {
        path: item.path.to_string(),
        label: item.label.clone(),
        value: item.value.clone(),
        required: item.required,
        special: item.special,
    }
}

fn circle(circle: &CircleReview) -> CircleView {
    let member = |member: &::wallet::MemberReview| MemberView {
        agency: agencies::agency(&member.agency),
        tiers: member.tiers.iter().map(tier).collect(),
        paths: member.datatypes.clone(),
    };
    CircleView {
        name: circle.name.clone(),
        members: circle.members.iter().map(member).collect(),
    }
}

fn tier(tier: &::wallet::OpenTier) -> TierView {
    TierView {
        tier: tier.tier,
        name: tier.name.clone(),
    }
}

fn concern(warning: &Warning) -> Option<Concern> {
    Some(match warning {
        Warning::MoreThanNeeded { path } => Concern::MoreThanNeeded {
            path: path.to_string(),
        },
        Warning::NothingThere { path } => Concern::NothingThere {
            path: path.to_string(),
        },
        Warning::NeverOnIncident { path } => Concern::NeverOnIncident {
            path: path.to_string(),
        },
        Warning::PassedOn => Concern::PassedOn,
        Warning::OtherBasis { .. } => Concern::OtherBasis,
        Warning::Answered { grant } => Concern::Answered {
            grant: grant.to_string(),
        },
        Warning::Declined { at } => Concern::Declined { at: at.as_i64() },
        Warning::MoreThanLastTime { path } => Concern::MoreThanLastTime {
            path: path.to_string(),
        },
        Warning::WiderThanLastTime { what } => Concern::WiderThanLastTime {
            what: wider(*what)?,
        },
        Warning::RunsLong => Concern::RunsLong,
        _ => return None,
    })
}

const fn wider(what: Widening) -> Option<Wider> {
    Some(match what {
        Widening::AtAnyTime => Wider::AtAnyTime,
        Widening::KeepACopy => Wider::KeepACopy,
        Widening::PassItOn => Wider::PassItOn,
        Widening::KeptLonger => Wider::KeptLonger,
        Widening::RunsLonger => Wider::RunsLonger,
        _ => return None,
    })
}

fn paths(texts: &[String]) -> Result<Vec<Path>, CommandError> {
    texts.iter().map(|text| data::path(text)).collect()
}

fn moment(seconds: i64) -> Result<UnixSeconds, CommandError> {
    UnixSeconds::new(seconds).ok_or(Code::NotUnderstood.at("ends_at"))
}
