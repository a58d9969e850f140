//! What an audit finds wrong: a closed list of codes, each with what was seen. One finding fails the audit.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// Findings of one code that are told one by one; the rest are counted.
const TOLD_OF_EACH: usize = 20;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal;)*) => {
        /// What does not hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The code, as scripts read it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code,)* }
            }
        }
    };
}

codes! {
    /// The checkpoint is not one, or the pinned key did not sign it.
    CheckpointUnsigned = "checkpoint_unsigned";
    /// The log is shorter than at the last visit.
    LogRolledBack = "log_rolled_back";
    /// The log no longer begins with what was seen at the last visit.
    LogForked = "log_forked";
    /// The entries do not hash to the root of the checkpoint.
    RootMismatch = "root_mismatch";
    /// Entries that the checkpoint counts are not to be had, or cut off.
    EntryMissing = "entry_missing";
    /// An entry is not one of the log's two shapes.
    EntryMalformed = "entry_malformed";
    /// An entry is not in RFC 8785 form.
    EntryNotCanonical = "entry_not_canonical";
    /// An entry's time is before that of the entry before it.
    TimeWentBack = "time_went_back";
    /// A status was set that the status before does not allow.
    StatusUnlawful = "status_unlawful";
    /// A hash tile is missing or is not that of the entries.
    TileMismatch = "tile_mismatch";
    /// A status list that the log speaks of is not to be had.
    ListMissing = "list_missing";
    /// A status list is not one, or is not signed by the verifier.
    ListUnsigned = "list_unsigned";
    /// A status list has no `exp`: it could be shown for ever.
    ListWithoutExp = "list_without_exp";
    /// A status list is served past its `exp`, or is not yet issued.
    ListExpired = "list_expired";
    /// A status list may be kept by caches after it changed.
    ListImmutable = "list_immutable";
    /// A status list does not name the log size it was made from.
    ListUntagged = "list_untagged";
    /// A status list says something else than the log.
    ListMismatch = "list_mismatch";
    /// A status list is made from a log that is longer than the one that is shown.
    ListAhead = "list_ahead";
    /// A status list lacks a change that was logged long before it was served.
    ListWithheld = "list_withheld";
    /// The list for a time in the past says something else than the log.
    HistoryMismatch = "history_mismatch";
    /// The registry is not one, or is not signed by the registrar.
    RegistryUnsigned = "registry_unsigned";
    /// The registry that is served is not in the log.
    RegistryUnlogged = "registry_unlogged";
    /// The registry is older than the one seen before.
    RegistryRolledBack = "registry_rolled_back";
    /// An agency's key changed without the old key's signature.
    AgencyKeySwapped = "agency_key_swapped";
    /// The verifier publishes other keys than before, or another log key than the pinned one.
    VerifierKeyChanged = "verifier_key_changed";
    /// A receipt's proof holds, but its log is not the one that was audited.
    ReceiptForked = "receipt_forked";
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of fault it is.
    pub code: Code,
    /// What was seen.
    pub what: String,
    /// The log index it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
}

/// The findings of an audit, in the order they were made; a flood of one kind is cut short and counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    told: Vec<Finding>,
    counts: BTreeMap<Code, usize>,
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, code: Code, what: impl Into<String>) {
        self.push(Finding {
            code,
            what: what.into(),
            index: None,
        });
    }

    /// Adds a finding about the entry at `index`.
    pub fn add_at(&mut self, code: Code, index: u64, what: impl Into<String>) {
        self.push(Finding {
            code,
            what: what.into(),
            index: Some(index),
        });
    }

    fn push(&mut self, finding: Finding) {
        let count = self.counts.entry(finding.code).or_default();
        *count += 1;
        if *count <= TOLD_OF_EACH {
            self.told.push(finding);
        }
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// The findings, at most 20 of each code.
    #[must_use]
    pub fn told(&self) -> &[Finding] {
        &self.told
    }

    /// How often each code was found.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<Code, usize> {
        &self.counts
    }

    /// Whether this was found.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.counts.contains_key(&code)
    }

    /// Whether a wrong clock of the auditor's explains all that was found.
    #[must_use]
    pub fn is_about_the_clock(&self) -> bool {
        self.counts.keys().all(|code| *code == Code::ListExpired)
    }

    pub(crate) fn append(&mut self, other: Findings) {
        for finding in other.told {
            if self
                .counts
                .get(&finding.code)
                .is_none_or(|told| *told < TOLD_OF_EACH)
            {
                self.told.push(finding);
            }
        }
        for (code, count) in other.counts {
            *self.counts.entry(code).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_each_their_own() {
        let texts: std::collections::BTreeSet<_> =
            Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
    }

    #[test]
    fn a_flood_is_counted_and_not_told() {
        let mut findings = Findings::default();
        (0..1000).for_each(|index| findings.add_at(Code::EntryMalformed, index, "x"));
        assert_eq!(
            (
                findings.told().len(),
                findings.counts()[&Code::EntryMalformed]
            ),
            (TOLD_OF_EACH, 1000)
        );
        assert!(findings.has(Code::EntryMalformed) && !findings.has(Code::LogForked));
    }
}
