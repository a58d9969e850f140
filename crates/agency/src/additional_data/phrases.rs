//! Values in a call taker's words: short, the person's own words as they are, frames in each language.

use profile::{
    Lang, TypedValue, Words, need,
    values::{
        Address, Allergy, Attachment, Condition, ContactMethod, Criticality, Equipment, Hazard,
        Identifier, KeySafe, Medicine, Need, Occupant, Person, Pet, Plan, Preferred,
    },
};
use serde_json::Value;

pub(super) const NAME_NOT_SHARED: Words = Words {
    en: "(name not shared)",
    cy: "(enw heb ei rannu)",
};
const THREATENS_LIFE: Words = Words {
    en: "MAY THREATEN LIFE",
    cy: "GALL FYGWTH BYWYD",
};
const NEEDS_POWER: Words = Words {
    en: "STOPS WITHOUT MAINS POWER",
    cy: "YN STOPIO HEB BŴER Y PRIF GYFLENWAD",
};
const UNTIL: Words = Words {
    en: "until",
    cy: "tan",
};
const SINCE: Words = Words {
    en: "since",
    cy: "ers",
};
const AGED: Words = Words {
    en: "aged",
    cy: "oed",
};
const REACTIONS: Words = Words {
    en: "reactions:",
    cy: "adweithiau:",
};
const CODE: Words = Words {
    en: "code",
    cy: "cod",
};
const HELD_BY: Words = Words {
    en: "held by",
    cy: "gan",
};
const FOR: Words = Words {
    en: "for",
    cy: "ar gyfer",
};

/// One line for each entry of a value.
pub(super) fn lines(value: &TypedValue, lang: Lang) -> Vec<String> {
    match value {
        TypedValue::Allergies(entries) => {
            // The one that may kill comes before the others.
            let (worst, others): (Vec<&Allergy>, Vec<&Allergy>) = entries
                .iter()
                .partition(|entry| entry.criticality == Some(Criticality::High));
            worst
                .into_iter()
                .chain(others)
                .map(|entry| allergy(entry, lang))
                .collect()
        }
        TypedValue::Hazards(entries) => entries.iter().map(hazard).collect(),
        TypedValue::Equipment(entries) => {
            entries.iter().map(|entry| equipment(entry, lang)).collect()
        }
        TypedValue::Needs(entries) => entries.iter().map(|entry| need_of(entry, lang)).collect(),
        TypedValue::Conditions(entries) => {
            entries.iter().map(|entry| condition(entry, lang)).collect()
        }
        TypedValue::Medication(entries) => {
            entries.iter().map(|entry| medicine(entry, lang)).collect()
        }
        TypedValue::Occupants(entries) => {
            entries.iter().map(|entry| occupant(entry, lang)).collect()
        }
        TypedValue::Pets(entries) => entries.iter().map(pet).collect(),
        TypedValue::People(people) => people.iter().map(person).collect(),
        TypedValue::Identifiers(entries) => entries.iter().map(identifier).collect(),
        TypedValue::Phones(phones) => phones.iter().map(|phone| phone.number.clone()).collect(),
        TypedValue::Emails(emails) => emails.iter().map(|email| email.address.clone()).collect(),
        TypedValue::Languages(tags) => vec![join(tags.iter().map(|tag| tag.0.clone()))],
        TypedValue::KeySafe(safe) => vec![key_safe(safe, lang)],
        TypedValue::Plan(plan) => vec![plan_of(plan, lang)],
        TypedValue::Preferred(preferred) => vec![preferred_of(preferred, lang)],
        TypedValue::Attachment(attachment) => vec![attachment_of(attachment)],
        TypedValue::Address(address) => vec![address_of(address)],
        TypedValue::Place(place) => vec![format!("{}, {}", place.lat, place.lon)],
        TypedValue::Text(text) => vec![text.0.clone()],
        other => vec![untyped(&other.to_json())],
    }
}

/// The texts of a value of a later version, as they are.
pub(super) fn untyped(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => join(items.iter().map(untyped)),
        Value::Object(members) => join(members.values().map(untyped)),
        other => other.to_string(),
    }
}

/// Name, relation, telephone numbers and what else there is to know.
pub(super) fn person(person: &Person) -> String {
    let Person {
        name,
        relationship,
        phones,
        address,
        note,
        ..
    } = person;
    let relation = relationship
        .as_ref()
        .map(|relation| format!("({relation})"));
    let name = words([Some(name.clone()), relation]);
    let numbers = join(phones.iter().map(|phone| phone.number.clone()));
    let emails = join(person.emails.iter().map(|email| email.address.clone()));
    let born = person.birth_date.as_ref().map(|date| format!("* {date}"));
    join(
        [
            Some(name),
            some(numbers),
            some(emails),
            born,
            address.clone(),
            note.clone(),
        ]
        .into_iter()
        .flatten(),
    )
}

fn allergy(entry: &Allergy, lang: Lang) -> String {
    let danger = (entry.criticality == Some(Criticality::High))
        .then(|| THREATENS_LIFE.in_lang(lang).to_owned());
    let reactions =
        some(join(entry.reactions.iter().cloned())).map(|all| framed(REACTIONS, lang, &all));
    join(
        [
            Some(entry.text.clone()),
            danger,
            reactions,
            entry.note.clone(),
        ]
        .into_iter()
        .flatten(),
    )
}

fn equipment(entry: &Equipment, lang: Lang) -> String {
    let power = (entry.needs_power == Some(true)).then(|| NEEDS_POWER.in_lang(lang).to_owned());
    let place = placed(&entry.text, entry.place.as_ref());
    join(
        [Some(place), power, entry.note.clone()]
            .into_iter()
            .flatten(),
    )
}

fn need_of(entry: &Need, lang: Lang) -> String {
    let label = need(&entry.code).map_or(entry.code.as_str(), |known| known.label.in_lang(lang));
    let until = entry
        .until
        .as_ref()
        .map(|date| framed(UNTIL, lang, date.as_str()));
    join(
        [Some(label.to_owned()), entry.note.clone(), until]
            .into_iter()
            .flatten(),
    )
}

fn condition(entry: &Condition, lang: Lang) -> String {
    let since = entry
        .since
        .as_ref()
        .map(|date| framed(SINCE, lang, date.as_str()));
    join(
        [
            Some(entry.text.clone()),
            entry.severity.clone(),
            since,
            entry.note.clone(),
        ]
        .into_iter()
        .flatten(),
    )
}

fn medicine(entry: &Medicine, lang: Lang) -> String {
    let reason = entry
        .reason
        .as_ref()
        .map(|reason| framed(FOR, lang, reason));
    let texts = [
        Some(entry.text.clone()),
        entry.dose.clone(),
        entry.route.clone(),
        reason,
        entry.note.clone(),
    ];
    join(texts.into_iter().flatten())
}

fn occupant(entry: &Occupant, lang: Lang) -> String {
    let age = entry.age.map(|age| match lang {
        Lang::En => framed(AGED, lang, &age.to_string()),
        Lang::Cy => format!("{age} {}", AGED.in_lang(lang)),
    });
    join(
        [
            Some(placed(&entry.who, entry.place.as_ref())),
            age,
            entry.needs.clone(),
        ]
        .into_iter()
        .flatten(),
    )
}

fn hazard(entry: &Hazard) -> String {
    placed(&entry.text, entry.place.as_ref())
}

fn pet(entry: &Pet) -> String {
    let count = entry.count.map(|count| count.to_string());
    join(
        [
            Some(words([count, Some(entry.kind.clone())])),
            entry.note.clone(),
        ]
        .into_iter()
        .flatten(),
    )
}

fn identifier(entry: &Identifier) -> String {
    words([entry.label.clone(), Some(entry.value.clone())])
}

fn key_safe(safe: &KeySafe, lang: Lang) -> String {
    let code = framed(CODE, lang, &safe.code);
    join(
        [Some(safe.location.clone()), Some(code), safe.note.clone()]
            .into_iter()
            .flatten(),
    )
}

fn plan_of(plan: &Plan, lang: Lang) -> String {
    let date = plan.date.as_ref().map(ToString::to_string);
    let held = plan
        .held_by
        .as_ref()
        .map(|holder| framed(HELD_BY, lang, holder));
    join([Some(plan.text.clone()), date, held].into_iter().flatten())
}

fn preferred_of(preferred: &Preferred, lang: Lang) -> String {
    let method = match preferred.method {
        ContactMethod::Phone => Words {
            en: "telephone",
            cy: "ffôn",
        },
        ContactMethod::Text => Words {
            en: "text message",
            cy: "neges destun",
        },
        ContactMethod::Email => Words {
            en: "email",
            cy: "e-bost",
        },
        ContactMethod::Post => Words {
            en: "letter",
            cy: "llythyr",
        },
        ContactMethod::Textphone => Words {
            en: "textphone",
            cy: "ffôn testun",
        },
        ContactMethod::Relay => Words {
            en: "relay service",
            cy: "gwasanaeth cyfnewid",
        },
        ContactMethod::Video => Words {
            en: "video call, for signing",
            cy: "galwad fideo, i arwyddo",
        },
        ContactMethod::Visit => Words {
            en: "visit",
            cy: "ymweliad",
        },
        ContactMethod::Person => Words {
            en: "through another person",
            cy: "drwy berson arall",
        },
    };
    join(
        [
            Some(method.in_lang(lang).to_owned()),
            preferred.note.clone(),
        ]
        .into_iter()
        .flatten(),
    )
}

fn attachment_of(attachment: &Attachment) -> String {
    format!(
        "{} ({}, {} kB)",
        attachment.title,
        attachment.media_type,
        attachment.size.div_ceil(1000)
    )
}

fn address_of(address: &Address) -> String {
    let parts = [
        &address.locality,
        &address.region,
        &address.postcode,
        &address.country,
    ];
    let parts = parts.into_iter().flatten().cloned();
    address
        .text
        .clone()
        .unwrap_or_else(|| join(address.lines.iter().cloned().chain(parts)))
}

fn placed(what: &str, place: Option<&String>) -> String {
    words([
        Some(what.to_owned()),
        place.map(|place| format!("({place})")),
    ])
}

fn framed(frame: Words, lang: Lang, what: &str) -> String {
    format!("{} {what}", frame.in_lang(lang))
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn words<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn join(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join("; ")
}
