//! A share of 20 KiB: sealed, uploaded and announced by a wallet, fetched and opened by an agency, over HTTP and
//! on record, beside bare HPKE on the same bytes.

use std::time::Instant;

use consent_token::{
    id::{Digest, UnixSeconds},
    statement::{AgencyAct, HolderAct},
};
use hpke::{
    Kem as _, OpModeR, OpModeS, aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::X25519HkdfSha256,
};
use protocol::{
    Credential,
    client::Reading,
    dpop,
    share::{KemSecret, Part, Share},
};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;
use verifier_store::fixture;
use zeroize::Zeroizing;

use crate::{
    Effort, Failure,
    machine::Place,
    numbers::{Sample, Series},
    report::{Aim, Report, Unit},
    service::{Batch, Service, fresh_id, now},
};

const BYTES: usize = 20 * 1024;
const INFO: &[u8] = b"bench";

type Secret = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as hpke::Kem>::PublicKey;

/// One grant, its wallet and its agency.
struct Pair {
    service: Service,
    token: String,
    key: KemSecret,
    bare: (Secret, Public),
    seq: u64,
}

#[derive(Default)]
struct Figures {
    seal: Series,
    open: Series,
    upload: Series,
    fetch: Series,
}

/// Measures and reports.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    Runtime::new()?.block_on(async {
        let mut pair = Pair::start(place).await?;
        let mut figures = Figures::default();
        for round in 0..=effort.pick(200, 10) {
            pair.round(round > 0, &mut figures).await?;
        }
        tell(&figures, report)?;
        pair.service.stop().await
    })
}

fn tell(figures: &Figures, report: &mut Report) -> Result<(), Failure> {
    report.heading(
        "A share of 20 KiB, X25519, over HTTP and on record; bare HPKE of the same bytes between",
    )?;
    report.figure("bare HPKE: seal", &figures.seal, Unit::Micros)?;
    report.figure("bare HPKE: open", &figures.open, Unit::Micros)?;
    report.figure(
        "sealed, uploaded, announced with proof",
        &figures.upload,
        Unit::Micros,
    )?;
    report.figure(
        "asked for on record, fetched, opened",
        &figures.fetch,
        Unit::Micros,
    )?;
    report.times_as_long(
        "sealed and uploaded, times as long as bare seal",
        &figures.upload,
        &figures.seal,
        Aim::Known,
    )?;
    report.times_as_long(
        "fetched and opened, times as long as bare open",
        &figures.fetch,
        &figures.open,
        Aim::Known,
    )
}

impl Pair {
    async fn start(place: &Place) -> Result<Self, Failure> {
        let mut service = Service::start(place, "shares", Batch::Grouped).await?;
        let grant = service.grants(1).await?.remove(0);
        service.client.register(&grant).await?;
        Ok(Pair {
            service,
            token: grant.token,
            key: KemSecret::derive_x25519(&Zeroizing::new([5; 32])),
            bare: X25519HkdfSha256::derive_keypair(&[5; 32]),
            seq: 0,
        })
    }

    /// Each of the four once, so that all meet the same weather.
    async fn round(&mut self, counts: bool, figures: &mut Figures) -> Result<(), Failure> {
        let plain = serde_json::to_vec(&fields())?;
        let start = Instant::now();
        let (enc, sealed) = self.seal_bare(&plain)?;
        let seal = start.elapsed();
        let start = Instant::now();
        self.open_bare(&enc, &sealed)?;
        let open = start.elapsed();
        let start = Instant::now();
        self.upload().await?;
        let upload = start.elapsed();
        let start = Instant::now();
        self.fetch().await?;
        let fetch = start.elapsed();
        if counts {
            for (series, elapsed) in [
                (&mut figures.seal, seal),
                (&mut figures.open, open),
                (&mut figures.upload, upload),
                (&mut figures.fetch, fetch),
            ] {
                series.add(Sample {
                    operations: 1,
                    elapsed,
                });
            }
        }
        Ok(())
    }

    fn seal_bare(
        &self,
        plain: &[u8],
    ) -> Result<(<X25519HkdfSha256 as hpke::Kem>::EncappedKey, Vec<u8>), Failure> {
        let sealed = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &self.bare.1,
            INFO,
            plain,
            &[0; 32],
        );
        sealed.map_err(|error| error.to_string().into())
    }

    fn open_bare(
        &self,
        enc: &<X25519HkdfSha256 as hpke::Kem>::EncappedKey,
        sealed: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.bare.0,
            enc,
            INFO,
            sealed,
            &[0; 32],
        );
        opened.map_err(|error| error.to_string().into())
    }

    async fn upload(&mut self) -> Result<(), Failure> {
        self.seq += 1;
        let share = Share::new(self.seq, fields(), now()?);
        let mut randomness = [0; 64];
        getrandom::fill(&mut randomness)?;
        let envelope = share.seal(&self.token, self.key.public(), &randomness)?;
        let (grant, client) = (fixture::jti(1), &self.service.client);
        let proof = self.proof("PUT", None, now()?)?;
        let uploaded = client
            .put_share(&grant, Part::Whole, &envelope, &Credential::Dpop(proof))
            .await?;
        let act = HolderAct::Share {
            digest: Digest::of(&envelope.to_bytes()),
            size: uploaded.size,
            revision: self.seq,
        };
        client
            .state(&fixture::holder_jws(1, 10_000 + self.seq, self.seq, act))
            .await?;
        Ok(())
    }

    async fn fetch(&self) -> Result<(), Failure> {
        let act = AgencyAct::Access {
            actor: "bench".into(),
            reason: "bench".into(),
            datatypes: vec!["home.address".into()],
        };
        let statement = fixture::agency_jws_at(now()?, 1, 1_000_000 + self.seq, act);
        let proof = self.proof("GET", Some(&self.token), now()?)?;
        let reading = Reading {
            token: &self.token,
            proof: &proof,
            statement: &statement,
        };
        let sealed = self
            .service
            .client
            .share(&fixture::jti(1), &reading)
            .await?;
        sealed
            .envelope
            .open(&self.token, std::slice::from_ref(&self.key))?;
        Ok(())
    }

    /// By the holder for an upload, by the agency where a token is shown.
    fn proof(
        &self,
        method: &str,
        token: Option<&str>,
        now: UnixSeconds,
    ) -> Result<String, Failure> {
        let url = format!("{}/v1/grants/{}/share", self.service.url, fixture::jti(1));
        let key = if token.is_some() {
            fixture::agency_key()
        } else {
            fixture::key(1)
        };
        let expected = dpop::Expected {
            method,
            url: &url,
            token,
            now,
        };
        Ok(dpop::prove(&key, &expected, fresh_id()?))
    }
}

/// About 20 KiB of a profile.
fn fields() -> Map<String, Value> {
    let address = json!({ "text": "x".repeat(BYTES - 200) });
    Map::from_iter([
        ("home.address".to_owned(), address),
        ("contact.phone".to_owned(), Value::Null),
        ("needs.mobility".to_owned(), Value::Null),
    ])
}
