//! The control room: incidents, who may be calling, opening, handing over, the circle and the second look.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConsentState, Language};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentKind {
    /// Somebody is ill or hurt.
    Medical,
    /// Fire or smoke.
    Fire,
    /// Flood, storm, heat, loss of power or water.
    Weather,
    /// Somebody is missing.
    MissingPerson,
    /// Nobody has heard from somebody.
    Welfare,
    /// A crime.
    Crime,
    /// Traffic.
    Traffic,
    /// Anything else.
    Other,
}

/// Declares an incident.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DeclareIncident {
    /// The number that the call-handling system gave it; one is made where there is none.
    #[serde(default)]
    pub reference: String,
    /// What happened.
    pub kind: IncidentKind,
    /// Where, as it was understood.
    #[serde(default)]
    pub place: String,
    /// The caller's number.
    #[serde(default)]
    pub phone: String,
}

/// An incident of this agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Incident {
    /// Its number: `incidentId` of NENA i3.
    pub id: String,
    /// What happened.
    pub kind: IncidentKind,
    /// Where.
    pub place: String,
    /// The caller's number.
    pub phone: String,
    /// When it was declared, in seconds.
    pub declared_at: i64,
    /// By whom.
    pub declared_by: String,
    /// When it was closed, in seconds.
    pub closed_at: Option<i64>,
    /// By whom.
    pub closed_by: Option<String>,
    /// What was opened for it.
    pub openings: Vec<OpeningView>,
}

/// Incidents, the open ones first, then the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Incidents {
    /// The incidents.
    pub incidents: Vec<Incident>,
}

/// What was opened for an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OpeningView {
    /// Which grant.
    pub grant: String,
    /// The opening's statement.
    pub statement: String,
    /// When, in seconds.
    pub at: i64,
    /// By whom.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// Until when it is good, in seconds.
    pub until: i64,
    /// How the consent stands now.
    pub state: ConsentState,
    /// The second person's finding.
    pub finding: Option<Finding>,
}

/// Asks who a caller may be. Exactly one of phone and address is given.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MatchCall {
    /// The incident, which has to be open.
    pub incident: String,
    /// The caller's number, in any way of writing it.
    #[serde(default)]
    pub phone: String,
    /// The place; typing errors are forgiven, wrong numbers are not.
    #[serde(default)]
    pub address: String,
    /// The language of the labels.
    #[serde(default)]
    pub lang: Language,
}

/// Asks whether anyone at a place needs help.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CountPlace {
    /// The place.
    pub address: String,
}

/// How many people at a place have allowed this agency to open something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Count {
    /// How many.
    pub people: u32,
}

/// Who may be calling, the likeliest first.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Matches {
    /// How many people these are.
    pub people: u32,
    /// Their consents.
    pub matches: Vec<MatchView>,
}

/// A consent that may be the caller's.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct MatchView {
    /// The grant.
    pub grant: String,
    /// How alike, from 0 to 1.
    pub score: f64,
    /// What matched.
    pub by: MatchedBy,
    /// How it stands.
    pub state: ConsentState,
    /// This agency's tier in the circle.
    pub tier: Option<u8>,
    /// The circle's name.
    pub circle: Option<String>,
    /// What may be opened, by label.
    pub items: Vec<OpenItem>,
    /// What whoever asks opened for this incident is open until then, in seconds.
    pub open_until: Option<i64>,
}

/// What may be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OpenItem {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// The lowest tier that opens it: `T0` to `T4`.
    pub tier: String,
}

/// What matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// The telephone number.
    Phone,
    /// The address.
    Address,
}

/// Why it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OpenReason {
    /// A call for help.
    Call,
    /// Crews are on their way.
    Dispatch,
    /// Crews are at the door.
    OnScene,
    /// Somebody is to be found.
    Search,
    /// A welfare check.
    WelfareCheck,
    /// People are to be brought to safety.
    Evacuation,
}

impl OpenReason {
    /// The code in statements.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            OpenReason::Call => "call",
            OpenReason::Dispatch => "dispatch",
            OpenReason::OnScene => "on-scene",
            OpenReason::Search => "search",
            OpenReason::WelfareCheck => "welfare-check",
            OpenReason::Evacuation => "evacuation",
        }
    }
}

/// Opens a consent for an incident. Within two hours the same opening serves again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OpenConsent {
    /// Which grant.
    pub grant: String,
    /// The incident, which has to be open.
    pub incident: String,
    /// Why; the person is told.
    pub reason: OpenReason,
    /// At which position: `agencyPositionId` of NENA i3.
    #[serde(default)]
    pub position: String,
    /// The language of the labels.
    #[serde(default)]
    pub lang: Language,
}

/// Hands what was opened over to call-handling software, as a file of RFC 7852 blocks.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HandOver {
    /// Which grant; it has to be opened for the incident.
    pub grant: String,
    /// The incident, which has to be open.
    pub incident: String,
    /// The language of the comments in it.
    #[serde(default)]
    pub lang: Language,
}

/// Everybody who serves the cases of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct IncidentCircle {
    /// One entry for each case that was opened or matched.
    pub cases: Vec<CaseView>,
}

/// A case: one person's grant to a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CaseView {
    /// This agency's grant.
    pub grant: String,
    /// The case's id, the same at every member.
    pub case: String,
    /// The circle's name.
    pub circle: String,
    /// Who serves it.
    pub members: Vec<CaseMemberView>,
}

/// A member of a circle that serves a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CaseMemberView {
    /// Its id.
    pub agency: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its tier.
    pub tier: u8,
    /// How its consent stands.
    pub state: ConsentState,
    /// It is this agency.
    pub own: bool,
}

/// Openings and their second look, those that owe one first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Reviews {
    /// The openings.
    pub reviews: Vec<ReviewRow>,
}

/// An opening and its second look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReviewRow {
    /// Which grant.
    pub grant: String,
    /// The opening's statement.
    pub opening: String,
    /// For which incident.
    pub incident: String,
    /// When it was opened, in seconds.
    pub opened_at: i64,
    /// By whom.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// By when a second person has to look at it, in seconds.
    pub due: i64,
    /// That has passed.
    pub overdue: bool,
    /// Who is signed in opened it, and cannot review it.
    pub own: bool,
    /// What was found.
    pub finding: Option<Finding>,
    /// By whom.
    pub reviewed_by: Option<String>,
}

/// What a second person found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It was right to open it.
    Justified,
    /// It was not.
    Unjustified,
    /// It cannot be told.
    Inconclusive,
}

/// Records a second look.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReviewOpening {
    /// Which grant.
    pub grant: String,
    /// The opening's statement.
    pub opening: String,
    /// What was found; the person sees it.
    pub finding: Finding,
}
