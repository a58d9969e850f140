//! The words of a narrative (XHTML), by way of an XML reader.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::bundle::text;

/// The words of a Narrative, without markup; rows and paragraphs on lines of their own.
pub(super) fn of(narrative: Option<&Value>) -> String {
    let Some(div) = narrative.and_then(|narrative| text(narrative, "div")) else {
        return String::new();
    };
    let mut out = String::new();
    let mut reader = Reader::from_str(div);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Text(words)) => out.push_str(&words.xml10_content()),
            Ok(Event::CData(words)) => out.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) => out.push_str(&entity(&reference)),
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                out.push_str(separator(tag.local_name().as_ref()))
            }
            Ok(Event::End(tag)) => out.push_str(separator(tag.local_name().as_ref())),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    tidy(&out)
}

fn entity(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match reference.xml10_content().as_ref() {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => " ",
    }
    .to_owned()
}

fn separator(tag: impl AsRef<[u8]>) -> &'static str {
    match tag.as_ref() {
        b"td" | b"th" => " | ",
        b"div" | b"p" | b"br" | b"tr" | b"li" | b"ul" | b"ol" | b"table" | b"h1" | b"h2"
        | b"h3" | b"h4" | b"h5" | b"h6" | b"thead" | b"tbody" => "\n",
        _ => "",
    }
}

fn tidy(words: &str) -> String {
    let line = |line: &str| {
        let cells = line
            .split(" | ")
            .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        cells
            .filter(|cell| !cell.is_empty())
            .collect::<Vec<_>>()
            .join(" | ")
    };
    words
        .lines()
        .map(line)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
