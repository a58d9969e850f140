//! Consents that were given: the table, one of them, reading under it, and what is owed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{ItemWords, Language, PurposeWords};

/// How a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// It holds.
    Valid,
    /// The person paused it: nothing may be read.
    Paused,
    /// The person took it back, for ever.
    Withdrawn,
    /// Its time is over.
    Expired,
}

/// Which part of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Only {
    /// Those that end within 30 days.
    EndingSoon,
    /// Those under which something is to be deleted.
    Owed,
    /// Those where that is overdue.
    Overdue,
    /// Those that wait for an incident.
    OnIncident,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// What changed last comes first.
    #[default]
    Changed,
    /// The newest consent comes first.
    Newest,
    /// What ends first comes first.
    Ending,
    /// What is due first comes first.
    Due,
}

/// Which consents.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct FindConsents {
    /// Words that all have to be found: in the grant's id, the person's pseudonym, purposes, items (in both
    /// languages), circle, or the note of the request that it answers.
    pub search: String,
    /// Only those in this state.
    pub state: Option<ConsentState>,
    /// Only those for this purpose.
    pub purpose: Option<String>,
    /// Only this part.
    pub only: Option<Only>,
    /// In this order.
    pub order: Order,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most; 100 unless given, 500 at most.
    pub limit: Option<u32>,
}

/// A page of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConsentPage {
    /// How many were found.
    pub total: u32,
    /// How many were left out at the beginning.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<ConsentRow>,
    /// How many there are of each kind, whatever was asked for.
    pub counts: ConsentCounts,
    /// The log index up to which the table is true.
    pub index: Option<u64>,
    /// The verifier's event stream is open: a change is here within a second.
    pub connected: bool,
}

/// How many consents of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ConsentCounts {
    /// They hold.
    pub valid: u32,
    /// Paused.
    pub paused: u32,
    /// Taken back.
    pub withdrawn: u32,
    /// Over.
    pub expired: u32,
    /// They hold, and end within 30 days.
    pub ending_soon: u32,
    /// Something is to be deleted.
    pub owed: u32,
    /// And is overdue.
    pub overdue: u32,
}

/// A row of the table. Nobody's name is in it: the agency has read nothing yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConsentRow {
    /// The grant's id.
    pub grant: String,
    /// A pseudonym of the person, the same in all their consents to this agency.
    pub person: String,
    /// Purpose codes.
    pub purposes: Vec<String>,
    /// Data paths.
    pub items: Vec<String>,
    /// They wait for an incident.
    pub on_incident: bool,
    /// The circle's id.
    pub circle: Option<String>,
    /// This agency's tier in it.
    pub tier: Option<u8>,
    /// How it stands.
    pub state: ConsentState,
    /// When it was given, in seconds.
    pub granted_at: i64,
    /// When it ends, in seconds.
    pub ends_at: i64,
    /// When something happened last, in seconds.
    pub changed_at: i64,
    /// It holds and ends within 30 days.
    pub ending_soon: bool,
    /// When something was read last, in seconds.
    pub read_at: Option<i64>,
    /// What is to be deleted.
    pub owed: Option<Owed>,
    /// The agency stated that it deleted, in seconds.
    pub erased_at: Option<i64>,
    /// The request that it answers.
    pub request: Option<String>,
}

/// A deletion that is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Owed {
    /// By when, in seconds.
    pub due: i64,
    /// That has passed.
    pub overdue: bool,
    /// Why.
    pub because: Because,
}

/// Why something is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The person took the consent back.
    Withdrawn,
    /// It was kept as long as was promised.
    Retention,
}

/// Whether something may be read under a consent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Readable {
    /// Yes, with a reason.
    Yes,
    /// Only for an incident, in the control room.
    OnIncident,
    /// No.
    No,
}

/// One consent.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ConsentView {
    /// Its row.
    pub row: ConsentRow,
    /// What for.
    pub purposes: Vec<PurposeWords>,
    /// What.
    pub items: Vec<ItemWords>,
    /// `read`, `store`, `forward`.
    pub actions: Vec<String>,
    /// Agencies to which it may be passed on.
    pub recipients: Vec<String>,
    /// How long what was read may be kept, in words.
    pub retention: String,
    /// The legal basis, a DPV IRI.
    pub basis: String,
    /// Whose law applies.
    pub jurisdiction: String,
    /// The text that the person read.
    pub notice: NoticeView,
    /// The random id that all tokens of the same grant to a circle have.
    pub case: Option<String>,
    /// May it be read now?
    pub readable: Readable,
    /// Everything that happened, the newest first.
    pub history: Vec<ActView>,
    /// The proofs were fetched and checked just now; else the verifier could not be asked.
    pub proven: bool,
    /// The consent token.
    pub token: String,
}

/// The text that the person read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NoticeView {
    /// Its digest in the token.
    pub digest: String,
    /// Its language.
    pub lang: String,
    /// The agency's own name for the version.
    pub version: String,
    /// The text, where a request or template here has exactly this digest.
    pub text: Option<String>,
}

/// Whose act it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The person.
    Person,
    /// This agency.
    Agency,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ActKind {
    /// The consent was given.
    Grant,
    /// The data were sent, or sent anew.
    Share,
    /// Paused.
    Suspend,
    /// The pause ended.
    Resume,
    /// Taken back.
    Revoke,
    /// Deletion was asked for.
    EraseRequest,
    /// Read.
    Access,
    /// Opened for an incident.
    Open,
    /// An opening was looked at by a second person.
    Review,
    /// The software acted on a revocation.
    Acknowledged,
    /// Deleted.
    Erased,
    /// An act that this version does not know.
    Other,
}

/// One act on a consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActView {
    /// Its index in the log.
    pub index: u64,
    /// When it was recorded, in seconds.
    pub at: i64,
    /// What was done.
    pub act: ActKind,
    /// By whom.
    pub by: Party,
    /// The statement's id.
    pub id: String,
    /// Which member of staff: a pseudonym, or `software`.
    pub actor: Option<String>,
    /// Why: words, or a code for an opening.
    pub reason: Option<String>,
    /// For which incident.
    pub incident: Option<String>,
    /// What a review found: `justified`, `unjustified` or `inconclusive`.
    pub finding: Option<String>,
    /// How it was deleted.
    pub method: Option<String>,
    /// Which paths were looked at.
    pub items: Vec<String>,
    /// The text of the C2SP proof that it is in the log; checked here before it is shown.
    pub proof: Option<String>,
    /// The token or statement.
    pub jws: String,
}

/// Reads under a consent.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadConsent {
    /// Which.
    pub grant: String,
    /// Why; the person sees it.
    pub reason: String,
    /// The paths that are looked at; all unless given.
    #[serde(default)]
    pub items: Vec<String>,
    /// The language of the labels.
    #[serde(default)]
    pub lang: Language,
}

/// What was read. It is shown only as long as the consent stands: clear it when a `consent` event of this grant
/// says anything but `valid`, when a `line` event says that the verifier is out of reach, and when the stream ends.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ReadAnswer {
    /// Under which grant.
    pub grant: String,
    /// What.
    pub fields: Vec<FieldView>,
    /// The statement under which it was read.
    pub statement: String,
    /// Its index in the log.
    pub index: u64,
    /// The number of this version of the data.
    pub revision: u64,
    /// When the person wrote it so, in seconds.
    pub issued_at: i64,
    /// Until when it may be kept, in seconds.
    pub keep_until: Option<i64>,
    /// Until when this opening is good, in seconds; none where it was no opening.
    pub open_until: Option<i64>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FieldView {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// What the person wrote down there; null where nothing.
    pub value: Value,
    /// The same in words, a line each; what a person typed stands there as it was typed.
    pub lines: Vec<String>,
}

/// States that everything read under a grant is deleted.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Erase {
    /// Which grant.
    pub grant: String,
    /// How; the person sees it.
    pub method: String,
}
