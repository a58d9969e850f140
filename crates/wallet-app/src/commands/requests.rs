//! A request on its way from a link to a signature: read, shown, chosen from, signed and sent. What is
//! signed is what was shown last, and nothing else.

use ::wallet::{Choice, CircleReview, Direct, Item, Review, WalletError, Warning};
use consent_token::{
    id::UnixSeconds,
    term::{Action, Release},
};
use profile::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{
    Language, PurposeWords,
    agencies::{self, Agency},
    data,
};
use crate::{App, Code, CommandError};

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

/// The person's choices.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SignReviewed {
    /// The number of the review that they read.
    pub review: u32,
    /// What they unticked.
    pub without: Vec<String>,
    /// A sooner end, in seconds.
    pub ends_at: Option<i64>,
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
    /// Which items, by path.
    pub paths: Vec<String>,
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
    /// It runs for more than two years.
    RunsLong,
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
    pub async fn request_review(&mut self, ask: ReadRequest) -> Result<ReviewView, CommandError> {
        let (line, lang) = (self.line()?, ask.lang.into());
        let wallet = self.wallet()?;
        let fresh = match wallet.refresh_registry(&line).await {
            Ok(()) => true,
            Err(WalletError::Client(_)) if wallet.registry_fetched_at()?.is_some() => false,
            Err(error) => return Err(error.into()),
        };
        let compact = wallet.fetch_request(&line, &ask.request).await?;
        let review = wallet.review(&compact, lang)?;
        Ok(self.show(review, fresh))
    }

    /// Words a consent that nobody asked for. Nothing is signed.
    ///
    /// # Errors
    /// `unknown_agency`, `agency_suspended`, `unknown_purpose`, `ends_…` and `no_registry`.
    pub async fn direct_review(&mut self, ask: DirectRequest) -> Result<ReviewView, CommandError> {
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
        let review = self.wallet()?.review_direct(&direct, ask.lang.into())?;
        Ok(self.show(review, false))
    }

    /// Signs what was shown under this number and sends it if the verifier can be reached.
    ///
    /// # Errors
    /// `not_reviewed`, `answer`, `ends_…`, `no_slots`, `request_expired`; nothing is signed then.
    pub async fn request_grant(&mut self, ask: SignReviewed) -> Result<Granted, CommandError> {
        let review = self.reviewed(ask.review)?;
        let line = self.line()?;
        let choice = Choice {
            without: paths(&ask.without)?,
            ends_at: ask.ends_at.map(moment).transpose()?,
        };
        let wallet = self.wallet()?;
        let grants = wallet.sign_online(&line, &review, &choice).await?;
        let sent = wallet.send(&line).await;
        let ids: Vec<_> = grants.iter().map(|grant| grant.id).collect();
        let kept = wallet.grants()?;
        let recorded = kept
            .iter()
            .filter(|grant| ids.contains(&grant.id) && grant.is_registered());
        let granted = Granted {
            grants: ids.iter().map(ToString::to_string).collect(),
            recorded: recorded.count(),
            trouble: super::sync::trouble(sent)?,
        };
        self.forget_review();
        Ok(granted)
    }

    fn show(&mut self, review: Review, fresh: bool) -> ReviewView {
        let view = view(&review, fresh);
        ReviewView {
            number: self.keep_review(review),
            ..view
        }
    }
}

fn view(review: &Review, fresh: bool) -> ReviewView {
    let purpose = |purpose: &::wallet::PurposeReview| PurposeWords {
        code: purpose.code.clone(),
        label: purpose.label,
        explanation: purpose.explanation,
    };
    ReviewView {
        number: 0,
        agency: agencies::agency(&review.agency),
        circle: review.circle.as_ref().map(circle),
        purposes: review.purposes.iter().map(purpose).collect(),
        items: review.items.iter().map(item).collect(),
        stores: review.actions.contains(&Action::Store),
        recipients: review.recipients.iter().map(agencies::agency).collect(),
        on_incident: review.release == Release::OnIncident,
        retention: review.retention.clone(),
        uses: review.uses,
        ends_at: review.ends_at.as_i64(),
        answer_by: review.answer_by.map(|at| at.as_i64()),
        notice: review.notice.clone(),
        notice_lang: review.notice_lang.clone(),
        concerns: review.warnings.iter().filter_map(concern).collect(),
        fresh,
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
        paths: member.datatypes.clone(),
    };
    CircleView {
        name: circle.name.clone(),
        members: circle.members.iter().map(member).collect(),
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
        Warning::RunsLong => Concern::RunsLong,
        _ => return None,
    })
}

fn paths(texts: &[String]) -> Result<Vec<Path>, CommandError> {
    texts.iter().map(|text| data::path(text)).collect()
}

fn moment(seconds: i64) -> Result<UnixSeconds, CommandError> {
    UnixSeconds::new(seconds).ok_or(Code::NotUnderstood.at("ends_at"))
}
