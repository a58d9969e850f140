//! Statements on the wire: one flat object, out of which each act takes its own members; what is
//! missing makes it malformed, what is left over is an unknown term.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AgencyAct, AgencyStatement, Decline, HolderAct, HolderStatement, Statement};
use crate::Refusal;
use crate::id::{Digest, Jti, UnixSeconds, digest_in_jwt};
use crate::json::{self, object, present};
use crate::prune;
use crate::term::LegalBasis;
use crate::token::{is_proper_set, require};

macro_rules! wire {
    ($($name:ident: $type:ty),+ $(,)?) => {
        /// Every member of every act.
        #[derive(Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Wire {
            iss: String,
            jti: Jti,
            iat: UnixSeconds,
            act: String,
            $(
                #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
                $name: Option<$type>,
            )+
        }

        const MEMBERS: &[&str] = &["iss", "jti", "iat", "act", $(stringify!($name)),+];

        impl Wire {
            fn new(iss: String, jti: Jti, iat: UnixSeconds, act: &str) -> Self {
                Self { iss, jti, iat, act: act.into(), $($name: None),+ }
            }

            fn is_spent(&self) -> bool {
                $(self.$name.is_none())&&+
            }
        }
    };
}

wire! {
    grant: Jti,
    seq: u64,
    req: Jti,
    reason: String,
    digest: ShareDigest,
    size: u64,
    revision: u64,
    actor: String,
    datatypes: Vec<String>,
    incident: String,
    position: String,
    to: String,
    basis: String,
    of: Jti,
    finding: String,
    method: String,
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct ShareDigest(#[serde(with = "digest_in_jwt")] Digest);

impl Wire {
    /// Reads the members.
    ///
    /// # Errors
    /// [`Refusal::Malformed`], else [`Refusal::UnknownTerm`].
    pub(super) fn read(payload: &[u8]) -> Result<Self, Refusal> {
        let wire = json::closed(payload).map_or_else(|| Self::read_open(payload), Ok)?;
        wire.check_rules()?;
        Ok(wire)
    }

    fn read_open(payload: &[u8]) -> Result<Self, Refusal> {
        let mut value: Value = json::from_slice(payload).map_err(|_| Refusal::Malformed)?;
        let unknown = prune::keep(Some(&mut value), MEMBERS);
        let wire: Self = object(value).map_err(|_| Refusal::Malformed)?;
        wire.check_rules()?;
        require(!unknown, Refusal::UnknownTerm)?;
        Ok(wire)
    }

    /// Texts say something, and lists hold something, once.
    pub(super) fn check_rules(&self) -> Result<(), Refusal> {
        let texts = [
            &self.reason,
            &self.actor,
            &self.incident,
            &self.position,
            &self.method,
        ];
        let worded = texts
            .into_iter()
            .flatten()
            .all(|text| !text.trim().is_empty());
        let listed = self.datatypes.as_deref().is_none_or(is_proper_set);
        require(worded && listed, Refusal::Malformed)
    }

    pub(super) fn into_holder(mut self) -> Result<Statement, Refusal> {
        let iss = self.iss.parse().map_err(|_| Refusal::Malformed)?;
        let (jti, iat) = (self.jti, self.iat);
        let statement = if self.act == "decline" {
            Statement::Decline(Decline {
                iss,
                jti,
                iat,
                req: need(&mut self.req)?,
                seq: self.seq.take(),
            })
        } else {
            let (grant, seq) = (need(&mut self.grant)?, need(&mut self.seq)?);
            Statement::Holder(HolderStatement {
                iss,
                jti,
                iat,
                grant,
                seq,
                act: self.holder_act()?,
            })
        };
        require(self.is_spent(), Refusal::UnknownTerm)?;
        Ok(statement)
    }

    pub(super) fn into_agency(mut self) -> Result<Statement, Refusal> {
        let iss = self.iss.parse().map_err(|_| Refusal::Malformed)?;
        let (jti, iat, grant) = (self.jti, self.iat, need(&mut self.grant)?);
        let act = self.agency_act()?;
        require(self.is_spent(), Refusal::UnknownTerm)?;
        Ok(Statement::Agency(AgencyStatement {
            iss,
            jti,
            iat,
            grant,
            act,
        }))
    }

    fn holder_act(&mut self) -> Result<HolderAct, Refusal> {
        Ok(match self.act.as_str() {
            "revoke" => HolderAct::Revoke {
                reason: self.reason.take(),
            },
            "suspend" => HolderAct::Suspend,
            "resume" => HolderAct::Resume,
            "share" => HolderAct::Share {
                digest: need(&mut self.digest)?.0,
                size: need(&mut self.size)?,
                revision: need(&mut self.revision)?,
            },
            "erase-request" => HolderAct::EraseRequest,
            _ => return Err(Refusal::UnknownTerm),
        })
    }

    fn agency_act(&mut self) -> Result<AgencyAct, Refusal> {
        Ok(match self.act.as_str() {
            "access" => AgencyAct::Access {
                actor: need(&mut self.actor)?,
                reason: need(&mut self.reason)?,
                datatypes: need(&mut self.datatypes)?,
            },
            "open" => self.open()?,
            "forward" => AgencyAct::Forward {
                to: need(&mut self.to)?
                    .parse()
                    .map_err(|_| Refusal::Malformed)?,
                actor: need(&mut self.actor)?,
                reason: need(&mut self.reason)?,
                datatypes: need(&mut self.datatypes)?,
            },
            "review" => self.review()?,
            "acknowledged" => AgencyAct::Acknowledged {
                of: need(&mut self.of)?,
            },
            "erased" => AgencyAct::Erased {
                method: need(&mut self.method)?,
            },
            _ => return Err(Refusal::UnknownTerm),
        })
    }

    fn open(&mut self) -> Result<AgencyAct, Refusal> {
        let (incident, actor) = (need(&mut self.incident)?, need(&mut self.actor)?);
        let (position, reason) = (need(&mut self.position)?, need(&mut self.reason)?);
        let basis: LegalBasis = need(&mut self.basis)?
            .parse()
            .map_err(|_| Refusal::UnknownTerm)?;
        Ok(AgencyAct::Open {
            incident,
            actor,
            position,
            reason,
            basis,
        })
    }

    fn review(&mut self) -> Result<AgencyAct, Refusal> {
        let (of, actor) = (need(&mut self.of)?, need(&mut self.actor)?);
        let finding = need(&mut self.finding)?
            .parse()
            .map_err(|_| Refusal::UnknownTerm)?;
        Ok(AgencyAct::Review { of, actor, finding })
    }

    fn put_holder_act(&mut self, act: HolderAct) {
        match act {
            HolderAct::Revoke { reason } => self.reason = reason,
            HolderAct::Share {
                digest,
                size,
                revision,
            } => {
                self.digest = Some(ShareDigest(digest));
                (self.size, self.revision) = (Some(size), Some(revision));
            }
            HolderAct::Suspend | HolderAct::Resume | HolderAct::EraseRequest => {}
        }
    }

    fn put_agency_act(&mut self, act: AgencyAct) {
        match act {
            AgencyAct::Access {
                actor,
                reason,
                datatypes,
            } => {
                (self.actor, self.reason, self.datatypes) =
                    (Some(actor), Some(reason), Some(datatypes));
            }
            AgencyAct::Open {
                incident,
                actor,
                position,
                reason,
                basis,
            } => {
                (self.incident, self.actor, self.position) =
                    (Some(incident), Some(actor), Some(position));
                (self.reason, self.basis) = (Some(reason), Some(basis.to_string()));
            }
            AgencyAct::Forward {
                to,
                actor,
                reason,
                datatypes,
            } => {
                (self.to, self.actor) = (Some(to.to_string()), Some(actor));
                (self.reason, self.datatypes) = (Some(reason), Some(datatypes));
            }
            AgencyAct::Review { of, actor, finding } => {
                (self.of, self.actor, self.finding) =
                    (Some(of), Some(actor), Some(finding.to_string()));
            }
            AgencyAct::Acknowledged { of } => self.of = Some(of),
            AgencyAct::Erased { method } => self.method = Some(method),
        }
    }
}

impl From<Statement> for Wire {
    fn from(statement: Statement) -> Self {
        let act = statement.act();
        match statement {
            Statement::Holder(HolderStatement {
                iss,
                jti,
                iat,
                grant,
                seq,
                act: done,
            }) => {
                let mut wire = Self::new(iss.to_string(), jti, iat, act);
                (wire.grant, wire.seq) = (Some(grant), Some(seq));
                wire.put_holder_act(done);
                wire
            }
            Statement::Decline(Decline {
                iss,
                jti,
                iat,
                req,
                seq,
            }) => {
                let mut wire = Self::new(iss.to_string(), jti, iat, act);
                (wire.req, wire.seq) = (Some(req), seq);
                wire
            }
            Statement::Agency(AgencyStatement {
                iss,
                jti,
                iat,
                grant,
                act: done,
            }) => {
                let mut wire = Self::new(iss.to_string(), jti, iat, act);
                wire.grant = Some(grant);
                wire.put_agency_act(done);
                wire
            }
        }
    }
}

fn need<T>(member: &mut Option<T>) -> Result<T, Refusal> {
    member.take().ok_or(Refusal::Malformed)
}
