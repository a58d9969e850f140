//! Dosages of FHIR imports: all that a Timing says is in the words, and what words leave out is listed.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::fhir::{concept, document, import};
use common::{field, reasons};
use profile::import::{Imported, Reason};
use serde_json::{Value, json};

fn statement(dosage: Value) -> Imported {
    import(&document(
        "10160-0",
        &[
            json!({"resourceType": "MedicationStatement", "status": "active",
            "medicationCodeableConcept": concept("Methotrexate"), "dosage": [dosage]}),
        ],
    ))
}

fn dose(dosage: Value) -> Value {
    field(&statement(dosage), "health.medication")[0]["dose"].clone()
}

#[test]
fn when_to_take_it() {
    let cases = [
        (
            json!({"frequency": 1, "period": 1, "periodUnit": "d"}),
            "once a day",
        ),
        (
            json!({"frequency": 2, "period": 1, "periodUnit": "d"}),
            "twice a day",
        ),
        (
            json!({"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}),
            "once a week, on Monday",
        ),
        (
            json!({"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}),
            "once every 4 to 6 hours",
        ),
        (
            json!({"frequencyMax": 3, "period": 1, "periodUnit": "d"}),
            "up to 3 times a day",
        ),
        (
            json!({"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d"}),
            "1 to 2 times a day",
        ),
        (
            json!({"period": 1, "periodUnit": "d", "timeOfDay": ["08:00:00", "20:30:00"]}),
            "once a day, at 08:00, at 20:30",
        ),
        (
            json!({"when": ["ACM", "HS"], "offset": 30}),
            "30 minutes before breakfast, 30 minutes before sleep",
        ),
        (
            json!({"frequency": 3, "period": 1, "periodUnit": "d", "boundsDuration": {"value": 5, "unit": "days"}}),
            "3 times a day, for 5 days",
        ),
        (
            json!({"boundsPeriod": {"start": "2024-02-01", "end": "2024-02-08"}}),
            "from 2024-02-01 until 2024-02-08",
        ),
        (json!({"count": 1, "periodUnit": "d"}), "per day, count: 1"),
        (
            json!({"duration": 30, "durationUnit": "min"}),
            "for 30 minutes each time",
        ),
    ];
    for (repeat, words) in cases {
        assert_eq!(
            dose(json!({"timing": {"repeat": repeat}})),
            words,
            "{repeat}"
        );
    }
    let coded = json!({"timing": {"code": {"text": "BID"}, "repeat": {"dayOfWeek": ["sat"]}}});
    assert_eq!(dose(coded), "BID, on Saturday");
    let event = json!({"timing": {"event": ["2024-03-01", "2024-03-15"]}});
    assert_eq!(dose(event), "on 2024-03-01, 2024-03-15");
}

#[test]
fn dosages_of_other_releases_of_fhir() {
    let third = json!({"doseQuantity": {"value": 1, "unit": "tablet"}});
    assert_eq!(dose(third), "1 tablet");
    let fifth = json!({"text": "1 tablet", "asNeededFor": [concept("pain")]});
    assert_eq!(dose(fifth), "1 tablet, as needed for pain");
    let fifth = json!({"text": "1 tablet", "asNeeded": true, "maxDosePerPeriod": [
        {"numerator": {"value": 4, "unit": "tablets"}, "denominator": {"value": 1, "unit": "day"}}]});
    assert_eq!(
        dose(fifth),
        "1 tablet, as needed, at most 4 tablets per 1 day"
    );
}

#[test]
fn the_limits_of_one_dose_and_of_a_day_both_stay() {
    let limits = json!({"text": "1 tablet", "maxDosePerAdministration": {"value": 2, "unit": "tablets"},
        "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablets"}, "denominator": {"value": 1, "unit": "day"}}});
    assert_eq!(
        dose(limits),
        "1 tablet, at most 8 tablets per 1 day, at most 2 tablets at a time"
    );
}

#[test]
fn what_the_words_of_a_dosage_leave_out_is_listed() {
    let found = statement(
        json!({"text": "as directed", "doseAndRate": [{"doseQuantity": {"value": 15, "unit": "mg"}}],
        "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["fri"]}}}),
    );
    assert_eq!(field(&found, "health.medication")[0]["dose"], "as directed");
    assert_eq!(reasons(&found, "15 mg; on Friday"), [Reason::NoPlace]);
    let same = statement(
        json!({"text": "15 mg every Friday", "doseAndRate": [{"doseQuantity": {"value": 15, "unit": "mg"}}],
        "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["fri"]}}}),
    );
    assert_eq!(reasons(&same, "(dosage)"), [], "{:#?}", same.unmapped);
}
