//! Creating, locking, wrong passphrases, recovery and deletion, without a window.

use super::*;
use crate::testing::{PASSPHRASE, app, secret, unlocked};

fn code<T>(answer: Result<T, CommandError>) -> (Code, Option<&'static str>) {
    let error = answer.err().expect("a refusal");
    (error.code, error.field)
}

#[tokio::test]
async fn a_vault_is_created_locked_and_unlocked_again() {
    let (_folder, app) = app();
    assert!(!app.about(Nothing {}).await.unwrap().exists);
    assert_eq!(code(app.overview(Nothing {}).await), (Code::Locked, None));
    let created = app.create(secret(PASSPHRASE)).await.unwrap();
    assert_eq!(created.recovery_phrase.len(), 24);
    app.lock(Nothing {}).await.unwrap();
    assert_eq!(code(app.overview(Nothing {}).await), (Code::Locked, None));
    let wrong = app.unlock(secret("another river in spate")).await;
    assert_eq!(code(wrong), (Code::WrongPassphrase, Some("passphrase")));
    assert_eq!(app.unlock(secret(PASSPHRASE)).await.unwrap().in_force, 0);
    assert!(app.about(Nothing {}).await.unwrap().unlocked);
}

#[tokio::test]
async fn nothing_is_overwritten_and_weak_passphrases_are_refused() {
    let (_folder, app) = app();
    assert_eq!(code(app.create(secret("")).await).0, Code::PassphraseEmpty);
    assert_eq!(
        code(app.create(secret("password1")).await),
        (Code::PassphraseWeak, Some("passphrase"))
    );
    app.create(secret(PASSPHRASE)).await.unwrap();
    app.close().await;
    assert_eq!(
        code(app.create(secret(PASSPHRASE)).await).0,
        Code::VaultExists
    );
}

#[tokio::test]
async fn after_the_fourth_wrong_passphrase_even_the_right_one_waits() {
    let (_folder, app) = unlocked().await;
    app.close().await;
    for _ in 0..8 {
        app.door().tries(app::now());
    }
    assert_eq!(
        code(app.unlock(secret(PASSPHRASE)).await),
        (Code::TooSoon, Some("passphrase"))
    );
    assert!(app.about(Nothing {}).await.unwrap().wait_seconds > 0);
}

#[tokio::test]
async fn a_wrong_passphrase_changes_nothing_and_counts() {
    let (_folder, app) = unlocked().await;
    let change = || ChangePassphrase {
        current: "wrong".into(),
        passphrase: "quite another river".into(),
    };
    for _ in 0..3 {
        assert_eq!(
            code(app.passphrase_change(change()).await),
            (Code::WrongPassphrase, Some("current"))
        );
    }
    assert_eq!(
        code(app.passphrase_change(change()).await),
        (Code::TooSoon, Some("current"))
    );
    app.door().was_right();
    assert!(app.is_unlocked());
    let change = ChangePassphrase {
        current: PASSPHRASE.into(),
        passphrase: "quite another river".into(),
    };
    app.passphrase_change(change).await.unwrap();
    app.close().await;
    assert_eq!(
        code(app.unlock(secret(PASSPHRASE)).await).0,
        Code::WrongPassphrase
    );
    app.unlock(secret("quite another river")).await.unwrap();
}

#[tokio::test]
async fn the_words_open_it_when_the_passphrase_is_forgotten() {
    let (_folder, app) = app();
    let words = app
        .create(secret(PASSPHRASE))
        .await
        .unwrap()
        .recovery_phrase
        .clone();
    assert_eq!(
        app.phrase_show(secret(PASSPHRASE))
            .await
            .unwrap()
            .words
            .clone(),
        words
    );
    app.close().await;
    let recover = |phrase: String| Recover {
        phrase,
        passphrase: "a new one, long enough".into(),
    };
    assert_eq!(
        code(app.recover(recover("one two".into())).await),
        (Code::PhraseCount, Some("phrase"))
    );
    app.recover(recover(words.join(" "))).await.unwrap();
    app.close().await;
    app.unlock(secret("a new one, long enough")).await.unwrap();
}

#[tokio::test]
async fn deleting_everything_needs_the_passphrase_and_leaves_no_vault() {
    let (folder, app) = unlocked().await;
    assert_eq!(
        code(app.destroy(secret("wrong")).await).0,
        Code::WrongPassphrase
    );
    app.destroy(secret(PASSPHRASE)).await.unwrap();
    assert!(!app.about(Nothing {}).await.unwrap().exists);
    let left: Vec<_> = fs::read_dir(folder.path().join("new folder"))
        .unwrap()
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
