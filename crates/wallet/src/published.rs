//! Whether what was acknowledged is also published: each own slot is looked up in the signed status list
//! that every agency reads.

use std::collections::BTreeMap;

use consent_token::id::{Jti, UnixSeconds};
use protocol::{
    ClientError, Transport,
    status_token::{self, StatusTokenError, VerifiedList},
};
use status_list::ClaimsError;

use crate::{
    EvidenceKind, Line, Verifier, Wallet, WalletError,
    event::seconds_of,
    grant::{self, Grant, Published, Standing},
    outbox::Act,
};

/// For how long after an act an older list may still be served: its `ttl`, in seconds.
const GRACE: i64 = 60;

impl Wallet {
    /// Looks every registered consent up in its status list, and adds those whose acknowledged status is not
    /// published yet to `unpublished`. A list that cannot be used keeps no other from being looked at; the
    /// last such fault is the answer.
    pub(crate) async fn check_published<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        unpublished: &mut Vec<Jti>,
    ) -> Result<(), WalletError> {
        let mut by_list: BTreeMap<String, Vec<Grant>> = BTreeMap::new();
        let now = self.device.now();
        for grant in self
            .grants()?
            .into_iter()
            .filter(|grant| grant.is_registered() && grant.ends_at > now)
        {
            by_list
                .entry(grant.slot.uri.clone())
                .or_default()
                .push(grant);
        }
        let mut outcome = Ok(());
        for (uri, grants) in by_list {
            let document = match line.client.document(&uri, None).await {
                Ok(Some(document)) => document,
                Ok(None) => continue,
                Err(error) => {
                    outcome = Err(error.into());
                    continue;
                }
            };
            let verified = match self.judge_list(&uri, &document.body, verifier)? {
                Ok(verified) => verified,
                Err(fault) => {
                    outcome = Err(fault);
                    continue;
                }
            };
            let claims = &verified.claims;
            let seen = Published {
                status: u8::MAX,
                as_of: UnixSeconds::MIN.plus(claims.iat),
                renewed_within: claims.ttl,
                good_for: u64::try_from(claims.exp - claims.iat).ok(),
            };
            for grant in grants {
                let status = verified.list.get(grant.slot.idx).unwrap_or(u8::MAX);
                let id = grant.id;
                if !self.compare(grant, Published { status, ..seen }, &document.body)? {
                    unpublished.push(id);
                }
            }
        }
        outcome
    }

    /// A status list, or why nothing can be told from what came. Only what the verifier signed speaks against
    /// it, and only where no clock can be to blame.
    fn judge_list(
        &mut self,
        uri: &str,
        list: &str,
        verifier: &Verifier,
    ) -> Result<Result<VerifiedList, WalletError>, WalletError> {
        let now = self.device.now();
        let fault = match status_token::verify(list, uri, &verifier.status_keys(), now) {
            Ok(verified) => return Ok(Ok(verified)),
            Err(fault) => fault,
        };
        Ok(Err(match fault {
            StatusTokenError::List(ClaimsError::Expired | ClaimsError::NotYetIssued) => {
                WalletError::OutOfTime
            }
            StatusTokenError::Signature(_) | StatusTokenError::List(ClaimsError::WrongSubject) => {
                ClientError::NotAVerifier(uri.to_owned()).into()
            }
            signed => {
                let finding = format!("the status list {uri} does not hold: {signed}");
                let kind = EvidenceKind::StatusNotPublished;
                self.keep_evidence(kind, finding, vec![list.to_owned()])?;
                ClientError::NotAVerifier(uri.to_owned()).into()
            }
        }))
    }

    /// Whether the published status is the proven one. A list made well after the act has no excuse.
    fn compare(
        &mut self,
        mut grant: Grant,
        published: Published,
        list: &str,
    ) -> Result<bool, WalletError> {
        let same = expected(grant.standing) == Some(published.status);
        if !same && published.as_of.since(last_change(&grant)) > GRACE {
            let finding = format!(
                "consent {}: status {} is published, {:?} is proven",
                grant.id, published.status, grant.standing
            );
            let exhibits = grant
                .receipts
                .iter()
                .map(|kept| kept.proof.clone())
                .chain([list.to_owned()])
                .collect();
            self.keep_evidence(EvidenceKind::StatusNotPublished, finding, exhibits)?;
        }
        grant.published = Some(published);
        self.vault
            .transaction(|changes| grant::put(changes, &grant))?;
        Ok(same)
    }
}

const fn expected(standing: Standing) -> Option<u8> {
    match standing {
        Standing::Valid => Some(0),
        Standing::Revoked => Some(1),
        Standing::Suspended => Some(2),
        Standing::Unregistered | Standing::Withdrawn | Standing::Refused => None,
    }
}

/// When the status was changed last, as far as it is proven.
fn last_change(grant: &Grant) -> UnixSeconds {
    let changes = grant
        .receipts
        .iter()
        .filter(|kept| !matches!(kept.act, Act::EraseRequest | Act::Deliver));
    seconds_of(changes.map(|kept| kept.at).max().unwrap_or_default())
}
