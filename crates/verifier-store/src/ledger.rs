//! The ledger: everything that a verifier knows, as a pure function of its log and the bodies beside
//! it. A clone costs a few pointers, so that a batch is staged on a copy and published by a swap.

use std::sync::Arc;

use consent_token::id::{AgencyId, Digest, Jti, UnixSeconds};
use imbl::{HashMap, Vector};
use protocol::{Entry, UnixMillis};
use transparency_log::{HashTree, TreeHead, leaf_hash};

use crate::{
    grant::{GrantState, State},
    lists::StatusLists,
    store::StoredEntry,
};

mod body;
mod registry;

pub(crate) use body::{Body, Reading};
pub use registry::{KnownAgency, RegistryState, Signer, SignerKind};

/// What a verifier knows at one size of its log.
#[derive(Clone, Default)]
pub struct Ledger {
    pub(crate) at: UnixMillis,
    pub(crate) tree: HashTree,
    pub(crate) lists: StatusLists,
    pub(crate) grants: HashMap<Jti, Arc<GrantState>>,
    pub(crate) acts: HashMap<(Jti, Jti), u64>,
    pub(crate) by_agency: HashMap<Arc<str>, Vector<(u64, Jti)>>,
    pub(crate) changes: HashMap<Arc<str>, Vector<u64>>,
    pub(crate) cases: HashMap<Jti, Vector<Jti>>,
    pub(crate) registry: Option<Arc<RegistryState>>,
}

/// Why the database's content is not a ledger. The operator restores a backup; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// An index is missing or out of order.
    #[error("log entry {0} is missing")]
    Missing(u64),
    /// An entry is not of the log's shapes.
    #[error("log entry {0} cannot be read: {1}")]
    Entry(u64, protocol::entry::EntryError),
    /// A body is not the one whose digest is in the log.
    #[error("the body of log entry {0} is not the one that was logged")]
    Body(u64),
    /// The entries hash to another root than the one that was signed.
    #[error("the log's entries do not hash to its head")]
    Root,
}

impl Ledger {
    /// Reads stored entries on top of what is known; they must follow each other.
    ///
    /// # Errors
    /// [`ReplayError`] with the first entry that does not fit.
    pub fn replay(&mut self, entries: &[StoredEntry]) -> Result<(), ReplayError> {
        entries
            .iter()
            .try_for_each(|stored| self.replay_one(stored))
    }

    fn replay_one(&mut self, stored: &StoredEntry) -> Result<(), ReplayError> {
        let index = self.tree.size();
        if stored.index != index {
            return Err(ReplayError::Missing(index));
        }
        let entry = Entry::parse(&stored.entry).map_err(|e| ReplayError::Entry(index, e))?;
        let digest = entry.digest();
        let body = match &stored.body {
            Some(text) if Digest::of(text.as_bytes()) != digest => {
                return Err(ReplayError::Body(index));
            }
            Some(text) => Some(Body::read(text, digest).ok_or(ReplayError::Body(index))?),
            None => None,
        };
        self.apply(&entry, &stored.entry, body);
        Ok(())
    }

    /// Checks that what was read is what was signed.
    ///
    /// # Errors
    /// [`ReplayError::Root`].
    pub fn expect_head(&self, head: &TreeHead) -> Result<(), ReplayError> {
        if self.head() == *head {
            Ok(())
        } else {
            Err(ReplayError::Root)
        }
    }

    /// Takes one entry in. What the entry says of a status counts, whatever the body says.
    pub(crate) fn apply(&mut self, entry: &Entry, bytes: &[u8], body: Option<Body>) {
        let index = self.tree.size();
        self.tree.push(leaf_hash(bytes));
        self.at = entry.at();
        if let Entry::Status { slot, status, .. } = entry {
            self.lists.set(*slot, *status, index + 1);
        }
        match body {
            Some(Body::Grant(grant)) => self.add_grant(*grant, entry, index),
            Some(Body::Holder(change)) => self.add_holder_act(&change, index),
            Some(Body::Agency(change)) => self.add_agency_act(&change, index),
            Some(Body::Registry(compact, registry)) => {
                self.registry = Some(Arc::new(RegistryState::new(compact, registry, index)));
            }
            None => {}
        }
    }

    fn add_grant(&mut self, grant: body::NewGrant, entry: &Entry, index: u64) {
        let Entry::Status { slot, .. } = entry else {
            return;
        };
        let audience: Arc<str> = match self.by_agency.get_key_value(grant.audience.as_str()) {
            Some((known, _)) => known.clone(),
            None => grant.audience.as_str().into(),
        };
        self.by_agency
            .entry(audience.clone())
            .or_default()
            .push_back((index, grant.jti));
        self.changes
            .entry(audience.clone())
            .or_default()
            .push_back(index);
        let id = grant.jti;
        let state = grant.state(audience, *slot, index);
        if let Some(place) = &state.circle {
            self.cases.entry(place.case).or_default().push_back(id);
        }
        self.grants.insert(id, Arc::new(state));
    }

    fn add_holder_act(&mut self, change: &body::HolderChange, index: u64) {
        self.acts.entry((change.grant, change.jti)).or_insert(index);
        let Some(state) = self.grants.get_mut(&change.grant) else {
            return;
        };
        let state = Arc::make_mut(state);
        let others = state
            .recipients
            .iter()
            .filter(|_| change.concerns_recipients);
        for agency in others.chain([&state.audience]) {
            self.changes
                .entry(agency.clone())
                .or_default()
                .push_back(index);
        }
        state.acts.push(index);
        if change.announces {
            state.announcements.push(index);
        }
        state.seq = state.seq.max(change.seq);
        if change.revokes && state.revoked_at.is_none() {
            state.revoked_at = Some(index);
        }
    }

    fn add_agency_act(&mut self, change: &body::AgencyChange, index: u64) {
        self.acts.entry((change.grant, change.jti)).or_insert(index);
        let Some(state) = self.grants.get_mut(&change.grant) else {
            return;
        };
        let state = Arc::make_mut(state);
        state.acts.push(index);
        if let Some(changes) = self.changes.get_mut(&state.audience) {
            changes.push_back(index);
        }
        if change.act.is_some_and(|act| act.is_use(state.release)) {
            state.reads = state.reads.saturating_add(1);
        }
        if let Some(to) = &change.forwarded {
            let agency: Arc<str> = to.as_str().into();
            self.changes
                .entry(agency.clone())
                .or_default()
                .push_back(index);
            if !state.recipients.contains(&agency) {
                state.recipients.push(agency);
            }
        }
    }

    /// How far the log reaches, and its root.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        self.tree.head()
    }

    /// The log's tree.
    #[must_use]
    pub fn tree(&self) -> &HashTree {
        &self.tree
    }

    /// The time of the last entry.
    #[must_use]
    pub fn at(&self) -> UnixMillis {
        self.at
    }

    /// The status lists.
    #[must_use]
    pub fn lists(&self) -> &StatusLists {
        &self.lists
    }

    /// The registry in force.
    #[must_use]
    pub fn registry(&self) -> Option<&Arc<RegistryState>> {
        self.registry.as_ref()
    }

    /// The grant with that id.
    #[must_use]
    pub fn grant(&self, id: &Jti) -> Option<&Arc<GrantState>> {
        self.grants.get(id)
    }

    /// Whether a statement with that id was recorded on the grant.
    #[must_use]
    pub fn knows(&self, grant: &Jti, statement: &Jti) -> bool {
        self.acts.contains_key(&(*grant, *statement))
    }

    /// The index of the statement with that id on the grant.
    #[must_use]
    pub fn act(&self, grant: &Jti, statement: &Jti) -> Option<u64> {
        self.acts.get(&(*grant, *statement)).copied()
    }

    /// How many grants were ever registered.
    #[must_use]
    pub fn grants(&self) -> usize {
        self.grants.len()
    }

    /// The grant's status bits and its state at `now`.
    #[must_use]
    pub fn state(&self, grant: &GrantState, now: UnixSeconds) -> (u8, State) {
        let status = self.lists.status(grant.slot);
        (status, grant.state(status, now))
    }

    /// At most `limit` grants addressed to `agency` whose registration has an index above `after`.
    #[must_use]
    pub fn agency_grants(
        &self,
        agency: &AgencyId,
        after: Option<u64>,
        limit: usize,
    ) -> Vec<(u64, Jti)> {
        let Some(grants) = self.by_agency.get(agency.as_str()) else {
            return Vec::new();
        };
        page(grants, after, limit, |(index, _)| *index)
    }

    /// At most `limit` indexes of acts on `agency`'s grants, above `after`, in order.
    #[must_use]
    pub fn agency_changes(&self, agency: &AgencyId, after: Option<u64>, limit: usize) -> Vec<u64> {
        let Some(changes) = self.changes.get(agency.as_str()) else {
            return Vec::new();
        };
        page(changes, after, limit, |index| *index)
    }

    /// The grants of the case of which `is_own` is the caller's, in the order of registration; none where it has
    /// none. Where several holders' tokens carry that case, it is the case of the first that is the caller's.
    #[must_use]
    pub fn case(
        &self,
        case: &Jti,
        is_own: impl Fn(&Jti, &GrantState) -> bool,
    ) -> Vec<&Arc<GrantState>> {
        let grants = || {
            let ids = self.cases.get(case).into_iter().flatten();
            ids.filter_map(|id| Some((id, self.grants.get(id)?)))
        };
        let Some((_, own)) = grants().find(|(id, grant)| is_own(id, grant)) else {
            return Vec::new();
        };
        let members = grants().map(|(_, grant)| grant);
        members.filter(|grant| grant.is_of_case_of(own)).collect()
    }
}

/// At most `limit` rows whose log index is above `after`. The walk starts there: skipping an iterator would
/// pass over every row before it, and a caller who reads all pages would pay for the square of them.
fn page<T: Copy>(
    rows: &Vector<T>,
    after: Option<u64>,
    limit: usize,
    index: impl Fn(&T) -> u64,
) -> Vec<T> {
    let start = after.map_or(0, |after| match rows.binary_search_by_key(&after, index) {
        Ok(at) => at + 1,
        Err(at) => at,
    });
    let end = start.saturating_add(limit).min(rows.len());
    rows.focus()
        .narrow(start..end)
        .into_iter()
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_a_gap() {
        let rows: Vector<u64> = (0..1000).map(|n| n * 3).collect();
        for limit in [1, 7, 256, 1000, 5000] {
            let (mut read, mut after) = (Vec::new(), None);
            loop {
                let next = page(&rows, after, limit, |index| *index);
                assert!(next.len() <= limit);
                let Some(last) = next.last().copied() else {
                    break;
                };
                (read, after) = ([read, next].concat(), Some(last));
            }
            assert!(read.iter().eq(rows.iter()), "{limit}");
        }
        assert_eq!(
            page(&rows, Some(4), 2, |index| *index),
            [6, 9],
            "between two"
        );
        assert!(page(&rows, Some(u64::MAX), 2, |index| *index).is_empty());
        assert!(page(&Vector::<u64>::new(), None, 2, |index| *index).is_empty());
    }
}
