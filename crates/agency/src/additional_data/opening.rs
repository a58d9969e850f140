//! An opening in the names of NENA's i3 standard (NENA-STA-010), for the control room's own log.

use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    statement::AgencyAct,
};
use serde::Serialize;

use super::host;

/// Who opened it, where, for which incident, and under which statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Opening {
    /// The incident; none where the share was read without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident_id: Option<String>,
    /// The agency, by its domain name.
    pub agency_id: String,
    /// The agent: a pseudonym that only the agency can resolve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency_agent_id: Option<String>,
    /// The position at which it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency_position_id: Option<String>,
    /// When it was recorded, in seconds UTC.
    #[serde(skip)]
    pub at: UnixSeconds,
    /// When it was recorded (RFC 3339).
    pub timestamp: String,
    /// The statement on the verifier's log.
    pub statement_id: String,
}

impl Opening {
    pub(super) fn new(
        agency: &AgencyId,
        statement: &Jti,
        at: UnixSeconds,
        act: Option<&AgencyAct>,
    ) -> Self {
        let (incident, actor, position) = match act {
            Some(AgencyAct::Open {
                incident,
                actor,
                position,
                ..
            }) => (Some(incident), Some(actor), Some(position)),
            Some(AgencyAct::Access { actor, .. }) => (None, Some(actor), None),
            _ => (None, None, None),
        };
        Opening {
            incident_id: incident.cloned(),
            agency_id: host(agency).to_owned(),
            agency_agent_id: actor.cloned(),
            agency_position_id: position.cloned(),
            at,
            timestamp: rfc3339(at),
            statement_id: statement.to_string(),
        }
    }
}

/// A moment as `xs:dateTime` and RFC 3339 write it, in UTC.
pub(super) fn rfc3339(at: UnixSeconds) -> String {
    jiff::Timestamp::from_second(at.as_i64())
        .map(|at| at.to_string())
        .unwrap_or_default()
}
