//! The event stream: each change once, in order, from wherever the client was.

use consent_token::statement::HolderAct;
use protocol::{Credential, api::AgencyEvent, client::Until, transport::Chunks};
use verifier_store::fixture;

use super::{Service, service::random_jti};

/// Reads `count` events and gives up the connection.
async fn read(service: &Service, last: Option<u64>, count: usize) -> Vec<AgencyEvent> {
    let credential = service.bearer().await;
    let mut stream = service
        .client
        .events(last, Until::Stopped, &credential)
        .await
        .unwrap();
    let mut text = String::new();
    loop {
        let events = parse(&text);
        if events.len() >= count {
            return events;
        }
        let chunk = stream.next().await.unwrap().expect("the stream goes on");
        text.push_str(std::str::from_utf8(&chunk).unwrap());
    }
}

fn parse(text: &str) -> Vec<AgencyEvent> {
    let whole = text.rsplit_once("\n\n").map_or("", |(whole, _)| whole);
    let events = whole.split("\n\n").filter(|event| event.contains("data:"));
    events
        .map(|event| {
            let line = |name: &str| {
                event
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .unwrap()
            };
            let data: AgencyEvent = serde_json::from_str(line("data: ")).unwrap();
            assert_eq!(line("id: "), data.index.to_string());
            data
        })
        .collect()
}

fn acts(events: &[AgencyEvent]) -> Vec<(u64, &str)> {
    events
        .iter()
        .map(|event| (event.index, event.act.as_str()))
        .collect()
}

#[tokio::test]
async fn every_change_comes_once_and_in_order_whatever_the_start() {
    let service = Service::start().await;
    service.register(1).await;
    service.register(2).await;
    service.holder(1, 50, 1, HolderAct::Suspend).await;
    let all = [(1, "grant"), (2, "grant"), (3, "suspend"), (4, "revoke")];
    let live = read(&service, None, 4);
    let (live, _) = tokio::join!(
        live,
        service.holder(2, 51, 1, HolderAct::Revoke { reason: None })
    );
    assert_eq!(acts(&live), all);
    for last in 0..3 {
        let rest = read(&service, Some(last), all.len() - last as usize).await;
        assert_eq!(acts(&rest), all[last as usize..]);
    }
    assert_eq!(live[2].grant, fixture::jti(1));
    assert!(live[2].jws.split('.').count() == 3);
    let credential = service.bearer().await;
    let mut stream = service
        .client
        .events(Some(1), Until::Now, &credential)
        .await
        .unwrap();
    let mut text = String::new();
    while let Some(chunk) = stream.next().await.unwrap() {
        text.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    assert_eq!(acts(&parse(&text)), all[1..], "ends when all is told");
    let service = service.restart().await;
    service.holder(1, 52, 2, HolderAct::Resume).await;
    assert_eq!(acts(&read(&service, Some(4), 1).await), [(5, "resume")]);
}

#[tokio::test]
async fn a_stream_ends_when_the_verifier_stops_or_the_agency_may_not_act() {
    use verifier::registrar::{Act, act};
    let service = Service::start().await;
    service.register(1).await;
    let credential = service.bearer().await;
    let mut stream = service
        .client
        .events(None, Until::Stopped, &credential)
        .await
        .unwrap();
    act(service.data(), &Act::SuspendAgency(fixture::agency_id()))
        .await
        .unwrap();
    while stream.next().await.unwrap().is_some() {}
    act(
        service.data(),
        &Act::AddAgency(Box::new(
            fixture::registry(9, Default::default()).agencies.remove(0),
        )),
    )
    .await
    .unwrap();
    let credential = service.bearer().await;
    let mut stream = service
        .client
        .events(None, Until::Stopped, &credential)
        .await
        .unwrap();
    let (_, ended) = tokio::join!(service.restart(), async {
        while let Ok(Some(_)) = stream.next().await {}
    });
    ended
}

#[tokio::test]
async fn an_agency_has_as_many_streams_as_it_may_and_no_more() {
    let config = verifier::Config {
        event_streams: 2.try_into().unwrap(),
        ..Default::default()
    };
    let service = Service::start_with(config).await;
    service.register(1).await;
    let credential = service.bearer().await;
    let open = async || {
        let client = &service.client;
        let mut stream = client.events(None, Until::Stopped, &credential).await?;
        stream.next().await.unwrap();
        Ok::<_, protocol::ClientError>(stream)
    };
    let (first, _second) = (open().await.unwrap(), open().await.unwrap());
    let refused = open().await.err().unwrap();
    assert_eq!(refused.code().unwrap().as_str(), "too_many_requests");
    assert!(refused.is_passing());
    let other = service.dpop(&fixture::key(5), "/v1/agency/events");
    let stranger = service.client.events(None, Until::Now, &other).await;
    let stranger = stranger.err().unwrap();
    assert_eq!(stranger.code().unwrap().as_str(), "invalid_client");
    drop(first);
    // The verifier hears of it when it next looks at the connection.
    for _ in 0..2_000 {
        if open().await.is_ok() {
            return;
        }
    }
    panic!("a stream that ended still counts");
}

#[tokio::test]
async fn strangers_and_impossible_places_are_refused() {
    let service = Service::start().await;
    let stranger = service.dpop(&fixture::key(5), "/v1/agency/events");
    let refused = service
        .client
        .events(None, Until::Stopped, &stranger)
        .await
        .err()
        .unwrap();
    assert_eq!(refused.code().unwrap().as_str(), "invalid_client");
    let nobody = Credential::Bearer(random_jti().to_string());
    let refused = service
        .client
        .events(None, Until::Stopped, &nobody)
        .await
        .err()
        .unwrap();
    assert_eq!(refused.code().unwrap().as_str(), "invalid_token");
    let credential = service.bearer().await;
    let refused = service
        .client
        .events(Some(99), Until::Stopped, &credential)
        .await
        .err()
        .unwrap();
    assert_eq!(refused.code().unwrap().as_str(), "invalid_request");
}

#[tokio::test]
async fn a_case_is_shown_to_those_who_serve_it() {
    use consent_token::token::{Circle, Consent};
    let service = Service::start().await;
    let circle = Circle {
        id: "https://council.example/circle".into(),
        tier: 2,
        case: fixture::jti(700),
    };
    let consent = Consent {
        circle: Some(circle),
        ..fixture::consent()
    };
    let request = service.request_of(1, consent.clone()).await;
    service.client.register(&request).await.unwrap();
    let credential = service.bearer().await;
    let case = service
        .client
        .case(&fixture::jti(700), None, &credential)
        .await
        .unwrap();
    let [member] = &case.members[..] else {
        panic!("{case:?}")
    };
    assert_eq!(
        (member.agency.as_str(), member.tier, member.state.as_str()),
        (fixture::agency_id().as_str(), 2, "valid")
    );
    let other = service
        .client
        .case(&fixture::jti(701), None, &credential)
        .await;
    assert_eq!(other.unwrap_err().code().unwrap().as_str(), "unknown_grant");
    service
        .holder(1, 50, 1, HolderAct::Revoke { reason: None })
        .await;
    let over = service
        .client
        .case(&fixture::jti(700), None, &credential)
        .await;
    assert_eq!(over.unwrap_err().code().unwrap().as_str(), "unknown_grant");
    // A token that the agency made itself, with a key of its own and the case that it knows.
    let forged = service.request_of(2, consent.clone()).await;
    service.client.register(&forged).await.unwrap();
    let id = fixture::jti(700);
    let case = service.client.case(&id, None, &credential).await;
    assert_eq!(case.unwrap().members.len(), 1, "its own");
    let third = service.request_of(3, consent).await;
    service.client.register(&third).await.unwrap();
    for (number, answer) in [(1, Err("unknown_grant")), (2, Ok(1)), (3, Ok(1))] {
        let own = fixture::jti(number);
        let case = service.client.case(&id, Some(&own), &credential).await;
        let seen = case.map(|case| case.members.len());
        let seen = seen.map_err(|error| error.code().unwrap().as_str());
        assert_eq!(seen, answer, "{number}");
    }
}
