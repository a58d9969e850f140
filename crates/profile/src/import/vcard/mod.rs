//! vCard (RFC 6350, RFC 2426) into the profile: every property of the person's card is used or listed.

mod card;
mod person;
mod place;
mod reach;
mod related;

use calcard::{Entry, Parser};

use card::Card;

use super::collect::Collector;
use super::{Format, ImportError, Imported, Reason};

pub(super) fn import(text: &str) -> Result<Imported, ImportError> {
    let text = &encodings_named(text);
    let (cards, strays) = read(text);
    if cards.is_empty() {
        return Err(if text.to_ascii_uppercase().contains("BEGIN:VCALENDAR") {
            ImportError::Calendar
        } else {
            ImportError::NoCard
        });
    }
    let mut collector = Collector::new(Format::VCard);
    for stray in strays.iter().chain(&lines_without_colon(text)) {
        collector.unmapped("line outside the format", stray, Reason::NotUnderstood);
    }
    if !text.to_ascii_uppercase().contains("END:VCARD") {
        collector.detail(
            "end of the file",
            "The card has no end; the file may be cut off.",
            Reason::NotUnderstood,
        );
    }
    // A file of groups, organisations or places alone says nothing about a person.
    let is_plainly_person = |card: &Card| card.is_person() && !card.is_shown_as_company();
    let chosen = cards
        .iter()
        .position(is_plainly_person)
        .or_else(|| cards.iter().position(Card::is_person));
    match chosen {
        Some(chosen) => import_card(&cards, chosen, &mut collector),
        None => cards.iter().for_each(|card| {
            collector.unmapped(card.location(), &card.summary(), Reason::OtherPerson);
        }),
    }
    Ok(collector.finish())
}

fn import_card(cards: &[Card], chosen: usize, collector: &mut Collector) {
    let Some(card) = cards.get(chosen) else {
        return;
    };
    person::import(card, collector);
    reach::import(card, collector);
    place::import(card, collector);
    let met = related::import(card, cards, collector);
    card.rest(collector);
    for (index, other) in cards.iter().enumerate() {
        if index != chosen && !met.contains(&index) {
            collector.unmapped(other.location(), &other.summary(), Reason::OtherPerson);
        }
    }
}

/// Version 2.1 names the encoding alone, as in `FN;QUOTED-PRINTABLE:`; the parser wants the name of the parameter too.
fn encodings_named(text: &str) -> String {
    const ALONE: &str = ";QUOTED-PRINTABLE";
    let mut named = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let head = line.split(':').next().unwrap_or_default();
        match head.to_ascii_uppercase().find(ALONE) {
            Some(at) if head.len() < line.len() => {
                let (before, after) = line.split_at(at);
                named.push_str(before);
                named.push_str(";ENCODING=");
                named.push_str(after.get(1..).unwrap_or_default());
            }
            _ => named.push_str(line),
        }
    }
    named
}

/// Cards with at least one property, and lines between them that belong to none.
fn read(text: &str) -> (Vec<Card>, Vec<String>) {
    let mut cards: Vec<Card> = Vec::new();
    let mut strays = Vec::new();
    let mut parser = Parser::new(text);
    loop {
        match parser.entry() {
            Entry::Eof => break,
            Entry::VCard(card) if !card.entries.is_empty() => {
                cards.push(Card::new(card.entries, cards.len() + 1))
            }
            Entry::InvalidLine(line) if !line.trim().is_empty() => strays.push(line),
            Entry::ICalendar(_) => strays.push("a calendar".to_owned()),
            _ => {}
        }
    }
    if cards.iter().any(Card::may_lack_days) {
        complete_days(&mut cards, text);
    }
    (cards, strays)
}

/// Reads the dates again by the rules of 3.0. Many programs write `1985-04-12` into cards of version
/// 4.0, or put VERSION last, and the rules of 4.0 read no further than the month.
fn complete_days(cards: &mut [Card], text: &str) {
    let mut as_3_0 = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        as_3_0.push_str(line);
        if line
            .trim_start_matches('\u{feff}')
            .trim()
            .eq_ignore_ascii_case("BEGIN:VCARD")
        {
            as_3_0.push_str("VERSION:3.0\r\n");
        }
    }
    let mut parser = Parser::new(&as_3_0);
    let mut later = cards.iter_mut();
    loop {
        match parser.entry() {
            Entry::Eof => break,
            // One entry is the version that was put in; a card with no other was not kept above.
            Entry::VCard(card) if card.entries.len() > 1 => {
                if let Some(first) = later.next() {
                    first.complete_days(&card.entries);
                }
            }
            _ => {}
        }
    }
}

/// Lines inside cards that are no property and continue none; the parser passes over them.
fn lines_without_colon(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut inside, mut encoded) = (false, false);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let goes_on = lines
            .peek()
            .is_some_and(|next| next.starts_with([' ', '\t']));
        let trimmed = line.trim_end();
        if !encoded && trimmed.eq_ignore_ascii_case("BEGIN:VCARD") {
            inside = true;
        } else if trimmed.eq_ignore_ascii_case("END:VCARD") {
            (inside, encoded) = (false, false);
        } else if trimmed.contains(':') && !line.starts_with([' ', '\t']) {
            encoded = is_encoded(trimmed);
        } else if inside
            && !encoded
            && !goes_on
            && !trimmed.is_empty()
            && !line.starts_with([' ', '\t'])
        {
            found.push(trimmed.to_owned());
        }
    }
    found
}

/// Whether the property of this line is encoded, so that its value may run on without a space.
fn is_encoded(line: &str) -> bool {
    let head = line
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    head.contains("QUOTED-PRINTABLE") || head.contains("BASE64") || head.contains("ENCODING=B")
}
