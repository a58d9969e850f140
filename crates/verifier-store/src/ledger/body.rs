//! The part of a logged JWS that the ledger keeps. Bodies were verified before they were logged and are
//! tied to the log by their digest, so that reading them back needs no curve.

use std::{num::NonZeroU32, sync::Arc};

use consent_token::{
    id::{AgencyId, Digest, Jti, UnixSeconds},
    jws::Compact,
    key::{Jwk, Thumbprint},
    statement::{AgencyAct, HolderAct, Statement, UnverifiedStatement},
    term::Release,
    token,
};
use protocol::{
    Registry, Slot,
    registry::{REGISTRY_MAX_BYTES, REGISTRY_TYP},
};
use serde::Deserialize;

use crate::grant::{GrantState, Place};

pub(crate) enum Body {
    Grant(Box<NewGrant>),
    Holder(HolderChange),
    Agency(AgencyChange),
    Registry(String, Registry),
}

/// What a holder's act changes.
pub(crate) struct HolderChange {
    pub(crate) grant: Jti,
    pub(crate) jti: Jti,
    pub(crate) seq: u64,
    pub(crate) revokes: bool,
    pub(crate) announces: bool,
    /// Whether those whom the share was handed on to have to act on it.
    pub(crate) concerns_recipients: bool,
}

/// What an agency's act changes.
pub(crate) struct AgencyChange {
    pub(crate) grant: Jti,
    pub(crate) jti: Jti,
    pub(crate) act: Option<Reading>,
    /// To whom the share was handed on.
    pub(crate) forwarded: Option<AgencyId>,
}

/// An act under which a share is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Access,
    Open,
}

impl Reading {
    pub(crate) fn of(act: &AgencyAct) -> Option<Self> {
        match act {
            AgencyAct::Access { .. } => Some(Reading::Access),
            AgencyAct::Open { .. } => Some(Reading::Open),
            _ => None,
        }
    }

    /// Whether it reads everything, and so counts as a use; a locator alone does not.
    pub(crate) fn is_use(self, release: Release) -> bool {
        self == Reading::Open || release == Release::OnGrant
    }
}

pub(crate) struct NewGrant {
    pub(crate) jti: Jti,
    pub(crate) audience: AgencyId,
    agency_key: Thumbprint,
    holder: [u8; 32],
    nbf: UnixSeconds,
    exp: UnixSeconds,
    digest: Digest,
    terms: LoggedConsent,
}

/// The claims that the ledger needs; the rest is the agency's concern.
#[derive(Deserialize)]
struct LoggedClaims {
    jti: Jti,
    aud: AgencyId,
    cnf: Confirmation,
    sub_jwk: Jwk,
    nbf: UnixSeconds,
    exp: UnixSeconds,
    authorization_details: [LoggedConsent; 1],
}

/// What the ledger judges a reading by.
#[derive(Deserialize)]
struct LoggedConsent {
    release: Release,
    uses: Option<NonZeroU32>,
    circle: Option<LoggedCircle>,
}

#[derive(Deserialize)]
struct LoggedCircle {
    id: Box<str>,
    case: Jti,
    tier: u8,
}

#[derive(Deserialize)]
struct Confirmation {
    jkt: Thumbprint,
}

impl NewGrant {
    fn logged(payload: &[u8], digest: Digest) -> Option<Self> {
        let claims: LoggedClaims = serde_json::from_slice(payload).ok()?;
        let [terms] = claims.authorization_details;
        Some(NewGrant {
            jti: claims.jti,
            audience: claims.aud,
            agency_key: claims.cnf.jkt,
            holder: *claims.sub_jwk.as_bytes(),
            nbf: claims.nbf,
            exp: claims.exp,
            digest,
            terms,
        })
    }

    pub(crate) fn state(self, audience: Arc<str>, slot: Slot, index: u64) -> GrantState {
        let NewGrant {
            agency_key,
            holder,
            nbf,
            exp,
            digest,
            terms,
            ..
        } = self;
        let place = |circle: LoggedCircle| Place {
            circle: circle.id,
            case: circle.case,
            tier: circle.tier,
        };
        GrantState {
            audience,
            agency_key,
            holder,
            slot,
            nbf,
            exp,
            seq: 0,
            index,
            acts: Vec::new(),
            announcements: Vec::new(),
            revoked_at: None,
            digest,
            release: terms.release,
            uses: terms.uses,
            reads: 0,
            circle: terms.circle.map(place),
            recipients: Vec::new(),
        }
    }
}

impl Body {
    fn statement(statement: &Statement) -> Option<Self> {
        Some(match statement {
            Statement::Holder(holder) => Body::Holder(HolderChange {
                grant: holder.grant,
                jti: holder.jti,
                seq: holder.seq,
                revokes: matches!(holder.act, HolderAct::Revoke { .. }),
                announces: matches!(holder.act, HolderAct::Share { .. }),
                concerns_recipients: matches!(
                    holder.act,
                    HolderAct::Revoke { .. } | HolderAct::EraseRequest
                ),
            }),
            Statement::Agency(agency) => Body::Agency(AgencyChange {
                grant: agency.grant,
                jti: agency.jti,
                act: Reading::of(&agency.act),
                forwarded: match &agency.act {
                    AgencyAct::Forward { to, .. } => Some(to.clone()),
                    _ => None,
                },
            }),
            Statement::Decline(_) => return None,
        })
    }

    /// Reads a logged JWS of that digest back; `None` where it is none of the kinds that are logged.
    pub(crate) fn read(compact: &str, digest: Digest) -> Option<Self> {
        let jws = Compact::parse(compact, REGISTRY_MAX_BYTES).ok()?;
        // As when it was taken: a media type has several spellings.
        if jws.expect_typ(token::TYP).is_ok() {
            let grant = NewGrant::logged(jws.payload(), digest)?;
            return Some(Body::Grant(Box::new(grant)));
        }
        if jws.expect_typ(REGISTRY_TYP).is_ok() {
            let registry = consent_token::json::from_slice(jws.payload()).ok()?;
            return Some(Body::Registry(compact.to_owned(), registry));
        }
        Body::statement(UnverifiedStatement::parse(compact).ok()?.statement())
    }
}
