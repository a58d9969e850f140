//! What is typed, read: times; and where the auditor keeps what it saw.

use std::{io, path::PathBuf};

use ::audit::AuditError;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use protocol::UnixMillis;

use crate::outcome::Failure;

/// A time: RFC 3339, a date (its first moment in UTC), or seconds since 1970.
pub fn time(text: &str) -> Result<UnixMillis, Failure> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Ok(UnixMillis(seconds.saturating_mul(1000)));
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Ok(UnixMillis(time.as_millisecond()));
    }
    let day = text
        .parse::<jiff::civil::Date>()
        .ok()
        .and_then(|date| date.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok());
    let wrong = || {
        Failure::usage(
            format!("{text} is not a time."),
            "Write it as 2026-11-30T12:00:00Z, or as a date.",
        )
    };
    day.map(|day| UnixMillis(day.timestamp().as_millisecond()))
        .ok_or_else(wrong)
}

/// The platform's folder for programs' data, below it ours.
pub fn default_state() -> Result<PathBuf, AuditError> {
    let names = AppStrategyArgs {
        top_level_domain: "org".into(),
        author: "Assent".into(),
        app_name: "assent".into(),
    };
    let strategy = choose_app_strategy(names).map_err(|_| AuditError::File {
        path: "the home folder".into(),
        kind: io::ErrorKind::NotFound,
    })?;
    Ok(strategy.in_data_dir("audit"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_three_ways() {
        for text in [
            "2026-09-21T00:00:00Z",
            "2026-09-21",
            "1789948800",
            "2026-09-21T01:00:00+01:00",
        ] {
            assert_eq!(time(text).unwrap(), UnixMillis(1_789_948_800_000), "{text}");
        }
        assert!(time("noon").is_err());
    }
}
