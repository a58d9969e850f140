//! What an agency's software makes of a share that it is given: only what is sealed for it, under this consent, and
//! holds exactly what the consent names, is used at all.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use agency::{AgencyError, Authentication, Cache, Identity, Online, Opened};
use consent_token::{
    statement::AgencyAct,
    term::Release,
    token::{self, VerifiedToken},
};
use protocol::{
    VerifierClient, Version1,
    share::{KemKey, KemSecret, Share, ShareError},
};
use serde_json::{Value, json};
use support::{BASE, Double, agency, now, token_with};

struct Scene {
    _dir: tempfile::TempDir,
    agency: Identity,
    double: Double,
    pins: agency::Pins,
    token: VerifiedToken,
}

impl Scene {
    async fn new(release: Release) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let agency = agency(dir.path());
        let double = Double::new(&agency);
        let client = VerifierClient::new(BASE, double.clone());
        let mut cache = Cache::open(&agency).unwrap();
        let pins = cache.connect(&client, None).await.unwrap().clone();
        let compact = token_with(&agency, 9, 0, |consent| {
            consent.datatypes = vec!["home.address".into(), "home.access".into()];
            consent.release = release;
        });
        Scene {
            token: token::verify(&compact, &Version1).unwrap(),
            _dir: dir,
            agency,
            double,
            pins,
        }
    }

    fn key(&self) -> KemKey {
        let key = KemKey::preferred(&self.agency.entry().agency.jwks);
        key.unwrap().unwrap()
    }

    /// The verifier gives this when the share is read.
    fn gives(&self, paths: &[&str], token: &str, key: &KemKey) {
        let fields = paths
            .iter()
            .map(|path| ((*path).to_owned(), json!("a value")));
        let share = Share::new(1, fields.collect(), now());
        let sealed = share.seal(token, key, &[7; 64]).unwrap();
        self.double.set(|state| state.envelope = sealed.to_bytes());
    }

    async fn reads(&self, act: AgencyAct) -> Result<Opened, AgencyError> {
        let client = VerifierClient::new(BASE, self.double.clone());
        let line = Online::new(&self.agency, &self.pins, client, Authentication::Dpop);
        line.read(self.token.clone(), act, now()).await
    }

    async fn refused(&self) -> ShareError {
        match self.reads(access()).await {
            Err(AgencyError::Share(why)) => why,
            other => panic!("{other:?}"),
        }
    }
}

fn access() -> AgencyAct {
    AgencyAct::Access {
        actor: "crew-1".into(),
        reason: "a visit".into(),
        datatypes: vec!["home.address".into()],
    }
}

const NAMED: [&str; 2] = ["home.address", "home.access"];

#[tokio::test]
async fn exactly_what_the_consent_names_is_taken() {
    let scene = Scene::new(Release::OnGrant).await;
    let token = scene.token.compact();
    scene.gives(&NAMED, token, &scene.key());
    assert_eq!(scene.reads(access()).await.unwrap().share.fields.len(), 2);
    for other in [
        &["home.address"][..],
        &["home.address", "home.access", "home.pets"],
        &["home.address", "home.pets"],
        &[],
    ] {
        scene.gives(other, token, &scene.key());
        assert_eq!(scene.refused().await, ShareError::OtherFields, "{other:?}");
    }
}

#[tokio::test]
async fn of_what_waits_for_an_incident_a_reading_takes_the_locator_alone() {
    let scene = Scene::new(Release::OnIncident).await;
    let token = scene.token.compact();
    scene.gives(&["home.address"], token, &scene.key());
    assert!(scene.reads(access()).await.is_ok());
    scene.gives(&NAMED, token, &scene.key());
    assert_eq!(scene.refused().await, ShareError::OtherFields);
    let open = AgencyAct::Open {
        incident: "INC-1".into(),
        actor: "desk-2".into(),
        position: "control-2".into(),
        reason: "call".into(),
        basis: Default::default(),
    };
    assert!(scene.reads(open).await.is_ok());
}

#[tokio::test]
async fn what_is_for_another_key_of_another_consent_or_changed_is_not_opened() {
    let scene = Scene::new(Release::OnGrant).await;
    let (token, own) = (scene.token.compact(), scene.key());
    let stranger = KemSecret::derive_x25519(&[5; 32].into());
    scene.gives(&NAMED, token, stranger.public());
    assert_eq!(scene.refused().await, ShareError::OtherRecipient);
    let other = token_with(&scene.agency, 8, 0, |_| {});
    scene.gives(&NAMED, &other, &own);
    assert_eq!(scene.refused().await, ShareError::Forged);
    scene.gives(&NAMED, token, &own);
    let whole = scene.double.0.lock().unwrap().envelope.clone();
    let mut sealed: Value = serde_json::from_slice(&whole).unwrap();
    let ct = sealed["ct"].as_str().unwrap().to_owned();
    for changed in [
        format!(
            "{}{}",
            if ct.starts_with('A') { "B" } else { "A" },
            &ct[1..]
        ),
        ct[..ct.len() - 4].to_owned(),
    ] {
        sealed["ct"] = changed.into();
        let bytes = sealed.to_string().into_bytes();
        scene.double.set(|state| state.envelope = bytes);
        assert_eq!(scene.refused().await, ShareError::Forged);
    }
}

#[tokio::test]
async fn a_share_whose_reading_is_not_proven_to_be_on_record_is_not_opened() {
    let scene = Scene::new(Release::OnGrant).await;
    scene.gives(&NAMED, scene.token.compact(), &scene.key());
    scene
        .double
        .set(|state| state.proof_of = Some("another act".into()));
    let refused = scene.reads(access()).await;
    assert!(matches!(refused, Err(AgencyError::Receipt(_))));
}
