//! A county in miniature for tests and benches: one agency, its registry, and as many holders as asked
//! for, every key derived from a number, so that a run can be repeated.

use consent_token::{
    id::{AgencyId, Digest, Jti, UnixSeconds},
    key::SigningKey,
    statement::{
        self, AgencyAct, AgencyStatement, HolderAct, HolderStatement, UnverifiedStatement,
    },
    term::{Action, ConsentType, LegalBasis, Release},
    token::{self, Claims, Consent, Notice, StatusRef, VerifiedToken},
};
use protocol::{
    Registry, Slot, Version1,
    registry::{Agency, AgencyKind, AgencyStatus, JwkSet, RegistryKey},
};

use crate::{SignedStatement, Submission};

/// The time at which everything here happens.
#[must_use]
pub fn start() -> UnixSeconds {
    UnixSeconds::new(1_790_000_000).expect("a time of this century")
}

/// A key from a number.
#[must_use]
pub fn key(number: u64) -> SigningKey {
    SigningKey::from_seed(*Digest::of(&number.to_be_bytes()).as_bytes())
}

/// An id from a number.
#[must_use]
pub fn jti(number: u64) -> Jti {
    let digest = Digest::of(&number.to_be_bytes());
    let (id, _) = digest
        .as_bytes()
        .split_first_chunk::<16>()
        .expect("a digest has 32 bytes");
    Jti::from_bytes(*id)
}

/// The agency's id.
#[must_use]
pub fn agency_id() -> AgencyId {
    "https://fire.cwmderw.example"
        .parse()
        .expect("an agency id")
}

/// The agency's signing key.
#[must_use]
pub fn agency_key() -> SigningKey {
    key(u64::MAX)
}

/// The registrar's signing key.
#[must_use]
pub fn registrar_key() -> SigningKey {
    key(u64::MAX - 1)
}

/// A registry with the agency in it.
#[must_use]
pub fn registry(serial: u64, status: AgencyStatus) -> Registry {
    let agency = Agency {
        id: agency_id(),
        name: "Cwm Derw Fire and Rescue".into(),
        names: std::collections::BTreeMap::new(),
        kind: AgencyKind::Fire,
        status,
        jwks: JwkSet {
            keys: vec![RegistryKey::signing(&agency_key().public())],
        },
        contact: None,
        privacy_url: None,
        obligations: None,
    };
    Registry {
        iss: "https://verifier.example".into(),
        iat: start(),
        serial,
        agencies: vec![agency],
        circles: Vec::new(),
        auditors: Vec::new(),
    }
}

/// The act that puts a registry in force.
#[must_use]
pub fn publish(serial: u64, status: AgencyStatus) -> Submission {
    let registry = registry(serial, status);
    Submission::Registry(registry.sign(&registrar_key()), Box::new(registry))
}

/// A consent to share an address for a fire safety visit.
#[must_use]
pub fn consent() -> Consent {
    Consent {
        kind: ConsentType::V1,
        purposes: vec!["fire-safety-visit".into()],
        datatypes: vec![
            "home.address".into(),
            "contact.phone".into(),
            "needs.mobility".into(),
        ],
        actions: vec![Action::Read],
        release: Release::OnGrant,
        retention: "P30D".parse().expect("a duration"),
        recipients: None,
        uses: None,
        circle: None,
        notice: Notice {
            digest: Digest::of(b"We read your address and phone number to plan a visit."),
            lang: "en".parse().expect("a language"),
            version: "1".into(),
        },
        basis: LegalBasis::default(),
        jurisdiction: "GB-WLS".parse().expect("a jurisdiction"),
    }
}

/// The token of holder `number`, in a slot of a list at `uri`, from `nbf` on for a year.
#[must_use]
pub fn token_from(number: u64, idx: u64, uri: &str, nbf: UnixSeconds) -> String {
    token_of(number, (idx, uri), nbf, consent())
}

/// As [`token_from`], for another consent.
#[must_use]
pub fn token_of(
    number: u64,
    (idx, uri): (u64, &str),
    nbf: UnixSeconds,
    consent: Consent,
) -> String {
    let holder = key(number);
    let claims = Claims {
        iss: holder.holder_uri(),
        sub_jwk: holder.public().jwk(),
        aud: agency_id(),
        jti: jti(number),
        iat: nbf,
        nbf,
        exp: nbf.plus(365 * 24 * 60 * 60),
        jkt: agency_key().thumbprint(),
        status: StatusRef {
            idx,
            uri: uri.parse().expect("a web address"),
        },
        consent,
        req: None,
    };
    token::sign(&claims, &holder).expect("a token within its limits")
}

/// The verified token of holder `number` in slot `(0, number)`.
#[must_use]
pub fn token(number: u64) -> VerifiedToken {
    let compact = token_from(
        number,
        number,
        "https://verifier.example/v1/status/0",
        start(),
    );
    token::verify(&compact, &Version1).expect("a good token")
}

/// The act that registers holder `number`'s grant in slot `(0, number)`.
#[must_use]
pub fn grant(number: u64) -> Submission {
    let slot = Slot(0, u32::try_from(number).expect("a small number"));
    Submission::Grant {
        token: Box::new(token(number)),
        slot,
        replaces: None,
    }
}

/// Holder `number`'s statement on its grant, with id `id`, as a compact JWS.
#[must_use]
pub fn holder_jws(number: u64, id: u64, seq: u64, act: HolderAct) -> String {
    let holder = key(number);
    let statement = HolderStatement {
        iss: holder.holder_uri(),
        jti: jti(id),
        iat: start(),
        grant: jti(number),
        seq,
        act,
    };
    statement::sign_holder(&statement, &holder).expect("a statement within its limits")
}

/// Holder `number`'s statement as an act.
#[must_use]
pub fn holder_act(number: u64, id: u64, seq: u64, act: HolderAct) -> Submission {
    Submission::Statement(Box::new(signed(
        &holder_jws(number, id, seq, act),
        &key(number),
    )))
}

/// The agency's statement on holder `number`'s grant, as a compact JWS.
#[must_use]
pub fn agency_jws(number: u64, id: u64, act: AgencyAct) -> String {
    agency_jws_at(start(), number, id, act)
}

/// As [`agency_jws`], signed at another time.
#[must_use]
pub fn agency_jws_at(iat: UnixSeconds, number: u64, id: u64, act: AgencyAct) -> String {
    let statement = AgencyStatement {
        iss: agency_id(),
        jti: jti(id),
        iat,
        grant: jti(number),
        act,
    };
    statement::sign_agency(&statement, &agency_key()).expect("a statement within its limits")
}

/// The agency's statement as an act.
#[must_use]
pub fn agency_act(number: u64, id: u64, act: AgencyAct) -> Submission {
    Submission::Statement(Box::new(signed(
        &agency_jws(number, id, act),
        &agency_key(),
    )))
}

/// A statement verified with its signer's key.
#[must_use]
pub fn signed(compact: &str, signer: &SigningKey) -> SignedStatement {
    let unverified = UnverifiedStatement::parse(compact).expect("a statement");
    SignedStatement {
        statement: unverified
            .verify(&signer.public())
            .expect("a good statement"),
        signer: signer.public(),
    }
}
