//! vCard 3.0 and 4.0: one table row for each variation, and the account of every property.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use calcard::{Entry, Parser};
use common::{assert_accounted, field, reasons};
use profile::import::{self, Extent, Format, ImportError, Imported, Reason};
use proptest::prelude::*;
use serde_json::{Value, json};

fn card(version: &str, lines: &str) -> Imported {
    let text = format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{}\r\nEND:VCARD\r\n",
        lines.trim().replace('\n', "\r\n")
    );
    let found = import::vcard(text.as_bytes()).unwrap();
    assert_accounted(&found);
    let mut parser = Parser::new(&text);
    let Entry::VCard(parsed) = parser.entry() else {
        panic!("a card")
    };
    assert!(
        found.found >= parsed.entries.len(),
        "a property is missing from the account"
    );
    found
}

#[test]
fn values_of_version_4() {
    let cases: Vec<(&str, &str, Value)> = vec![
        (
            "FN:Carys Evans\nN:Evans;Carys;Mair,Ann;Dr;OBE",
            "identity.name",
            json!({"text": "Carys Evans",
            "given": ["Carys", "Mair", "Ann"], "family": "Evans", "prefix": "Dr", "suffix": "OBE"}),
        ),
        (
            "N:Evans;Carys;;Dr;",
            "identity.name",
            json!({"text": "Dr Carys Evans", "given": ["Carys"], "family": "Evans", "prefix": "Dr"}),
        ),
        (
            "FN;PREF=2:Second\nFN;PREF=1:First",
            "identity.name",
            json!({"text": "First"}),
        ),
        (
            "FN:Carys\nNICKNAME:Cari,Caz",
            "identity.name",
            json!({"text": "Carys", "known_as": "Cari"}),
        ),
        (
            "NICKNAME:Cari",
            "identity.name",
            json!({"text": "Cari", "known_as": "Cari"}),
        ),
        (
            "N:de la Cruz;Ana;;;;Perez;II\nFN:Ana",
            "identity.name",
            json!({"text": "Ana", "given": ["Ana"], "family": "de la Cruz Perez", "suffix": "II"}),
        ),
        ("BDAY:19560930", "identity.birth_date", json!("1956-09-30")),
        (
            "BDAY:1956-09-30",
            "identity.birth_date",
            json!("1956-09-30"),
        ),
        ("BDAY:1956", "identity.birth_date", json!("1956")),
        ("BDAY:1956-09", "identity.birth_date", json!("1956-09")),
        ("BDAY:--0930", "identity.birth_date", json!("--09-30")),
        (
            "BDAY:19560930T102200Z",
            "identity.birth_date",
            json!("1956-09-30"),
        ),
        ("GENDER:F", "identity.gender", json!({"code": "female"})),
        (
            "GENDER:O;intersex",
            "identity.gender",
            json!({"code": "other", "text": "intersex"}),
        ),
        (
            "GENDER:;enby",
            "identity.gender",
            json!({"code": "unknown", "text": "enby"}),
        ),
        ("GENDER:N", "identity.gender", json!({"code": "none"})),
        (
            "LANG;PREF=2:en\nLANG;PREF=1:cy\nLANG:fr",
            "identity.languages",
            json!(["cy", "en", "fr"]),
        ),
        (
            "TEL;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+44-29-2018-0199;ext=55",
            "contact.phone",
            json!([{"number": "+44-29-2018-0199 ext. 55", "uses": ["voice", "home"], "preferred": true}]),
        ),
        (
            "TEL:029 2018 0199\nTEL;PREF=1:07700 900199",
            "contact.phone",
            json!([{"number": "07700 900199", "preferred": true}, {"number": "029 2018 0199"}]),
        ),
        (
            "item1.TEL:07700 900199\nitem1.X-ABLabel:_$!<Mobile>!$_",
            "contact.phone",
            json!([{"number": "07700 900199", "uses": ["mobile"]}]),
        ),
        (
            "item1.X-ABLabel:Shed\nitem1.TEL:07700 900199",
            "contact.phone",
            json!([{"number": "07700 900199", "label": "Shed"}]),
        ),
        (
            "EMAIL;TYPE=work:mailto:c@example.org",
            "contact.email",
            json!([{"address": "c@example.org", "uses": ["work"]}]),
        ),
        (
            "ADR;TYPE=work:;;Mill;X;;;\nADR;TYPE=home:;;3 Heol\\, Fach;Tref;Sir;ZZ1;GB",
            "home.address",
            json!({"lines": ["3 Heol, Fach"], "locality": "Tref", "region": "Sir", "postcode": "ZZ1", "country": "GB"}),
        ),
        (
            "ADR;LABEL=\"3 Heol\\nTref\":;;3 Heol;Tref;;;",
            "home.address",
            json!({"lines": ["3 Heol"], "locality": "Tref", "text": "3 Heol\nTref"}),
        ),
        (
            "ADR:;;;Tref;;;",
            "home.address",
            json!({"locality": "Tref"}),
        ),
        (
            "ADR:;;;;;;;;Flat 2;;3;Heol Fach;;;;;;",
            "home.address",
            json!({"lines": ["Flat 2", "3", "Heol Fach"]}),
        ),
        (
            "ADR;GEO=\"geo:52.4,-3.7\":;;3 Heol;;;;",
            "home.geo",
            json!({"lat": 52.4, "lon": -3.7}),
        ),
        (
            "GEO:geo:52.4,-3.7;u=35",
            "home.geo",
            json!({"lat": 52.4, "lon": -3.7, "accuracy_m": 35.0}),
        ),
        (
            "RELATED;TYPE=\"emergency,child\";VALUE=text:Huw",
            "people.emergency_contacts",
            json!([{"name": "Huw", "relationship": "child"}]),
        ),
        (
            "RELATED;TYPE=emergency:tel:+447700900199",
            "people.emergency_contacts",
            json!([{"name": "emergency contact", "phones": [{"number": "+447700900199"}]}]),
        ),
        (
            "item2.X-ABRELATEDNAMES:Huw\nitem2.X-ABLabel:Emergency",
            "people.emergency_contacts",
            json!([{"name": "Huw"}]),
        ),
        (
            "fn:lower case\nfoo.FN:other",
            "identity.name",
            json!({"text": "lower case"}),
        ),
        (
            "FN:A very long name th\n at is folded",
            "identity.name",
            json!({"text": "A very long name that is folded"}),
        ),
    ];
    for (lines, path, value) in cases {
        assert_eq!(field(&card("4.0", lines), path), value, "{lines}");
    }
}

#[test]
fn values_of_version_3() {
    let cases: Vec<(&str, &str, Value)> = vec![
        (
            "FN:x\nBDAY:1956-09-30",
            "identity.birth_date",
            json!("1956-09-30"),
        ),
        (
            "FN:x\nBDAY:19560930",
            "identity.birth_date",
            json!("1956-09-30"),
        ),
        (
            "FN:x\nBDAY;VALUE=date:1956-09-30",
            "identity.birth_date",
            json!("1956-09-30"),
        ),
        (
            "FN:x\nBDAY:1956-09-30T00:00:00Z",
            "identity.birth_date",
            json!("1956-09-30"),
        ),
        (
            "FN:x\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05",
            "identity.birth_date",
            json!("--03-05"),
        ),
        (
            "TEL;TYPE=CELL,VOICE,pref:07700 900199\nTEL;HOME:1",
            "contact.phone",
            json!([{"number": "07700 900199", "uses": ["mobile", "voice"], "preferred": true}, {"number": "1", "uses": ["home"]}]),
        ),
        (
            "TEL;TYPE=iPhone:07700 900199",
            "contact.phone",
            json!([{"number": "07700 900199", "label": "iphone"}]),
        ),
        (
            "EMAIL;TYPE=INTERNET;TYPE=HOME:c@example.org",
            "contact.email",
            json!([{"address": "c@example.org", "uses": ["home"]}]),
        ),
        (
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89vans;Carys;;;",
            "identity.name",
            json!({"text": "Carys Évans", "given": ["Carys"], "family": "Évans"}),
        ),
        (
            "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Si=F4n=\n Jones",
            "identity.name",
            json!({"text": "Siôn Jones"}),
        ),
        (
            "FN;ENCODING=b:Q2FyeXM=",
            "identity.name",
            json!({"text": "Carys"}),
        ),
        (
            "LABEL;TYPE=home:3 Heol\\nTref",
            "home.address",
            json!({"text": "3 Heol\nTref"}),
        ),
        (
            "LABEL;TYPE=home:3 Heol\\nTref\nADR;TYPE=home:;;3 Heol;Tref;;;",
            "home.address",
            json!({"lines": ["3 Heol"], "locality": "Tref", "text": "3 Heol\nTref"}),
        ),
        (
            "GEO:52.4;-3.7",
            "home.geo",
            json!({"lat": 52.4, "lon": -3.7}),
        ),
        (
            "AGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:Huw\\nTEL:+447700900199\\nEND:VCARD\\n",
            "people.emergency_contacts",
            json!([{"name": "Huw", "relationship": "agent", "phones": [{"number": "+447700900199"}]}]),
        ),
    ];
    for (lines, path, value) in cases {
        assert_eq!(field(&card("3.0", lines), path), value, "{lines}");
    }
}

#[test]
fn what_is_not_imported_is_listed_with_its_reason() {
    let cases = [
        (
            "BDAY;VALUE=text:circa 1800",
            "circa 1800",
            Reason::NotUnderstood,
        ),
        ("BDAY:---30", "BDAY", Reason::NotUnderstood),
        ("BDAY:19561345", "BDAY", Reason::NotUnderstood),
        ("BDAY:19560930T102200Z", "time of day", Reason::NoPlace),
        ("FN:A\nFN:B", "B", Reason::AnotherTaken),
        ("FN:A\nNICKNAME:B,C", "C", Reason::AnotherTaken),
        ("TEL:none", "none", Reason::NotUnderstood),
        ("TEL:", "TEL", Reason::NoInformation),
        ("EMAIL:nobody", "nobody", Reason::NotUnderstood),
        ("LANG:not a tag", "not a tag", Reason::NotUnderstood),
        ("GEO:here", "here", Reason::NotUnderstood),
        ("GEO:geo:95,0", "95", Reason::NotUnderstood),
        ("ADR:;;a;;;;\nADR:;;b;;;;", "b", Reason::AnotherTaken),
        (
            "PHOTO:data:image/jpeg;base64,AAAA",
            "image/jpeg, 3 bytes",
            Reason::NoPlace,
        ),
        (
            "PHOTO:https://x.example/p.jpg",
            "https://x.example/p.jpg",
            Reason::NoPlace,
        ),
        ("NOTE:Knock\\nloudly", "Knock\nloudly", Reason::NoPlace),
        ("X-CUSTOM;X-P=1:a;b", "X-CUSTOM", Reason::NoPlace),
        ("UID:urn:uuid:1", "UID", Reason::Administrative),
        ("RELATED;TYPE=spouse;VALUE=text:Huw", "Huw", Reason::NoPlace),
        (
            "RELATED;TYPE=emergency:urn:uuid:0",
            "urn:uuid:0",
            Reason::NotInFile,
        ),
        ("NO COLON HERE", "NO COLON HERE", Reason::NotUnderstood),
        ("item9.X-ABLabel:alone", "alone", Reason::NoPlace),
    ];
    for (lines, text, reason) in cases {
        let found = card("4.0", &format!("FN:A\n{lines}"));
        assert!(
            reasons(&found, text).contains(&reason),
            "{lines}: {:#?}",
            found.unmapped
        );
    }
}

#[test]
fn the_first_person_is_taken_and_others_are_listed() {
    let text = "noise\nBEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Choir\nEND:VCARD\n\
        BEGIN:VCARD\nFN:Carys\nBDAY:1956-09-30\nRELATED;TYPE=emergency:urn:uuid:2\nVERSION:4.0\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:2\nFN:Huw\nTEL:1\nNOTE:tall\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nFN:Stranger\nTEL:2\nEND:VCARD\n";
    let found = import::any(text.as_bytes()).unwrap();
    assert_accounted(&found);
    assert_eq!(field(&found, "identity.name"), json!({"text": "Carys"}));
    assert_eq!(field(&found, "identity.birth_date"), json!("1956-09-30"));
    assert_eq!(
        field(&found, "people.emergency_contacts"),
        json!([{"name": "Huw", "phones": [{"number": "1"}]}])
    );
    assert_eq!(reasons(&found, "Choir"), [Reason::OtherPerson]);
    assert_eq!(reasons(&found, "Stranger"), [Reason::OtherPerson]);
    assert_eq!(reasons(&found, "tall"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "noise"), [Reason::NotUnderstood]);
}

#[test]
fn where_a_person_works_is_not_where_they_live() {
    let work = "FN:A\nADR;TYPE=work:;;Mill Lane;X;;;\nGEO;TYPE=work:geo:52.4,-3.7\nTZ:-0500";
    let found = card("4.0", work);
    assert_eq!(field(&found, "home.address"), Value::Null);
    assert_eq!(field(&found, "home.geo"), Value::Null);
    for said in ["Mill Lane", "geo:52.4,-3.7", "-05:00"] {
        assert_eq!(reasons(&found, said), [Reason::NoPlace], "{said}");
    }
    let both = card(
        "4.0",
        "FN:A\nADR;TYPE=\"home,work\":;;3 Heol;X;;;\nGEO:geo:52.4,-3.7",
    );
    assert_eq!(field(&both, "home.address")["locality"], json!("X"));
    assert_eq!(field(&both, "home.geo")["lat"], json!(52.4));
    let label = card("3.0", "FN:A\nLABEL;TYPE=WORK:Mill Lane");
    assert_eq!(field(&label, "home.address"), Value::Null);
    assert_eq!(reasons(&label, "Mill Lane"), [Reason::NoPlace]);
}

#[test]
fn an_organisation_is_nobodys_own_card() {
    let text = "BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Choir\nTEL:1\nEND:VCARD\n";
    let found = import::any(text.as_bytes()).unwrap();
    assert_accounted(&found);
    assert_eq!(found.fields, []);
    assert_eq!(reasons(&found, "Choir"), [Reason::OtherPerson]);
}

#[test]
fn encodings_of_whole_files() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Siôn\r\nEND:VCARD\r\n";
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let bare = text
        .replace("\r\n", "\n")
        .replace("BEGIN:VCARD", "begin:vcard");
    for bytes in [text.as_bytes(), &latin, &utf16, &marked, bare.as_bytes()] {
        assert_eq!(import::detect(bytes), Ok(Format::VCard));
        assert_eq!(
            field(&import::vcard(bytes).unwrap(), "identity.name"),
            json!({"text": "Siôn"})
        );
    }
}

#[test]
fn what_is_no_card_is_refused_with_advice() {
    assert_eq!(import::vcard(b"hello").unwrap_err(), ImportError::NoCard);
    assert_eq!(
        import::vcard(b"BEGIN:VCARD\nEND:VCARD\n").unwrap_err(),
        ImportError::NoCard
    );
    assert_eq!(
        import::any(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n").unwrap_err(),
        ImportError::Calendar
    );
    assert_eq!(import::any(b"  \n").unwrap_err(), ImportError::Empty);
    assert_eq!(
        import::vcard(&vec![b'x'; import::MAX_INPUT + 1]).unwrap_err(),
        ImportError::TooLarge
    );
    let cut = import::any(b"BEGIN:VCARD\nVERSION:4.0\nFN:Carys\n").unwrap();
    assert_eq!(reasons(&cut, "cut off"), [Reason::NotUnderstood]);
}

#[test]
fn the_sample_card_imports_and_nothing_is_lost() {
    let bytes = include_bytes!("../../../samples/county/residents/gwenllian-probert.vcf");
    let found = import::any(bytes).unwrap();
    assert_accounted(&found);
    assert_eq!(
        field(&found, "contact.phone")[0]["label"],
        "Hall, by the stairs"
    );
    assert_eq!(
        field(&found, "people.emergency_contacts")[0]["name"],
        "Rhodri Probert"
    );
    assert_eq!(
        field(&found, "home.address")["lines"],
        json!(["Tŷ'r Onnen, 3 Heol y Nant"])
    );
    let mut parser = Parser::new(std::str::from_utf8(bytes).unwrap());
    let Entry::VCard(first) = parser.entry() else {
        panic!("a card")
    };
    assert_eq!(
        found.found,
        first.entries.len(),
        "every property of her card is counted once"
    );
    assert_eq!(
        found
            .unmapped
            .iter()
            .filter(|part| part.extent == Extent::Detail)
            .count(),
        2,
        "version and uid of his card"
    );
}

const SEED: &[u8] = include_bytes!("../../../samples/county/residents/gwenllian-probert.vcf");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_mutated_card_never_panics_and_is_always_accounted(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..12),
    ) {
        let mut bytes = SEED.to_vec();
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.drain(at..(at + 1 + usize::from(byte) / 8).min(bytes.len()))),
            }
            if bytes.is_empty() { bytes.push(b'x'); }
        }
        if let Ok(found) = import::vcard(&bytes) {
            assert_accounted(&found);
        }
    }

    #[test]
    fn any_text_between_begin_and_end_is_accounted(lines in prop::collection::vec(
        "(item1\\.)?(FN|N|BDAY|TEL|ADR|GEO|RELATED|AGENT|X-ABLABEL|GENDER|LANG|LABEL|NOTE)(;TYPE=[a-z,\"]{0,6}|;PREF=[0-9x]{0,3})?[:;]?[ -~]{0,14}", 0..10)) {
        let text = format!("BEGIN:VCARD\n{}\nEND:VCARD\n", lines.join("\n"));
        if let Ok(found) = import::vcard(text.as_bytes()) {
            assert_accounted(&found);
        }
    }
}
