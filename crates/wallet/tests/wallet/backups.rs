//! A vault out of a backup knows less than happened; nothing that it does may bring a consent back.

use vault::{Credential, Vault};
use wallet::{Done, ShareOutcome, Standing, State, Wallet};

use crate::{
    Scene,
    double::{AMBULANCE, HEALTH, Mischief, TestDevice},
    passphrase,
};

impl Scene {
    fn back_up(&self) {
        self.wallet
            .vault()
            .backup(self.folder.path().join("backup.vault"))
            .unwrap();
    }

    /// The wallet is lost and comes back from the backup.
    fn restore(&mut self) {
        let (backup, target) = (
            self.folder.path().join("backup.vault"),
            self.folder.path().join("restored.vault"),
        );
        let passphrase = passphrase();
        let restored =
            Vault::restore(backup, target, &Credential::Passphrase(&passphrase)).unwrap();
        self.wallet = Wallet::new(restored, Box::new(TestDevice(self.clock.clone())));
        self.wallet.settle_after_restore().unwrap();
    }
}

#[tokio::test]
async fn what_was_revoked_after_the_backup_stays_revoked() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.back_up();
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.send().await;
    scene.restore();
    assert_eq!(
        scene.get(grant.id).standing,
        Standing::Valid,
        "the backup does not know"
    );
    scene.wallet.suspend(&grant.id).unwrap();
    let summary = scene.sync().await;
    assert_eq!(summary.waiting, []);
    assert_eq!(summary.evidence, []);
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Revoked);
    assert_eq!(scene.double.status(grant.slot.idx), 1);
}

#[tokio::test]
async fn what_is_shared_after_a_restore_has_a_number_above_all_before() {
    let mut scene = Scene::new().await;
    scene.grant(HEALTH).await;
    scene.back_up();
    let path = "identity.name".parse().unwrap();
    for name in ["One", "Two", "Three"] {
        scene.wallet.set_data(&path, name.into()).unwrap();
        scene.sync().await;
    }
    scene.restore();
    // The wallet's numbers are behind what the verifier has; it learns that from the history.
    scene.sync().await;
    let shared = scene.sync().await.shared;
    let ShareOutcome::Sent { revision } = shared[0].outcome else {
        panic!("{shared:?}")
    };
    assert!(revision > 4, "{revision} was used before the restore");
}

#[tokio::test]
async fn revoking_once_more_takes_the_first_ones_receipt() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.back_up();
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.send().await;
    scene.restore();
    assert_eq!(scene.wallet.revoke(&grant.id, None).unwrap(), Done::Queued);
    let summary = scene.send().await;
    assert_eq!((summary.waiting, summary.evidence), (vec![], vec![]));
    assert_eq!(scene.get(grant.id).standing, Standing::Revoked);
}

#[tokio::test]
async fn a_resumption_that_waited_in_the_backup_is_not_sent() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.wallet.suspend(&grant.id).unwrap();
    scene.send().await;
    scene.double.mischief(Mischief::Offline);
    scene.wallet.resume(&grant.id).unwrap();
    scene.back_up();
    scene.double.mischief(Mischief::None);
    scene.restore();
    let summary = scene.sync().await;
    assert_eq!(summary.sent, []);
    assert_eq!(scene.double.status(grant.slot.idx), 2);
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Suspended);
}

#[tokio::test]
async fn seq_never_falls_behind_what_was_used_after_the_backup() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.back_up();
    for _ in 0..3 {
        scene.wallet.suspend(&grant.id).unwrap();
        scene.wallet.resume(&grant.id).unwrap();
    }
    scene.send().await;
    scene.clock.pass(3600);
    scene.restore();
    scene.wallet.suspend(&grant.id).unwrap();
    scene.send().await;
    assert_eq!(
        scene.double.status(grant.slot.idx),
        2,
        "the fresh decision is not stale"
    );
}

#[tokio::test]
async fn a_consent_withdrawn_after_the_backup_is_not_registered_by_it() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.back_up();
    assert_eq!(
        scene.wallet.revoke(&grant.id, None).unwrap(),
        Done::NeverSent
    );
    scene.restore();
    let summary = scene.sync().await;
    assert_eq!(summary.sent[0].outcome, wallet::Outcome::Dropped);
    assert_eq!(scene.double.status(grant.slot.idx), 3);
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Revoked);
}

#[tokio::test]
async fn a_consent_registered_after_the_backup_is_found_again() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.back_up();
    scene.send().await;
    scene.restore();
    let summary = scene.sync().await;
    assert_eq!((summary.waiting, summary.evidence), (vec![], vec![]));
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Valid);
    assert_eq!(scene.get(grant.id).receipts.len(), 1);
}

#[tokio::test]
async fn an_older_checkpoint_in_the_backup_is_no_finding() {
    let mut scene = Scene::new().await;
    scene.back_up();
    scene.grant(AMBULANCE).await;
    scene.sync().await;
    scene.restore();
    assert_eq!(scene.sync().await.evidence, []);
    assert_eq!(scene.wallet.newest_checkpoint().unwrap().unwrap().size, 2);
}
