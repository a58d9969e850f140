//! Who reads what behind a grant, under which statement (PROTOCOL sections 4, 6 and 7). Nothing is given
//! before the statement is on record.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    CLOCK_SKEW_SECONDS, Refusal,
    key::PublicKey,
    statement::{AgencyAct, AgencyStatement, Statement},
    term::{Action, Release},
    token::VerifiedToken,
};
use http::{HeaderMap, Method, header};
use protocol::{Code, Entry, api::Receipt, client::STATEMENT_HEADER, share::Part};
use verifier_store::{SignedStatement, Submission};

use super::{receipt, statements};
use crate::{
    known_tokens::{self, Asked, Caller, Known},
    reject::Rejection,
    sequencer::Recorded,
    state::{App, now},
};

/// How long an opening is good for its incident, in seconds (PROTOCOL section 4).
const OPENING_SECONDS: i64 = 2 * 60 * 60;

/// A reading whose token, key and statement hold.
pub(super) struct Reading {
    known: Arc<Known>,
    key: PublicKey,
    statement: SignedStatement,
    pub(super) part: Part,
    lifetime: i64,
}

impl Reading {
    /// What the headers of a call to `path` show for the grant `id`.
    pub(super) fn of(
        app: &App,
        id: &str,
        (method, path): (&Method, &str),
        headers: &HeaderMap,
    ) -> Result<Self, Rejection> {
        let compact = shown_token(headers).ok_or(Rejection::new(
            Code::InvalidToken,
            "send Authorization: DPoP and the consent token",
        ))?;
        let known = app.known_tokens.find_or_verify(compact)?;
        let key = app.dpop_for(headers, method, path, Some(compact), |key| {
            Ok(registered(app, &known, key)?)
        })?;
        if known.token.claims().jti.to_string() != id {
            return Err(Code::UnknownGrant.into());
        }
        let statement = headers
            .get(STATEMENT_HEADER)
            .and_then(|value| value.to_str().ok())
            .ok_or(Rejection::new(
                Code::InvalidStatement,
                "send Assent-Statement with an access or open statement",
            ))?;
        let statement = statements::verify(&app.published.load().ledger, statement)?;
        let (part, lifetime) = part(&known.token, &statement)?;
        let reading = Reading {
            known,
            key,
            statement,
            part,
            lifetime,
        };
        reading.in_force(app)?;
        Ok(reading)
    }

    /// The token under which it is read.
    pub(super) fn token(&self) -> &VerifiedToken {
        &self.known.token
    }

    /// Puts the statement on record, where it is not yet; one that was before counts only while its time lasts.
    pub(super) async fn record(&self, app: &App) -> Result<Receipt, Rejection> {
        let submission = Submission::Statement(Box::new(self.statement.clone()));
        let recorded = app.sequencer.submit(submission).await?;
        let grant = self.token().claims().jti;
        let (is_new, receipt) = receipt(app, grant, &recorded).await?;
        if !is_new {
            self.still_good(app, &recorded, receipt.index).await?;
        }
        Ok(receipt)
    }

    /// A statement that was recorded before reads again only while its time lasts, and no other one under its id.
    async fn still_good(
        &self,
        app: &App,
        recorded: &Recorded,
        index: u64,
    ) -> Result<(), Rejection> {
        let bytes = app.entry(index).await?.entry;
        let entry = Entry::parse(&bytes).map_err(|_| Code::Internal)?;
        if entry.digest() != self.statement.statement.digest() {
            return Err(Code::Conflict.into());
        }
        let age = now().since(entry.at().as_seconds());
        if index >= recorded.published.head.size || age > self.lifetime {
            return Err(Code::StatementOver.into());
        }
        Ok(())
    }

    /// Whether the statement says that `path` is looked at; an opening looks at everything.
    pub(super) fn looks_at(&self, path: &str) -> bool {
        let named = |paths: &[String]| paths.iter().any(|named| named == path);
        let by_statement = match act(&self.statement) {
            Some(AgencyAct::Access { datatypes, .. }) => named(datatypes),
            _ => true,
        };
        by_statement && named(&self.token().claims().consent.datatypes)
    }

    /// Whether the consent holds now, for this key and for what the statement says it looks at.
    pub(super) fn in_force(&self, app: &App) -> Result<(), Refusal> {
        let claims = self.token().claims();
        let datatypes: Vec<&str> = match act(&self.statement) {
            Some(AgencyAct::Access { datatypes, .. }) => {
                datatypes.iter().map(String::as_str).collect()
            }
            _ => Vec::new(),
        };
        let caller = Caller {
            agency: &claims.aud,
            key: Some(&self.key),
        };
        let asked = Asked {
            purpose: None,
            datatypes: &datatypes,
        };
        let published = app.published();
        known_tokens::in_force(&published.ledger, &caller, &asked, &self.known, now()).map(drop)
    }
}

/// The key, where the registry knows it; whose it has to be comes later. With any other key the token is of no use,
/// and the answer is the first reason for that.
fn registered(app: &App, known: &Known, key: &PublicKey) -> Result<PublicKey, Refusal> {
    let published = app.published();
    let registry = published.ledger.registry();
    if registry.is_some_and(|registry| registry.signer(&key.thumbprint()).is_some()) {
        return Ok(*key);
    }
    let caller = Caller {
        agency: &known.token.claims().aud,
        key: Some(key),
    };
    let asked = Asked {
        purpose: None,
        datatypes: &[],
    };
    known_tokens::in_force(&published.ledger, &caller, &asked, known, now())?;
    Err(Refusal::WrongAgencyKey)
}

fn shown_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("dpop").then_some(token.trim())
}

fn act(statement: &SignedStatement) -> Option<&AgencyAct> {
    match statement.statement.statement() {
        Statement::Agency(AgencyStatement { act, .. }) => Some(act),
        _ => None,
    }
}

/// Which part the statement reads, and for how long it is good.
fn part(token: &VerifiedToken, statement: &SignedStatement) -> Result<(Part, i64), Rejection> {
    let claims = token.claims();
    let Statement::Agency(by_agency) = statement.statement.statement() else {
        return Err(Code::WrongAct.into());
    };
    if by_agency.grant != claims.jti {
        return Err(Rejection::new(
            Code::WrongAct,
            "the statement is on another grant",
        ));
    }
    if by_agency.iss != claims.aud {
        return Err(Code::WrongSigner.into());
    }
    may_read(token)?;
    let (part, lifetime) = match (&by_agency.act, claims.consent.release) {
        (AgencyAct::Access { .. }, Release::OnGrant) => (Part::Whole, CLOCK_SKEW_SECONDS),
        (AgencyAct::Access { .. }, Release::OnIncident) => (Part::Locator, CLOCK_SKEW_SECONDS),
        (AgencyAct::Open { .. }, Release::OnIncident) => (Part::Whole, OPENING_SECONDS),
        _ => return Err(Code::WrongAct.into()),
    };
    if by_agency.iat.since(now()).abs() > lifetime.max(CLOCK_SKEW_SECONDS) {
        return Err(Code::StatementOver.into());
    }
    Ok((part, lifetime))
}

/// Nothing is read under a consent that does not allow it.
pub(super) fn may_read(token: &VerifiedToken) -> Result<(), Rejection> {
    if token.claims().consent.actions.contains(&Action::Read) {
        return Ok(());
    }
    Err(Rejection::new(
        Code::WrongAct,
        "the consent does not allow to read",
    ))
}

/// A receipt as the header carries it: base64url of its JSON.
pub(super) fn header_of(receipt: &Receipt) -> Result<String, Code> {
    let json = serde_json::to_vec(receipt).map_err(|_| Code::Internal)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(json))
}
