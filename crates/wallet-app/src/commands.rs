//! Every command of the window, one file for each noun, and the list of them that each shell goes by.

mod about;
mod agencies;
pub(crate) mod attachments;
mod card;
mod data;
mod declines;
mod device;
mod files;
mod grants;
mod history;
mod list;
mod looks;
mod notices;
mod offers;
mod proof;
mod requests;
mod settings;
mod stops;
mod sync;
mod vault;

pub use about::{About, Overview};
pub use agencies::{Agencies, Agency, Kind, PurposeWords, Purposes};
pub use attachments::{AttachPiece, Attached, SaveAttachment};
pub use card::{Card, CardItem, CardParty, CardTier};
pub use data::{
    Data, DataItem, DataSection, Imported, LeftOut, NeedWords, ReadFile, RemoveData, SeenBy,
    SetData, Taken,
};
pub use declines::{ByReview, DeclinedList, DeclinedView, NoDelivery, SaidNo};
pub use device::SetDeviceUnlock;
pub use files::{RestoreVault, SaveFile, SaveReceipt, SaveWords, Saved};
pub use grants::{EndedBy, EndingView, GrantItem, GrantState, GrantView, Grants, ShareState};
pub use history::{Doing, Happened, History, HistoryFormat, SaveHistory};
pub use looks::{Look, LookReview, LookedAs, Looks, Overdue, OwedWhat};
pub use notices::{Notice, NoticeKind, Notices};
pub use offers::{ByOffer, OfferView, Offers, ReadOffer};
pub use proof::{LogState, Proof, ProvenAct};
pub use requests::{
    CircleView, Concern, DirectRequest, Granted, ItemView, MemberView, ReadRequest, ReviewView,
    SignReviewed, TierView, Wider,
};
pub use settings::{ChangeSettings, DeviceUnlock, NameVerifier, Settings};
pub use stops::{Acted, ByGrant, Done, Ended, NarrowGrant};
pub use sync::{Finding, FindingKind, Findings, Round, RoundPart, RoundTrouble, WaitingAct, What};
pub use vault::{ChangePassphrase, Created, Links, Phrase, Recover, Secret, Strength, is_weak};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A command that asks for nothing more, or has nothing to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// The language of the words in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Welsh.
    Cy,
}

impl From<Language> for profile::Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Cy => Self::Cy,
        }
    }
}

/// A command whose answer has words in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, TS)]
pub struct InLanguage {
    /// The language of these words.
    pub lang: Language,
}
