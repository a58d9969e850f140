//! What crosses the wire beside tokens: log entries, receipts, the registry, API bodies, proofs of who calls.

use consent_token::id::AgencyId;
use protocol::{
    Entry, Problem, Registry, api,
    client_assertion::Unverified,
    dpop::{self, DPOP_TYP, Expected},
    receipt,
    registry::REGISTRY_TYP,
};
use serde::{Serialize, de::DeserializeOwned};
use transparency_log::TlogProof;

use crate::{
    forge::{self, NOW, agency},
    log::log_signer,
};

/// The issuer that proofs are for.
const ISSUER: &str = "https://verifier.example";

/// Log entries: what is read is exactly what would be written.
pub(crate) fn entry(data: &[u8]) -> bool {
    let Ok(entry) = Entry::parse(data) else {
        return false;
    };
    assert_eq!(entry.to_canonical(), data);
    let _ = entry.at().as_seconds();
    true
}

/// Receipts: what holds names the act that it was asked for, in a tree that is large enough.
pub(crate) fn receipt(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let Ok(proof) = text.parse::<TlogProof>() else {
        return false;
    };
    let Ok(entry) = Entry::parse(proof.extra()) else {
        return false;
    };
    let log = log_signer();
    let Ok(proven) = receipt::verify(text, log.verifier_key(), &entry.digest()) else {
        return false;
    };
    assert_eq!(proven.entry, entry);
    assert!(proven.index < proven.head.size);
    let other = consent_token::id::Digest::of(b"another act");
    assert!(receipt::verify(text, log.verifier_key(), &other).is_err());
    true
}

/// The registry: what is read writes back, and what the registrar may publish may follow itself.
pub(crate) fn registry(data: &[u8]) -> bool {
    let Ok(registry) = serde_json::from_slice::<Registry>(data) else {
        return false;
    };
    write_back(&registry);
    for agency in &registry.agencies {
        for key in agency.jwks.signing_keys() {
            let jkt = key.thumbprint();
            assert_eq!(agency.keys_acting_for(&jkt).first(), Some(&jkt));
        }
    }
    let good = registry.check().is_ok();
    if good {
        assert_eq!(registry.follows(&registry), Ok(()));
    }
    let key = agency();
    if let Some(text) = forge::compact(data, REGISTRY_TYP, &key) {
        assert!(
            Registry::verify(&text, &forge::holder().public()).is_err(),
            "signed by another key"
        );
        if let Ok(verified) = Registry::verify(&text, &key.public()) {
            assert!(good && verified == registry);
        }
    }
    good
}

/// The bodies of the API, both ways, and problems.
pub(crate) fn bodies(data: &[u8]) -> bool {
    let read = [
        body::<api::SlotsRequest>(data),
        body::<api::SlotsResponse>(data),
        body::<api::GrantRequest>(data),
        body::<api::StatementRequest>(data),
        body::<api::Receipt>(data),
        body::<api::GrantHistory>(data),
        body::<api::AgencyGrants>(data),
        body::<api::AuditStatements>(data),
        body::<api::Introspection>(data),
        body::<api::Metadata>(data),
        body::<api::Offers>(data),
        body::<api::OfferRequest>(data),
        body::<api::Offered>(data),
        body::<api::Uploaded>(data),
        body::<api::PieceTaken>(data),
        body::<api::AgencyEvent>(data),
        body::<api::Case>(data),
        body::<Problem>(data),
        serde_json::from_slice::<api::TokenResponse>(data).is_ok(),
    ];
    if let Ok(problem) = serde_json::from_slice::<Problem>(data) {
        let _ = problem.known_code();
    }
    read.contains(&true)
}

fn body<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(data: &[u8]) -> bool {
    serde_json::from_slice::<T>(data).is_ok_and(|body| {
        write_back(&body);
        true
    })
}

fn write_back<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(read: &T) {
    let text = serde_json::to_vec(read).expect("what was read can be written");
    assert_eq!(
        &serde_json::from_slice::<T>(&text).expect("what was written is read"),
        read
    );
}

/// DPoP proofs: what holds is for this request, now, and for no other.
pub(crate) fn dpop(data: &[u8]) -> bool {
    let Some(text) = forge::compact_with_jwk(data, DPOP_TYP, &forge::holder()) else {
        return false;
    };
    let url = format!("{ISSUER}/v1/grants/x");
    let expected = Expected {
        method: "GET",
        url: &url,
        token: None,
        now: NOW,
    };
    let Ok(proof) = dpop::verify(&text, &expected) else {
        return false;
    };
    assert!(!proof.jti.is_empty() && proof.iat.since(NOW).abs() <= 60);
    assert!(
        dpop::verify(
            &text,
            &Expected {
                method: "POST",
                ..expected
            }
        )
        .is_err()
    );
    assert!(
        dpop::verify(
            &text,
            &Expected {
                token: Some("t"),
                ..expected
            }
        )
        .is_err()
    );
    assert!(
        dpop::verify(
            &text,
            &Expected {
                now: NOW.plus(200),
                ..expected
            }
        )
        .is_err()
    );
    true
}

/// Client assertions: what holds is for this server and of short life.
pub(crate) fn client_assertion(data: &[u8]) -> bool {
    let key = agency();
    let Some(text) = forge::compact(data, "JWT", &key) else {
        return false;
    };
    let Ok(unverified) = Unverified::parse(&text, &[ISSUER], NOW) else {
        return false;
    };
    assert!(Unverified::parse(&text, &["https://elsewhere.example/only"], NOW).is_err());
    let Ok(claims) = unverified.verify(&[key.public()]) else {
        return false;
    };
    let _: &AgencyId = &claims.iss;
    assert!(claims.exp.since(claims.iat) <= 300);
    true
}
