//! Status lists: their zlib form, their claims, and the signed token around them.

use consent_token::key::PublicKey;
use protocol::status_token::{self, STATUS_LIST_TYP};
use status_list::{Bits, StatusList, StatusListClaims};

use crate::forge::{self, NOW};

/// The list that every case here is for.
pub(crate) const URI: &str = "https://verifier.example/v1/status/0";
/// The most bytes that a list may inflate to here.
const BOUND: usize = 1 << 16;

/// zlib: the first byte chooses the bits a slot. Never more than the bound, and what was read packs and
/// inflates to the same.
pub(crate) fn status_list(data: &[u8]) -> bool {
    let Some((choice, zlib)) = data.split_first() else {
        return false;
    };
    let bits = [Bits::One, Bits::Two, Bits::Four, Bits::Eight][usize::from(choice % 4)];
    let Ok(mut list) = StatusList::decompress(bits, zlib, BOUND) else {
        return false;
    };
    assert!(list.as_bytes().len() <= BOUND);
    assert!(list.get(list.len()).is_err() && list.get(u64::MAX).is_err());
    assert_eq!(
        StatusList::decompress(bits, &list.compress(), BOUND),
        Ok(list.clone())
    );
    if let Some(last) = list.len().checked_sub(1) {
        let before = list.get(last).expect("it is in the list");
        let other = before ^ bits.max_value();
        list.set(last, other).expect("it is in the list");
        assert_eq!(list.get(last), Ok(other));
    }
    true
}

/// Claims: what holds is of this list and may be used no longer than it says.
pub(crate) fn status_claims(data: &[u8]) -> bool {
    let Ok(claims) = serde_json::from_slice::<StatusListClaims>(data) else {
        return false;
    };
    let now = claims.iat.saturating_add(30);
    let _ = claims.check_historical(&claims.sub, now);
    assert!(
        claims.check("https://elsewhere.example", now).is_err()
            || claims.sub == "https://elsewhere.example"
    );
    let Ok(freshness) = claims.check(&claims.sub, now) else {
        return false;
    };
    assert!(freshness.fresh_until <= freshness.expires && freshness.is_usable(now));
    assert!(!freshness.is_usable(freshness.expires));
    claims
        .status_list
        .decode(BOUND)
        .is_ok_and(|list| list.as_bytes().len() <= BOUND)
}

/// Status list tokens: what holds has 2^20 slots of 2 bits and is signed by the verifier.
pub(crate) fn status_token(data: &[u8]) -> bool {
    let key = forge::agency();
    let Some(text) = forge::compact(data, STATUS_LIST_TYP, &key) else {
        return false;
    };
    let other: PublicKey = forge::holder().public();
    assert!(status_token::verify(&text, URI, &[other], NOW).is_err());
    assert!(status_token::verify(&text, URI, &[], NOW).is_err());
    let Ok(verified) = status_token::verify(&text, URI, &[key.public()], NOW) else {
        return false;
    };
    assert_eq!(
        (verified.list.len(), verified.list.bits()),
        (1 << 20, Bits::Two)
    );
    assert!(verified.freshness.is_usable(NOW.as_i64()));
    true
}
