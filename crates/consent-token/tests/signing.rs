//! What is signed is read back the same, and what every reader would refuse is not signed.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use consent_token::Refusal;
use consent_token::id::{Digest, Jti, UnixSeconds};
use consent_token::key::SigningKey;
use consent_token::statement::{
    AgencyAct, AgencyStatement, Decline, HolderAct, HolderStatement, Statement,
    UnverifiedStatement, sign_agency, sign_decline, sign_holder,
};
use consent_token::term::{Action, ConsentType, Finding, LegalBasis, Release};
use consent_token::token::{self, Circle, Claims, Consent, Notice, StatusRef, Terms};
use proptest::prelude::*;

struct Everything;

impl Terms for Everything {
    fn knows_purpose(&self, _: &str) -> bool {
        true
    }

    fn knows_path(&self, _: &str) -> bool {
        true
    }
}

const NOW: i64 = 1_800_000_000;

fn moment(seconds: i64) -> UnixSeconds {
    UnixSeconds::new(seconds).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

fn claims() -> Claims {
    Claims {
        iss: key().holder_uri(),
        sub_jwk: key().public().jwk(),
        aud: "https://fire.riverton.example".parse().unwrap(),
        jti: Jti::from_bytes([1; 16]),
        iat: moment(NOW),
        nbf: moment(NOW),
        exp: moment(NOW + 3600),
        jkt: SigningKey::from_seed([2; 32]).thumbprint(),
        status: StatusRef {
            idx: u64::MAX,
            uri: "http://127.0.0.1:8080/v1/status/0".parse().unwrap(),
        },
        consent: Consent {
            kind: ConsentType::V1,
            purposes: vec!["welfare-check".into()],
            datatypes: vec!["home.address".into()],
            actions: vec![Action::Read, Action::Store, Action::Forward],
            release: Release::OnIncident,
            retention: "P30D".parse().unwrap(),
            recipients: Some(vec!["https://care.riverton.example".parse().unwrap()]),
            uses: 3.try_into().ok(),
            circle: Some(Circle {
                id: "https://circle.example/r".into(),
                tier: 1,
                case: Jti::from_bytes([9; 16]),
            }),
            notice: Notice {
                digest: Digest::of(b"notice"),
                lang: "cy".parse().unwrap(),
                version: "1".into(),
            },
            basis: LegalBasis::default(),
            jurisdiction: "GB".parse().unwrap(),
        },
        req: Some(Jti::from_bytes([8; 16])),
    }
}

#[test]
fn a_token_is_read_as_it_was_written() {
    let compact = token::sign(&claims(), &key()).unwrap();
    let token = token::verify(&compact, &Everything).unwrap();
    assert_eq!(
        (token.claims(), token.compact(), token.holder_key()),
        (&claims(), compact.as_str(), &key().public())
    );
    assert_eq!(token.digest(), Digest::of(compact.as_bytes()));
    assert!(
        compact.starts_with("eyJ0eXAiOiJjb25zZW50K2p3dCIsImFsZyI6IkVkRFNBIiwia2lkIjoi"),
        "typ, alg, kid"
    );
}

#[test]
fn a_token_that_would_be_refused_is_not_signed() {
    let refused = |change: fn(&mut Claims)| {
        let mut claims = claims();
        change(&mut claims);
        token::sign(&claims, &key()).err()
    };
    assert_eq!(
        refused(|claims| claims.consent.purposes.clear()),
        Some(Refusal::Malformed)
    );
    assert_eq!(
        refused(|claims| claims.consent.actions.push(Action::Read)),
        Some(Refusal::Malformed)
    );
    assert_eq!(
        refused(|claims| claims.iat = claims.nbf.plus(1)),
        Some(Refusal::Malformed)
    );
    assert_eq!(
        refused(|claims| claims.exp = token::latest_exp(claims.nbf).plus(1)),
        Some(Refusal::Malformed)
    );
    assert_eq!(
        refused(|claims| claims.exp = token::latest_exp(claims.nbf)),
        None
    );
    assert_eq!(
        refused(|claims| claims.consent.notice.version = "1".repeat(9000)),
        Some(Refusal::TooLarge)
    );
    assert_eq!(
        token::sign(&claims(), &SigningKey::from_seed([9; 32])),
        Err(Refusal::KeyMismatch)
    );
}

fn holder_acts() -> [HolderAct; 6] {
    [
        HolderAct::Revoke { reason: None },
        HolderAct::Revoke {
            reason: Some("moved".into()),
        },
        HolderAct::Suspend,
        HolderAct::Resume,
        HolderAct::Share {
            digest: Digest::of(b"ct"),
            size: 1 << 20,
            revision: 1,
        },
        HolderAct::EraseRequest,
    ]
}

fn agency_acts() -> [AgencyAct; 5] {
    let (actor, of) = (String::from("a-17"), Jti::from_bytes([5; 16]));
    [
        AgencyAct::Access {
            actor: actor.clone(),
            reason: "call".into(),
            datatypes: vec!["home.address".into()],
        },
        AgencyAct::Open {
            incident: "i-1".into(),
            actor: actor.clone(),
            position: "p-1".into(),
            reason: "fire".into(),
            basis: LegalBasis::default(),
        },
        AgencyAct::Review {
            of,
            actor,
            finding: Finding::Inconclusive,
        },
        AgencyAct::Acknowledged { of },
        AgencyAct::Erased {
            method: "deleted".into(),
        },
    ]
}

/// Reads a statement back, and finds that one byte less or another key spoils it.
fn read(compact: &str, key: &SigningKey) -> Statement {
    let other = SigningKey::from_seed([9; 32]).public();
    let parse = || UnverifiedStatement::parse(compact).unwrap();
    assert_eq!(parse().kid(), key.thumbprint().to_string());
    assert_eq!(parse().verify(&other).err(), Some(Refusal::KeyMismatch));
    let verified = parse().verify(&key.public()).unwrap();
    assert_eq!(
        (verified.compact(), verified.digest()),
        (compact, Digest::of(compact.as_bytes()))
    );
    verified.statement().clone()
}

#[test]
fn statements_are_read_as_they_were_written() {
    let (jti, iat, grant) = (
        Jti::from_bytes([5; 16]),
        moment(NOW),
        Jti::from_bytes([1; 16]),
    );
    for act in holder_acts() {
        let statement = HolderStatement {
            iss: key().holder_uri(),
            jti,
            iat,
            grant,
            seq: 7,
            act,
        };
        let compact = sign_holder(&statement, &key()).unwrap();
        assert_eq!(read(&compact, &key()), Statement::Holder(statement.clone()));
        assert_eq!(
            sign_holder(&statement, &SigningKey::from_seed([9; 32])),
            Err(Refusal::KeyMismatch)
        );
    }
    for act in agency_acts() {
        let statement = AgencyStatement {
            iss: "https://fire.riverton.example".parse().unwrap(),
            jti,
            iat,
            grant,
            act,
        };
        let compact = sign_agency(&statement, &key()).unwrap();
        assert_eq!(read(&compact, &key()), Statement::Agency(statement));
    }
    for seq in [None, Some(1)] {
        let decline = Decline {
            iss: key().holder_uri(),
            jti,
            iat,
            req: grant,
            seq,
        };
        let compact = sign_decline(&decline, &key()).unwrap();
        let read = read(&compact, &key());
        assert_eq!(
            (read.grant(), read.act(), read.jti(), read.iat()),
            (None, "decline", jti, iat)
        );
        assert_eq!(read, Statement::Decline(decline));
    }
}

#[test]
fn a_statement_that_says_nothing_is_not_signed() {
    let statement = |act| AgencyStatement {
        iss: "https://fire.riverton.example".parse().unwrap(),
        jti: Jti::from_bytes([5; 16]),
        iat: moment(NOW),
        grant: Jti::from_bytes([1; 16]),
        act,
    };
    let empty = AgencyAct::Erased { method: " ".into() };
    assert_eq!(
        sign_agency(&statement(empty), &key()),
        Err(Refusal::Malformed)
    );
    let none = AgencyAct::Access {
        actor: "a".into(),
        reason: "r".into(),
        datatypes: Vec::new(),
    };
    assert_eq!(
        sign_agency(&statement(none), &key()),
        Err(Refusal::Malformed)
    );
    let large = AgencyAct::Erased {
        method: "x".repeat(9000),
    };
    assert_eq!(
        sign_agency(&statement(large), &key()),
        Err(Refusal::TooLarge)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever is changed, it is refused or it is the very same text.
    #[test]
    fn a_changed_token_is_refused(at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_.=-]") {
        let compact = token::sign(&claims(), &key()).unwrap();
        let at = at.index(compact.len());
        let mut changed = compact.clone();
        changed.replace_range(at..=at, &to);
        prop_assert!(changed == compact || token::verify(&changed, &Everything).is_err());
    }

    /// No text makes a reader panic.
    #[test]
    fn any_text_gets_an_answer(header in ".{0,40}", payload in ".{0,80}", tail in ".{0,20}") {
        let encode = |text: &str| { use base64::Engine as _; base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text) };
        for text in [format!("{header}.{payload}.{tail}"), format!("{}.{}.{tail}", encode(&header), encode(&payload))] {
            prop_assert!(token::verify(&text, &Everything).is_err());
            prop_assert!(UnverifiedStatement::parse(&text).is_err());
        }
    }
}
