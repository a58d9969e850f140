//! Online checks: `/introspect` for tokens that the verifier has seen, by a caller with a bearer token,
//! beside `/healthz`, which does nothing at all.

use std::sync::Arc;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use protocol::api::Introspection;
use tokio::runtime::Runtime;

use crate::{
    Effort, Failure,
    client::{Ask, CONNECTIONS, Client},
    machine::Place,
    numbers::Series,
    report::{Aim, Report, Unit},
    service::{Batch, Service},
};

/// Different tokens that are asked about in turn.
const TOKENS: usize = 256;

/// Measures and reports.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    Runtime::new()?.block_on(async {
        let mut service = Service::start(place, "introspection", Batch::Grouped).await?;
        let introspect = asks(&mut service).await?;
        let healthz: Arc<[Ask]> = [Ask::get("/healthz")].into();
        let mut client = Client::connect(service.address).await?;
        let (mut health, mut checks) = (Series::default(), Series::default());
        let per_run = effort.pick(20_000, 1000);
        for round in 0..=effort.pick(12, 1) {
            let idle = client.load(healthz.clone(), per_run).await?;
            let busy = client.load(introspect.clone(), per_run).await?;
            busy.answers
                .iter()
                .try_for_each(|(_, answer)| is_active(answer))?;
            if round > 0 {
                health.add(idle.sample);
                checks.add(busy.sample);
            }
        }
        drop(client);
        service.stop().await?;
        tell(&checks, &health, report)
    })
}

/// Registers the tokens, and asks about each with one bearer.
async fn asks(service: &mut Service) -> Result<Arc<[Ask]>, Failure> {
    let grants = service.grants(TOKENS).await?;
    for grant in &grants {
        service.client.register(grant).await?;
    }
    let bearer = HeaderValue::from_str(&format!("Bearer {}", service.bearer().await?))?;
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, form), (AUTHORIZATION, bearer)]);
    let ask = |token: &str| {
        Ask::post(
            "/introspect",
            headers.clone(),
            format!("token={token}"),
            StatusCode::OK,
        )
    };
    Ok(grants.iter().map(|grant| ask(&grant.token)).collect())
}

fn is_active(answer: &Bytes) -> Result<(), Failure> {
    let said: Introspection = serde_json::from_slice(answer)?;
    if said.active {
        Ok(())
    } else {
        Err(format!("a good token is not active: {:?}", said.code).into())
    }
}

fn tell(checks: &Series, health: &Series, report: &mut Report) -> Result<(), Failure> {
    report.heading(&format!(
        "Online checks, {CONNECTIONS} connections, client in the same process"
    ))?;
    report.figure(
        "POST /introspect, known tokens, bearer",
        checks,
        Unit::PerSecond,
    )?;
    report.figure("GET /healthz", health, Unit::PerSecond)?;
    report.times_as_fast(
        "/introspect, times as many as /healthz",
        checks,
        health,
        Aim::AtLeast(0.6),
    )
}
