//! Reading other formats into the profile; what has no place in it is listed, never dropped.

mod collect;
mod error;
mod fhir;
mod json;
mod text;
mod unmapped;
mod vcard;
mod wallet;

pub use error::ImportError;
pub use unmapped::{Extent, Reason, Unmapped};

use serde::Serialize;
use serde_json::Value;

use crate::Path;

/// The most bytes of one file that an import reads.
pub const MAX_INPUT: usize = 16 * 1024 * 1024;
/// The deepest nesting of JSON that an import reads.
pub const MAX_DEPTH: usize = 64;

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// vCard 3.0 (RFC 2426) or 4.0 (RFC 6350); 2.1 is read as far as it agrees with 3.0.
    VCard,
    /// An HL7 FHIR R4 bundle in JSON, at best an International Patient Summary.
    FhirIps,
    /// JSON that a wallet wrote.
    WalletJson,
}

/// What an import found.
///
/// `found` counts the parts of the file that carry something (properties of a card, members and
/// section entries of a summary, members of wallet JSON). Each is either `used` or stands in
/// `unmapped` with [`Extent::Whole`]; entries with [`Extent::Detail`] are parts of a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Imported {
    /// The format that was read.
    pub format: Format,
    /// Values in canonical form, one for each path; each of them is accepted by [`crate::Profile::set`].
    pub fields: Vec<(Path, Value)>,
    /// What has no place in the profile, in the order of the file.
    pub unmapped: Vec<Unmapped>,
    /// How many parts the file has.
    pub found: usize,
    /// How many of them are in `fields`.
    pub used: usize,
}

/// Tells the format of a file from its content.
///
/// # Errors
/// [`ImportError`] says which other format it is, where that can be told, and what to do.
pub fn detect(bytes: &[u8]) -> Result<Format, ImportError> {
    format_of(&text::decode(bytes)?)
}

/// Imports a file in whichever format it is.
///
/// # Errors
/// As [`detect`] and the import of the format.
pub fn any(bytes: &[u8]) -> Result<Imported, ImportError> {
    match detect(bytes)? {
        Format::VCard => vcard(bytes),
        Format::FhirIps => fhir_ips(bytes),
        Format::WalletJson => wallet_json(bytes),
    }
}

/// Imports the first person's card of a vCard file (RFC 6350, RFC 2426).
///
/// # Errors
/// [`ImportError::TooLarge`], [`ImportError::Empty`], [`ImportError::NoCard`], [`ImportError::Calendar`].
pub fn vcard(bytes: &[u8]) -> Result<Imported, ImportError> {
    vcard::import(&text::decode(bytes)?)
}

/// Imports an HL7 FHIR R4 bundle in JSON: an International Patient Summary, or any bundle with one patient.
///
/// # Errors
/// [`ImportError`]: XML, mistakes in the JSON, depth, a resource that is no bundle, no patient.
pub fn fhir_ips(bytes: &[u8]) -> Result<Imported, ImportError> {
    fhir::import(&text::decode(bytes)?)
}

/// Imports JSON that a wallet wrote: `{"fields": {path: value}}`, or the map or tree of paths itself.
///
/// # Errors
/// [`ImportError`]: mistakes in the JSON, depth, a later version.
pub fn wallet_json(bytes: &[u8]) -> Result<Imported, ImportError> {
    wallet::import(&text::decode(bytes)?)
}

fn format_of(text: &str) -> Result<Format, ImportError> {
    let start = text.trim_start();
    let begins = |word: &str| {
        start
            .get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    if begins("BEGIN:VCARD") || has_card_line(start) {
        Ok(Format::VCard)
    } else if begins("BEGIN:VCALENDAR") {
        Err(ImportError::Calendar)
    } else if start.starts_with('<') {
        Err(if start.contains("http://hl7.org/fhir") {
            ImportError::FhirXml
        } else {
            ImportError::Xml
        })
    } else if start.starts_with(['{', '[']) {
        json_format(&json::parse(start)?)
    } else {
        Err(ImportError::UnknownFormat)
    }
}

/// Cards may stand below lines that a mail program left.
fn has_card_line(text: &str) -> bool {
    !text.starts_with(['{', '[', '<'])
        && text
            .lines()
            .any(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCARD"))
}

fn json_format(value: &Value) -> Result<Format, ImportError> {
    if value.get("resourceType").is_some() {
        Ok(Format::FhirIps)
    } else if wallet::is_wallet(value) {
        Ok(Format::WalletJson)
    } else {
        Err(ImportError::UnknownJson)
    }
}
