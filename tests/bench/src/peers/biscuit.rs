//! `biscuit-auth`: a token that says the same, with its rules as Datalog in the token and at the reader.

use std::time::Duration;

use biscuit_auth::{AuthorizerBuilder, AuthorizerLimits, Biscuit, KeyPair, PublicKey};

use crate::Failure;

/// What a consent says, as facts, and what must hold wherever it is used, as checks.
const CONSENT: &str = r#"
    audience("https://fire.cwmderw.example");
    bound_to("hTO4YyiLnlJkYvMYXKW2sHHvo3gXWjY8RTUcAm5dnXA");
    purpose("fire-safety-visit");
    datatype("home.address");
    datatype("contact.phone");
    datatype("needs.mobility");
    action("read");
    release("on-grant");
    retention("P30D");
    notice("sha-256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", "en", "1");
    jurisdiction("GB-WLS");
    check if agency("https://fire.cwmderw.example");
    check if agency_key("hTO4YyiLnlJkYvMYXKW2sHHvo3gXWjY8RTUcAm5dnXA");
    check if time($now), $now >= 2020-01-01T00:00:00Z, $now < 2100-01-01T00:00:00Z;
"#;

/// What an agency says of itself and asks.
const ASK: &str = r#"
    agency("https://fire.cwmderw.example");
    agency_key("hTO4YyiLnlJkYvMYXKW2sHHvo3gXWjY8RTUcAm5dnXA");
    allow if purpose("fire-safety-visit"), datatype("home.address");
"#;

/// A token with its key, ready.
pub(crate) struct Token {
    bytes: Vec<u8>,
    key: PublicKey,
}

impl Token {
    /// A token for the slot `number`, by a key of its own.
    pub(crate) fn new(number: usize) -> Result<Self, Failure> {
        let key = KeyPair::new();
        let slot = format!("{CONSENT} status(\"https://verifier.example/v1/status/0\", {number});");
        let bytes = Biscuit::builder().code(slot)?.build(&key)?.to_vec()?;
        Ok(Self {
            bytes,
            key: key.public(),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Parses, verifies and authorizes; true where the token allows what is asked.
    pub(crate) fn is_good(&self, ask: &AuthorizerBuilder) -> bool {
        let token = Biscuit::from(&self.bytes, self.key);
        let authorizer = token.and_then(|token| ask.clone().time().build(&token));
        authorizer
            .and_then(|mut authorizer| authorizer.authorize())
            .is_ok()
    }
}

/// The reader's side, parsed beforehand.
pub(crate) fn ask() -> Result<AuthorizerBuilder, Failure> {
    let limits = AuthorizerLimits {
        // One millisecond by default, which a busy machine exceeds without being asked for more.
        max_time: Duration::from_secs(1),
        ..AuthorizerLimits::default()
    };
    Ok(AuthorizerBuilder::new().code(ASK)?.set_limits(limits))
}
