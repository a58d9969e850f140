//! The wallet against a verifier in this process that is honest unless it is told otherwise.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it is wrong"
)]
#![allow(unreachable_pub, reason = "a test program has no outside")]

mod acts;
mod answers;
mod backups;
mod double;
mod grants;
mod looks;
mod misbehaviour;
mod narrowing;
mod offers;
mod offline;
mod reviews;
mod shares;
mod words;

use consent_token::{
    id::{Jti, UnixSeconds},
    request::{self, RequestObject, RequestedCircle, RequestedConsent, RequestedNotice},
    term::{Action, ConsentType, Release},
};
use double::{AMBULANCE, CIRCLE, Clock, Double, TestDevice, agency_id, agency_key};
use profile::Lang;
use serde_json::json;
use tempfile::TempDir;
use vault::{Argon2Params, Passphrase, Vault};
use wallet::{Choice, Direct, Grant, Line, Summary, Wallet};

/// A wallet, its verifier and their clock.
struct Scene {
    clock: Clock,
    double: Double,
    wallet: Wallet,
    line: Line<Double>,
    folder: TempDir,
}

fn passphrase() -> Passphrase {
    Passphrase::new("a quiet river under seven stones").unwrap()
}

impl Scene {
    /// A wallet that has synchronised once and has data.
    async fn new() -> Self {
        let mut scene = Self::fresh();
        for (path, value) in [
            ("identity.name", json!("Megan Powell")),
            (
                "home.address",
                json!({ "lines": ["1 Harbour Street"], "locality": "Aberwylan" }),
            ),
            ("health.conditions", json!(["asthma"])),
        ] {
            // The exact shape of an address is the profile's; only the name matters here.
            let _ = scene.wallet.set_data(&path.parse().unwrap(), value);
        }
        let summary = scene.sync().await;
        assert_eq!(summary.troubles, []);
        scene
    }

    /// A wallet that was never online.
    fn fresh() -> Self {
        let (clock, folder) = (Clock::new(), tempfile::tempdir().unwrap());
        let double = Double::new(&clock);
        let vault = Vault::create(
            folder.path().join("wallet.vault"),
            &passphrase(),
            Argon2Params::MINIMUM,
        )
        .unwrap()
        .0;
        let wallet = Wallet::new(vault, Box::new(TestDevice(clock.clone())));
        let line = Line::new(double::ISSUER, double.clone());
        Scene {
            clock,
            double,
            wallet,
            line,
            folder,
        }
    }

    async fn sync(&mut self) -> Summary {
        self.wallet.sync(&self.line).await.unwrap()
    }

    async fn send(&mut self) -> Summary {
        self.wallet.send(&self.line).await.unwrap()
    }

    /// Signs a consent to an agency on the citizen's own account; nothing is sent.
    fn sign(&mut self, agency: &str) -> Grant {
        let direct = self.direct(agency);
        let review = self.wallet.review_direct(&direct, Lang::En).unwrap();
        self.wallet
            .sign(&review, &Choice::default())
            .unwrap()
            .remove(0)
    }

    fn direct(&mut self, agency: &str) -> Direct {
        Direct {
            agency: agency_id(agency),
            purpose: "emergency-response".into(),
            datatypes: vec![
                "identity.name".parse().unwrap(),
                "health.conditions".parse().unwrap(),
            ],
            ends_at: self.clock.now().plus(90 * 86_400),
            release: Release::OnGrant,
        }
    }

    /// Signs and registers a consent.
    async fn grant(&mut self, agency: &str) -> Grant {
        let id = self.sign(agency).id;
        self.send().await;
        self.get(id)
    }

    fn get(&self, id: Jti) -> Grant {
        self.wallet.grant_called(&id.to_string()).unwrap()
    }

    fn now(&self) -> UnixSeconds {
        self.clock.now()
    }

    /// A request of the ambulance trust.
    fn request(&self) -> RequestObject {
        let paths = ["identity.name", "home.address", "health.conditions"]
            .map(String::from)
            .to_vec();
        let text = |text: &str| format!("{text} emergency data");
        RequestObject {
            client_id: agency_id(AMBULANCE),
            response_uri: None,
            nonce: "n".into(),
            state: "s".into(),
            jti: Jti::from_bytes([42; 16]),
            iat: self.now(),
            exp: self.now().plus(3600),
            consent: RequestedConsent {
                kind: ConsentType::V1,
                purposes: vec!["emergency-response".into()],
                datatypes: paths,
                required: vec!["identity.name".into()],
                actions: vec![Action::Read],
                release: Release::OnGrant,
                retention: "P30D".parse().unwrap(),
                max_duration: "P1Y".parse().unwrap(),
                recipients: None,
                uses: None,
                circle: None,
                notice: RequestedNotice {
                    version: "1".into(),
                    texts: [
                        ("en".parse().unwrap(), text("Share")),
                        ("cy".parse().unwrap(), text("Rhannu")),
                    ]
                    .into(),
                },
                basis: None,
                jurisdiction: Some("GB-WLS".parse().unwrap()),
            },
        }
    }

    fn circle_request(&self) -> RequestObject {
        let mut asked = self.request();
        asked.consent.circle = Some(RequestedCircle {
            id: CIRCLE.into(),
            tier: 3,
            case: None,
        });
        asked
    }
}

fn signed(asked: &RequestObject) -> String {
    request::sign(asked, &agency_key(AMBULANCE)).unwrap()
}

/// What the window needs: rounds with the verifier can be handed to any thread.
#[allow(dead_code, reason = "only has to compile")]
fn rounds_can_move_between_threads(wallet: &mut Wallet, line: &Line<Double>) {
    fn can_move(_: impl Send) {}
    can_move(wallet.sync(line));
    can_move(wallet.send(line));
}
