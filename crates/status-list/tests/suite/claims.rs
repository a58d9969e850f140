//! The claims around a list: whose it is, from when, until when.

use status_list::{Bits, ClaimsError, Encoded, Freshness, StatusList, StatusListClaims};

const URI: &str = "https://verifier.example/v1/status/0";
const IAT: i64 = 1_750_000_000;
const EXP: i64 = IAT + 86_400;

fn claims() -> StatusListClaims {
    StatusListClaims {
        iss: None,
        sub: URI.into(),
        iat: IAT,
        exp: EXP,
        ttl: Some(60),
        status_list: Encoded::new(&StatusList::new(Bits::Two, 8, 3).unwrap()),
    }
}

#[test]
fn fresh_for_ttl_and_never_after_exp() {
    let fresh = |ttl, now| {
        StatusListClaims { ttl, ..claims() }
            .check(URI, now)
            .unwrap()
    };
    let until = |fresh_until| Freshness {
        fresh_until,
        expires: EXP,
    };
    assert_eq!(fresh(Some(60), IAT + 5), until(IAT + 65));
    assert_eq!(fresh(Some(60), EXP - 10), until(EXP));
    assert_eq!(fresh(None, IAT), until(EXP));
    assert_eq!(fresh(Some(u64::MAX), IAT), until(EXP));
    let freshness = fresh(Some(60), IAT);
    assert!(freshness.is_fresh(IAT + 59) && !freshness.is_fresh(IAT + 60));
    assert!(freshness.is_usable(EXP - 1) && !freshness.is_usable(EXP));
}

#[test]
fn an_expired_list_says_nothing() {
    assert!(claims().check(URI, EXP - 1).is_ok());
    for now in [EXP, EXP + 1, EXP + 60, i64::MAX] {
        assert_eq!(claims().check(URI, now), Err(ClaimsError::Expired));
    }
}

#[test]
fn a_clock_may_differ_by_a_minute_before_iat() {
    assert!(claims().check(URI, IAT - 60).is_ok());
    assert_eq!(
        claims().check(URI, IAT - 61),
        Err(ClaimsError::NotYetIssued)
    );
    assert_eq!(
        claims().check(URI, i64::MIN),
        Err(ClaimsError::NotYetIssued)
    );
}

#[test]
fn the_subject_is_the_uri_to_the_letter() {
    for uri in [
        "",
        "https://verifier.example/v1/status/1",
        "https://verifier.example/v1/status/0/",
    ] {
        assert_eq!(claims().check(uri, IAT), Err(ClaimsError::WrongSubject));
        assert_eq!(
            claims().check_historical(uri, IAT),
            Err(ClaimsError::WrongSubject)
        );
    }
}

#[test]
fn a_lifetime_and_a_ttl_are_positive() {
    let empty = StatusListClaims {
        exp: IAT,
        ..claims()
    };
    assert_eq!(empty.check(URI, IAT - 1), Err(ClaimsError::EmptyLifetime));
    let no_ttl = StatusListClaims {
        ttl: Some(0),
        ..claims()
    };
    assert_eq!(no_ttl.check(URI, IAT), Err(ClaimsError::BadTimeToLive));
}

#[test]
fn a_past_time_must_lie_in_the_lifetime() {
    let at = |time| claims().check_historical(URI, time);
    assert_eq!(at(IAT), Ok(()));
    assert_eq!(at(EXP - 1), Ok(()));
    assert_eq!(at(IAT - 1), Err(ClaimsError::NotYetIssued));
    assert_eq!(at(EXP), Err(ClaimsError::Expired));
}

#[test]
fn json_has_the_names_of_the_draft() {
    let json = serde_json::to_value(claims()).unwrap();
    let lst = Encoded::new(&StatusList::new(Bits::Two, 8, 3).unwrap()).lst;
    let expected = serde_json::json!({
        "sub": URI, "iat": IAT, "exp": EXP, "ttl": 60, "status_list": { "bits": 2, "lst": lst },
    });
    assert_eq!(json, expected);
    assert_eq!(
        serde_json::from_value::<StatusListClaims>(json).unwrap(),
        claims()
    );
}

#[test]
fn required_claims_are_required_and_others_ignored() {
    let mut json = serde_json::to_value(claims()).unwrap();
    json["something"] = 1.into();
    json["status_list"]["aggregation_uri"] = "https://verifier.example/lists".into();
    assert!(serde_json::from_value::<StatusListClaims>(json.clone()).is_ok());
    for name in ["sub", "iat", "exp", "status_list"] {
        let mut without = json.clone();
        without.as_object_mut().unwrap().remove(name);
        assert!(
            serde_json::from_value::<StatusListClaims>(without).is_err(),
            "{name}"
        );
    }
    for (name, value) in [
        ("exp", "1e9"),
        ("exp", "null"),
        ("ttl", "-1"),
        ("ttl", "1.5"),
        ("iat", "\"1\""),
    ] {
        let mut other = json.clone();
        other[name] = serde_json::from_str(value).unwrap();
        assert!(
            serde_json::from_value::<StatusListClaims>(other).is_err(),
            "{name} {value}"
        );
    }
}
