//! Every label exists in both languages, and every vocabulary term exists.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::collections::HashSet;

use profile::{Lang, Section, Tier, Words, need, need_codes, paths, purpose, purposes};

/// Terms of DPV-PD 2.3 that the table may use; checked against the published vocabulary.
const PD: [&str; 23] = [
    "BirthDate",
    "BloodType",
    "Contact",
    "Disability",
    "EmailAddress",
    "Family",
    "FamilyStructure",
    "GPSCoordinate",
    "Gender",
    "HealthRecord",
    "HomeLocation",
    "Language",
    "MedicalHealth",
    "MentalHealth",
    "Name",
    "OfficialID",
    "PINCode",
    "PersonalDocuments",
    "PersonalPossession",
    "PhysicalAddress",
    "PhysicalHealth",
    "Prescription",
    "Relationship",
];
const PD_MORE: [&str; 2] = ["TelephoneNumber", "Vulnerability"];
/// Purposes of DPV 2.3 and its sector extensions that the table may use.
const PURPOSES: [(&str, &str); 10] = [
    (
        "emergency-response",
        "sector/infra#CriticalEmergencyResponseManagement",
    ),
    (
        "vulnerability-support",
        "sector/publicservices#SocialWelfareProvision",
    ),
    ("fire-safety-visit", "#RequestedServiceProvision"),
    (
        "welfare-check",
        "sector/publicservices#SocialWelfareRiskAssessment",
    ),
    ("missing-person", "#ProtectionOfPublicSecurity"),
    ("care-coordination", "sector/health#ProvidersDataSharing"),
    (
        "priority-services",
        "sector/infra#CriticalInfrastructureManagement",
    ),
    (
        "housing-support",
        "sector/publicservices#HousingWelfareManagement",
    ),
    ("civil-resilience", "sector/health#DisasterReliefManagement"),
    ("service-improvement", "#ImprovePublicServices"),
];

fn assert_words(words: Words, what: &str) {
    assert!(
        words.en.trim().len() > 1 && words.cy.trim().len() > 1,
        "{what} lacks words"
    );
}

#[test]
fn the_paths_are_those_of_the_protocol() {
    let names: Vec<&str> = paths().iter().map(|entry| entry.path).collect();
    let expected = "identity.name identity.birth_date identity.gender identity.languages identity.national_id contact.phone \
        contact.email contact.preferred home.address home.geo home.access home.key_safe home.hazards home.occupants home.pets \
        health.conditions health.medication health.allergies health.equipment health.blood_group health.advance_decision \
        health.care_plan needs.mobility needs.hearing needs.sight needs.communication needs.cognition needs.power_dependent \
        needs.water_dependent people.emergency_contacts people.carers people.dependants people.attorney documents.*";
    assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn every_path_has_words_in_both_languages_and_a_class_that_exists() {
    let mut labels = HashSet::new();
    for entry in paths() {
        assert_words(entry.label, entry.path);
        assert_words(entry.help, entry.path);
        assert_words(entry.allowed, entry.path);
        assert_ne!(entry.help.en, entry.help.cy, "{}", entry.path);
        assert!(
            labels.insert(entry.label.en) && labels.insert(entry.label.cy),
            "{} repeats a label",
            entry.path
        );
        let term = entry
            .dpv_iri
            .strip_prefix("https://w3id.org/dpv/pd#")
            .expect("a term of DPV-PD");
        assert!(
            PD.contains(&term) || PD_MORE.contains(&term),
            "{term} was not checked against DPV-PD"
        );
        let section = serde_json::to_value(entry.section).unwrap();
        assert_eq!(entry.path.split('.').next(), section.as_str());
    }
    for section in Section::ALL {
        assert!(
            Lang::ALL
                .iter()
                .all(|lang| !section.label(*lang).is_empty())
        );
    }
}

#[test]
fn health_and_needs_are_special_and_secrets_never_open_on_an_incident() {
    for entry in paths() {
        if matches!(entry.section, Section::Health | Section::Needs) {
            assert!(entry.special_category, "{}", entry.path);
        }
    }
    let secret: Vec<&str> = paths()
        .iter()
        .filter(|entry| entry.tier == Tier::T4)
        .map(|entry| entry.path)
        .collect();
    assert_eq!(secret, ["home.key_safe", "documents.*"]);
}

#[test]
fn the_purposes_are_those_of_the_protocol_in_both_languages() {
    assert_eq!(purposes().len(), PURPOSES.len());
    for (entry, (code, term)) in purposes().iter().zip(PURPOSES) {
        assert_eq!(entry.code, code);
        let iri = if term.starts_with('#') {
            format!("https://w3id.org/dpv{term}")
        } else {
            format!("https://w3id.org/dpv/{term}")
        };
        assert_eq!(entry.dpv_iri, iri);
        assert_words(entry.label, code);
        assert_words(entry.explanation, code);
        for need in entry.needs {
            let known = paths().iter().any(|path| {
                path.path == *need
                    || need
                        .strip_suffix('*')
                        .is_some_and(|group| path.path.starts_with(group))
            });
            assert!(known, "{code} needs {need}");
        }
    }
    assert!(purpose("nosy").is_none());
    let statistics = purpose("service-improvement").unwrap();
    assert!(!statistics.can_need(&"identity.name".parse().unwrap()));
    assert!(statistics.can_need(&"needs.sight".parse().unwrap()));
}

#[test]
fn needs_codes_have_words_and_belong_to_needs_paths() {
    assert_eq!(need("03").map(|need| need.paths.len()), Some(2));
    let mut before = "";
    for need in need_codes() {
        assert!(need.code.len() == 2 && need.code > before, "{}", need.code);
        before = need.code;
        assert_words(need.label, need.code);
        for path in need.paths {
            let entry = paths()
                .iter()
                .find(|entry| entry.path == *path)
                .expect("the path exists");
            assert!(
                entry.allowed.en.contains(need.code) && entry.allowed.cy.contains(need.code),
                "{path} does not say {}",
                need.code
            );
        }
    }
}
