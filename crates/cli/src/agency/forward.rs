//! `assent agency forward` and `receive`: a share handed on to another agency that the consent names.

use std::path::PathBuf;

use ::agency::{AgencyError, Handover, Online, Opened, Passing, Record, looked_at};
use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    statement::AgencyAct,
    term::Release,
};
use protocol::HttpTransport;
use serde_json::json;

use super::{Common, VerifierArgs, export, failure, read};
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
    #[arg(long)]
    reason: String,
    /// Who hands it on: a pseudonym that only the agency can resolve.
    #[arg(long)]
    actor: String,
    /// The items; all that were read, unless given.
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    data: Vec<String>,
    /// The incident for which it was opened, where it waits for one.
    #[arg(long, value_name = "ID")]
    incident: Option<String>,
    /// The file for the other agency: nobody else can read it.
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
    /// The other agency's file.
    file: PathBuf,
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
    let opened = read::held(again(&line, &record, &args, now).await, &record, &attempt)?;
    read::keep(&mut record, &opened, now)?;
    let registry = cache
        .registry()
        .ok_or_else(|| failure(AgencyError::NoVerifier))?;
    let passing = Passing {
        to: &args.to,
        paths: args.data,
        actor: args.actor,
        reason: args.reason,
    };
    let handover = line.forward(&opened, passing, registry, now).await;
    let handover = read::held(handover, &record, &attempt)?;
    export::write_private(&args.out, &handover.to_bytes())?;
    let shown = args.out.display().to_string();
    Ok(Answer::yes(
        format!(
            "On record. Hand {shown} to {}; nobody else can read it. The person is told.",
            args.to
        ),
        json!({ "grant": args.grant.to_string(), "to": args.to, "file": shown }),
    ))
}

/// Reads what is handed on: under a fresh statement, or under the opening for the incident.
async fn again(
    line: &Online<'_, HttpTransport>,
    record: &Record,
    args: &ForwardArgs,
    now: UnixSeconds,
) -> Result<Opened, AgencyError> {
    let token = line.token_of(&args.grant, now).await?;
    let incident = args.incident.as_deref().unwrap_or_default();
    match (
        token.claims().consent.release,
        record.opening(&args.grant, incident, now),
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

/// Opens a file, and remembers what is owed.
pub async fn receive(args: ReceiveArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    cache.refresh_registry(&client).await.map_err(failure)?;
    let registry = cache
        .registry()
        .ok_or_else(|| failure(AgencyError::NoVerifier))?;
    let bytes = std::fs::read(&args.file).map_err(|error| Failure::file(&args.file, &error))?;
    let opened =
        Handover::parse(&bytes).and_then(|handover| handover.open(&agency, &pins, registry));
    let received = opened.map_err(refused)?;
    let claims = received.token.claims();
    let mut record = Record::open(&agency).map_err(failure)?;
    record
        .read(claims.jti, &claims.consent.retention, clock::now())
        .map_err(failure)?;
    let by = &received.statement.iss;
    let fields = &received.share.fields;
    let words = format!(
        "{}\nHanded on by {by}; the person is told.",
        read::rows(fields)
    );
    Ok(Answer::yes(
        words,
        json!({ "grant": claims.jti.to_string(), "by": by, "fields": fields }),
    ))
}

/// What cannot be believed is a no.
fn refused(error: AgencyError) -> Failure {
    Failure {
        exit: Exit::No,
        ..failure(error)
    }
}
