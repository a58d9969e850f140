//! Who is registered, and what for one can share.

use ::wallet::Party;
use protocol::registry::AgencyKind;
use serde::Serialize;
use ts_rs::TS;

use super::InLanguage;
use crate::{App, CommandError};

/// Every registered agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Agencies {
    /// In the order of the registry.
    pub agencies: Vec<Agency>,
    /// When the list was fetched, in seconds.
    pub fetched_at: Option<i64>,
}

/// An agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Agency {
    /// Its address, which is its id.
    pub id: String,
    /// Its registered name.
    pub name: String,
    /// What kind of service it is.
    pub kind: Kind,
    /// Where a person reaches it.
    pub contact: Option<String>,
    /// Where its privacy notice stands.
    pub privacy_url: Option<String>,
    /// Whether it may act now.
    pub active: bool,
}

/// A kind of public service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Ambulance trust.
    Ambulance,
    /// Fire and rescue.
    Fire,
    /// Police.
    Police,
    /// Health board.
    Health,
    /// Council.
    Council,
    /// Any other.
    Other,
}

/// Everything that can be shared for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Purposes {
    /// In the order of the protocol.
    pub purposes: Vec<PurposeWords>,
}

/// A purpose in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PurposeWords {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: &'static str,
    /// What it means.
    pub explanation: &'static str,
}

impl App {
    /// Who is registered, from the copy that was fetched last.
    ///
    /// # Errors
    /// `no_registry`, `locked`.
    pub async fn agencies(&self, ask: InLanguage) -> Result<Agencies, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        Ok(Agencies {
            agencies: wallet
                .agencies(ask.lang.into())?
                .iter()
                .map(agency)
                .collect(),
            fetched_at: wallet.registry_fetched_at()?.map(|at| at.as_i64()),
        })
    }

    /// What for one can share on one's own account.
    ///
    /// # Errors
    /// None.
    pub async fn purposes(&self, ask: InLanguage) -> Result<Purposes, CommandError> {
        let lang = ask.lang.into();
        let words = |purpose: &profile::Purpose| PurposeWords {
            code: purpose.code.to_owned(),
            label: purpose.label(lang),
            explanation: purpose.explanation(lang),
        };
        Ok(Purposes {
            purposes: profile::purposes().iter().map(words).collect(),
        })
    }
}

pub(super) fn agency(party: &Party) -> Agency {
    Agency {
        id: party.id.to_string(),
        name: party.name.clone(),
        kind: kind(party.kind),
        contact: party.contact.clone(),
        privacy_url: party.privacy_url.clone(),
        active: party.active,
    }
}

pub(super) const fn kind(kind: AgencyKind) -> Kind {
    match kind {
        AgencyKind::Ambulance => Kind::Ambulance,
        AgencyKind::Fire => Kind::Fire,
        AgencyKind::Police => Kind::Police,
        AgencyKind::Health => Kind::Health,
        AgencyKind::Council => Kind::Council,
        _ => Kind::Other,
    }
}
