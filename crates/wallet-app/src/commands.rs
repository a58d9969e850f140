//! Every command of the window, one file for each noun, and the list of them that each shell goes by.

mod about;
mod agencies;
mod card;
mod data;
mod declines;
mod device;
mod files;
mod grants;
mod history;
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
pub use vault::{ChangePassphrase, Created, Links, Phrase, Recover, Secret, Strength};

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

/// Hands the list of commands to a macro: the name of each, what it asks for and what it answers. A shell
/// makes its routes from it, so that none is forgotten and none is there that is not listed.
#[macro_export]
macro_rules! for_each_command {
    ($with:ident) => {
        $with! {
            // before anything is unlocked
            about(Nothing) -> About;
            passphrase_strength(Secret) -> Strength;
            create(Secret) -> Created;
            unlock(Secret) -> Overview;
            unlock_with_device(Nothing) -> Overview;
            recover(Recover) -> Overview;
            restore(RestoreVault) -> Overview;
            lock(Nothing) -> Nothing;
            // the wallet
            touch(Nothing) -> Nothing;
            links_take(Nothing) -> Links;
            overview(Nothing) -> Overview;
            notices(InLanguage) -> Notices;
            passphrase_change(ChangePassphrase) -> Nothing;
            phrase_show(Secret) -> Phrase;
            destroy(Secret) -> Nothing;
            // my information
            data_list(InLanguage) -> Data;
            data_set(SetData) -> Nothing;
            data_remove(RemoveData) -> Nothing;
            data_preview(ReadFile) -> Imported;
            data_import(ReadFile) -> Imported;
            // requests and offers
            agencies(InLanguage) -> Agencies;
            purposes(InLanguage) -> Purposes;
            request_review(ReadRequest) -> ReviewView;
            direct_review(DirectRequest) -> ReviewView;
            request_grant(SignReviewed) -> Granted;
            request_decline(ByReview) -> SaidNo;
            declined_list(Nothing) -> DeclinedList;
            offers_list(InLanguage) -> Offers;
            offer_review(ReadOffer) -> ReviewView;
            offer_dismiss(ByOffer) -> Nothing;
            // sharing
            grants_list(InLanguage) -> Grants;
            grant_narrow(NarrowGrant) -> Granted;
            grant_revoke(ByGrant) -> Acted;
            grant_suspend(ByGrant) -> Acted;
            grant_resume(ByGrant) -> Acted;
            revoke_all(Nothing) -> Ended;
            grant_receipt(SaveReceipt) -> Saved;
            proof_check(ByGrant) -> Proof;
            // who looked
            looks_list(InLanguage) -> Looks;
            looks_seen(Nothing) -> Nothing;
            history_list(InLanguage) -> History;
            history_export(SaveHistory) -> Saved;
            card(InLanguage) -> Card;
            // the verifier
            verifier_set(NameVerifier) -> Round;
            sync(Nothing) -> Round;
            findings(Nothing) -> Findings;
            findings_seen(Nothing) -> Nothing;
            // files and settings
            backup(SaveFile) -> Saved;
            export(SaveFile) -> Saved;
            evidence_bundle(SaveWords) -> Saved;
            settings(Nothing) -> Settings;
            settings_set(ChangeSettings) -> Settings;
            device_unlock_set(SetDeviceUnlock) -> Settings;
        }
    };
}
