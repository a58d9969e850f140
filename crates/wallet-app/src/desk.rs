//! The desk: an unlocked wallet and what was read at it but not signed yet. One command is at it at a time.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use vault::Unlocked;
use wallet::{Review, Wallet};

use crate::{Code, CommandError, SystemDevice, commands::attachments::Coming};

/// What lies there while the wallet is unlocked.
pub(crate) struct Desk {
    wallet: Option<Wallet>,
    unlocked: Arc<AtomicBool>,
    reviewed: Option<(u32, Review)>,
    reviews: u32,
    pub(crate) coming: Option<Coming>,
}

impl Desk {
    pub(crate) fn new(unlocked: Arc<AtomicBool>) -> Self {
        Desk {
            wallet: None,
            unlocked,
            reviewed: None,
            reviews: 0,
            coming: None,
        }
    }

    /// The wallet, if it is unlocked.
    pub(crate) fn wallet(&mut self) -> Result<&mut Wallet, CommandError> {
        self.wallet.as_mut().ok_or(Code::Locked.into())
    }

    pub(crate) fn take_in(&mut self, vault: Unlocked) -> &mut Wallet {
        self.unlocked.store(true, Ordering::Release);
        self.wallet
            .insert(Wallet::new(vault, Box::new(SystemDevice)))
    }

    /// Forgets the keys and what was reviewed.
    pub(crate) fn close(&mut self) {
        self.unlocked.store(false, Ordering::Release);
        (self.wallet, self.reviewed, self.coming) = (None, None, None);
    }

    /// Keeps what is being read, under a number that the signature has to name.
    pub(crate) fn keep_review(&mut self, review: Review) -> u32 {
        self.reviews += 1;
        self.reviewed = Some((self.reviews, review));
        self.reviews
    }

    /// What was read last, if this is its number.
    pub(crate) fn reviewed(&self, number: u32) -> Result<Review, CommandError> {
        match &self.reviewed {
            Some((kept, review)) if *kept == number => Ok(review.clone()),
            _ => Err(Code::NotReviewed.into()),
        }
    }

    /// It was answered: it cannot be answered again.
    pub(crate) fn forget_review(&mut self, number: u32) {
        if matches!(self.reviewed, Some((kept, _)) if kept == number) {
            self.reviewed = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_signed_that_was_not_read() {
        let desk = Desk::new(Arc::default());
        assert_eq!(desk.reviewed(1).unwrap_err(), Code::NotReviewed.into());
    }
}
