//! Signing in and out, and one's own account.

use std::sync::Arc;

use crate::{
    ApiError, Code,
    api::*,
    call::{Call, Caller},
    desk::Desk,
    passkeys, password,
    people::Person,
    secret,
    tries::Whose,
    words,
};

type Done<T> = Result<T, ApiError>;

pub(crate) async fn session(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Session> {
    view(desk, call.who())
}

/// Who serves and who is signed in.
fn view(desk: &Desk, who: Option<&Caller>) -> Done<Session> {
    let people = desk.people()?;
    let nobody = people.is_empty() && desk.set_up_code.is_some();
    let passkey = people.who(|person| !person.passkeys.is_empty()).is_some();
    Ok(Session {
        agency: words::agency(desk.own(), profile::Lang::En),
        agency_names: words::in_both(desk.own()),
        signed_in: who.map(signed_in),
        ways: Ways {
            password: people.who(|person| person.password.is_some()).is_some(),
            passkey: passkey && desk.passkeys.is_here(),
            oidc: desk.config.oidc.as_ref().map(|oidc| oidc.name.clone()),
        },
        set_up: nobody,
        demo: !desk.demo.is_empty(),
        demo_users: desk.demo.clone(),
        now: desk.now().as_i64(),
    })
}

fn signed_in(who: &Caller) -> SignedIn {
    SignedIn {
        user: who.user.clone(),
        name: who.name.clone(),
        actor: who.actor.clone(),
        roles: who.roles.clone(),
        csrf: who.csrf.clone(),
        idle_until: who.idle_until.as_i64(),
        ends_at: who.ends_at.as_i64(),
    }
}

pub(crate) async fn sign_in(desk: &Arc<Desk>, call: &Call, ask: SignIn) -> Done<Session> {
    let user = ask.user.trim().to_lowercase();
    let whose = [Whose::Name(user.clone()), Whose::Address(call.from)];
    count_try(desk, &whose, call)?;
    let known = desk
        .people()?
        .find(&user)
        .filter(|person| !person.disabled)
        .and_then(|person| person.password.clone());
    if !password::verify(&ask.password, known.as_deref()).await {
        return Err(Code::WrongSignIn.into());
    }
    desk.tries()?.right(&whose);
    begin(desk, call, &user)
}

/// Counted before the secret is looked at, so that many tries at once gain nothing.
fn count_try(desk: &Desk, whose: &[Whose], call: &Call) -> Done<()> {
    let mut tries = desk.tries()?;
    if let Some(wait) = tries.wait(whose, call.now) {
        return Err(Code::TooSoon.after(wait));
    }
    tries.count(whose, call.now);
    Ok(())
}

/// Begins a session for somebody who showed who they are. A session that there was ends: its token may have been
/// planted.
fn begin(desk: &Desk, call: &Call, user: &str) -> Done<Session> {
    if let Some(who) = call.who() {
        desk.sessions()?.end(&who.token);
    }
    let (token, session) = desk.sessions()?.begin(user, call.now)?;
    let mut people = desk.people()?;
    people.change(&desk.agency, user, |person| {
        person.signed_in_at = Some(call.now)
    })?;
    let person = people.find(user).ok_or(Code::UnknownUser)?.clone();
    drop(people);
    call.keep(desk, &token, &person.actor);
    let who = Caller {
        user: user.to_owned(),
        name: person.name,
        actor: person.actor,
        roles: person.roles,
        csrf: session.csrf,
        idle_until: session.idle_until,
        ends_at: session.ends_at,
        token: token.to_string(),
    };
    view(desk, Some(&who))
}

pub(crate) async fn set_up(desk: &Arc<Desk>, call: &Call, ask: SetUp) -> Done<Session> {
    let whose = [Whose::Address(call.from)];
    let code = desk
        .set_up_code
        .as_deref()
        .filter(|_| desk.people().is_ok_and(|people| people.is_empty()));
    let code = code.ok_or(Code::AlreadySetUp)?;
    count_try(desk, &whose, call)?;
    if !secret::same(&ask.code.trim().to_lowercase(), code) {
        return Err(Code::WrongCode.at("code"));
    }
    password::check(&ask.password, &ask.user, "password")?;
    let mut admin = Person::new(&ask.name, vec![Role::Admin])?;
    admin.password = Some(password::hash(&ask.password).await?);
    let mut people = desk.people()?;
    // Two at once: the first one is the administrator.
    if !people.is_empty() {
        return Err(Code::AlreadySetUp.into());
    }
    people.add(&desk.agency, &ask.user, admin)?;
    drop(people);
    desk.tries()?.right(&whose);
    begin(desk, call, &ask.user)
}

pub(crate) async fn sign_out(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Nothing> {
    desk.sessions()?.end(&call.caller()?.token);
    call.forget(desk);
    Ok(Nothing {})
}

pub(crate) async fn account(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Account> {
    own(desk, call)
}

fn own(desk: &Desk, call: &Call) -> Done<Account> {
    let who = call.caller()?;
    let people = desk.people()?;
    let person = people.find(&who.user).ok_or(Code::UnknownUser)?;
    Ok(Account {
        user: who.user.clone(),
        name: person.name.clone(),
        actor: person.actor.clone(),
        roles: person.roles.clone(),
        from_provider: person.subject.is_some(),
        passkeys: person.passkeys.iter().map(passkeys::Kept::shown).collect(),
    })
}

pub(crate) async fn account_password(
    desk: &Arc<Desk>,
    call: &Call,
    ask: ChangePassword,
) -> Done<Nothing> {
    let who = call.caller()?;
    let known = desk
        .people()?
        .find(&who.user)
        .and_then(|person| person.password.clone());
    let known = known.ok_or(Code::FromProvider)?;
    let whose = [Whose::Name(who.user.clone())];
    count_try(desk, &whose, call)?;
    if !password::verify(&ask.old, Some(&known)).await {
        return Err(Code::WrongPassword.at("old"));
    }
    desk.tries()?.right(&whose);
    password::check(&ask.new, &who.user, "new")?;
    let hashed = password::hash(&ask.new).await?;
    desk.people()?.change(&desk.agency, &who.user, |person| {
        person.password = Some(hashed)
    })?;
    desk.sessions()?.end_all_of(&who.user, Some(&who.token));
    Ok(Nothing {})
}

pub(crate) async fn passkey_ask(desk: &Arc<Desk>, _: &Call, _: Nothing) -> Done<Ceremony> {
    desk.passkeys.begin_sign_in()
}

pub(crate) async fn passkey_answer(
    desk: &Arc<Desk>,
    call: &Call,
    ask: CeremonyDone,
) -> Done<Session> {
    let whose = [Whose::Address(call.from)];
    count_try(desk, &whose, call)?;
    let user = {
        let mut people = desk.people()?;
        desk.passkeys
            .sign_in(&desk.agency, &mut people, &ask, call.now)?
    };
    desk.tries()?.right(&whose);
    begin(desk, call, &user)
}

pub(crate) async fn passkey_new(desk: &Arc<Desk>, call: &Call, _: Nothing) -> Done<Ceremony> {
    let who = call.caller()?;
    let mut people = desk.people()?;
    desk.passkeys
        .begin_registration(&desk.agency, &mut people, &who.user)
}

pub(crate) async fn passkey_add(desk: &Arc<Desk>, call: &Call, ask: NewPasskey) -> Done<Account> {
    let who = call.caller()?;
    {
        let mut people = desk.people()?;
        desk.passkeys
            .register(&desk.agency, &mut people, &who.user, &ask, call.now)?;
    }
    own(desk, call)
}

pub(crate) async fn passkey_remove(desk: &Arc<Desk>, call: &Call, ask: ByPasskey) -> Done<Account> {
    let who = call.caller()?;
    desk.people()?.change(&desk.agency, &who.user, |person| {
        person.passkeys.retain(|passkey| passkey.id != ask.id);
    })?;
    own(desk, call)
}
