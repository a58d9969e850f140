//! Who works here: names, roles, and the pseudonym under which each act goes on record. The list that resolves
//! a pseudonym stays in the agency's folder, for its owner alone.

use std::collections::BTreeMap;

use agency::{AgencyError, Identity};
use consent_token::id::UnixSeconds;
use serde::{Deserialize, Serialize};

use crate::{
    ApiError, Code,
    api::{Role, User},
    secret,
};

const FILE: &str = "desk/people.json";
/// Letters and digits of a pseudonym, 5 bits each.
const ACTOR_LENGTH: usize = 10;

/// Everybody who can sign in, by name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct People {
    #[serde(default)]
    people: BTreeMap<String, Person>,
}

/// A member of staff.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Person {
    /// As colleagues read it.
    pub(crate) name: String,
    /// The pseudonym; it never changes and is never given to anybody else.
    pub(crate) actor: String,
    /// What they may do.
    pub(crate) roles: Vec<Role>,
    /// The password's PHC string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) password: Option<String>,
    /// Who they are at the identity provider: `iss` and `sub`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<(String, String)>,
    /// Passkeys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) passkeys: Vec<crate::passkeys::Kept>,
    /// The random name of this person in their passkeys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) handle: Option<String>,
    /// They cannot sign in.
    #[serde(default)]
    pub(crate) disabled: bool,
    /// When they signed in last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signed_in_at: Option<UnixSeconds>,
}

impl People {
    pub(crate) fn read(agency: &Identity) -> Result<Self, AgencyError> {
        Ok(agency.read_private(FILE)?.unwrap_or_default())
    }

    fn save(&self, agency: &Identity) -> Result<(), ApiError> {
        Ok(agency.write_private(FILE, self)?)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    pub(crate) fn find(&self, user: &str) -> Option<&Person> {
        self.people.get(user)
    }

    /// By what `fits`.
    pub(crate) fn who(&self, fits: impl Fn(&Person) -> bool) -> Option<(&String, &Person)> {
        self.people.iter().find(|(_, person)| fits(person))
    }

    /// Adds somebody.
    pub(crate) fn add(
        &mut self,
        agency: &Identity,
        user: &str,
        person: Person,
    ) -> Result<(), ApiError> {
        if !is_user_name(user) {
            return Err(Code::NotUnderstood.at("user"));
        }
        if self.people.contains_key(user) {
            return Err(Code::UserExists.at("user"));
        }
        self.people.insert(user.to_owned(), person);
        self.save(agency)
    }

    /// Changes somebody; nothing is kept where afterwards nobody could manage users.
    pub(crate) fn change(
        &mut self,
        agency: &Identity,
        user: &str,
        change: impl FnOnce(&mut Person),
    ) -> Result<(), ApiError> {
        let person = self.people.get_mut(user).ok_or(Code::UnknownUser)?;
        let before = person.clone();
        change(person);
        // What the provider says of its own people counts in any case.
        let ours = before.subject.is_none() && before.is_admin();
        if ours && !self.people.values().any(Person::is_admin) {
            self.people.insert(user.to_owned(), before);
            return Err(Code::LastAdmin.into());
        }
        self.save(agency)
    }

    pub(crate) fn list(&self) -> Vec<User> {
        self.people
            .iter()
            .map(|(user, person)| person.shown(user))
            .collect()
    }
}

impl Person {
    /// Somebody new, with a pseudonym of their own.
    pub(crate) fn new(name: &str, roles: Vec<Role>) -> Result<Self, ApiError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(Code::NotUnderstood.at("name"));
        }
        Ok(Person {
            name: name.to_owned(),
            actor: secret::generate_plain(ACTOR_LENGTH)?,
            roles: distinct(roles),
            password: None,
            subject: None,
            passkeys: Vec::new(),
            handle: None,
            disabled: false,
            signed_in_at: None,
        })
    }

    fn is_admin(&self) -> bool {
        !self.disabled && self.roles.contains(&Role::Admin)
    }

    fn shown(&self, user: &str) -> User {
        User {
            user: user.to_owned(),
            name: self.name.clone(),
            actor: self.actor.clone(),
            roles: self.roles.clone(),
            from_provider: self.subject.is_some(),
            disabled: self.disabled,
            passkeys: u32::try_from(self.passkeys.len()).unwrap_or(u32::MAX),
            signed_in_at: self.signed_in_at.map(UnixSeconds::as_i64),
        }
    }
}

/// The roles in their order, each once.
pub(crate) fn distinct(mut roles: Vec<Role>) -> Vec<Role> {
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// 2 to 64 letters, digits, dots, hyphens, underscores and at signs, in lower case.
fn is_user_name(user: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c);
    (2..=64).contains(&user.len()) && user.chars().all(plain)
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.actor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_to_sign_in_with_are_plain() {
        for good in ["mair", "mair.bowen@fire.example", "a-1"] {
            assert!(is_user_name(good), "{good}");
        }
        for bad in [
            "",
            "m",
            "Mair",
            "mair bowen",
            "mair\u{202e}",
            "<script>",
            &"m".repeat(65),
        ] {
            assert!(!is_user_name(bad), "{bad}");
        }
    }

    #[test]
    fn no_two_have_one_pseudonym_and_it_does_not_tell_the_name() {
        let one = Person::new("Mair Bowen", vec![Role::Admin, Role::Admin]).unwrap();
        let other = Person::new("Mair Bowen", vec![]).unwrap();
        assert_ne!(one.actor, other.actor);
        assert_eq!(one.roles, [Role::Admin]);
        assert!(!format!("{one:?}").contains("Mair"));
    }
}
