//! Signing in with the agency's own identity provider: OpenID Connect's code flow with PKCE, `state` and
//! `nonce`, bound to the browser that began it. Who somebody is and what they may do comes from a signed ID
//! token and from nothing else.

use std::{
    collections::HashMap,
    path::Path,
    pin::Pin,
    sync::{Arc, Mutex},
};

use agency::AgencyError;
use axum::{
    extract::{ConnectInfo, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use consent_token::id::UnixSeconds;
use http::{HeaderMap, header};
use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret,
    CsrfToken, EmptyExtraTokenFields, HttpRequest, HttpResponse, IdTokenClaims, IdTokenFields, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use protocol::{HttpTransport, Transport};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    ApiError, Code, StartError,
    api::{JournalLine, Role},
    call,
    config::Oidc,
    desk::{Desk, Place, lock},
    people::Person,
    secret,
};

/// Sign-ins under way at most; a new one takes the place of the oldest.
const AT_MOST: usize = 1_000;
/// Seconds within which one has to be finished.
const GOOD_FOR: i64 = 10 * 60;
/// Characters of a name that is taken over.
const LONGEST_NAME: usize = 200;

/// Every claim that this console does not know by name.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Claims(#[serde(default)] Map<String, Value>);
impl AdditionalClaims for Claims {}

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Provider<A = openidconnect::EndpointSet, T = openidconnect::EndpointMaybeSet, U = openidconnect::EndpointMaybeSet> = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    A,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    T,
    U,
>;

/// The sign-ins that are under way.
#[derive(Debug)]
pub(crate) struct SignIns {
    configured: Option<Configured>,
    under_way: Mutex<HashMap<String, UnderWay>>,
}

#[derive(Debug)]
struct Configured {
    oidc: Oidc,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    secret: Option<ClientSecret>,
    way: Way,
    cookie: String,
}

#[derive(Debug)]
struct UnderWay {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    until: UnixSeconds,
}

/// Why somebody could not sign in.
enum Refused {
    /// The provider cannot be reached, or says what no provider says.
    Unavailable,
    /// It is not signed, not for this console, not for this sign-in, or the person has no role here.
    No,
}

impl SignIns {
    pub(crate) fn new(oidc: Option<&Oidc>, place: &Place, folder: &Path) -> Result<Self, StartError> {
        let configured = oidc.map(|oidc| Configured::new(oidc, place, folder)).transpose()?;
        Ok(SignIns { configured, under_way: Mutex::default() })
    }
}

impl Configured {
    fn new(oidc: &Oidc, place: &Place, folder: &Path) -> Result<Self, StartError> {
        let fault = |what: String| StartError::Config(what);
        let issuer = oidc.issuer.as_str().trim_end_matches('/').to_owned();
        let secret = oidc.client_secret_file.as_ref().map(|name| {
            let path = folder.join(name);
            let text = std::fs::read_to_string(&path).map_err(|e| fault(format!("{}: {e}", path.display())))?;
            Ok::<_, StartError>(ClientSecret::new(text.trim().to_owned()))
        });
        let address = format!("{}/sign-in/oidc/callback", place.url);
        Ok(Configured {
            issuer: IssuerUrl::new(issuer).map_err(|e| fault(e.to_string()))?,
            redirect: RedirectUrl::new(address).map_err(|e| fault(e.to_string()))?,
            secret: secret.transpose()?,
            way: Way(HttpTransport::new().map_err(protocol::ClientError::from).map_err(AgencyError::from)?),
            cookie: format!("{}-oidc", place.cookie),
            oidc: oidc.clone(),
        })
    }

    /// The provider as it describes itself now, so that a key it changed is known at once.
    async fn provider(&self) -> Result<Provider, Refused> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.way).await;
        let metadata = found.map_err(|_| Refused::Unavailable)?;
        let id = ClientId::new(self.oidc.client_id.clone());
        let provider = Provider::from_provider_metadata(metadata, id, self.secret.clone());
        Ok(provider.set_redirect_uri(self.redirect.clone()))
    }
}

/// Goes where `HttpTransport` goes: https, or this computer; never along a redirect.
#[derive(Debug)]
struct Way(HttpTransport);

impl<'c> openidconnect::AsyncHttpClient<'c> for Way {
    type Error = protocol::TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Self::Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = self.0.send(request.map(Into::into)).await?;
            Ok(answer.map(|body| body.to_vec()))
        })
    }
}

/// `GET /sign-in/oidc`: sends the browser to the provider.
pub(crate) async fn begin(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Response {
    if let Err(error) = call::is_our_host(&desk, &headers) {
        return error.into_response();
    }
    let Some(configured) = &desk.oidc.configured else {
        return ApiError::from(Code::NotFound).into_response();
    };
    let Ok(provider) = configured.provider().await else {
        return Redirect::to("/?sign-in=unavailable").into_response();
    };
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let begun = provider.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
    let begun = begun.add_scope(Scope::new("profile".into())).set_pkce_challenge(challenge);
    let (url, state, nonce) = begun.url();
    let under_way = UnderWay { state, nonce, verifier, until: desk.now().plus(GOOD_FOR) };
    match keep(&desk, under_way) {
        Ok(token) => {
            // The provider's answer comes from another site: a stricter cookie would not be sent with it.
            let cookie = call::cookie(&desk, &configured.cookie, &token, "Lax", Some(600));
            ([(header::SET_COOKIE, cookie)], Redirect::to(url.as_str())).into_response()
        }
        Err(error) => error.into_response(),
    }
}

fn keep(desk: &Desk, under_way: UnderWay) -> Result<String, ApiError> {
    let token = secret::generate_token()?;
    let mut all = lock(&desk.oidc.under_way)?;
    let now = desk.now();
    all.retain(|_, one| now < one.until);
    if all.len() >= AT_MOST {
        let oldest = all.iter().min_by_key(|(_, one)| one.until).map(|(key, _)| key.clone());
        oldest.map(|key| all.remove(&key));
    }
    all.insert(secret::digest(&token), under_way);
    Ok(token.to_string())
}

/// What the provider sends the browser back with.
#[derive(Deserialize)]
pub(crate) struct Back {
    code: Option<String>,
    state: Option<String>,
}

/// `GET /sign-in/oidc/callback`: the browser is back.
pub(crate) async fn callback(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(_): ConnectInfo<std::net::SocketAddr>,
    Query(back): Query<Back>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = call::is_our_host(&desk, &headers) {
        return error.into_response();
    }
    let Some(configured) = &desk.oidc.configured else {
        return ApiError::from(Code::NotFound).into_response();
    };
    let gone = call::cookie(&desk, &configured.cookie, "", "Lax", Some(0));
    let signed_in = match finish(&desk, configured, back, &headers).await {
        Ok(user) => begin_session(&desk, &user).map_err(|_| Refused::Unavailable),
        Err(refused) => Err(refused),
    };
    match signed_in {
        Ok(session) => {
            let mut response = Redirect::to("/").into_response();
            response.headers_mut().append(header::SET_COOKIE, gone);
            response.headers_mut().append(header::SET_COOKIE, session);
            response
        }
        Err(Refused::No) => ([(header::SET_COOKIE, gone)], Redirect::to("/?sign-in=refused")).into_response(),
        Err(Refused::Unavailable) => {
            ([(header::SET_COOKIE, gone)], Redirect::to("/?sign-in=unavailable")).into_response()
        }
    }
}

/// Who it is, by a token that the provider signed for this console and for this sign-in.
async fn finish(desk: &Desk, configured: &Configured, back: Back, headers: &HeaderMap) -> Result<String, Refused> {
    let token = call::cookie_of(headers, &configured.cookie).ok_or(Refused::No)?;
    let under_way = lock(&desk.oidc.under_way).map_err(|_| Refused::Unavailable)?.remove(&secret::digest(token));
    let under_way = under_way.filter(|one| desk.now() < one.until).ok_or(Refused::No)?;
    let state = back.state.unwrap_or_default();
    if !secret::same(&state, under_way.state.secret()) {
        return Err(Refused::No);
    }
    let code = AuthorizationCode::new(back.code.ok_or(Refused::No)?);
    let provider = configured.provider().await?;
    let exchange = provider.exchange_code(code).map_err(|_| Refused::Unavailable)?;
    let exchange = exchange.set_pkce_verifier(under_way.verifier);
    let answer = exchange.request_async(&configured.way).await;
    let answer = answer.map_err(|error| match error {
        openidconnect::RequestTokenError::ServerResponse(_) => Refused::No,
        _ => Refused::Unavailable,
    })?;
    let clock = desk.clock.clone();
    let verifier = provider
        .id_token_verifier()
        .set_time_fn(move || chrono_of(clock.now()))
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EdDsa,
        ]);
    let id_token = answer.id_token().ok_or(Refused::No)?;
    let claims = id_token.claims(&verifier, &under_way.nonce).map_err(|_| Refused::No)?;
    take_over(desk, &configured.oidc, claims).map_err(|_| Refused::No)
}

/// The library counts time in its own type.
fn chrono_of(at: UnixSeconds) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(at.as_i64(), 0).unwrap_or_default()
}

/// Makes or updates the person: name and roles are the provider's, the pseudonym is ours.
fn take_over(desk: &Desk, oidc: &Oidc, claims: &IdTokenClaims<Claims, CoreGenderClaim>) -> Result<String, ApiError> {
    let subject = (claims.issuer().to_string(), claims.subject().to_string());
    let roles = roles(oidc, &claims.additional_claims().0);
    let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str());
    let login = claims.preferred_username().map(|name| name.as_str());
    let name = name.or(login).unwrap_or("?").chars().take(LONGEST_NAME).collect::<String>();
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
            if roles.is_empty() { Err(Code::NotAllowed.into()) } else { Ok(user) }
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
    let given = groups.iter().filter_map(|group| oidc.roles.get(*group)).flatten();
    crate::people::distinct(given.copied().collect())
}

/// The name at the provider, in plain letters; another where somebody has it.
fn free_name(people: &crate::people::People, login: Option<&str>) -> Result<String, ApiError> {
    let plain = login.unwrap_or_default().to_lowercase();
    let plain: String = plain.chars().filter(|c| c.is_ascii_alphanumeric() || ".-_@".contains(*c)).take(50).collect();
    if plain.len() >= 2 && people.find(&plain).is_none() {
        return Ok(plain);
    }
    Ok(format!("u-{}", secret::generate_plain(8)?))
}

fn begin_session(desk: &Desk, user: &str) -> Result<http::HeaderValue, ApiError> {
    let now = desk.now();
    let (token, _) = desk.sessions()?.begin(user, now)?;
    let mut people = desk.people()?;
    people.change(&desk.agency, user, |person| person.signed_in_at = Some(now))?;
    let actor = people.find(user).map(|person| person.actor.clone()).unwrap_or_default();
    drop(people);
    desk.journal.write(JournalLine {
        at: now.as_i64(),
        actor,
        act: "sign-in/oidc".into(),
        grant: None,
        about: Some(user.to_owned()),
        reason: None,
        refused: None,
    })?;
    Ok(call::session_cookie(desk, &token))
}
