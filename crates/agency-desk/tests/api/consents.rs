//! The table, one consent, reading under it, and what happens when it is taken back meanwhile.

use consent_token::{statement::HolderAct, term::Release};
use serde_json::{Value, json};

use crate::{
    County, Resident,
    county::{consent, emergency, visit},
};

#[tokio::test]
async fn what_is_given_stands_in_the_table_and_is_found_in_both_languages() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    let given = Resident::new(1).gives(&county, "fire", visit(), None).await;
    let sealed = Resident::new(2)
        .gives(&county, "fire", emergency(None), None)
        .await;
    Resident::new(3)
        .gives(&county, "ambulance", visit(), None)
        .await;
    live.act(&sealed.id.to_string(), "share").await;
    let all = browser.seen("consents").await;
    assert_eq!(
        (all["total"].clone(), all["connected"].clone()),
        (json!(2), json!(true)),
        "the ambulance's own is not here"
    );
    assert_eq!(all["counts"]["valid"], 2);
    for (query, grant) in [
        (format!("search={}", given.id), &given),
        ("search=diogelwch".into(), &given),
        ("search=safety%20visit".into(), &given),
        ("search=argyfwng".into(), &sealed),
        ("only=on_incident".into(), &sealed),
        ("purpose=fire-safety-visit".into(), &given),
    ] {
        let found = browser.seen(&format!("consents?{query}")).await;
        let rows = found["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 1, "{query}");
        assert_eq!(rows[0]["grant"], grant.id.to_string(), "{query}");
    }
    assert_eq!(
        browser.seen("consents?search=safety%20emergency").await["total"],
        0
    );
    let page = browser.seen("consents?limit=1&offset=1&order=newest").await;
    assert_eq!(
        (
            page["total"].clone(),
            page["rows"].as_array().unwrap().len()
        ),
        (json!(2), 1)
    );
}

#[tokio::test]
async fn one_consent_comes_with_its_history_and_proofs_that_were_checked() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    let given = Resident::new(1).gives(&county, "fire", visit(), None).await;
    live.act(&given.id.to_string(), "share").await;
    let seen = browser
        .seen(&format!("consent?grant={}&lang=cy", given.id))
        .await;
    assert_eq!(
        (seen["proven"].clone(), seen["readable"].clone()),
        (json!(true), json!("yes"))
    );
    assert_eq!(seen["token"], given.token);
    let acts: Vec<&Value> = seen["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| &act["act"])
        .collect();
    assert_eq!(acts, ["share", "grant"]);
    assert!(seen["history"].as_array().unwrap().iter().all(|act| {
        act["proof"]
            .as_str()
            .unwrap()
            .starts_with("c2sp.org/tlog-proof@v1")
    }));
    assert_eq!(
        browser
            .get("consent?grant=AAAAAAAAAAAAAAAAAAAAAA")
            .await
            .code(),
        "unknown_grant"
    );
    assert_eq!(
        browser.get("consent?grant=..%2F..").await.code(),
        "unknown_grant"
    );
}

#[tokio::test]
async fn reading_takes_a_reason_and_is_on_record_under_a_pseudonym() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    let given = Resident::new(1).gives(&county, "fire", visit(), None).await;
    let grant = given.id.to_string();
    live.act(&grant, "share").await;
    let ask = |reason: &str| json!({ "grant": grant, "reason": reason });
    assert_eq!(
        browser.post("consent/read", ask("  ")).await.code(),
        "reason_missing"
    );
    let wrong = json!({ "grant": grant, "reason": "visit", "items": ["health.conditions"] });
    assert_eq!(
        browser.post("consent/read", wrong).await.code(),
        "item_not_covered"
    );
    let read = browser
        .done("consent/read", ask("planning the visit"))
        .await;
    let name = read["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["path"] == "identity.name")
        .unwrap();
    assert_eq!(name["value"]["family"], "Bowen");
    live.act(&grant, "access").await;
    let session = browser.seen("session").await;
    let seen = browser.seen(&format!("consent?grant={grant}")).await;
    let access = &seen["history"][0];
    assert_eq!(
        (access["reason"].clone(), access["by"].clone()),
        (json!("planning the visit"), json!("agency"))
    );
    assert_eq!(access["actor"], session["signed_in"]["actor"]);
    assert!(seen["row"]["read_at"].is_number());
}

#[tokio::test]
async fn taken_back_while_it_is_open_every_page_hears_of_it_with_the_event() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    let resident = Resident::new(1);
    let given = resident.gives(&county, "fire", visit(), None).await;
    let grant = given.id.to_string();
    live.act(&grant, "share").await;
    browser
        .done("consent/read", json!({ "grant": grant, "reason": "visit" }))
        .await;
    resident.takes_back(&county, &given).await;
    let told = live.act(&grant, "revoke").await;
    assert_eq!(told["state"], "withdrawn");
    let refused = browser
        .post("consent/read", json!({ "grant": grant, "reason": "visit" }))
        .await;
    assert_eq!(refused.code(), "consent_withdrawn");
    live.act(&grant, "acknowledged").await;
    let row = &browser.seen("consents?only=owed").await["rows"][0];
    assert_eq!(
        (row["grant"].clone(), row["owed"]["because"].clone()),
        (json!(grant), json!("withdrawn"))
    );
    let stated = browser
        .done(
            "consent/erased",
            json!({ "grant": grant, "method": "shredded" }),
        )
        .await;
    let told = live.act(&grant, "erased").await;
    assert_eq!(told["index"], stated["index"]);
    assert_eq!(browser.seen("consents?only=owed").await["total"], 0);
}

#[tokio::test]
async fn paused_it_is_not_read_and_what_waits_for_an_incident_is_not_read_here() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    let resident = Resident::new(1);
    let given = resident.gives(&county, "fire", visit(), None).await;
    resident.acts(&county, &given, HolderAct::Suspend).await;
    live.act(&given.id.to_string(), "suspend").await;
    let ask =
        |grant: &consent_token::id::Jti| json!({ "grant": grant.to_string(), "reason": "visit" });
    assert_eq!(
        browser.post("consent/read", ask(&given.id)).await.code(),
        "consent_paused"
    );
    let sealed = Resident::new(2)
        .gives(&county, "fire", emergency(None), None)
        .await;
    live.act(&sealed.id.to_string(), "share").await;
    assert_eq!(
        browser.post("consent/read", ask(&sealed.id)).await.code(),
        "waits_for_incident"
    );
}

/// Script, direction overrides and ten thousand characters, in what a person calls themselves.
#[tokio::test]
async fn a_hostile_name_is_carried_as_data_and_as_nothing_else() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("everything").await;
    let mut live = browser.connected().await;
    let name = format!(
        "</script><script>alert(1)</script>\u{202e}\u{2066}\"'={}",
        "n".repeat(10_000)
    );
    let mut fields = crate::county::fields(&["identity.name"]);
    fields.insert("identity.name".into(), json!({ "family": name }));
    let given = Resident::new(1)
        .gives_with(
            &county,
            "fire",
            consent(&["identity.name"], Release::OnGrant),
            None,
            fields,
        )
        .await;
    let grant = given.id.to_string();
    live.act(&grant, "share").await;
    let answer = browser
        .post(
            "consent/read",
            json!({ "grant": grant, "reason": "<b>visit</b>" }),
        )
        .await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let read = answer.json();
    assert_eq!(read["fields"][0]["value"]["family"], name);
    assert_eq!(
        read["fields"][0]["lines"],
        json!([format!("family: {name}")])
    );
    live.act(&grant, "access").await;
    let journal = browser.get("journal").await;
    let kept = String::from_utf8_lossy(&journal.body).into_owned();
    assert!(
        !kept.contains("alert(1)"),
        "nobody's name stands in the journal"
    );
    let table = browser.get("consents").await;
    assert!(!String::from_utf8_lossy(&table.body).contains("alert(1)"));
    let checked = browser
        .done("check", json!({ "token": name, "offline": false }))
        .await;
    assert_eq!(
        (checked["verdict"].clone(), checked["why"].clone()),
        (json!("no"), json!("too_large"))
    );
}

#[tokio::test]
async fn after_a_restart_the_table_is_there_before_the_verifier_is_asked() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    let resident = Resident::new(1);
    let given = resident.gives(&county, "fire", visit(), None).await;
    live.act(&given.id.to_string(), "share").await;
    resident.takes_back(&county, &given).await;
    live.act(&given.id.to_string(), "acknowledged").await;
    desk.stop().await;
    let again = county.console("fire").await;
    let browser = again.signed_in("caseworker").await;
    let rows = browser.seen("consents").await;
    assert_eq!(
        (rows["total"].clone(), rows["rows"][0]["state"].clone()),
        (json!(1), json!("withdrawn"))
    );
    browser.connected().await;
    assert_eq!(
        browser.seen("consents").await["total"],
        1,
        "nothing came twice"
    );
}

#[tokio::test]
async fn a_token_is_checked_with_its_reason_and_its_proof() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("control-room").await;
    let mut live = browser.connected().await;
    let resident = Resident::new(1);
    let given = resident.gives(&county, "fire", visit(), None).await;
    live.act(&given.id.to_string(), "share").await;
    let check = |token: &str, purpose: &str, items: &[&str]| json!({ "token": token, "purpose": purpose, "items": items });
    let yes = browser
        .done("check", check(&given.token, "", &["home.address"]))
        .await;
    assert_eq!(yes["verdict"], "yes", "{yes}");
    assert!(
        yes["proof"]["text"]
            .as_str()
            .unwrap()
            .starts_with("c2sp.org/tlog-proof@v1")
    );
    assert_eq!(yes["consent"]["grant"], given.id.to_string());
    for (token, purpose, items, why) in [
        (
            given.token.as_str(),
            "missing-person",
            vec![],
            "purpose_not_covered",
        ),
        (
            &given.token,
            "",
            vec!["health.conditions"],
            "data_not_covered",
        ),
        ("no.token.this", "", vec![], "malformed"),
        (
            &given.token[..given.token.len() - 2],
            "",
            vec![],
            "bad_signature",
        ),
    ] {
        let no = browser.done("check", check(token, purpose, &items)).await;
        assert_eq!(
            (no["verdict"].clone(), no["why"].clone()),
            (json!("no"), json!(why))
        );
    }
    resident.takes_back(&county, &given).await;
    let no = browser.done("check", check(&given.token, "", &[])).await;
    assert_eq!(
        (no["verdict"].clone(), no["why"].clone()),
        (json!("no"), json!("revoked"))
    );
    let other = Resident::new(2)
        .gives(&county, "ambulance", visit(), None)
        .await;
    let no = browser.done("check", check(&other.token, "", &[])).await;
    assert_eq!(
        (no["why"].clone(), no["proof"].clone()),
        (json!("wrong_audience"), json!(null))
    );
}
