//! How long a change takes from the wallet's POST to the agency it concerns, with 100 agencies listening.

use std::time::{Duration, Instant};

use consent_token::{
    id::AgencyId,
    key::SigningKey,
    statement::HolderAct,
    token::{self, Claims, StatusRef},
};
use protocol::{
    Credential, HttpTransport, VerifierClient,
    api::{AgencyEvent, GrantRequest, SlotTicket},
    client::Until,
    dpop,
    registry::{Agency, JwkSet, RegistryKey},
    transport::Chunks,
};
use tokio::{runtime::Runtime, sync::mpsc, task::JoinHandle};
use verifier_store::fixture;

use crate::{
    Effort, Failure,
    machine::Place,
    numbers::Series,
    report::{Report, Unit},
    service::{self, Batch, Service, fresh_id, now},
};

const AGENCIES: u64 = 100;

/// Measures and reports.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    Runtime::new()?.block_on(async {
        let agencies = (1..=AGENCIES).map(agency).collect::<Result<Vec<_>, _>>()?;
        let service = Service::start_for(place, "events", Batch::Grouped, agencies).await?;
        register(&service).await?;
        let (told, mut arrivals) = mpsc::unbounded_channel();
        let listeners = listen(&service, &told).await?;
        let mut waits = Series::default();
        for round in 0..=effort.pick(50, 3) {
            let times = change_all(&service, u64::try_from(round)?, &mut arrivals).await?;
            if round > 0 {
                waits.extend(times);
            }
        }
        report.heading(&format!(
            "Events: {AGENCIES} agencies listen, a change for each is posted at the same time"
        ))?;
        report.figure(
            "from the POST to the agency it concerns (p50 as median)",
            &waits,
            Unit::Micros,
        )?;
        report.note(&format!(
            "p50 {:.2} ms, p99 {:.2} ms, slowest {:.2} ms, of {} deliveries",
            waits.percentile(50) / 1e6,
            waits.percentile(99) / 1e6,
            waits.percentile(100) / 1e6,
            waits.len()
        ))?;
        listeners.iter().for_each(JoinHandle::abort);
        for listener in listeners {
            // It was told to end.
            let _ = listener.await;
        }
        service.stop().await
    })
}

fn agency_id(number: u64) -> Result<AgencyId, Failure> {
    Ok(format!("https://agency-{number}.example").parse()?)
}

fn agency_key(number: u64) -> SigningKey {
    fixture::key(500_000 + number)
}

fn agency(number: u64) -> Result<Agency, Failure> {
    Ok(Agency {
        id: agency_id(number)?,
        jwks: JwkSet {
            keys: vec![RegistryKey::signing(&agency_key(number).public())],
        },
        ..service::agency()?
    })
}

/// One consent for each agency.
async fn register(service: &Service) -> Result<(), Failure> {
    for number in 1..=AGENCIES {
        let slot = service.client.slots(1).await?.remove(0);
        service.client.register(&grant(number, slot)?).await?;
    }
    Ok(())
}

fn grant(number: u64, slot: SlotTicket) -> Result<GrantRequest, Failure> {
    let (holder, start) = (fixture::key(number), now()?.plus(-10));
    let claims = Claims {
        iss: holder.holder_uri(),
        sub_jwk: holder.public().jwk(),
        aud: agency_id(number)?,
        jti: fixture::jti(number),
        iat: start,
        nbf: start,
        exp: start.plus(100_000),
        jkt: agency_key(number).thumbprint(),
        status: StatusRef {
            idx: slot.idx,
            uri: slot.uri.parse()?,
        },
        consent: fixture::consent(),
        req: None,
    };
    let token = token::sign(&claims, &holder).map_err(|refusal| refusal.code())?;
    Ok(GrantRequest {
        token,
        ticket: slot.ticket,
        replaces: None,
    })
}

type Arrival = (u64, Instant);

/// Opens every agency's stream; each says when a pause or its end arrives.
async fn listen(
    service: &Service,
    told: &mpsc::UnboundedSender<Arrival>,
) -> Result<Vec<JoinHandle<()>>, Failure> {
    let mut listeners = Vec::new();
    for number in 1..=AGENCIES {
        let client = VerifierClient::new(&service.url, HttpTransport::new()?);
        let url = format!("{}/v1/agency/events", service.url);
        let expected = dpop::Expected {
            method: "GET",
            url: &url,
            token: None,
            now: now()?,
        };
        let proof = dpop::prove(&agency_key(number), &expected, fresh_id()?);
        let mut stream = client
            .events(None, Until::Stopped, &Credential::Dpop(proof))
            .await?;
        let told = told.clone();
        listeners.push(tokio::spawn(async move {
            let mut text = String::new();
            while let Ok(Some(bytes)) = stream.next().await {
                text.push_str(&String::from_utf8_lossy(&bytes));
                while let Some((event, rest)) = text.split_once("\n\n") {
                    let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                    let event: Option<AgencyEvent> =
                        data.and_then(|data| serde_json::from_str(data).ok());
                    if event.is_some_and(|event| event.act != "grant")
                        && told.send((number, Instant::now())).is_err()
                    {
                        return;
                    }
                    text = rest.to_owned();
                }
            }
        }));
    }
    Ok(listeners)
}

/// Posts one change for every agency at the same time, and waits until each has arrived.
async fn change_all(
    service: &Service,
    round: u64,
    arrivals: &mut mpsc::UnboundedReceiver<Arrival>,
) -> Result<Vec<Duration>, Failure> {
    let act = if round.is_multiple_of(2) {
        HolderAct::Suspend
    } else {
        HolderAct::Resume
    };
    let mut posts = Vec::new();
    for number in 1..=AGENCIES {
        let statement = fixture::holder_jws(number, 1_000_000 + round, round + 1, act.clone());
        let client = VerifierClient::new(&service.url, service.transport.clone());
        posts.push(tokio::spawn(async move {
            let start = Instant::now();
            client.state(&statement).await.map(|_| (number, start))
        }));
    }
    let mut arrived = vec![None; usize::try_from(AGENCIES)? + 1];
    for _ in 1..=AGENCIES {
        let (number, at) = arrivals.recv().await.ok_or("an event stream ended")?;
        *arrived
            .get_mut(usize::try_from(number)?)
            .ok_or("an agency too many")? = Some(at);
    }
    let mut waits = Vec::new();
    for post in posts {
        let (number, start) = post.await??;
        let at = arrived
            .get(usize::try_from(number)?)
            .copied()
            .flatten()
            .ok_or("an event is missing")?;
        waits.push(at.saturating_duration_since(start));
    }
    Ok(waits)
}
