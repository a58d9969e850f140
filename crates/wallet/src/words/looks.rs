//! Who looked and what is owed, as sentences in the citizen's language.

use jiff::tz::TimeZone;
use profile::{Lang, Path};

use super::{day, moment_in};
use crate::{Ended, Ending, LookKind, Looked, Overdue, Owed, SecondPerson, event::seconds_of};

/// One look: who, when, what for, by whom, on which basis, and what a second person said.
#[must_use]
pub fn looked(look: &Looked, lang: Lang, zone: &TimeZone) -> String {
    let (agency, when) = (
        &look.agency_name,
        moment_in(seconds_of(look.at), zone, lang),
    );
    let (reason, actor) = (&look.reason, &look.actor);
    let items = labels(&look.datatypes, lang);
    let mut text = match (look.kind, lang) {
        (LookKind::Access, Lang::En) => {
            format!("{when}: {agency} read {items}. Reason given: {reason}. By {actor}.")
        }
        (LookKind::Access, Lang::Cy) => {
            format!(
                "{when}: darllenodd {agency} {items}. Y rheswm a roddwyd: {reason}. Gan {actor}."
            )
        }
        (LookKind::Opening, Lang::En) => format!(
            "{when}: {agency} opened your emergency information ({items}) for incident {}. Reason given: {reason}. By {actor}, at {}.",
            look.incident.as_deref().unwrap_or("?"),
            look.position.as_deref().unwrap_or("?"),
        ),
        (LookKind::Opening, Lang::Cy) => format!(
            "{when}: agorodd {agency} eich gwybodaeth argyfwng ({items}) ar gyfer digwyddiad {}. Y rheswm a roddwyd: {reason}. Gan {actor}, yn {}.",
            look.incident.as_deref().unwrap_or("?"),
            look.position.as_deref().unwrap_or("?"),
        ),
    };
    if let Some(iri) = &look.basis {
        let basis = basis(iri, lang);
        text.push_str(&match lang {
            Lang::En => format!(" Their right to do so: {basis}."),
            Lang::Cy => format!(" Eu hawl i wneud hynny: {basis}."),
        });
    }
    if let Some(review) = &look.review {
        text.push(' ');
        text.push_str(&second_person(review, lang));
    }
    text
}

/// What a second person said about an opening, or until when that is owed.
#[must_use]
pub fn second_person(review: &SecondPerson, lang: Lang) -> String {
    match (review, lang) {
        (SecondPerson::Reviewed { at, actor, finding }, lang) => {
            let (when, found) = (day(seconds_of(*at), lang), finding_in(finding, lang));
            match lang {
                Lang::En => format!("A second person ({actor}) checked it on {when}: {found}."),
                Lang::Cy => format!("Gwiriodd ail berson ({actor}) hyn ar {when}: {found}."),
            }
        }
        (SecondPerson::Due { by }, Lang::En) => {
            format!("A second person has to check it by {}.", day(*by, lang))
        }
        (SecondPerson::Due { by }, Lang::Cy) => {
            format!("Rhaid i ail berson ei wirio erbyn {}.", day(*by, lang))
        }
        (SecondPerson::Overdue { since }, Lang::En) => format!(
            "No second person has checked it. That was due by {}.",
            day(*since, lang)
        ),
        (SecondPerson::Overdue { since }, Lang::Cy) => format!(
            "Nid oes ail berson wedi'i wirio. Roedd hynny i fod erbyn {}.",
            day(*since, lang)
        ),
    }
}

/// What an agency should have done by now.
#[must_use]
pub fn overdue(overdue: &Overdue, lang: Lang) -> String {
    let (agency, since) = (&overdue.agency_name, day(overdue.since, lang));
    match (overdue.what, lang) {
        (Owed::ErasureAfterRevocation, Lang::En) => format!(
            "{agency} has not said that it deleted what it read. You took this back; the deletion was due by {since}."
        ),
        (Owed::ErasureAfterRevocation, Lang::Cy) => format!(
            "Nid yw {agency} wedi dweud ei fod wedi dileu'r hyn a ddarllenodd. Fe dynnoch hyn yn ôl; roedd y dileu i fod erbyn {since}."
        ),
        (Owed::ErasureAfterExpiry, Lang::En) => format!(
            "{agency} has not said that it deleted what it read. Your consent has ended; the deletion was due by {since}."
        ),
        (Owed::ErasureAfterExpiry, Lang::Cy) => format!(
            "Nid yw {agency} wedi dweud ei fod wedi dileu'r hyn a ddarllenodd. Mae eich caniatâd wedi dod i ben; roedd y dileu i fod erbyn {since}."
        ),
        (Owed::ErasureAfterRetention, Lang::En) => format!(
            "{agency} has not said that it deleted what it read. It was allowed to keep it until {since}."
        ),
        (Owed::ErasureAfterRetention, Lang::Cy) => format!(
            "Nid yw {agency} wedi dweud ei fod wedi dileu'r hyn a ddarllenodd. Roedd ganddo hawl i'w gadw tan {since}."
        ),
        (Owed::Review { .. }, Lang::En) => format!(
            "{agency} opened your emergency information, and no second person has checked that. It was due by {since}."
        ),
        (Owed::Review { .. }, Lang::Cy) => format!(
            "Agorodd {agency} eich gwybodaeth argyfwng, ac nid oes ail berson wedi gwirio hynny. Roedd i fod erbyn {since}."
        ),
    }
}

/// How a consent ended, how soon the agency took note, and whether it deleted.
#[must_use]
pub fn ending(ending: &Ending, lang: Lang, zone: &TimeZone) -> String {
    let (agency, when) = (
        &ending.agency_name,
        moment_in(seconds_of(ending.at), zone, lang),
    );
    let how = match (ending.how, lang) {
        (Ended::Revoked, Lang::En) => format!("{agency}: taken back {when}."),
        (Ended::Revoked, Lang::Cy) => format!("{agency}: wedi'i dynnu'n ôl {when}."),
        (Ended::Expired, Lang::En) => format!("{agency}: ended {when}."),
        (Ended::Expired, Lang::Cy) => format!("{agency}: daeth i ben {when}."),
    };
    let noted = match (ending.how, ending.acknowledged_after, lang) {
        (Ended::Expired, ..) => String::new(),
        (_, Some(after), Lang::En) => format!(" They took note after {}.", span(after, lang)),
        (_, Some(after), Lang::Cy) => format!(" Fe nodon nhw hynny ar ôl {}.", span(after, lang)),
        (_, None, Lang::En) => " They have not said that they took note.".to_owned(),
        (_, None, Lang::Cy) => " Nid ydynt wedi dweud eu bod wedi nodi hynny.".to_owned(),
    };
    format!("{how}{noted} {}", deletion(ending, lang))
}

fn deletion(ending: &Ending, lang: Lang) -> String {
    match (ending.erased_at, ending.looked, ending.erase_by, lang) {
        (Some(at), .., Lang::En) => {
            format!(
                "They deleted what they had on {}.",
                day(seconds_of(at), lang)
            )
        }
        (Some(at), .., Lang::Cy) => format!(
            "Fe ddileon nhw'r hyn oedd ganddynt ar {}.",
            day(seconds_of(at), lang)
        ),
        (None, false, _, Lang::En) => "They never looked, so they hold nothing.".to_owned(),
        (None, false, _, Lang::Cy) => {
            "Nid edrychon nhw erioed, felly nid oes ganddynt ddim.".to_owned()
        }
        (None, true, Some(by), Lang::En) => {
            format!("They have to delete what they read by {}.", day(by, lang))
        }
        (None, true, Some(by), Lang::Cy) => format!(
            "Rhaid iddynt ddileu'r hyn a ddarllenon nhw erbyn {}.",
            day(by, lang)
        ),
        (None, true, None, Lang::En) => "They have not said that they deleted it.".to_owned(),
        (None, true, None, Lang::Cy) => "Nid ydynt wedi dweud eu bod wedi'i ddileu.".to_owned(),
    }
}

/// A span as a person says it, from milliseconds: the two largest units.
#[must_use]
pub fn span(millis: i64, lang: Lang) -> String {
    let seconds = millis.max(0) / 1000;
    let parts = [
        (seconds / 86_400, ("day", "days"), "diwrnod"),
        (seconds / 3600 % 24, ("hour", "hours"), "awr"),
        (seconds / 60 % 60, ("minute", "minutes"), "munud"),
        (seconds % 60, ("second", "seconds"), "eiliad"),
    ];
    let named: Vec<String> = parts
        .into_iter()
        .skip_while(|(count, ..)| *count == 0)
        .take(2)
        .filter(|(count, ..)| *count > 0)
        .map(|(count, (one, many), welsh)| match lang {
            Lang::En => format!("{count} {}", if count == 1 { one } else { many }),
            Lang::Cy => format!("{count} {welsh}"),
        })
        .collect();
    match (named.is_empty(), lang) {
        (true, Lang::En) => "less than a second".to_owned(),
        (true, Lang::Cy) => "llai nag eiliad".to_owned(),
        (false, _) => named.join(" "),
    }
}

fn finding_in(finding: &str, lang: Lang) -> &str {
    match (finding, lang) {
        ("justified", Lang::En) => "it was right to open it",
        ("justified", Lang::Cy) => "roedd yn iawn ei agor",
        ("unjustified", Lang::En) => "it should not have been opened",
        ("unjustified", Lang::Cy) => "ni ddylid bod wedi'i agor",
        ("inconclusive", Lang::En) => "it could not be decided",
        ("inconclusive", Lang::Cy) => "nid oedd modd penderfynu",
        (other, _) => other,
    }
}

/// The bases of the GDPR in plain words; any other by its address.
#[must_use]
pub fn basis(iri: &str, lang: Lang) -> &str {
    let article = iri.rsplit_once('#').map_or("", |(_, article)| article);
    match (article, lang) {
        ("A6-1-a" | "A9-2-a", Lang::En) => "your consent",
        ("A6-1-a" | "A9-2-a", Lang::Cy) => "eich caniatâd",
        ("A6-1-c", Lang::En) => "a duty in law",
        ("A6-1-c", Lang::Cy) => "dyletswydd gyfreithiol",
        ("A6-1-d" | "A9-2-c", Lang::En) => "to protect somebody's life",
        ("A6-1-d" | "A9-2-c", Lang::Cy) => "i amddiffyn bywyd rhywun",
        ("A6-1-e" | "A9-2-g", Lang::En) => "a task in the public interest",
        ("A6-1-e" | "A9-2-g", Lang::Cy) => "tasg er budd y cyhoedd",
        ("A9-2-h", Lang::En) => "health or social care",
        ("A9-2-h", Lang::Cy) => "iechyd neu ofal cymdeithasol",
        _ => iri,
    }
}

/// The names of data paths, as the citizen knows them.
#[must_use]
pub fn labels(paths: &[String], lang: Lang) -> String {
    let label = |path: &String| {
        let known = path.parse::<Path>();
        known.map_or_else(|_| path.clone(), |path| crate::notice::label(&path, lang))
    };
    paths.iter().map(label).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_two_units() {
        assert_eq!(span(999, Lang::En), "less than a second");
        assert_eq!(span(1_000, Lang::En), "1 second");
        assert_eq!(span(62_000, Lang::En), "1 minute 2 seconds");
        assert_eq!(span(3_600_000, Lang::En), "1 hour");
        assert_eq!(span(3_601_000, Lang::En), "1 hour");
        assert_eq!(span(93_600_000, Lang::Cy), "1 diwrnod 2 awr");
    }
}
