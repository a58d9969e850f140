//! The control room: incidents, matching, opening by tier, the circle, the second look.

use consent_token::id::Jti;
use serde_json::json;

use crate::{
    Browser, County, Resident,
    browser::Live,
    county::{Desk, Given, emergency, random},
};

pub(crate) struct Room {
    pub(crate) county: County,
    pub(crate) desk: Desk,
    pub(crate) browser: Browser,
    pub(crate) live: Live,
    pub(crate) resident: Resident,
    pub(crate) given: Given,
    pub(crate) case: Jti,
}

impl Room {
    /// A control room whose fire service was given something for emergencies, as a member of the circle.
    pub(crate) async fn open() -> Self {
        let county = County::open().await;
        let desk = county.console("fire").await;
        let browser = desk.signed_in("control-room").await;
        let mut live = browser.connected().await;
        let (resident, case) = (Resident::new(1), random());
        let given = resident
            .gives(&county, "fire", emergency(Some((case, 2))), None)
            .await;
        // The software's own reading of the locator: from now on a call can be matched.
        live.act(&given.id.to_string(), "access").await;
        // Kept once the next change is dealt with too.
        let second = Resident::new(9)
            .gives(&county, "fire", crate::county::visit(), None)
            .await;
        live.act(&second.id.to_string(), "share").await;
        Room {
            county,
            desk,
            browser,
            live,
            resident,
            given,
            case,
        }
    }

    pub(crate) async fn declare(&self, reference: &str) -> String {
        let ask = json!({ "reference": reference, "kind": "fire", "place": "17 Heol y Felin", "phone": "029 2018 0199" });
        let declared = self.browser.done("incident/declare", ask).await;
        declared["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn open_for(&self, incident: &str) -> serde_json::Value {
        let ask =
            json!({ "grant": self.given.id.to_string(), "incident": incident, "reason": "call" });
        self.browser.done("incident/open", ask).await
    }
}

#[tokio::test]
async fn a_call_is_matched_here_and_shows_what_the_tier_opens_and_no_name() {
    let room = Room::open().await;
    let incident = room.declare("INC-1").await;
    for (ask, by) in [
        (
            json!({ "incident": incident, "phone": "02920 180 199" }),
            "phone",
        ),
        (
            json!({ "incident": incident, "address": "17 heol y fellin" }),
            "address",
        ),
    ] {
        let found = room.browser.done("incident/match", ask).await;
        let one = &found["matches"][0];
        assert_eq!(
            (found["people"].clone(), one["by"].clone()),
            (json!(1), json!(by))
        );
        assert_eq!(
            (one["grant"].clone(), one["tier"].clone()),
            (json!(room.given.id.to_string()), json!(2))
        );
        let paths: Vec<&str> = one["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["path"].as_str().unwrap())
            .collect();
        assert!(paths.contains(&"needs.mobility") && !paths.contains(&"health.conditions"));
        assert!(!found.to_string().contains("Bowen"));
    }
    let nobody = room
        .browser
        .done(
            "incident/match",
            json!({ "incident": incident, "address": "18 Heol y Felin" }),
        )
        .await;
    assert_eq!(nobody["people"], 0, "number 18 is not number 17");
    for unclear in [
        json!({}),
        json!({ "phone": "1", "address": "17 Heol" }),
        json!({ "address": "17" }),
    ] {
        let mut ask = unclear;
        ask["incident"] = json!(incident);
        assert_eq!(
            room.browser.post("incident/match", ask).await.code(),
            "call_unclear"
        );
    }
    let count = room
        .browser
        .done("place/count", json!({ "address": "Heol y Felin" }))
        .await;
    assert_eq!(count, json!({ "people": 1 }), "a number, before any name");
}

#[tokio::test]
async fn nothing_is_matched_or_opened_without_an_open_incident() {
    let mut room = Room::open().await;
    let grant = room.given.id.to_string();
    let ask = |incident: &str| json!({ "grant": grant, "incident": incident, "reason": "call" });
    assert_eq!(
        room.browser
            .post("incident/open", ask("INC-9"))
            .await
            .code(),
        "unknown_incident"
    );
    let incident = room.declare("INC-1").await;
    assert_eq!(
        room.browser
            .post(
                "incident/declare",
                json!({ "reference": "INC-1", "kind": "fire" })
            )
            .await
            .code(),
        "incident_exists"
    );
    let opened = room.open_for(&incident).await;
    assert!(opened["open_until"].is_number() && opened.to_string().contains("Bowen"));
    room.live.act(&grant, "open").await;
    let again = room.open_for(&incident).await;
    assert_eq!(
        again["index"], opened["index"],
        "the same opening for two hours"
    );
    room.browser
        .done("incident/close", json!({ "id": incident }))
        .await;
    assert_eq!(
        room.browser
            .post("incident/open", ask(&incident))
            .await
            .code(),
        "incident_closed"
    );
    let match_it = json!({ "incident": incident, "phone": "029 2018 0199" });
    assert_eq!(
        room.browser.post("incident/match", match_it).await.code(),
        "incident_closed"
    );
    let closed = room.browser.seen(&format!("incident?id={incident}")).await;
    assert_eq!(closed["openings"][0]["grant"], grant);
}

#[tokio::test]
async fn taken_back_during_an_incident_it_is_closed_to_everyone() {
    let mut room = Room::open().await;
    let grant = room.given.id.to_string();
    let incident = room.declare("INC-1").await;
    room.open_for(&incident).await;
    room.resident.takes_back(&room.county, &room.given).await;
    assert_eq!(room.live.act(&grant, "revoke").await["state"], "withdrawn");
    room.live.act(&grant, "acknowledged").await;
    let ask = json!({ "grant": grant, "incident": incident, "reason": "call" });
    assert_eq!(
        room.browser.post("incident/open", ask).await.code(),
        "consent_withdrawn"
    );
    let found = room
        .browser
        .done(
            "incident/match",
            json!({ "incident": incident, "phone": "029 2018 0199" }),
        )
        .await;
    assert_eq!(found["people"], 0, "the number is forgotten");
}

#[tokio::test]
async fn what_was_opened_is_handed_over_as_additional_data_and_nothing_else_is() {
    let mut room = Room::open().await;
    let incident = room.declare("INC-1").await;
    let ask = json!({ "grant": room.given.id.to_string(), "incident": incident });
    assert_eq!(
        room.browser
            .post("incident/hand-over", ask.clone())
            .await
            .code(),
        "not_opened"
    );
    room.open_for(&incident).await;
    room.live.act(&room.given.id.to_string(), "open").await;
    let file = room.browser.post("incident/hand-over", ask).await;
    assert_eq!(file.status, 200);
    assert!(
        file.header("content-type")
            .starts_with("multipart/mixed; boundary=")
    );
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename=")
    );
    let text = String::from_utf8(file.body.to_vec()).unwrap();
    for part in [
        "EmergencyCallData.ProviderInfo",
        "EmergencyCallData.SubscriberInfo",
        "Bowen",
        "INC-1",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn another_person_or_another_reason_within_an_incident_is_an_opening_of_its_own() {
    let mut room = Room::open().await;
    let grant = room.given.id.to_string();
    let incident = room.declare("INC-1").await;
    let first = room.open_for(&incident).await;
    room.live.act(&grant, "open").await;
    let other = room.desk.signed_in("everything").await;
    let match_it = json!({ "incident": incident, "phone": "029 2018 0199" });
    for (browser, opened) in [(&room.browser, true), (&other, false)] {
        let seen = browser.done("incident/match", match_it.clone()).await;
        let until = &seen["matches"][0]["open_until"];
        assert_eq!(until.is_number(), opened, "their own opening: {seen}");
    }
    let hand = json!({ "grant": grant, "incident": incident });
    let refused = other.post("incident/hand-over", hand.clone()).await;
    assert_eq!(refused.code(), "not_opened", "they opened nothing yet");
    let ask = |reason: &str| json!({ "grant": grant, "incident": incident, "reason": reason });
    let second = other.done("incident/open", ask("call")).await;
    room.live.act(&grant, "open").await;
    assert_ne!(second["statement"], first["statement"]);
    let again = other.done("incident/open", ask("call")).await;
    assert_eq!(again["statement"], second["statement"]);
    let third = other.done("incident/open", ask("welfare-check")).await;
    room.live.act(&grant, "open").await;
    assert_ne!(third["statement"], second["statement"]);
    let own = room.open_for(&incident).await;
    assert_eq!(own["statement"], first["statement"]);
    assert_eq!(other.post("incident/hand-over", hand).await.status, 200);
    let seen = room.browser.seen(&format!("incident?id={incident}")).await;
    let openings = seen["openings"].as_array().unwrap();
    let mut reasons: Vec<String> = openings
        .iter()
        .map(|one| format!("{} {}", one["actor"], one["reason"]))
        .collect();
    reasons.sort();
    reasons.dedup();
    assert_eq!(reasons.len(), 3, "each look is on record: {seen}");
}

#[tokio::test]
async fn two_consoles_of_a_circle_see_who_serves_the_same_case() {
    let mut room = Room::open().await;
    let theirs = room
        .resident
        .gives(
            &room.county,
            "ambulance",
            emergency(Some((room.case, 3))),
            None,
        )
        .await;
    let incident = room.declare("INC-1").await;
    room.open_for(&incident).await;
    let circle = room
        .browser
        .seen(&format!("incident/circle?id={incident}&lang=cy"))
        .await;
    let case = &circle["cases"][0];
    assert_eq!(
        (case["case"].clone(), case["circle"].clone()),
        (json!(room.case.to_string()), json!("Ymateb i argyfwng"))
    );
    let members = case["members"].as_array().unwrap();
    assert_eq!(members.len(), 2);
    assert_eq!(
        members
            .iter()
            .filter(|member| member["own"] == true)
            .count(),
        1
    );
    let ambulance = room
        .county
        .console("ambulance")
        .await
        .signed_in("control-room")
        .await;
    let mut there = ambulance.connected().await;
    // Events come in order: once this one is told, the earlier ones were dealt with.
    let later = Resident::new(5)
        .gives(&room.county, "ambulance", crate::county::visit(), None)
        .await;
    there.act(&later.id.to_string(), "share").await;
    room.resident.takes_back(&room.county, &theirs).await;
    assert_eq!(
        there.act(&theirs.id.to_string(), "revoke").await["state"],
        "withdrawn"
    );
    let circle = room
        .browser
        .seen(&format!("incident/circle?id={incident}"))
        .await;
    let gone = circle["cases"][0]["members"]
        .as_array()
        .unwrap()
        .iter()
        .find(|member| member["own"] == false)
        .unwrap()
        .clone();
    assert_eq!(
        (gone["name"].clone(), gone["state"].clone()),
        (json!("Ambulance Trust"), json!("withdrawn"))
    );
    room.live.act(&room.given.id.to_string(), "open").await;
}

#[tokio::test]
async fn an_opening_owes_a_second_look_by_somebody_else() {
    let mut room = Room::open().await;
    let grant = room.given.id.to_string();
    let incident = room.declare("INC-1").await;
    room.open_for(&incident).await;
    room.live.act(&grant, "open").await;
    let owed = room.browser.seen("reviews").await["reviews"][0].clone();
    assert_eq!(
        (
            owed["own"].clone(),
            owed["overdue"].clone(),
            owed["finding"].clone()
        ),
        (json!(true), json!(false), json!(null))
    );
    let ask = json!({ "grant": grant, "opening": owed["opening"], "finding": "justified" });
    assert_eq!(
        room.browser.post("review", ask.clone()).await.code(),
        "same_person"
    );
    let officer = room.desk.signed_in("privacy-officer").await;
    officer.done("review", ask.clone()).await;
    room.live.act(&grant, "review").await;
    assert_eq!(officer.post("review", ask).await.code(), "already_reviewed");
    let done = officer.seen("reviews").await["reviews"][0].clone();
    assert_eq!(done["finding"], "justified");
    assert_ne!(done["reviewed_by"], done["actor"]);
    let other = json!({ "grant": grant, "opening": random().to_string(), "finding": "justified" });
    assert_eq!(
        officer.post("review", other).await.code(),
        "unknown_opening"
    );
}
