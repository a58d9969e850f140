//! How often each pseudonym looked, day by day, and who is far from the others. A hint to ask, no verdict.

use std::collections::{BTreeMap, BTreeSet};

use agency::Attempt;
use consent_token::id::UnixSeconds;

use crate::{
    api::{ActKind, ActorRow, Actors},
    consents::Consents,
    words,
};

/// Fewer rows have no middle to be far from.
const ROWS_AT_LEAST: usize = 5;
/// How many times the median deviation counts as far (Iglewicz and Hoaglin's modified z-score of about 3.5 is
/// 3.5 / 0.6745 = 5.2 times; 3 is earlier, because a person looks at each row).
const FAR: f64 = 3.0;
const DAY: i64 = 86_400;
/// Hours of the day, UTC.
const DAYTIME: std::ops::Range<i64> = 7..19;

#[derive(Default)]
struct Tally {
    reads: u32,
    openings: u32,
    refused: u32,
    at_night: u32,
    people: BTreeSet<String>,
    daily: BTreeMap<i64, u32>,
}

/// The rows of the last `days` days.
pub(crate) fn actors(
    consents: &Consents,
    attempts: &[Attempt],
    days: u32,
    now: UnixSeconds,
) -> Actors {
    let days = i64::from(days.clamp(1, 366));
    let last = now.as_i64().div_euclid(DAY);
    let first = last - days + 1;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (_, consent, act) in consents.staff_acts() {
        let looked = matches!(act.kind(), ActKind::Access | ActKind::Open);
        let day = act.at.div_euclid(DAY);
        if let (true, true, Some(actor)) = (looked, (first..=last).contains(&day), act.actor()) {
            let tally = tallies.entry(actor.to_owned()).or_default();
            match act.kind() {
                ActKind::Open => tally.openings += 1,
                _ => tally.reads += 1,
            }
            let hour = act.at.rem_euclid(DAY) / 3600;
            tally.at_night += u32::from(!DAYTIME.contains(&hour));
            tally.people.insert(consent.person());
            *tally.daily.entry(day).or_default() += 1;
        }
    }
    for attempt in attempts {
        if (first..=last).contains(&attempt.at.as_i64().div_euclid(DAY)) {
            tallies.entry(attempt.actor.clone()).or_default().refused += 1;
        }
    }
    // The software's own readings are no person's.
    tallies.remove(agency::SOFTWARE);
    let limit = unusual_above(tallies.values().map(Tally::looks));
    let mut rows: Vec<ActorRow> = tallies
        .into_iter()
        .map(|(actor, tally)| tally.row(actor, first..=last, limit))
        .collect();
    rows.sort_by_key(|row| {
        (
            std::cmp::Reverse(row.reads + row.openings),
            row.actor.clone(),
        )
    });
    let day = |day: i64| words::day(UnixSeconds::new(day * DAY).unwrap_or(now));
    Actors {
        from: day(first),
        to: day(last),
        rows,
        unusual_above: limit,
    }
}

impl Tally {
    fn looks(&self) -> u32 {
        self.reads + self.openings
    }

    fn row(
        self,
        actor: String,
        days: std::ops::RangeInclusive<i64>,
        limit: Option<f64>,
    ) -> ActorRow {
        ActorRow {
            actor,
            reads: self.reads,
            openings: self.openings,
            refused: self.refused,
            people: u32::try_from(self.people.len()).unwrap_or(u32::MAX),
            at_night: self.at_night,
            unusual: limit.is_some_and(|limit| f64::from(self.looks()) > limit),
            daily: days
                .map(|day| self.daily.get(&day).copied().unwrap_or(0))
                .collect(),
        }
    }
}

/// The median, and [`FAR`] times the median of how far the others are from it; at least one look apart.
fn unusual_above(looks: impl Iterator<Item = u32>) -> Option<f64> {
    let all: Vec<f64> = looks.map(f64::from).collect();
    if all.len() < ROWS_AT_LEAST {
        return None;
    }
    let middle = median(all.clone());
    let apart = median(all.iter().map(|one| (one - middle).abs()).collect());
    Some(middle + FAR * apart.max(1.0))
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    let half = all.len() / 2;
    let at = |index: usize| all.get(index).copied().unwrap_or(0.0);
    if all.len() % 2 == 1 {
        at(half)
    } else {
        f64::midpoint(at(half.saturating_sub(1)), at(half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_looks_far_more_than_the_others_stands_out() {
        let limit = unusual_above([4, 5, 6, 5, 4, 60].into_iter()).unwrap();
        assert!((6.0..60.0).contains(&limit), "{limit}");
    }

    #[test]
    fn where_all_look_alike_nobody_does_and_four_are_too_few() {
        assert_eq!(unusual_above([5, 5, 5, 5, 5].into_iter()), Some(8.0));
        assert_eq!(unusual_above([1, 1, 1, 90].into_iter()), None);
    }
}
