//! Webhooks: every change of the agency's grants as a security event token (RFC 8417), posted (RFC 8935) to
//! a system of the agency's own. The agency's software delivers, not the verifier: the verifier calls nobody,
//! and no address of an agency's inside stands in the public registry.
//!
//! Each receiver has a place of its own in the log, kept in the agency's folder and moved on only when the
//! receiver has taken the token: whatever stops meanwhile, no change is missed, and one may come twice with
//! the same `jti`.

use std::path::PathBuf;

use consent_token::{
    id::{Digest, Jti, UnixSeconds},
    jws,
};
use protocol::{
    Transport,
    api::AgencyEvent,
    client::{PushError, Until},
    transport::Streaming,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{AgencyError, Events, Identity, Online, files};

/// `typ` of a security event token (RFC 8417 section 2.3).
pub const EVENT_TYP: &str = "secevent+jwt";

/// A receiver, and how far it was told.
#[derive(Debug)]
pub struct Receiver {
    path: PathBuf,
    kept: Kept,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Where the tokens are posted to.
    url: String,
    /// Their `aud`.
    audience: String,
    /// The index of the last change that was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delivered: Option<u64>,
}

/// RFC 8417 section 2.2. It names the grant and the act, never a person or a value.
#[derive(Serialize)]
struct EventClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    jti: Jti,
    iat: UnixSeconds,
    /// When the change was recorded (RFC 8417 section 2.2 `toe`).
    toe: UnixSeconds,
    /// The change, the same for every receiver: its index in the log.
    txn: String,
    /// RFC 9493.
    sub_id: Value,
    events: Map<String, Value>,
}

impl Receiver {
    /// The receiver at `url`, as far as it was told before. `audience` is the `aud` of its tokens, `url`
    /// itself unless given.
    ///
    /// # Errors
    /// [`AgencyError::InsecureReceiver`], [`AgencyError::File`] and [`AgencyError::Damaged`].
    pub fn open(agency: &Identity, url: &str, audience: Option<&str>) -> Result<Self, AgencyError> {
        if !protocol::transport::is_safe_address(url) {
            return Err(AgencyError::InsecureReceiver(url.to_owned()));
        }
        let folder = agency.dir().join("receivers");
        std::fs::create_dir_all(&folder).map_err(AgencyError::file(&folder))?;
        let path = folder.join(format!("{}.json", short(&[url])));
        let kept: Option<Kept> = files::read_json(&path)?;
        let delivered = kept
            .filter(|kept| kept.url == url)
            .and_then(|kept| kept.delivered);
        let kept = Kept {
            url: url.to_owned(),
            audience: audience.unwrap_or(url).to_owned(),
            delivered,
        };
        Ok(Receiver { path, kept })
    }

    /// The index of the last change that it took.
    #[must_use]
    pub fn delivered(&self) -> Option<u64> {
        self.kept.delivered
    }

    /// The token that tells it of a change; the same change has the same `jti`.
    #[must_use]
    pub fn token(&self, agency: &Identity, event: &AgencyEvent, now: UnixSeconds) -> String {
        let about = json!({
            "grant": event.grant.to_string(),
            "act": event.act,
            "status": event.status,
            "index": event.index,
        });
        let name = format!("urn:assent:event:{}", event.act);
        let claims = EventClaims {
            iss: agency.id().as_str(),
            aud: &self.kept.audience,
            jti: short(&[
                agency.id().as_str(),
                &self.kept.audience,
                &event.index.to_string(),
            ]),
            iat: now,
            toe: event.at.as_seconds(),
            txn: event.index.to_string(),
            sub_id: json!({ "format": "opaque", "id": event.grant.to_string() }),
            events: Map::from_iter([(name, about)]),
        };
        let header = jws::Header::with_kid(EVENT_TYP, agency.key().thumbprint());
        jws::sign(&header, &claims, agency.key()).expect("texts and numbers are plain JSON")
    }

    /// Remembers that a change was taken.
    fn taken(&mut self, index: u64) -> Result<(), AgencyError> {
        self.kept.delivered = Some(index);
        files::write_private_json(&self.path, &self.kept)
    }
}

/// 16 bytes that follow from the texts: repeated after a crash, they are the same.
fn short(texts: &[&str]) -> Jti {
    let digest = Digest::of(texts.join("\n").as_bytes());
    let (first, _) = digest
        .as_bytes()
        .split_first_chunk::<16>()
        .expect("a digest has 32 bytes");
    Jti::from_bytes(*first)
}

/// What came of handing a change on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The receiver has it, and that is remembered.
    Taken,
    /// It does not; the same change is to be pushed again.
    Again(PushError),
}

impl<T: Transport> Online<'_, T> {
    /// Hands one change to the receiver.
    ///
    /// # Errors
    /// [`AgencyError::File`] where it cannot be remembered that the receiver took it: it will come again.
    pub async fn push(
        &self,
        receiver: &mut Receiver,
        event: &AgencyEvent,
        now: UnixSeconds,
    ) -> Result<Pushed, AgencyError> {
        let token = receiver.token(self.agency, event, now);
        match self.client.push(&receiver.kept.url, &token).await {
            Ok(()) => receiver.taken(event.index).map(|()| Pushed::Taken),
            Err(error) => Ok(Pushed::Again(error)),
        }
    }
}

impl<T: Streaming> Online<'_, T>
where
    T::Chunks: 'static,
{
    /// Opens the stream after the last change that the receiver took.
    ///
    /// # Errors
    /// [`AgencyError::Client`].
    pub async fn events_for(
        &self,
        receiver: &Receiver,
        until: Until,
        now: UnixSeconds,
    ) -> Result<Events, AgencyError> {
        let credential = self.credential("GET", "/v1/agency/events", now).await?;
        let chunks = self
            .client
            .events(receiver.delivered(), until, &credential)
            .await?;
        Ok(Events::of(chunks))
    }
}

#[cfg(test)]
mod tests;
