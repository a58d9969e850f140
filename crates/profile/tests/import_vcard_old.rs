//! vCards as old and other programs write them: encodings, line ends, folds, labels of what has no place.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::{assert_accounted, field, reasons};
use profile::import::{self, Imported, Reason};
use serde_json::json;

fn read(bytes: &[u8]) -> Imported {
    let found = import::any(bytes).unwrap();
    assert_accounted(&found);
    found
}

fn card(version: &str, lines: &[u8]) -> Imported {
    let head = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
    read(&[head.as_bytes(), lines, b"\r\nEND:VCARD\r\n"].concat())
}

#[test]
fn a_file_in_windows_1252() {
    let found = card("3.0", b"FN:Sin\xe9ad O\x92Brien\r\nNOTE:\x93quoted\x94");
    assert_eq!(
        field(&found, "identity.name"),
        json!({"text": "Sinéad O’Brien"})
    );
    assert_eq!(reasons(&found, "“quoted”"), [Reason::NoPlace]);
}

#[test]
fn a_file_in_utf_16_without_a_mark() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Siân Rees\r\nEND:VCARD\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big] {
        assert_eq!(
            field(&read(&bytes), "identity.name"),
            json!({"text": "Siân Rees"})
        );
    }
}

#[test]
fn line_ends_and_folds() {
    let lines = "BEGIN:VCARD\rVERSION:3.0\rFN:Carys\rTEL:01632 960001\rEND:VCARD\r";
    let found = read(lines.as_bytes());
    assert_eq!(
        field(&found, "contact.phone"),
        json!([{"number": "01632 960001"}])
    );
    let in_a_character = card("3.0", b"FN:Si\xc3\r\n \xa2n\r\nTEL:1");
    assert_eq!(
        field(&in_a_character, "identity.name"),
        json!({"text": "Siân"})
    );
    let in_a_name = card("3.0", b"FN:Carys\r\nTE\r\n L:12");
    assert_eq!(
        field(&in_a_name, "contact.phone"),
        json!([{"number": "12"}])
    );
    assert_eq!(reasons(&in_a_name, "line outside the format"), []);
}

#[test]
fn encoded_words() {
    let alone = card(
        "2.1",
        b"FN;CHARSET=UTF-8;QUOTED-PRINTABLE:Sin=C3=A9ad\r\nTEL;CELL:1",
    );
    assert_eq!(field(&alone, "identity.name"), json!({"text": "Sinéad"}));
    let unknown = card(
        "2.1",
        b"FN:S\r\nADR;HOME:;;1 Heol;Tref\r\nLABEL;HOME;CHARSET=x-own;ENCODING=QUOTED-PRINTABLE:1 H=EAol=0D=0ATref",
    );
    assert_eq!(
        field(&unknown, "home.address")["text"],
        "1 Hêol\nTref",
        "words and not a file"
    );
    let picture = card("3.0", b"FN:S\r\nPHOTO;ENCODING=b:/9j/4AAQSkZJRg==");
    assert_eq!(reasons(&picture, "a file, 10 bytes"), [Reason::NoPlace]);
}

#[test]
fn a_label_goes_with_its_property() {
    let found = card(
        "3.0",
        b"FN:Carys\r\nitem1.X-ABRELATEDNAMES:Huw\r\nitem1.X-ABLabel:_$!<Spouse>!$_\r\n\
          item2.TEL:ask at the shop\r\nitem2.X-ABLabel:Neighbour\r\nitem3.TEL:1\r\nitem3.X-ABLabel:Caravan",
    );
    assert_eq!(reasons(&found, "Huw"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "Spouse"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "Neighbour"), [Reason::NoPlace]);
    assert_eq!(
        field(&found, "contact.phone"),
        json!([{"number": "1", "label": "Caravan"}])
    );
    assert_eq!(reasons(&found, "Caravan"), []);
}

#[test]
fn what_is_listed_keeps_its_day_and_its_parameters() {
    let found = card(
        "4.0",
        b"FN:Carys\r\nANNIVERSARY:2010-06-15\r\nIMPP;TYPE=home;X-SERVICE-TYPE=Skype:skype:carys\r\n\
          ADR;TYPE=work:;;1 Mill;Tref",
    );
    for said in [
        "2010-06-15",
        "skype:carys (home, X-SERVICE-TYPE=Skype)",
        "1 Mill, Tref (work)",
    ] {
        assert_eq!(
            reasons(&found, said),
            [Reason::NoPlace],
            "{said}: {:#?}",
            found.unmapped
        );
    }
}

#[test]
fn two_digits_of_a_year_are_no_year() {
    let found = card("3.0", b"FN:Carys\r\nBDAY:70-7-14");
    assert_eq!(field(&found, "identity.birth_date"), json!(null));
    assert_eq!(reasons(&found, "BDAY"), [Reason::NotUnderstood]);
}

#[test]
fn a_person_comes_before_a_company() {
    let company =
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Melin Cyf\r\nX-ABShowAs:COMPANY\r\nEND:VCARD\r\n";
    let person = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Carys Evans\r\nEND:VCARD\r\n";
    let found = read(format!("{company}{person}").as_bytes());
    assert_eq!(field(&found, "identity.name")["text"], "Carys Evans");
    assert_eq!(reasons(&found, "Melin Cyf"), [Reason::OtherPerson]);
    assert_eq!(
        field(&read(company.as_bytes()), "identity.name")["text"],
        "Melin Cyf",
        "alone it may be the person's own"
    );
}
