//! Registrations over HTTP: tokens signed and slots taken beforehand, every answer a receipt with its proof,
//! durable before it is sent. Group commit beside the same code with a commit for each.

use std::sync::Arc;

use consent_token::jws;
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
use protocol::{
    api::{GrantRequest, Receipt},
    receipt,
};
use tokio::runtime::Runtime;

use crate::{
    Effort, Failure,
    client::{Ask, CONNECTIONS, Client, Load},
    disk,
    machine::Place,
    numbers::Series,
    report::{Aim, Report, Unit},
    service::{Batch, Service},
};

/// Flushes timed beside every run.
const FLUSHES: usize = 16;

/// One verifier under load.
struct Peer {
    service: Service,
    client: Client,
    per_run: usize,
    speed: Series,
    waits: Series,
}

impl Peer {
    async fn start(
        place: &Place,
        name: &str,
        batch: Batch,
        per_run: usize,
    ) -> Result<Self, Failure> {
        let service = Service::start(place, name, batch).await?;
        let client = Client::connect(service.address).await?;
        Ok(Self {
            service,
            client,
            per_run,
            speed: Series::default(),
            waits: Series::default(),
        })
    }

    /// One run; the first one warms up.
    async fn run(&mut self, round: usize) -> Result<(), Failure> {
        let grants = self.service.grants(self.per_run).await?;
        let asks = grants.iter().map(ask).collect::<Result<Arc<[Ask]>, _>>()?;
        let load = self.client.load(asks, grants.len()).await?;
        self.prove(&grants, &load)?;
        if round > 0 {
            self.speed.add(load.sample);
            self.waits.append(load.waits);
        }
        Ok(())
    }

    /// Checks the receipts that were kept, as a wallet does.
    fn prove(&self, grants: &[GrantRequest], load: &Load) -> Result<(), Failure> {
        let key = self.service.log_key()?;
        for (number, answer) in &load.answers {
            let receipt: Receipt = serde_json::from_slice(answer)?;
            let grant = grants.get(*number).ok_or("an answer to nothing")?;
            receipt::verify(&receipt.proof, &key, &jws::digest(&grant.token))?;
        }
        Ok(())
    }

    async fn stop(self) -> Result<(), Failure> {
        drop(self.client);
        self.service.stop().await
    }
}

fn ask(grant: &GrantRequest) -> Result<Ask, Failure> {
    let headers =
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    Ok(Ask::post(
        "/v1/grants",
        headers,
        serde_json::to_vec(grant)?,
        StatusCode::CREATED,
    ))
}

/// Measures and reports.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    Runtime::new()?.block_on(async {
        let mut grouped =
            Peer::start(place, "grouped", Batch::Grouped, effort.pick(6000, 300)).await?;
        let mut single =
            Peer::start(place, "single", Batch::Single, effort.pick(1500, 100)).await?;
        let mut flushes = Series::default();
        for round in 0..=effort.pick(8, 1) {
            grouped.run(round).await?;
            flushes.append(disk::flushes(place, FLUSHES)?);
            single.run(round).await?;
        }
        tell(&grouped, &single, &flushes, report)?;
        grouped.stop().await?;
        single.stop().await
    })
}

fn tell(
    grouped: &Peer,
    single: &Peer,
    flushes: &Series,
    report: &mut Report,
) -> Result<(), Failure> {
    report.heading(&format!(
        "Durable, proven registrations, POST /v1/grants, {CONNECTIONS} connections, client in the same process"
    ))?;
    report.figure("group commit, as shipped", &grouped.speed, Unit::PerSecond)?;
    report.figure("one commit per request", &single.speed, Unit::PerSecond)?;
    report.figure(
        "group commit: a caller's wait",
        &grouped.waits,
        Unit::Micros,
    )?;
    report.figure(
        "one commit per request: a caller's wait",
        &single.waits,
        Unit::Micros,
    )?;
    report.figure(
        "fdatasync of 4 KiB in the same folder, between the runs",
        flushes,
        Unit::Micros,
    )?;
    report.times_as_fast(
        "group commit, times as fast as one by one",
        &grouped.speed,
        &single.speed,
        Aim::AtLeast(6.0),
    )
}
