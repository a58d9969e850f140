//! An opened profile for the control room's call handling (RFC 7852): the Additional Data blocks
//! ProviderInfo, ServiceInfo, SubscriberInfo and Comment, and the place as a PIDF-LO (RFC 4119, 5139, 5491).
//! It says what the share says, nothing more; what has no block of its own stands in the Comment, in words.

mod comment;
mod location;
mod opening;
mod phrases;
mod provider;
mod subscriber;
mod xml;

pub use opening::Opening;

use consent_token::{
    id::{AgencyId, UnixSeconds},
    statement::{self, Statement},
};
use profile::{Lang, Profile};
use protocol::{registry::Agency, share::Share};
use serde_json::Value;

use crate::Opened;
use xml::Element;

/// The blocks of one opening, and the opening in NENA's names.
#[derive(Debug)]
pub struct AdditionalData {
    /// What is handed to call handling, in the order in which RFC 7852 lists the blocks.
    pub blocks: Vec<Block>,
    /// Under which opening.
    pub opening: Opening,
}

/// One document.
#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    /// A file name, such as `comment.xml`.
    pub file: &'static str,
    /// Its media type, such as `application/EmergencyCallData.Comment+xml`.
    pub media_type: &'static str,
    /// The document, UTF-8.
    pub xml: String,
}

/// What the blocks are made of.
struct Source<'a> {
    agency: &'a Agency,
    /// World-unique, the same in every block (RFC 7852 section 4): a `msg-id` without its brackets.
    reference: String,
    profile: Profile,
    /// Values that this version cannot type. They are told as they are, not dropped.
    untyped: Vec<(&'a str, &'a Value)>,
    languages: &'a [Lang],
    opening: &'a Opening,
    keep_until: Option<UnixSeconds>,
}

impl AdditionalData {
    /// The blocks of what was opened, as `agency` hands them on, with words in each of `languages`, the most
    /// important first; English where none is given.
    #[must_use]
    pub fn of(opened: &Opened, agency: &Agency, languages: &[Lang]) -> Self {
        let opening = opening_of(opened, &agency.id);
        let languages = if languages.is_empty() {
            &[Lang::En]
        } else {
            languages
        };
        let (profile, untyped) = read(&opened.share);
        let source = Source {
            agency,
            reference: format!("{}@{}", opened.recorded.jti, host(&agency.id)),
            profile,
            untyped,
            languages,
            opening: &opening,
            keep_until: opened.token.claims().consent.retention.after(opening.at),
        };
        let mut blocks = vec![
            block(
                "provider-info.xml",
                "application/EmergencyCallData.ProviderInfo+xml",
                &provider::info(&source),
            ),
            block(
                "service-info.xml",
                "application/EmergencyCallData.ServiceInfo+xml",
                &provider::service(&source),
            ),
        ];
        let subscriber = subscriber::info(&source);
        blocks.extend(subscriber.map(|xml| {
            block(
                "subscriber-info.xml",
                "application/EmergencyCallData.SubscriberInfo+xml",
                &xml,
            )
        }));
        blocks.push(block(
            "comment.xml",
            "application/EmergencyCallData.Comment+xml",
            &comment::info(&source),
        ));
        let place = location::document(&source);
        blocks.extend(place.map(|xml| block("location.xml", "application/pidf+xml", &xml)));
        AdditionalData { blocks, opening }
    }
}

/// Who opened what, and when it was recorded: the statement's own words.
fn opening_of(opened: &Opened, agency: &AgencyId) -> Opening {
    let statement = statement::UnverifiedStatement::parse(&opened.recorded.compact);
    let act = match statement.as_ref().map(|read| read.statement()) {
        Ok(Statement::Agency(by_agency)) => Some(&by_agency.act),
        _ => None,
    };
    let at = opened.recorded.proven.entry.at().as_seconds();
    Opening::new(agency, &opened.recorded.jti, at, act)
}

fn read(share: &Share) -> (Profile, Vec<(&str, &Value)>) {
    let mut profile = Profile::new();
    let mut untyped = Vec::new();
    let given = share.fields.iter().filter(|(_, value)| !value.is_null());
    for (path, value) in given {
        let typed = path
            .parse()
            .ok()
            .map(|path| profile.set(path, value.clone()));
        if !matches!(typed, Some(Ok(_))) {
            untyped.push((path.as_str(), value));
        }
    }
    (profile, untyped)
}

fn block(file: &'static str, media_type: &'static str, root: &Element) -> Block {
    Block {
        file,
        media_type,
        xml: root.to_document(),
    }
}

/// The agency's fully qualified domain name.
fn host(id: &AgencyId) -> &str {
    let rest = id.as_str().trim_start_matches("https://");
    rest.split(['/', ':']).next().unwrap_or(rest)
}

impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Block({}, {} bytes)", self.file, self.xml.len())
    }
}
