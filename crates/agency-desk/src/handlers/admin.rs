//! Users and settings.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    ApiError, Code, adr,
    api::*,
    call::Call,
    desk::Desk,
    password,
    people::{self, Person},
    secret,
};

type Done<T> = Result<T, ApiError>;

pub(crate) async fn users(desk: &Arc<Desk>, _: &Call, _: Nothing) -> Done<Users> {
    Ok(Users {
        users: desk.people()?.list(),
    })
}

pub(crate) async fn user_add(desk: &Arc<Desk>, call: &Call, ask: AddUser) -> Done<Users> {
    password::check(&ask.password, &ask.user, "password")?;
    let mut person = Person::new(&ask.name, ask.roles)?;
    person.password = Some(password::hash(&ask.password).await?);
    desk.people()?.add(&desk.agency, &ask.user, person)?;
    users(desk, call, Nothing {}).await
}

pub(crate) async fn user_change(desk: &Arc<Desk>, call: &Call, ask: ChangeUser) -> Done<Users> {
    let name = ask.name.as_deref().map(str::trim);
    if name.is_some_and(|name| name.is_empty() || name.chars().count() > 200) {
        return Err(Code::NotUnderstood.at("name"));
    }
    let from_provider = desk
        .people()?
        .find(&ask.user)
        .is_some_and(|person| person.subject.is_some());
    if ask.roles.is_some() && from_provider {
        return Err(Code::FromProvider.at("roles"));
    }
    desk.people()?.change(&desk.agency, &ask.user, |person| {
        if let Some(name) = name {
            person.name = name.to_owned();
        }
        if let Some(roles) = ask.roles.clone() {
            person.roles = people::distinct(roles);
        }
        person.disabled = ask.disabled.unwrap_or(person.disabled);
    })?;
    // One's own session goes on: roles are looked up at every call.
    let own = call.caller()?;
    let but = (own.user == ask.user).then_some(own.token.as_str());
    desk.sessions()?.end_all_of(&ask.user, but);
    users(desk, call, Nothing {}).await
}

pub(crate) async fn user_password(desk: &Arc<Desk>, _: &Call, ask: SetPassword) -> Done<Nothing> {
    password::check(&ask.password, &ask.user, "password")?;
    let from_provider = desk
        .people()?
        .find(&ask.user)
        .ok_or(Code::UnknownUser)?
        .subject
        .is_some();
    if from_provider {
        return Err(Code::FromProvider.into());
    }
    let hashed = password::hash(&ask.password).await?;
    desk.people()?.change(&desk.agency, &ask.user, |person| {
        person.password = Some(hashed)
    })?;
    desk.sessions()?.end_all_of(&ask.user, None);
    Ok(Nothing {})
}

pub(crate) async fn settings(desk: &Arc<Desk>, _: &Call, _: Nothing) -> Done<Settings> {
    let token: Option<KeptToken> = desk.agency.read_private(adr::TOKEN)?;
    Ok(Settings {
        public_url: desk.place.url.clone(),
        idle_minutes: desk.config.idle_minutes,
        longest_hours: desk.config.longest_hours,
        oidc_issuer: desk.config.oidc.as_ref().map(|oidc| oidc.issuer.clone()),
        verifier: desk.line.as_ref().map(|line| line.url().to_owned()),
        connected: *desk.connected.borrow(),
        adr_token_made_at: token.and_then(|token| token.digest.map(|_| token.made_at)),
        adr_url: format!("{}/Adr/v1/AdditionalData", desk.place.url),
    })
}

/// What is kept of the token for call-handling software.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeptToken {
    /// None where it was ended.
    pub(crate) digest: Option<String>,
    pub(crate) made_at: i64,
}

pub(crate) async fn adr_token(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<AdrToken> {
    let token = secret::generate_token()?;
    let kept = KeptToken {
        digest: Some(secret::digest(&token)),
        made_at: call.now.as_i64(),
    };
    desk.agency.write_private(adr::TOKEN, &kept)?;
    Ok(AdrToken {
        token: token.to_string(),
    })
}

pub(crate) async fn adr_token_remove(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Settings> {
    let kept = KeptToken {
        digest: None,
        made_at: call.now.as_i64(),
    };
    desk.agency.write_private(adr::TOKEN, &kept)?;
    settings(desk, call, Nothing {}).await
}
