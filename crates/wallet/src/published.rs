//! Whether what was acknowledged is also published: each own slot is looked up in the signed status list
//! that every agency reads.

use std::collections::BTreeMap;

use consent_token::id::{Jti, UnixSeconds};
use protocol::{Transport, status_token};

use crate::{
    EvidenceKind, Line, Verifier, Wallet, WalletError,
    event::seconds_of,
    grant::{self, Grant, Published, Standing},
    outbox::Act,
};

/// For how long after an act an older list may still be served: its `ttl`, in seconds.
const GRACE: i64 = 60;

impl Wallet {
    /// Looks every registered consent up in its status list. Answers those whose acknowledged status is not published yet.
    pub(crate) async fn check_published<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
    ) -> Result<Vec<Jti>, WalletError> {
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
        let mut unpublished = Vec::new();
        for (uri, grants) in by_list {
            let Some(document) = line.client.document(&uri, None).await? else {
                continue;
            };
            let verified = status_token::verify(
                &document.body,
                &uri,
                &verifier.status_keys(),
                self.device.now(),
            );
            let Ok(verified) = verified else {
                let finding = format!("the status list {uri} does not hold");
                self.keep_evidence(
                    EvidenceKind::StatusNotPublished,
                    finding,
                    vec![document.body],
                )?;
                continue;
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
        Ok(unpublished)
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
