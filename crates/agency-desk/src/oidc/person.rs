//! From a provider's word to a member of staff: name and roles are the provider's, the pseudonym is ours.

use serde_json::{Map, Value};

use super::provider::Known;
use crate::{
    ApiError, Code,
    api::Role,
    config::Oidc,
    desk::Desk,
    people::{self, People, Person},
    secret,
};

/// Characters of a name that is taken over.
const LONGEST_NAME: usize = 200;

/// Makes or updates the person. Who has no role here is nobody here.
pub(super) fn take_over(desk: &Desk, oidc: &Oidc, claims: &Known) -> Result<String, ApiError> {
    let subject = (claims.issuer().to_string(), claims.subject().to_string());
    let roles = roles(oidc, &claims.additional_claims().0);
    let name = claims
        .name()
        .and_then(|name| name.get(None))
        .map(|name| name.as_str());
    let login = claims.preferred_username().map(|name| name.as_str());
    let name = name
        .or(login)
        .unwrap_or("?")
        .chars()
        .take(LONGEST_NAME)
        .collect::<String>();
    let mut people = desk.people()?;
    let known = people.who(|person| person.subject.as_ref() == Some(&subject));
    let known = known.map(|(user, person)| (user.clone(), person.disabled));
    match known {
        Some((_, true)) => Err(Code::NotAllowed.into()),
        Some((user, false)) => {
            people.change(&desk.agency, &user, |person| {
                person.name = name;
                person.roles = roles.clone();
            })?;
            if roles.is_empty() {
                Err(Code::NotAllowed.into())
            } else {
                Ok(user)
            }
        }
        None if roles.is_empty() => Err(Code::NotAllowed.into()),
        None => {
            let mut person = Person::new(&name, roles)?;
            person.subject = Some(subject);
            let user = free_name(&people, login)?;
            people.add(&desk.agency, &user, person)?;
            Ok(user)
        }
    }
}

/// The roles of every group that the person is in.
fn roles(oidc: &Oidc, claims: &Map<String, Value>) -> Vec<Role> {
    let groups: Vec<&str> = match claims.get(&oidc.roles_claim) {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one],
        _ => Vec::new(),
    };
    let given = groups
        .iter()
        .filter_map(|group| oidc.roles.get(*group))
        .flatten();
    people::distinct(given.copied().collect())
}

/// The name at the provider, in plain letters; another where somebody has it.
fn free_name(people: &People, login: Option<&str>) -> Result<String, ApiError> {
    let plain = login.unwrap_or_default().to_lowercase();
    let plain: String = plain
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || ".-_@".contains(*c))
        .take(50)
        .collect();
    if plain.len() >= 2 && people.find(&plain).is_none() {
        return Ok(plain);
    }
    Ok(format!("u-{}", secret::generate_plain(8)?))
}
