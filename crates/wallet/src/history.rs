//! Who looked, and everything else that happened to a consent: asked from the verifier with proof of the
//! holder's key, and believed line by line, each with its own proof and signature.

use consent_token::{
    id::Jti,
    key::PublicKey,
    statement::{AgencyAct, AgencyStatement, Statement, UnverifiedStatement},
    token,
};
use protocol::{
    Credential, Transport, Version1,
    api::{GrantHistory, HistoryItem},
    dpop,
    receipt::Proven,
};

use crate::{
    By, Event, EvidenceKind, Line, News, Verifier, Wallet, WalletError,
    event::{Told, event, told_statement},
    grant::{self, Grant, Standing},
    heads::Seen,
    outbox::Act,
    receipts,
    receive::{recorded, wish_of},
    records,
};

impl Wallet {
    /// What is known to have happened to a consent, the oldest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn history(&self, grant: &Jti) -> Result<Vec<Event>, WalletError> {
        Ok(records::read(&self.vault, records::HISTORY, &grant.to_string())?.unwrap_or_default())
    }

    /// Asks the verifier what happened to a consent.
    pub(crate) async fn ask_history<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        grant: &Grant,
    ) -> Result<GrantHistory, WalletError> {
        let url = format!("{}/v1/grants/{}", verifier.issuer, grant.id);
        let key = self.holder_key(&grant.scope)?;
        let expected = dpop::Expected {
            method: "GET",
            url: &url,
            token: None,
            now: self.device.now(),
        };
        let proof = dpop::prove(&key, &expected, self.fresh_id()?);
        Ok(line
            .client
            .grant(&grant.id, &Credential::Dpop(proof))
            .await?)
    }

    /// Checks a history line by line and takes over what holds; what does not is evidence. Answers what is new.
    pub(crate) fn take_history(
        &mut self,
        verifier: &Verifier,
        id: Jti,
        answer: GrantHistory,
    ) -> Result<Vec<News>, WalletError> {
        let mut grant = self.grant_of(&id)?;
        let mut events = self.history(&id)?;
        let (mut news, mut heads) = (Vec::new(), Vec::<Seen>::new());
        for item in answer.history {
            if events
                .iter()
                .any(|known| known.index == item.index && known.jws == item.jws)
            {
                continue;
            }
            match self.believe(verifier, &mut grant, &item)? {
                Ok((event, proven)) => {
                    let seen = Seen::new(proven.head, proven.note);
                    if !heads.contains(&seen) {
                        heads.push(seen);
                    }
                    news.push(News {
                        grant: id,
                        agency: grant.agency_name.clone(),
                        event: event.clone(),
                    });
                    events.push(event);
                }
                Err(finding) => {
                    let finding = format!(
                        "entry {} in the history of consent {id}: {finding}",
                        item.index
                    );
                    self.keep_evidence(
                        EvidenceKind::WrongProof,
                        finding,
                        vec![item.jws, item.proof],
                    )?;
                }
            }
        }
        events.sort_by_key(|event| event.index);
        let waiting = self.waiting_acts(&id)?;
        grant.standing = standing(&grant);
        grant.wish = wish_of(grant.standing, &waiting, grant.wish);
        if grant.standing == Standing::Revoked && answer.status != 1 {
            let finding = format!(
                "consent {id} is proven to be revoked, and the verifier says status {}",
                answer.status
            );
            let exhibits = grant
                .receipts
                .iter()
                .map(|kept| kept.proof.clone())
                .collect();
            self.keep_evidence(EvidenceKind::Forgotten, finding, exhibits)?;
        }
        self.vault.transaction(|changes| {
            heads
                .iter()
                .try_for_each(|seen| Self::note_head(changes, seen))?;
            records::put(changes, records::HISTORY, &id.to_string(), &events)?;
            grant::put(changes, &grant)?;
            Ok(news)
        })
    }

    /// Holds one line to its signature and its proof; an own act goes into the consent's receipts.
    fn believe(
        &mut self,
        verifier: &Verifier,
        grant: &mut Grant,
        item: &HistoryItem,
    ) -> Result<Result<(Event, Proven), String>, WalletError> {
        let mut told_of = grant.clone();
        let told = match self.told(&mut told_of, item)? {
            Ok(told) => told,
            Err(finding) => return Ok(Err(finding)),
        };
        let proven =
            match receipts::check(&item.proof, &verifier.log_key()?, &item.jws, &told.effect) {
                Ok(proven) if proven.index == item.index => proven,
                Ok(_) => return Ok(Err("the proof is of another entry".into())),
                Err(fault) => return Ok(Err(fault.to_string())),
            };
        *grant = told_of;
        let mut event = told.event;
        event.at = proven.entry.at().0;
        grant.seq = grant.seq.max(told.seq.unwrap_or_default());
        if let Some(act) = told.own
            && !grant.receipts.iter().any(|kept| kept.index == item.index)
        {
            let kept = recorded(act, &item.jws, &proven, &item.proof);
            grant.receipts.push(kept);
        }
        Ok(Ok((event, proven)))
    }

    fn told(
        &self,
        grant: &mut Grant,
        item: &HistoryItem,
    ) -> Result<Result<Told, String>, WalletError> {
        if let Ok(token) = token::verify(&item.jws, &Version1) {
            return self.told_token(grant, item, &token);
        }
        let unverified = match UnverifiedStatement::parse(&item.jws) {
            Ok(unverified) => unverified,
            Err(refusal) => return Ok(Err(format!("not a token and not a statement: {refusal}"))),
        };
        let own = self.holder_key(&grant.scope)?.public();
        let key = match unverified.statement() {
            Statement::Agency(agency) if agency.iss == grant.agency => {
                self.agency_key(grant, unverified.kid())?
            }
            Statement::Agency(agency) => self.recipient_key(grant, agency, unverified.kid())?,
            _ => Some(own),
        };
        let Some(key) = key else {
            return Ok(Err("signed by a key that is not the agency's".into()));
        };
        let verified = match unverified.verify(&key) {
            Ok(verified) => verified,
            Err(refusal) => return Ok(Err(format!("the signature does not hold: {refusal}"))),
        };
        if verified.statement().grant() != Some(grant.id) {
            return Ok(Err("it is about another consent".into()));
        }
        Ok(told_statement(grant, item, verified.statement())?
            .ok_or_else(|| "it is no act on a consent".to_owned()))
    }

    /// The registration. After a restored backup it may be a later form of the same consent, signed by the same key.
    fn told_token(
        &self,
        grant: &mut Grant,
        item: &HistoryItem,
        token: &token::VerifiedToken,
    ) -> Result<Result<Told, String>, WalletError> {
        let claims = token.claims();
        let own = self.holder_key(&grant.scope)?.public();
        if claims.jti != grant.id || *token.holder_key() != own || claims.aud != grant.agency {
            return Ok(Err("it is another consent".into()));
        }
        if grant.token != item.jws {
            grant.token.clone_from(&item.jws);
            grant.consent = claims.consent.clone();
            grant.ends_at = claims.exp;
            (grant.slot.uri, grant.slot.idx) = (claims.status.uri.to_string(), claims.status.idx);
        }
        let event = event(item, By::Holder, "grant", claims.jti);
        Ok(Ok(Told {
            event,
            effect: grant.effect(Act::Register)?,
            own: Some(Act::Register),
            seq: None,
        }))
    }

    /// The key of that name of an agency that the consent lets the data be handed on to, for what such an
    /// agency may say.
    fn recipient_key(
        &self,
        grant: &Grant,
        statement: &AgencyStatement,
        kid: &str,
    ) -> Result<Option<PublicKey>, WalletError> {
        let mut named = grant.consent.recipients.iter().flatten();
        let owed = matches!(
            statement.act,
            AgencyAct::Acknowledged { .. } | AgencyAct::Erased { .. }
        );
        if !owed || !named.any(|agency| *agency == statement.iss) {
            return Ok(None);
        }
        let registry = self.registry()?;
        let agency = registry.agency(&statement.iss);
        let keys = agency.into_iter().flat_map(|agency| &agency.jwks.keys);
        let mut keys = keys.filter_map(protocol::registry::RegistryKey::public_key);
        Ok(keys.find(|key| key.thumbprint().to_string() == kid))
    }

    /// The agency's key of that name, if it may act under this consent.
    fn agency_key(&self, grant: &Grant, kid: &str) -> Result<Option<PublicKey>, WalletError> {
        let registry = self.registry()?;
        let Some(agency) = registry.agency(&grant.agency) else {
            return Ok(None);
        };
        let acting = agency.keys_acting_for(&grant.agency_key);
        Ok(acting
            .iter()
            .find(|key| key.to_string() == kid)
            .and_then(|key| agency.jwks.signing_key(key)))
    }
}

/// What is proven about a consent by its receipts alone.
fn standing(grant: &Grant) -> Standing {
    if matches!(grant.standing, Standing::Withdrawn | Standing::Refused)
        && grant.receipts.is_empty()
    {
        return grant.standing;
    }
    let mut acts: Vec<_> = grant
        .receipts
        .iter()
        .map(|kept| (kept.index, kept.act))
        .collect();
    acts.sort_unstable_by_key(|(index, _)| *index);
    let last = |standing, (_, act): (u64, Act)| match act {
        _ if standing == Standing::Revoked => Standing::Revoked,
        Act::Revoke => Standing::Revoked,
        Act::Suspend => Standing::Suspended,
        Act::Register | Act::Resume => Standing::Valid,
        Act::EraseRequest | Act::Deliver => standing,
    };
    acts.into_iter().fold(Standing::Unregistered, last)
}
