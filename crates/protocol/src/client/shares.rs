//! The calls about shares, offers and the event stream (PROTOCOL sections 6 and 7).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use consent_token::id::Jti;
use http::{
    HeaderMap, Method, Request, Response,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName},
    response::Parts,
};

use super::{ClientError, Credential, Draft, VerifierClient, refuse};
use crate::{
    api::{Case, OfferRequest, Offered, Receipt, Uploaded},
    problem::Problem,
    share::{Envelope, Part},
    transport::{Chunks, Streaming, Transport},
};

/// Carries the statement under which a share is read.
pub const STATEMENT_HEADER: &str = "assent-statement";
/// Carries the receipt of that statement: base64url of its JSON.
pub const RECEIPT_HEADER: &str = "assent-receipt";
/// Carries the holder's `share` statement that announces the ciphertext.
pub const SHARE_HEADER: &str = "assent-share";

/// How long an event stream goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Until every change that there is was told.
    Now,
    /// Until either side stops it.
    Stopped,
}

/// What an agency shows to read a share.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The consent token, the access token of RFC 9449.
    pub token: &'a str,
    /// The DPoP proof, with `ath`, by the key of the token's `cnf.jkt` or its successor.
    pub proof: &'a str,
    /// The `access` or `open` statement.
    pub statement: &'a str,
}

/// A sealed share as it came. Nothing of it is verified.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The envelope.
    pub envelope: Envelope,
    /// Its bytes, whose digest the holder announced.
    pub bytes: Bytes,
    /// The holder's `share` statement, where one came.
    pub announcement: Option<String>,
    /// The receipt of the statement under which it is read.
    pub receipt: Receipt,
}

impl<T: Transport> VerifierClient<T> {
    /// `PUT /v1/grants/{id}/share`: it is there for nobody until a `share` statement announces it.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn put_share(
        &self,
        grant: &Jti,
        part: Part,
        envelope: &Envelope,
        credential: &Credential,
    ) -> Result<Uploaded, ClientError> {
        let draft = Draft::new(Method::PUT, self.url(&share_path(grant, part)))
            .header(CONTENT_TYPE, "application/json")
            .body(envelope.to_bytes());
        self.json(credential.sign(draft)).await
    }

    /// `GET /v1/grants/{id}/share`: the sealed share with the holder's word on it, and the receipt of the statement,
    /// which is in the log before the first byte leaves. Neither is verified here.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn share(&self, grant: &Jti, reading: &Reading<'_>) -> Result<Sealed, ClientError> {
        let draft = self
            .get(&share_path(grant, Part::Whole))
            .header(ACCEPT, "application/json");
        let draft = reading.show(draft);
        let answer = self.accepted(draft).await?;
        let strange = || ClientError::NotAVerifier(self.base.clone());
        let receipt = receipt_of(answer.headers()).ok_or_else(strange)?;
        let announcement = answer.headers().get(SHARE_HEADER);
        let announcement = announcement.and_then(|value| value.to_str().ok());
        match Envelope::parse(answer.body()) {
            Ok(envelope) => Ok(Sealed {
                envelope,
                announcement: announcement.map(str::to_owned),
                bytes: answer.into_body(),
                receipt,
            }),
            Err(_) => Err(strange()),
        }
    }

    /// `POST /v1/offers`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn offer(&self, offer: &str) -> Result<Offered, ClientError> {
        let offer = offer.to_owned();
        self.json(self.post("/v1/offers", &OfferRequest { offer }))
            .await
    }

    /// `GET /v1/agency/cases/{case}`: the case of the caller's `grant`, or of its first one in it.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn case(
        &self,
        case: &Jti,
        grant: Option<&Jti>,
        credential: &Credential,
    ) -> Result<Case, ClientError> {
        let path = match grant {
            Some(grant) => format!("/v1/agency/cases/{case}?grant={grant}"),
            None => format!("/v1/agency/cases/{case}"),
        };
        self.json(credential.sign(self.get(&path))).await
    }
}

impl<T: Streaming> VerifierClient<T> {
    /// `GET /v1/agency/events`: the raw `text/event-stream`, from the change after `last`; from the first
    /// one where there is none. It ends once all is told, or goes on with what comes.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn events(
        &self,
        last: Option<u64>,
        until: Until,
        credential: &Credential,
    ) -> Result<T::Chunks, ClientError> {
        let mut draft = self
            .get(match until {
                Until::Now => "/v1/agency/events?follow=false",
                Until::Stopped => "/v1/agency/events",
            })
            .header(ACCEPT, "text/event-stream");
        if let Some(last) = last {
            draft = draft.header(HeaderName::from_static("last-event-id"), &last.to_string());
        }
        Ok(self.opened(credential.sign(draft)).await?.1)
    }

    /// Sends, and opens the answer where it is no refusal.
    pub(super) async fn opened(&self, draft: Draft) -> Result<(Parts, T::Chunks), ClientError> {
        let url = draft.url.clone();
        let request: Request<Bytes> = draft.finish()?;
        let (head, mut body) = self.transport.open(request).await?.into_parts();
        if head.status.is_success() {
            return Ok((head, body));
        }
        let mut text = Vec::new();
        while let Some(chunk) = body.next().await? {
            if text.len() + chunk.len() > Problem::MAX_BYTES {
                return Err(ClientError::NotAVerifier(url));
            }
            text.extend_from_slice(&chunk);
        }
        let answer = Response::from_parts(head, Bytes::from(text));
        Err(match refuse(answer, &url) {
            Err(error) => error,
            Ok(_) => ClientError::NotAVerifier(url),
        })
    }
}

fn share_path(grant: &Jti, part: Part) -> String {
    match part {
        Part::Whole => format!("/v1/grants/{grant}/share"),
        Part::Locator => format!("/v1/grants/{grant}/share?part=locator"),
    }
}

/// The receipt that came with what was read.
pub(super) fn receipt_of(headers: &HeaderMap) -> Option<Receipt> {
    let header = headers.get(RECEIPT_HEADER)?;
    let json = BASE64_URL_SAFE_NO_PAD.decode(header.as_bytes()).ok()?;
    serde_json::from_slice(&json).ok()
}

impl Reading<'_> {
    pub(super) fn show(&self, draft: Draft) -> Draft {
        draft
            .header(AUTHORIZATION, &format!("DPoP {}", self.token))
            .header(HeaderName::from_static("dpop"), self.proof)
            .header(HeaderName::from_static(STATEMENT_HEADER), self.statement)
    }
}
