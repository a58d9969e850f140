//! What speaks against a request, or needs to be known before signing, as far as it can be said without
//! knowing the citizen's mind.

use consent_token::{
    id::{Jti, UnixSeconds},
    term::{Action, LegalBasis, Release},
};
use profile::{Path, Tier, purpose};
use serde::Serialize;

use crate::Review;

/// From this many seconds on a consent runs long: two years.
const LONG: i64 = 2 * 365 * 86_400;

/// What speaks against a request, or needs to be known before signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Warning {
    /// None of the purposes can reasonably need this item.
    MoreThanNeeded {
        /// The item.
        path: Path,
    },
    /// Nothing is written down there yet.
    NothingThere {
        /// The item.
        path: Path,
    },
    /// This item never opens on an emergency; it is left out of what does.
    NeverOnIncident {
        /// The item.
        path: Path,
    },
    /// The agency may pass it on.
    PassedOn,
    /// The agency has another right to act, which taking the consent back does not stop.
    OtherBasis {
        /// The DPV IRI of that basis.
        basis: LegalBasis,
    },
    /// The same request was answered already.
    Answered {
        /// The consent that answered it.
        grant: Jti,
    },
    /// Somebody may need this item less the longer it runs: it runs for more than two years.
    RunsLong,
}

/// Everything that can be said against a request without knowing the citizen's mind.
pub(crate) fn warnings(
    review: &Review,
    now: UnixSeconds,
    basis: Option<&LegalBasis>,
) -> Vec<Warning> {
    let needed = |path: &Path| {
        review
            .purposes
            .iter()
            .filter_map(|asked| purpose(&asked.code))
            .any(|known| known.can_need(path))
    };
    let mut warnings = Vec::new();
    for item in &review.items {
        let path = item.path.clone();
        if never_opens(&path, review.release) {
            warnings.push(Warning::NeverOnIncident { path });
        } else if !needed(&path) {
            warnings.push(Warning::MoreThanNeeded { path });
        } else if item.value.is_none() {
            warnings.push(Warning::NothingThere { path });
        }
    }
    if review.actions.contains(&Action::Forward) {
        warnings.push(Warning::PassedOn);
    }
    if let Some(basis) = basis.filter(|basis| **basis != LegalBasis::default()) {
        warnings.push(Warning::OtherBasis {
            basis: basis.clone(),
        });
    }
    if review.ends_at.since(now) > LONG {
        warnings.push(Warning::RunsLong);
    }
    warnings
}

/// The last tier opens only by a grant that names it, never on an incident.
pub(crate) fn never_opens(path: &Path, release: Release) -> bool {
    release == Release::OnIncident && path.entry().tier == Tier::T4
}
