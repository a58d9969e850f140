//! One card and its properties: texts, types, preference and label, whichever version wrote them.

use std::cell::Cell;
use std::collections::HashMap;

use calcard::vcard::{VCardEntry, VCardParameterName, VCardParameterValue, VCardValue};

use crate::import::Reason;
use crate::import::collect::Collector;
use crate::import::text::windows_1252;

/// What serves the file and not the person.
const ADMINISTRATIVE: [&str; 13] = [
    "VERSION",
    "PRODID",
    "REV",
    "UID",
    "SOURCE",
    "XML",
    "CLIENTPIDMAP",
    "CREATED",
    "LANGUAGE",
    "KIND",
    "PROFILE",
    "MAILER",
    "JSPROP",
];

/// Parameters that say how a value is written, or which of several it is.
const SILENT: [&str; 11] = [
    "TYPE",
    "PREF",
    "VALUE",
    "ENCODING",
    "CHARSET",
    "MEDIATYPE",
    "PID",
    "ALTID",
    "INDEX",
    "PROP-ID",
    "X-APPLE-OMIT-YEAR",
];

/// One card of a file.
pub(super) struct Card {
    pub(super) properties: Vec<Property>,
    number: usize,
    /// Places of the labels by their group in lower case.
    labels: HashMap<String, usize>,
}

impl Card {
    pub(super) fn new(entries: Vec<VCardEntry>, number: usize) -> Self {
        let properties: Vec<Property> = entries
            .into_iter()
            .enumerate()
            .map(|(index, entry)| Property {
                entry,
                index,
                card: number,
                done: Cell::new(false),
                listed: Cell::new(false),
            })
            .collect();
        let mut labels = HashMap::new();
        for (index, property) in properties.iter().enumerate() {
            let group = property.entry.group.as_deref();
            if let Some(group) = group.filter(|_| property.is("X-ABLABEL")) {
                labels.entry(group.to_ascii_lowercase()).or_insert(index);
            }
        }
        Self {
            properties,
            number,
            labels,
        }
    }

    /// Properties of one name, the most preferred first and otherwise in the order of the card.
    pub(super) fn all(&self, name: &str) -> Vec<&Property> {
        let mut found: Vec<&Property> = self
            .properties
            .iter()
            .filter(|property| property.is(name))
            .collect();
        found.sort_by_key(|property| property.preference());
        found
    }

    /// The text of the most preferred property of a name.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.all(name)
            .into_iter()
            .map(Property::text)
            .find(|text| !text.is_empty())
    }

    /// Whether the card is about a person and not a group, an organisation, a place or a machine.
    pub(super) fn is_person(&self) -> bool {
        self.text("KIND")
            .is_none_or(|kind| kind.eq_ignore_ascii_case("individual"))
    }

    /// Whether Apple's programs show the card as a company's, which may still name a person.
    pub(super) fn is_shown_as_company(&self) -> bool {
        self.text("X-ABSHOWAS")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("company"))
    }

    /// The label that a property has through its group (`item1.X-ABLabel`).
    pub(super) fn label(&self, property: &Property) -> Option<&Property> {
        let group = property.entry.group.as_deref()?.to_ascii_lowercase();
        self.properties.get(*self.labels.get(&group)?)
    }

    pub(super) fn location(&self) -> String {
        format!("card {}", self.number)
    }

    /// The name on the card and how much it holds.
    pub(super) fn summary(&self) -> String {
        let name = self
            .text("FN")
            .or_else(|| self.text("N"))
            .unwrap_or_else(|| "no name".to_owned());
        format!("{name} ({} properties)", self.properties.len())
    }

    /// Lists every property that nothing has accounted for.
    pub(super) fn rest(&self, collector: &mut Collector) {
        for property in self
            .properties
            .iter()
            .filter(|property| !property.done.get())
        {
            property.unmapped(collector, property.reason());
        }
    }

    /// As [`Card::rest`], for a card that is itself a detail of another.
    pub(super) fn rest_as_details(&self, collector: &mut Collector) {
        for property in self
            .properties
            .iter()
            .filter(|property| !property.done.get())
        {
            collector.detail(property.location(), &property.listing(), property.reason());
        }
    }

    pub(super) fn may_lack_days(&self) -> bool {
        self.properties
            .iter()
            .any(|property| lacks_day(&property.entry))
    }

    /// Takes days from a second reading of the same card, which has one property more in front.
    pub(super) fn complete_days(&mut self, entries: &[VCardEntry]) {
        for (property, again) in self.properties.iter_mut().zip(entries.iter().skip(1)) {
            if lacks_day(&property.entry) && again.name == property.entry.name {
                property.entry.values.clone_from(&again.values);
            }
        }
    }
}

fn lacks_day(entry: &VCardEntry) -> bool {
    matches!(entry.values.first(), Some(VCardValue::PartialDateTime(date)) if date.month.is_some() && date.day.is_none())
}

/// One property of a card.
pub(super) struct Property {
    pub(super) entry: VCardEntry,
    index: usize,
    card: usize,
    done: Cell<bool>,
    listed: Cell<bool>,
}

impl Property {
    pub(super) fn is(&self, name: &str) -> bool {
        self.entry.name.as_str().eq_ignore_ascii_case(name)
    }

    /// The components of the value, each with its own list.
    pub(super) fn components(&self) -> Vec<Vec<String>> {
        self.entry.values.iter().map(value_texts).collect()
    }

    /// One component as text.
    pub(super) fn component(&self, index: usize) -> String {
        self.components()
            .get(index)
            .map(|texts| texts.join(", "))
            .unwrap_or_default()
    }

    /// The whole value as text.
    pub(super) fn text(&self) -> String {
        let parts: Vec<String> = self
            .components()
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }

    /// The whole value with what its parameters say, for the list of what was not imported.
    fn listing(&self) -> String {
        let mut said = self.types();
        for parameter in &self.entry.params {
            let name = parameter.name.as_str();
            let is_silent = SILENT
                .iter()
                .any(|silent| name.eq_ignore_ascii_case(silent));
            if let Some(value) = parameter.value.as_text().filter(|_| !is_silent) {
                said.push(format!("{name}={value}"));
            }
        }
        let text = self.text();
        if said.is_empty() || text.is_empty() {
            text
        } else {
            format!("{text} ({})", said.join(", "))
        }
    }

    /// The values of TYPE in lower case, except `pref`.
    pub(super) fn types(&self) -> Vec<String> {
        self.raw_types()
            .into_iter()
            .filter(|kind| kind != "pref")
            .collect()
    }

    fn raw_types(&self) -> Vec<String> {
        self.entry
            .parameters(&VCardParameterName::Type)
            .filter_map(VCardParameterValue::as_text)
            .map(str::to_ascii_lowercase)
            .collect()
    }

    /// PREF from 1 (first) to 100, `TYPE=pref` of version 3.0 as 1, and 101 for none.
    pub(super) fn preference(&self) -> u32 {
        let stated =
            self.entry
                .parameters(&VCardParameterName::Pref)
                .find_map(|value| match value {
                    VCardParameterValue::Integer(number) => Some(*number),
                    VCardParameterValue::Null => Some(1),
                    _ => None,
                });
        stated.unwrap_or(if self.raw_types().iter().any(|kind| kind == "pref") {
            1
        } else {
            101
        })
    }

    pub(super) fn parameter(&self, name: &VCardParameterName) -> Option<String> {
        self.entry
            .parameters(name)
            .find_map(|value| value.as_text().map(str::to_owned))
    }

    pub(super) fn location(&self) -> String {
        let group = self
            .entry
            .group
            .as_ref()
            .map(|group| format!("{group}."))
            .unwrap_or_default();
        let card = if self.card == 1 {
            String::new()
        } else {
            format!("card {}, ", self.card)
        };
        format!(
            "{card}property {}: {group}{}",
            self.index + 1,
            self.entry.name.as_str()
        )
    }

    fn reason(&self) -> Reason {
        if self.text().is_empty()
            && self
                .entry
                .values
                .iter()
                .all(|value| matches!(value, VCardValue::Text(_)))
        {
            Reason::NoInformation
        } else if ADMINISTRATIVE.iter().any(|name| self.is(name)) {
            Reason::Administrative
        } else {
            Reason::NoPlace
        }
    }

    /// Whether this property was accounted for as not imported.
    pub(super) fn is_listed(&self) -> bool {
        self.listed.get()
    }

    /// Accounts for this property as imported; only its first account counts.
    pub(super) fn used(&self, collector: &mut Collector) {
        if !self.done.replace(true) {
            collector.used();
        }
    }

    /// Accounts for this property inside another one, which is counted itself.
    pub(super) fn absorbed(&self) {
        self.done.set(true);
    }

    /// Accounts for this property as not imported; only its first account counts.
    pub(super) fn unmapped(&self, collector: &mut Collector, reason: Reason) {
        if !self.done.replace(true) {
            self.listed.set(true);
            collector.unmapped(self.location(), &self.listing(), reason);
        }
    }
}

fn value_texts(value: &VCardValue) -> Vec<String> {
    let one = match value {
        VCardValue::Component(texts) => return texts.iter().map(|text| clean(text)).collect(),
        VCardValue::PartialDateTime(date) => date_text(date),
        VCardValue::Binary(data) => match &data.content_type {
            None if is_text(&data.data) => clean(&words(&data.data)),
            kind => format!(
                "{}, {} bytes",
                kind.as_deref().unwrap_or("a file"),
                data.data.len()
            ),
        },
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::Boolean(truth) => truth.to_string(),
        other => clean(other.as_text().unwrap_or_default()),
    };
    vec![one]
}

/// Whether encoded bytes are words in a character set that the parser does not know.
fn is_text(bytes: &[u8]) -> bool {
    let is_blank = |byte: &u8| b"\r\n\t".contains(byte);
    !bytes.is_empty()
        && bytes
            .iter()
            .all(|byte| *byte >= b' ' && *byte != 0x7f || is_blank(byte))
}

fn words(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => windows_1252(bytes),
    }
}

fn date_text(date: &calcard::common::PartialDateTime) -> String {
    let two =
        |part: Option<u8>| part.map_or_else(|| "--".to_owned(), |number| format!("{number:02}"));
    let year = date
        .year
        .map_or_else(|| "----".to_owned(), |year| format!("{year:04}"));
    let day = format!("{year}-{}-{}", two(date.month), two(date.day));
    let mut text = if day == "----------" {
        String::new()
    } else {
        day
    };
    if date.hour.is_some() {
        text.push_str(&format!("T{}:{}", two(date.hour), two(date.minute)));
    }
    if let Some(hours) = date.tz_hour {
        let sign = if date.tz_minus { '-' } else { '+' };
        text.push_str(&format!(
            "{sign}{hours:02}:{:02}",
            date.tz_minute.unwrap_or_default()
        ));
    }
    text
}

/// Texts come with the spaces and line ends of the program that wrote them.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim()
        .to_owned()
}
