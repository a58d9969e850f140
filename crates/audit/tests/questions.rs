//! Questions to an audited log: was a grant in force, how did a list stand, and what does the report say?

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use std::fs;

use audit::{Binding, ProofError, QuestionError, Standing, Visit, report};
use consent_token::{
    jws::{self, Header},
    key::SigningKey,
};
use protocol::{Slot, UnixMillis};
use serde_json::{Value, json};
use support::{Honest, Line, visit};

const GRANT: &str = "AAAAAAAAAAAAAAAAAAAAAA";
const SLOT: Slot = Slot(0, 4711);

struct Scene {
    verifier: Honest,
    visit: Visit,
    token: String,
    granted: i64,
    paused: i64,
    resumed: i64,
    revoked: i64,
}

fn token(grant: &str, nbf: i64) -> String {
    let key = SigningKey::from_seed([5; 32]);
    let header = Header::with_kid("consent+jwt", key.thumbprint());
    jws::sign(&header, &json!({ "jti": grant, "nbf": nbf }), &key).unwrap()
}

/// Registered as entry 300, paused, resumed, revoked; each at its own time.
async fn scene(nbf: i64) -> Scene {
    let mut verifier = Honest::new();
    let token = token(GRANT, nbf);
    verifier.grow_to(300);
    let granted = verifier.now;
    verifier.grant(SLOT, &token);
    let paused = verifier.now;
    verifier.set(SLOT, 2);
    let resumed = verifier.now;
    verifier.set(SLOT, 0);
    let revoked = verifier.now;
    verifier.set(SLOT, 1);
    let dir = tempfile::tempdir().unwrap();
    let visit = visit(dir.path(), &verifier, Line::to(&verifier))
        .await
        .unwrap();
    assert!(visit.is_ok(), "{:?}", visit.findings.told());
    Scene {
        verifier,
        visit,
        token,
        granted,
        paused,
        resumed,
        revoked,
    }
}

#[tokio::test]
async fn a_proof_answers_for_every_time() {
    let scene = scene(0).await;
    let proof = scene.verifier.proof(300);
    let at = |at| {
        scene
            .visit
            .grant(GRANT, &proof, UnixMillis(at))
            .unwrap()
            .standing
    };
    for (time, standing) in [
        (scene.granted - 1, Standing::Unregistered),
        (scene.granted, Standing::InForce),
        (scene.paused - 1, Standing::InForce),
        (scene.paused, Standing::Suspended),
        (scene.resumed, Standing::InForce),
        (scene.revoked - 1, Standing::InForce),
        (scene.revoked, Standing::Revoked),
        (scene.visit.at.0, Standing::Revoked),
    ] {
        assert_eq!(at(time), standing, "{time}");
    }
    let answer = scene
        .visit
        .grant(GRANT, &proof, UnixMillis(scene.paused))
        .unwrap();
    assert_eq!(
        (
            answer.slot,
            answer.index,
            answer.binding,
            answer.periods.len()
        ),
        (SLOT, 300, Binding::File, 4)
    );
}

#[tokio::test]
async fn an_end_and_a_beginning_count() {
    let mut verifier = Honest::new();
    let nbf = verifier.now / 1000 + 100;
    let token = token(GRANT, nbf);
    verifier.grant(SLOT, &token);
    let mut visit = visit(
        tempfile::tempdir().unwrap().path(),
        &verifier,
        Line::to(&verifier),
    )
    .await
    .unwrap();
    // As if the audit were made long after.
    visit.at = UnixMillis(i64::MAX);
    let file = json!({ "token": token, "receipt": { "grant": GRANT, "proof": verifier.proof(1) } })
        .to_string();
    let at = |seconds: i64| {
        visit
            .grant(GRANT, &file, UnixMillis(seconds * 1000))
            .unwrap()
    };
    assert_eq!(at(nbf - 1).standing, Standing::NotYetValid);
    assert_eq!(
        (at(nbf).standing, at(nbf).binding),
        (Standing::InForce, Binding::Token)
    );
    let exp = at(nbf).exp.unwrap();
    assert_eq!(
        (at(exp - 1).standing, at(exp).standing),
        (Standing::InForce, Standing::Expired)
    );
}

#[tokio::test]
async fn a_file_that_proves_nothing_says_why() {
    let scene = scene(0).await;
    let now = UnixMillis(scene.granted);
    let ask = |grant: &str, file: &str| {
        scene
            .visit
            .grant(grant, file, now)
            .map(|answer| answer.binding)
    };
    let proof = scene.verifier.proof(300);
    let other = scene.verifier.proof(6);
    assert_eq!(ask(GRANT, "{}"), Err(ProofError::NoProof));
    assert_eq!(ask(GRANT, &scene.token), Err(ProofError::NoProof));
    assert_eq!(
        ask(GRANT, &scene.verifier.proof(0)),
        Err(ProofError::NoSlot)
    );
    assert!(matches!(
        ask(GRANT, &proof.replace("index 300", "index 301")),
        Err(ProofError::Broken(_))
    ));
    let file = |token: &str, proofs: &[&str]| {
        json!({ "grant": GRANT, "token": token, "proofs": proofs }).to_string()
    };
    assert_eq!(
        ask(GRANT, &file(&scene.token, &[&other, &proof])),
        Ok(Binding::Token)
    );
    assert_eq!(
        ask(GRANT, &file(&scene.token, &[&other])),
        Err(ProofError::OtherGrant)
    );
    assert_eq!(
        ask("BBBBBBBBBBBBBBBBBBBBBB", &file(&scene.token, &[&proof])),
        Err(ProofError::OtherGrant)
    );
    assert_eq!(
        ask("BBBBBBBBBBBBBBBBBBBBBB", &file("", &[&proof])),
        Err(ProofError::OtherGrant)
    );
    assert_eq!(
        ask(GRANT, &file("", &[&proof, &other])),
        Err(ProofError::SeveralSlots)
    );
    let mut forked = scene.verifier.clone();
    forked.entries.truncate(301);
    forked.act("another history");
    assert_eq!(ask(GRANT, &forked.proof(300)), Err(ProofError::Forked));
}

#[tokio::test]
async fn a_list_is_counted_as_it_stood() {
    let scene = scene(0).await;
    let nobody = scene.visit.status(0, UnixMillis(support::START)).unwrap();
    assert_eq!(
        (
            nobody.valid,
            nobody.suspended,
            nobody.revoked,
            nobody.unregistered
        ),
        (0, 0, 0, 1 << 20)
    );
    let [before, after] =
        [scene.paused - 1, scene.paused].map(|at| scene.visit.status(0, UnixMillis(at)).unwrap());
    assert_eq!(
        (
            before.valid - after.valid,
            after.suspended - before.suspended
        ),
        (1, 1)
    );
    let late = scene.visit.status(0, UnixMillis(scene.revoked)).unwrap();
    assert_eq!(
        late.valid + late.suspended + late.revoked + late.unregistered,
        1 << 20
    );
    assert_eq!(
        scene.visit.slot(SLOT, UnixMillis(scene.revoked)).unwrap(),
        Standing::Revoked
    );
}

#[tokio::test]
async fn the_report_needs_nothing_else_and_its_numbers_agree() {
    let scene = scene(0).await;
    let dir = tempfile::tempdir().unwrap();
    let report = report::write(&scene.visit, None, dir.path()).unwrap();
    let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    let html = read("report.html");
    for absent in [
        "<script",
        "src=",
        "href=",
        "url(",
        "@import",
        "#010203",
        "<h1>Audit of <",
    ] {
        assert!(!html.contains(absent), "{absent}");
    }
    assert_eq!(html.matches("<svg ").count(), 2);
    assert_eq!(html.matches("</svg>").count(), 2);
    assert_eq!(html.matches("<title id=").count(), 2);
    let revoked = scene
        .visit
        .replay
        .changes()
        .iter()
        .filter(|change| change.status == 1)
        .count() as u64;
    assert_eq!(report.totals.revoked, revoked);
    assert_eq!(
        report.publication.iter().map(|row| row.count).sum::<u64>(),
        revoked
    );
    let json: Value = serde_json::from_str(&read("report.json")).unwrap();
    assert_eq!(json["totals"]["revoked"], revoked);
    let sum = |column: usize| -> u64 {
        read("activity.csv")
            .lines()
            .skip(1)
            .map(|line| line.split(',').nth(column).unwrap().parse::<u64>().unwrap())
            .sum()
    };
    assert_eq!(
        (sum(1), sum(2), sum(5)),
        (report.totals.granted, revoked, report.totals.acts)
    );
    assert_eq!(
        read("publication.csv").lines().count(),
        1 + report.publication.len()
    );
    assert_eq!(read("visits.csv").lines().count(), 2);
}

#[tokio::test]
async fn a_failed_audit_is_reported_as_one_and_strangers_text_is_harmless() {
    let verifier = Honest::new();
    let mut metadata = serde_json::to_value(verifier.metadata()).unwrap();
    metadata["log_vkey"] = json!("<img src=x>");
    let line = Line::changed(&verifier, move |path| {
        path.contains("well-known")
            .then(|| Ok(support::ok(metadata.to_string())))
    });
    let dir = tempfile::tempdir().unwrap();
    let visit = visit(dir.path(), &verifier, line).await.unwrap();
    assert!(!report::write(&visit, None, dir.path()).unwrap().ok);
    let html = fs::read_to_string(dir.path().join("report.html")).unwrap();
    assert!(
        html.contains("verifier_key_changed")
            && html.contains("&lt;img src=x&gt;")
            && !html.contains("<img")
    );
}

#[tokio::test]
async fn nothing_is_known_of_a_time_that_has_not_come() {
    let scene = scene(0).await;
    let (proof, later) = (scene.verifier.proof(300), UnixMillis(scene.visit.at.0 + 1));
    assert_eq!(
        scene.visit.grant(GRANT, &proof, later),
        Err(QuestionError::NotYet.into())
    );
    assert_eq!(scene.visit.status(0, later), Err(QuestionError::NotYet));
    assert_eq!(scene.visit.slot(SLOT, later), Err(QuestionError::NotYet));
    assert!(scene.visit.status(0, scene.visit.at).is_ok());
    assert_eq!(
        scene.visit.status(99, scene.visit.at),
        Err(QuestionError::NoSuchList(99))
    );
}
