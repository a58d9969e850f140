//! Request objects on the wire, and the rules that the types alone do not hold.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Lifetime, RequestObject, RequestedConsent};
use crate::Refusal;
use crate::id::{AgencyId, Jti, UnixSeconds, WebAddress};
use crate::json::{self, object, present};
use crate::prune;
use crate::token::{are_distinct, is_proper_set, require};

const AUDIENCE: &str = "https://self-issued.me/v2";
const RESPONSE_TYPE: &str = "consent_token";
const RESPONSE_MODE: &str = "direct_post";

const KNOWN: prune::Known = prune::Known {
    consent: &[
        "type",
        "purposes",
        "datatypes",
        "required",
        "actions",
        "release",
        "retention",
        "max_duration",
        "recipients",
        "uses",
        "circle",
        "notice",
        "basis",
        "jurisdiction",
    ],
    notice: &["version", "texts"],
};

#[derive(Serialize, Deserialize)]
pub(super) struct Wire {
    iss: AgencyId,
    client_id: AgencyId,
    aud: String,
    response_type: String,
    response_mode: String,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    response_uri: Option<WebAddress>,
    nonce: String,
    state: String,
    jti: Jti,
    iat: UnixSeconds,
    exp: UnixSeconds,
    authorization_details: [RequestedConsent; 1],
}

impl Wire {
    /// Reads a request's claims; unknown ones are ignored, as for any JWT.
    ///
    /// # Errors
    /// [`Refusal::Malformed`], else [`Refusal::UnknownTerm`], else [`Refusal::WrongAudience`].
    pub(super) fn read(payload: &[u8], lifetime: Lifetime) -> Result<RequestObject, Refusal> {
        let mut value: Value = json::from_slice(payload).map_err(|_| Refusal::Malformed)?;
        let unknown = prune::consents(value.get_mut("authorization_details"), &KNOWN);
        let wire: Self = object(value).map_err(|_| Refusal::Malformed)?;
        require(wire.iss == wire.client_id, Refusal::Malformed)?;
        let known =
            !unknown && wire.response_type == RESPONSE_TYPE && wire.response_mode == RESPONSE_MODE;
        let self_issued = wire.aud == AUDIENCE;
        let request = RequestObject::from(wire);
        check_rules(&request, lifetime)?;
        require(known, Refusal::UnknownTerm)?;
        require(self_issued, Refusal::WrongAudience)?;
        Ok(request)
    }
}

impl From<Wire> for RequestObject {
    fn from(wire: Wire) -> Self {
        let [consent] = wire.authorization_details;
        Self {
            client_id: wire.client_id,
            response_uri: wire.response_uri,
            nonce: wire.nonce,
            state: wire.state,
            jti: wire.jti,
            iat: wire.iat,
            exp: wire.exp,
            consent,
        }
    }
}

impl From<RequestObject> for Wire {
    fn from(request: RequestObject) -> Self {
        Self {
            iss: request.client_id.clone(),
            client_id: request.client_id,
            aud: AUDIENCE.into(),
            response_type: RESPONSE_TYPE.into(),
            response_mode: RESPONSE_MODE.into(),
            response_uri: request.response_uri,
            nonce: request.nonce,
            state: request.state,
            jti: request.jti,
            iat: request.iat,
            exp: request.exp,
            authorization_details: [request.consent],
        }
    }
}

pub(super) fn check_rules(request: &RequestObject, lifetime: Lifetime) -> Result<(), Refusal> {
    let timely = request.exp > request.iat && request.exp.since(request.iat) <= lifetime.seconds();
    require(timely && !request.nonce.is_empty(), Refusal::Malformed)?;
    check_consent(&request.consent)
}

fn check_consent(consent: &RequestedConsent) -> Result<(), Refusal> {
    let sets = is_proper_set(&consent.purposes)
        && is_proper_set(&consent.datatypes)
        && is_proper_set(&consent.actions);
    let recipients = consent.recipients.as_deref().is_none_or(is_proper_set);
    let within = consent
        .required
        .iter()
        .all(|path| consent.datatypes.contains(path));
    let circle = consent
        .circle
        .as_ref()
        .is_none_or(|circle| !circle.id.is_empty());
    let required = are_distinct(&consent.required) && within;
    require(sets && recipients && required && circle, Refusal::Malformed)?;
    let texts = &consent.notice.texts;
    let worded = !texts.is_empty() && texts.values().all(|text| !text.trim().is_empty());
    require(
        worded && !consent.notice.version.is_empty(),
        Refusal::Malformed,
    )
}
