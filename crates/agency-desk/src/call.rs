//! Who calls, from where, and whether they may. Every route below `/api/` goes through [`Call::admit`] first.

use std::net::{IpAddr, SocketAddr};
use std::sync::OnceLock;

use consent_token::id::UnixSeconds;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    ApiError, Code,
    api::{Method, Role, Route},
    desk::Desk,
    secret,
    sessions::Touch,
};

/// Carries the session's anti-forgery token.
pub(crate) const CSRF: HeaderName = HeaderName::from_static("assent-csrf");
/// Marks a call that a page made by itself.
const BACKGROUND: HeaderName = HeaderName::from_static("assent-background");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A call that is let in.
pub(crate) struct Call {
    /// Who is signed in.
    who: Option<Caller>,
    /// From which address.
    pub(crate) from: IpAddr,
    pub(crate) now: UnixSeconds,
    /// What the browser is to keep from now on.
    cookie: OnceLock<HeaderValue>,
    /// Who signed in by this call: a pseudonym.
    signed_in: OnceLock<String>,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) user: String,
    pub(crate) name: String,
    pub(crate) actor: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) csrf: String,
    pub(crate) idle_until: UnixSeconds,
    pub(crate) ends_at: UnixSeconds,
    /// The session's token, to end it.
    pub(crate) token: String,
}

impl Call {
    /// Lets a call in to a route, or says why not.
    pub(crate) fn admit(
        desk: &Desk,
        route: &Route,
        headers: &HeaderMap,
        peer: SocketAddr,
    ) -> Result<Self, ApiError> {
        let call = Call::from_our_pages(desk, route, headers, peer)?;
        call.may(route)?;
        Ok(call)
    }

    /// Who calls, where it is one of our pages that does.
    pub(crate) fn from_our_pages(
        desk: &Desk,
        route: &Route,
        headers: &HeaderMap,
        peer: SocketAddr,
    ) -> Result<Self, ApiError> {
        comes_from_our_pages(desk, route.method, headers)?;
        let now = desk.now();
        let touch = if headers.contains_key(BACKGROUND) {
            Touch::Background
        } else {
            Touch::Yes
        };
        let who = caller(desk, headers, touch, now)?;
        if let (Method::Post, Some(who)) = (route.method, &who) {
            let shown = headers
                .get(CSRF)
                .and_then(|shown| shown.to_str().ok())
                .unwrap_or_default();
            if !secret::same(shown, &who.csrf) {
                return Err(Code::Forged.into());
            }
        }
        Ok(Call {
            who,
            from: address(desk, headers, peer),
            now,
            cookie: OnceLock::new(),
            signed_in: OnceLock::new(),
        })
    }

    /// Whether whoever is signed in may.
    pub(crate) fn may(&self, route: &Route) -> Result<(), ApiError> {
        match &self.who {
            who if route.allows(who.as_ref().map(|who| who.roles.as_slice())) => Ok(()),
            Some(_) => Err(Code::NotAllowed.into()),
            None => Err(Code::SignedOut.into()),
        }
    }

    /// Who is signed in.
    pub(crate) fn caller(&self) -> Result<&Caller, ApiError> {
        self.who.as_ref().ok_or_else(|| Code::SignedOut.into())
    }

    /// Who is signed in, where anybody is.
    pub(crate) fn who(&self) -> Option<&Caller> {
        self.who.as_ref()
    }

    /// The pseudonym of whoever is signed in.
    pub(crate) fn actor(&self) -> Result<&str, ApiError> {
        Ok(&self.caller()?.actor)
    }

    /// Has the browser keep the session of somebody who signed in.
    pub(crate) fn keep(&self, desk: &Desk, token: &str, actor: &str) {
        let _ = self.cookie.set(session_cookie(desk, token));
        let _ = self.signed_in.set(actor.to_owned());
    }

    /// Who signed in by this call.
    pub(crate) fn signed_in(&self) -> Option<&String> {
        self.signed_in.get()
    }

    /// Has the browser forget its session.
    pub(crate) fn forget(&self, desk: &Desk) {
        let _ = self
            .cookie
            .set(cookie(desk, &desk.place.cookie, "", "Strict", Some(0)));
    }

    /// What the browser is to keep.
    pub(crate) fn cookie(&self) -> Option<HeaderValue> {
        self.cookie.get().cloned()
    }
}

/// The cookie of a session.
pub(crate) fn session_cookie(desk: &Desk, token: &str) -> HeaderValue {
    cookie(desk, &desk.place.cookie, token, "Strict", None)
}

/// A cookie for this host alone that no script reads.
pub(crate) fn cookie(
    desk: &Desk,
    name: &str,
    value: &str,
    same_site: &str,
    seconds: Option<u32>,
) -> HeaderValue {
    let secure = if desk.place.is_secure { "; Secure" } else { "" };
    let age = seconds
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{age}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The value of a cookie that was sent.
pub(crate) fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (own, value) = pair.trim().split_once('=')?;
        (own == name).then_some(value)
    })
}

/// A page of somebody else's must not act through the browser of whoever is signed in: the host is ours, the
/// browser says that one of our pages calls, and a call that changes something says so in any case.
fn comes_from_our_pages(desk: &Desk, method: Method, headers: &HeaderMap) -> Result<(), ApiError> {
    is_our_host(desk, headers)?;
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text(&FETCH_SITE);
    let origin = text(&header::ORIGIN);
    let ours = |origin: &str| desk.place.origins.iter().any(|own| own == origin);
    let fits = match method {
        Method::Get => {
            matches!(site, None | Some("same-origin" | "none")) && origin.is_none_or(ours)
        }
        Method::Post => match (site, origin) {
            (None | Some("same-origin"), Some(origin)) => ours(origin),
            (Some("same-origin"), None) => true,
            _ => false,
        },
    };
    if fits {
        Ok(())
    } else {
        Err(Code::Forged.into())
    }
}

/// The name that was called is this console's: another one was made to point here (DNS rebinding).
pub(crate) fn is_our_host(desk: &Desk, headers: &HeaderMap) -> Result<(), ApiError> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let ours = host.is_some_and(|host| {
        desk.place
            .hosts
            .iter()
            .any(|own| own.eq_ignore_ascii_case(host))
    });
    if ours {
        Ok(())
    } else {
        Err(Code::Forged.into())
    }
}

/// Who the session's cookie stands for, as they are now: roles that were taken are gone at once.
fn caller(
    desk: &Desk,
    headers: &HeaderMap,
    touch: Touch,
    now: UnixSeconds,
) -> Result<Option<Caller>, ApiError> {
    let Some(token) = cookie_of(headers, &desk.place.cookie) else {
        return Ok(None);
    };
    let Some(session) = desk.sessions()?.find(token, touch, now) else {
        return Ok(None);
    };
    let people = desk.people()?;
    let person = people.find(&session.user).filter(|person| !person.disabled);
    Ok(person.map(|person| Caller {
        user: session.user.clone(),
        name: person.name.clone(),
        actor: person.actor.clone(),
        roles: person.roles.clone(),
        csrf: session.csrf.clone(),
        idle_until: session.idle_until.min(session.ends_at),
        ends_at: session.ends_at,
        token: token.to_owned(),
    }))
}

/// Behind a proxy, the last address that it added.
pub(crate) fn address(desk: &Desk, headers: &HeaderMap, peer: SocketAddr) -> IpAddr {
    let forwarded = || {
        let last = headers
            .get_all(FORWARDED)
            .iter()
            .next_back()?
            .to_str()
            .ok()?;
        last.rsplit(',').next()?.trim().parse().ok()
    };
    let named = if desk.config.behind_proxy {
        forwarded()
    } else {
        None
    };
    named.unwrap_or_else(|| peer.ip())
}
