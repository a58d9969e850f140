//! Who looked, what a second person said, and what is overdue: as the agencies put it on record.

use consent_token::{
    id::Jti,
    statement::AgencyAct,
    term::{Finding, LegalBasis, Release},
};
use jiff::tz::TimeZone;
use profile::Lang;
use wallet::{Choice, Direct, Ended, Grant, LookKind, Looked, Owed, SecondPerson, words};

use crate::{
    Scene,
    double::{FIRE, HEALTH},
};

const DAY: i64 = 86_400;

fn access() -> AgencyAct {
    AgencyAct::Access {
        actor: "p-3".into(),
        reason: "home visit".into(),
        datatypes: vec!["identity.name".into()],
    }
}

fn open() -> AgencyAct {
    AgencyAct::Open {
        incident: "urn:incident:77".into(),
        actor: "p-17".into(),
        position: "desk-4".into(),
        reason: "call".into(),
        basis: "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d"
            .parse::<LegalBasis>()
            .unwrap(),
    }
}

fn review(of: Jti, actor: &str) -> AgencyAct {
    AgencyAct::Review {
        of,
        actor: actor.into(),
        finding: Finding::Unjustified,
    }
}

fn erased() -> AgencyAct {
    AgencyAct::Erased {
        method: "overwritten".into(),
    }
}

impl Scene {
    async fn emergency_grant(&mut self, agency: &str) -> Grant {
        let direct = Direct {
            release: Release::OnIncident,
            ..self.direct(agency)
        };
        let review = self.wallet.review_direct(&direct, Lang::En).unwrap();
        let signed = self.wallet.sign(&review, &Choice::default()).unwrap();
        self.sync().await;
        self.get(signed[0].id)
    }

    /// The health board promises to delete within ten days.
    async fn promise(&mut self) {
        self.double.with(|state| {
            state.registry.serial += 1;
            state.registry.agencies[2].obligations = Some(protocol::registry::Obligations {
                erase_within: "P10D".into(),
            });
            state.publish_registry();
        });
        self.sync().await;
    }

    fn only_look(&mut self) -> Looked {
        let mut looks = self.wallet.looked(None).unwrap();
        assert_eq!(looks.len(), 1);
        looks.remove(0)
    }
}

#[tokio::test]
async fn openings_come_first_and_are_new_until_shown() {
    let mut scene = Scene::new().await;
    let grant = scene.emergency_grant(HEALTH).await;
    scene.double.agency_acts(HEALTH, grant.id, open());
    scene.clock.pass(60);
    scene.double.agency_acts(HEALTH, grant.id, access());
    let looked = scene.sync().await.looked;
    let kinds: Vec<_> = looked.iter().map(|look| look.kind).collect();
    assert_eq!(kinds, [LookKind::Opening, LookKind::Access]);
    assert_eq!(looked[0].datatypes, grant.consent.datatypes);
    assert_eq!(looked[1].datatypes, ["identity.name"]);
    // Not shown yet, so it stays new, even over a restart of the program.
    assert_eq!(scene.sync().await.looked.len(), 2);
    scene.wallet.mark_shown(&looked).unwrap();
    assert_eq!(scene.sync().await.looked, []);
    // A later look is new again, the earlier ones are not.
    scene.double.agency_acts(HEALTH, grant.id, open());
    let again = scene.sync().await.looked;
    assert_eq!((again.len(), again[0].kind), (1, LookKind::Opening));
    assert_eq!(scene.wallet.looked(Some(&grant.id)).unwrap().len(), 3);
}

#[tokio::test]
async fn an_opening_is_told_in_words_in_both_languages() {
    let mut scene = Scene::new().await;
    let grant = scene.emergency_grant(HEALTH).await;
    scene.double.agency_acts(HEALTH, grant.id, open());
    scene.sync().await;
    let look = scene.only_look();
    let english = words::looked(&look, Lang::En, &TimeZone::UTC);
    for part in [
        "Sample Health Board opened your emergency information",
        "urn:incident:77",
        "call",
        "p-17",
        "desk-4",
        "to protect somebody's life",
        "A second person has to check it by 28 September 2026",
    ] {
        assert!(english.contains(part), "{part} is not in: {english}");
    }
    let welsh = words::looked(&look, Lang::Cy, &TimeZone::UTC);
    for part in [
        "agorodd Sample Health Board",
        "Medi 2026",
        "i amddiffyn bywyd",
    ] {
        assert!(welsh.contains(part), "{part} is not in: {welsh}");
    }
}

#[tokio::test]
async fn every_opening_owes_a_second_person_within_seven_days() {
    let mut scene = Scene::new().await;
    let grant = scene.emergency_grant(HEALTH).await;
    scene.double.agency_acts(HEALTH, grant.id, open());
    scene.sync().await;
    let (opening, by) = (scene.only_look().id, scene.now().plus(7 * DAY));
    scene.clock.pass(7 * DAY - 1);
    assert_eq!(scene.only_look().review, Some(SecondPerson::Due { by }));
    assert_eq!(scene.wallet.overdue().unwrap(), []);
    scene.clock.pass(1);
    let late = SecondPerson::Overdue { since: by };
    assert_eq!(scene.only_look().review, Some(late.clone()));
    let overdue = scene.sync().await.overdue;
    assert_eq!(
        (overdue.len(), overdue[0].what, overdue[0].since),
        (1, Owed::Review { of: opening }, by)
    );
    // The one who opened it is no second person.
    let own = review(opening, "p-17");
    scene.double.agency_acts(HEALTH, grant.id, own);
    scene.sync().await;
    assert_eq!(scene.only_look().review, Some(late));
    let other = review(opening, "p-99");
    scene.double.agency_acts(HEALTH, grant.id, other);
    assert_eq!(scene.sync().await.overdue, []);
    let Some(SecondPerson::Reviewed { actor, finding, .. }) = scene.only_look().review else {
        panic!("it was reviewed")
    };
    assert_eq!((actor.as_str(), finding.as_str()), ("p-99", "unjustified"));
}

#[tokio::test]
async fn deletion_after_revocation_is_owed_within_what_was_promised() {
    let mut scene = Scene::new().await;
    scene.promise().await;
    let grant = scene.grant(HEALTH).await;
    scene.double.agency_acts(HEALTH, grant.id, access());
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.sync().await;
    let due = scene.now().plus(10 * DAY);
    let ending = scene.wallet.endings().unwrap().remove(0);
    assert_eq!(
        (ending.how, ending.looked, ending.erase_by, ending.erased_at),
        (Ended::Revoked, true, Some(due), None)
    );
    scene.clock.pass(10 * DAY - 1);
    assert_eq!(scene.wallet.overdue().unwrap(), []);
    scene.clock.pass(1);
    let overdue = scene.wallet.overdue().unwrap();
    assert_eq!(
        (overdue[0].what, overdue[0].since),
        (Owed::ErasureAfterRevocation, due)
    );
    let told = words::overdue(&overdue[0], Lang::En);
    assert!(told.contains("due by 1 October 2026"), "{told}");
    scene.double.agency_acts(HEALTH, grant.id, erased());
    assert_eq!(scene.sync().await.overdue, []);
    assert!(scene.wallet.endings().unwrap()[0].erased_at.is_some());
}

#[tokio::test]
async fn who_never_looked_owes_nothing_and_who_looked_again_owes_again() {
    let mut scene = Scene::new().await;
    scene.promise().await;
    let (idle, busy) = (scene.grant(FIRE).await, scene.grant(HEALTH).await);
    scene.double.agency_acts(HEALTH, busy.id, access());
    scene.double.agency_acts(HEALTH, busy.id, erased());
    scene.double.agency_acts(HEALTH, busy.id, access());
    scene.wallet.revoke(&idle.id, None).unwrap();
    scene.wallet.revoke(&busy.id, None).unwrap();
    scene.sync().await;
    scene.clock.pass(20 * DAY);
    let overdue = scene.wallet.overdue().unwrap();
    let grants: Vec<_> = overdue.iter().map(|one| one.grant).collect();
    assert_eq!(grants, [busy.id]);
}

#[tokio::test]
async fn deletion_is_owed_after_expiry_and_after_retention_too() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(HEALTH).await;
    scene.double.agency_acts(HEALTH, grant.id, access());
    scene.sync().await;
    // The agency promised nothing to the registrar, but the consent lets it keep things for 30 days.
    scene.clock.pass(30 * DAY);
    let overdue = scene.wallet.overdue().unwrap();
    assert_eq!(overdue[0].what, Owed::ErasureAfterRetention);
    scene.double.agency_acts(HEALTH, grant.id, erased());
    scene.promise().await;
    scene.clock.pass(55 * DAY);
    scene.double.agency_acts(HEALTH, grant.id, access());
    scene.sync().await;
    scene.clock.pass(5 * DAY);
    let ending = scene.wallet.endings().unwrap().remove(0);
    assert_eq!(ending.how, Ended::Expired);
    assert_eq!(ending.at, grant.ends_at.as_i64() * 1000);
    scene.clock.pass(10 * DAY);
    let overdue = scene.wallet.overdue().unwrap();
    assert_eq!(overdue[0].what, Owed::ErasureAfterExpiry);
}

#[tokio::test]
async fn the_time_from_revocation_to_acknowledgement_is_measured() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(HEALTH).await;
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.sync().await;
    assert_eq!(scene.wallet.endings().unwrap()[0].acknowledged_after, None);
    let history = scene.wallet.history(&grant.id).unwrap();
    let of = |act: &str| history.iter().find(|event| event.act == act).unwrap().id;
    scene.clock.pass(5);
    let other = AgencyAct::Acknowledged { of: of("grant") };
    scene.double.agency_acts(HEALTH, grant.id, other);
    scene.clock.pass(85);
    let right = AgencyAct::Acknowledged { of: of("revoke") };
    scene.double.agency_acts(HEALTH, grant.id, right);
    scene.sync().await;
    let ending = scene.wallet.endings().unwrap().remove(0);
    assert_eq!(ending.acknowledged_after, Some(90_000));
    let told = words::ending(&ending, Lang::En, &TimeZone::UTC);
    assert!(told.contains("after 1 minute 30 seconds"), "{told}");
    assert!(told.contains("They never looked"), "{told}");
    let told = words::ending(&ending, Lang::Cy, &TimeZone::UTC);
    assert!(told.contains("1 munud 30 eiliad"), "{told}");
}

#[tokio::test]
async fn an_export_holds_openings_digests_requests_and_refusals() {
    let mut scene = Scene::new().await;
    scene.promise().await;
    let grant = scene.emergency_grant(HEALTH).await;
    scene.double.agency_acts(HEALTH, grant.id, open());
    let asked = crate::signed(&scene.request());
    let review = scene.wallet.review(&asked, Lang::En).unwrap();
    scene.wallet.decline(&review).unwrap();
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.sync().await;
    scene.clock.pass(11 * DAY);
    let export = scene.wallet.export().unwrap();
    let [own] = &export.grants[..] else {
        panic!("one consent")
    };
    assert_eq!(own.looked[0].incident.as_deref(), Some("urn:incident:77"));
    let opening = own.looked[0].index;
    assert!(
        own.history
            .iter()
            .any(|event| event.index == opening && !event.proof.is_empty())
    );
    let share = own
        .history
        .iter()
        .find(|event| event.act == "share")
        .unwrap();
    assert_eq!(
        (
            own.shares.len(),
            own.shares[0].index,
            Some(&own.shares[0].share)
        ),
        (1, share.index, share.share.as_ref())
    );
    assert_eq!(export.declined[0].asked, asked);
    assert_eq!(export.endings.len(), 1);
    assert_eq!(export.overdue.len(), 2, "the review and the deletion");
    let json = serde_json::to_string(&export).unwrap();
    assert!(json.contains(&format!(
        "\"digest\":\"{}\"",
        own.shares[0].share.digest.in_jwt()
    )));
}
