//! `assent agency read` and `open`: what a person shared, on record before the first byte comes.

use ::agency::{
    AgencyError, Attempt, Locators, Online, Opened, Opening, Record, Sought, looked_at,
};
use ::wallet::words::duration;
use consent_token::{
    id::{Jti, UnixSeconds},
    statement::AgencyAct,
    term::{LegalBasis, Release},
};
use profile::Lang;
use serde_json::{Value, json};

use super::{
    Common, VerifierArgs,
    documents::{self, DocumentsArgs},
    export::{self, ExportArgs},
    failure, inputs,
};
use crate::{
    clock,
    outcome::{Answer, Exit, Failure, Outcome},
    wallet::words::value as in_words,
};

/// Read what is shared under a grant; of what waits for an incident, only what identifies a caller.
#[derive(clap::Args)]
pub struct ReadArgs {
    /// The grant's id.
    grant: Jti,
    /// Why it is read; the person sees it.
    #[arg(long, value_parser = inputs::words)]
    reason: String,
    /// Who reads: a pseudonym that only the agency can resolve.
    #[arg(long, value_parser = inputs::words)]
    actor: String,
    /// The items that are looked at; all that the consent names, unless given.
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    data: Vec<String>,
    #[command(flatten)]
    documents: DocumentsArgs,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Open what waits for an incident; the person is told at once, and a second person reviews it.
#[derive(clap::Args)]
pub struct OpenArgs {
    /// The grant's id.
    grant: Jti,
    /// The incident that it is opened for.
    #[arg(long, value_name = "ID")]
    incident: String,
    /// Why: a code such as `call` or `welfare-check`.
    #[arg(long, value_name = "CODE", value_parser = inputs::words)]
    reason: String,
    /// Who opens: a pseudonym that only the agency can resolve.
    #[arg(long, value_parser = inputs::words)]
    actor: String,
    /// The position at which it is opened.
    #[arg(long, default_value = "control-room")]
    position: String,
    /// The legal basis of the opening, a DPV IRI.
    #[arg(long, value_name = "IRI", default_value = VITAL_INTERESTS)]
    basis: LegalBasis,
    #[command(flatten)]
    export: ExportArgs,
    #[command(flatten)]
    documents: DocumentsArgs,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Vital interests, Article 6(1)(d) of the GDPR.
const VITAL_INTERESTS: &str = "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d";

/// Reads under an `access` statement.
pub async fn read(args: ReadArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let mut record = Record::open(&agency).map_err(failure)?;
    let now = clock::now();
    let attempt = attempt(&args.grant, "access", None, &args.actor, now);
    let token = held(line.token_of(&args.grant, now).await, &record, &attempt)?;
    let act = AgencyAct::Access {
        actor: args.actor,
        reason: args.reason,
        datatypes: looked_at(&token, &args.data),
    };
    let opened = held(line.read(token, act, now).await, &record, &attempt)?;
    held(record.read(&opened, now), &record, &attempt)?;
    if opened.token.claims().consent.release == Release::OnIncident {
        let claims = opened.token.claims();
        let mut locators = Locators::open(&agency).map_err(failure)?;
        let share = opened.share.clone();
        let holder = claims.iss.thumbprint();
        locators
            .keep(claims.jti, holder, claims.exp, share)
            .map_err(failure)?;
    }
    let written = documents::write(&args.documents, &line, &opened).await?;
    let answer = shown(&opened);
    Ok(match written {
        Some(written) => with(answer, "documents", &written.words, written.json),
        None => answer,
    })
}

/// Opens under an `open` statement; the same person for the same reason within the same incident a second time
/// under the same one.
pub async fn open(args: OpenArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let mut record = Record::open(&agency).map_err(failure)?;
    let now = clock::now();
    let incident = Some(args.incident.as_str());
    let attempt = attempt(&args.grant, "open", incident, &args.actor, now);
    if args.incident.trim().is_empty() {
        let refused = Attempt {
            code: "no_incident".into(),
            ..attempt
        };
        record.refused(&refused).map_err(failure)?;
        return Err(Failure::new(
            Exit::No,
            "no_incident",
            "Nothing is opened without an incident.",
            "Declare the incident first and name it with --incident.",
        ));
    }
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let token = held(line.token_of(&args.grant, now).await, &record, &attempt)?;
    let own = Sought {
        incident: &args.incident,
        actor: Some(&args.actor),
        reason: Some(&args.reason),
    };
    let known = record.opening(&args.grant, &own, now).map(str::to_owned);
    let act = AgencyAct::Open {
        incident: args.incident.clone(),
        actor: args.actor.clone(),
        position: args.position,
        reason: args.reason.clone(),
        basis: args.basis,
    };
    let read = line.open_or_reopen(token, act, known, now).await;
    let opened = held(read, &record, &attempt)?;
    let opening = Opening {
        incident: args.incident,
        actor: args.actor,
        reason: args.reason,
        at: opened.recorded.proven.entry.at().as_seconds(),
        statement: opened.recorded.compact.clone(),
    };
    record.opened(args.grant, opening).map_err(failure)?;
    held(record.read(&opened, now), &record, &attempt)?;
    let exported = export::write(&args.export, &opened, &agency)?;
    let written = documents::write(&args.documents, &line, &opened).await?;
    let mut answer = shown(&opened);
    if let Some(exported) = exported {
        answer = with(answer, "additional_data", &exported.words, exported.json);
    }
    if let Some(written) = written {
        answer = with(answer, "documents", &written.words, written.json);
    }
    Ok(answer)
}

/// Says what else was written.
pub(super) fn with(mut answer: Answer, member: &str, words: &str, json: Value) -> Answer {
    answer.words.push('\n');
    answer.words.push_str(words);
    if let Some(members) = answer.json.as_object_mut() {
        members.insert(member.into(), json);
    }
    answer
}

pub(super) fn attempt(
    grant: &Jti,
    act: &str,
    incident: Option<&str>,
    actor: &str,
    at: UnixSeconds,
) -> Attempt {
    Attempt {
        at,
        grant: grant.to_string(),
        act: act.to_owned(),
        incident: incident.map(str::to_owned),
        actor: actor.to_owned(),
        code: String::new(),
    }
}

/// A clear no goes into the agency's own record of attempts.
pub(super) fn held<V>(
    result: Result<V, AgencyError>,
    record: &Record,
    attempt: &Attempt,
) -> Result<V, Failure> {
    result.map_err(|error| {
        if !error.is_refusal() {
            return failure(error);
        }
        let refused = Attempt {
            code: error.code().to_owned(),
            ..attempt.clone()
        };
        let written = record.refused(&refused);
        Failure {
            exit: Exit::No,
            ..failure(written.err().unwrap_or(error))
        }
    })
}

/// The values, one line each.
pub(super) fn rows(fields: &serde_json::Map<String, Value>) -> String {
    let rows = fields.iter().map(|(path, value)| {
        let label = path
            .parse::<profile::Path>()
            .map(|path| path.label(Lang::En));
        let value = match value {
            Value::Null => "(nothing written down)".to_owned(),
            value => in_words(value),
        };
        format!("{:<28}  {value}\n", label.unwrap_or(path))
    });
    rows.collect()
}

fn shown(opened: &Opened) -> Answer {
    let fields = &opened.share.fields;
    let index = opened.recorded.receipt.index;
    let retention = duration(&opened.token.claims().consent.retention, Lang::En);
    let words = format!(
        "{}\nOn record as entry {index} of the log; the person is told. Keep it for {retention} at most.",
        rows(fields)
    );
    Answer::yes(
        words,
        json!({
            "grant": opened.token.claims().jti.to_string(),
            "revision": opened.share.revision,
            "issued": opened.share.issued,
            "fields": fields,
            "statement": opened.recorded.jti.to_string(),
            "index": index,
            "retention": opened.token.claims().consent.retention.as_str(),
        }),
    )
}
