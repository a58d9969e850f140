//! One file for each group of methods of PROTOCOL section 6. A handler parses, checks signatures in place
//! (cheaper than a hand-off), hands acts to the sequencer and words the answer.

pub mod agency;
pub mod attachments;
pub mod audit;
pub mod audit_pages;
pub mod events;
pub mod grants;
pub mod health;
pub mod introspect;
pub mod log;
pub mod meta;
pub mod offers;
mod reading;
pub mod shares;
pub mod slots;
pub mod statements;
pub mod status;
pub mod token;

use std::sync::Arc;

use consent_token::id::Jti;
use protocol::{Code, Problem, api::Receipt};
use verifier_store::Outcome;

use crate::{
    sequencer::Recorded,
    state::{App, now},
};

/// The receipt of an act on `grant`, and whether the act is new.
pub(crate) async fn receipt(
    app: &App,
    grant: Jti,
    recorded: &Recorded,
) -> Result<(bool, Receipt), Code> {
    let (index, is_new) = match recorded.outcome {
        Outcome::Recorded { index, .. } => (index, true),
        Outcome::Known(index) => (index, false),
    };
    Ok((is_new, one_receipt(app, grant, recorded, index).await?))
}

/// The receipt of the revocation of `grant`, where it was revoked.
pub(crate) async fn revocation_receipt(
    app: &App,
    grant: Jti,
    recorded: &Recorded,
) -> Result<Option<Box<Receipt>>, Code> {
    let state = recorded.published.ledger.grant(&grant);
    match state.and_then(|state| state.revoked_at) {
        Some(index) => Ok(Some(Box::new(
            one_receipt(app, grant, recorded, index).await?,
        ))),
        None => Ok(None),
    }
}

async fn one_receipt(
    app: &App,
    grant: Jti,
    recorded: &Recorded,
    index: u64,
) -> Result<Receipt, Code> {
    let ledger = &recorded.published.ledger;
    let state = ledger.grant(&grant).ok_or(Code::UnknownGrant)?;
    let (status, _) = ledger.state(state, now());
    Ok(Receipt {
        grant,
        status,
        index,
        proof: app.proof(recorded, index).await?,
        replaced: None,
    })
}

/// What every refusal looks like, for the OpenAPI description.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "describes responses, is never built")]
pub(crate) enum Problems {
    /// Refused; `code` says why.
    #[response(status = "default", content_type = "application/problem+json")]
    Refused(Problem),
}

/// A path as DPoP proofs name it, for the id of a grant.
pub(crate) fn grant_path(id: &str) -> String {
    format!("/v1/grants/{id}")
}

/// The published moment of a recorded act.
pub(crate) type Moment = Arc<crate::published::Published>;

/// Whether `If-None-Match` names this tag (RFC 9110 section 13.1.2): one of several, any, or the weak form that
/// a proxy made of it.
pub(crate) fn is_seen(headers: &http::HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(http::header::IF_NONE_MATCH).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header::IF_NONE_MATCH};

    use super::is_seen;

    #[test]
    fn a_tag_is_seen_in_every_form_that_http_allows() {
        for (asked, seen) in [
            (&["\"7\""][..], true),
            (&["\"1\", \"7\""], true),
            (&["\"1\"", "W/\"7\""], true),
            (&["*"], true),
            (&["\"77\""], false),
            (&["7"], false),
            (&[], false),
        ] {
            let mut headers = HeaderMap::new();
            for value in asked {
                headers.append(IF_NONE_MATCH, HeaderValue::from_static(value));
            }
            assert_eq!(is_seen(&headers, "\"7\""), seen, "{asked:?}");
        }
    }
}
