//! What to know before signing: how a request goes beyond what it needs, or beyond the one before.

use ::wallet::{Warning, Widening};
use serde::Serialize;
use ts_rs::TS;

/// Something to be known before signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Concern {
    /// No purpose needs this item.
    MoreThanNeeded {
        /// The item.
        path: String,
    },
    /// Nothing is written down there.
    NothingThere {
        /// The item.
        path: String,
    },
    /// It never opens in an emergency, so it is left out.
    NeverOnIncident {
        /// The item.
        path: String,
    },
    /// They may pass it on.
    PassedOn,
    /// They have another right to act, which taking it back does not stop.
    OtherBasis,
    /// It was answered already.
    Answered {
        /// By which consent.
        grant: String,
    },
    /// It was declined before.
    Declined {
        /// When, in seconds.
        at: i64,
    },
    /// The same agency did not ask for this item last time.
    MoreThanLastTime {
        /// The item.
        path: String,
    },
    /// The same agency asks for more than last time in another way.
    WiderThanLastTime {
        /// In which.
        what: Wider,
    },
    /// It runs for more than two years.
    RunsLong,
}

/// In which way a request goes beyond the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Wider {
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

pub(super) fn concern(warning: &Warning) -> Option<Concern> {
    Some(match warning {
        Warning::MoreThanNeeded { path } => Concern::MoreThanNeeded {
            path: path.to_string(),
        },
        Warning::NothingThere { path } => Concern::NothingThere {
            path: path.to_string(),
        },
        Warning::NeverOnIncident { path } => Concern::NeverOnIncident {
            path: path.to_string(),
        },
        Warning::PassedOn => Concern::PassedOn,
        Warning::OtherBasis { .. } => Concern::OtherBasis,
        Warning::Answered { grant } => Concern::Answered {
            grant: grant.to_string(),
        },
        Warning::Declined { at } => Concern::Declined { at: at.as_i64() },
        Warning::MoreThanLastTime { path } => Concern::MoreThanLastTime {
            path: path.to_string(),
        },
        Warning::WiderThanLastTime { what } => Concern::WiderThanLastTime {
            what: wider(*what)?,
        },
        Warning::RunsLong => Concern::RunsLong,
        _ => return None,
    })
}

const fn wider(what: Widening) -> Option<Wider> {
    Some(match what {
        Widening::AtAnyTime => Wider::AtAnyTime,
        Widening::KeepACopy => Wider::KeepACopy,
        Widening::PassItOn => Wider::PassItOn,
        Widening::KeptLonger => Wider::KeptLonger,
        Widening::RunsLonger => Wider::RunsLonger,
        _ => return None,
    })
}
