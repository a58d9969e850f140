//! Offers: fetched whole, decided here, accepted by a consent; nothing that does not hold is shown.

use consent_token::{
    id::Jti,
    request::{Lifetime, RequestObject, sign_lasting},
};
use profile::{Lang, rule::Rule};
use protocol::offer::Offer;
use serde_json::{Value, json};
use wallet::{Choice, Step, WalletError};

use crate::{
    Scene,
    double::{AMBULANCE, Mischief, agency_id, agency_key},
};

const DAY: i64 = 86_400;

impl Scene {
    fn offer(&self, number: u8, rule: Value) -> Offer {
        let request = RequestObject {
            jti: Jti::from_bytes([number; 16]),
            exp: self.now().plus(30 * DAY),
            ..self.request()
        };
        let texts = |en: &str, cy: &str| {
            [
                ("en".parse().unwrap(), en.into()),
                ("cy".parse().unwrap(), cy.into()),
            ]
            .into()
        };
        Offer {
            iss: agency_id(AMBULANCE),
            jti: Jti::from_bytes([number; 16]),
            iat: self.now(),
            exp: self.now().plus(30 * DAY),
            title: texts("Help", "Cymorth"),
            text: texts("We call.", "Byddwn yn ffonio."),
            request: sign_lasting(&request, &agency_key(AMBULANCE), Lifetime::Offer).unwrap(),
            rule: Rule::parse(&rule).unwrap(),
        }
    }

    fn publish(&self, offers: &[Offer]) {
        let signed = offers
            .iter()
            .map(|offer| offer.sign(&agency_key(AMBULANCE)).unwrap());
        let signed: Vec<String> = signed.collect();
        self.double.with(|state| state.offers = signed);
    }
}

fn fits() -> Value {
    json!({"has": "identity.name"})
}

async fn scene() -> Scene {
    let mut scene = Scene::new().await;
    let name = json!({"text": "Megan Powell"});
    scene
        .wallet
        .set_data(&"identity.name".parse().unwrap(), name)
        .unwrap();
    scene
}

#[tokio::test]
async fn a_dismissed_offer_is_not_shown_again_and_nobody_is_told() {
    let mut scene = scene().await;
    let (one, two) = (scene.offer(1, fits()), scene.offer(2, fits()));
    scene.publish(&[one.clone(), two.clone()]);
    scene.wallet.refresh_offers(&scene.line).await.unwrap();
    let before = scene.double.with(|state| state.requests.len());
    assert_eq!(
        scene.wallet.dismiss_offer("no such").unwrap_err().code(),
        "unknown_offer"
    );
    assert_eq!(
        scene.wallet.dismiss_offer(&one.jti.to_string()).unwrap(),
        one.jti
    );
    assert_eq!(scene.double.with(|state| state.requests.len()), before);
    let shown = |scene: &mut Scene| {
        let shown = scene.wallet.offers(Lang::En).unwrap();
        shown.iter().map(|offer| offer.id).collect::<Vec<_>>()
    };
    assert_eq!(shown(&mut scene), [two.jti]);
    // It stays so when the document changes.
    scene.publish(&[one, scene.offer(3, fits())]);
    scene.wallet.refresh_offers(&scene.line).await.unwrap();
    assert_eq!(shown(&mut scene), [Jti::from_bytes([3; 16])]);
}

#[tokio::test]
async fn an_offer_is_shown_to_whom_it_fits_with_the_reason() {
    let mut scene = scene().await;
    scene.publish(&[
        scene.offer(1, fits()),
        scene.offer(2, json!({"has": "home.pets"})),
    ]);
    let before = scene.double.with(|state| state.requests.len());
    scene.wallet.refresh_offers(&scene.line).await.unwrap();
    let shown = scene.wallet.offers(Lang::Cy).unwrap();
    let [offer] = &shown[..] else {
        panic!("{shown:?}")
    };
    assert_eq!(
        (offer.id, offer.title.as_str(), offer.accepted),
        (Jti::from_bytes([1; 16]), "Cymorth", false)
    );
    assert!(offer.because.contains("Enw"), "{}", offer.because);
    let sent = scene.double.with(|state| state.requests.split_off(before));
    assert_eq!(
        sent.len(),
        1,
        "one request, the same for everybody: {sent:?}"
    );
    assert!(sent[0].1 == "/v1/offers" && sent[0].2.is_empty());
}

#[tokio::test]
async fn accepting_is_a_consent_like_any_other() {
    let mut scene = scene().await;
    scene.publish(&[scene.offer(1, fits())]);
    scene.sync().await;
    let id = Jti::from_bytes([1; 16]).to_string();
    let review = scene.wallet.review_offer(&id, Lang::En).unwrap();
    let grant = scene
        .wallet
        .sign(&review, &Choice::default())
        .unwrap()
        .remove(0);
    scene.send().await;
    assert!(scene.get(grant.id).is_registered());
    assert!(scene.wallet.offers(Lang::En).unwrap()[0].accepted);
    let alone = scene
        .wallet
        .review(&scene.offer(1, fits()).request, Lang::En);
    assert!(
        matches!(alone, Err(WalletError::Request(_))),
        "weeks are for offers only"
    );
}

#[tokio::test]
async fn what_does_not_hold_is_not_shown() {
    let mut scene = scene().await;
    let good = scene.offer(1, fits());
    let forged = scene
        .offer(2, fits())
        .sign(&agency_key("https://fire.county.example"))
        .unwrap();
    let signed = good.sign(&agency_key(AMBULANCE)).unwrap();
    scene
        .double
        .with(|state| state.offers = vec![forged, "rubbish".into(), signed]);
    scene.sync().await;
    assert_eq!(scene.wallet.offers(Lang::En).unwrap().len(), 1);
    scene.clock.pass(31 * DAY);
    assert!(scene.wallet.offers(Lang::En).unwrap().is_empty());
    let gone = scene.wallet.review_offer(&good.jti.to_string(), Lang::En);
    assert!(matches!(gone, Err(WalletError::UnknownOffer(_))));
}

#[tokio::test]
async fn without_a_connection_the_last_copy_stays() {
    let mut scene = scene().await;
    scene.publish(&[scene.offer(1, fits())]);
    scene.sync().await;
    scene.double.mischief(Mischief::Offline);
    let summary = scene.sync().await;
    assert!(
        summary
            .troubles
            .iter()
            .all(|trouble| trouble.step == Step::Connect)
    );
    assert_eq!(scene.wallet.offers(Lang::En).unwrap().len(), 1);
}
