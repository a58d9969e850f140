//! `assent audit …`: checks a verifier's history without trusting it.

mod answers;
mod inputs;

use std::path::PathBuf;

use ::audit::{AuditError, Auditor, Identity, QuestionError, Step, Visit};
use clap::Subcommand;
use consent_token::id::AgencyId;
use indicatif::{ProgressBar, ProgressStyle};
use protocol::{HttpTransport, UnixMillis};
use serde_json::json;

use crate::outcome::{self, Answer, Exit, Failure, Outcome, sentence};
use answers::Seen;

/// Check the verifier's history without trusting it.
#[derive(clap::Args)]
pub struct Args {
    /// The verifier's address; remembered after the first audit.
    #[arg(long, value_name = "URL", global = true, env = "ASSENT_VERIFIER")]
    verifier: Option<String>,
    /// Where the auditor keeps what it saw; by default a folder of yours.
    #[arg(long, value_name = "DIR", global = true, env = "ASSENT_AUDIT_STATE")]
    state: Option<PathBuf>,
    /// The log key, as the operator's `assent-verifier init` printed it; needed the first time.
    #[arg(long, value_name = "VKEY", global = true)]
    log_vkey: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to ask after the audit.
#[derive(Subcommand)]
enum Command {
    /// Was this grant in force at a time? Exit code 0 is yes, 1 is no.
    Grant {
        /// The grant's id.
        grant: String,
        /// A receipt, a tlog-proof, or what `assent wallet show --json` printed.
        #[arg(long, value_name = "FILE")]
        proof: PathBuf,
        /// The time: 2026-11-30T12:00:00Z, a date (its first moment in UTC), or seconds since 1970; now where none is given.
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
    /// How did a status list stand at a time?
    Status {
        /// The list's number.
        #[arg(long, value_name = "N")]
        list: u32,
        /// The time, as for a grant; now where none is given.
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
    /// Make a key to be admitted by the registrar: then a report tells what agencies did, too.
    Init {
        /// The auditor's web address, its name in the registry.
        #[arg(long, value_name = "URL")]
        id: AgencyId,
        /// The auditor's name.
        #[arg(long)]
        name: String,
    },
    /// Write a report: HTML with plots, CSV and JSON.
    Report {
        /// The folder to write to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// Runs the command.
pub async fn run(args: Args, json: bool) -> Outcome {
    if let Some(Command::Init { id, name }) = &args.command {
        return init(&args, id, name).map_err(failure);
    }
    // What was typed is read before anything is sent.
    let now = UnixMillis(jiff::Timestamp::now().as_millisecond());
    let at = match &args.command {
        Some(Command::Grant { at: Some(at), .. } | Command::Status { at: Some(at), .. }) => {
            inputs::time(at)?
        }
        _ => now,
    };
    if at > now {
        return Err(answers::question(QuestionError::NotYet));
    }
    let proof = match &args.command {
        Some(Command::Grant { proof, .. }) => {
            std::fs::read_to_string(proof).map_err(|e| Failure::file(proof, &e))?
        }
        _ => String::new(),
    };
    let (auditor, visit) = visit(&args, now, json).await.map_err(failure)?;
    match args.command {
        None | Some(Command::Init { .. }) => Ok(answers::audit(&visit)),
        Some(Command::Grant { grant, .. }) => answers::grant(&visit, &grant, &proof, at),
        Some(Command::Status { list, .. }) => answers::status(&visit, list, at),
        Some(Command::Report { out }) => {
            let identity =
                Identity::open(&state(&args.state).map_err(failure)?).map_err(failure)?;
            let seen = match identity {
                Some(identity) => match auditor.conduct(&visit, &identity).await {
                    Ok(conduct) => Seen::Conduct(Box::new(conduct)),
                    Err(AuditError::NotAdmitted) => Seen::LogUntilAdmitted,
                    Err(error) => return Err(failure(error)),
                },
                None => Seen::Log,
            };
            answers::report(&visit, seen, &out)
        }
    }
}

fn init(args: &Args, id: &AgencyId, name: &str) -> Result<Answer, AuditError> {
    let entry = Identity::create(&state(&args.state)?, id.clone(), name)?;
    let shown = entry.display().to_string();
    let words = format!(
        "The key is made. Hand {shown} to the registrar, who admits you: assent-verifier auditor add FILE.\n"
    );
    Ok(Answer::yes(words, json!({ "entry": shown })))
}

fn state(named: &Option<PathBuf>) -> Result<PathBuf, AuditError> {
    named.clone().map_or_else(inputs::default_state, Ok)
}

async fn visit(
    args: &Args,
    now: UnixMillis,
    json: bool,
) -> Result<(Auditor<HttpTransport>, Visit), AuditError> {
    let state = state(&args.state)?;
    let transport = HttpTransport::new()?;
    let mut auditor = Auditor::open(
        &state,
        // A variable that is set to nothing names nothing.
        args.verifier.as_deref().filter(|url| !url.is_empty()),
        args.log_vkey.as_deref(),
        transport,
    )?;
    let bar = if json {
        ProgressBar::hidden()
    } else {
        ProgressBar::no_length()
    };
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}") {
        bar.set_style(style);
    }
    let visit = auditor.visit(now, &|step| show(&bar, step)).await;
    bar.finish_and_clear();
    Ok((auditor, visit?))
}

fn show(bar: &ProgressBar, step: Step) {
    let (message, done, of) = match step {
        Step::Entries { done, of } => ("Reading entries", done, of),
        Step::Tiles { done, of } => ("Comparing tiles", done, of),
        Step::Lists { done, of } => ("Comparing lists", done, of),
        _ => return,
    };
    bar.set_message(message);
    bar.set_length(of);
    bar.set_position(done);
}

/// Why it could not be told, in two lines.
fn failure(error: AuditError) -> Failure {
    let (exit, advice) = match &error {
        AuditError::NoKey => (
            Exit::Usage,
            "Give it with --log-vkey. The operator's `assent-verifier init` printed it; get it from the operator or from others \
             who pinned it, never from the verifier that is audited.",
        ),
        AuditError::NoVerifier => (Exit::Usage, "Name it with --verifier URL."),
        AuditError::BadKey(_) => (
            Exit::Usage,
            "Copy the whole line: name, id and key, with + between them.",
        ),
        AuditError::OtherVerifier(_) => (Exit::Usage, "Name another folder with --state."),
        AuditError::OtherKey(_) => (
            Exit::Usage,
            "Find out why the operator's key changed before you go on. To audit with the other key, name another folder with --state.",
        ),
        AuditError::NotAdmitted => (
            Exit::Unknown,
            "Hand auditor-entry.json in the state folder to the registrar: assent-verifier auditor add FILE.",
        ),
        AuditError::InUse(_) => (Exit::Unknown, "Wait until the other audit has ended."),
        AuditError::File { path, kind } => {
            let what =
                outcome::kind_in_words(*kind).map_or_else(|| kind.to_string(), str::to_owned);
            let advice = outcome::file_advice(*kind);
            return Failure::new(
                Exit::Unknown,
                error.code(),
                format!("{path}: {what}."),
                advice,
            );
        }
        AuditError::Damaged(_) => (
            Exit::Unknown,
            "Restore the folder, or start with a fresh one and the pinned key.",
        ),
        AuditError::NotAVerifier(_) => (Exit::Unknown, "Check the address."),
        _ => (Exit::Unknown, "Check the network and try again."),
    };
    Failure::new(exit, error.code(), sentence(&error.to_string()), advice)
}
