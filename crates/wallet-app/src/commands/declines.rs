//! A signed no to a request, and what became of each.

use ::wallet::{Declined, Delivery};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Nothing;
use crate::{App, Code, CommandError};

/// Names what was read last.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct ByReview {
    /// The number of the review.
    pub review: u32,
}

/// What a no came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SaidNo {
    /// The no.
    pub no: DeclinedView,
    /// Why it waits.
    pub trouble: Option<Code>,
}

/// Every request that was declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeclinedList {
    /// The latest first.
    pub declined: Vec<DeclinedView>,
}

/// A request that was declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeclinedView {
    /// Who asked, by name.
    pub agency: String,
    /// When it was declined, in seconds.
    pub at: i64,
    /// Whether the agency has the no.
    pub delivery: NoDelivery,
    /// The signed no, which can be handed over.
    pub statement: String,
}

/// How a signed no reaches the agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoDelivery {
    /// The agency named no address: it may be handed over, or left.
    ByHand,
    /// It waits to be sent.
    Waits,
    /// The agency has it.
    Delivered,
    /// The agency stopped waiting before it could be sent.
    TooLate,
}

impl App {
    /// Says no to what was read last, and tells the agency if it gave an address that can be reached.
    ///
    /// # Errors
    /// `not_reviewed`, `not_a_request`, `answered_already`; then nothing was signed.
    pub async fn request_decline(&self, ask: ByReview) -> Result<SaidNo, CommandError> {
        let mut desk = self.desk().await;
        let review = desk.reviewed(ask.review)?;
        let request = desk.wallet()?.decline(&review)?.request;
        desk.forget_review(ask.review);
        drop(desk);
        let trouble = self.send().await?;
        let all = self.desk().await.wallet()?.declined()?;
        let no = all.iter().find(|one| one.request == request);
        let no = no.map(view).ok_or(CommandError::from(Code::NotARequest))?;
        let trouble = trouble.filter(|_| no.delivery == NoDelivery::Waits);
        Ok(SaidNo { no, trouble })
    }

    /// Every request that was declined.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn declined_list(&self, _: Nothing) -> Result<DeclinedList, CommandError> {
        let all = self.desk().await.wallet()?.declined()?;
        Ok(DeclinedList {
            declined: all.iter().map(view).collect(),
        })
    }
}

fn view(declined: &Declined) -> DeclinedView {
    DeclinedView {
        agency: declined.agency_name.clone(),
        at: declined.at.as_i64(),
        delivery: match declined.delivery {
            Delivery::ByHand => NoDelivery::ByHand,
            Delivery::Waits { .. } => NoDelivery::Waits,
            Delivery::Delivered { .. } => NoDelivery::Delivered,
            Delivery::TooLate => NoDelivery::TooLate,
        },
        statement: declined.statement.clone(),
    }
}
