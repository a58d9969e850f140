//! A verifier in this process, two agencies of one circle, and residents who sign, share and take back.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use agency::{Entry, Identity};
use agency_desk::{Clock, Config, Console, Options, Sample, api::Role};
use consent_token::{
    id::{AgencyId, Digest, Jti, UnixSeconds},
    key::SigningKey,
    request::notice_digest,
    statement::{self, HolderAct, HolderStatement},
    term::{Action, ConsentType, Release},
    token::{self, Circle as InCircle, Claims, Consent, Notice, StatusRef},
};
use protocol::{
    Credential, HttpTransport, VerifierClient,
    api::GrantRequest,
    dpop,
    registry::{AgencyKind, Circle, Member, Tier},
    share::{KemKey, Part, Share, locator_paths},
};
use serde_json::{Map, Value, json};
use store_sqlite::SqliteStore;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use verifier::{
    Config as VerifierConfig, Keys, Server,
    registrar::{self, Act, DATABASE},
};

use crate::Browser;

pub(crate) const PASSWORD: &str = "a kettle on the hill";
pub(crate) const CIRCLE: &str = "https://council.example/circles/emergency";

/// Everything behind a console.
pub(crate) struct County {
    folder: tempfile::TempDir,
    pub(crate) verifier: String,
    pub(crate) client: VerifierClient<HttpTransport>,
}

/// Somebody with a key.
pub(crate) struct Resident {
    key: SigningKey,
    seq: AtomicI64,
}

/// A consent that was given.
#[derive(Clone)]
pub(crate) struct Given {
    pub(crate) id: Jti,
    pub(crate) token: String,
}

pub(crate) fn random() -> Jti {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    Jti::from_bytes(bytes)
}

pub(crate) fn now() -> UnixSeconds {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    UnixSeconds::new(seconds.try_into().unwrap()).unwrap()
}

fn id(kind: &str) -> AgencyId {
    format!("https://{kind}.example").parse().unwrap()
}

impl County {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("verifier");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let verifier = format!("http://{}", listener.local_addr().unwrap());
        verifier::create(&data, Some(&verifier)).unwrap();
        for (kind, what, name) in [
            ("fire", AgencyKind::Fire, "Fire and Rescue"),
            ("ambulance", AgencyKind::Ambulance, "Ambulance Trust"),
        ] {
            let dir = folder.path().join(kind);
            let mut entry = Entry::new(id(kind), name, what);
            entry
                .agency
                .names
                .insert("cy".into(), format!("Gwasanaeth {kind}"));
            let agency = Identity::create(&dir, entry).unwrap();
            let entry = agency.entry().agency.clone();
            registrar::act(&data, &Act::AddAgency(Box::new(entry)))
                .await
                .unwrap();
        }
        registrar::act(&data, &Act::AddCircle(Box::new(circle())))
            .await
            .unwrap();
        serve(&data, &verifier, listener).await;
        let client = VerifierClient::new(&verifier, HttpTransport::new().unwrap());
        County {
            folder,
            verifier,
            client,
        }
    }

    pub(crate) fn dir(&self, kind: &str) -> std::path::PathBuf {
        self.folder.path().join(kind)
    }

    /// A console of an agency, with a user for each role, and one with all.
    pub(crate) async fn console(&self, kind: &str) -> Desk {
        self.console_with(kind, Config::default()).await
    }

    pub(crate) async fn console_with(&self, kind: &str, config: Config) -> Desk {
        let sample = |user: &str, roles: &[Role]| Sample {
            user: user.into(),
            name: format!("{user} of the {kind} service"),
            password: PASSWORD.into(),
            roles: roles.to_vec(),
        };
        let sample = vec![
            sample("caseworker", &[Role::Caseworker]),
            sample("control-room", &[Role::ControlRoom]),
            sample("privacy-officer", &[Role::PrivacyOfficer]),
            sample("admin", &[Role::Admin]),
            sample("everything", &Role::ALL),
        ];
        self.console_of(kind, config, sample).await
    }

    pub(crate) async fn console_of(&self, kind: &str, config: Config, sample: Vec<Sample>) -> Desk {
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = ahead.clone();
        let options = Options {
            config,
            clock: Clock::new(move || now().plus(clock.load(Ordering::SeqCst))),
            verifier: Some(self.verifier.clone()),
            sample,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let agency = Identity::open(&self.dir(kind)).unwrap();
        let console = Console::new(agency, listener, options).await.unwrap();
        let url = console.url().to_owned();
        let code = console.set_up_code().map(str::to_owned);
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async move {
            // A test that forgets the console does not stop it.
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let running = tokio::spawn(async move { console.serve(stopped).await.unwrap() });
        Desk {
            url,
            code,
            ahead,
            stop,
            running,
        }
    }
}

fn circle() -> Circle {
    let tier = |tier: u8, paths: &[&str]| Tier {
        tier,
        names: Default::default(),
        datatypes: paths.iter().map(|path| (*path).to_owned()).collect(),
    };
    Circle {
        id: CIRCLE.into(),
        name: "Emergency response".into(),
        names: [("cy".to_owned(), "Ymateb i argyfwng".to_owned())].into(),
        tiers: vec![
            tier(1, &["identity.name", "contact.phone", "home.address"]),
            tier(2, &["needs.mobility", "home.pets"]),
            tier(3, &["health.conditions"]),
        ],
        members: vec![
            Member {
                agency: id("fire"),
                tiers: vec![1, 2],
            },
            Member {
                agency: id("ambulance"),
                tiers: vec![1, 2, 3],
            },
        ],
    }
}

async fn serve(data: &Path, url: &str, listener: TcpListener) {
    let store = SqliteStore::open(&data.join(DATABASE)).unwrap();
    let keys = Keys::read(data).unwrap();
    let server = Server::new(store, keys, VerifierConfig::default(), url.to_owned())
        .await
        .unwrap();
    tokio::spawn(async move {
        server
            .serve(listener, std::future::pending())
            .await
            .unwrap()
    });
}

/// A console that serves.
pub(crate) struct Desk {
    pub(crate) url: String,
    pub(crate) code: Option<String>,
    ahead: Arc<AtomicI64>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Desk {
    /// Stops it in good order; another console may open the folder then.
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.running.await.unwrap();
    }

    /// The console's clock goes on.
    pub(crate) fn later(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// A browser in which that user is signed in.
    pub(crate) async fn signed_in(&self, user: &str) -> Browser {
        let mut browser = self.browser();
        let (status, body) = browser.sign_in(user, PASSWORD).await;
        assert_eq!(status, 200, "{body}");
        browser
    }
}

/// What a resident wrote down.
pub(crate) fn fields(paths: &[&str]) -> Map<String, Value> {
    let all = json!({
        "identity.name": { "given": ["Emrys"], "family": "Bowen" },
        "contact.phone": [{ "number": "+44 29 2018 0199" }],
        "home.address": { "lines": ["17 Heol y Felin"], "town": "Cwm Derw", "postcode": "CF99 1AA" },
        "needs.mobility": ["23"],
        "home.pets": "A dog called Mot",
        "health.conditions": [{ "text": "Asthma" }],
    });
    let known = all.as_object().unwrap();
    paths
        .iter()
        .map(|path| {
            (
                (*path).to_owned(),
                known.get(*path).cloned().unwrap_or(Value::Null),
            )
        })
        .collect()
}

pub(crate) fn visit() -> Consent {
    consent(
        &["identity.name", "contact.phone", "home.address"],
        Release::OnGrant,
    )
}

/// For an emergency; with a case, for the circle.
pub(crate) fn emergency(case: Option<(Jti, u8)>) -> Consent {
    let paths = [
        "identity.name",
        "contact.phone",
        "home.address",
        "needs.mobility",
    ];
    let mut consent = consent(&paths, Release::OnIncident);
    consent.purposes = vec!["emergency-response".into()];
    consent.circle = case.map(|(case, tier)| InCircle {
        id: CIRCLE.into(),
        tier,
        case,
    });
    consent
}

pub(crate) fn consent(paths: &[&str], release: Release) -> Consent {
    Consent {
        kind: ConsentType::V1,
        purposes: vec!["fire-safety-visit".into()],
        datatypes: paths.iter().map(|path| (*path).to_owned()).collect(),
        actions: vec![Action::Read],
        release,
        retention: "P30D".parse().unwrap(),
        recipients: None,
        uses: None,
        circle: None,
        notice: Notice {
            digest: notice_digest("We read this to plan a visit."),
            lang: "en".parse().unwrap(),
            version: "1".into(),
        },
        basis: Default::default(),
        jurisdiction: "GB-WLS".parse().unwrap(),
    }
}

impl Resident {
    pub(crate) fn new(number: u8) -> Self {
        Resident {
            key: SigningKey::from_seed([number; 32]),
            seq: AtomicI64::new(0),
        }
    }

    /// Signs a consent, registers it and shares what it names.
    pub(crate) async fn gives(
        &self,
        county: &County,
        kind: &str,
        consent: Consent,
        req: Option<Jti>,
    ) -> Given {
        let wanted: Vec<&str> = consent.datatypes.iter().map(String::as_str).collect();
        let all = fields(&wanted);
        self.gives_with(county, kind, consent.clone(), req, all)
            .await
    }

    pub(crate) async fn gives_with(
        &self,
        county: &County,
        kind: &str,
        consent: Consent,
        req: Option<Jti>,
        all: Map<String, Value>,
    ) -> Given {
        let slot = county.client.slots(1).await.unwrap().remove(0);
        let agency = Identity::open(&county.dir(kind)).unwrap();
        let claims = Claims {
            iss: self.key.holder_uri(),
            sub_jwk: self.key.public().jwk(),
            aud: agency.id().clone(),
            jti: random(),
            iat: now(),
            nbf: now(),
            exp: now().plus(200 * 86_400),
            jkt: agency.key().thumbprint(),
            status: StatusRef {
                idx: slot.idx,
                uri: slot.uri.parse().unwrap(),
            },
            consent: consent.clone(),
            req,
        };
        let token = token::sign(&claims, &self.key).unwrap();
        let request = GrantRequest {
            token: token.clone(),
            ticket: slot.ticket,
            replaces: None,
        };
        county.client.register(&request).await.unwrap();
        let given = Given {
            id: claims.jti,
            token,
        };
        let seal = agency.sealing_keys()[0].public().clone();
        self.shares(county, &given, (Part::Whole, &seal), all.clone())
            .await;
        if consent.release == Release::OnIncident {
            let paths: Vec<&str> =
                locator_paths(consent.datatypes.iter().map(String::as_str)).collect();
            let locator = all
                .into_iter()
                .filter(|(path, _)| paths.contains(&path.as_str()))
                .collect();
            self.shares(county, &given, (Part::Locator, &seal), locator)
                .await;
        }
        given
    }

    async fn shares(
        &self,
        county: &County,
        given: &Given,
        (part, key): (Part, &KemKey),
        fields: Map<String, Value>,
    ) {
        let mut randomness = [0; 64];
        getrandom::fill(&mut randomness).unwrap();
        let revision = self.seq.load(Ordering::SeqCst).unsigned_abs() + 1;
        let sealed = Share::new(revision, fields, now())
            .seal(&given.token, key, &randomness)
            .unwrap();
        let path = format!("/v1/grants/{}/share", given.id);
        let url = format!("{}{path}", county.verifier);
        let expected = dpop::Expected {
            method: "PUT",
            url: &url,
            token: None,
            now: now(),
        };
        let proof = Credential::Dpop(dpop::prove(&self.key, &expected, random()));
        let uploaded = county
            .client
            .put_share(&given.id, part, &sealed, &proof)
            .await
            .unwrap();
        let act = HolderAct::Share {
            digest: Digest::of(&sealed.to_bytes()),
            size: uploaded.size,
            revision,
        };
        self.acts(county, given, act).await;
    }

    pub(crate) async fn acts(&self, county: &County, given: &Given, act: HolderAct) {
        let seq = self.seq.fetch_add(1, Ordering::SeqCst).unsigned_abs() + 1;
        let statement = HolderStatement {
            iss: self.key.holder_uri(),
            jti: random(),
            iat: now(),
            grant: given.id,
            seq,
            act,
        };
        let compact = statement::sign_holder(&statement, &self.key).unwrap();
        county.client.state(&compact).await.unwrap();
    }

    pub(crate) async fn takes_back(&self, county: &County, given: &Given) {
        self.acts(county, given, HolderAct::Revoke { reason: None })
            .await;
    }

    /// A signed no to a request.
    pub(crate) fn declines(&self, req: Jti) -> String {
        let no = statement::Decline {
            iss: self.key.holder_uri(),
            jti: random(),
            iat: now(),
            req,
            seq: None,
        };
        statement::sign_decline(&no, &self.key).unwrap()
    }
}
