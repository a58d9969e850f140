//! What speaks against a request, or needs to be known before signing, as far as it can be said without
//! knowing the citizen's mind.

use consent_token::{
    id::{Jti, UnixSeconds},
    request::RequestedConsent,
    term::{Action, IsoDuration, LegalBasis, Release},
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
    /// The same request was declined already.
    Declined {
        /// When.
        at: UnixSeconds,
    },
    /// The same agency did not ask for this item last time.
    MoreThanLastTime {
        /// The item.
        path: Path,
    },
    /// The same agency asks for more than last time in another way.
    WiderThanLastTime {
        /// In which.
        what: Widening,
    },
    /// Somebody may need this item less the longer it runs: it runs for more than two years.
    RunsLong,
}

/// In which way a request goes beyond the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Widening {
    /// To be read at any time, where it was in an emergency only.
    AtAnyTime,
    /// To keep a copy, where it was not.
    KeepACopy,
    /// To pass it on, where it was not, or to more agencies.
    PassItOn,
    /// To keep what was read for longer.
    KeptLonger,
    /// For a longer time.
    RunsLonger,
}

/// What `now` asks beyond what the same agency asked `before`. Durations are compared from `at` on.
pub(crate) fn widened(
    now: &RequestedConsent,
    before: &RequestedConsent,
    at: UnixSeconds,
) -> Vec<Warning> {
    let more = |path: &&String| !before.datatypes.contains(path);
    let paths = now.datatypes.iter().filter(more);
    let mut warnings: Vec<Warning> = paths
        .filter_map(|path| path.parse().ok())
        .map(|path| Warning::MoreThanLastTime { path })
        .collect();
    let acts = |action| now.actions.contains(&action) && !before.actions.contains(&action);
    let reached = |asked: &RequestedConsent| asked.recipients.clone().unwrap_or_default();
    let (known, longer) = (reached(before), |a: &IsoDuration, b: &IsoDuration| {
        a.after(at).unwrap_or(UnixSeconds::MAX) > b.after(at).unwrap_or(UnixSeconds::MAX)
    });
    let widenings = [
        (
            now.release == Release::OnGrant && before.release == Release::OnIncident,
            Widening::AtAnyTime,
        ),
        (acts(Action::Store), Widening::KeepACopy),
        (
            acts(Action::Forward) || reached(now).iter().any(|id| !known.contains(id)),
            Widening::PassItOn,
        ),
        (
            longer(&now.retention, &before.retention),
            Widening::KeptLonger,
        ),
        (
            longer(&now.max_duration, &before.max_duration),
            Widening::RunsLonger,
        ),
    ];
    let widenings = widenings.into_iter().filter(|(is_so, _)| *is_so);
    warnings.extend(widenings.map(|(_, what)| Warning::WiderThanLastTime { what }));
    warnings
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
