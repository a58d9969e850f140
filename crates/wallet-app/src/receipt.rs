//! A consent as a record of ISO/IEC TS 27560 in the terms of the W3C Data Privacy Vocabulary 2.3 (JSON-LD).
//! Each IRI is one that the published vocabulary has.

use consent_token::{id::UnixSeconds, term::Action};
use profile::Path;
use serde_json::{Value, json};
use wallet::{Grant, State};

/// The record of a consent as it stands at `now`.
pub(crate) fn record(grant: &Grant, verifier: Option<&str>, now: UnixSeconds) -> Value {
    let consent = &grant.consent;
    json!({
        "@context": {
            "dpv": "https://w3id.org/dpv#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": format!("urn:assent:consent:{}", grant.id),
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": "ISO/IEC TS 27560:2023",
        "dct:created": moment(grant.signed_at.as_i64() * 1000),
        "dpv:hasDataSubject": { "@type": "dpv:DataSubject", "@id": grant.scope_holder() },
        "dpv:hasDataController": {
            "@id": grant.agency.to_string(), "@type": "dpv:DataController",
            "dpv:hasName": grant.agency_name,
        },
        "dpv:hasRecipient": consent.recipients.iter().flatten().map(|id| json!({ "@id": id })).collect::<Vec<_>>(),
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice", "dct:description": grant.notice,
            "dct:language": consent.notice.lang, "dct:hasVersion": consent.notice.version,
        },
        "dpv:hasPurpose": consent.purposes.iter().map(|code| purpose(code)).collect::<Vec<_>>(),
        "dpv:hasLegalBasis": { "@id": consent.basis },
        "dpv:hasPersonalData": consent.datatypes.iter().map(|path| datum(path)).collect::<Vec<_>>(),
        "dpv:hasProcessing": consent.actions.iter().copied().map(processing).collect::<Vec<_>>(),
        "dpv:hasDuration": {
            "@type": "dpv:UntilTimeDuration", "@value": moment(grant.ends_at.as_i64() * 1000),
        },
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageDuration", "dct:description": consent.retention,
        },
        "dpv:hasJurisdiction": consent.jurisdiction,
        "dpv:hasConsentStatus": {
            "@id": status(grant.state(now)),
            "dpv:isIndicatedAtTime": moment(now.as_i64() * 1000),
        },
        "dpv:hasRight": { "@id": "dpv:WithdrawConsent", "dpv:isExercisedAt": verifier },
        "assent:proofs": grant.receipts.iter().map(|kept| json!({
            "assent:entry": kept.index, "assent:proof": kept.proof,
        })).collect::<Vec<_>>(),
    })
}

trait Holder {
    fn scope_holder(&self) -> String;
}

impl Holder for Grant {
    /// The citizen's key for this agency is their only name in the record.
    fn scope_holder(&self) -> String {
        let claims = consent_token::token::verify(&self.token, &protocol::Version1);
        claims.map_or_else(|_| String::new(), |token| token.claims().iss.to_string())
    }
}

fn purpose(code: &str) -> Value {
    let iri = profile::purpose(code).map(|known| known.dpv_iri);
    json!({ "@id": iri, "dct:identifier": code })
}

fn datum(path: &str) -> Value {
    let iri = path.parse::<Path>().ok().map(|path| path.entry().dpv_iri);
    json!({ "@id": iri, "dct:identifier": path })
}

const fn processing(action: Action) -> &'static str {
    match action {
        Action::Read => "dpv:Use",
        Action::Store => "dpv:Store",
        Action::Forward => "dpv:Disclose",
    }
}

const fn status(state: State) -> &'static str {
    match state {
        State::Waiting => "dpv:ConsentRequested",
        State::Valid => "dpv:ConsentGiven",
        State::Suspended => "dpv:ConsentInvalidated",
        State::Revoked => "dpv:ConsentWithdrawn",
        State::Expired => "dpv:ConsentExpired",
        State::Refused => "dpv:ConsentRefused",
    }
}

fn moment(millis: i64) -> Option<String> {
    Some(jiff::Timestamp::from_millisecond(millis).ok()?.to_string())
}
