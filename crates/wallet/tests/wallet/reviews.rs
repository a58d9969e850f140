//! What is asked, before anything is signed.

use consent_token::{
    request::{self, Link},
    term::{LegalBasis, Release},
};
use profile::Lang;
use wallet::{Choice, WalletError, Warning};

use crate::{
    Scene,
    double::{AMBULANCE, FIRE, Mischief, agency_id, agency_key},
    signed,
};

fn path(path: &str) -> profile::Path {
    path.parse().unwrap()
}

#[tokio::test]
async fn who_and_why_and_what_in_words() {
    let mut scene = Scene::new().await;
    let review = scene
        .wallet
        .review(&signed(&scene.request()), Lang::Cy)
        .unwrap();
    assert_eq!(review.agency.name, "Sample Ambulance Trust (Cymraeg)");
    assert_eq!(review.purposes[0].label, "Ymateb i argyfwng");
    assert_eq!(
        (
            review.items.len(),
            review.items[0].required,
            review.items[2].special
        ),
        (3, true, true)
    );
    assert_eq!(
        review.items[0].value.as_ref().unwrap()["text"],
        "Megan Powell"
    );
    let year = 365 * 86_400;
    assert_eq!(review.ends_at.since(scene.now()), year);
}

#[tokio::test]
async fn nothing_of_a_request_by_the_wrong_one_is_shown() {
    let mut scene = Scene::new().await;
    let asked = scene.request();
    let code = |scene: &mut Scene, compact: &str| {
        scene.wallet.review(compact, Lang::En).unwrap_err().code()
    };
    let other_key = request::sign(&asked, &agency_key(FIRE)).unwrap();
    assert_eq!(code(&mut scene, &other_key), "wrong_agency_key");
    let stranger = request::RequestObject {
        client_id: "https://stranger.example".parse().unwrap(),
        ..asked.clone()
    };
    assert_eq!(code(&mut scene, &signed(&stranger)), "unknown_agency");
    let changed = signed(&asked).replace('.', ".A");
    assert_eq!(code(&mut scene, &changed), "malformed");
    scene.clock.pass(3600 + 61);
    assert_eq!(code(&mut scene, &signed(&asked)), "expired");
}

#[tokio::test]
async fn warnings_say_what_speaks_against_it() {
    let mut scene = Scene::new().await;
    let mut asked = scene.request();
    asked.consent.purposes = vec!["service-improvement".into()];
    asked.consent.datatypes = ["identity.name", "home.key_safe", "needs.sight"]
        .map(String::from)
        .to_vec();
    asked.consent.release = Release::OnIncident;
    asked.consent.basis = Some(
        "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d"
            .parse::<LegalBasis>()
            .unwrap(),
    );
    asked.consent.max_duration = "P3Y".parse().unwrap();
    let warnings = scene
        .wallet
        .review(&signed(&asked), Lang::En)
        .unwrap()
        .warnings;
    assert_eq!(warnings.len(), 5, "{warnings:?}");
    assert!(warnings.contains(&Warning::MoreThanNeeded {
        path: path("identity.name")
    }));
    assert!(warnings.contains(&Warning::NeverOnIncident {
        path: path("home.key_safe")
    }));
    assert!(warnings.contains(&Warning::NothingThere {
        path: path("needs.sight")
    }));
    assert!(
        warnings
            .iter()
            .any(|warning| matches!(warning, Warning::OtherBasis { .. }))
    );
    assert!(warnings.contains(&Warning::RunsLong));
}

#[tokio::test]
async fn what_opens_only_by_name_is_left_out_of_emergencies() {
    let mut scene = Scene::new().await;
    let mut asked = scene.circle_request();
    asked.consent.datatypes.push("home.key_safe".into());
    asked.consent.release = Release::OnIncident;
    let review = scene.wallet.review(&signed(&asked), Lang::En).unwrap();
    let grants = scene.wallet.sign(&review, &Choice::default()).unwrap();
    assert!(
        grants
            .iter()
            .all(|grant| !grant.consent.covers_path("home.key_safe"))
    );
}

#[tokio::test]
async fn choices_are_held_to_the_request() {
    let mut scene = Scene::new().await;
    let review = scene
        .wallet
        .review(&signed(&scene.request()), Lang::En)
        .unwrap();
    let mut code = |without: &[&str], days: Option<i64>| {
        let ends_at = days.map(|days| scene.clock.now().plus(days * 86_400));
        let choice = Choice {
            without: without.iter().map(|item| path(item)).collect(),
            ends_at,
        };
        scene
            .wallet
            .sign(&review, &choice)
            .err()
            .map(|error| error.code())
    };
    assert_eq!(code(&["identity.name"], None), Some("answer"));
    assert_eq!(code(&["needs.sight"], None), Some("answer"));
    assert_eq!(code(&[], Some(-1)), Some("ends_in_past"));
    assert_eq!(code(&[], Some(366)), Some("ends_too_late"));
    assert_eq!(code(&[], Some(30)), None);
}

#[tokio::test]
async fn the_same_request_twice_is_told() {
    let mut scene = Scene::new().await;
    let compact = signed(&scene.request());
    let review = scene.wallet.review(&compact, Lang::En).unwrap();
    let grant = scene
        .wallet
        .sign(&review, &Choice::default())
        .unwrap()
        .remove(0)
        .id;
    let again = scene.wallet.review(&compact, Lang::En).unwrap();
    assert!(again.warnings.contains(&Warning::Answered { grant }));
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_not_signed() {
    let mut scene = Scene::new().await;
    let review = scene
        .wallet
        .review(&signed(&scene.request()), Lang::En)
        .unwrap();
    scene.clock.pass(3600);
    assert_eq!(
        scene
            .wallet
            .sign(&review, &Choice::default())
            .unwrap_err()
            .code(),
        "expired"
    );
}

#[tokio::test]
async fn a_link_must_name_the_agency_of_its_request() {
    let mut scene = Scene::new().await;
    let line = scene.line.clone();
    let compact = signed(&scene.request());
    let link = |client: &str| {
        Link::Inline {
            client_id: agency_id(client),
            request: compact.clone(),
        }
        .to_string()
    };
    assert_eq!(
        scene
            .wallet
            .fetch_request(&line, &link(AMBULANCE))
            .await
            .unwrap(),
        compact
    );
    assert_eq!(
        scene
            .wallet
            .fetch_request(&line, &format!(" {compact}\n"))
            .await
            .unwrap(),
        compact
    );
    let mixed = scene
        .wallet
        .fetch_request(&line, &link(FIRE))
        .await
        .unwrap_err();
    assert!(matches!(mixed, WalletError::OtherAgency { .. }));
    assert_eq!(
        scene
            .wallet
            .fetch_request(&line, "assent://other?x=1")
            .await
            .unwrap_err()
            .code(),
        "link"
    );
    scene.double.mischief(Mischief::Offline);
    let offline = scene
        .wallet
        .fetch_request(&line, "https://ambulance.county.example/r/1")
        .await
        .unwrap_err();
    assert_eq!(offline.code(), "unreachable");
}
