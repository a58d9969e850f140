//! Offline checks: what an agency's software does with a token that it sees for the first time, and with
//! one that it knows, beside bare signature checks and beside other libraries.

use std::sync::Arc;

use agency::{Ask, Checker, List, View};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::id::UnixSeconds;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use protocol::{SLOTS_PER_LIST, registry::AgencyStatus};
use status_list::{Bits, Freshness, StatusList};
use verifier_store::fixture;

use crate::{
    Effort, Failure,
    numbers::{Round, Sample, Series, interleave, timed},
    peers::{biscuit, jwt},
    report::{Aim, Report, Unit},
};

/// Tokens in one round; each has a key of its own.
const TOKENS: usize = 32;
const URI: &str = "https://verifier.example/v1/status/0";
const ASK: Ask<'static> = Ask {
    purpose: Some("fire-safety-visit"),
    datatypes: &["home.address"],
};

/// A token, and what a bare signature check is given of it.
struct Token {
    compact: String,
    key: VerifyingKey,
    signature: Signature,
}

impl Token {
    fn new(number: usize, now: UnixSeconds) -> Result<Self, Failure> {
        let number = u64::try_from(number)?;
        let compact = fixture::token_from(number, number, URI, now.plus(-10));
        let (_, signature) = compact.rsplit_once('.').ok_or("a token has three parts")?;
        let signature = Signature::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(signature)?)?;
        let key = VerifyingKey::from_bytes(fixture::key(number).public().as_bytes())?;
        Ok(Self {
            compact,
            key,
            signature,
        })
    }

    fn message(&self) -> &[u8] {
        self.compact
            .rsplit_once('.')
            .map_or(b"", |(input, _)| input.as_bytes())
    }
}

/// Everything that the rounds share.
struct Stage {
    now: UnixSeconds,
    view: View,
    tokens: Vec<Token>,
    jwts: Vec<jwt::Jwt>,
    biscuits: Vec<biscuit::Token>,
}

impl Stage {
    fn set() -> Result<Self, Failure> {
        let now = UnixSeconds::new(jiff::Timestamp::now().as_second())
            .ok_or("the clock is out of range")?;
        let tokens = (0..TOKENS)
            .map(|number| Token::new(number, now))
            .collect::<Result<Vec<_>, _>>()?;
        let jwts = tokens
            .iter()
            .map(|token| jwt::Jwt::new(&token.compact, token.key.as_bytes()))
            .collect();
        let biscuits = (0..TOKENS)
            .map(biscuit::Token::new)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            now,
            view: view(now)?,
            tokens,
            jwts,
            biscuits,
        })
    }

    fn check_all(&self, checker: &Checker) -> Sample {
        timed(TOKENS, || {
            for token in &self.tokens {
                checker
                    .check(&token.compact, self.now, &ASK)
                    .expect("the token is good");
            }
        })
    }

    /// A checker that has seen nothing yet; making it is not timed.
    fn cold(&self) -> Sample {
        self.check_all(&Checker::new(self.view.clone()))
    }

    fn bare(&self) -> Sample {
        timed(TOKENS, || {
            for token in &self.tokens {
                token
                    .key
                    .verify(token.message(), &token.signature)
                    .expect("the signature is good");
            }
        })
    }

    fn bare_with_key(&self) -> Sample {
        timed(TOKENS, || {
            for token in &self.tokens {
                let key = VerifyingKey::from_bytes(token.key.as_bytes()).expect("the key is good");
                key.verify(token.message(), &token.signature)
                    .expect("the signature is good");
            }
        })
    }

    fn jwts(&self, rules: &jsonwebtoken::Validation) -> Sample {
        timed(TOKENS, || {
            assert!(self.jwts.iter().all(|token| token.is_good(rules)))
        })
    }

    fn biscuits(&self, ask: &biscuit_auth::AuthorizerBuilder) -> Sample {
        timed(TOKENS, || {
            assert!(self.biscuits.iter().all(|token| token.is_good(ask)))
        })
    }
}

/// What an agency knows: itself in the registry, and one full status list.
fn view(now: UnixSeconds) -> Result<View, Failure> {
    let registry = fixture::registry(1, AgencyStatus::Active);
    let bits = Arc::new(StatusList::new(Bits::Two, SLOTS_PER_LIST.into(), 0)?);
    let freshness = Freshness {
        fresh_until: now.as_i64() + 60,
        expires: now.as_i64() + 86_400,
    };
    let own = fixture::agency_key().thumbprint();
    Ok(View::new(fixture::agency_id(), &own, Some(&registry))
        .with_list(URI, List { bits, freshness }))
}

/// Measures and reports.
pub(crate) fn measure(effort: Effort, report: &mut Report) -> Result<(), Failure> {
    let stage = Stage::set()?;
    let (rules, ask) = (jwt::rules(fixture::agency_id().as_str())?, biscuit::ask()?);
    let known = Checker::new(stage.view.clone());
    let series = interleave(
        effort.pick(2000, 20),
        [
            Box::new(|| stage.cold()) as Round<'_>,
            Box::new(|| stage.bare()),
            Box::new(|| stage.bare_with_key()),
            Box::new(|| stage.jwts(&rules)),
            Box::new(|| stage.biscuits(&ask)),
            Box::new(|| stage.check_all(&known)),
        ],
    );
    tell(&stage, &series, report)
}

fn tell(stage: &Stage, series: &[Series; 6], report: &mut Report) -> Result<(), Failure> {
    let [cold, bare, bare_with_key, jwts, biscuits, known] = series;
    let bytes = stage.tokens.first().map_or(0, |token| token.compact.len());
    let biscuit_bytes = stage.biscuits.first().map_or(0, biscuit::Token::len);
    report.heading(&format!(
        "Offline check of a token of {bytes} bytes, {TOKENS} holders, one thread"
    ))?;
    report.figure(
        "cold: parse, signature, all checks, status bit, remembered",
        cold,
        Unit::Micros,
    )?;
    report.figure(
        "bare verify() of the same message, key decoded beforehand",
        bare,
        Unit::Micros,
    )?;
    report.figure(
        "bare verify() of the same message, key decoded each time",
        bare_with_key,
        Unit::Micros,
    )?;
    report.figure(
        "jsonwebtoken 11 decode + verify of the same token",
        jwts,
        Unit::Micros,
    )?;
    report.figure(
        &format!("biscuit-auth 6 from + authorize, {biscuit_bytes} bytes"),
        biscuits,
        Unit::Micros,
    )?;
    report.figure(
        "known: all of it compared, all checks, status bit",
        known,
        Unit::Micros,
    )?;
    report.times_as_long(
        "cold / bare verify(), key decoded each time",
        cold,
        bare_with_key,
        Aim::AtMost(1.15),
    )?;
    report.times_as_long(
        "cold / bare verify(), key decoded beforehand",
        cold,
        bare,
        Aim::AtMost(1.15),
    )?;
    report.times_as_long("cold / jsonwebtoken", cold, jwts, Aim::AtMost(0.55))?;
    report.times_as_long("cold / biscuit-auth", cold, biscuits, Aim::AtMost(0.35))?;
    report.times_as_fast(
        "known, times as fast as cold",
        known,
        cold,
        Aim::AtLeast(15.0),
    )
}
