//! The emergency card: what opens when an emergency is declared, to whom, in the order in which it opens.

use std::collections::BTreeMap;

use ::wallet::State;
use consent_token::term::Release;
use profile::{Path, Tier};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use super::InLanguage;
use crate::{App, CommandError};

/// What opens in an emergency.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Card {
    /// The citizen's name, where it is written down.
    pub name: Option<Value>,
    /// Who may open it.
    pub parties: Vec<CardParty>,
    /// What, by how far it opens.
    pub tiers: Vec<CardTier>,
}

/// An agency that may open it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CardParty {
    /// Its name.
    pub name: String,
    /// Until when, in seconds.
    pub ends_at: i64,
}

/// What opens together.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CardTier {
    /// From 0, without a name, to 3, health.
    pub tier: u8,
    /// The items.
    pub items: Vec<CardItem>,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CardItem {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// What is written down.
    pub value: Option<Value>,
    /// The agencies that see it.
    pub agencies: Vec<String>,
}

impl App {
    /// What opens in an emergency, to whom.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn card(&self, ask: InLanguage) -> Result<Card, CommandError> {
        let mut desk = self.desk().await;
        let (wallet, lang) = (desk.wallet()?, ask.lang.into());
        let (profile, now, facts) = (wallet.profile()?, wallet.now(), wallet.facts(lang)?);
        let (mut parties, mut open) = (Vec::new(), BTreeMap::<Path, Vec<String>>::new());
        for grant in wallet.grants()? {
            let sealed = grant.consent.release == Release::OnIncident;
            if !sealed || grant.state(now) != State::Valid {
                continue;
            }
            let name = facts.name(&grant.agency, &grant.agency_name).to_owned();
            for path in grant
                .consent
                .datatypes
                .iter()
                .filter_map(|path| path.parse().ok())
            {
                let agencies = open.entry(path).or_default();
                if !agencies.contains(&name) {
                    agencies.push(name.clone());
                }
            }
            parties.push(CardParty {
                name,
                ends_at: grant.ends_at.as_i64(),
            });
        }
        let items = |tier: Tier| {
            let here = open
                .iter()
                .filter(move |(path, _)| path.entry().tier == tier);
            here.map(|(path, agencies)| CardItem {
                path: path.to_string(),
                label: path.label(lang).to_owned(),
                value: profile.value(path),
                agencies: agencies.clone(),
            })
            .collect::<Vec<_>>()
        };
        let tiers = [Tier::T0, Tier::T1, Tier::T2, Tier::T3].map(|tier| CardTier {
            tier: tier as u8,
            items: items(tier),
        });
        Ok(Card {
            name: "identity.name"
                .parse()
                .ok()
                .and_then(|path| profile.value(&path)),
            parties,
            tiers: tiers
                .into_iter()
                .filter(|tier| !tier.items.is_empty())
                .collect(),
        })
    }
}
