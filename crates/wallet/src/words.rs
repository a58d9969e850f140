//! Dates, durations and what agencies did, in the citizen's language.

mod looks;
mod warnings;

pub use looks::{basis, ending, labels, looked, overdue, second_person, span};
pub use warnings::warning;

use consent_token::{id::UnixSeconds, term::IsoDuration};
use jiff::{
    Span, SpanRelativeTo, Timestamp, Unit,
    civil::Date,
    fmt::friendly::{Designator, Spacing, SpanPrinter},
    tz::TimeZone,
};
use profile::Lang;

use crate::KeyChange;

const WELSH_MONTHS: [&str; 12] = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
];

/// A day as a person writes it: `31 December 2027`, in UTC.
#[must_use]
pub fn day(time: UnixSeconds, lang: Lang) -> String {
    let date = date_of(time);
    match (lang, welsh_month(date.month())) {
        (Lang::Cy, Some(month)) => format!("{} {month} {}", date.day(), date.year()),
        _ => date.strftime("%-d %B %Y").to_string(),
    }
}

/// A moment as a person writes it: `31 December 2027, 14:05`, in the given time zone.
#[must_use]
pub fn moment(time: UnixSeconds, zone: &TimeZone) -> String {
    timestamp(time)
        .to_zoned_datetime(zone.clone())
        .strftime("%-d %B %Y, %H:%M")
        .to_string()
}

/// A moment as a person writes it in `lang`, in the given time zone.
#[must_use]
pub fn moment_in(time: UnixSeconds, zone: &TimeZone, lang: Lang) -> String {
    let local = timestamp(time).to_zoned_datetime(zone.clone());
    match (lang, welsh_month(local.month())) {
        (Lang::Cy, Some(month)) => format!(
            "{} {month} {}, {}",
            local.day(),
            local.year(),
            local.strftime("%H:%M")
        ),
        _ => moment(time, zone),
    }
}

/// That an agency receives under another key, and what to do where that is strange.
#[must_use]
pub fn key_change(change: &KeyChange, lang: Lang) -> String {
    let (name, when) = (&change.name, day(change.at, lang));
    let whom = change.contact.as_deref().unwrap_or(change.agency.as_str());
    match lang {
        Lang::En => format!(
            "{name} uses a new encryption key (found on {when}); what you share with it is sealed for that key from now on. Services renew their keys now and then. If you are not sure, ask it: {whom}."
        ),
        Lang::Cy => format!(
            "Mae {name} yn defnyddio allwedd amgryptio newydd (canfuwyd ar {when}); ar gyfer yr allwedd honno y selir yr hyn a rannwch ag ef o hyn ymlaen. Mae gwasanaethau’n adnewyddu eu hallweddi o bryd i’w gilydd. Os nad ydych yn siŵr, gofynnwch iddo: {whom}."
        ),
    }
}

/// The names of purposes, as the citizen knows them.
#[must_use]
pub fn purposes(codes: &[String], lang: Lang) -> String {
    let name = |code: &String| {
        let known = profile::purpose(code).map(|known| known.label.in_lang(lang));
        known.unwrap_or(code).to_owned()
    };
    codes.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A duration as a person writes it: `30 days`.
#[must_use]
pub fn duration(duration: &IsoDuration, lang: Lang) -> String {
    let Ok(span) = duration.as_str().parse::<Span>() else {
        return duration.to_string();
    };
    match lang {
        Lang::En => {
            let printer = SpanPrinter::new()
                .designator(Designator::Verbose)
                .spacing(Spacing::BetweenUnitsAndDesignators);
            printer.span_to_string(&span)
        }
        Lang::Cy => match span
            .total((Unit::Day, SpanRelativeTo::days_are_24_hours()))
            .ok()
            .or_else(|| calendar_days(span))
        {
            Some(days) => format!("{} diwrnod", days.ceil()),
            None => duration.to_string(),
        },
    }
}

fn welsh_month(month: i8) -> Option<&'static str> {
    let at = usize::try_from(month - 1).ok()?;
    WELSH_MONTHS.get(at).copied()
}

/// Months and years have days only from a date on.
fn calendar_days(span: Span) -> Option<f64> {
    span.total((Unit::Day, Date::constant(2025, 1, 1))).ok()
}

fn date_of(time: UnixSeconds) -> Date {
    TimeZone::UTC.to_datetime(timestamp(time)).date()
}

fn timestamp(time: UnixSeconds) -> Timestamp {
    Timestamp::from_second(time.as_i64()).expect("UnixSeconds lies between 1970 and 9999")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_durations_read_like_a_letter() {
        let time = UnixSeconds::new(1_798_675_200).unwrap(); // 2026-12-31
        assert_eq!(day(time, Lang::En), "31 December 2026");
        assert_eq!(day(time, Lang::Cy), "31 Rhagfyr 2026");
        let at = |lang| moment_in(time, &TimeZone::UTC, lang);
        assert_eq!(at(Lang::Cy), "31 Rhagfyr 2026, 00:00");
        assert_eq!(at(Lang::En), "31 December 2026, 00:00");
        let thirty: IsoDuration = "P30D".parse().unwrap();
        assert_eq!(duration(&thirty, Lang::En), "30 days");
        assert_eq!(duration(&thirty, Lang::Cy), "30 diwrnod");
        assert_eq!(duration(&"P1Y".parse().unwrap(), Lang::En), "1 year");
        assert_eq!(duration(&"P1Y".parse().unwrap(), Lang::Cy), "365 diwrnod");
    }
}
