//! What needs the verifier: its word on a token, the list of grants, and the agency's own statements,
//! each with a receipt that is verified before anything counts as recorded (PROTOCOL sections 4 and 6).

use std::sync::Mutex;

use consent_token::{
    Refusal,
    id::{Jti, UnixSeconds},
    jws,
    statement::{self, AgencyAct, AgencyStatement},
};
use protocol::{
    Credential, Transport, VerifierClient,
    api::{AgencyGrant, Introspection, Offered, Receipt},
    client_assertion,
    receipt::{self, Proven},
};

use crate::{AgencyError, Identity, pins::Pins, random};

/// How the agency shows who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Authentication {
    /// A bearer token for ten minutes, had with a client assertion (RFC 7523).
    #[default]
    Bearer,
    /// A DPoP proof with every call (RFC 9449).
    Dpop,
}

/// The verifier's word on a token.
#[derive(Clone, Debug, PartialEq)]
pub enum OnlineAnswer {
    /// It holds.
    Yes(Box<Introspection>),
    /// It does not; with the refusal where the agency is the token's audience.
    No(Option<Refusal>),
}

/// A statement that stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The statement's id.
    pub jti: Jti,
    /// The statement, a compact JWS.
    pub compact: String,
    /// The verifier's receipt.
    pub receipt: Receipt,
    /// What the receipt proves.
    pub proven: Proven,
}

/// An agency's line to its verifier.
#[derive(Debug)]
pub struct Online<'a, T> {
    pub(crate) agency: &'a Identity,
    pub(crate) pins: Pins,
    pub(crate) client: VerifierClient<T>,
    authentication: Authentication,
    bearer: Mutex<Option<Bearer>>,
}

#[derive(Clone)]
struct Bearer {
    token: String,
    until: UnixSeconds,
}

impl std::fmt::Debug for Bearer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bearer(until {})", self.until)
    }
}

/// Seconds before its end from which on a bearer token is not used any more.
const BEARER_MARGIN: i64 = 30;

impl<'a, T: Transport> Online<'a, T> {
    /// A line for `agency`; nothing is sent yet.
    pub fn new(
        agency: &'a Identity,
        pins: &Pins,
        client: VerifierClient<T>,
        authentication: Authentication,
    ) -> Self {
        Online {
            agency,
            pins: pins.clone(),
            client,
            authentication,
            bearer: Mutex::default(),
        }
    }

    /// Asks whether a token holds now (RFC 7662).
    ///
    /// # Errors
    /// [`AgencyError::Client`]: then nothing is known, and the answer is not *yes*.
    pub async fn introspect(
        &self,
        token: &str,
        now: UnixSeconds,
    ) -> Result<OnlineAnswer, AgencyError> {
        let credential = self.credential("POST", "/introspect", now).await?;
        let answer = self.client.introspect(token, &credential).await?;
        if answer.active {
            return Ok(OnlineAnswer::Yes(Box::new(answer)));
        }
        Ok(OnlineAnswer::No(
            answer.code.and_then(|code| code.parse().ok()),
        ))
    }

    /// Publishes an offer, which every wallet then fetches.
    ///
    /// # Errors
    /// [`AgencyError::Client`].
    pub async fn offer(&self, offer: &str) -> Result<Offered, AgencyError> {
        Ok(self.client.offer(offer).await?)
    }

    /// Every grant addressed to the agency, oldest registration first.
    ///
    /// # Errors
    /// [`AgencyError::Client`].
    pub async fn grants(&self, now: UnixSeconds) -> Result<Vec<AgencyGrant>, AgencyError> {
        let mut grants = Vec::new();
        let mut after = None;
        loop {
            let credential = self.credential("GET", "/v1/agency/grants", now).await?;
            let page = self.client.agency_grants(after, &credential).await?;
            let read = page.grants.len();
            grants.extend(page.grants);
            match page.next {
                Some(next) if read > 0 && after.is_none_or(|after| next > after) => {
                    after = Some(next)
                }
                _ => return Ok(grants),
            }
        }
    }

    /// Signs and records an act on a grant; done only when the receipt's proof holds.
    ///
    /// # Errors
    /// [`AgencyError::Client`] where nothing may have been recorded: the same act can be stated again.
    /// [`AgencyError::Receipt`] where the verifier's receipt does not hold.
    pub async fn state(
        &self,
        grant: Jti,
        act: AgencyAct,
        now: UnixSeconds,
    ) -> Result<Recorded, AgencyError> {
        self.state_as(random::jti()?, grant, act, now).await
    }

    /// As [`Online::state`], under a known id: stated twice, it is one act.
    pub(crate) async fn state_as(
        &self,
        jti: Jti,
        grant: Jti,
        act: AgencyAct,
        now: UnixSeconds,
    ) -> Result<Recorded, AgencyError> {
        let statement = AgencyStatement {
            iss: self.agency.id().clone(),
            jti,
            iat: now,
            grant,
            act,
        };
        let compact = statement::sign_agency(&statement, self.agency.key())
            .map_err(AgencyError::Unsignable)?;
        let receipt = self.client.state(&compact).await?;
        let proven = receipt::verify(
            &receipt.proof,
            &self.pins.log_key()?,
            &jws::digest(&compact),
        )?;
        Ok(Recorded {
            jti,
            compact,
            receipt,
            proven,
        })
    }

    pub(crate) async fn credential(
        &self,
        method: &str,
        path: &str,
        now: UnixSeconds,
    ) -> Result<Credential, AgencyError> {
        match self.authentication {
            Authentication::Bearer => self.bearer(now).await.map(Credential::Bearer),
            Authentication::Dpop => {
                let proof = self.proof(method, path, None, now)?;
                Ok(Credential::Dpop(proof))
            }
        }
    }

    /// The bearer token at hand, or a new one.
    async fn bearer(&self, now: UnixSeconds) -> Result<String, AgencyError> {
        let at_hand = self.bearer.lock().ok().and_then(|bearer| bearer.clone());
        if let Some(bearer) = at_hand.filter(|bearer| now < bearer.until) {
            return Ok(bearer.token);
        }
        let assertion = client_assertion::assert(
            self.agency.id(),
            self.agency.key(),
            &self.pins.issuer,
            now,
            random::jti()?,
        );
        let answer = self.client.token(&assertion).await?;
        let until = now.plus(i64::from(answer.expires_in) - BEARER_MARGIN);
        if let Ok(mut bearer) = self.bearer.lock() {
            *bearer = Some(Bearer {
                token: answer.access_token.clone(),
                until,
            });
        }
        Ok(answer.access_token)
    }
}
