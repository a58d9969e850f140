//! Users and settings, for the administrator.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Role;

/// Everybody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Users {
    /// The users, by name.
    pub users: Vec<User>,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct User {
    /// The name to sign in with.
    pub user: String,
    /// The name as colleagues read it.
    pub name: String,
    /// The pseudonym in statements.
    pub actor: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The identity provider says who they are and what they may do.
    pub from_provider: bool,
    /// They cannot sign in.
    pub disabled: bool,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// When they signed in last, in seconds.
    pub signed_in_at: Option<i64>,
}

/// A new user with a password kept here.
#[derive(Clone, Deserialize, TS)]
pub struct AddUser {
    /// The name to sign in with: letters, digits, dots and hyphens.
    pub user: String,
    /// The name as colleagues read it.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Their first password.
    pub password: String,
}

/// Changes a user. What is not given stays. Their sessions end.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChangeUser {
    /// Who.
    pub user: String,
    /// The name as colleagues read it.
    #[serde(default)]
    pub name: Option<String>,
    /// What they may do.
    #[serde(default)]
    pub roles: Option<Vec<Role>>,
    /// Whether they can sign in.
    #[serde(default)]
    pub disabled: Option<bool>,
}

/// A new password for a user. Their sessions end.
#[derive(Clone, Deserialize, TS)]
pub struct SetPassword {
    /// Who.
    pub user: String,
    /// The password.
    pub password: String,
}

/// How the console is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Settings {
    /// Where wallets and call-handling software reach it.
    pub public_url: String,
    /// Minutes after which an idle session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends in any case.
    pub longest_hours: u32,
    /// The identity provider's address.
    pub oidc_issuer: Option<String>,
    /// The verifier's address.
    pub verifier: Option<String>,
    /// Its event stream is open.
    pub connected: bool,
    /// When the token for call-handling software was made, in seconds.
    pub adr_token_made_at: Option<i64>,
    /// The Additional Data Repository's address.
    pub adr_url: String,
}

/// The token for call-handling software; it is shown once and not kept.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AdrToken {
    /// To be sent as `Authorization: Bearer …`.
    pub token: String,
}
