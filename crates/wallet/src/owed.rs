//! What agencies owe and by when (PROTOCOL sections 4 and 7): to take note of a revocation, to delete what
//! they read, to have an opening reviewed. An agency that never looked holds nothing and owes no deletion.

use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    term::IsoDuration,
};
use protocol::{Registry, registry::Agency};
use serde::Serialize;

use crate::{
    By, Event, Grant, SecondPerson, Standing, Wallet, WalletError, event::seconds_of,
    looked::kind_of,
};

/// A consent that ended, and what the agency did about it since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// Which.
    pub grant: Jti,
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// How it ended.
    pub how: Ended,
    /// When, in milliseconds.
    pub at: i64,
    /// How long after that, in milliseconds, the agency's software had taken note; none where it has not.
    pub acknowledged_after: Option<i64>,
    /// Whether the agency ever looked, so that it may hold something.
    pub looked: bool,
    /// By when it has to delete; none where it looked at nothing, or promised nothing.
    pub erase_by: Option<UnixSeconds>,
    /// When it stated that it deleted, in milliseconds.
    pub erased_at: Option<i64>,
}

/// How a consent ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The citizen took it back.
    Revoked,
    /// Its time was over.
    Expired,
}

/// Something that an agency should have done by now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overdue {
    /// Under which consent.
    pub grant: Jti,
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// What.
    #[serde(flatten)]
    pub what: Owed,
    /// Since when.
    pub since: UnixSeconds,
}

/// What an agency owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Owed {
    /// To delete, because the consent was taken back.
    ErasureAfterRevocation,
    /// To delete, because the consent's time is over.
    ErasureAfterExpiry,
    /// To delete, because it may not be kept for longer.
    ErasureAfterRetention,
    /// To have an opening reviewed by a second person.
    Review {
        /// The opening: the id of its statement.
        of: Jti,
    },
}

/// A registered consent with its history and what its agency promised for its end.
struct Account {
    grant: Grant,
    events: Vec<Event>,
    within: Option<IsoDuration>,
}

impl Wallet {
    /// Every consent that ended, the latest first, with what its agency did about it.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn endings(&mut self) -> Result<Vec<Ending>, WalletError> {
        let now = self.device.now();
        let mut endings = Vec::new();
        for account in self.accounts()? {
            endings.extend(ending(&account, now));
        }
        endings.sort_by_key(|ending| std::cmp::Reverse(ending.at));
        Ok(endings)
    }

    /// Everything that agencies should have done by now, the longest overdue first.
    ///
    /// # Errors
    /// As [`Wallet::endings`].
    pub fn overdue(&mut self) -> Result<Vec<Overdue>, WalletError> {
        let now = self.device.now();
        let mut overdue = Vec::new();
        for account in self.accounts()? {
            let owed = erasure(&account, now);
            if let Some((what, since)) = owed.filter(|(_, due)| *due <= now) {
                overdue.push(entry(&account.grant, what, since));
            }
        }
        for look in self.looked(None)? {
            if let Some(SecondPerson::Overdue { since }) = look.review {
                overdue.push(Overdue {
                    grant: look.grant,
                    agency: look.agency,
                    agency_name: look.agency_name,
                    what: Owed::Review { of: look.id },
                    since,
                });
            }
        }
        overdue.sort_by_key(|one| one.since);
        Ok(overdue)
    }

    /// Every registered consent with its history and what its agency promised.
    fn accounts(&self) -> Result<Vec<Account>, WalletError> {
        let registry = match self.registry() {
            Err(WalletError::NoRegistry) => None,
            other => Some(other?),
        };
        let mut accounts = Vec::new();
        for grant in self.grants()?.into_iter().filter(Grant::is_registered) {
            let events = self.history(&grant.id)?;
            let agency = registry.as_ref().and_then(|all| all.agency(&grant.agency));
            let within = agency.and_then(promised);
            let others = recipients(&grant, &events, registry.as_ref());
            let events = events.into_iter().filter(|event| event.recipient.is_none());
            accounts.push(Account {
                grant,
                events: events.collect(),
                within,
            });
            accounts.extend(others);
        }
        Ok(accounts)
    }
}

fn promised(agency: &Agency) -> Option<IsoDuration> {
    agency.obligations.as_ref()?.erase_within.parse().ok()
}

fn entry(grant: &Grant, what: Owed, since: UnixSeconds) -> Overdue {
    Overdue {
        grant: grant.id,
        agency: grant.agency.clone(),
        agency_name: grant.agency_name.clone(),
        what,
        since,
    }
}

/// An account for each agency that the data were handed on to: what was handed on is what it looked at.
fn recipients(grant: &Grant, events: &[Event], registry: Option<&Registry>) -> Vec<Account> {
    let mut agencies: Vec<&AgencyId> = events
        .iter()
        .filter_map(|event| event.to.as_ref())
        .collect();
    agencies.sort();
    agencies.dedup();
    let account = |id: &AgencyId| {
        let agency = registry.and_then(|all| all.agency(id));
        let own = |event: &&Event| match (&event.recipient, &event.to) {
            (Some(recipient), _) => recipient == id,
            (None, Some(to)) => to == id,
            (None, None) => event.by == By::Holder,
        };
        Account {
            grant: Grant {
                agency: id.clone(),
                agency_name: agency.map_or_else(|| id.to_string(), |agency| agency.name.clone()),
                ..grant.clone()
            },
            events: events.iter().filter(own).cloned().collect(),
            within: agency.and_then(promised),
        }
    };
    agencies.into_iter().map(account).collect()
}

/// Whether the agency of an account came to hold something by it.
fn is_look(event: &Event) -> bool {
    kind_of(event).is_some() || event.act == "forward"
}

fn last(events: &[Event], fits: impl Fn(&Event) -> bool) -> Option<&Event> {
    events.iter().rfind(|event| fits(event))
}

fn ended(grant: &Grant, events: &[Event], now: UnixSeconds) -> Option<(Ended, i64)> {
    let revoked = last(events, |event| event.act == "revoke");
    if let Some(revoked) = revoked.filter(|_| grant.standing == Standing::Revoked) {
        Some((Ended::Revoked, revoked.at))
    } else {
        (grant.ends_at <= now).then(|| (Ended::Expired, grant.ends_at.as_i64() * 1000))
    }
}

fn ending(account: &Account, now: UnixSeconds) -> Option<Ending> {
    let Account {
        grant,
        events,
        within,
    } = account;
    let (how, at) = ended(grant, events, now)?;
    let revocation = last(events, |event| event.act == "revoke").map(|event| event.id);
    let acknowledged = events
        .iter()
        .find(|event| event.act == "acknowledged" && event.of.is_some() && event.of == revocation);
    let look = last(events, is_look);
    let erased = last(events, |event| event.act == "erased")
        .filter(|erased| look.is_none_or(|look| look.index < erased.index));
    let erase_by = look.and_then(|_| within.as_ref()?.after(seconds_of(at)));
    Some(Ending {
        grant: grant.id,
        agency: grant.agency.clone(),
        agency_name: grant.agency_name.clone(),
        how,
        at,
        acknowledged_after: acknowledged.map(|event| event.at - at),
        looked: look.is_some(),
        erase_by,
        erased_at: erased.map(|event| event.at),
    })
}

/// The deletion that is owed and by when: after the last look, the sooner of what was promised for the end
/// and of how long the consent lets it be kept. None where it was stated since.
fn erasure(account: &Account, now: UnixSeconds) -> Option<(Owed, UnixSeconds)> {
    let Account {
        grant,
        events,
        within,
    } = account;
    let look = last(events, is_look)?;
    if last(events, |event| event.act == "erased").is_some_and(|erased| erased.index > look.index) {
        return None;
    }
    let after_end = ended(grant, events, now).and_then(|(how, at)| {
        let owed = match how {
            Ended::Revoked => Owed::ErasureAfterRevocation,
            Ended::Expired => Owed::ErasureAfterExpiry,
        };
        Some((owed, within.as_ref()?.after(seconds_of(at))?))
    });
    let kept = grant.consent.retention.after(seconds_of(look.at));
    let after_retention = kept.map(|due| (Owed::ErasureAfterRetention, due));
    [after_end, after_retention]
        .into_iter()
        .flatten()
        .min_by_key(|(_, due)| *due)
}
