//! Why a file could not be imported at all.

use std::fmt;

use thiserror::Error;

use crate::{Lang, Words};

/// Why nothing could be read from a file. The person who chose the file can act on each.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// More than [`super::MAX_INPUT`] bytes.
    TooLarge,
    /// No bytes, or only spaces.
    Empty,
    /// None of the formats that can be read.
    UnknownFormat,
    /// JSON, but neither a FHIR resource nor wallet JSON.
    UnknownJson,
    /// JSON that breaks off or has a mistake; the text says where.
    BadJson(String),
    /// Nested deeper than [`super::MAX_DEPTH`].
    TooDeep,
    /// FHIR in XML.
    FhirXml,
    /// Another XML format, such as an xCard or a CDA document.
    Xml,
    /// A FHIR resource that is no bundle; the text is its type.
    NotABundle(String),
    /// A FHIR bundle without a patient.
    NoPatient,
    /// No complete card between `BEGIN:VCARD` and `END:VCARD`.
    NoCard,
    /// A calendar instead of a card.
    Calendar,
    /// Wallet JSON of a later version; the number is the version.
    NewerVersion(u64),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.explain(Lang::En))?;
        match self {
            Self::BadJson(detail) | Self::NotABundle(detail) => write!(f, " ({detail})"),
            Self::NewerVersion(version) => write!(f, " ({version})"),
            _ => Ok(()),
        }
    }
}

impl ImportError {
    /// The code for messages that are made elsewhere.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Empty => "empty",
            Self::UnknownFormat => "unknown_format",
            Self::UnknownJson => "unknown_json",
            Self::BadJson(_) => "bad_json",
            Self::TooDeep => "too_deep",
            Self::FhirXml => "fhir_xml",
            Self::Xml => "xml",
            Self::NotABundle(_) => "not_a_bundle",
            Self::NoPatient => "no_patient",
            Self::NoCard => "no_card",
            Self::Calendar => "calendar",
            Self::NewerVersion(_) => "newer_version",
        }
    }

    /// What happened and what to do, in `lang`.
    #[must_use]
    pub const fn explain(&self, lang: Lang) -> &'static str {
        let words = match self {
            Self::TooLarge => Words {
                en: "The file is larger than 16 MiB. Export it again without pictures or attachments.",
                cy: "Mae'r ffeil yn fwy na 16 MiB. Allforiwch hi eto heb luniau nac atodiadau.",
            },
            Self::Empty => Words {
                en: "The file is empty. Export it again.",
                cy: "Mae'r ffeil yn wag. Allforiwch hi eto.",
            },
            Self::UnknownFormat => Words {
                en: "This is no contact card (.vcf), patient summary or wallet file. Choose one of these.",
                cy: "Nid cerdyn cyswllt (.vcf), crynodeb claf na ffeil waled yw hon. Dewiswch un o'r rhain.",
            },
            Self::UnknownJson => Words {
                en: "This JSON file is neither a patient summary nor a wallet file. Choose another file.",
                cy: "Nid crynodeb claf na ffeil waled yw'r ffeil JSON hon. Dewiswch ffeil arall.",
            },
            Self::BadJson(_) => Words {
                en: "The JSON has a mistake or breaks off. Download or export the file again.",
                cy: "Mae camgymeriad yn y JSON neu mae'n torri i ffwrdd. Lawrlwythwch neu allforiwch y ffeil eto.",
            },
            Self::TooDeep => Words {
                en: "The JSON is nested too deeply to be a real summary. Download or export the file again.",
                cy: "Mae'r JSON wedi'i nythu'n rhy ddwfn i fod yn grynodeb go iawn. Lawrlwythwch neu allforiwch y ffeil eto.",
            },
            Self::FhirXml => Words {
                en: "This is a FHIR file in XML. Ask for the same summary as JSON and import that.",
                cy: "Ffeil FHIR mewn XML yw hon. Gofynnwch am yr un crynodeb fel JSON a mewnforiwch hwnnw.",
            },
            Self::Xml => Words {
                en: "This is an XML file. Ask for a contact card (.vcf) or a FHIR summary as JSON.",
                cy: "Ffeil XML yw hon. Gofynnwch am gerdyn cyswllt (.vcf) neu grynodeb FHIR fel JSON.",
            },
            Self::NotABundle(_) => Words {
                en: "This FHIR file holds one record, not a summary. Ask for the whole summary as a bundle.",
                cy: "Un cofnod sydd yn y ffeil FHIR hon, nid crynodeb. Gofynnwch am y crynodeb cyfan fel bwndel.",
            },
            Self::NoPatient => Words {
                en: "The summary does not say whose it is. Ask for one that contains the patient.",
                cy: "Nid yw'r crynodeb yn dweud pwy yw'r claf. Gofynnwch am un sy'n cynnwys y claf.",
            },
            Self::NoCard => Words {
                en: "There is no complete contact card in the file. Export it again.",
                cy: "Nid oes cerdyn cyswllt cyflawn yn y ffeil. Allforiwch hi eto.",
            },
            Self::Calendar => Words {
                en: "This is a calendar, not a contact card. Export the contact as .vcf.",
                cy: "Calendr yw hwn, nid cerdyn cyswllt. Allforiwch y cyswllt fel .vcf.",
            },
            Self::NewerVersion(_) => Words {
                en: "A newer wallet wrote this file. Update this wallet, then import it.",
                cy: "Waled fwy newydd a ysgrifennodd y ffeil hon. Diweddarwch y waled hon, yna mewnforiwch hi.",
            },
        };
        words.in_lang(lang)
    }
}
