//! One consent and the acts on it, read from signed tokens and statements.

use consent_token::{
    id::{Jti, UnixSeconds},
    statement::{AgencyAct, HolderAct, Statement, UnverifiedStatement},
    token::{self, VerifiedToken},
};
use profile::{Lang, Path, purpose};
use protocol::{Version1, api::AgencyEvent};

use super::seconds;
use crate::api::{ActKind, ActView, ConsentState, Party};

/// The status of a status list.
const REVOKED: u8 = 1;
const SUSPENDED: u8 = 2;

/// A consent.
#[derive(Debug)]
pub(crate) struct Consent {
    /// The token, verified.
    pub(crate) token: VerifiedToken,
    /// What the verifier said of it last, as in its status list.
    status: u8,
    /// Every act, the registration first.
    pub(crate) acts: Vec<Act>,
    /// What a search looks at, in lower case.
    pub(crate) words: String,
}

/// An act on a consent.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// Its index in the log.
    pub(crate) index: u64,
    /// When it was recorded, in seconds.
    pub(crate) at: i64,
    /// What was signed; none for the token itself.
    pub(crate) statement: Option<Statement>,
    /// The token or statement.
    pub(crate) jws: String,
    kind: ActKind,
}

impl Consent {
    /// A consent from the event of its registration.
    pub(super) fn begin(event: &AgencyEvent) -> Option<Self> {
        let token = token::verify(&event.jws, &Version1).ok()?;
        if token.claims().jti != event.grant {
            return None;
        }
        let words = words_of(&token);
        let mut consent = Consent {
            token,
            status: event.status,
            acts: Vec::new(),
            words,
        };
        consent.apply(event);
        Some(consent)
    }

    pub(super) fn apply(&mut self, event: &AgencyEvent) {
        // What ended stays ended, whatever is said later.
        if self.status != REVOKED {
            self.status = event.status;
        }
        let parsed = UnverifiedStatement::parse(&event.jws).ok();
        self.acts.push(Act {
            index: event.index,
            at: seconds(event.at),
            statement: parsed.map(|read| read.statement().clone()),
            jws: event.jws.clone(),
            kind: kind(&event.act),
        });
    }

    /// How it stands at `now`.
    pub(crate) fn state(&self, now: UnixSeconds) -> ConsentState {
        match self.status {
            REVOKED => ConsentState::Withdrawn,
            _ if self.token.claims().exp <= now => ConsentState::Expired,
            SUSPENDED => ConsentState::Paused,
            _ => ConsentState::Valid,
        }
    }

    /// When it was registered, in seconds.
    pub(crate) fn granted_at(&self) -> i64 {
        self.acts.first().map_or(0, |act| act.at)
    }

    /// When something happened last, in seconds.
    pub(crate) fn changed_at(&self) -> i64 {
        self.acts.last().map_or(0, |act| act.at)
    }

    /// A pseudonym of the person: the beginning of their key's name.
    pub(crate) fn person(&self) -> String {
        self.token
            .claims()
            .iss
            .thumbprint()
            .to_string()
            .chars()
            .take(8)
            .collect()
    }

    /// The act with that statement id.
    pub(crate) fn act(&self, id: &Jti) -> Option<&Act> {
        self.acts
            .iter()
            .find(|act| act.statement.as_ref().is_some_and(|said| said.jti() == *id))
    }

    /// When it was taken back, in seconds.
    pub(crate) fn withdrawn_at(&self) -> Option<i64> {
        self.acts
            .iter()
            .find(|act| act.kind == ActKind::Revoke)
            .map(|act| act.at)
    }

    /// When the agency last stated that it deleted, in seconds.
    pub(crate) fn erased_at(&self) -> Option<i64> {
        self.acts
            .iter()
            .rev()
            .find(|act| act.kind == ActKind::Erased)
            .map(|act| act.at)
    }
}

impl Act {
    /// The agency's own act.
    pub(crate) fn agency_act(&self) -> Option<&AgencyAct> {
        match &self.statement {
            Some(Statement::Agency(statement)) => Some(&statement.act),
            _ => None,
        }
    }

    /// Which member of staff did it.
    pub(crate) fn actor(&self) -> Option<&str> {
        match self.agency_act()? {
            AgencyAct::Access { actor, .. }
            | AgencyAct::Open { actor, .. }
            | AgencyAct::Review { actor, .. } => Some(actor),
            _ => None,
        }
    }

    /// What was done.
    pub(crate) fn kind(&self) -> ActKind {
        self.kind
    }

    /// As a page shows it.
    pub(crate) fn shown(&self, proof: Option<String>, token_id: &Jti) -> ActView {
        let act = self.agency_act();
        let mut view = ActView {
            index: self.index,
            at: self.at,
            act: self.kind,
            by: if act.is_some() {
                Party::Agency
            } else {
                Party::Person
            },
            id: self
                .statement
                .as_ref()
                .map_or(*token_id, Statement::jti)
                .to_string(),
            actor: self.actor().map(str::to_owned),
            reason: None,
            incident: None,
            finding: None,
            method: None,
            items: Vec::new(),
            proof,
            jws: self.jws.clone(),
        };
        match act {
            Some(AgencyAct::Access {
                reason, datatypes, ..
            }) => {
                view.reason = Some(reason.clone());
                view.items.clone_from(datatypes);
            }
            Some(AgencyAct::Open {
                incident, reason, ..
            }) => {
                (view.reason, view.incident) = (Some(reason.clone()), Some(incident.clone()));
            }
            Some(AgencyAct::Review { finding, .. }) => view.finding = Some(finding.to_string()),
            Some(AgencyAct::Erased { method }) => view.method = Some(method.clone()),
            Some(AgencyAct::Acknowledged { .. }) => view.actor = Some(agency::SOFTWARE.to_owned()),
            _ => view.reason = self.person_said(),
        }
        view
    }

    fn person_said(&self) -> Option<String> {
        match &self.statement {
            Some(Statement::Holder(statement)) => match &statement.act {
                HolderAct::Revoke { reason } => reason.clone(),
                _ => None,
            },
            _ => None,
        }
    }
}

fn kind(act: &str) -> ActKind {
    match act {
        "grant" => ActKind::Grant,
        "share" => ActKind::Share,
        "suspend" => ActKind::Suspend,
        "resume" => ActKind::Resume,
        "revoke" => ActKind::Revoke,
        "erase-request" => ActKind::EraseRequest,
        "access" => ActKind::Access,
        "open" => ActKind::Open,
        "review" => ActKind::Review,
        "acknowledged" => ActKind::Acknowledged,
        "erased" => ActKind::Erased,
        _ => ActKind::Other,
    }
}

/// Codes and their words in both languages: whichever the reader types is found.
fn words_of(token: &VerifiedToken) -> String {
    let claims = token.claims();
    let consent = &claims.consent;
    let mut words = vec![claims.jti.to_string(), claims.iss.thumbprint().to_string()];
    words.extend(claims.req.map(|req| req.to_string()));
    words.extend(consent.circle.as_ref().map(|circle| circle.id.clone()));
    for code in &consent.purposes {
        words.push(code.clone());
        let known = purpose(code).into_iter();
        words
            .extend(known.flat_map(|purpose| Lang::ALL.map(|lang| purpose.label(lang).to_owned())));
    }
    for text in &consent.datatypes {
        words.push(text.clone());
        let known = text.parse::<Path>().ok().into_iter();
        words.extend(known.flat_map(|path| Lang::ALL.map(|lang| path.label(lang).to_owned())));
    }
    words.join(" ").to_lowercase()
}
