use super::*;

/// A body cut into pieces, which then ends or breaks.
struct Pieces(std::vec::IntoIter<Result<Bytes, TransportError>>);

impl Chunks for Pieces {
    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.0.next().transpose()
    }
}

fn event(index: u64, act: &str) -> AgencyEvent {
    AgencyEvent {
        index,
        at: UnixMillis(1_790_000_000_000),
        grant: Jti::from_bytes([7; 16]),
        act: act.into(),
        status: 0,
        jws: "Tŷ.b.c".into(),
    }
}

fn recorded() -> Vec<u8> {
    let lines = [event(3, "grant"), event(9, "share"), event(12, "revoke")].map(|event| {
        let data = serde_json::to_string(&event).unwrap();
        format!(":\n\nretry: 1000\nid: {}\ndata: {data}\n\n", event.index)
    });
    lines.concat().into_bytes()
}

/// The acts that arrive of `pieces`.
async fn read(pieces: Vec<Result<Bytes, TransportError>>) -> Vec<String> {
    let body = super::pieces(Pieces(pieces.into_iter()));
    let mut events = Events(body.eventsource());
    let mut acts = Vec::new();
    while let Some(event) = events.next().await.unwrap() {
        acts.push(event.act);
    }
    acts
}

#[tokio::test]
async fn a_stream_in_pieces_is_the_same_stream_wherever_it_is_cut() {
    let whole = recorded();
    for cut in 0..=whole.len() {
        let (a, b) = whole.split_at(cut);
        let pieces = [a, b].map(|piece| Ok(Bytes::copy_from_slice(piece)));
        assert_eq!(
            read(pieces.into()).await,
            ["grant", "share", "revoke"],
            "cut at {cut}"
        );
    }
}

#[tokio::test]
async fn of_a_stream_that_breaks_only_whole_changes_count() {
    let whole = recorded();
    let ends: Vec<usize> = (0..whole.len())
        .filter(|at| whole[..*at].ends_with(b"}\n\n"))
        .collect();
    for cut in 0..whole.len() {
        let broken = Err(TransportError::Unreachable("verifier".into()));
        let pieces = vec![Ok(Bytes::copy_from_slice(&whole[..cut])), broken];
        let arrived = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(read(pieces).await.len(), arrived, "broken at {cut}");
    }
}

#[tokio::test]
async fn an_event_that_is_not_what_it_says_is_refused() {
    for text in [
        "id: 4\ndata: {}\n\n".to_owned(),
        format!(
            "id: 4\ndata: {}\n\n",
            serde_json::to_string(&event(5, "grant")).unwrap()
        ),
    ] {
        let body = super::pieces(Pieces(vec![Ok(Bytes::from(text))].into_iter()));
        let refused = Events(body.eventsource()).next().await;
        assert!(matches!(refused, Err(AgencyError::NotAVerifier(_))));
    }
}

#[test]
fn waits_grow_and_stay_bounded() {
    let waits: Vec<Duration> = (0..20).map(wait_before).collect();
    assert_eq!(waits[0], Duration::from_millis(500));
    assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
    assert_eq!(waits[19], Duration::from_secs(60));
}
