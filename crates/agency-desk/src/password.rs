//! Passwords of users that are kept here: Argon2id (RFC 9106) in PHC strings. Hashing takes some ten
//! milliseconds of a core, so it is done beside the runtime.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use zeroize::Zeroizing;

use crate::{ApiError, Code};

/// 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's first choice for servers.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Characters at least (NIST SP 800-63B-4 section 3.1.1.2 asks for 15 where there is no second factor).
const SHORTEST: usize = 12;
/// Bytes at most: hashing must not be made to work for long.
const LONGEST: usize = 256;

/// A hash that no password has, so that an unknown name takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$YXNzZW50LW5vYm9keQ$7Fq2mXOqV2zq0s8m1l0qkq1m3VYb7mZ1x1m8z9q1Zb8";

/// Refuses a password that is easy to guess: too short, too long, or made of the user's own name.
pub(crate) fn check(password: &str, user: &str, field: &'static str) -> Result<(), ApiError> {
    if password.len() > LONGEST {
        return Err(Code::PasswordTooLong.at(field));
    }
    let lower = password.to_lowercase();
    let different: std::collections::BTreeSet<char> = lower.chars().collect();
    let rest = lower.replace(&user.to_lowercase(), "");
    if password.chars().count() < SHORTEST
        || different.len() < 5
        || rest.chars().count() < SHORTEST / 2
    {
        return Err(Code::PasswordWeak.at(field));
    }
    Ok(())
}

/// The PHC string of a password.
pub(crate) async fn hash(password: &str) -> Result<String, ApiError> {
    let password = Zeroizing::new(password.to_owned());
    let hashed = tokio::task::spawn_blocking(move || {
        let hash = hasher()?.hash_password(password.as_bytes()).ok()?;
        Some(hash.to_string())
    });
    hashed
        .await
        .ok()
        .flatten()
        .ok_or_else(|| Code::Randomness.into())
}

/// Whether a password is the one of the PHC string; with none, no password is.
pub(crate) async fn verify(password: &str, phc: Option<&str>) -> bool {
    let password = Zeroizing::new(password.chars().take(LONGEST).collect::<String>());
    let known = phc.is_some();
    let phc = phc.unwrap_or(NOBODY).to_owned();
    let verified = tokio::task::spawn_blocking(move || {
        let parsed = PasswordHash::new(&phc).ok()?;
        hasher()?.verify_password(password.as_bytes(), &parsed).ok()
    });
    verified.await.ok().flatten().is_some() && known
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_and_no_other() {
        let phc = hash("a kettle on the hill").await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("a kettle on the hill", Some(&phc)).await);
        assert!(!verify("a kettle on the hilt", Some(&phc)).await);
        assert!(!verify("a kettle on the hill", None).await);
        assert_ne!(
            phc,
            hash("a kettle on the hill").await.unwrap(),
            "each has its own salt"
        );
    }

    #[test]
    fn the_hash_of_nobody_costs_what_others_do() {
        let parsed = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(parsed.params.to_string(), "m=19456,t=2,p=1");
    }

    #[test]
    fn easy_ones_are_refused() {
        for weak in ["short", "aaaaaaaaaaaaaaaa", "mair.bowen2026", ""] {
            assert!(check(weak, "mair.bowen", "password").is_err(), "{weak}");
        }
        assert!(check(&"ab cd ef".repeat(40), "mair", "password").is_err());
        assert!(check("a kettle on the hill", "mair.bowen", "password").is_ok());
    }
}
