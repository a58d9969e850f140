//! One thing that happened to a consent, read from the JWS behind a line of its history.

use consent_token::{
    id::{AgencyId, Digest, Jti, UnixSeconds, digest_in_jwt},
    statement::{AgencyAct, HolderAct, Statement},
};
use protocol::api::HistoryItem;
use serde::{Deserialize, Serialize};

use crate::{WalletError, grant::Grant, outbox::Act, receipts::Effect};

/// Who did something to a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The citizen.
    Holder,
    /// The agency.
    Agency,
}

/// One thing that happened to a consent, proven to be in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The entry's index in the log.
    pub index: u64,
    /// When it was recorded, in milliseconds.
    pub at: i64,
    /// Who did it.
    pub by: By,
    /// The act's name of PROTOCOL section 4, or `grant`.
    pub act: String,
    /// The id of the token or statement.
    pub id: Jti,
    /// Pseudonym of the person at the agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Which data were looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datatypes: Vec<String>,
    /// The emergency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// The position at the agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// The legal basis of an opening, a DPV IRI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// What a second person found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
    /// How it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The statement that this one is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Jti>,
    /// The ciphertext that was announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Announcement>,
    /// Whom the data were handed on to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<AgencyId>,
    /// Whose act it is, where that is an agency that the data were handed on to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<AgencyId>,
    /// The token or statement, a compact JWS.
    pub jws: String,
    /// The text of the C2SP tlog-proof.
    pub proof: String,
}

/// A ciphertext as its `share` statement announced it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// SHA-256 of the envelope's bytes.
    #[serde(with = "digest_in_jwt")]
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// Its number, rising.
    pub revision: u64,
}

/// An event that the wallet did not know before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct News {
    /// On which consent.
    pub grant: Jti,
    /// The agency's name.
    pub agency: String,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What a JWS of the history says, once its signature held.
pub(crate) struct Told {
    pub(crate) event: Event,
    pub(crate) effect: Effect,
    /// An act of the holder that is kept with its receipt.
    pub(crate) own: Option<Act>,
    /// The `seq` of a statement of the holder.
    pub(crate) seq: Option<u64>,
}

/// Milliseconds as whole seconds.
#[must_use]
pub fn seconds_of(millis: i64) -> UnixSeconds {
    UnixSeconds::MIN.plus(millis.div_euclid(1000))
}

/// An event without details.
pub(crate) fn event(item: &HistoryItem, by: By, act: &str, id: Jti) -> Event {
    Event {
        index: item.index,
        at: item.at.0,
        by,
        act: act.to_owned(),
        id,
        actor: None,
        reason: None,
        datatypes: Vec::new(),
        incident: None,
        position: None,
        basis: None,
        finding: None,
        share: None,
        method: None,
        of: None,
        to: None,
        recipient: None,
        jws: item.jws.clone(),
        proof: item.proof.clone(),
    }
}

/// What a verified statement tells; nothing where it is about no consent.
pub(crate) fn told_statement(
    grant: &Grant,
    item: &HistoryItem,
    statement: &Statement,
) -> Result<Option<Told>, WalletError> {
    let act = statement.act();
    Ok(match statement {
        Statement::Holder(holder) => {
            let mut event = event(item, By::Holder, act, holder.jti);
            match &holder.act {
                HolderAct::Revoke { reason } => event.reason.clone_from(reason),
                HolderAct::Share {
                    digest,
                    size,
                    revision,
                } => {
                    event.share = Some(Announcement {
                        digest: *digest,
                        size: *size,
                        revision: *revision,
                    });
                }
                _ => {}
            }
            let own = own_act(&holder.act);
            let effect = own.map_or(Ok(Effect::Recorded), |own| grant.effect(own))?;
            Some(Told {
                event,
                effect,
                own,
                seq: Some(holder.seq),
            })
        }
        Statement::Agency(agency) => {
            let mut event = agency_event(event(item, By::Agency, act, agency.jti), &agency.act);
            event.recipient = (agency.iss != grant.agency).then(|| agency.iss.clone());
            Some(Told {
                event,
                effect: Effect::Recorded,
                own: None,
                seq: None,
            })
        }
        Statement::Decline(_) => None,
    })
}

const fn own_act(act: &HolderAct) -> Option<Act> {
    match act {
        HolderAct::Revoke { .. } => Some(Act::Revoke),
        HolderAct::Suspend => Some(Act::Suspend),
        HolderAct::Resume => Some(Act::Resume),
        HolderAct::EraseRequest => Some(Act::EraseRequest),
        HolderAct::Share { .. } => None,
    }
}

fn agency_event(event: Event, act: &AgencyAct) -> Event {
    match act.clone() {
        AgencyAct::Access {
            actor,
            reason,
            datatypes,
        } => Event {
            actor: Some(actor),
            reason: Some(reason),
            datatypes,
            ..event
        },
        AgencyAct::Open {
            incident,
            actor,
            position,
            reason,
            basis,
        } => Event {
            basis: Some(basis.to_string()),
            incident: Some(incident),
            actor: Some(actor),
            position: Some(position),
            reason: Some(reason),
            ..event
        },
        AgencyAct::Forward {
            to,
            actor,
            reason,
            datatypes,
        } => Event {
            to: Some(to),
            actor: Some(actor),
            reason: Some(reason),
            datatypes,
            ..event
        },
        AgencyAct::Review { of, actor, finding } => Event {
            of: Some(of),
            actor: Some(actor),
            finding: Some(finding.to_string()),
            ..event
        },
        AgencyAct::Acknowledged { of } => Event {
            of: Some(of),
            ..event
        },
        AgencyAct::Erased { method } => Event {
            method: Some(method),
            ..event
        },
    }
}
