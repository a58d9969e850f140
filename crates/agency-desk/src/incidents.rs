//! Incidents that this agency declared. Only while one is open may something be opened for it.

use std::collections::{BTreeMap, BTreeSet};

use agency::{AgencyError, Identity};
use consent_token::id::{Jti, UnixSeconds};
use serde::{Deserialize, Serialize};

use crate::{
    ApiError, Code,
    api::{DeclareIncident, IncidentKind},
    secret, words,
};

const FILE: &str = "desk/incidents.json";
/// Seconds after its end from which on an incident's place and caller are forgotten.
const FORGOTTEN_AFTER: i64 = 30 * 86_400;
/// Characters of a place or number at most.
const LONGEST: usize = 300;

/// Every incident, by its number.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Incidents {
    #[serde(default)]
    kept: BTreeMap<String, Incident>,
}

/// One incident.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Incident {
    pub(crate) kind: IncidentKind,
    pub(crate) place: String,
    pub(crate) phone: String,
    pub(crate) declared_at: UnixSeconds,
    pub(crate) declared_by: String,
    #[serde(default)]
    pub(crate) closed_at: Option<UnixSeconds>,
    #[serde(default)]
    pub(crate) closed_by: Option<String>,
    /// Consents that were matched or opened for it.
    #[serde(default)]
    pub(crate) grants: BTreeSet<Jti>,
}

impl Incidents {
    pub(crate) fn read(agency: &Identity) -> Result<Self, AgencyError> {
        Ok(agency.read_private(FILE)?.unwrap_or_default())
    }

    fn save(&self, agency: &Identity) -> Result<(), ApiError> {
        Ok(agency.write_private(FILE, self)?)
    }

    /// Declares one; gives its number.
    pub(crate) fn declare(
        &mut self,
        agency: &Identity,
        ask: &DeclareIncident,
        actor: &str,
        now: UnixSeconds,
    ) -> Result<String, ApiError> {
        let (place, phone) = (short(&ask.place, "place")?, short(&ask.phone, "phone")?);
        let id = match ask.reference.trim() {
            "" => format!(
                "{}-{}",
                words::day(now).replace('-', ""),
                secret::generate_plain(5)?
            ),
            given if is_number(given) => given.to_owned(),
            _ => return Err(Code::NotUnderstood.at("reference")),
        };
        if self.kept.contains_key(&id) {
            return Err(Code::IncidentExists.at("reference"));
        }
        self.forget_old(now);
        let incident = Incident {
            kind: ask.kind,
            place,
            phone,
            declared_at: now,
            declared_by: actor.to_owned(),
            closed_at: None,
            closed_by: None,
            grants: BTreeSet::new(),
        };
        self.kept.insert(id.clone(), incident);
        self.save(agency)?;
        Ok(id)
    }

    /// Closes one.
    pub(crate) fn close(
        &mut self,
        agency: &Identity,
        id: &str,
        actor: &str,
        now: UnixSeconds,
    ) -> Result<(), ApiError> {
        self.open_one(id)?;
        if let Some(incident) = self.kept.get_mut(id) {
            incident.closed_at = Some(now);
            incident.closed_by = Some(actor.to_owned());
        }
        self.save(agency)
    }

    pub(crate) fn get(&self, id: &str) -> Result<&Incident, ApiError> {
        self.kept
            .get(id)
            .ok_or_else(|| Code::UnknownIncident.into())
    }

    /// One that is open.
    pub(crate) fn open_one(&self, id: &str) -> Result<&Incident, ApiError> {
        let incident = self.get(id)?;
        if incident.closed_at.is_some() {
            return Err(Code::IncidentClosed.into());
        }
        Ok(incident)
    }

    /// Remembers that consents were matched or opened for one.
    pub(crate) fn concerns(
        &mut self,
        agency: &Identity,
        id: &str,
        grants: impl IntoIterator<Item = Jti>,
    ) -> Result<(), ApiError> {
        let incident = self.kept.get_mut(id).ok_or(Code::UnknownIncident)?;
        let before = incident.grants.len();
        incident.grants.extend(grants);
        if incident.grants.len() == before {
            return Ok(());
        }
        self.save(agency)
    }

    /// The open ones first, then the newest.
    pub(crate) fn list(&self) -> Vec<(&String, &Incident)> {
        let mut all: Vec<_> = self.kept.iter().collect();
        all.sort_by_key(|(id, one)| {
            (
                one.closed_at.is_some(),
                std::cmp::Reverse(one.declared_at),
                *id,
            )
        });
        all
    }

    /// The open ones.
    pub(crate) fn open(&self) -> impl Iterator<Item = (&String, &Incident)> {
        self.kept
            .iter()
            .filter(|(_, incident)| incident.closed_at.is_none())
    }

    /// Place and caller are personal data; the number stands in the log for ever.
    fn forget_old(&mut self, now: UnixSeconds) {
        let is_old = |incident: &&mut Incident| {
            incident
                .closed_at
                .is_some_and(|closed| now.since(closed) > FORGOTTEN_AFTER)
        };
        for incident in self.kept.values_mut().filter(is_old) {
            incident.place.clear();
            incident.phone.clear();
            incident.grants.clear();
        }
    }
}

fn short(text: &str, field: &'static str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(Code::TooLarge.at(field));
    }
    Ok(text.to_owned())
}

/// What call-handling systems use as numbers, and logs take.
fn is_number(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._:/@".contains(c);
    text.len() <= 64 && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain() {
        assert!(is_number(
            "urn:emergency:uid:incidentid:a56e556d871:fire.example"
        ));
        for bad in ["INC 1", "INC\n1", "Tŷ", &"9".repeat(65)] {
            assert!(!is_number(bad), "{bad}");
        }
    }
}
