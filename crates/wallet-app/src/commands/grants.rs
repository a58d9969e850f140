//! What is shared with whom, as the list and the page of one consent show it.

use std::collections::HashMap;

use ::wallet::{Act, Facts, Given, Grant, State, Wallet, Wish, words};
use consent_token::{
    id::Jti,
    term::{Action, LegalBasis, Release},
};
use profile::{Lang, Path};
use serde::Serialize;
use ts_rs::TS;

use super::{InLanguage, Kind, PurposeWords, WaitingAct, agencies, sync};
use crate::{App, CommandError};

/// Every consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Grants {
    /// The newest first.
    pub grants: Vec<GrantView>,
    /// What waits to be sent.
    pub waiting: Vec<WaitingAct>,
    /// Seconds within which an agency that is online must refuse after a stop.
    pub refuse_within: u64,
    /// Seconds after which every agency must refuse, at the latest, even one that is offline.
    pub refuse_at_latest: u64,
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GrantView {
    /// Its id.
    pub id: String,
    /// The agency's address.
    pub agency: String,
    /// Its name.
    pub agency_name: String,
    /// What kind of service it is.
    pub kind: Kind,
    /// Where a person reaches it.
    pub contact: Option<String>,
    /// Where its privacy notice stands.
    pub privacy_url: Option<String>,
    /// How it stands, as far as it is proven.
    pub state: GrantState,
    /// What was decided and is not proven yet.
    pub becoming: Option<GrantState>,
    /// What for.
    pub purposes: Vec<PurposeWords>,
    /// What.
    pub items: Vec<GrantItem>,
    /// Only once an emergency is declared.
    pub on_incident: bool,
    /// The decision that gave it to every agency of a circle at once; it can be taken back under this name.
    pub case: Option<String>,
    /// That circle's name.
    pub circle_name: Option<String>,
    /// They keep a copy.
    pub stores: bool,
    /// To whom they may pass it on, by name.
    pub recipients: Vec<String>,
    /// How many times it may be fetched.
    pub uses: Option<u32>,
    /// How long they may keep what they read, in words.
    pub retention: String,
    /// When it was signed, in seconds.
    pub signed_at: i64,
    /// When it ends, in seconds.
    pub ends_at: i64,
    /// The text that was read.
    pub notice: String,
    /// Its language.
    pub notice_lang: String,
    /// The legal basis: a DPV IRI.
    pub basis: String,
    /// The same in words.
    pub basis_words: String,
    /// They have another right to act, which taking it back does not stop.
    pub other_basis: bool,
    /// Whose law applies: an ISO 3166 code.
    pub jurisdiction: String,
    /// What the agency has of it.
    pub share: Option<ShareState>,
    /// How it ended, and what the agency did about it since.
    pub ending: Option<EndingView>,
    /// When its end was recorded, in milliseconds.
    pub revoked_at: Option<i64>,
    /// Agencies can see the state as it stands here.
    pub published: bool,
    /// How many proofs of it are kept.
    pub proofs: usize,
    /// Why the verifier refused it.
    pub refusal: Option<String>,
}

/// One item of a consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GrantItem {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// What was asked is pointless without it.
    pub required: bool,
}

/// How a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// Signed, and waiting to be sent.
    Waiting,
    /// In force.
    Valid,
    /// Paused.
    Suspended,
    /// Taken back.
    Revoked,
    /// Its time is over.
    Expired,
    /// Refused by the verifier.
    Refused,
}

/// What an agency has of the data behind a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShareState {
    /// It can read them as they are written down now.
    Sent,
    /// The present ones wait to be sent.
    Waits,
    /// It has no encryption key: it can check the consent, and is given nothing.
    NoKey,
    /// They are more than one consent can carry: it is given nothing newer.
    TooLarge,
}

/// How a consent ended, and what the agency did about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EndingView {
    /// How.
    pub how: EndedBy,
    /// When, in milliseconds.
    pub at: i64,
    /// How long after that the agency's software had taken note, in milliseconds.
    pub acknowledged_after: Option<i64>,
    /// Whether the agency ever looked, so that it may hold something.
    pub looked: bool,
    /// By when it has to delete, in seconds.
    pub erase_by: Option<i64>,
    /// When it stated that it deleted, in milliseconds.
    pub erased_at: Option<i64>,
}

/// How a consent ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The citizen took it back.
    Revoked,
    /// Its time was over.
    Expired,
}

/// PROTOCOL section 3: what a status list says where none was seen yet.
const TTL_SECONDS: u64 = 60;
const EXP_SECONDS: u64 = 86_400;

impl App {
    /// Every consent and what waits.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn grants_list(&self, ask: InLanguage) -> Result<Grants, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let (all, facts) = (wallet.grants()?, wallet.facts(ask.lang.into())?);
        let endings = endings(wallet)?;
        let seen = || all.iter().filter_map(|grant| grant.published);
        let longest = |seconds: Option<u64>, else_: u64| seconds.unwrap_or(else_);
        let refuse_within = longest(
            seen().filter_map(|seen| seen.renewed_within).max(),
            TTL_SECONDS,
        );
        let refuse_at_latest = longest(seen().filter_map(|seen| seen.good_for).max(), EXP_SECONDS);
        let views = all.iter().map(|grant| {
            view(
                wallet,
                grant,
                &facts,
                endings.get(&grant.id),
                ask.lang.into(),
            )
        });
        Ok(Grants {
            grants: views.collect::<Result<_, _>>()?,
            waiting: sync::waiting(&wallet.waiting()?),
            refuse_within,
            refuse_at_latest,
        })
    }
}

fn endings(wallet: &mut Wallet) -> Result<HashMap<Jti, EndingView>, CommandError> {
    let told = |ending: ::wallet::Ending| {
        let view = EndingView {
            how: match ending.how {
                ::wallet::Ended::Revoked => EndedBy::Revoked,
                ::wallet::Ended::Expired => EndedBy::Expired,
            },
            at: ending.at,
            acknowledged_after: ending.acknowledged_after,
            looked: ending.looked,
            erase_by: ending.erase_by.map(|by| by.as_i64()),
            erased_at: ending.erased_at,
        };
        (ending.grant, view)
    };
    Ok(wallet.endings()?.into_iter().map(told).collect())
}

fn view(
    wallet: &mut Wallet,
    grant: &Grant,
    facts: &Facts,
    ending: Option<&EndingView>,
    lang: Lang,
) -> Result<GrantView, CommandError> {
    let (state, consent) = (grant.state(wallet.now()), &grant.consent);
    let (party, circle) = (facts.party(&grant.agency), consent.circle.as_ref());
    let revoked = grant.receipts.iter().find(|kept| kept.act == Act::Revoke);
    Ok(GrantView {
        id: grant.id.to_string(),
        agency: grant.agency.to_string(),
        agency_name: facts.name(&grant.agency, &grant.agency_name).to_owned(),
        kind: party.map_or(Kind::Other, |party| agencies::kind(party.kind)),
        contact: party.and_then(|party| party.contact.clone()),
        privacy_url: party.and_then(|party| party.privacy_url.clone()),
        state: told(state),
        becoming: becoming(state, grant.wish),
        purposes: consent
            .purposes
            .iter()
            .filter_map(|code| purpose(code, lang))
            .collect(),
        items: items(grant, &facts.required(grant), lang),
        on_incident: consent.release == Release::OnIncident,
        case: circle.map(|circle| circle.case.to_string()),
        circle_name: circle.and_then(|circle| facts.circle(&circle.id)),
        stores: consent.actions.contains(&Action::Store),
        recipients: recipients(grant, facts),
        uses: consent.uses.map(std::num::NonZero::get),
        retention: words::duration(&consent.retention, lang),
        signed_at: grant.signed_at.as_i64(),
        ends_at: grant.ends_at.as_i64(),
        notice: grant.notice.clone(),
        notice_lang: consent.notice.lang.to_string(),
        basis: consent.basis.to_string(),
        basis_words: words::basis(&consent.basis.to_string(), lang).to_owned(),
        other_basis: consent.basis != LegalBasis::default(),
        jurisdiction: consent.jurisdiction.to_string(),
        share: wallet.given(grant, facts)?.map(share),
        ending: ending.copied(),
        revoked_at: revoked.map(|kept| kept.at),
        published: is_published(grant, state),
        proofs: grant.receipts.len(),
        refusal: grant.refusals.last().map(|refused| refused.code.clone()),
    })
}

fn items(grant: &Grant, required: &[String], lang: Lang) -> Vec<GrantItem> {
    let item = |path: &String| GrantItem {
        label: label(path, lang),
        required: required.contains(path),
        path: path.clone(),
    };
    grant.consent.datatypes.iter().map(item).collect()
}

fn recipients(grant: &Grant, facts: &Facts) -> Vec<String> {
    let ids = grant.consent.recipients.iter().flatten();
    ids.map(|id| {
        facts
            .party(id)
            .map_or_else(|| id.to_string(), |party| party.name.clone())
    })
    .collect()
}

/// Whether the list that agencies read says the same.
fn is_published(grant: &Grant, state: State) -> bool {
    let expected = match state {
        State::Valid => 0,
        State::Revoked => 1,
        State::Suspended => 2,
        _ => return false,
    };
    grant.published.is_some_and(|seen| seen.status == expected)
}

pub(super) fn label(path: &str, lang: Lang) -> String {
    match path.parse::<Path>() {
        Ok(path) => path.document().unwrap_or(path.label(lang)).to_owned(),
        Err(_) => path.to_owned(),
    }
}

fn purpose(code: &str, lang: Lang) -> Option<PurposeWords> {
    profile::purpose(code).map(|known| PurposeWords {
        code: code.to_owned(),
        label: known.label(lang),
        explanation: known.explanation(lang),
    })
}

const fn told(state: State) -> GrantState {
    match state {
        State::Waiting => GrantState::Waiting,
        State::Valid => GrantState::Valid,
        State::Suspended => GrantState::Suspended,
        State::Revoked => GrantState::Revoked,
        State::Expired => GrantState::Expired,
        State::Refused => GrantState::Refused,
    }
}

const fn share(given: Given) -> ShareState {
    match given {
        Given::Sent => ShareState::Sent,
        Given::Waits => ShareState::Waits,
        Given::NoKey => ShareState::NoKey,
        Given::TooLarge => ShareState::TooLarge,
    }
}

const fn becoming(state: State, wish: Wish) -> Option<GrantState> {
    match (state, wish) {
        (State::Waiting | State::Valid | State::Suspended, Wish::Ended) => {
            Some(GrantState::Revoked)
        }
        (State::Waiting | State::Valid, Wish::Paused) => Some(GrantState::Suspended),
        (State::Suspended, Wish::InForce) => Some(GrantState::Valid),
        _ => None,
    }
}
