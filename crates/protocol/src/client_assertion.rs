//! `private_key_jwt` client authentication (RFC 7523 section 3) for agencies and auditors.

use consent_token::{
    CLOCK_SKEW_SECONDS, MAX_COMPACT_BYTES,
    id::{AgencyId, Jti, UnixSeconds},
    jws::{Compact, JwsError},
    key::{PublicKey, SigningKey, Thumbprint},
};
use serde::{Deserialize, Serialize};

use crate::signing;

/// The `client_assertion_type` of RFC 7523 section 2.2.
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How long an assertion may live at most, in seconds.
pub const ASSERTION_MAX_SECONDS: i64 = 300;

/// `typ` of an assertion: that of any JWT (RFC 7519 section 5.1), or the one that draft-ietf-oauth-rfc7523bis gives it.
const TYPES: [&str; 2] = ["JWT", "client-authentication+jwt"];

/// The claims of an assertion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// The client.
    pub iss: AgencyId,
    /// The client again.
    pub sub: AgencyId,
    /// The verifier's issuer or token endpoint.
    pub aud: Audience,
    /// Accepted once.
    pub jti: String,
    /// When it was made.
    pub iat: UnixSeconds,
    /// When it ends.
    pub exp: UnixSeconds,
    /// From when it is good, where it says so (RFC 7523 section 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<UnixSeconds>,
}

/// `aud` of a JWT: one string or several (RFC 7519 section 4.1.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Audience {
    /// Whether `name` is meant.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        match self {
            Audience::One(one) => one == name,
            Audience::Many(many) => many.iter().any(|one| one == name),
        }
    }
}

/// Why an assertion is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssertionError {
    /// Not a signed JWT.
    #[error("the client assertion is not valid: {0}")]
    Jws(#[from] JwsError),
    /// Its `typ` says that it was made for something else.
    #[error("the client assertion is a JWT of another type")]
    OtherType,
    /// A claim is missing, not of its type, or `iss` and `sub` differ.
    #[error("the client assertion's claims cannot be read")]
    Malformed,
    /// It is meant for another server.
    #[error("the client assertion is for another server")]
    OtherAudience,
    /// It has ended, is from the future, or lives too long.
    #[error("the client assertion is outside its time")]
    Time,
}

/// Makes an assertion for `audience`, good for one minute.
#[must_use]
pub fn assert(
    client: &AgencyId,
    key: &SigningKey,
    audience: &str,
    now: UnixSeconds,
    jti: Jti,
) -> String {
    let claims = Assertion {
        iss: client.clone(),
        sub: client.clone(),
        aud: Audience::One(audience.to_owned()),
        jti: jti.to_string(),
        iat: now,
        exp: now.plus(60),
        nbf: None,
    };
    signing::sign("JWT", &claims, key)
}

/// An assertion that was read but whose signature is not yet checked: the key depends on who it says it is.
#[derive(Debug)]
pub struct Unverified<'a> {
    jws: Compact<'a>,
    /// The claims.
    pub claims: Assertion,
}

impl<'a> Unverified<'a> {
    /// Reads an assertion and checks all but its signature.
    ///
    /// # Errors
    /// [`AssertionError`].
    pub fn parse(
        compact: &'a str,
        audiences: &[&str],
        now: UnixSeconds,
    ) -> Result<Self, AssertionError> {
        let jws = Compact::parse(compact, MAX_COMPACT_BYTES)?;
        if jws.typ().is_some() && TYPES.iter().all(|typ| jws.expect_typ(typ).is_err()) {
            return Err(AssertionError::OtherType);
        }
        let claims: Assertion = signing::claims(&jws).map_err(|_| AssertionError::Malformed)?;
        if claims.iss != claims.sub || claims.jti.is_empty() || claims.jti.len() > 128 {
            return Err(AssertionError::Malformed);
        }
        if !audiences
            .iter()
            .any(|audience| claims.aud.contains(audience))
        {
            return Err(AssertionError::OtherAudience);
        }
        let lifetime = claims.exp.since(claims.iat);
        let begins = claims.nbf.map_or(claims.iat, |nbf| nbf.max(claims.iat));
        let in_time =
            begins <= now.plus(CLOCK_SKEW_SECONDS) && now < claims.exp.plus(CLOCK_SKEW_SECONDS);
        if !in_time || !(0..=ASSERTION_MAX_SECONDS).contains(&lifetime) {
            return Err(AssertionError::Time);
        }
        Ok(Unverified { jws, claims })
    }

    /// The key id in the header, where there is one.
    #[must_use]
    pub fn kid(&self) -> Option<Thumbprint> {
        self.jws.kid()?.parse().ok()
    }

    /// Checks the signature with one of the client's registered keys.
    ///
    /// # Errors
    /// [`AssertionError::Jws`] where none fits.
    pub fn verify(self, keys: &[PublicKey]) -> Result<Assertion, AssertionError> {
        signing::verify_with_one_of(&self.jws, keys)?;
        Ok(self.claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixSeconds = UnixSeconds::new(1_790_000_000).unwrap();

    fn judged(change: fn(&mut Assertion)) -> Result<(), AssertionError> {
        judged_as("JWT", change)
    }

    fn judged_as(typ: &str, change: fn(&mut Assertion)) -> Result<(), AssertionError> {
        let key = SigningKey::from_seed([1; 32]);
        let mut claims = Assertion {
            iss: "https://fire.example".parse().unwrap(),
            sub: "https://fire.example".parse().unwrap(),
            aud: Audience::Many(vec![
                "https://other.example".into(),
                "https://v.example".into(),
            ]),
            jti: "1".into(),
            iat: NOW,
            exp: NOW.plus(300),
            nbf: None,
        };
        change(&mut claims);
        let compact = signing::sign(typ, &claims, &key);
        Unverified::parse(&compact, &["https://v.example"], NOW)?.verify(&[key.public()])?;
        Ok(())
    }

    #[test]
    fn an_assertion_is_held_to_its_times_its_audience_and_its_client() {
        assert_eq!(judged(|_| {}), Ok(()));
        assert_eq!(
            judged(|claims| claims.nbf = Some(NOW.plus(60))),
            Ok(()),
            "clocks differ"
        );
        type Change = fn(&mut Assertion);
        let faults: [(Change, AssertionError); 8] = [
            (
                |claims| claims.nbf = Some(NOW.plus(61)),
                AssertionError::Time,
            ),
            (|claims| claims.iat = NOW.plus(61), AssertionError::Time),
            (|claims| claims.exp = NOW.plus(301), AssertionError::Time),
            (
                |claims| (claims.iat, claims.exp) = (NOW.plus(-200), NOW.plus(-60)),
                AssertionError::Time,
            ),
            (|claims| claims.exp = NOW.plus(-1), AssertionError::Time),
            (
                |claims| claims.aud = Audience::One("https://w.example".into()),
                AssertionError::OtherAudience,
            ),
            (
                |claims| claims.sub = "https://police.example".parse().unwrap(),
                AssertionError::Malformed,
            ),
            (
                |claims| claims.jti = "x".repeat(129),
                AssertionError::Malformed,
            ),
        ];
        for (number, (fault, error)) in faults.into_iter().enumerate() {
            assert_eq!(judged(fault), Err(error), "{number}");
        }
    }

    #[test]
    fn a_document_of_another_type_is_no_assertion() {
        for typ in ["jwt", "application/jwt", "client-authentication+jwt"] {
            assert_eq!(judged_as(typ, |_| {}), Ok(()), "{typ}");
        }
        for typ in ["consent+jwt", "dpop+jwt", "oauth-authz-req+jwt", ""] {
            let judged = judged_as(typ, |_| {});
            assert_eq!(judged, Err(AssertionError::OtherType), "{typ}");
        }
    }
}
