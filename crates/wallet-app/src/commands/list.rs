//! The list of commands. The window's build script reads this file too, and makes a permission of each name;
//! so it stands alone.

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
            attachment_add(AttachPiece) -> Attached;
            attachment_save(SaveAttachment) -> Saved;
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
            key_changes_told(Nothing) -> Nothing;
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
