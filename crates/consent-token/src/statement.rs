//! Statements (protocol section 4): signed later acts on a grant, by its holder or its agency, each
//! act with a closed set of members.

mod act;
mod wire;

use std::fmt;

pub use act::{AgencyAct, HolderAct};

use crate::id::{AgencyId, Digest, Jti, UnixSeconds};
use crate::jws::{self, Compact, Header};
use crate::key::{HolderUri, PublicKey, SigningKey};
use crate::token::require;
use crate::{MAX_COMPACT_BYTES, Refusal};

/// The `typ` of a holder's statement.
pub const HOLDER_TYP: &str = "consent-statement+jwt";

/// The `typ` of an agency's statement.
pub const AGENCY_TYP: &str = "agency-statement+jwt";

/// A holder's later act on a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderStatement {
    /// The holder, by the key of the grant.
    pub iss: HolderUri,
    /// The statement's id; the same id is the same act.
    pub jti: Jti,
    /// When it was signed.
    pub iat: UnixSeconds,
    /// The grant.
    pub grant: Jti,
    /// Rises by at least one with every statement on the grant.
    pub seq: u64,
    /// The act.
    pub act: HolderAct,
}

/// A holder's signed no to a request. There is no grant, and so nothing for `seq` to rise with: it
/// may be there or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// The holder, by the key of the scope of the request.
    pub iss: HolderUri,
    /// The statement's id.
    pub jti: Jti,
    /// When it was signed.
    pub iat: UnixSeconds,
    /// The request.
    pub req: Jti,
    /// The sequence number, where there is one.
    pub seq: Option<u64>,
}

/// An agency's later act on a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyStatement {
    /// The agency.
    pub iss: AgencyId,
    /// The statement's id; the same id is the same act.
    pub jti: Jti,
    /// When it was signed.
    pub iat: UnixSeconds,
    /// The grant.
    pub grant: Jti,
    /// The act.
    pub act: AgencyAct,
}

/// Any statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// By the holder, on a grant.
    Holder(HolderStatement),
    /// By the holder, on a request.
    Decline(Decline),
    /// By an agency, on a grant.
    Agency(AgencyStatement),
}

impl Statement {
    /// The statement's id.
    #[must_use]
    pub const fn jti(&self) -> Jti {
        match self {
            Self::Holder(statement) => statement.jti,
            Self::Decline(statement) => statement.jti,
            Self::Agency(statement) => statement.jti,
        }
    }

    /// When it was signed.
    #[must_use]
    pub const fn iat(&self) -> UnixSeconds {
        match self {
            Self::Holder(statement) => statement.iat,
            Self::Decline(statement) => statement.iat,
            Self::Agency(statement) => statement.iat,
        }
    }

    /// The grant, which a decline has not.
    #[must_use]
    pub const fn grant(&self) -> Option<Jti> {
        match self {
            Self::Holder(statement) => Some(statement.grant),
            Self::Decline(_) => None,
            Self::Agency(statement) => Some(statement.grant),
        }
    }

    /// The name of the act, for example `revoke`.
    #[must_use]
    pub const fn act(&self) -> &'static str {
        match self {
            Self::Holder(statement) => statement.act.name(),
            Self::Decline(_) => "decline",
            Self::Agency(statement) => statement.act.name(),
        }
    }

    const fn holder(&self) -> Option<HolderUri> {
        match self {
            Self::Holder(statement) => Some(statement.iss),
            Self::Decline(statement) => Some(statement.iss),
            Self::Agency(_) => None,
        }
    }
}

/// Signs a holder's statement.
///
/// # Errors
/// [`Refusal::KeyMismatch`] when `iss` is not the key, [`Refusal::Malformed`] for an empty text,
/// [`Refusal::TooLarge`].
pub fn sign_holder(statement: &HolderStatement, key: &SigningKey) -> Result<String, Refusal> {
    sign(Statement::Holder(statement.clone()), HOLDER_TYP, key)
}

/// Signs a holder's no to a request.
///
/// # Errors
/// [`Refusal::KeyMismatch`] when `iss` is not the key.
pub fn sign_decline(statement: &Decline, key: &SigningKey) -> Result<String, Refusal> {
    sign(Statement::Decline(statement.clone()), HOLDER_TYP, key)
}

/// Signs an agency's statement.
///
/// # Errors
/// [`Refusal::Malformed`] for an empty text or list, [`Refusal::TooLarge`].
pub fn sign_agency(statement: &AgencyStatement, key: &SigningKey) -> Result<String, Refusal> {
    sign(Statement::Agency(statement.clone()), AGENCY_TYP, key)
}

fn sign(statement: Statement, typ: &str, key: &SigningKey) -> Result<String, Refusal> {
    let own = statement
        .holder()
        .is_none_or(|holder| holder == key.holder_uri());
    require(own, Refusal::KeyMismatch)?;
    let wire = wire::Wire::from(statement);
    wire.check_rules()?;
    let compact = jws::sign(&Header::with_kid(typ, key.thumbprint()), &wire, key)?;
    require(compact.len() <= MAX_COMPACT_BYTES, Refusal::TooLarge)?;
    Ok(compact)
}

/// A statement whose form was read, to find out by which key it should be signed.
#[derive(Debug)]
pub struct UnverifiedStatement<'a> {
    jws: Compact<'a>,
    statement: Statement,
}

impl<'a> UnverifiedStatement<'a> {
    /// Reads a statement of either kind.
    ///
    /// # Errors
    /// The first of [`Refusal::TooLarge`], [`Refusal::Malformed`], [`Refusal::UnsupportedAlg`],
    /// [`Refusal::WrongType`] and [`Refusal::UnknownTerm`]: the last for an unknown act and for a
    /// member that the act has not.
    pub fn parse(compact: &'a str) -> Result<Self, Refusal> {
        let jws = Compact::parse(compact, MAX_COMPACT_BYTES)?;
        let by_holder = jws.expect_typ(HOLDER_TYP).is_ok();
        if !by_holder {
            jws.expect_typ(AGENCY_TYP)?;
        }
        require(jws.kid().is_some(), Refusal::Malformed)?;
        let wire = wire::Wire::read(jws.payload())?;
        let statement = if by_holder {
            wire.into_holder()
        } else {
            wire.into_agency()
        }?;
        Ok(Self { jws, statement })
    }

    /// What it says; nobody has vouched for it yet.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The name of the key that should have signed it.
    #[must_use]
    pub fn kid(&self) -> &str {
        self.jws.kid().unwrap_or_default()
    }

    /// Verifies it with the holder's key of the grant, or with a registered key of the agency.
    ///
    /// # Errors
    /// [`Refusal::KeyMismatch`] when `kid`, or a holder's `iss`, is not that key, else
    /// [`Refusal::BadSignature`].
    pub fn verify(self, key: &PublicKey) -> Result<VerifiedStatement, Refusal> {
        let thumbprint = key.thumbprint();
        let named = self.kid().parse() == Ok(thumbprint);
        let own = self
            .statement
            .holder()
            .is_none_or(|holder| holder.thumbprint() == thumbprint);
        require(named && own, Refusal::KeyMismatch)?;
        self.jws.verify(key)?;
        Ok(VerifiedStatement {
            compact: self.jws.as_str().into(),
            statement: self.statement,
        })
    }
}

/// A statement whose form and signature are good.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedStatement {
    compact: String,
    statement: Statement,
}

impl VerifiedStatement {
    /// What it says.
    #[must_use]
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The statement as it came.
    #[must_use]
    pub fn compact(&self) -> &str {
        &self.compact
    }

    /// The digest of the whole statement, computed at each call.
    #[must_use]
    pub fn digest(&self) -> Digest {
        jws::digest(&self.compact)
    }
}

impl fmt::Debug for VerifiedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "VerifiedStatement({}, {})",
            self.statement.act(),
            self.statement.jti()
        )
    }
}
