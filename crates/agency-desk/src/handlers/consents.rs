//! The table of consents, one of them, and reading under it.

use std::{collections::HashMap, sync::Arc};

use agency::{AgencyError, Attempt, Opened, looked_at};
use consent_token::{
    id::Jti, request::notice_digest, statement::AgencyAct, term::Release, token::VerifiedToken,
};
use profile::{Lang, Path};

use crate::{
    ApiError, Code,
    api::*,
    call::Call,
    consents::Consent,
    desk::{Desk, grant_id},
    words,
};

type Done<T> = Result<T, ApiError>;

/// Characters of a reason or method at most.
const LONGEST: usize = 500;

pub(crate) async fn consents(
    desk: &Arc<Desk>,
    call: &Call,
    ask: FindConsents,
) -> Done<ConsentPage> {
    let asks = desk.asks()?;
    let books = desk.books()?;
    let consents = desk.consents()?;
    let page = consents.page(&ask, desk.owing(&books), |req| asks.note(req), call.now);
    Ok(ConsentPage {
        connected: *desk.connected.borrow(),
        ..page
    })
}

pub(crate) async fn consent(desk: &Arc<Desk>, call: &Call, ask: ByGrant) -> Done<ConsentView> {
    let grant = grant_id(&ask.grant)?;
    desk.consents()?.get(&grant).ok_or(Code::UnknownGrant)?;
    let proofs = proofs(desk, &grant, call).await?;
    let text = notice_text(desk, &grant)?;
    let books = desk.books()?;
    let consents = desk.consents()?;
    let consent = consents.get(&grant).ok_or(Code::UnknownGrant)?;
    let row = consent.row(&grant, desk.owing(&books), call.now);
    Ok(shown(consent, &grant, row, (proofs, text), ask.lang.into()))
}

/// The proof of each act, by its log index, every one verified; none where the verifier is out of reach.
async fn proofs(desk: &Desk, grant: &Jti, call: &Call) -> Done<Option<HashMap<u64, String>>> {
    let Ok(online) = desk.line().and_then(crate::line::Line::online) else {
        return Ok(None);
    };
    match online.proven_history_of(grant, call.now).await {
        Ok(history) => Ok(Some(
            history
                .into_iter()
                .map(|item| (item.index, item.proof))
                .collect(),
        )),
        Err(error) if ApiError::from(error.clone()).code == Code::Unreachable => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The text behind the token's digest, where a request or template here is exactly it.
fn notice_text(desk: &Desk, grant: &Jti) -> Done<Option<String>> {
    let wanted = match desk.consents()?.get(grant) {
        Some(consent) => consent.token.claims().consent.notice.digest,
        None => return Ok(None),
    };
    let fits = |text: &&str| notice_digest(text) == wanted;
    if let Some(text) = desk.asks()?.notices().find(fits) {
        return Ok(Some(text.to_owned()));
    }
    let templates = desk.templates()?.list(&words::in_both(desk.own()));
    let texts = templates
        .into_iter()
        .flat_map(|one| [one.draft.notice.en, one.draft.notice.cy]);
    Ok(texts.into_iter().find(|text| fits(&text.as_str())))
}

fn shown(
    consent: &Consent,
    grant: &Jti,
    row: ConsentRow,
    (proofs, text): (Option<HashMap<u64, String>>, Option<String>),
    lang: Lang,
) -> ConsentView {
    let terms = &consent.token.claims().consent;
    let proof = |index: u64| proofs.as_ref().and_then(|all| all.get(&index).cloned());
    ConsentView {
        purposes: words::purposes(&terms.purposes, lang),
        items: words::items(&terms.datatypes, lang),
        actions: terms.actions.iter().map(ToString::to_string).collect(),
        recipients: terms
            .recipients
            .iter()
            .flatten()
            .map(ToString::to_string)
            .collect(),
        retention: words::duration(&terms.retention, lang),
        basis: terms.basis.to_string(),
        jurisdiction: terms.jurisdiction.to_string(),
        notice: NoticeView {
            digest: terms.notice.digest.in_jwt().to_string(),
            lang: terms.notice.lang.to_string(),
            version: terms.notice.version.clone(),
            text,
        },
        case: terms.circle.as_ref().map(|circle| circle.case.to_string()),
        readable: match (row.state, terms.release) {
            (ConsentState::Valid, Release::OnGrant) => Readable::Yes,
            (ConsentState::Valid, Release::OnIncident) => Readable::OnIncident,
            _ => Readable::No,
        },
        history: consent
            .acts
            .iter()
            .rev()
            .map(|act| act.shown(proof(act.index), grant))
            .collect(),
        proven: proofs.is_some(),
        token: consent.token.compact().to_owned(),
        row,
    }
}

pub(crate) async fn consent_read(
    desk: &Arc<Desk>,
    call: &Call,
    ask: ReadConsent,
) -> Done<ReadAnswer> {
    let reason = said(&ask.reason, Code::ReasonMissing.at("reason"), "reason")?;
    let grant = grant_id(&ask.grant)?;
    let token = token_of(desk, &grant)?;
    if token.claims().consent.release == Release::OnIncident {
        return Err(Code::WaitsForIncident.into());
    }
    if ask
        .items
        .iter()
        .any(|item| !token.claims().consent.covers_path(item))
    {
        return Err(Code::ItemNotCovered.at("items"));
    }
    stands(desk, &grant, call)?;
    let act = AgencyAct::Access {
        actor: call.actor()?.to_owned(),
        reason,
        datatypes: looked_at(&token, &ask.items),
    };
    let read = desk.line()?.online()?.read(token, act, call.now).await;
    let looked = (&grant, "access", None);
    let opened = on_record(desk, read, looked, call)?;
    keep_books(desk, &opened, looked, call)?;
    // Withdrawn while it was read: it is not shown.
    stands(desk, &grant, call)?;
    Ok(answer(&opened, &ask.items, None, ask.lang.into()))
}

/// The token of a consent that is known here.
pub(crate) fn token_of(desk: &Desk, grant: &Jti) -> Done<VerifiedToken> {
    let consents = desk.consents()?;
    Ok(consents.get(grant).ok_or(Code::UnknownGrant)?.token.clone())
}

/// The consent stands, as far as is known here.
pub(crate) fn stands(desk: &Desk, grant: &Jti, call: &Call) -> Done<()> {
    let consents = desk.consents()?;
    match consents
        .get(grant)
        .ok_or(Code::UnknownGrant)?
        .state(call.now)
    {
        ConsentState::Valid => Ok(()),
        ConsentState::Paused => Err(Code::ConsentPaused.into()),
        ConsentState::Withdrawn => Err(Code::ConsentWithdrawn.into()),
        ConsentState::Expired => Err(Code::ConsentExpired.into()),
    }
}

/// A clear no goes into the agency's record of attempts.
pub(crate) fn on_record<V>(
    desk: &Desk,
    read: Result<V, AgencyError>,
    (grant, act, incident): (&Jti, &str, Option<&str>),
    call: &Call,
) -> Done<V> {
    if let Err(error) = &read
        && error.is_refusal()
    {
        desk.books()?.record.refused(&Attempt {
            at: call.now,
            grant: grant.to_string(),
            act: act.to_owned(),
            incident: incident.map(str::to_owned),
            actor: call.actor()?.to_owned(),
            code: error.code().to_owned(),
        })?;
    }
    Ok(read?)
}

/// What was read is to be deleted some day. What is older than what was read before is not used.
pub(crate) fn keep_books(
    desk: &Desk,
    opened: &Opened,
    looked: (&Jti, &str, Option<&str>),
    call: &Call,
) -> Done<()> {
    let kept = desk.books()?.record.read(opened, call.now);
    on_record(desk, kept, looked, call)
}

/// What was read, only the items that were asked for; all unless some were.
pub(crate) fn answer(
    opened: &Opened,
    asked: &[String],
    open_until: Option<i64>,
    lang: Lang,
) -> ReadAnswer {
    let claims = opened.token.claims();
    let wanted = opened
        .share
        .fields
        .iter()
        .filter(|(path, _)| asked.is_empty() || asked.contains(path));
    let field = |(path, value): (&String, &serde_json::Value)| FieldView {
        label: path
            .parse::<Path>()
            .map_or_else(|_| path.clone(), |known| words::label(&known, lang)),
        path: path.clone(),
        lines: words::lines(value),
        value: value.clone(),
    };
    let at = opened.recorded.proven.entry.at().as_seconds();
    ReadAnswer {
        grant: claims.jti.to_string(),
        fields: wanted.map(field).collect(),
        statement: opened.recorded.jti.to_string(),
        index: opened.recorded.receipt.index,
        revision: opened.share.revision,
        issued_at: opened.share.issued.as_i64(),
        keep_until: claims
            .consent
            .retention
            .after(at)
            .map(consent_token::id::UnixSeconds::as_i64),
        open_until,
    }
}

pub(crate) async fn consent_erased(desk: &Arc<Desk>, call: &Call, ask: Erase) -> Done<Recorded> {
    let method = said(&ask.method, Code::ReasonMissing.at("method"), "method")?;
    let grant = grant_id(&ask.grant)?;
    desk.consents()?.get(&grant).ok_or(Code::UnknownGrant)?;
    let stated = desk
        .line()?
        .online()?
        .state(grant, AgencyAct::Erased { method }, call.now)
        .await?;
    let mut books = desk.books()?;
    books.record.erased(grant, call.now)?;
    Ok(recorded(&stated))
}

/// What a statement's receipt proves.
pub(crate) fn recorded(stated: &agency::Recorded) -> Recorded {
    Recorded {
        statement: stated.jti.to_string(),
        index: stated.receipt.index,
        at: stated.proven.entry.at().as_seconds().as_i64(),
    }
}

/// Words that somebody has to give.
pub(crate) fn said(text: &str, missing: ApiError, field: &'static str) -> Done<String> {
    match text.trim() {
        "" => Err(missing),
        text if text.chars().count() > LONGEST => Err(Code::TooLarge.at(field)),
        text => Ok(text.to_owned()),
    }
}
