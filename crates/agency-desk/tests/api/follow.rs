//! Following the verifier through faults.

use std::fs;

use serde_json::json;

use crate::{County, Resident, county::emergency};

/// The index of callers cannot be written for a while, as on a full disk.
#[tokio::test]
async fn a_change_that_could_not_be_acted_on_comes_again() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("control-room").await;
    let mut live = browser.connected().await;
    let in_the_way = county.dir("fire").join("locators.json");
    fs::create_dir(&in_the_way).unwrap();
    let given = Resident::new(1)
        .gives(&county, "fire", emergency(None), None)
        .await;
    live.until(|event| event["kind"] == "line" && event["connected"] == false)
        .await;
    let seen = browser.seen("consents").await;
    assert_eq!(seen["total"], 1, "it is told and shown all the same");
    fs::remove_dir(&in_the_way).unwrap();
    live.act(&given.id.to_string(), "access").await;
    let ask = json!({ "reference": "INC-1", "kind": "fire" });
    browser.done("incident/declare", ask).await;
    let ask = json!({ "incident": "INC-1", "phone": "029 2018 0199" });
    let found = browser.done("incident/match", ask).await;
    assert_eq!(found["people"], 1, "the caller is known");
}
