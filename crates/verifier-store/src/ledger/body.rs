//! The part of a logged JWS that the ledger keeps. Bodies were verified before they were logged and are
//! tied to the log by their digest, so that reading them back needs no curve.

use std::sync::Arc;

use consent_token::{
    id::{AgencyId, Digest, Jti, UnixSeconds},
    jws::{self, Compact},
    key::{Jwk, Thumbprint},
    statement::{HolderAct, Statement, UnverifiedStatement},
    token::{self, VerifiedToken},
};
use protocol::{
    Registry, Slot,
    registry::{REGISTRY_MAX_BYTES, REGISTRY_TYP},
};
use serde::Deserialize;

use crate::grant::GrantState;

pub(crate) enum Body {
    Grant(Box<NewGrant>),
    Holder {
        grant: Jti,
        jti: Jti,
        seq: u64,
        revokes: bool,
    },
    Agency {
        grant: Jti,
        jti: Jti,
    },
    Registry(String, Registry),
}

pub(crate) struct NewGrant {
    pub(crate) jti: Jti,
    pub(crate) audience: AgencyId,
    agency_key: Thumbprint,
    holder: [u8; 32],
    nbf: UnixSeconds,
    exp: UnixSeconds,
    digest: Digest,
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
}

#[derive(Deserialize)]
struct Confirmation {
    jkt: Thumbprint,
}

impl NewGrant {
    fn logged(payload: &[u8], digest: Digest) -> Option<Self> {
        let claims: LoggedClaims = serde_json::from_slice(payload).ok()?;
        Some(NewGrant {
            jti: claims.jti,
            audience: claims.aud,
            agency_key: claims.cnf.jkt,
            holder: *claims.sub_jwk.public_key().ok()?.as_bytes(),
            nbf: claims.nbf,
            exp: claims.exp,
            digest,
        })
    }

    pub(crate) fn state(self, audience: Arc<str>, slot: Slot, index: u64) -> GrantState {
        let NewGrant {
            agency_key,
            holder,
            nbf,
            exp,
            digest,
            ..
        } = self;
        GrantState {
            audience,
            agency_key,
            holder,
            slot,
            nbf,
            exp,
            seq: 0,
            index,
            revoked_at: None,
            digest,
        }
    }
}

impl Body {
    pub(crate) fn grant(token: &VerifiedToken, digest: Digest) -> Self {
        let claims = token.claims();
        Body::Grant(Box::new(NewGrant {
            jti: claims.jti,
            audience: claims.aud.clone(),
            agency_key: claims.jkt,
            holder: *token.holder_key().as_bytes(),
            nbf: claims.nbf,
            exp: claims.exp,
            digest,
        }))
    }

    pub(crate) fn statement(statement: &Statement) -> Option<Self> {
        Some(match statement {
            Statement::Holder(holder) => Body::Holder {
                grant: holder.grant,
                jti: holder.jti,
                seq: holder.seq,
                revokes: matches!(holder.act, HolderAct::Revoke { .. }),
            },
            Statement::Agency(agency) => Body::Agency {
                grant: agency.grant,
                jti: agency.jti,
            },
            Statement::Decline(_) => return None,
        })
    }

    /// Reads a logged JWS back; `None` where it is none of the kinds that are logged.
    pub(crate) fn read(compact: &str) -> Option<Self> {
        let jws = Compact::parse(compact, REGISTRY_MAX_BYTES).ok()?;
        match jws.typ()? {
            token::TYP => NewGrant::logged(jws.payload(), jws::digest(compact))
                .map(|grant| Body::Grant(Box::new(grant))),
            REGISTRY_TYP => {
                let registry = consent_token::json::from_slice(jws.payload()).ok()?;
                Some(Body::Registry(compact.to_owned(), registry))
            }
            _ => Body::statement(UnverifiedStatement::parse(compact).ok()?.statement()),
        }
    }
}
