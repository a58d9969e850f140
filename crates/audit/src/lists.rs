//! The status lists that are served, held against the log bit for bit (PROTOCOL section 3): a list is a
//! pure function of the log up to the size that its `ETag` names.

use std::collections::HashSet;

use consent_token::{id::UnixSeconds, jws::Compact, key::PublicKey};
use http::header::{CACHE_CONTROL, ETAG};
use protocol::{
    LISTS_AT_MOST, Transport, UnixMillis,
    status_token::{self, STATUS_LIST_TOKEN_MAX_BYTES, StatusTokenError},
};
use status_list::{ClaimsError, StatusList, StatusListClaims};

use crate::{
    AuditError,
    finding::{Code, Findings},
    replay::{Replay, Until},
    source::{Document, Source},
    state::ListSeen,
};

/// Seconds between a change and a list that shows it, where the list names no `ttl`.
const DEFAULT_TTL: i64 = 60;

/// A status list as it was served.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub(crate) number: u32,
    document: Document,
}

/// Against what lists are judged.
pub(crate) struct Judge<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) keys: &'a [PublicKey],
    pub(crate) replay: &'a Replay,
    pub(crate) now: UnixMillis,
}

/// Fetches every list: those from 0 on until there is none, and those up to `known`.
pub(crate) async fn fetch<T: Transport>(
    source: &Source<T>,
    known: u32,
) -> Result<Vec<Served>, AuditError> {
    let mut lists = Vec::new();
    for number in 0..LISTS_AT_MOST {
        match source.find(&format!("/v1/status/{number}")).await? {
            Some(document) => lists.push(Served { number, document }),
            None if number < known => {}
            None => break,
        }
    }
    Ok(lists)
}

impl Judge<'_> {
    /// Holds one list against the log.
    pub(crate) fn check(&self, served: &Served, findings: &mut Findings) -> Option<ListSeen> {
        let n = served.number;
        if is_immutable(&served.document) {
            findings.add(
                Code::ListImmutable,
                format!("Status list {n} is served so that a cache may keep it after a change."),
            );
        }
        let (claims, list) = self.open(served, findings)?;
        let Some(size) = size_of_etag(n, served.document.header(ETAG)) else {
            findings.add(
                Code::ListUntagged,
                format!("Status list {n} does not name the log size it was made from."),
            );
            return None;
        };
        if size > self.replay.size() {
            let what = format!(
                "Status list {n} is made from {size} entries, but the log shows {}.",
                self.replay.size()
            );
            findings.add(Code::ListAhead, what);
            return None;
        }
        compare(
            n,
            &list,
            &self.replay.list(n, Until::Size(size)),
            Code::ListMismatch,
            findings,
        );
        let behind = self.behind(n, size, claims.iat);
        let ttl = claims
            .ttl
            .and_then(|ttl| i64::try_from(ttl).ok())
            .unwrap_or(DEFAULT_TTL);
        if behind > ttl.saturating_mul(1000) {
            let what = format!(
                "Status list {n} lacks a change that was logged {} seconds before the list was signed.",
                behind / 1000
            );
            findings.add(Code::ListWithheld, what);
        }
        Some(ListSeen {
            list: n,
            size,
            iat: claims.iat,
            behind,
        })
    }

    fn open(
        &self,
        served: &Served,
        findings: &mut Findings,
    ) -> Option<(StatusListClaims, StatusList)> {
        let uri = format!("{}/v1/status/{}", self.issuer, served.number);
        let now = UnixSeconds::new(self.now.0.div_euclid(1000))?;
        match status_token::verify(served.document.text(), &uri, self.keys, now) {
            Ok(verified) => Some((verified.claims, verified.list)),
            Err(error) => {
                let code = code_of(&error, served.document.text());
                findings.add(code, format!("Status list {}: {error}.", served.number));
                None
            }
        }
    }

    /// The age, in milliseconds and at `iat`, of the oldest change that a list of `size` lacks.
    fn behind(&self, list: u32, size: u64, iat: i64) -> i64 {
        let lacking = self
            .replay
            .changes_of(list)
            .find(|change| change.index >= size);
        lacking.map_or(0, |change| (iat.saturating_mul(1000) - change.at.0).max(0))
    }

    /// Asks for a list as it was in the past, where the verifier answers for the past at all, and holds it
    /// against the log.
    pub(crate) async fn check_past<T: Transport>(
        &self,
        source: &Source<T>,
        list: u32,
        findings: &mut Findings,
    ) -> Result<(), AuditError> {
        let Some(time) = self.quiet_second(list) else {
            return Ok(());
        };
        let Some(document) = source
            .find(&format!("/v1/status/{list}?time={time}"))
            .await?
        else {
            return Ok(());
        };
        let uri = format!("{}/v1/status/{list}", self.issuer);
        let Some(then) = UnixSeconds::new(time) else {
            return Ok(());
        };
        match status_token::verify(document.text(), &uri, self.keys, then) {
            Ok(verified) if verified.claims.check_historical(&uri, time).is_ok() => {
                let own = self.replay.list(list, Until::Time(UnixMillis(time * 1000)));
                compare(list, &verified.list, &own, Code::HistoryMismatch, findings);
            }
            Ok(_) => {}
            // A verifier may ignore the question and send its newest list; that one was checked already.
            Err(StatusTokenError::List(ClaimsError::NotYetIssued | ClaimsError::Expired)) => {}
            Err(error) => findings.add(
                Code::HistoryMismatch,
                format!("Status list {list} as of {time}: {error}."),
            ),
        }
        Ok(())
    }

    /// A whole second in the past, after about half of the list's changes, in which nothing changed.
    fn quiet_second(&self, list: u32) -> Option<i64> {
        let times: Vec<i64> = self
            .replay
            .changes_of(list)
            .map(|change| change.at.0)
            .collect();
        let middle = *times.get(times.len() / 2)?;
        let busy: HashSet<i64> = times.iter().map(|at| at.div_euclid(1000)).collect();
        let quiet = |second: &i64| !busy.contains(second);
        (middle.div_euclid(1000) + 1..self.now.0.div_euclid(1000))
            .take(3600)
            .find(quiet)
    }
}

/// Names the first slot that differs, and how many do.
fn compare(
    number: u32,
    served: &StatusList,
    own: &StatusList,
    code: Code,
    findings: &mut Findings,
) {
    if served == own {
        return;
    }
    let differ: Vec<u64> = (0..own.len())
        .filter(|idx| served.get(*idx) != own.get(*idx))
        .collect();
    let first = differ.first().copied().unwrap_or_default();
    let said = |list: &StatusList| {
        list.get(first)
            .map_or_else(|_| "nothing".into(), |status| status.to_string())
    };
    let what = format!(
        "Status list {number} says {} of slot {first} where the log says {}; slots that differ: {}.",
        said(served),
        said(own),
        differ.len()
    );
    findings.add(code, what);
}

fn code_of(error: &StatusTokenError, compact: &str) -> Code {
    match error {
        StatusTokenError::Malformed(_) if lacks_exp(compact) => Code::ListWithoutExp,
        StatusTokenError::List(ClaimsError::Expired | ClaimsError::NotYetIssued) => {
            Code::ListExpired
        }
        _ => Code::ListUnsigned,
    }
}

fn lacks_exp(compact: &str) -> bool {
    let Ok(jws) = Compact::parse(compact, STATUS_LIST_TOKEN_MAX_BYTES) else {
        return false;
    };
    serde_json::from_slice::<serde_json::Value>(jws.payload())
        .is_ok_and(|claims| claims.get("exp").is_none())
}

fn is_immutable(document: &Document) -> bool {
    let values = document
        .headers
        .get_all(CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .any(|directive| directive.trim().eq_ignore_ascii_case("immutable"))
}

/// The size in `"<n>-<size>"`, weak or strong; what follows the size is the verifier's own.
fn size_of_etag(number: u32, etag: Option<&str>) -> Option<u64> {
    let tag = etag?.trim();
    let tag = tag
        .strip_prefix("W/")
        .unwrap_or(tag)
        .strip_prefix('"')?
        .strip_suffix('"')?;
    let mut parts = tag.split('-');
    let own = parts.next()?.parse::<u32>().ok()? == number;
    let size = parts.next()?.parse().ok()?;
    own.then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_etag_names_list_and_size() {
        for (etag, size) in [
            ("\"3-17\"", Some(17)),
            ("W/\"3-17\"", Some(17)),
            ("\"3-17-1790000000\"", Some(17)),
            ("\"4-17\"", None),
            ("\"3\"", None),
            ("3-17", None),
            ("\"3-x\"", None),
        ] {
            assert_eq!(size_of_etag(3, Some(etag)), size, "{etag}");
        }
        assert_eq!(size_of_etag(3, None), None);
    }
}
