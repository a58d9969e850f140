//! The closed list of routes below `/api/`: method, path, what is asked and answered, and who may. The router,
//! the guard, the TypeScript and the tests all come from this list, so that none is forgotten.

use super::Role;

/// How a route is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// What is asked stands in the query; nothing changes.
    Get,
    /// What is asked is JSON; needs the session's `Assent-CSRF`, where there is a session.
    Post,
}

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Who is not signed in too.
    Anyone,
    /// Everybody who is signed in.
    SignedIn,
    /// Who has one of these roles.
    Roles(&'static [Role]),
}

/// What a route answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JSON of the answer's type.
    Json,
    /// A file of that media type.
    File(&'static str),
    /// Server-sent events whose data are JSON of the answer's type.
    Stream,
}

/// A route below `/api/`.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Its path after `/api/`.
    pub path: &'static str,
    /// How it is called.
    pub method: Method,
    /// Who may.
    pub access: Access,
    /// What it answers with.
    pub kind: Kind,
    /// The type of what is asked.
    pub ask: &'static str,
    /// The type of what is answered.
    pub answer: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

impl Route {
    /// Whether somebody with these roles may call it; none where nobody is signed in.
    #[must_use]
    pub fn allows(&self, roles: Option<&[Role]>) -> bool {
        match (self.access, roles) {
            (Access::Anyone, _) | (Access::SignedIn, Some(_)) => true,
            (Access::Roles(needed), Some(own)) => needed.iter().any(|role| own.contains(role)),
            (_, None) => false,
        }
    }
}

macro_rules! access {
    (anyone) => {
        $crate::api::Access::Anyone
    };
    (signed_in) => {
        $crate::api::Access::SignedIn
    };
    ($($role:ident)|+) => {
        $crate::api::Access::Roles(&[$($crate::api::Role::$role),+])
    };
}

macro_rules! kind {
    () => {
        $crate::api::Kind::Json
    };
    (stream) => {
        $crate::api::Kind::Stream
    };
    ($media:literal) => {
        $crate::api::Kind::File($media)
    };
}

/// Hands the list to a macro.
macro_rules! for_each_route {
    ($with:ident) => {
        $with! {
            // signing in
            session: Get "session" (Nothing) -> Session [] [anyone] "who serves the console, who is signed in, and how one can sign in";
            sign_in: Post "sign-in" (SignIn) -> Session [] [anyone] "signs in with name and password";
            passkey_ask: Post "sign-in/passkey" (Nothing) -> Ceremony [] [anyone] "begins to sign in with a passkey";
            passkey_answer: Post "sign-in/passkey/done" (CeremonyDone) -> Session [] [anyone] "signs in with a passkey";
            set_up: Post "set-up" (SetUp) -> Session [] [anyone] "makes the first administrator, with the code that the program printed";
            sign_out: Post "sign-out" (Nothing) -> Nothing [] [signed_in] "ends the session, here and on the server";
            // one's own account
            account: Get "account" (Nothing) -> Account [] [signed_in] "one's own account";
            account_password: Post "account/password" (ChangePassword) -> Nothing [] [signed_in] "changes one's own password; other sessions end";
            passkey_new: Post "account/passkey" (Nothing) -> Ceremony [] [signed_in] "begins to register a passkey";
            passkey_add: Post "account/passkey/done" (NewPasskey) -> Account [] [signed_in] "registers a passkey";
            passkey_remove: Post "account/passkey/remove" (ByPasskey) -> Account [] [signed_in] "forgets a passkey";
            events: Get "events" (Nothing) -> Live [stream] [signed_in] "every change as it happens; ends with the session";
            // asking
            catalogue: Get "catalogue" (InLanguage) -> Catalogue [] [Caseworker] "purposes, items, circles, recipients and legal bases, in words";
            templates: Get "templates" (InLanguage) -> Templates [] [Caseworker] "requests to start from";
            template_save: Post "template/save" (Template) -> Template [] [Caseworker] "keeps a template of one's own";
            template_remove: Post "template/remove" (ById) -> Templates [] [Caseworker] "forgets one";
            readability: Post "readability" (ReadText) -> Readability [] [Caseworker] "how hard a notice is to read";
            preview: Post "request/preview" (PreviewDraft) -> Preview [] [Caseworker] "the request as the citizen would see it; nothing is signed";
            request_make: Post "request/make" (Draft) -> RequestView [] [Caseworker] "signs a request and puts it where wallets fetch it";
            requests: Get "requests" (InLanguage) -> Requests [] [Caseworker] "every request and what became of it";
            request: Get "request" (ById) -> RequestView [] [Caseworker] "one request";
            request_qr: Get "request-qr" (ById) -> QrCode ["image/png"] [Caseworker] "its link as a QR code";
            request_close: Post "request/close" (ById) -> RequestView [] [Caseworker] "takes a request back before it is answered";
            // consents
            consents: Get "consents" (FindConsents) -> ConsentPage [] [Caseworker | ControlRoom | PrivacyOfficer] "a page of the table of consents";
            consent: Get "consent" (ByGrant) -> ConsentView [] [Caseworker | ControlRoom | PrivacyOfficer] "one consent, its history and its proofs";
            consent_read: Post "consent/read" (ReadConsent) -> ReadAnswer [] [Caseworker] "reads what is shared, on record first";
            consent_erased: Post "consent/erased" (Erase) -> Recorded [] [Caseworker | PrivacyOfficer] "states that everything read under it is deleted";
            check: Post "check" (CheckToken) -> Verdict [] [Caseworker | ControlRoom | PrivacyOfficer] "whether a token holds, why not, and its proof";
            // control room
            incidents: Get "incidents" (Nothing) -> Incidents [] [ControlRoom | PrivacyOfficer] "incidents and what was opened for each";
            incident: Get "incident" (ById) -> Incident [] [ControlRoom | PrivacyOfficer] "one incident";
            incident_declare: Post "incident/declare" (DeclareIncident) -> Incident [] [ControlRoom] "declares an incident";
            incident_close: Post "incident/close" (ById) -> Incident [] [ControlRoom] "closes it; nothing is opened for it any more";
            incident_match: Post "incident/match" (MatchCall) -> Matches [] [ControlRoom] "who a caller may be, in this agency's own index; nothing is sent";
            incident_open: Post "incident/open" (OpenConsent) -> ReadAnswer [] [ControlRoom] "opens what this agency's tier may, on record first";
            incident_hand_over: Post "incident/hand-over" (HandOver) -> AdditionalDataFile ["multipart/mixed"] [ControlRoom] "the same as a file of RFC 7852 blocks";
            incident_circle: Get "incident/circle" (ById) -> IncidentCircle [] [ControlRoom] "who else serves the incident's cases";
            place_count: Post "place/count" (CountPlace) -> Count [] [ControlRoom] "whether anyone at a place needs help: a number, no name";
            reviews: Get "reviews" (Nothing) -> Reviews [] [ControlRoom | PrivacyOfficer] "openings and their second look";
            review: Post "review" (ReviewOpening) -> Recorded [] [ControlRoom | PrivacyOfficer] "records a second person's finding";
            // privacy
            processing: Get "processing" (InLanguage) -> ProcessingRecord [] [PrivacyOfficer] "the record of processing (Art. 30)";
            processing_csv: Get "processing.csv" (InLanguage) -> CsvFile ["text/csv; charset=utf-8"] [PrivacyOfficer] "the same as a table";
            actors: Get "actors" (Days) -> Actors [] [PrivacyOfficer] "readings and openings for each pseudonym, with outliers";
            actors_csv: Get "actors.csv" (Days) -> CsvFile ["text/csv; charset=utf-8"] [PrivacyOfficer] "the same as a table";
            deletions: Get "deletions" (Nothing) -> Deletions [] [PrivacyOfficer | Caseworker] "deletions owed, overdue and confirmed";
            actor_resolve: Post "actor/resolve" (ResolveActor) -> ResolvedActor [] [PrivacyOfficer] "who a pseudonym is; that it was asked is on record";
            subject_access: Post "subject-access" (SubjectAccess) -> SubjectFile ["application/json"] [PrivacyOfficer] "everything held about one grant";
            journal: Get "journal" (FindJournal) -> Journal [] [PrivacyOfficer] "what was done at this console";
            // users and settings
            users: Get "users" (Nothing) -> Users [] [Admin] "everybody who can sign in";
            user_add: Post "user/add" (AddUser) -> Users [] [Admin] "adds a user";
            user_change: Post "user/change" (ChangeUser) -> Users [] [Admin] "changes name, roles, or whether they can sign in";
            user_password: Post "user/password" (SetPassword) -> Nothing [] [Admin] "sets a new password";
            settings: Get "settings" (Nothing) -> Settings [] [Admin] "how the console is set up";
            adr_token: Post "adr-token" (Nothing) -> AdrToken [] [Admin] "makes the token for call-handling software; the one before ends";
            adr_token_remove: Post "adr-token/remove" (Nothing) -> Settings [] [Admin] "ends the token for call-handling software";
        }
    };
}
pub(crate) use for_each_route;

macro_rules! list {
    ($($name:ident: $method:ident $path:literal ($ask:ident) -> $answer:ident [$($kind:tt)?] [$($access:tt)+] $meaning:literal;)*) => {
        /// Every route.
        pub const ROUTES: &[Route] = &[$(Route {
            path: $path,
            method: Method::$method,
            access: access!($($access)+),
            kind: kind!($($kind)?),
            ask: stringify!($ask),
            answer: stringify!($answer),
            meaning: $meaning,
        }),*];
    };
}
for_each_route!(list);
