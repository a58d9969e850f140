//! A consent as a record of ISO/IEC TS 27560 in the terms of the W3C Data Privacy Vocabulary 2.3 (JSON-LD
//! 1.1). Each IRI is one that the published vocabulary has; a test holds the record to that.

use consent_token::{
    id::UnixSeconds,
    term::{Action, Release},
};
use profile::Path;
use serde_json::{Value, json};
use wallet::{Grant, State};

const GDPR: &str = "https://w3id.org/dpv/legal/eu/gdpr#";
const PLACE: &str = "https://w3id.org/dpv/loc#";
/// Rights that hold whatever the basis is: access, correction, deletion, restriction, complaint.
const RIGHTS: [&str; 5] = ["A15", "A16", "A17", "A18", "A77"];

/// The record of a consent as it stands at `now`.
pub(crate) fn record(grant: &Grant, verifier: Option<&str>, now: UnixSeconds) -> Value {
    let consent = &grant.consent;
    json!({
        "@context": {
            "dpv": "https://w3id.org/dpv#",
            "dct": "http://purl.org/dc/terms/",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "assent": "urn:assent:",
        },
        "@id": format!("urn:assent:consent:{}", grant.id),
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": "ISO/IEC TS 27560:2023",
        "dct:created": moment(grant.signed_at.as_i64() * 1000),
        "dpv:hasDataSubject": { "@type": "dpv:DataSubject", "@id": holder(grant) },
        "dpv:hasDataController": {
            "@id": grant.agency.to_string(), "@type": "dpv:DataController",
            "dpv:hasName": grant.agency_name,
        },
        "dpv:hasRecipient": consent.recipients.iter().flatten()
            .map(|id| json!({ "@id": id.to_string() })).collect::<Vec<_>>(),
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:description": { "@value": grant.notice, "@language": consent.notice.lang.to_string() },
            "dct:hasVersion": consent.notice.version,
            "assent:digest": consent.notice.digest.in_jwt().to_string(),
        },
        "dpv:hasPurpose": consent.purposes.iter().map(|code| purpose(code)).collect::<Vec<_>>(),
        "dpv:hasLegalBasis": { "@id": consent.basis.to_string() },
        "dpv:hasPersonalData": consent.datatypes.iter().map(|path| datum(path)).collect::<Vec<_>>(),
        "dpv:hasProcessing": consent.actions.iter().copied()
            .map(|action| json!({ "@id": processing(action) })).collect::<Vec<_>>(),
        "assent:release": match consent.release {
            Release::OnGrant => "on_grant",
            Release::OnIncident => "on_incident",
        },
        "dpv:hasDuration": {
            "@type": "dpv:UntilTimeDuration",
            "rdf:value": moment(grant.ends_at.as_i64() * 1000),
        },
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageDuration",
            "rdf:value": { "@value": consent.retention.to_string(), "@type": "xsd:duration" },
        },
        "dpv:hasJurisdiction": { "@id": format!("{PLACE}{}", consent.jurisdiction) },
        "dpv:hasConsentStatus": {
            "@id": status(grant.state(now)),
            "dpv:isIndicatedAtTime": moment(now.as_i64() * 1000),
            "dpv:isIndicatedBy": { "@id": holder(grant) },
        },
        "dpv:hasConsentControl": { "@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": verifier },
        "dpv:hasRight": rights(&consent.basis.to_string()),
        "assent:proofs": grant.receipts.iter().map(|kept| json!({
            "assent:entry": kept.index, "assent:proof": kept.proof,
        })).collect::<Vec<_>>(),
    })
}

/// The citizen's key for this agency is their only name in the record.
fn holder(grant: &Grant) -> Option<String> {
    let token = consent_token::token::verify(&grant.token, &protocol::Version1).ok()?;
    Some(token.claims().iss.to_string())
}

fn purpose(code: &str) -> Value {
    match profile::purpose(code) {
        Some(known) => json!({ "@id": known.dpv_iri, "dct:identifier": code }),
        None => json!({ "dct:identifier": code }),
    }
}

fn datum(path: &str) -> Value {
    match path.parse::<Path>() {
        Ok(known) => json!({ "@id": known.entry().dpv_iri, "dct:identifier": path }),
        Err(_) => json!({ "dct:identifier": path }),
    }
}

/// Withdrawal and portability come with consent, objection with a public task (articles 7, 20 and 21).
fn rights(basis: &str) -> Vec<Value> {
    let basis = basis.strip_prefix(GDPR).unwrap_or_default();
    let more: &[&str] = match basis {
        "A6-1-a" | "A9-2-a" => &["A7-3", "A20"],
        "A6-1-e" => &["A21"],
        _ => &[],
    };
    RIGHTS
        .iter()
        .chain(more)
        .map(|article| json!({ "@id": format!("{GDPR}{article}") }))
        .collect()
}

const fn processing(action: Action) -> &'static str {
    match action {
        Action::Read => "dpv:Use",
        Action::Store => "dpv:Store",
        Action::Forward => "dpv:Disclose",
    }
}

/// The vocabulary has no word for a pause; while it lasts, nothing may be processed.
const fn status(state: State) -> &'static str {
    match state {
        State::Waiting => "dpv:ConsentRequested",
        State::Valid => "dpv:ConsentGiven",
        State::Suspended => "dpv:ConsentStatusInvalidForProcessing",
        State::Revoked => "dpv:ConsentWithdrawn",
        State::Expired => "dpv:ConsentExpired",
        State::Refused => "dpv:ConsentRefused",
    }
}

fn moment(millis: i64) -> Option<Value> {
    let at = jiff::Timestamp::from_millisecond(millis).ok()?.to_string();
    Some(json!({ "@value": at, "@type": "xsd:dateTime" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looked up, one by one, in the vocabularies as W3C's group published them (dpv, eu-gdpr and loc 2.3).
    const PUBLISHED: [&str; 43] = [
        "ConsentExpired",
        "ConsentGiven",
        "ConsentNotice",
        "ConsentRecord",
        "ConsentRefused",
        "ConsentRequested",
        "ConsentStatusInvalidForProcessing",
        "ConsentWithdrawn",
        "DataController",
        "DataSubject",
        "Disclose",
        "StorageDuration",
        "Store",
        "UntilTimeDuration",
        "Use",
        "WithdrawConsent",
        "hasConsentControl",
        "hasConsentStatus",
        "hasDataController",
        "hasDataSubject",
        "hasDuration",
        "hasJurisdiction",
        "hasLegalBasis",
        "hasName",
        "hasNotice",
        "hasPersonalData",
        "hasProcessing",
        "hasPurpose",
        "hasRecipient",
        "hasRight",
        "hasStorageCondition",
        "isExercisedAt",
        "isIndicatedAtTime",
        "isIndicatedBy",
        "A15",
        "A16",
        "A17",
        "A18",
        "A20",
        "A21",
        "A7-3",
        "A77",
        "GB",
    ];

    /// Every `dpv:` term that this file writes, found in its own text.
    #[test]
    fn every_term_is_one_that_was_published() {
        let source = include_str!("receipt.rs");
        let written = source.split("\"dpv:").skip(1);
        let terms: Vec<&str> = written
            .filter_map(|rest| rest.split('"').next())
            .filter(|term| !term.is_empty() && !term.starts_with('{'))
            .collect();
        assert!(terms.len() > 20);
        for term in terms {
            assert!(PUBLISHED.contains(&term), "dpv:{term}");
        }
    }

    #[test]
    fn rights_follow_from_the_basis() {
        let named = |basis: &str| -> Vec<String> {
            let of = |right: Value| {
                let iri = right["@id"].as_str().unwrap().to_owned();
                iri.rsplit('#').next().unwrap().to_owned()
            };
            rights(&format!("{GDPR}{basis}"))
                .into_iter()
                .map(of)
                .collect()
        };
        assert!(named("A9-2-a").contains(&"A7-3".to_owned()));
        assert!(!named("A6-1-e").contains(&"A7-3".to_owned()));
        assert!(named("A6-1-e").contains(&"A21".to_owned()));
        for right in named("A9-2-a").into_iter().chain(named("A6-1-e")) {
            assert!(PUBLISHED.contains(&right.as_str()), "{right}");
        }
    }
}
