//! `assent agency forward` and `receive`: a share handed on to another agency that the consent names, with its
//! documents, each in a file beside the first.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use ::agency::{
    AgencyError, Forwarded, Handover, Named, Online, Opened, Passing, Received, Record, Sought,
    looked_at, may_forward,
};
use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    statement::AgencyAct,
    term::Release,
    token::VerifiedToken,
};
use protocol::HttpTransport;
use serde_json::json;

use super::{
    Common, VerifierArgs,
    documents::{self, DocumentsArgs},
    export, failure, inputs, read,
};
use crate::{
    clock,
    outcome::{Answer, Exit, Failure, Outcome},
};

/// Hand what is shared under a grant on to another agency; the person sees it.
#[derive(clap::Args)]
pub struct ForwardArgs {
    /// The grant's id.
    grant: Jti,
    /// The other agency's id; the consent names it among its recipients.
    #[arg(long, value_name = "URL")]
    to: AgencyId,
    /// Why; the person sees it.
    #[arg(long, value_parser = inputs::words)]
    reason: String,
    /// Who hands it on: a pseudonym that only the agency can resolve.
    #[arg(long, value_parser = inputs::words)]
    actor: String,
    /// The items; all that were read, unless given.
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    data: Vec<String>,
    /// The incident for which it was opened, where it waits for one.
    #[arg(long, value_name = "ID")]
    incident: Option<String>,
    /// The file for the other agency: nobody else can read it. Documents go beside it, a file each.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Open what another agency handed on, and remember by when it is to be deleted.
#[derive(clap::Args)]
pub struct ReceiveArgs {
    /// The other agency's file, with the documents' files beside it.
    file: PathBuf,
    #[command(flatten)]
    documents: DocumentsArgs,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Reads on record, puts the handing on on record, and writes the file.
pub async fn forward(args: ForwardArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    cache.refresh_registry(&client).await.map_err(failure)?;
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let mut record = Record::open(&agency).map_err(failure)?;
    let now = clock::now();
    let attempt = read::attempt(
        &args.grant,
        "forward",
        args.incident.as_deref(),
        &args.actor,
        now,
    );
    let registry = cache
        .registry()
        .ok_or_else(|| failure(AgencyError::NoVerifier))?;
    let token = read::held(line.token_of(&args.grant, now).await, &record, &attempt)?;
    // What cannot be handed on is not read for it.
    let consent = &token.claims().consent;
    let may = may_forward(consent, &args.data, &args.to, registry);
    read::held(may, &record, &attempt)?;
    let opened = again(&line, &record, token, &args, now).await;
    let opened = read::held(opened, &record, &attempt)?;
    read::held(record.read(&opened, now), &record, &attempt)?;
    let passing = Passing {
        to: &args.to,
        paths: args.data,
        actor: args.actor,
        reason: args.reason,
    };
    let forwarded = line.forward(&opened, passing, registry, now).await;
    let forwarded = read::held(forwarded, &record, &attempt)?;
    let documents = reseal(&line, &opened, &forwarded, &args.out).await?;
    // Last: where it is there, all that goes with it is there.
    export::write_private(&args.out, &forwarded.handover.to_bytes())?;
    Ok(handed(&args.grant, &args.to, &args.out, &documents))
}

/// Writes the documents beside the file, each sealed for the other agency.
async fn reseal(
    line: &Online<'_, HttpTransport>,
    opened: &Opened,
    forwarded: &Forwarded,
    out: &Path,
) -> Result<Vec<PathBuf>, Failure> {
    let mut written = Vec::new();
    for named in &forwarded.attachments {
        let path = sealed_beside(out, named);
        let fill = async |file| {
            let what = (forwarded, named);
            let sealed = line.forward_attachment(opened, what, file, clock::now());
            sealed.await.map_err(failure)
        };
        documents::whole(&path, fill).await?;
        written.push(path);
    }
    Ok(written)
}

/// Where a sealed document lies that goes with a file.
fn sealed_beside(file: &Path, named: &Named) -> PathBuf {
    documents::beside(file, &format!(".{}", named.path))
}

fn handed(grant: &Jti, to: &AgencyId, out: &Path, documents: &[PathBuf]) -> Answer {
    let files = [out]
        .into_iter()
        .chain(documents.iter().map(PathBuf::as_path));
    let files: Vec<String> = files.map(|path| path.display().to_string()).collect();
    let words = format!(
        "On record. Hand {} to {to}; nobody else can read what is in it. The person is told.",
        files.join(", ")
    );
    let json = json!({ "grant": grant.to_string(), "to": to, "file": out.display().to_string(), "files": files });
    Answer::yes(words, json)
}

/// Reads what is handed on: under a fresh statement, or under the opening for the incident, whoever opened: the
/// `forward` statement says who hands on, and why.
async fn again(
    line: &Online<'_, HttpTransport>,
    record: &Record,
    token: VerifiedToken,
    args: &ForwardArgs,
    now: UnixSeconds,
) -> Result<Opened, AgencyError> {
    let opened = Sought {
        incident: args.incident.as_deref().unwrap_or_default(),
        actor: None,
        reason: None,
    };
    match (
        token.claims().consent.release,
        record.opening(&args.grant, &opened, now),
    ) {
        (Release::OnIncident, Some(opening)) => {
            let opening = opening.to_owned();
            line.read_again(token, opening, now).await
        }
        (Release::OnIncident, None) => Err(AgencyError::NotOpened),
        (Release::OnGrant, _) => {
            let act = AgencyAct::Access {
                actor: args.actor.clone(),
                reason: args.reason.clone(),
                datatypes: looked_at(&token, &[]),
            };
            line.read(token, act, now).await
        }
    }
}

/// Opens a file, once the status says that the consent holds, and remembers what is owed.
pub async fn receive(args: ReceiveArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, _) = args.verifier.connect(&mut cache).await?;
    cache.refresh_registry(&client).await.map_err(failure)?;
    let unreadable = |error| Failure::file(&args.file, &error);
    let handover = Handover::read(File::open(&args.file).map_err(unreadable)?).map_err(refused)?;
    let now = clock::now();
    let received = handover.receive(&agency, &mut cache, &client, now).await;
    let received = received.map_err(refused)?;
    let claims = received.token.claims();
    let mut record = Record::open(&agency).map_err(failure)?;
    record
        .received(claims.jti, &claims.consent.retention, now)
        .map_err(failure)?;
    let open = async |named: &Named, to: File| {
        let path = sealed_beside(&args.file, named);
        let sealed = File::open(&path).map_err(|error| not_along(&path, &error))?;
        let opened = received.open_attachment(&agency, named, sealed, to);
        opened.map_err(refused)
    };
    let written = documents::all(&args.documents, &received.attachments(), open).await?;
    let answer = shown(&received);
    Ok(match written {
        Some(written) => read::with(answer, "documents", &written.words, written.json),
        None => answer,
    })
}

fn shown(received: &Received) -> Answer {
    let by = &received.statement.iss;
    let fields = &received.share.fields;
    let words = format!(
        "{}\nHanded on by {by}; the person is told.",
        read::rows(fields)
    );
    let grant = received.token.claims().jti.to_string();
    Answer::yes(words, json!({ "grant": grant, "by": by, "fields": fields }))
}

fn not_along(path: &Path, error: &std::io::Error) -> Failure {
    Failure {
        advice: "Ask the agency that handed it on for this file too, and put it beside the other."
            .into(),
        ..Failure::file(path, error)
    }
}

/// What cannot be believed is a no. Whether the consent holds is not known where the verifier cannot be asked.
fn refused(error: AgencyError) -> Failure {
    let told = !matches!(error, AgencyError::Client(_) | AgencyError::File { .. });
    let failure = failure(error);
    match told {
        true => Failure {
            exit: Exit::No,
            ..failure
        },
        false => failure,
    }
}
