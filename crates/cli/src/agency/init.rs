//! `assent agency init`: keys, and the entry for the registrar.

use ::agency::{AgencyError, Entry, Identity};
use clap::ValueEnum;
use consent_token::{id::AgencyId, term::IsoDuration};
use protocol::registry::{AgencyKind, Obligations};
use serde_json::json;

use super::{Common, failure};
use crate::outcome::{Answer, Failure, Outcome};

/// Make keys and an entry to hand to the registrar.
#[derive(clap::Args)]
pub struct Args {
    /// The agency's URL, by which it is known: https, without query or fragment.
    #[arg(
        long,
        value_name = "URL",
        required_unless_present = "add_encryption_keys"
    )]
    id: Option<AgencyId>,
    /// The name as a person reads it.
    #[arg(long, required_unless_present = "add_encryption_keys")]
    name: Option<String>,
    /// The name in another language, such as cy=Gwasanaeth Tân.
    #[arg(long = "name-in", value_name = "LANG=NAME")]
    names: Vec<String>,
    /// What kind of service it is.
    #[arg(long, value_enum, default_value_t = Kind::Other)]
    kind: Kind,
    /// Where a person reaches it.
    #[arg(long)]
    contact: Option<String>,
    /// Where its privacy notice stands.
    #[arg(long, value_name = "URL")]
    privacy_url: Option<String>,
    /// How soon after a consent ends what was read is deleted: a promise in the registry.
    #[arg(long, value_name = "DURATION", default_value = "P30D")]
    erase_within: IsoDuration,
    /// Add the encryption keys to a folder that was made before there were any; everything else stays.
    #[arg(long, conflicts_with_all = ["id", "name", "names", "contact", "privacy_url"])]
    add_encryption_keys: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Ambulance,
    Fire,
    Police,
    Health,
    Council,
    Other,
}

impl From<Kind> for AgencyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Ambulance => AgencyKind::Ambulance,
            Kind::Fire => AgencyKind::Fire,
            Kind::Police => AgencyKind::Police,
            Kind::Health => AgencyKind::Health,
            Kind::Council => AgencyKind::Council,
            Kind::Other => AgencyKind::Other,
        }
    }
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    match (args.id.clone(), args.name.clone()) {
        (Some(id), Some(name)) => create(args, id, &name),
        _ => add_encryption_keys(&args.common),
    }
}

fn create(args: Args, id: AgencyId, name: &str) -> Outcome {
    if name.trim().is_empty() {
        return Err(Failure::usage(
            "The name is empty.",
            "Give the name as a person reads it, with --name.",
        ));
    }
    let mut entry = Entry::new(id, name, args.kind.into());
    for name in &args.names {
        let (lang, name) = name.split_once('=').ok_or_else(|| {
            Failure::usage(
                format!("{name} is not a name in a language."),
                "Write it as LANG=NAME, such as cy=Heddlu.",
            )
        })?;
        entry.agency.names.insert(lang.to_owned(), name.to_owned());
    }
    entry.agency.obligations = Some(Obligations {
        erase_within: args.erase_within.as_str().to_owned(),
    });
    entry.agency.contact = args.contact;
    entry.agency.privacy_url = args.privacy_url;
    let agency = Identity::create(&args.common.dir, entry).map_err(failure)?;
    Ok(made("Made the keys", &agency))
}

fn add_encryption_keys(common: &Common) -> Outcome {
    let mut agency = Identity::open(&common.dir).map_err(failure)?;
    match agency.add_encryption_keys() {
        Ok(()) => Ok(made("Added the encryption keys", &agency)),
        Err(AgencyError::Exists(_)) => Err(Failure::usage(
            "The folder has its encryption keys already; nothing was changed.",
            "Hand registry-entry.json to the registrar, if that was not done.",
        )),
        Err(error) => Err(failure(error)),
    }
}

fn made(what: &str, agency: &Identity) -> Answer {
    let path = agency.entry_path();
    let words = format!(
        "{what} of {} in {}.\nHand {} to the registrar: `assent-verifier agency add` takes it.\n\
         Keep the folder to yourselves: whoever has the key in it is the agency.",
        agency.id(),
        agency.dir().display(),
        path.display()
    );
    let json = json!({ "id": agency.id(), "kid": agency.key().thumbprint().to_string(), "entry": path.display().to_string() });
    Answer::yes(words, json)
}
