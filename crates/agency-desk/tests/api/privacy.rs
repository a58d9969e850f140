//! The privacy officer: the record of processing, who looked, deletions, subject access, the journal.

use serde_json::{Value, json};

use crate::{
    Browser, County, Resident,
    county::{Desk, Given, visit},
};

struct Office {
    county: County,
    desk: Desk,
    officer: Browser,
    resident: Resident,
    given: Given,
}

impl Office {
    /// One consent that was read once.
    async fn open() -> Self {
        let county = County::open().await;
        let desk = county.console("fire").await;
        let (officer, worker) = (
            desk.signed_in("privacy-officer").await,
            desk.signed_in("caseworker").await,
        );
        let mut live = worker.connected().await;
        let resident = Resident::new(1);
        let given = resident.gives(&county, "fire", visit(), None).await;
        live.act(&given.id.to_string(), "share").await;
        worker
            .done(
                "consent/read",
                json!({ "grant": given.id.to_string(), "reason": "planning the visit" }),
            )
            .await;
        live.act(&given.id.to_string(), "access").await;
        Office {
            county,
            desk,
            officer,
            resident,
            given,
        }
    }
}

#[tokio::test]
async fn the_record_of_processing_counts_people_items_and_readings() {
    let office = Office::open().await;
    let record = office.officer.seen("processing?lang=cy").await;
    let entry = &record["entries"][0];
    assert_eq!(entry["purpose"], "fire-safety-visit");
    assert_eq!(
        (
            entry["people"].clone(),
            entry["consents"].clone(),
            entry["readings"].clone()
        ),
        (json!(1), json!(1), json!(1))
    );
    assert_eq!(record["erase_within"], "P30D");
    let csv = office.officer.get("processing.csv?lang=en").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let text = String::from_utf8(csv.body.to_vec()).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(
        text.starts_with("controller,contact,purpose,legal basis,"),
        "{text}"
    );
    assert!(
        csv.header("content-disposition")
            .contains("record-of-processing-")
    );
}

#[tokio::test]
async fn a_pseudonym_is_resolved_with_a_reason_that_is_on_record() {
    let office = Office::open().await;
    let rows = office.officer.seen("actors?days=7").await;
    let row = &rows["rows"][0];
    assert_eq!(
        (row["reads"].clone(), row["people"].clone()),
        (json!(1), json!(1))
    );
    assert_eq!(row["daily"].as_array().unwrap().len(), 7);
    assert!(
        !rows.to_string().contains("caseworker"),
        "no names in the table"
    );
    let ask = |reason: &str| json!({ "actor": row["actor"], "reason": reason });
    assert_eq!(
        office.officer.post("actor/resolve", ask("")).await.code(),
        "reason_missing"
    );
    let who = office
        .officer
        .done("actor/resolve", ask("complaint 12"))
        .await;
    assert_eq!(who["user"], "caseworker");
    assert_eq!(
        office
            .officer
            .post("actor/resolve", json!({ "actor": "nobody", "reason": "x" }))
            .await
            .code(),
        "unknown_actor"
    );
    let lines = office.officer.seen("journal").await;
    let said = |line: &Value| line["act"] == "actor/resolve" && line["reason"] == "complaint 12";
    assert!(lines["lines"].as_array().unwrap().iter().any(said));
    let signed_in = |line: &Value| line["act"] == "sign-in" && line["actor"] == row["actor"];
    assert!(lines["lines"].as_array().unwrap().iter().any(signed_in));
    assert!(
        !lines.to_string().contains("caseworker"),
        "nor in the journal"
    );
    let csv = String::from_utf8(office.officer.get("actors.csv").await.body.to_vec()).unwrap();
    assert!(csv.contains(row["actor"].as_str().unwrap()));
}

#[tokio::test]
async fn deletions_are_owed_from_the_withdrawal_on_and_confirmed_by_the_log() {
    let office = Office::open().await;
    let grant = office.given.id.to_string();
    let mut live = office.officer.connected().await;
    office
        .resident
        .takes_back(&office.county, &office.given)
        .await;
    live.act(&grant, "acknowledged").await;
    let owed = office.officer.seen("deletions").await;
    assert_eq!(
        (owed["owed"][0]["because"].clone(), owed["overdue"].clone()),
        (json!("withdrawn"), json!(0))
    );
    office.desk.later(31 * 86_400);
    let officer = office.desk.signed_in("privacy-officer").await;
    assert_eq!(officer.seen("deletions").await["overdue"], 1);
    office.desk.later(-31 * 86_400);
    // The sessions of before are over.
    let worker = office.desk.signed_in("caseworker").await;
    let mut live = officer.connected().await;
    worker
        .done(
            "consent/erased",
            json!({ "grant": grant, "method": "removed from the case system" }),
        )
        .await;
    live.act(&grant, "erased").await;
    let done = officer.seen("deletions").await;
    assert_eq!(
        (done["owed"].clone(), done["confirmed"][0]["late"].clone()),
        (json!([]), json!(false))
    );
    assert_eq!(
        done["confirmed"][0]["method"],
        "removed from the case system"
    );
}

#[tokio::test]
async fn subject_access_gives_all_that_is_held_and_nobodys_name() {
    let office = Office::open().await;
    let grant = office.given.id.to_string();
    let ask = json!({ "grant": grant, "reason": "letter of 3 March" });
    let file = office.officer.post("subject-access", ask).await;
    assert!(
        file.header("content-disposition")
            .contains("subject-access-")
    );
    let held = file.json();
    assert_eq!(held["grant"], grant);
    let acts: Vec<&Value> = held["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| &act["act"])
        .collect();
    assert_eq!(acts, ["grant", "share", "access"]);
    assert!(held["record"]["read_at"].is_number());
    assert_eq!(held["journal"][0]["act"], "consent/read");
    assert!(!held.to_string().contains("caseworker of the fire service"));
}

#[tokio::test]
async fn refused_reads_count_and_are_in_the_journal() {
    let office = Office::open().await;
    let grant = office.given.id.to_string();
    let control = office.desk.signed_in("control-room").await;
    let refused = control
        .post(
            "consent/read",
            json!({ "grant": grant, "reason": "curious" }),
        )
        .await;
    assert_eq!(refused.code(), "not_allowed");
    let lines = office.officer.seen("journal").await;
    let said = |line: &Value| line["act"] == "consent/read" && line["refused"] == "not_allowed";
    assert!(lines["lines"].as_array().unwrap().iter().any(said));
}
