//! What a route answers with instead of what was asked: a code, never a sentence. The list is closed, so that
//! the pages' compiler can tell whether it has words for each.

use serde::Serialize;
use ts_rs::TS;

/// Why a route did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{code:?}")]
pub struct ApiError {
    /// The stable code.
    pub code: Code,
    /// The member of what was asked that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<&'static str>,
    /// Whether the same may succeed later, unchanged.
    pub retryable: bool,
    /// In how many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub wait: Option<u64>,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $status:literal),* $(,)?) => {
        /// Every code that crosses to the pages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The HTTP status that goes with it (RFC 9110 section 15).
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }
        }
    };
}

codes! {
    /// Nobody is signed in, or the session is over: sign in.
    SignedOut = 401,
    /// Whoever is signed in has no role for this.
    NotAllowed = 403,
    /// The call does not come from this console's pages, or its `Assent-CSRF` is not the session's.
    Forged = 403,
    /// There is no such route.
    NotFound = 404,
    /// What was asked cannot be read; `field` says what.
    NotUnderstood = 400,
    /// What was asked is too long.
    TooLarge = 413,
    /// Name or password is wrong, or the user cannot sign in.
    WrongSignIn = 401,
    /// Too many tries: wait as long as `wait` says.
    TooSoon = 429,
    /// The set-up code is wrong.
    WrongCode = 403,
    /// There is an administrator already.
    AlreadySetUp = 409,
    /// The password is too short or easy to guess.
    PasswordWeak = 400,
    /// The password is too long.
    PasswordTooLong = 400,
    /// The old password is wrong.
    WrongPassword = 403,
    /// The identity provider knows this person; there is no password here.
    FromProvider = 409,
    /// The passkey ceremony is over or was not begun here.
    CeremonyOver = 409,
    /// The passkey does not hold.
    PasskeyRefused = 403,
    /// This console cannot use passkeys at its address (it needs https, or localhost).
    PasskeyNotHere = 409,
    /// There is a user of that name.
    UserExists = 409,
    /// There is no such user.
    UnknownUser = 404,
    /// Somebody has to be able to manage users.
    LastAdmin = 409,
    /// There is no such pseudonym.
    UnknownActor = 404,
    /// A reason has to be given.
    ReasonMissing = 400,
    /// No purpose or none that wallets know.
    Purpose = 400,
    /// No item, or one that wallets do not know.
    Item = 400,
    /// A required item is not asked for.
    RequiredNotAsked = 400,
    /// The notice has no text in one of the languages.
    NoticeMissing = 400,
    /// The notice is so long that the request cannot be signed: at most 8 KiB in all.
    NoticeTooLong = 400,
    /// Not a duration of ISO 8601, or not one that a request may have.
    Duration = 400,
    /// The agency does not belong to that circle.
    NotInCircle = 400,
    /// There is no such agency in the registry.
    UnknownAgency = 400,
    /// Not a legal basis that a request may name.
    Basis = 400,
    /// Not a code of ISO 3166.
    Jurisdiction = 400,
    /// There is no such request.
    UnknownRequest = 404,
    /// It was answered, closed, or its time is over.
    RequestOver = 409,
    /// There is no such template.
    UnknownTemplate = 404,
    /// It comes with the program; save it under a new name.
    BuiltInTemplate = 409,
    /// There is no such consent.
    UnknownGrant = 404,
    /// The person took it back.
    ConsentWithdrawn = 403,
    /// The person paused it.
    ConsentPaused = 403,
    /// It has ended.
    ConsentExpired = 403,
    /// It was used as often as it allows.
    ConsentExhausted = 403,
    /// It opens in an incident only, or never in one.
    WaitsForIncident = 403,
    /// The item is not one of the consent's.
    ItemNotCovered = 403,
    /// It does not let the agency read.
    ReadingNotAllowed = 403,
    /// Nothing is shared under it yet; the person's wallet sends it at its next contact.
    NothingShared = 404,
    /// What was shared cannot be opened or does not fit the consent; nothing of it was used.
    ShareRefused = 502,
    /// What the verifier gave is not what the person shared; nothing of it was used.
    ShareNotAnnounced = 502,
    /// What the verifier gave is older than what was read before; nothing of it was used.
    ShareOlder = 502,
    /// There is no such incident.
    UnknownIncident = 404,
    /// There is an incident of that number.
    IncidentExists = 409,
    /// The incident is closed.
    IncidentClosed = 409,
    /// Neither or both of telephone number and address were given, or too little of it to tell people apart.
    CallUnclear = 400,
    /// Nothing was opened under this consent for this incident.
    NotOpened = 409,
    /// There is no such opening.
    UnknownOpening = 404,
    /// Who opened cannot review the opening.
    SamePerson = 403,
    /// A second person looked at it already.
    AlreadyReviewed = 409,
    /// No verifier was named yet: start the console with `--verifier`.
    NoVerifier = 503,
    /// The verifier cannot be reached.
    Unreachable = 503,
    /// The verifier's keys changed, or its proof does not hold. Do not go on: speak to its operator.
    VerifierChanged = 502,
    /// The verifier said no.
    VerifierRefused = 502,
    /// The verifier does not know this agency, or it is suspended. Speak to the registrar.
    AgencyRefused = 403,
    /// The agency has no keys that open shares.
    NoEncryptionKeys = 409,
    /// The agency's folder cannot be read or written.
    Storage = 500,
    /// The machine gives no random numbers.
    Randomness = 500,
    /// A fault of this program.
    Internal = 500,
}

impl Code {
    const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::TooSoon
                | Self::NothingShared
                | Self::Unreachable
                | Self::Storage
                | Self::Randomness
        )
    }

    /// The code as an error of what was asked in `field`.
    pub(crate) const fn at(self, field: &'static str) -> ApiError {
        ApiError {
            code: self,
            field: Some(field),
            retryable: self.is_retryable(),
            wait: None,
        }
    }

    /// The code with the seconds after which it may succeed.
    pub(crate) const fn after(self, wait: u64) -> ApiError {
        ApiError {
            code: self,
            field: None,
            retryable: true,
            wait: Some(wait),
        }
    }
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        ApiError {
            code,
            field: None,
            retryable: code.is_retryable(),
            wait: None,
        }
    }
}
