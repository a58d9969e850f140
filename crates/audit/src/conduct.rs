//! What agencies did, by the statements behind the log, which an admitted auditor is shown: openings, second
//! reviews, deletions that are overdue, and how long each agency took to take note of a revocation. A body
//! counts only where its digest is the log's own; what it says was judged when it was recorded.

use std::collections::BTreeMap;

use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    jws,
    statement::{AgencyAct, HolderAct, Statement, UnverifiedStatement},
    term::IsoDuration,
    token,
};
use protocol::{Entry, Registry, UnixMillis, Version1};
use serde::Serialize;
use transparency_log::{HashReader, leaf_hash};

use crate::replay::Replay;

/// Every `open` owes a second person's review within so many seconds (PROTOCOL section 4).
const REVIEW_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What agencies did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Conduct {
    /// Statements that were read, each held against the log.
    pub statements: u64,
    /// Entries whose body is not the one that was logged: the verifier has to explain each.
    pub swapped: Vec<u64>,
    /// Each agency with a consent, by its id.
    pub agencies: Vec<AgencyConduct>,
    /// The longest time, in milliseconds, from a revocation to its agency's acknowledgement: the bound that
    /// was measured. None where nothing was acknowledged yet.
    pub slowest_acknowledgement: Option<i64>,
    /// Revocations that are not acknowledged yet: for these the bound does not hold.
    pub unacknowledged: u64,
}

/// What one agency did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyConduct {
    /// Its id.
    pub agency: String,
    /// Its name.
    pub name: String,
    /// Consents given to it.
    pub consents: u64,
    /// Times that it read on grant.
    pub accesses: u64,
    /// Times that it opened what waits for an incident.
    pub openings: u64,
    /// Times that it handed on what it read.
    pub forwards: u64,
    /// Openings whose second review is overdue.
    pub reviews_overdue: u64,
    /// Consents to it that were taken back.
    pub revocations: u64,
    /// Of these, those that its software has taken note of.
    pub acknowledged: u64,
    /// The longest time that took, in milliseconds.
    pub slowest_acknowledgement: Option<i64>,
    /// Deletions that it stated.
    pub deletions: u64,
    /// Deletions that it owes and has not stated in time.
    pub deletions_overdue: u64,
}

/// A body as the verifier showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its entry.
    pub index: u64,
    /// The compact JWS.
    pub jws: String,
}

/// What happened under one consent.
struct Account {
    agency: AgencyId,
    retention: IsoDuration,
    ends: UnixSeconds,
    revoked: Option<(Jti, UnixMillis)>,
    acknowledged: Option<UnixMillis>,
    looked: Option<UnixMillis>,
    erased: Option<UnixMillis>,
    accesses: u64,
    forwards: u64,
    deletions: u64,
    openings: BTreeMap<Jti, Opening>,
}

/// What was opened, and whether somebody else has looked at that since.
struct Opening {
    at: UnixMillis,
    actor: String,
    reviewed: bool,
}

impl Conduct {
    /// What the bodies tell at `now`. `registry` has the agencies' names and what they promised.
    #[must_use]
    pub fn of(
        bodies: &[Body],
        replay: &Replay,
        registry: Option<&Registry>,
        now: UnixMillis,
    ) -> Self {
        let mut conduct = Conduct::default();
        let mut accounts: BTreeMap<Jti, Account> = BTreeMap::new();
        let mut places = Places::of(replay);
        for body in bodies {
            match places.at(body) {
                Some(at) => {
                    conduct.statements += 1;
                    take(&mut accounts, &body.jws, at);
                }
                None => conduct.swapped.push(body.index),
            }
        }
        let mut agencies: BTreeMap<String, AgencyConduct> = BTreeMap::new();
        for account in accounts.values() {
            let id = account.agency.as_str();
            let one = agencies
                .entry(id.to_owned())
                .or_insert_with(|| AgencyConduct::new(id, registry));
            one.add(account, promised(registry, &account.agency).as_ref(), now);
        }
        conduct.agencies = agencies.into_values().collect();
        conduct.slowest_acknowledgement = conduct
            .agencies
            .iter()
            .filter_map(|one| one.slowest_acknowledgement)
            .max();
        conduct.unacknowledged = conduct
            .agencies
            .iter()
            .map(|one| one.revocations - one.acknowledged)
            .sum();
        conduct
    }
}

/// Where each entry stands in what was replayed, to be walked once from the first on.
struct Places<'a> {
    replay: &'a Replay,
    change: usize,
    next: u64,
}

impl<'a> Places<'a> {
    fn of(replay: &'a Replay) -> Self {
        Places {
            replay,
            change: 0,
            next: 0,
        }
    }

    /// When the body's entry was logged; none where the log has another digest there.
    fn at(&mut self, body: &Body) -> Option<UnixMillis> {
        let digest = jws::digest(&body.jws);
        let changes = self.replay.changes();
        if body.index < self.next {
            return None;
        }
        self.next = body.index + 1;
        while changes
            .get(self.change)
            .is_some_and(|change| change.index < body.index)
        {
            self.change += 1;
        }
        let entry = match changes
            .get(self.change)
            .filter(|change| change.index == body.index)
        {
            Some(change) => Entry::Status {
                at: change.at,
                digest,
                exp: change.exp,
                slot: change.slot,
                status: change.status,
                v: 1,
            },
            None => {
                // Every entry before that changes no status is an act.
                let nr = usize::try_from(body.index).ok()?.checked_sub(self.change)?;
                Entry::Act {
                    at: *self.replay.acts().get(nr)?,
                    digest,
                    v: 1,
                }
            }
        };
        let logged = self.replay.tree().hash(0, body.index)?;
        (leaf_hash(&entry.to_canonical()) == logged).then_some(entry.at())
    }
}

fn take(accounts: &mut BTreeMap<Jti, Account>, compact: &str, at: UnixMillis) {
    if let Ok(token) = token::verify(compact, &Version1) {
        let claims = token.claims();
        accounts.entry(claims.jti).or_insert_with(|| Account {
            agency: claims.aud.clone(),
            retention: claims.consent.retention.clone(),
            ends: claims.exp,
            revoked: None,
            acknowledged: None,
            looked: None,
            erased: None,
            accesses: 0,
            forwards: 0,
            deletions: 0,
            openings: BTreeMap::new(),
        });
        return;
    }
    let Ok(read) = UnverifiedStatement::parse(compact) else {
        return;
    };
    let statement = read.statement();
    if let Some(account) = statement.grant().and_then(|grant| accounts.get_mut(&grant)) {
        account.take(statement, at);
    }
}

impl Account {
    fn take(&mut self, statement: &Statement, at: UnixMillis) {
        match statement {
            Statement::Holder(holder)
                if matches!(holder.act, HolderAct::Revoke { .. }) && self.revoked.is_none() =>
            {
                self.revoked = Some((holder.jti, at));
            }
            Statement::Agency(agency) if agency.iss == self.agency => {
                self.agency_act(&agency.act, agency.jti, at)
            }
            _ => {}
        }
    }

    fn agency_act(&mut self, act: &AgencyAct, jti: Jti, at: UnixMillis) {
        match act {
            AgencyAct::Access { .. } => {
                self.accesses += 1;
                self.looked = Some(at);
            }
            AgencyAct::Open { actor, .. } => {
                let opening = Opening {
                    at,
                    actor: actor.clone(),
                    reviewed: false,
                };
                self.openings.insert(jti, opening);
                self.looked = Some(at);
            }
            AgencyAct::Forward { .. } => self.forwards += 1,
            // By a second person (PROTOCOL section 4): whoever opened cannot review it.
            AgencyAct::Review { of, actor, .. } => {
                if let Some(opening) = self.openings.get_mut(of) {
                    opening.reviewed |= opening.actor != *actor;
                }
            }
            AgencyAct::Acknowledged { of } => {
                if self.revoked.is_some_and(|(revoke, _)| revoke == *of)
                    && self.acknowledged.is_none()
                {
                    self.acknowledged = Some(at);
                }
            }
            AgencyAct::Erased { .. } => {
                self.erased = Some(at);
                self.deletions += 1;
            }
        }
    }

    /// By when what was read last is to be deleted, where that was not stated since.
    fn deletion_due(&self, within: Option<&IsoDuration>, now: UnixSeconds) -> Option<UnixSeconds> {
        let looked = self.looked?;
        if self.erased.is_some_and(|erased| erased >= looked) {
            return None;
        }
        let ended = match self.revoked {
            Some((_, at)) => Some(at.as_seconds()),
            None => (self.ends <= now).then_some(self.ends),
        };
        let after_end = ended.and_then(|at| within?.after(at));
        let after_look = self.retention.after(looked.as_seconds());
        [after_end, after_look].into_iter().flatten().min()
    }
}

impl AgencyConduct {
    fn new(id: &str, registry: Option<&Registry>) -> Self {
        let listed = registry.and_then(|registry| {
            registry
                .agencies
                .iter()
                .find(|agency| agency.id.as_str() == id)
        });
        AgencyConduct {
            agency: id.to_owned(),
            name: listed.map_or_else(|| id.to_owned(), |agency| agency.name.clone()),
            consents: 0,
            accesses: 0,
            openings: 0,
            forwards: 0,
            reviews_overdue: 0,
            revocations: 0,
            acknowledged: 0,
            slowest_acknowledgement: None,
            deletions: 0,
            deletions_overdue: 0,
        }
    }

    fn add(&mut self, account: &Account, within: Option<&IsoDuration>, now: UnixMillis) {
        let seconds = now.as_seconds();
        self.consents += 1;
        self.accesses += account.accesses;
        self.openings += account.openings.len() as u64;
        self.forwards += account.forwards;
        let late = |opening: &&Opening| {
            !opening.reviewed && seconds.since(opening.at.as_seconds()) > REVIEW_SECONDS
        };
        self.reviews_overdue += account.openings.values().filter(late).count() as u64;
        self.deletions += account.deletions;
        let due = account.deletion_due(within, seconds);
        self.deletions_overdue += u64::from(due.is_some_and(|due| due <= seconds));
        if let Some((_, revoked)) = account.revoked {
            self.revocations += 1;
            if let Some(acknowledged) = account.acknowledged {
                self.acknowledged += 1;
                let took = acknowledged.0 - revoked.0;
                self.slowest_acknowledgement = self.slowest_acknowledgement.max(Some(took));
            }
        }
    }
}

fn promised(registry: Option<&Registry>, agency: &AgencyId) -> Option<IsoDuration> {
    let obligations = registry?.agency(agency)?.obligations.as_ref()?;
    obligations.erase_within.parse().ok()
}

#[cfg(test)]
mod tests;
