//! A signed no to a request (PROTOCOL section 4, `decline`): it goes to the address that the agency gave,
//! as the error answer of RFC 6749 section 4.1.2.1, and to nobody else. It is not logged.

use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    request::RequestObject,
    statement::{self, Decline},
};
use protocol::Transport;
use serde::{Deserialize, Serialize};

use crate::{Line, Review, Wallet, WalletError, records, review::Asked};

/// A request that was declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// The request's id.
    pub request: Jti,
    /// Who asked.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// When it was declined.
    pub at: UnixSeconds,
    /// The signed no, a compact JWS.
    pub statement: String,
    /// The request, a compact JWS.
    pub asked: String,
    /// Whether the agency has it.
    pub delivery: Delivery,
}

/// How a signed no reaches the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delivery", rename_all = "snake_case")]
pub enum Delivery {
    /// The agency named no address: the citizen may hand it over, or leave it.
    ByHand,
    /// It waits to be sent.
    Waits {
        /// The agency's address.
        uri: String,
        /// The agency's note of where it was.
        state: String,
        /// When the agency stops waiting.
        until: UnixSeconds,
    },
    /// The agency has it.
    Delivered {
        /// Since when.
        at: UnixSeconds,
    },
    /// The agency stopped waiting before it could be sent.
    TooLate,
}

impl Wallet {
    /// Signs a no to a request and queues it; the same request twice is the same no.
    ///
    /// # Errors
    /// [`WalletError::NotARequest`] for the citizen's own wording, [`WalletError::AnsweredAlready`] where a
    /// consent was given that is not over: that one has to be taken back.
    pub fn decline(&mut self, review: &Review) -> Result<Declined, WalletError> {
        let Asked::Request(verified, _) = &review.asked else {
            return Err(WalletError::NotARequest);
        };
        let request = verified.request();
        if let Some(known) = self.declined_request(&request.jti)? {
            return Ok(known);
        }
        let answered =
            |grant: &crate::Grant| grant.answers == Some(request.jti) && !grant.is_over();
        if let Some(grant) = self.grants()?.into_iter().find(answered) {
            return Err(WalletError::AnsweredAlready(grant.id));
        }
        let declined = Declined {
            request: request.jti,
            agency: request.client_id.clone(),
            agency_name: review.agency.name.clone(),
            at: self.device.now(),
            statement: self.sign_no(request)?,
            asked: verified.compact().to_owned(),
            delivery: delivery(request),
        };
        self.keep_declined(&declined)?;
        Ok(declined)
    }

    /// Every request that was declined, the latest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn declined(&self) -> Result<Vec<Declined>, WalletError> {
        let all = records::read_all::<Declined>(&self.vault, records::DECLINE)?;
        let mut all: Vec<Declined> = all.into_iter().map(|(_, declined)| declined).collect();
        all.sort_by_key(|declined| std::cmp::Reverse(declined.at));
        Ok(all)
    }

    /// Delivers every no that waits; answers what became of each.
    pub(crate) async fn deliver_declined<T: Transport>(
        &mut self,
        line: &Line<T>,
    ) -> Result<Vec<Declined>, WalletError> {
        let mut report = Vec::new();
        for mut declined in self.declined()? {
            let Delivery::Waits { uri, state, until } = &declined.delivery else {
                continue;
            };
            let now = self.device.now();
            let form = [
                ("error", "access_denied"),
                ("statement", declined.statement.as_str()),
                ("state", state.as_str()),
            ];
            let delivery = if *until <= now {
                Some(Delivery::TooLate)
            } else {
                let posted = line.post_form(uri, &form).await;
                posted.ok().map(|()| Delivery::Delivered { at: now })
            };
            if let Some(delivery) = delivery {
                declined.delivery = delivery;
                self.keep_declined(&declined)?;
            }
            report.push(declined);
        }
        Ok(report)
    }

    /// The no to a request, where there was one.
    pub(crate) fn declined_request(&self, request: &Jti) -> Result<Option<Declined>, WalletError> {
        records::read(&self.vault, records::DECLINE, &request.to_string())
    }

    fn keep_declined(&mut self, declined: &Declined) -> Result<(), WalletError> {
        let key = declined.request.to_string();
        self.vault
            .transaction(|changes| records::put(changes, records::DECLINE, &key, declined))
    }

    /// Signed by the key that a consent to this request would have had.
    fn sign_no(&mut self, request: &RequestObject) -> Result<String, WalletError> {
        let circle = request.consent.circle.as_ref();
        let scope = circle.map_or(request.client_id.as_str(), |circle| circle.id.as_str());
        let key = self.holder_key(scope)?;
        let no = Decline {
            iss: key.holder_uri(),
            jti: self.fresh_id()?,
            iat: self.device.now(),
            req: request.jti,
            seq: None,
        };
        Ok(statement::sign_decline(&no, &key)?)
    }
}

fn delivery(request: &RequestObject) -> Delivery {
    match &request.response_uri {
        None => Delivery::ByHand,
        Some(uri) => Delivery::Waits {
            uri: uri.to_string(),
            state: request.state.clone(),
            until: request.exp,
        },
    }
}
