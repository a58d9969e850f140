//! Asking for a consent: templates, preview, and what became of each request.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AgencyWords, InBoth, ItemWords, Language};

/// Everything that a request can be made of, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Catalogue {
    /// Purposes.
    pub purposes: Vec<PurposeWords>,
    /// Items of data.
    pub items: Vec<ItemWords>,
    /// Circles that this agency belongs to.
    pub circles: Vec<CircleWords>,
    /// Other agencies of the registry, as recipients.
    pub agencies: Vec<AgencyWords>,
    /// Legal bases that a request may name, DPV IRIs; none means explicit consent.
    pub bases: Vec<String>,
    /// The longest time that a request may wait for an answer, in minutes.
    pub answer_within_at_most: u32,
}

/// A purpose in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PurposeWords {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What it means.
    pub explanation: String,
    /// The paths that it can reasonably need; wallets warn of any other.
    pub needs: Vec<String>,
}

/// A circle that this agency belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CircleWords {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// This agency's highest tier.
    pub tier: u8,
    /// What that tier may open.
    pub items: Vec<String>,
}

/// A request in the making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Purpose codes.
    pub purposes: Vec<String>,
    /// Data paths.
    pub items: Vec<String>,
    /// Those without which the request is pointless.
    pub required: Vec<String>,
    /// Only once an emergency is declared.
    #[serde(default)]
    pub on_incident: bool,
    /// The agency keeps a copy.
    #[serde(default)]
    pub stores: bool,
    /// Agencies to which it may be passed on.
    #[serde(default)]
    pub recipients: Vec<String>,
    /// The circle that is asked for.
    #[serde(default)]
    pub circle: Option<String>,
    /// How long what was read may be kept, ISO 8601.
    pub retention: String,
    /// The longest time that the consent should run, ISO 8601.
    pub max_duration: String,
    /// The text to read.
    pub notice: InBoth,
    /// The agency's own name for this version of the text.
    #[serde(default)]
    pub notice_version: String,
    /// The legal basis, where it is not explicit consent.
    #[serde(default)]
    pub basis: Option<String>,
    /// Whose law applies, ISO 3166.
    #[serde(default)]
    pub jurisdiction: Option<String>,
    /// How long the request waits for an answer, in minutes.
    pub answer_within: u32,
    /// The agency's own note, for whoever looks at the list; it is not part of the request.
    #[serde(default)]
    pub note: String,
}

/// A draft to be shown in a language.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PreviewDraft {
    /// The draft.
    pub draft: Draft,
    /// The language in which the citizen would read it.
    pub lang: Language,
}

/// A request as a wallet shows it, without anyone's data: the members of the wallet's own review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Preview {
    /// Who asks.
    pub agency: AgencyWords,
    /// Who else would answer with them.
    pub circle: Option<CirclePreview>,
    /// What for.
    pub purposes: Vec<PurposeWords>,
    /// What.
    pub items: Vec<PreviewItem>,
    /// They would keep a copy.
    pub stores: bool,
    /// To whom they may pass it on.
    pub recipients: Vec<AgencyWords>,
    /// Only once an emergency is declared.
    pub on_incident: bool,
    /// How long they may keep it, in words.
    pub retention: String,
    /// The latest end, in seconds.
    pub ends_at: i64,
    /// Until when it can be answered, in seconds.
    pub answer_by: i64,
    /// The text to read.
    pub notice: String,
    /// Its language.
    pub notice_lang: Language,
    /// What speaks against it: the wallet warns of these.
    pub concerns: Vec<Concern>,
}

/// An item that would be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PreviewItem {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// The request is pointless without it.
    pub required: bool,
    /// The law protects it especially.
    pub special: bool,
}

/// A circle, and what each member would see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CirclePreview {
    /// Its name.
    pub name: String,
    /// Its members that would see something.
    pub members: Vec<MemberPreview>,
}

/// What one member of a circle would see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MemberPreview {
    /// Who.
    pub agency: AgencyWords,
    /// Which items, by path.
    pub paths: Vec<String>,
}

/// What a wallet warns of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Concern {
    /// No purpose needs this item.
    MoreThanNeeded {
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
    /// It runs for more than two years.
    RunsLong,
}

/// Templates to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Templates {
    /// The agency's own first, then those that come with the program.
    pub templates: Vec<Template>,
}

/// A request to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Template {
    /// Its id; empty to make a new one.
    pub id: String,
    /// Its name.
    pub name: InBoth,
    /// It comes with the program and cannot be changed; save it under a new name.
    #[serde(default)]
    pub built_in: bool,
    /// What it asks.
    pub draft: Draft,
}

/// Something by its id.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ById {
    /// The id.
    pub id: String,
    /// The language of the answer's words.
    #[serde(default)]
    pub lang: Language,
}

/// A text whose reading age is wanted.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadText {
    /// The text.
    pub text: String,
    /// Its language.
    pub lang: Language,
}

/// How hard a text is to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Readability {
    /// The age at which most people can read it: by the Automated Readability Index in English, by Björnsson's
    /// LIX in Welsh. None for fewer than ten words.
    pub age: Option<u8>,
    /// Words.
    pub words: u32,
    /// Sentences.
    pub sentences: u32,
    /// The longest sentence, where it is longer than 20 words.
    pub long_sentence: Option<String>,
    /// Words of more than ten letters, the first ten of them.
    pub long_words: Vec<String>,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// It waits for an answer.
    Open,
    /// Somebody agreed.
    Granted,
    /// Somebody said no, and nobody yes.
    Declined,
    /// Its time ran out without an answer.
    Expired,
    /// The agency took it back before there was an answer.
    Closed,
}

/// A request that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RequestView {
    /// Its id.
    pub id: String,
    /// The agency's own note.
    pub note: String,
    /// What became of it.
    pub state: RequestState,
    /// What it asks.
    pub draft: Draft,
    /// When it was made, in seconds.
    pub made_at: i64,
    /// By whom: a pseudonym.
    pub made_by: String,
    /// Until when it can be answered, in seconds.
    pub expires_at: i64,
    /// For the wallet: `assent://authorize?…`. Its QR code is at `/api/request-qr?id=…`.
    pub link: String,
    /// Where a wallet fetches it.
    pub request_uri: String,
    /// How many said no.
    pub declined: u32,
    /// The consents that were given, the first one first.
    pub granted: Vec<RequestAnswer>,
}

/// A yes to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RequestAnswer {
    /// The grant.
    pub grant: String,
    /// When it came, in seconds.
    pub at: i64,
    /// Items that were asked for and not given.
    pub without: Vec<String>,
    /// The verifier has it too. Until then it does not count.
    pub registered: bool,
}

/// Requests, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Requests {
    /// The requests.
    pub requests: Vec<RequestView>,
}
