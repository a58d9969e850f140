//! What an agency's software makes of a share that it is given: only what is sealed for it, under this consent, and
//! holds exactly what the consent names, is used at all.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use agency::{
    AgencyError, Authentication, Cache, Identity, Online, Opened, Opening, Record, Sought,
};
use consent_token::{
    id::Jti,
    key::SigningKey,
    statement::{AgencyAct, HolderAct, HolderStatement, sign_holder},
    term::{Action, Release},
    token::{self, VerifiedToken},
};
use protocol::{
    VerifierClient, Version1,
    share::{KemKey, KemSecret, Share, ShareError},
};
use serde_json::{Value, json};
use support::{BASE, Double, agency, announcement, now, token_with};

struct Scene {
    _dir: tempfile::TempDir,
    agency: Identity,
    double: Double,
    pins: agency::Pins,
    token: VerifiedToken,
}

impl Scene {
    async fn new(release: Release) -> Self {
        Scene::allowing(release, &[Action::Read]).await
    }

    async fn allowing(release: Release, actions: &[Action]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let agency = agency(dir.path());
        let double = Double::new(&agency);
        let client = VerifierClient::new(BASE, double.clone());
        let mut cache = Cache::open(&agency).unwrap();
        let pins = cache.connect(&client, None).await.unwrap().clone();
        let compact = token_with(&agency, 9, 0, |consent| {
            consent.datatypes = vec!["home.address".into(), "home.access".into()];
            consent.release = release;
            consent.actions = actions.to_vec();
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

    /// The verifier gives this when the share is read, and the person announced it.
    fn gives(&self, paths: &[&str], token: &str, key: &KemKey) {
        self.announced(sealed(paths, token, key, 1), (1, 1), |_| {});
    }

    fn announced(
        &self,
        sealed: Vec<u8>,
        numbers: (u64, u64),
        change: impl FnOnce(&mut HolderStatement),
    ) {
        let word = announcement(&sealed, numbers, change);
        self.double.set(|state| {
            (state.envelope, state.announcement) = (sealed, Some(word));
        });
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

fn sealed(paths: &[&str], token: &str, key: &KemKey, revision: u64) -> Vec<u8> {
    let fields = paths
        .iter()
        .map(|path| ((*path).to_owned(), json!("a value")));
    let share = Share::new(revision, fields.collect(), now());
    share.seal(token, key, &[7; 64]).unwrap().to_bytes()
}

fn open() -> AgencyAct {
    AgencyAct::Open {
        incident: "INC-1".into(),
        actor: "desk-2".into(),
        position: "control-2".into(),
        reason: "call".into(),
        basis: Default::default(),
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
    assert!(scene.reads(open()).await.is_ok());
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
        scene.announced(sealed.to_string().into_bytes(), (1, 1), |_| {});
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

#[tokio::test]
async fn what_the_person_did_not_announce_is_not_opened() {
    let scene = Scene::new(Release::OnGrant).await;
    let (token, key) = (scene.token.compact(), scene.key());
    scene.gives(&NAMED, token, &key);
    assert!(scene.reads(access()).await.is_ok());
    let given = |announcement: Option<String>| {
        scene.double.set(|state| state.announcement = announcement);
    };
    // By a verifier of before, or one that holds it back.
    given(None);
    assert_eq!(scene.refused().await, ShareError::Unannounced);
    // Sealed by the verifier itself: it knows the agency's key and the token.
    let own = sealed(&NAMED, token, &key, 1);
    scene.announced(sealed(&NAMED, token, &key, 2), (1, 2), |_| {});
    scene.double.set(|state| state.envelope = own);
    assert_eq!(scene.refused().await, ShareError::NotAnnounced);
    // The same bytes in another size cannot be; a statement that says so is of something else.
    let bytes = sealed(&NAMED, token, &key, 1);
    scene.announced(bytes.clone(), (1, 1), |statement| {
        if let HolderAct::Share { size, .. } = &mut statement.act {
            *size += 1;
        }
    });
    assert_eq!(scene.refused().await, ShareError::NotAnnounced);
    // Another revision inside than outside.
    scene.announced(sealed(&NAMED, token, &key, 77), (1, 6), |_| {});
    assert_eq!(scene.refused().await, ShareError::OtherRevision);
    // The person's word on another consent, or on something else.
    scene.announced(bytes.clone(), (1, 1), |statement| {
        statement.grant = Jti::from_bytes([3; 16]);
    });
    assert_eq!(scene.refused().await, ShareError::NotTheHolders);
    scene.announced(bytes.clone(), (1, 1), |statement| {
        statement.act = HolderAct::Resume;
    });
    assert_eq!(scene.refused().await, ShareError::NotTheHolders);
    // Somebody else's word.
    let stranger = SigningKey::from_seed([2; 32]);
    scene.announced(bytes.clone(), (1, 1), |_| {});
    let word = scene.double.0.lock().unwrap().announcement.clone().unwrap();
    let unverified = consent_token::statement::UnverifiedStatement::parse(&word).unwrap();
    let consent_token::statement::Statement::Holder(statement) = unverified.statement() else {
        panic!("a holder's");
    };
    let forged = HolderStatement {
        iss: stranger.holder_uri(),
        ..statement.clone()
    };
    given(Some(sign_holder(&forged, &stranger).unwrap()));
    assert_eq!(scene.refused().await, ShareError::NotTheHolders);
    let (signed, _) = word.rsplit_once('.').unwrap();
    for broken in [format!("{signed}."), "a.b.c".into(), String::new()] {
        given(Some(broken));
        assert_eq!(scene.refused().await, ShareError::NotTheHolders);
    }
    given(Some(word));
    assert!(scene.reads(access()).await.is_ok());
}

#[tokio::test]
async fn an_older_share_than_the_one_that_was_read_is_refused_part_by_part() {
    let scene = Scene::new(Release::OnIncident).await;
    let (token, key) = (scene.token.compact(), scene.key());
    let locator = ["home.address"];
    let mut record = Record::open(&scene.agency).unwrap();
    let mut read = async |paths: &[&str], seq, act| {
        scene.announced(sealed(paths, token, &key, seq), (seq, seq), |_| {});
        let opened = scene.reads(act).await.unwrap();
        record.read(&opened, now())
    };
    let older = Err(AgencyError::Share(ShareError::Older));
    assert_eq!(read(&locator, 5, access()).await, Ok(()));
    assert_eq!(read(&NAMED, 3, open()).await, Ok(()), "a part of its own");
    assert_eq!(read(&locator, 5, access()).await, Ok(()), "the same again");
    assert_eq!(read(&locator, 4, access()).await, older);
    assert_eq!(read(&NAMED, 4, open()).await, Ok(()));
    assert_eq!(read(&NAMED, 3, open()).await, older);
    // What was deleted since is not forgotten, nor by another program in the folder.
    let grant = scene.token.claims().jti;
    Record::open(&scene.agency)
        .unwrap()
        .erased(grant, now())
        .unwrap();
    assert_eq!(read(&NAMED, 3, open()).await, older);
    assert_eq!(read(&NAMED, 9, open()).await, Ok(()));
}

#[tokio::test]
async fn without_the_action_read_nothing_is_read_and_nothing_is_asked() {
    for release in [Release::OnGrant, Release::OnIncident] {
        let scene = Scene::allowing(release, &[Action::Store, Action::Forward]).await;
        scene.gives(&NAMED, scene.token.compact(), &scene.key());
        scene.double.asked();
        for act in [access(), open()] {
            let refused = scene.reads(act).await.unwrap_err();
            assert_eq!((refused.code(), refused.is_refusal()), ("wrong_act", true));
        }
        assert_eq!(scene.double.asked(), Vec::<String>::new());
    }
}

#[test]
fn an_opening_is_one_persons_for_one_reason_and_one_incident() {
    let dir = tempfile::tempdir().unwrap();
    let mut record = Record::open(&agency(dir.path())).unwrap();
    let grant = Jti::from_bytes([9; 16]);
    let opening = |incident: &str, actor: &str, reason: &str, at: i64, statement: &str| Opening {
        incident: incident.into(),
        actor: actor.into(),
        reason: reason.into(),
        at: now().plus(at),
        statement: statement.into(),
    };
    record
        .opened(grant, opening("INC-1", "desk-2", "call", 0, "a"))
        .unwrap();
    record
        .opened(grant, opening("INC-1", "desk-3", "call", 60, "b"))
        .unwrap();
    let find = |record: &Record, words: (&str, Option<&str>, Option<&str>), at| {
        let (incident, actor, reason) = words;
        let sought = Sought {
            incident,
            actor,
            reason,
        };
        let found = record.opening(&grant, &sought, now().plus(at));
        let until = record.open_until(&grant, &sought, now().plus(at));
        assert_eq!(found.is_some(), until.is_some());
        found.map(str::to_owned)
    };
    for (words, expected) in [
        (("INC-1", Some("desk-2"), Some("call")), Some("a")),
        (("INC-1", Some("desk-3"), Some("call")), Some("b")),
        (("INC-1", Some("desk-3"), Some("welfare-check")), None),
        (("INC-1", Some("desk-4"), Some("call")), None),
        (("INC-2", Some("desk-2"), Some("call")), None),
        (("INC-1", None, None), Some("b")),
    ] {
        assert_eq!(find(&record, words, 61).as_deref(), expected, "{words:?}");
    }
    let own = ("INC-1", Some("desk-2"), Some("call"));
    assert_eq!(find(&record, own, 7199).as_deref(), Some("a"));
    assert_eq!(find(&record, own, 7200), None);
    record
        .opened(grant, opening("INC-1", "desk-2", "call", 7300, "c"))
        .unwrap();
    assert_eq!(find(&record, own, 7301).as_deref(), Some("c"));
}
