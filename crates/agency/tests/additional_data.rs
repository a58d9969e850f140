//! An opened profile as Additional Data (RFC 7852), held to the RFCs' schemas by a validator that is not ours.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use agency::{
    Opened, Recorded,
    additional_data::{AdditionalData, Block},
};
use consent_token::{
    id::{Digest, Jti},
    statement::{AgencyAct, AgencyStatement, sign_agency},
    token,
};
use profile::Lang;
use protocol::{
    Entry, UnixMillis, Version1,
    api::Receipt,
    receipt::Proven,
    share::{Announced, Part, Share},
};
use serde_json::{Value, json};
use support::{agency, now};

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/xml")
}

/// What `xmllint` says against one schema; nothing where it is valid.
fn faults(xml: &str, kind: &str, schema: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.xml");
    fs::write(&file, xml).unwrap();
    let run = Command::new("xmllint")
        .args(["--nonet", "--noout", kind])
        .arg(schemas().join("schemas").join(schema))
        .arg(&file)
        .output()
        .expect("xmllint is installed (Debian: libxml2-utils)");
    (!run.status.success()).then(|| String::from_utf8_lossy(&run.stderr).into_owned())
}

fn assert_valid(xml: &str, schema: &str) {
    assert_eq!(faults(xml, "--schema", schema), None, "{xml}");
}

fn schema_of(block: &Block) -> &'static str {
    match block.file {
        "provider-info.xml" => "ProviderInfo.xsd",
        "service-info.xml" => "ServiceInfo.xsd",
        "subscriber-info.xml" => "SubscriberInfo.xsd",
        "comment.xml" => "Comment.xsd",
        "location.xml" => "location.xsd",
        other => panic!("no schema for {other}"),
    }
}

fn opened(fields: &Value) -> (tempfile::TempDir, AdditionalData) {
    exported(fields, &[Lang::En, Lang::Cy])
}

/// The fields as they were opened for an incident, and exported.
fn exported(fields: &Value, languages: &[Lang]) -> (tempfile::TempDir, AdditionalData) {
    let dir = tempfile::tempdir().unwrap();
    let own = agency(dir.path());
    let token = token::verify(&support::token(&own, 7, 0), &Version1).unwrap();
    let statement = AgencyStatement {
        iss: own.id().clone(),
        jti: Jti::from_bytes([3; 16]),
        iat: now(),
        grant: token.claims().jti,
        act: AgencyAct::Open {
            incident: "INC <1> & more".into(),
            actor: "desk-2".into(),
            position: "position-4".into(),
            reason: "call".into(),
            basis: "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d".parse().unwrap(),
        },
    };
    let compact = sign_agency(&statement, own.key()).unwrap();
    let entry = Entry::Act {
        at: UnixMillis(now().as_i64() * 1000),
        digest: Digest::of(b""),
        v: 1,
    };
    let recorded = Recorded {
        jti: statement.jti,
        compact,
        receipt: Receipt {
            grant: statement.grant,
            status: 0,
            index: 0,
            proof: String::new(),
            replaced: None,
        },
        proven: Proven {
            entry,
            index: 0,
            head: transparency_log::TreeHead::EMPTY,
            note: String::new(),
        },
    };
    let share = Share::new(1, fields.as_object().unwrap().clone(), now());
    let announced = Announced {
        seq: 1,
        digest: Digest::of(b""),
        size: 0,
        revision: 1,
    };
    let opened = Opened {
        token,
        part: Part::Whole,
        share,
        announced,
        recorded,
    };
    let data = AdditionalData::of(&opened, &own.entry().agency, languages);
    (dir, data)
}

/// Every path of the profile, with everything that each can hold.
fn everything() -> Value {
    json!({
        "identity.name": { "text": "Dr Emrys Wyn Bowen", "given": ["Emrys", "Wyn"], "family": "Bowen", "prefix": "Dr", "suffix": "MBE" },
        "identity.birth_date": "1956-09-30",
        "identity.gender": { "code": "male", "text": "man & dyn" },
        "identity.languages": ["cy", "en-GB"],
        "identity.national_id": [{ "value": "999 000 1234", "label": "NHS number" }],
        "contact.phone": [
            { "number": "+44 29 2018 0199", "uses": ["home"], "preferred": true },
            { "number": "0300 123", "uses": ["mobile", "text", "textphone"] },
            { "number": "999" }
        ],
        "contact.email": [{ "address": "emrys@home.example", "uses": ["home"] }, { "address": "e@work.example", "preferred": true }],
        "contact.preferred": { "method": "textphone", "note": "let it ring" },
        "home.address": { "lines": ["Flat 2", "17a Stryd y Bont"], "locality": "Cwm Derw", "region": "Gwent", "postcode": "NP99 1AA", "country": "gb" },
        "home.geo": { "lat": 51.5, "lon": -3.25, "accuracy_m": 20.0 },
        "home.access": "back door, <ramp>",
        "home.key_safe": { "location": "left of the door", "code": "1234", "note": "brass key" },
        "home.hazards": [{ "text": "oxygen cylinders", "where": "hall" }],
        "home.occupants": [{ "who": "mother", "age": 88, "where": "upstairs", "needs": "dementia" }],
        "home.pets": [{ "kind": "dog", "count": 2, "note": "friendly" }],
        "health.conditions": [{ "text": "renal failure", "since": "2019", "severity": "severe" }],
        "health.medication": [{ "text": "epoetin", "dose": "weekly", "route": "injection", "reason": "anaemia" }],
        "health.allergies": [
            { "text": "pollen" },
            { "text": "penicillin", "criticality": "high", "reactions": ["anaphylaxis"] }
        ],
        "health.equipment": [{ "text": "home dialysis", "needs_power": true, "where": "bedroom" }],
        "health.blood_group": "AB-",
        "health.advance_decision": { "text": "no ventilation", "date": "2024-01", "held_by": "GP" },
        "health.care_plan": { "text": "dialysis three times a week" },
        "needs.mobility": [{ "code": "19", "note": "bed-bound" }],
        "needs.power_dependent": [{ "code": "03" }, { "code": "26", "until": "2027-01-31" }],
        "people.emergency_contacts": [{ "name": "Mared", "relationship": "daughter", "phones": [{ "number": "+44 7700 900123" }] }],
        "documents.plan": { "digest": format!("sha-256:{}", "A".repeat(43)), "media_type": "application/pdf", "size": 1_200_000, "title": "Care plan" }
    })
}

fn text<'a>(data: &'a AdditionalData, file: &str) -> &'a str {
    &data
        .blocks
        .iter()
        .find(|block| block.file == file)
        .unwrap()
        .xml
}

#[test]
fn the_rfcs_own_examples_hold_and_broken_ones_do_not() {
    for (file, schema) in [
        ("service-info.xml", "ServiceInfo.xsd"),
        ("comment.xml", "Comment.xsd"),
    ] {
        let example = fs::read_to_string(schemas().join("rfc7852").join(file)).unwrap();
        assert_valid(&example, schema);
        let broken = example.replace("DataProviderReference", "DataProviderReferences");
        assert!(
            faults(&broken, "--schema", schema).is_some(),
            "the schema refuses nothing"
        );
    }
}

#[test]
fn a_whole_profile_is_valid_by_the_rfcs_schemas() {
    let (_dir, data) = opened(&everything());
    assert_eq!(data.blocks.len(), 5);
    for block in &data.blocks {
        assert_valid(&block.xml, schema_of(block));
    }
}

#[test]
fn its_card_is_valid_by_the_xcard_rfc_as_well() {
    let (_dir, data) = opened(&everything());
    let block = text(&data, "subscriber-info.xml");
    let (start, end) = (
        block.find("<vcard>").unwrap(),
        block.find("</vcard>").unwrap(),
    );
    let card = format!(
        "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\">{}</vcard></vcards>",
        &block[start..end]
    );
    assert_eq!(faults(&card, "--relaxng", "xcard.rng"), None, "{card}");
}

#[test]
fn each_item_alone_is_valid_too() {
    for (path, value) in everything().as_object().unwrap() {
        let (_dir, data) = opened(&json!({ path: value }));
        for block in &data.blocks {
            assert_valid(&block.xml, schema_of(block));
        }
    }
}

#[test]
fn dates_with_parts_missing_are_valid() {
    for date in ["1956-09-30", "1956-09", "1956", "--09-30"] {
        let (_dir, data) = opened(&json!({ "identity.birth_date": date }));
        assert_valid(text(&data, "subscriber-info.xml"), "SubscriberInfo.xsd");
    }
}

#[test]
fn what_saves_a_life_comes_first_in_each_language() {
    let (_dir, data) = opened(&everything());
    let comment = text(&data, "comment.xml");
    let at = |needle: &str| {
        comment
            .find(needle)
            .unwrap_or_else(|| panic!("{needle} in {comment}"))
    };
    let order = [
        "oxygen cylinders (hall)",
        "penicillin; MAY THREATEN LIFE",
        "pollen",
        "home dialysis (bedroom); STOPS WITHOUT MAINS POWER",
        "Dialysis, feeding pump",
        "bed-bound",
        "mother (upstairs); aged 88",
        "code 1234",
        "no ventilation",
        "renal failure",
        "epoetin",
        "AB-",
        "2 dog",
        "Care plan (application",
    ];
    assert!(
        order.windows(2).all(|pair| at(pair[0]) < at(pair[1])),
        "{comment}"
    );
    let (english, welsh) = comment.split_at(comment.find("xml:lang=\"cy\"").unwrap());
    assert!(english.contains("xml:lang=\"en\"") && !welsh.contains("xml:lang=\"en\""));
    assert!(welsh.contains("GALL FYGWTH BYWYD") && welsh.contains("YN STOPIO HEB BŴER"));
}

#[test]
fn nothing_that_was_shared_is_left_out() {
    let (_dir, data) = exported(&everything(), &[]);
    let all: String = data.blocks.iter().map(|block| block.xml.as_str()).collect();
    for told in [
        "Dr Emrys Wyn Bowen",
        "19560930",
        "man &amp; dyn",
        "en-gb",
        "999 000 1234",
        "tel:+442920180199",
        "0300 123",
        "emrys@home.example",
        "textphone; let it ring",
        "17a Stryd y Bont",
        "<ca:HNO>17</ca:HNO>",
        "<ca:HNS>a</ca:HNS>",
        "<ca:RD>Stryd y Bont</ca:RD>",
        "<ca:LOC>Flat 2</ca:LOC>",
        "<ca:country>GB</ca:country>",
        "<gml:pos>51.5 -3.25</gml:pos>",
        "back door, &lt;ramp&gt;",
        "Mared (daughter)",
        "three times a week",
        "application/pdf",
    ] {
        assert!(all.contains(told), "{told} in {all}");
    }
}

#[test]
fn every_block_names_the_same_source_once() {
    let (_dir, data) = opened(&everything());
    let reference = format!("{}@fire.example", Jti::from_bytes([3; 16]));
    for block in data
        .blocks
        .iter()
        .filter(|block| block.file != "location.xml")
    {
        assert_eq!(
            block
                .xml
                .matches(&format!("DataProviderReference>{reference}<"))
                .count(),
            1,
            "{}",
            block.xml
        );
    }
}

#[test]
fn the_opening_has_nenas_names() {
    let (_dir, data) = opened(&everything());
    let opening = serde_json::to_value(&data.opening).unwrap();
    assert_eq!(opening["incidentId"], "INC <1> & more");
    assert_eq!(opening["agencyPositionId"], "position-4");
    assert_eq!(opening["agencyAgentId"], "desk-2");
    assert_eq!(opening["agencyId"], "fire.example");
    assert_eq!(opening["timestamp"], "2026-09-21T14:13:20Z");
    let comment = text(&data, "comment.xml");
    assert!(
        comment.contains("for incident INC &lt;1&gt; &amp; more"),
        "{comment}"
    );
}

#[test]
fn a_tier_without_a_name_is_a_card_without_one_and_nothing_shared_is_no_card() {
    let (_dir, data) = opened(&json!({ "contact.phone": [{ "number": "+44 29 2018 0199" }] }));
    assert!(text(&data, "subscriber-info.xml").contains("(name not shared)"));
    let (_dir, data) =
        opened(&json!({ "home.hazards": [{ "text": "gas" }], "identity.name": null }));
    let files: Vec<&str> = data.blocks.iter().map(|block| block.file).collect();
    assert_eq!(
        files,
        ["provider-info.xml", "service-info.xml", "comment.xml"]
    );
}

#[test]
fn what_a_later_version_shared_is_told_as_it_is() {
    let (_dir, data) = opened(
        &json!({ "health.implants": [{ "what": "pacemaker" }], "home.pets": { "shape": "new" } }),
    );
    let comment = text(&data, "comment.xml");
    assert!(
        comment.contains("health.implants: pacemaker") && comment.contains("home.pets: new"),
        "{comment}"
    );
    assert_valid(comment, "Comment.xsd");
}

#[test]
fn no_text_of_a_person_can_break_the_document() {
    for text in [
        "]]>",
        "</Comment><x>",
        "\u{0}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}",
        "\"&'<>",
        "\u{1F6D1}\r\n\t",
        " ",
    ] {
        let fields = json!({ "home.access": text, "home.hazards": [{ "text": text }],
            "contact.email": [{ "address": format!("a{}@b", text.trim()) }], "home.address": { "lines": [text] } });
        let (_dir, data) = opened(&fields);
        for block in &data.blocks {
            assert_valid(&block.xml, schema_of(block));
        }
    }
}
