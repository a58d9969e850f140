//! The citizen's own data and wording.

use consent_token::term::Release;
use profile::Lang;
use serde_json::json;

use crate::{Scene, double::FIRE};

#[tokio::test]
async fn the_wallets_own_wording_says_who_what_and_until_when() {
    let mut scene = Scene::new().await;
    let direct = wallet::Direct {
        release: Release::OnIncident,
        ..scene.direct(FIRE)
    };
    let english = scene
        .wallet
        .review_direct(&direct, Lang::En)
        .unwrap()
        .notice;
    for words in [
        "Sample Fire and Rescue",
        "20 December 2026",
        "30 days",
        "only when an emergency is declared",
    ] {
        assert!(english.contains(words), "{words} is not in: {english}");
    }
    let welsh = scene
        .wallet
        .review_direct(&direct, Lang::Cy)
        .unwrap()
        .notice;
    for words in [
        "Sample Fire and Rescue (Cymraeg)",
        "20 Rhagfyr 2026",
        "30 diwrnod",
    ] {
        assert!(welsh.contains(words), "{words} is not in: {welsh}");
    }
}

#[test]
fn data_are_set_shown_and_removed() {
    let mut scene = Scene::fresh();
    let phone: profile::Path = "contact.phone".parse().unwrap();
    scene
        .wallet
        .set_data(&phone, json!("029 2018 0000"))
        .unwrap();
    assert_eq!(
        scene.wallet.profile().unwrap().value(&phone).unwrap()[0]["number"],
        "029 2018 0000"
    );
    let refused = scene.wallet.set_data(&phone, json!(17)).unwrap_err();
    assert_eq!(refused.code(), "value");
    assert!(scene.wallet.remove_data(&phone).unwrap());
    assert!(!scene.wallet.remove_data(&phone).unwrap());
    assert!(scene.wallet.profile().unwrap().is_empty());
}

#[test]
fn an_import_is_all_or_nothing_and_an_export_comes_back() {
    let mut scene = Scene::fresh();
    let imported = scene
        .wallet
        .import(br#"{"fields":{"contact.email":"megan@powell.example","no.such":1}}"#)
        .unwrap();
    assert_eq!((imported.fields.len(), imported.unmapped.len()), (1, 1));
    assert!(scene.wallet.import(b"not a file").is_err());
    let export = serde_json::to_vec(&scene.wallet.export().unwrap()).unwrap();
    let mut other = Scene::fresh();
    other.wallet.import(&export).unwrap();
    assert_eq!(
        other.wallet.profile().unwrap(),
        scene.wallet.profile().unwrap()
    );
}
