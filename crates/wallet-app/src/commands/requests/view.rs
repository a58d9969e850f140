//! A request in words: who asks, what for, what they would see, for how long, and what speaks against it.

use ::wallet::{CircleReview, Item, MemberReview, OpenTier, PurposeReview, Review, words};
use consent_token::term::{Action, Release};
use profile::Lang;
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use super::concern::{Concern, concern};
use crate::commands::{
    PurposeWords,
    agencies::{self, Agency},
};

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

pub(super) fn view(review: &Review, lang: Lang) -> ReviewView {
    let purpose = |purpose: &PurposeReview| PurposeWords {
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
    let member = |member: &MemberReview| MemberView {
        agency: agencies::agency(&member.agency),
        tiers: member.tiers.iter().map(tier).collect(),
        paths: member.datatypes.clone(),
    };
    CircleView {
        name: circle.name.clone(),
        members: circle.members.iter().map(member).collect(),
    }
}

fn tier(tier: &OpenTier) -> TierView {
    TierView {
        tier: tier.tier,
        name: tier.name.clone(),
    }
}
