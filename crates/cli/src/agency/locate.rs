//! `assent agency locate`, `obligations`, `review` and `case`: who may be calling, what is owed, the second
//! look at an opening, and who serves a case too.

use ::agency::{Call, Locators, Online, Record};
use ::wallet::words::day;
use consent_token::{
    id::Jti,
    statement::{AgencyAct, Statement, UnverifiedStatement},
    term::{Finding, IsoDuration},
};
use profile::Lang;
use serde_json::json;

use super::{Common, VerifierArgs, failure, inputs};
use crate::{
    clock,
    outcome::{Answer, Exit, Failure, Outcome},
};

/// Find the consents of whoever calls, in the agency's own index; nothing is sent.
#[derive(clap::Args)]
#[group(id = "call", required = true, multiple = false)]
pub struct LocateArgs {
    /// The caller's number.
    #[arg(long, group = "call")]
    phone: Option<String>,
    /// The place, as it was understood; typing errors are forgiven, wrong numbers are not.
    #[arg(long, group = "call")]
    address: Option<String>,
    /// Tell only how many people there may need help.
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    common: Common,
}

/// List what is to be deleted, and by when.
#[derive(clap::Args)]
pub struct ObligationsArgs {
    #[command(flatten)]
    common: Common,
}

/// Record what a second person found about an opening.
#[derive(clap::Args)]
pub struct ReviewArgs {
    /// The grant's id.
    grant: Jti,
    /// The opening: the id of its statement.
    #[arg(long, value_name = "STATEMENT")]
    of: Jti,
    /// The second person: a pseudonym that only the agency can resolve.
    #[arg(long, value_parser = inputs::words)]
    actor: String,
    /// justified, unjustified or inconclusive.
    #[arg(long)]
    finding: Finding,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Show who else serves a case of a circle.
#[derive(clap::Args)]
pub struct CaseArgs {
    /// The case's id.
    case: Jti,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Finds callers.
pub fn locate(args: LocateArgs) -> Outcome {
    let (agency, _) = super::open(&args.common)?;
    let locators = Locators::open(&agency).map_err(failure)?;
    let call = match (&args.phone, &args.address) {
        (Some(number), _) => Call::Phone(number),
        (None, address) => Call::Address(address.as_deref().unwrap_or_default()),
    };
    let now = clock::now();
    let people = locators.count(call, now);
    let exit = if people == 0 { Exit::No } else { Exit::Yes };
    if args.count {
        let words = format!("{people} who may need help.");
        return Ok(Answer {
            exit,
            words,
            json: json!({ "people": people }),
        });
    }
    let found = locators.find(call, now);
    let lines = found
        .iter()
        .map(|one| format!("{}  {:.0} %  by {}\n", one.grant, one.score * 100.0, one.by));
    let words = match found.is_empty() {
        true => "Nobody who allowed it is known there.".to_owned(),
        false => lines.collect(),
    };
    Ok(Answer {
        exit,
        words,
        json: json!({ "people": people, "matches": found }),
    })
}

/// Lists what is owed; exit code 1 where something is overdue.
pub fn obligations(args: ObligationsArgs) -> Outcome {
    let (agency, _) = super::open(&args.common)?;
    let record = Record::open(&agency).map_err(failure)?;
    let promised = agency.entry().agency.obligations.as_ref();
    let within: IsoDuration = promised
        .map_or("P30D", |promised| promised.erase_within.as_str())
        .parse()
        .map_err(|_| failure(::agency::AgencyError::Damaged("registry-entry.json".into())))?;
    let owed = record.obligations(&within, clock::now());
    let lines = owed.iter().map(|one| {
        let late = if one.overdue { "  OVERDUE" } else { "" };
        format!(
            "{}  delete by {}  ({}){late}\n",
            one.grant,
            day(one.due, Lang::En),
            one.because
        )
    });
    let words = match owed.is_empty() {
        true => "Nothing is owed.".to_owned(),
        false => lines.collect(),
    };
    let exit = if owed.iter().any(|one| one.overdue) {
        Exit::No
    } else {
        Exit::Yes
    };
    Ok(Answer {
        exit,
        words,
        json: json!({ "obligations": owed }),
    })
}

/// Records a review by somebody else than who opened.
pub async fn review(args: ReviewArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    let now = clock::now();
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let history = line.history_of(&args.grant, now).await.map_err(failure)?;
    let opened_by = history.iter().find_map(|jws| {
        let statement = UnverifiedStatement::parse(jws).ok()?;
        match statement.statement() {
            Statement::Agency(agency) if agency.jti == args.of => match &agency.act {
                AgencyAct::Open { actor, .. } => Some(actor.clone()),
                _ => None,
            },
            _ => None,
        }
    });
    let Some(opened_by) = opened_by else {
        return Err(Failure::new(
            Exit::No,
            "no_opening",
            "There is no such opening under this grant.",
            "Give the id of an open statement with --of.",
        ));
    };
    if opened_by == args.actor {
        return Err(Failure::new(
            Exit::No,
            "same_person",
            "Who opened cannot review the opening.",
            "Have a second person look at it.",
        ));
    }
    let act = AgencyAct::Review {
        of: args.of,
        actor: args.actor,
        finding: args.finding,
    };
    let recorded = line.state(args.grant, act, now).await.map_err(failure)?;
    let index = recorded.receipt.index;
    Ok(Answer::yes(
        format!("Recorded as entry {index} of the log. The person sees it."),
        json!({ "statement": recorded.jti.to_string(), "index": index }),
    ))
}

/// Shows a case's members.
pub async fn case(args: CaseArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let case = line
        .case(&args.case, None, clock::now())
        .await
        .map_err(failure)?;
    let lines = case
        .members
        .iter()
        .map(|one| format!("tier {}  {:<10}  {}\n", one.tier, one.state, one.agency));
    Ok(Answer::yes(lines.collect::<String>(), json!(case)))
}
