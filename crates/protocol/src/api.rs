//! The bodies of the verifier's API (PROTOCOL section 6), as both sides read and write them.

use consent_token::id::{Digest, Jti, UnixSeconds, digest_in_jwt};
use serde::{Deserialize, Serialize};

use crate::{entry::UnixMillis, registry::JwkSet};

/// `GET /.well-known/assent-verifier`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The verifier's URL, without a trailing slash.
    pub issuer: String,
    /// The verifier's public keys: `use` is `sig`, `purpose` says what for (`status` or `registry`).
    pub jwks: JwkSet,
    /// The log's key in C2SP vkey form.
    pub log_vkey: String,
    /// Where each part of the API is.
    pub endpoints: Endpoints,
    /// What is too much.
    pub limits: Limits,
    /// Versions of the protocol that are spoken.
    pub versions: Vec<u32>,
    /// The verifier's software and its version.
    pub software: String,
}

/// Where each part of the API is, as absolute URLs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// The signed registry.
    pub registry: String,
    /// Status slots.
    pub slots: String,
    /// Registration of grants.
    pub grants: String,
    /// Later acts.
    pub statements: String,
    /// RFC 6749 token endpoint.
    pub token: String,
    /// RFC 7662 introspection endpoint.
    pub introspection: String,
    /// Status lists; the list's number follows after a slash.
    pub status: String,
    /// Base of the C2SP tiled log.
    pub log: String,
    /// The OpenAPI description.
    pub openapi: String,
}

/// What the verifier takes at most. Where a verifier does not say one, it is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bytes of a JWT.
    pub jwt_bytes: u64,
    /// Bytes of a request's body, where no other limit is named.
    pub body_bytes: u64,
    /// Bytes of a share's envelope.
    pub share_bytes: u64,
    /// Bytes of an attachment before it is sealed.
    pub attachment_bytes: u64,
    /// Bytes of each piece of a sealed attachment.
    pub attachment_piece_bytes: u64,
    /// Pieces of a sealed attachment.
    pub attachment_pieces: u32,
    /// Attachments of one grant.
    pub attachments_per_grant: u32,
    /// Offers of one agency that stand at once.
    pub offers_per_agency: u32,
    /// Slots in one request.
    pub slots_per_request: u32,
    /// Rows in one page.
    pub page: u32,
    /// Requests per minute and address that write.
    pub writes_per_minute: u32,
    /// Requests for slots per minute and address.
    pub slots_per_minute: u32,
    /// Requests for bearer tokens per minute and address.
    pub tokens_per_minute: u32,
    /// Requests for a status list of the past per minute and address.
    pub past_per_minute: u32,
    /// Seconds of clock skew allowed.
    pub clock_skew: u32,
    /// Event streams that one agency may have open at once.
    pub event_streams: u32,
}

/// Body of `POST /v1/slots`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotsRequest {
    /// How many, 1 to 64.
    pub count: u32,
}

/// Answer of `POST /v1/slots`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotsResponse {
    /// The slots, in no order that tells anything.
    pub slots: Vec<SlotTicket>,
}

/// A status slot that is the caller's until `exp`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotTicket {
    /// The status list's URI, as it goes into `status_list.uri`.
    pub uri: String,
    /// The index in the list, as it goes into `status_list.idx`.
    pub idx: u64,
    /// The verifier's MAC over uri, idx and expiry.
    pub ticket: String,
    /// Until when the slot can be bound, in seconds.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub exp: UnixSeconds,
}

/// Body of `POST /v1/grants`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantRequest {
    /// The consent token, a compact JWS.
    pub token: String,
    /// The ticket of the slot that the token names.
    pub ticket: String,
    /// A `revoke` statement for the grant that this one narrows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
}

/// Body of `POST /v1/statements`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementRequest {
    /// The statement, a compact JWS.
    pub statement: String,
}

/// Proof that an act is in the log. Verify it with [`crate::receipt`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The grant's id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub grant: Jti,
    /// The grant's status after the act, as in its status list: 0 valid, 1 revoked, 2 suspended.
    pub status: u8,
    /// The entry's index in the log.
    pub index: u64,
    /// The text of the C2SP tlog-proof; its `extra` line holds the entry.
    pub proof: String,
    /// The receipt of the `replaces` statement, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub replaced: Option<Box<Receipt>>,
}

/// `GET /v1/grants/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantHistory {
    /// The grant's id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub grant: Jti,
    /// The status as in its status list.
    pub status: u8,
    /// `valid`, `suspended`, `revoked` or `expired`.
    pub state: String,
    /// Every act on the grant, the registration first.
    pub history: Vec<HistoryItem>,
}

/// One act on a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryItem {
    /// The token or statement, a compact JWS.
    pub jws: String,
    /// When it was recorded, in milliseconds.
    pub at: UnixMillis,
    /// The entry's index in the log.
    pub index: u64,
    /// The text of the C2SP tlog-proof.
    pub proof: String,
}

/// `GET /v1/agency/grants`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgencyGrants {
    /// The grants addressed to the caller, oldest registration first.
    pub grants: Vec<AgencyGrant>,
    /// What to give as `after` for the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// One grant as its agency sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgencyGrant {
    /// The grant's id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub grant: Jti,
    /// The consent token.
    pub token: String,
    /// The status as in its status list.
    pub status: u8,
    /// The registration's index in the log.
    pub index: u64,
}

/// `GET /v1/audit/statements`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditStatements {
    /// The JWS bodies of the range that are still kept.
    pub statements: Vec<AuditStatement>,
    /// What to give as `from` for the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// The JWS behind one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditStatement {
    /// The entry's index in the log.
    pub index: u64,
    /// The compact JWS.
    pub jws: String,
}

/// `GET /v1/offers`: the same document for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offers {
    /// Every offer that stands, each a compact JWS.
    pub offers: Vec<String>,
}

/// Body of `POST /v1/offers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferRequest {
    /// The offer, a compact JWS.
    pub offer: String,
}

/// Answer of `POST /v1/offers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offered {
    /// The offer's id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub offer: Jti,
    /// Until when it stands, in seconds.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub exp: UnixSeconds,
}

/// Answer of `PUT /v1/grants/{id}/share`: what the `share` statement is to announce.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Uploaded {
    /// SHA-256 of the envelope's bytes.
    #[serde(with = "digest_in_jwt")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub digest: Digest,
    /// The envelope's size in bytes.
    pub size: u64,
}

/// Answer of `PUT /v1/grants/{id}/attachments/{path}` where more pieces are to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PieceTaken {
    /// How many are there.
    pub pieces: u32,
}

/// One change of an agency's grants: an event's `data` on `GET /v1/agency/events`; its `id` is `index`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgencyEvent {
    /// The entry's index in the log.
    pub index: u64,
    /// When it was recorded, in milliseconds.
    pub at: UnixMillis,
    /// The grant's id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub grant: Jti,
    /// `grant` for a registration, else the statement's act.
    pub act: String,
    /// The grant's status now, as in its status list; it may be newer than this event.
    pub status: u8,
    /// The token or statement, a compact JWS.
    pub jws: String,
}

/// `GET /v1/agency/cases/{case}`: who serves a case of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    /// The case's id, the same in every token of one grant to a circle.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub case: Jti,
    /// The agencies that were given a token, in the order of registration.
    pub members: Vec<CaseMember>,
}

/// One agency that serves a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseMember {
    /// The agency's id.
    pub agency: String,
    /// Its tier in the circle.
    pub tier: u8,
    /// `valid`, `suspended`, `revoked` or `expired`.
    pub state: String,
}

/// Answer of `POST /token` (RFC 6749 section 5.1).
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenResponse {
    /// The bearer token.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds until it ends.
    pub expires_in: u32,
}

/// Answer of `POST /introspect` (RFC 7662 section 2.2).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introspection {
    /// Whether the consent holds now, for this caller.
    pub active: bool,
    /// Why not; only its audience is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The claims of an active token.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub claims: serde_json::Map<String, serde_json::Value>,
}
