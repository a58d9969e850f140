//! The Comment block (RFC 7852 section 4.5): the needs in words, what saves a life first, once in each
//! language. There is no medical block; what the other blocks cannot hold is here.

use profile::{Lang, Words};

use super::{Source, phrases, xml::Element};

/// In which order a call taker needs to know. What kills responders or the person within minutes comes
/// first, then how to get them out, then how to talk to them, then what treatment has to know.
const ORDER: [&str; 26] = [
    "home.hazards",
    "health.allergies",
    "health.equipment",
    "needs.power_dependent",
    "needs.mobility",
    "home.occupants",
    "people.dependants",
    "home.access",
    "home.key_safe",
    "health.advance_decision",
    "needs.communication",
    "needs.hearing",
    "needs.sight",
    "needs.cognition",
    "health.conditions",
    "health.medication",
    "health.blood_group",
    "needs.water_dependent",
    "health.care_plan",
    "home.pets",
    "people.emergency_contacts",
    "people.carers",
    "people.attorney",
    "contact.preferred",
    "identity.national_id",
    "documents",
];

/// What the card and the location hold already.
const ELSEWHERE: [&str; 8] = [
    "identity.name",
    "identity.birth_date",
    "identity.gender",
    "identity.languages",
    "contact.phone",
    "contact.email",
    "home.address",
    "home.geo",
];

const OPENED: Words = Words {
    en: "Shared by the person, by consent. Opened under statement",
    cy: "Rhannwyd gan y person, drwy gydsyniad. Agorwyd o dan ddatganiad",
};
const INCIDENT: Words = Words {
    en: "for incident",
    cy: "ar gyfer digwyddiad",
};
const KEEP_UNTIL: Words = Words {
    en: "delete by",
    cy: "dilëwch erbyn",
};

/// The Comment block.
pub(super) fn info(source: &Source<'_>) -> Element {
    let comments = source.languages.iter().flat_map(|lang| {
        let lines = needs(source, *lang)
            .into_iter()
            .chain([provenance(source, *lang)]);
        lines.map(|text| Element::text("Comment", text).attribute("xml:lang", lang.tag()))
    });
    Element::new("EmergencyCallData.Comment")
        .attribute("xmlns", "urn:ietf:params:xml:ns:EmergencyCallData:Comment")
        .child(Element::text("DataProviderReference", &*source.reference))
        .children(comments)
}

/// One line for each thing to know, each with the label of its item.
fn needs(source: &Source<'_>, lang: Lang) -> Vec<String> {
    let mut told: Vec<_> = source
        .profile
        .iter()
        .filter(|(path, _)| !is_elsewhere(&path.to_string()))
        .collect();
    // Stable: what has no place of its own keeps the profile's order, at the end.
    told.sort_by_key(|(path, _)| rank(&path.to_string()));
    let typed = told.into_iter().flat_map(|(path, value)| {
        let label = path.label(lang);
        phrases::lines(value, lang)
            .into_iter()
            .map(move |line| format!("{label}: {line}"))
    });
    let untyped = source
        .untyped
        .iter()
        .map(|(path, value)| format!("{path}: {}", phrases::untyped(value)));
    typed.chain(untyped).collect()
}

fn is_elsewhere(path: &str) -> bool {
    ELSEWHERE.contains(&path)
}

fn rank(path: &str) -> usize {
    let group = if path.starts_with("documents.") {
        "documents"
    } else {
        path
    };
    ORDER
        .iter()
        .position(|known| *known == group)
        .unwrap_or(ORDER.len())
}

/// Where it comes from and how long it may be kept: last, so that nothing stands before a need.
fn provenance(source: &Source<'_>, lang: Lang) -> String {
    let opening = source.opening;
    let mut text = format!("{} {}", OPENED.in_lang(lang), opening.statement_id);
    if let Some(incident) = &opening.incident_id {
        text.push_str(&format!(" {} {incident}", INCIDENT.in_lang(lang)));
    }
    if let Some(until) = source.keep_until {
        text.push_str(&format!(
            "; {} {}",
            KEEP_UNTIL.in_lang(lang),
            super::opening::rfc3339(until)
        ));
    }
    text
}
