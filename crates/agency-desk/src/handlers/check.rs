//! Checking a token that somebody shows: judged here, its status by the verifier; a yes needs both.

use std::sync::Arc;

use agency::{Ask, OnlineAnswer};
use consent_token::{Refusal, term::Release, token};
use protocol::Version1;

use crate::{ApiError, Code, api::*, call::Call, desk::Desk, words};

type Done<T> = Result<T, ApiError>;

pub(crate) async fn check(desk: &Arc<Desk>, call: &Call, ask: CheckToken) -> Done<Verdict> {
    let compact = ask.token.trim();
    let consent = token::verify(compact, &Version1)
        .ok()
        .map(|token| read(&token, ask.lang));
    let no = |why: Option<Refusal>| Verdict {
        verdict: Answer::No,
        why: why.map(Why::from),
        consent: consent.clone(),
        good_until: None,
        proof: None,
    };
    let items: Vec<&str> = ask.items.iter().map(String::as_str).collect();
    let purpose = ask.purpose.as_deref().filter(|purpose| !purpose.is_empty());
    let wanted = Ask {
        purpose,
        datatypes: &items,
    };
    if ask.offline {
        return Ok(
            match desk.line()?.checker.check(compact, call.now, &wanted) {
                Ok(yes) => Verdict {
                    verdict: Answer::Yes,
                    good_until: Some(yes.good_until.as_i64()),
                    ..no(None)
                },
                Err(refusal) => no(Some(refusal)),
            },
        );
    }
    if let Err(refusal) = desk.line()?.checker.check_token(compact, call.now, &wanted) {
        return Ok(no(Some(refusal)));
    }
    match online(desk, call, compact).await {
        Ok(verdict) => Ok(Verdict { consent, ..verdict }),
        // Nobody can tell, and so it is no yes.
        Err(error) if error.code == Code::Unreachable => Ok(Verdict {
            verdict: Answer::Unknown,
            why: None,
            ..no(None)
        }),
        Err(error) => Err(error),
    }
}

async fn online(desk: &Desk, call: &Call, compact: &str) -> Done<Verdict> {
    let online = desk.line()?.online()?;
    let answer = online.introspect(compact, call.now).await?;
    let (verdict, why) = match answer {
        OnlineAnswer::Yes(_) => (Answer::Yes, None),
        OnlineAnswer::No(refusal) => (Answer::No, refusal.map(Why::from)),
    };
    let proof = proof(desk, call, compact).await?;
    Ok(Verdict {
        verdict,
        why,
        consent: None,
        good_until: None,
        proof,
    })
}

/// Where the registration of exactly this token stands in the log; none where it is not registered.
async fn proof(desk: &Desk, call: &Call, compact: &str) -> Done<Option<CheckedProof>> {
    let Ok(token) = token::verify(compact, &Version1) else {
        return Ok(None);
    };
    let history = desk
        .line()?
        .online()?
        .proven_history_of(&token.claims().jti, call.now)
        .await;
    let history = match history.map_err(ApiError::from) {
        Ok(history) => history,
        Err(error) if error.code == Code::UnknownGrant => return Ok(None),
        Err(error) => return Err(error),
    };
    let registered = history.into_iter().find(|item| item.jws == compact);
    Ok(registered.map(|item| CheckedProof {
        index: item.index,
        at: item.at.as_seconds().as_i64(),
        text: item.proof,
    }))
}

fn read(token: &token::VerifiedToken, lang: Language) -> CheckedConsent {
    let claims = token.claims();
    CheckedConsent {
        grant: claims.jti.to_string(),
        audience: claims.aud.to_string(),
        purposes: words::purposes(&claims.consent.purposes, lang.into()),
        items: words::items(&claims.consent.datatypes, lang.into()),
        begins_at: claims.nbf.as_i64(),
        ends_at: claims.exp.as_i64(),
        on_incident: claims.consent.release == Release::OnIncident,
    }
}
