//! Which consents a page shows, in which order, and how many there are of each kind.

use std::cmp::Reverse;

use agency::{Obligation, Record};
use consent_token::{
    id::{Jti, UnixSeconds},
    term::{IsoDuration, Release},
};

use super::{Consent, Consents, moment};
use crate::api::{
    Because, ConsentCounts, ConsentPage, ConsentRow, ConsentState, FindConsents, Only, Order, Owed,
};

/// Seconds within which a consent ends soon.
const SOON: i64 = 30 * 86_400;
const PAGE: u32 = 100;
const PAGE_AT_MOST: u32 = 500;

/// What the agency owes: its record, and how soon it promised to delete.
#[derive(Clone, Copy)]
pub(crate) struct Owing<'a> {
    pub(crate) record: &'a Record,
    pub(crate) erase_within: &'a IsoDuration,
}

impl Owing<'_> {
    pub(crate) fn owed(&self, grant: &Jti, now: UnixSeconds) -> Option<Owed> {
        let owed = self.record.owed(grant, self.erase_within, now)?;
        // What may be kept for some time yet is owed only once the consent ended or the time is over.
        let is_due = owed.because == "withdrawn" || owed.overdue;
        is_due.then(|| shown(&owed))
    }
}

/// As a page shows it.
pub(crate) fn shown(owed: &Obligation) -> Owed {
    Owed {
        due: moment(owed.due),
        overdue: owed.overdue,
        because: if owed.because == "withdrawn" {
            Because::Withdrawn
        } else {
            Because::Retention
        },
    }
}

impl Consents {
    /// A page of the table. `notes` gives the agency's own note of a request.
    pub(crate) fn page(
        &self,
        ask: &FindConsents,
        owing: Owing<'_>,
        notes: impl Fn(&Jti) -> Option<String>,
        now: UnixSeconds,
    ) -> ConsentPage {
        let rows = self
            .iter()
            .map(|(grant, consent)| (consent.row(grant, owing, now), consent));
        let rows: Vec<(ConsentRow, &Consent)> = rows.collect();
        let counts = count(rows.iter().map(|(row, _)| row));
        let wanted: Vec<String> = ask
            .search
            .to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let said = |consent: &Consent| {
            let note = consent.token.claims().req.and_then(|req| notes(&req));
            note.map(|note| note.to_lowercase()).unwrap_or_default()
        };
        let found = |(row, consent): &(ConsentRow, &Consent)| {
            let has = |word: &String| consent.words.contains(word.as_str());
            fits(row, ask)
                && wanted
                    .iter()
                    .all(|word| has(word) || said(consent).contains(word.as_str()))
        };
        let mut rows: Vec<ConsentRow> =
            rows.into_iter().filter(found).map(|(row, _)| row).collect();
        sort(&mut rows, ask.order);
        let limit = ask.limit.unwrap_or(PAGE).min(PAGE_AT_MOST) as usize;
        ConsentPage {
            total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            offset: ask.offset,
            rows: rows
                .into_iter()
                .skip(ask.offset as usize)
                .take(limit)
                .collect(),
            counts,
            index: self.last(),
            connected: false,
        }
    }
}

impl Consent {
    /// Its row of the table.
    pub(crate) fn row(&self, grant: &Jti, owing: Owing<'_>, now: UnixSeconds) -> ConsentRow {
        let claims = self.token.claims();
        let consent = &claims.consent;
        let state = self.state(now);
        let held = owing.record.held(grant);
        ConsentRow {
            grant: grant.to_string(),
            person: self.person(),
            purposes: consent.purposes.clone(),
            items: consent.datatypes.clone(),
            on_incident: consent.release == Release::OnIncident,
            circle: consent.circle.as_ref().map(|circle| circle.id.clone()),
            tier: consent.circle.as_ref().map(|circle| circle.tier),
            state,
            granted_at: self.granted_at(),
            ends_at: moment(claims.exp),
            changed_at: self.changed_at(),
            ending_soon: state == ConsentState::Valid && claims.exp.since(now) < SOON,
            read_at: held.and_then(|held| held.read_at).map(moment),
            owed: owing.owed(grant, now),
            erased_at: self.erased_at(),
            request: claims.req.map(|req| req.to_string()),
        }
    }
}

fn fits(row: &ConsentRow, ask: &FindConsents) -> bool {
    let part = match ask.only {
        None => true,
        Some(Only::EndingSoon) => row.ending_soon,
        Some(Only::Owed) => row.owed.is_some(),
        Some(Only::Overdue) => row.owed.is_some_and(|owed| owed.overdue),
        Some(Only::OnIncident) => row.on_incident,
    };
    part && ask.state.is_none_or(|state| row.state == state)
        && ask
            .purpose
            .as_ref()
            .is_none_or(|purpose| row.purposes.contains(purpose))
}

fn sort(rows: &mut [ConsentRow], order: Order) {
    // The grant's id settles ties, so that a row does not wander between pages.
    match order {
        Order::Changed => {
            rows.sort_by_cached_key(|row| (Reverse(row.changed_at), row.grant.clone()))
        }
        Order::Newest => {
            rows.sort_by_cached_key(|row| (Reverse(row.granted_at), row.grant.clone()))
        }
        Order::Ending => rows.sort_by_cached_key(|row| (row.ends_at, row.grant.clone())),
        Order::Due => rows.sort_by_cached_key(|row| {
            (
                row.owed.map_or(i64::MAX, |owed| owed.due),
                row.grant.clone(),
            )
        }),
    }
}

fn count<'a>(rows: impl Iterator<Item = &'a ConsentRow>) -> ConsentCounts {
    rows.fold(ConsentCounts::default(), |mut counts, row| {
        match row.state {
            ConsentState::Valid => counts.valid += 1,
            ConsentState::Paused => counts.paused += 1,
            ConsentState::Withdrawn => counts.withdrawn += 1,
            ConsentState::Expired => counts.expired += 1,
        }
        counts.ending_soon += u32::from(row.ending_soon);
        counts.owed += u32::from(row.owed.is_some());
        counts.overdue += u32::from(row.owed.is_some_and(|owed| owed.overdue));
        counts
    })
}
