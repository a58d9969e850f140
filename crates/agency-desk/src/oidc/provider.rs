//! The provider as it describes itself (OpenID Connect Discovery), and what its ID tokens have to be: signed by one
//! of its keys, for this console, for this sign-in, and not over. Nothing is asked over an address that is not safe.

use std::{path::Path, pin::Pin};

use agency::AgencyError;
use consent_token::id::UnixSeconds;
use openidconnect::{
    AdditionalClaims, AuthorizationCode, Client, ClientId, ClientSecret, EmptyExtraTokenFields,
    HttpRequest, HttpResponse, IdTokenClaims, IdTokenFields, IssuerUrl, Nonce, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, StandardErrorResponse, StandardTokenResponse,
    TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse,
        CoreTokenType,
    },
};
use protocol::{HttpTransport, Transport};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Refused;
use crate::{Clock, StartError, config::Oidc, place::Place};

/// How an ID token may be signed: with the provider's own key, never with a shared secret, never not at all.
const SIGNED_WITH: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Every claim that this console does not know by name.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Claims(#[serde(default)] pub(super) Map<String, Value>);
impl AdditionalClaims for Claims {}

/// Of an ID token that was checked.
pub(super) type Known = IdTokenClaims<Claims, CoreGenderClaim>;

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
pub(super) type Provider<
    A = openidconnect::EndpointSet,
    T = openidconnect::EndpointMaybeSet,
    U = openidconnect::EndpointMaybeSet,
> = Client<
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

/// What `desk.toml` says of the provider, ready for use.
#[derive(Debug)]
pub(super) struct Configured {
    pub(super) oidc: Oidc,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    secret: Option<ClientSecret>,
    way: Way,
    /// The cookie that binds a sign-in to its browser.
    pub(super) cookie: String,
}

impl Configured {
    pub(super) fn new(oidc: &Oidc, place: &Place, folder: &Path) -> Result<Self, StartError> {
        let fault = |what: String| StartError::Config(what);
        let secret = oidc.client_secret_file.as_ref().map(|name| {
            let path = folder.join(name);
            let text = std::fs::read_to_string(&path)
                .map_err(|e| fault(format!("{}: {e}", path.display())))?;
            Ok::<_, StartError>(ClientSecret::new(text.trim().to_owned()))
        });
        let address = format!("{}/sign-in/oidc/callback", place.url);
        Ok(Configured {
            issuer: IssuerUrl::new(oidc.issuer.clone()).map_err(|e| fault(e.to_string()))?,
            redirect: RedirectUrl::new(address).map_err(|e| fault(e.to_string()))?,
            secret: secret.transpose()?,
            way: Way(HttpTransport::new()
                .map_err(protocol::ClientError::from)
                .map_err(AgencyError::from)?),
            cookie: format!("{}-oidc", place.cookie),
            oidc: oidc.clone(),
        })
    }

    /// The provider as it describes itself now, so that a key it changed is known at once.
    pub(super) async fn provider(&self) -> Result<Provider, Refused> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.way).await;
        let metadata = found.map_err(|_| Refused::Unavailable)?;
        let id = ClientId::new(self.oidc.client_id.clone());
        let provider = Provider::from_provider_metadata(metadata, id, self.secret.clone());
        Ok(provider.set_redirect_uri(self.redirect.clone()))
    }

    /// The claims behind a code, where all of it holds.
    pub(super) async fn claims_of(
        &self,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
        nonce: &Nonce,
        clock: &Clock,
    ) -> Result<Known, Refused> {
        let provider = self.provider().await?;
        let exchange = provider
            .exchange_code(code)
            .map_err(|_| Refused::Unavailable)?;
        let exchange = exchange.set_pkce_verifier(verifier);
        let answer = exchange.request_async(&self.way).await;
        let answer = answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(_) => Refused::No,
            _ => Refused::Unavailable,
        })?;
        let now = clock.clone();
        let rules = provider
            .id_token_verifier()
            .set_time_fn(move || chrono_of(now.now()))
            .set_allowed_algs(SIGNED_WITH);
        let id_token = answer.id_token().ok_or(Refused::No)?;
        let claims = id_token.claims(&rules, nonce).map_err(|_| Refused::No)?;
        Ok(claims.clone())
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

/// The library counts time in its own type.
fn chrono_of(at: UnixSeconds) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(at.as_i64(), 0).unwrap_or_default()
}
