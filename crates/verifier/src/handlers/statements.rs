//! `POST /v1/statements`: later acts of holders and agencies.

use axum::{Json, extract::State};
use consent_token::{
    Refusal,
    id::{AgencyId, Jti},
    key::PublicKey,
    statement::{AgencyAct, AgencyStatement, HolderAct, Statement, UnverifiedStatement},
    term::Action,
    token::Consent,
};
use http::StatusCode;
use protocol::{
    Code,
    api::{Receipt, StatementRequest},
};
use verifier_store::{Ledger, SignedStatement, Store, Submission};

use super::{attachments::token_of, reading, receipt};
use crate::{
    reject::{Body, Rejection},
    state::{App, Shared, unavailable},
};

/// Records an act on a grant. The same `jti` again gets the first one's receipt.
#[utoipa::path(post, path = "/v1/statements", tag = "wallet", request_body = StatementRequest,
    responses((status = 201, body = Receipt), (status = 200, body = Receipt), super::Problems))]
pub async fn record(
    State(app): State<Shared>,
    Body(request): Body<StatementRequest>,
) -> Result<(StatusCode, Json<Receipt>), Rejection> {
    let statement = verify(&app.published.load().ledger, &request.statement)?;
    let grant = statement
        .statement
        .statement()
        .grant()
        .ok_or(Code::InvalidStatement)?;
    is_uploaded(&app, grant, &statement).await?;
    may_act(&app, grant, &statement).await?;
    may_review(&app, grant, &statement).await?;
    let recorded = app
        .sequencer
        .submit(Submission::Statement(Box::new(statement)))
        .await?;
    let (is_new, receipt) = receipt(&app, grant, &recorded).await?;
    Ok((
        if is_new {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        },
        Json(receipt),
    ))
}

/// What a `share` statement announces must be here, in the size it says.
async fn is_uploaded(app: &App, grant: Jti, signed: &SignedStatement) -> Result<(), Code> {
    let Statement::Holder(statement) = signed.statement.statement() else {
        return Ok(());
    };
    let HolderAct::Share { digest, size, .. } = statement.act else {
        return Ok(());
    };
    let known = app.published.load().ledger.knows(&grant, &statement.jti);
    let found = app.store.uploaded(grant, digest).await;
    if known || found.map_err(unavailable)? == Some(size) {
        Ok(())
    } else {
        Err(Code::ShareMissing)
    }
}

/// An agency states only what the consent lets it do.
async fn may_act(app: &App, grant: Jti, signed: &SignedStatement) -> Result<(), Rejection> {
    let Statement::Agency(statement) = signed.statement.statement() else {
        return Ok(());
    };
    match &statement.act {
        AgencyAct::Access { .. } | AgencyAct::Open { .. } => {
            reading::may_read(&token_of(app, &grant).await?.token)
        }
        AgencyAct::Forward { to, datatypes, .. } => {
            let token = token_of(app, &grant).await?;
            may_forward(&token.token.claims().consent, to, datatypes)
        }
        _ => Ok(()),
    }
}

/// Handing on reaches those whom the consent names, with what it names, and only where it allows that.
fn may_forward(consent: &Consent, to: &AgencyId, datatypes: &[String]) -> Result<(), Rejection> {
    if !consent.actions.contains(&Action::Forward) {
        return Err(Rejection::new(
            Code::WrongAct,
            "the consent does not allow to forward",
        ));
    }
    if !consent.recipients.iter().flatten().any(|named| named == to) {
        return Err(Rejection::new(
            Code::WrongAct,
            "the consent does not name the recipient",
        ));
    }
    if datatypes
        .iter()
        .all(|path| consent.datatypes.contains(path))
    {
        Ok(())
    } else {
        Err(Refusal::DataNotCovered.into())
    }
}

/// Whoever opened does not review the opening (PROTOCOL section 4).
async fn may_review(app: &App, grant: Jti, signed: &SignedStatement) -> Result<(), Rejection> {
    let Statement::Agency(statement) = signed.statement.statement() else {
        return Ok(());
    };
    let AgencyAct::Review { of, actor, .. } = &statement.act else {
        return Ok(());
    };
    let opening = {
        let ledger = &app.published.load().ledger;
        match ledger.act(&grant, of) {
            Some(index) if !ledger.knows(&grant, &statement.jti) => index,
            _ => return Ok(()),
        }
    };
    let Some(opening) = app.entry(opening).await?.body else {
        return Ok(());
    };
    let opening = UnverifiedStatement::parse(&opening).map_err(|_| Code::Internal)?;
    match opening.statement() {
        Statement::Agency(AgencyStatement {
            act: AgencyAct::Open { actor: opener, .. },
            ..
        }) if opener == actor => Err(Rejection::new(
            Code::InvalidStatement,
            "a second person reviews an opening",
        )),
        _ => Ok(()),
    }
}

/// Checks a statement's signature with the key that may make it: the grant's holder, or the agency's.
pub fn verify(ledger: &Ledger, compact: &str) -> Result<SignedStatement, Rejection> {
    let unverified = UnverifiedStatement::parse(compact)?;
    let key = match unverified.statement() {
        Statement::Holder(holder) => {
            let grant = ledger.grant(&holder.grant).ok_or(Code::UnknownGrant)?;
            PublicKey::from_bytes(&grant.holder).map_err(|_| Code::Internal)?
        }
        Statement::Agency(agency) => {
            let registry = ledger.registry().ok_or(Code::UnknownGrant)?;
            let kid = unverified.kid().parse().map_err(|_| Code::WrongSigner)?;
            let signer = registry
                .signer(&kid)
                .filter(|signer| signer.id == agency.iss);
            signer.ok_or(Code::WrongSigner)?.key
        }
        Statement::Decline(_) => {
            return Err(Rejection::new(
                Code::InvalidStatement,
                "a refusal goes to response_uri",
            ));
        }
    };
    match unverified.verify(&key) {
        Ok(statement) => Ok(SignedStatement {
            statement,
            signer: key,
        }),
        Err(Refusal::KeyMismatch) => Err(Code::WrongSigner.into()),
        Err(refusal) => Err(refusal.into()),
    }
}
