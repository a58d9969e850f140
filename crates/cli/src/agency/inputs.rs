//! What is typed, read: tokens or files with them, notices by language, ends as dates or durations.

use std::{collections::BTreeMap, fs, io::Read, path::Path};

use consent_token::{
    id::UnixSeconds,
    term::{IsoDuration, Language},
};

use crate::outcome::Failure;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A token: itself, a file that holds it, or `-` for standard input.
pub fn token(argument: &str) -> Result<String, Failure> {
    let text = if argument == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|e| Failure::file(Path::new("standard input"), &e))?;
        text
    } else if is_token(argument) || !names_a_file(argument) {
        // What is neither is judged like a token that was not copied whole: it is refused.
        argument.to_owned()
    } else {
        // A file that is no text is no token either, and the check says so.
        let bytes = fs::read(argument).map_err(|e| Failure::file(Path::new(argument), &e))?;
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Ok(text.trim().to_owned())
}

fn is_token(text: &str) -> bool {
    text.starts_with("ey") && text.matches('.').count() == 2 && !text.contains('/')
}

/// A file that is there, or what looks like the name of one.
fn names_a_file(text: &str) -> bool {
    let ending = Path::new(text)
        .extension()
        .and_then(|ending| ending.to_str());
    let usual = ending.is_some_and(|ending| ["jws", "jwt", "json", "txt"].contains(&ending));
    usual || text.contains(['/', '\\']) || Path::new(text).exists()
}

/// Notices: each `LANG=FILE`, or a file whose name ends in its language, such as `notice.cy.txt`.
pub fn notices(arguments: &[String]) -> Result<BTreeMap<Language, String>, Failure> {
    let mut texts = BTreeMap::new();
    for argument in arguments {
        let (lang, path) = notice(argument)?;
        let text = fs::read_to_string(&path).map_err(|e| Failure::file(Path::new(&path), &e))?;
        if texts.insert(lang, text).is_some() {
            return Err(Failure::usage(
                format!("{argument}: that language is there twice."),
                "Give one notice for each language.",
            ));
        }
    }
    Ok(texts)
}

fn notice(argument: &str) -> Result<(Language, String), Failure> {
    if let Some((lang, path)) = argument.split_once('=')
        && let Ok(lang) = lang.parse()
    {
        return Ok((lang, path.to_owned()));
    }
    let stem = Path::new(argument)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let last = stem.rsplit(['.', '_', '-']).next().unwrap_or_default();
    let lang = (2..=3)
        .contains(&last.len())
        .then(|| last.parse().ok())
        .flatten();
    let unknown = || {
        Failure::usage(
            format!("The language of {argument} is not known."),
            "Write it as LANG=FILE, such as en=notice.txt.",
        )
    };
    Ok((lang.ok_or_else(unknown)?, argument.to_owned()))
}

/// How long from `now`: an ISO 8601 duration, or up to the end of a day in UTC.
pub fn until(text: &str, now: UnixSeconds) -> Result<IsoDuration, Failure> {
    if let Ok(duration) = text.parse() {
        return Ok(duration);
    }
    let wrong = |what: &str| {
        Failure::usage(
            format!("{text} {what}."),
            "Write a date such as 2027-06-30, or a duration such as P1Y.",
        )
    };
    let date: jiff::civil::Date = text
        .parse()
        .map_err(|_| wrong("is neither a date nor a duration"))?;
    let start = date
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .map_err(|_| wrong("is out of range"))?
        .timestamp()
        .as_second();
    let days = (start + DAY - now.as_i64()).div_euclid(DAY);
    if days < 1 {
        return Err(wrong("is in the past"));
    }
    format!("P{days}D")
        .parse()
        .map_err(|_| wrong("is too far away"))
}

/// A term that its own type reads.
pub fn term<T: std::str::FromStr>(text: &str, name: &str, example: &str) -> Result<T, Failure> {
    let wrong = |_| {
        Failure::usage(
            format!("{text} is not a value of {name}."),
            format!("An example is {example}."),
        )
    };
    text.parse().map_err(wrong)
}

/// Words that say something.
pub fn words(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_notice_is_named_or_in_the_files_name() {
        for (argument, lang, path) in [
            ("en=a/b.txt", "en", "a/b.txt"),
            ("notice.cy.txt", "cy", "notice.cy.txt"),
            ("a/en.md", "en", "a/en.md"),
            ("notice-cy.txt", "cy", "notice-cy.txt"),
        ] {
            assert_eq!(
                notice(argument).unwrap(),
                (lang.parse().unwrap(), path.to_owned()),
                "{argument}"
            );
        }
        assert!(notice("notice.txt").is_err());
    }

    #[test]
    fn what_is_no_file_is_judged_as_a_token() {
        for text in ["abc", "a.b.c", "eyJhbGciOiJFZERTQSJ9", "e30.e30.AAAA.BBBB"] {
            assert_eq!(token(text).ok().as_deref(), Some(text), "{text}");
        }
        for missing in ["nowhere.jws", "./nowhere", "no/such/token"] {
            assert_eq!(token(missing).unwrap_err().code, "file", "{missing}");
        }
    }

    #[test]
    fn an_end_is_a_date_or_a_duration() {
        let now = UnixSeconds::new(1_790_000_000).unwrap(); // 2026-09-21T13:33:20Z
        for (text, duration) in [
            ("P1Y", "P1Y"),
            ("2026-09-21", "P0D"),
            ("2026-09-22", "P1D"),
            ("2026-10-21", "P30D"),
        ] {
            let read = until(text, now).ok().map(|read| read.to_string());
            assert_eq!(
                read,
                Some(duration.to_owned()).filter(|d| d != "P0D"),
                "{text}"
            );
        }
        for bad in ["yesterday", "2020-01-01", "2026-13-01", ""] {
            assert!(until(bad, now).is_err(), "{bad}");
        }
    }
}
