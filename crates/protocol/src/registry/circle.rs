//! Circles: agencies that answer together.

use std::collections::{BTreeMap, BTreeSet};

use consent_token::id::AgencyId;
use serde::{Deserialize, Serialize};

use super::RegistryError;

/// Agencies that answer together, in tiers (PROTOCOL section 2 `circle`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Circle {
    /// The circle's id: the scope of the holder's key for all its members.
    pub id: String,
    /// The name as a person reads it.
    pub name: String,
    /// The name in other languages (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// Which data each tier opens.
    pub tiers: Vec<Tier>,
    /// Who belongs to it, and which tiers are theirs.
    pub members: Vec<Member>,
}

/// One tier of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// The tier's number; 0 tells least.
    pub tier: u8,
    /// What the tier tells, by language (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// The data paths it opens.
    pub datatypes: Vec<String>,
}

/// One agency of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The agency's id.
    pub agency: AgencyId,
    /// The tiers that are open to it.
    pub tiers: Vec<u8>,
}

impl Circle {
    pub(super) fn check(&self, agencies: &BTreeSet<&AgencyId>) -> Result<(), RegistryError> {
        let fault = |who: &str, what| Err(RegistryError::Entry(who.to_owned(), what));
        // Circle and agency ids name the holder's keys alike: one that is both would link what must stay apart.
        if self.id.trim().is_empty() || agencies.iter().any(|agency| agency.as_str() == self.id) {
            return fault(
                &self.id,
                "a circle's id is a name of its own, and no agency's",
            );
        }
        let tiers: BTreeSet<u8> = self.tiers.iter().map(|tier| tier.tier).collect();
        if tiers.len() != self.tiers.len() {
            return fault(&self.id, "a tier stands twice");
        }
        let mut members = BTreeSet::new();
        for member in &self.members {
            let who = member.agency.as_str();
            if !agencies.contains(&member.agency) {
                return fault(who, "a circle names it, but it is not registered");
            }
            if !members.insert(who) {
                return fault(who, "a circle names it twice");
            }
            if !member.tiers.iter().all(|tier| tiers.contains(tier)) {
                return fault(who, "a circle gives it a tier that there is not");
            }
        }
        Ok(())
    }
}
