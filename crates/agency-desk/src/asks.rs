//! Requests that were made here, where wallets fetch them, and what became of each. An answer that a wallet
//! posts only tells sooner what the verifier's events tell anyway; until then it does not count.

mod readability;
mod templates;
mod terms;

use std::collections::BTreeMap;

use agency::{AgencyError, Identity, SignedRequest};
use consent_token::id::{Jti, UnixSeconds};
use serde::{Deserialize, Serialize};

use crate::{
    ApiError, Code,
    api::{Draft, RequestAnswer, RequestState, RequestView},
};

pub(crate) use readability::readability;
pub(crate) use templates::Templates;
pub(crate) use terms::{notice_version, preview, terms};

const FILE: &str = "desk/requests.json";

/// Every request.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Asks {
    #[serde(default)]
    kept: BTreeMap<Jti, Asked>,
}

/// One request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    draft: Draft,
    /// The signed request, for the wallets.
    compact: String,
    /// The request's `state`, which only who has the request knows.
    state: String,
    link: String,
    request_uri: String,
    made_at: UnixSeconds,
    made_by: String,
    expires_at: UnixSeconds,
    #[serde(default)]
    closed: bool,
    /// The ids of statements that said no.
    #[serde(default)]
    declined: Vec<Jti>,
    #[serde(default)]
    granted: Vec<Granted>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Granted {
    grant: Jti,
    at: i64,
    items: Vec<String>,
    registered: bool,
}

impl Asks {
    pub(crate) fn read(agency: &Identity) -> Result<Self, AgencyError> {
        Ok(agency.read_private(FILE)?.unwrap_or_default())
    }

    fn save(&self, agency: &Identity) -> Result<(), ApiError> {
        Ok(agency.write_private(FILE, self)?)
    }

    /// Keeps a signed request; `request_uri` is where wallets fetch it.
    pub(crate) fn keep(
        &mut self,
        agency: &Identity,
        signed: SignedRequest,
        draft: Draft,
        request_uri: &str,
        made_by: &str,
    ) -> Result<Jti, ApiError> {
        let address = request_uri.parse().map_err(|_| Code::Internal)?;
        let asked = Asked {
            draft,
            state: signed.object.state.clone(),
            link: signed.link_to(address),
            request_uri: request_uri.to_owned(),
            made_at: signed.object.iat,
            made_by: made_by.to_owned(),
            expires_at: signed.object.exp,
            compact: signed.compact,
            closed: false,
            declined: Vec::new(),
            granted: Vec::new(),
        };
        let id = signed.object.jti;
        self.kept.insert(id, asked);
        self.save(agency)?;
        Ok(id)
    }

    pub(crate) fn get(&self, id: &Jti) -> Result<&Asked, ApiError> {
        self.kept.get(id).ok_or_else(|| Code::UnknownRequest.into())
    }

    /// The request that wallets fetch at that last part of an address.
    pub(crate) fn at(&self, place: &str) -> Option<(Jti, &Asked)> {
        let ends = |asked: &Asked| asked.request_uri.rsplit('/').next() == Some(place);
        self.kept
            .iter()
            .find(|(_, asked)| ends(asked))
            .map(|(id, asked)| (*id, asked))
    }

    /// The agency's own note of a request.
    pub(crate) fn note(&self, id: &Jti) -> Option<String> {
        self.kept.get(id).map(|asked| asked.draft.note.clone())
    }

    /// The notice with that digest, where a request here had it.
    pub(crate) fn notices(&self) -> impl Iterator<Item = &str> {
        self.kept.values().flat_map(|asked| {
            [
                asked.draft.notice.en.as_str(),
                asked.draft.notice.cy.as_str(),
            ]
        })
    }

    /// Takes a request back that nobody answered yet.
    pub(crate) fn close(
        &mut self,
        agency: &Identity,
        id: &Jti,
        now: UnixSeconds,
    ) -> Result<(), ApiError> {
        let asked = self.kept.get_mut(id).ok_or(Code::UnknownRequest)?;
        if asked.became(now) != RequestState::Open {
            return Err(Code::RequestOver.into());
        }
        asked.closed = true;
        self.save(agency)
    }

    /// Notes a no; whether it was news.
    pub(crate) fn declined(
        &mut self,
        agency: &Identity,
        id: &Jti,
        statement: Jti,
    ) -> Result<bool, ApiError> {
        let asked = self.kept.get_mut(id).ok_or(Code::UnknownRequest)?;
        // A link on a poster may be declined by many, but this file must not grow without end.
        if asked.declined.contains(&statement) || asked.declined.len() >= 10_000 {
            return Ok(false);
        }
        asked.declined.push(statement);
        self.save(agency)?;
        Ok(true)
    }

    /// Notes a yes; whether it was news.
    pub(crate) fn granted(
        &mut self,
        agency: &Identity,
        id: &Jti,
        (grant, items): (Jti, &[String]),
        at: i64,
        registered: bool,
    ) -> Result<bool, ApiError> {
        let asked = self.kept.get_mut(id).ok_or(Code::UnknownRequest)?;
        match asked.granted.iter_mut().find(|known| known.grant == grant) {
            Some(known) if known.registered || !registered => return Ok(false),
            Some(known) => known.registered = true,
            None => asked.granted.push(Granted {
                grant,
                at,
                items: items.to_vec(),
                registered,
            }),
        }
        self.save(agency)?;
        Ok(true)
    }

    /// Every request, the newest first.
    pub(crate) fn list(&self, now: UnixSeconds) -> Vec<RequestView> {
        let mut all: Vec<_> = self.kept.iter().collect();
        all.sort_by_key(|(id, asked)| (std::cmp::Reverse(asked.made_at), **id));
        all.into_iter()
            .map(|(id, asked)| asked.shown(id, now))
            .collect()
    }
}

impl Asked {
    /// The signed request, as long as it may be answered.
    pub(crate) fn for_wallets(&self, now: UnixSeconds) -> Option<&str> {
        (!self.closed && now < self.expires_at).then_some(self.compact.as_str())
    }

    /// Whether an answer knows the request's `state`.
    pub(crate) fn knows(&self, state: &str) -> bool {
        crate::secret::same(&self.state, state)
    }

    pub(crate) fn link(&self) -> &str {
        &self.link
    }

    /// What became of it.
    pub(crate) fn became(&self, now: UnixSeconds) -> RequestState {
        match () {
            () if !self.granted.is_empty() => RequestState::Granted,
            () if self.closed => RequestState::Closed,
            () if !self.declined.is_empty() => RequestState::Declined,
            () if self.expires_at <= now => RequestState::Expired,
            () => RequestState::Open,
        }
    }

    pub(crate) fn shown(&self, id: &Jti, now: UnixSeconds) -> RequestView {
        let without = |given: &Granted| {
            let left_out = self
                .draft
                .items
                .iter()
                .filter(|item| !given.items.contains(item));
            left_out.cloned().collect()
        };
        let answer = |given: &Granted| RequestAnswer {
            grant: given.grant.to_string(),
            at: given.at,
            without: without(given),
            registered: given.registered,
        };
        RequestView {
            id: id.to_string(),
            note: self.draft.note.clone(),
            state: self.became(now),
            draft: self.draft.clone(),
            made_at: self.made_at.as_i64(),
            made_by: self.made_by.clone(),
            expires_at: self.expires_at.as_i64(),
            link: self.link.clone(),
            request_uri: self.request_uri.clone(),
            declined: u32::try_from(self.declined.len()).unwrap_or(u32::MAX),
            granted: self.granted.iter().map(answer).collect(),
        }
    }
}
