//! SubscriberInfo (RFC 7852 section 4.4): the person as an xCard (RFC 6351).

use profile::{
    Path, TypedValue,
    values::{Address, Email, Gender, GenderCode, Name, PartialDate, Person, Phone, PhoneUse},
};

use super::{Source, xml::Element};

/// RFC 6351 lets a card's properties stand in any order, RFC 7852's schema (appendix A) in this one only.
const ORDER: [&str; 9] = [
    "adr", "bday", "email", "fn", "lang", "n", "related", "gender", "tel",
];

/// The SubscriberInfo block; none where nothing of a card was shared. `privacyRequested` is false: the person
/// allowed exactly this agency to see exactly this.
pub(super) fn info(source: &Source<'_>) -> Option<Element> {
    let mut card = card(source);
    if card.is_empty() {
        return None;
    }
    card.push(formatted_name(source));
    card.sort_by_key(|property| ORDER.iter().position(|name| *name == property.name()));
    let vcard = Element::new("vcard").children(card);
    Some(
        Element::new("sub:EmergencyCallData.SubscriberInfo")
            .attribute(
                "xmlns:sub",
                "urn:ietf:params:xml:ns:EmergencyCallData:SubscriberInfo",
            )
            .attribute("privacyRequested", "false")
            .child(Element::text(
                "sub:DataProviderReference",
                &*source.reference,
            ))
            .child(
                Element::new("sub:SubscriberData")
                    .attribute("xmlns", "urn:ietf:params:xml:ns:vcard-4.0")
                    .child(vcard),
            ),
    )
}

/// A card has a name (RFC 6350 section 6.2.1), even where it was not shared.
fn formatted_name(source: &Source<'_>) -> Element {
    let name = match typed(source, "identity.name") {
        Some(TypedValue::Name(name)) => name.text.clone(),
        _ => {
            let lang = source.languages.first().copied().unwrap_or_default();
            super::phrases::NAME_NOT_SHARED.in_lang(lang).to_owned()
        }
    };
    Element::new("fn").child(Element::text("text", name))
}

fn typed<'a>(source: &'a Source<'_>, path: &str) -> Option<&'a TypedValue> {
    source.profile.typed(&path.parse::<Path>().ok()?)
}

fn card(source: &Source<'_>) -> Vec<Element> {
    let mut card = Vec::new();
    for (path, value) in source.profile.iter() {
        match value {
            TypedValue::Name(name) => card.push(structured_name(name)),
            TypedValue::Date(born) => card.extend(born_on(born)),
            TypedValue::Gender(gender) => card.push(gender_of(gender)),
            TypedValue::Languages(tags) => {
                card.extend((1..).zip(tags).map(|(rank, tag)| language(rank, &tag.0)));
            }
            TypedValue::Address(address) => card.push(adr(address)),
            TypedValue::Phones(phones) => card.extend(phones.iter().map(tel)),
            TypedValue::Emails(emails) => card.extend(emails.iter().map(email)),
            TypedValue::People(people) if path.to_string() == "people.emergency_contacts" => {
                card.extend(people.iter().map(related));
            }
            _ => {}
        }
    }
    card
}

fn structured_name(name: &Name) -> Element {
    let part = |tag, text: &Option<String>| Element::text(tag, text.clone().unwrap_or_default());
    let (first, others) = name
        .given
        .split_first()
        .map_or(("", &[][..]), |(first, others)| (first.as_str(), others));
    Element::new("n")
        .child(part("surname", &name.family))
        .child(Element::text("given", first))
        .child(Element::text("additional", others.join(" ")))
        .child(part("prefix", &name.prefix))
        .child(part("suffix", &name.suffix))
}

/// RFC 6351's dates have no hyphens, but where the day is missing.
fn born_on(born: &PartialDate) -> Option<Element> {
    let text = born.as_str();
    let date = match text.len() {
        10 => text.replace('-', ""),
        7 if text.starts_with("--") => format!("--{}", text.get(2..)?.replace('-', "")),
        7 => text.to_owned(),
        // A year alone has no form among RFC 6351's dates.
        _ => return Some(Element::new("bday").child(Element::text("text", text))),
    };
    Some(Element::new("bday").child(Element::text("date", date)))
}

fn gender_of(gender: &Gender) -> Element {
    let sex = match gender.code {
        GenderCode::Female => "F",
        GenderCode::Male => "M",
        GenderCode::Other => "O",
        GenderCode::None => "N",
        GenderCode::Unknown => "U",
    };
    let identity = gender
        .text
        .iter()
        .map(|text| Element::text("identity", text));
    Element::new("gender")
        .child(Element::text("sex", sex))
        .children(identity)
}

/// Tags have no case (RFC 5646 section 2.1.1); the schema has small letters only.
fn language(rank: usize, tag: &str) -> Element {
    // RFC 6350 section 5.3: 1 to 100.
    let pref = Element::new("pref").child(Element::text("integer", rank.min(100).to_string()));
    Element::new("lang")
        .child(Element::new("parameters").child(pref))
        .child(Element::text("language-tag", tag.to_ascii_lowercase()))
}

fn adr(address: &Address) -> Element {
    let part = |tag, text: &Option<String>| Element::text(tag, text.clone().unwrap_or_default());
    let label = address.text.iter().map(|text| {
        let label = Element::new("label").child(Element::text("text", text));
        Element::new("parameters")
            .child(types(["home"]))
            .child(label)
    });
    let plain = address
        .text
        .is_none()
        .then(|| Element::new("parameters").child(types(["home"])));
    Element::new("adr")
        .children(label.chain(plain))
        .child(Element::new("pobox"))
        .child(Element::new("ext"))
        .child(Element::text("street", address.lines.join(", ")))
        .child(part("locality", &address.locality))
        .child(part("region", &address.region))
        .child(part("code", &address.postcode))
        .child(part("country", &address.country))
}

fn types<'a>(names: impl IntoIterator<Item = &'a str>) -> Element {
    Element::new("type").children(names.into_iter().map(|name| Element::text("text", name)))
}

/// A telephone number; every one has a type, as RFC 7852 section 4.4.2 asks where there are several.
fn tel(phone: &Phone) -> Element {
    let mut uses: Vec<&str> = phone.uses.iter().map(|used| phone_type(*used)).collect();
    if uses.is_empty() {
        uses.push("voice");
    }
    let value = match tel_uri(&phone.number) {
        Some(uri) => Element::text("uri", uri),
        None => Element::text("text", &*phone.number),
    };
    Element::new("tel")
        .child(parameters(phone.preferred, types(uses)))
        .child(value)
}

fn email(email: &Email) -> Element {
    // An email address is of home or of work (RFC 6351 appendix A).
    let uses = email
        .uses
        .iter()
        .filter(|used| matches!(used, PhoneUse::Home | PhoneUse::Work));
    let names: Vec<&str> = uses.map(|used| phone_type(*used)).collect();
    let names = if names.is_empty() {
        vec!["home"]
    } else {
        names
    };
    Element::new("email")
        .child(parameters(email.preferred, types(names)))
        .child(Element::text("text", &*email.address))
}

fn parameters(preferred: bool, types: Element) -> Element {
    let pref = preferred.then(|| Element::new("pref").child(Element::text("integer", "1")));
    Element::new("parameters").children(pref).child(types)
}

fn phone_type(used: PhoneUse) -> &'static str {
    match used {
        PhoneUse::Home => "home",
        PhoneUse::Work => "work",
        PhoneUse::Mobile => "cell",
        PhoneUse::Voice => "voice",
        PhoneUse::Text => "text",
        PhoneUse::Textphone => "textphone",
        PhoneUse::Video => "video",
        PhoneUse::Fax => "fax",
        PhoneUse::Pager => "pager",
    }
}

fn related(person: &Person) -> Element {
    Element::new("related")
        .child(Element::new("parameters").child(types(["emergency"])))
        .child(Element::text("text", super::phrases::person(person)))
}

/// The `tel` URI (RFC 3966) of a number in international form.
pub(super) fn tel_uri(number: &str) -> Option<String> {
    let digits = number.trim().strip_prefix('+')?;
    let plain: String = digits
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}'))
        .collect();
    let good = (5..=15).contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| format!("tel:+{plain}"))
}
