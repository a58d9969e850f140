//! Opening what another agency handed on. The status is asked for first, now, and whatever cannot be told is a
//! no: the statement on the log says that it was handed on, not that the person still agrees.

use std::io::{self, Read};

use consent_token::{
    Refusal,
    id::UnixSeconds,
    jws,
    key::PublicKey,
    statement::{AgencyAct, AgencyStatement, Statement, UnverifiedStatement},
    token::{self, VerifiedToken},
};
use protocol::{
    Transport, VerifierClient, Version1, receipt,
    share::{
        Share,
        attachment::{CHUNK_BYTES, Reader},
    },
};
use zeroize::Zeroizing;

use super::{Handover, may_reach};
use crate::{
    AgencyError, Ask, Cache, Checker, Identity, Named, View,
    attachment::{broken, refused},
};

/// What was handed over, opened.
#[derive(Debug)]
pub struct Received {
    /// The consent behind it.
    pub token: VerifiedToken,
    /// Who handed it on, and why.
    pub statement: AgencyStatement,
    /// What was handed on.
    pub share: Share,
    /// The statement's compact form, which the files are bound to.
    compact: String,
}

impl Handover {
    /// Opens what was handed to `agency`: the consent holds at `now` for who hands it on, by a status that was
    /// asked for just now; it lets that agency hand on to this one; the handing on is on the log; and it holds
    /// exactly what the statement names, sealed by the agency that signed the statement.
    ///
    /// # Errors
    /// [`AgencyError::DoesNotHold`] with the first refusal of token, statement or status,
    /// [`AgencyError::Client`] where the status cannot be asked for, [`AgencyError::NotARecipient`],
    /// [`AgencyError::Receipt`], [`AgencyError::Share`]. Nothing of it was opened.
    pub async fn receive<T: Transport>(
        &self,
        agency: &Identity,
        cache: &mut Cache,
        client: &VerifierClient<T>,
        now: UnixSeconds,
    ) -> Result<Received, AgencyError> {
        let token = token::verify(&self.0.token, &Version1).map_err(AgencyError::DoesNotHold)?;
        let uri = token.claims().status.uri.as_str();
        if !cache.renew_list(client, uri, now).await? {
            return Err(AgencyError::DoesNotHold(Refusal::StatusUnavailable));
        }
        self.open(token, agency, cache, now)
    }

    fn open(
        &self,
        token: VerifiedToken,
        agency: &Identity,
        cache: &Cache,
        now: UnixSeconds,
    ) -> Result<Received, AgencyError> {
        let (statement, key, view) = self.statement_by(&token, cache, now)?;
        let AgencyAct::Forward { to, datatypes, .. } = &statement.act else {
            return Err(AgencyError::DoesNotHold(Refusal::WrongType));
        };
        let claims = token.claims();
        if to != agency.id() || statement.iss != claims.aud || statement.grant != claims.jti {
            return Err(AgencyError::NotARecipient(agency.id().to_string()));
        }
        may_reach(&claims.consent, agency.id())?;
        let paths: Vec<&str> = datatypes.iter().map(String::as_str).collect();
        let ask = Ask {
            purpose: None,
            datatypes: &paths,
        };
        let held = Checker::new(view).check(&self.0.token, now, &ask);
        held.map_err(AgencyError::DoesNotHold)?;
        let pins = cache.pins().ok_or(AgencyError::NoVerifier)?;
        let Handover(given) = self;
        receipt::verify(
            &given.proof,
            &pins.log_key()?,
            &jws::digest(&given.statement),
        )?;
        given.verify(&key)?;
        let share = given
            .envelope
            .open(&given.statement, agency.sealing_keys())?;
        share.expect_fields(paths)?;
        Ok(Received {
            token,
            statement,
            share,
            compact: given.statement.clone(),
        })
    }

    /// The statement, by a key that the registry knows; that key, and what a check by its holder looks at.
    fn statement_by(
        &self,
        token: &VerifiedToken,
        cache: &Cache,
        now: UnixSeconds,
    ) -> Result<(AgencyStatement, PublicKey, View), AgencyError> {
        let unverified =
            UnverifiedStatement::parse(&self.0.statement).map_err(AgencyError::DoesNotHold)?;
        let audience = &token.claims().aud;
        let registered = cache
            .registry()
            .and_then(|registry| registry.agency(audience));
        let key = registered.and_then(|agency| {
            let kid = unverified.kid().parse().ok()?;
            agency.jwks.signing_key(&kid)
        });
        let key = key.ok_or(AgencyError::DoesNotHold(Refusal::WrongAgencyKey))?;
        let verified = unverified.verify(&key).map_err(AgencyError::DoesNotHold)?;
        match verified.statement() {
            Statement::Agency(statement) => {
                let view = cache.view_of(audience, &key.thumbprint(), now);
                Ok((statement.clone(), key, view))
            }
            _ => Err(AgencyError::DoesNotHold(Refusal::WrongType)),
        }
    }
}

impl Received {
    /// The files that came with it.
    #[must_use]
    pub fn attachments(&self) -> Vec<Named> {
        Named::all_in(&self.share)
    }

    /// Opens a file that came with it, chunk by chunk. What was written to `to` may be used only when this
    /// returned `Ok`.
    ///
    /// # Errors
    /// [`AgencyError::Share`] where it is not whole or not that file, [`AgencyError::File`].
    pub fn open_attachment<W: io::Write>(
        &self,
        agency: &Identity,
        named: &Named,
        mut from: impl Read,
        to: W,
    ) -> Result<W, AgencyError> {
        let path = named.path.to_string();
        let attached = named.attached(&self.compact, &path)?;
        let mut reader = Reader::new(attached, agency.sealing_keys(), to)?;
        let mut chunk = Zeroizing::new(Vec::with_capacity(CHUNK_BYTES));
        loop {
            chunk.clear();
            let mut next = from.by_ref().take(CHUNK_BYTES as u64);
            let read = next.read_to_end(&mut chunk).map_err(|e| broken(&e))?;
            if read == 0 {
                return reader.finish().map_err(refused);
            }
            reader.take(&chunk).map_err(refused)?;
        }
    }
}
