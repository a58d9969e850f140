//! Signing in and out, and one's own account.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{AgencyWords, InBoth};

/// What a member of staff may do. Nobody has a role because of another one: who manages users reads nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Asks for consents and reads under them.
    Caseworker,
    /// Declares incidents and opens what waits for one.
    ControlRoom,
    /// Sees what was done, by whom, and what is owed.
    PrivacyOfficer,
    /// Manages users and settings.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [
        Role::Caseworker,
        Role::ControlRoom,
        Role::PrivacyOfficer,
        Role::Admin,
    ];
}

/// Who serves this console, and who is signed in. Asked first by every page.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Session {
    /// The agency.
    pub agency: AgencyWords,
    /// Its name in each language.
    pub agency_names: InBoth,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
    /// How one can sign in.
    pub ways: Ways,
    /// Nobody is known yet: the first administrator is made with the code that the program printed.
    pub set_up: bool,
    /// The sample county: what is shown is made up. The sign-in of the sample is in `demo_users`.
    pub demo: bool,
    /// Users of the sample county, to sign in with.
    pub demo_users: Vec<DemoUser>,
    /// The console's clock, in seconds.
    pub now: i64,
}

/// A user of the sample county. Everyone there has the same password, which is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DemoUser {
    /// The name to sign in with.
    pub user: String,
    /// The password.
    pub password: String,
    /// What they may do.
    pub roles: Vec<Role>,
}

/// Ways to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Ways {
    /// With a name and a password kept here.
    pub password: bool,
    /// With a passkey registered here.
    pub passkey: bool,
    /// With the agency's own identity provider: open `/sign-in/oidc` in this window. Its name, to be shown.
    pub oidc: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SignedIn {
    /// The name to sign in with.
    pub user: String,
    /// The name as colleagues read it.
    pub name: String,
    /// The pseudonym in statements; only this agency can tell who it is.
    pub actor: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// To be sent as the header `Assent-CSRF` with every `POST`.
    pub csrf: String,
    /// When the session ends unless something is done, in seconds. A call with the header
    /// `Assent-Background: 1` does not count as doing something.
    pub idle_until: i64,
    /// When it ends in any case, in seconds.
    pub ends_at: i64,
}

/// A name and a password.
#[derive(Clone, Deserialize, TS)]
pub struct SignIn {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

/// Makes the first administrator.
#[derive(Clone, Deserialize, TS)]
pub struct SetUp {
    /// The code that the program printed when it started.
    pub code: String,
    /// The name to sign in with.
    pub user: String,
    /// The name as colleagues read it.
    pub name: String,
    /// The password.
    pub password: String,
}

/// One's own new password.
#[derive(Clone, Deserialize, TS)]
pub struct ChangePassword {
    /// The one until now.
    pub old: String,
    /// The one from now on.
    pub new: String,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Account {
    /// The name to sign in with.
    pub user: String,
    /// The name as colleagues read it.
    pub name: String,
    /// The pseudonym in statements.
    pub actor: String,
    /// What one may do.
    pub roles: Vec<Role>,
    /// The identity provider knows this person; there is no password here.
    pub from_provider: bool,
    /// Passkeys.
    pub passkeys: Vec<Passkey>,
}

/// A registered passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Passkey {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was registered, in seconds.
    pub added_at: i64,
    /// When it was used last, in seconds.
    pub used_at: Option<i64>,
}

/// A passkey by its id.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ByPasskey {
    /// Its id.
    pub id: String,
}

/// What the browser's passkey call is given.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Ceremony {
    /// Names this ceremony in the second step.
    pub ceremony: String,
    /// For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.
    pub options: Value,
}

/// What the browser's passkey call gave.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CeremonyDone {
    /// Which ceremony.
    pub ceremony: String,
    /// `credential.toJSON()`.
    pub credential: Value,
}

/// What the browser's passkey call gave for a new passkey.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewPasskey {
    /// Which ceremony.
    pub ceremony: String,
    /// What its owner calls it.
    pub name: String,
    /// `credential.toJSON()`.
    pub credential: Value,
}
