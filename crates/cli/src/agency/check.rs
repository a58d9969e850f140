//! `assent agency check`: does this consent hold? Yes, no, or could not tell; never a yes in doubt.

use ::agency::{Ask, Cache, Checker, Identity, Online, OnlineAnswer};
use consent_token::{
    Refusal,
    id::UnixSeconds,
    token::{self, VerifiedToken},
};
use protocol::Version1;
use serde_json::{Map, Value, json};

use super::{Common, VerifierArgs, failure, inputs, words};
use crate::{
    clock,
    outcome::{Answer, Exit, Failure, Outcome},
};

/// Check a consent.
#[derive(clap::Args)]
pub struct Args {
    /// The consent token, a file that holds it, or - for standard input.
    #[arg(value_name = "TOKEN|FILE")]
    token: String,
    /// Judge by what was fetched before; nothing is sent.
    #[arg(long)]
    offline: bool,
    /// The purpose that it is needed for.
    #[arg(long, value_name = "CODE")]
    purpose: Option<String>,
    /// The data that is needed.
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    data: Vec<String>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// What was found out.
enum Verdict {
    Yes(std::sync::Arc<VerifiedToken>),
    No(Option<Refusal>),
    Unknown(Failure),
}

/// Runs the command. Whatever stands in the way of a verdict makes it unknown.
pub async fn run(args: Args) -> Outcome {
    let offline = args.offline;
    match judge(args).await {
        Ok(verdict) => Ok(answer(verdict, offline)),
        Err(fault) if fault.exit == Exit::Usage => Err(fault),
        Err(fault) => Ok(answer(Verdict::Unknown(fault), offline)),
    }
}

async fn judge(args: Args) -> Result<Verdict, Failure> {
    let (agency, mut cache) = super::open(&args.common)?;
    let token = inputs::token(&args.token)?;
    let now = clock::now();
    let paths: Vec<&str> = args.data.iter().map(String::as_str).collect();
    let ask = Ask {
        purpose: args.purpose.as_deref(),
        datatypes: &paths,
    };
    // A slip of the pen must not look like a consent that does not cover it.
    ask.check_terms().map_err(failure)?;
    // What the token says by itself needs nobody else.
    if let Err(refusal) = token::verify(&token, &Version1) {
        return Ok(Verdict::No(Some(refusal)));
    }
    if !args.offline {
        return online(&args.verifier, &agency, &mut cache, &token, now, &ask).await;
    }
    cache.sound().map_err(failure)?;
    let checked = Checker::new(cache.view(&agency, now)).check(&token, now, &ask);
    Ok(match checked {
        Ok(yes) => Verdict::Yes(yes.token),
        Err(refusal) => Verdict::No(Some(refusal)),
    })
}

/// The token is judged here and its status by the verifier; a yes needs both. What is fetched meanwhile
/// serves later checks offline.
async fn online(
    verifier: &VerifierArgs,
    agency: &Identity,
    cache: &mut Cache,
    token: &str,
    now: UnixSeconds,
    ask: &Ask<'_>,
) -> Result<Verdict, Failure> {
    let (client, pins) = verifier.connect(cache).await?;
    cache.refresh_registry(&client).await.map_err(failure)?;
    let held = match Checker::new(cache.view(agency, now)).check_token(token, now, ask) {
        Ok(held) => held,
        Err(refusal) => return Ok(Verdict::No(Some(refusal))),
    };
    let uri = held.claims().status.uri.as_str();
    cache
        .refresh_lists(&client, Some(uri), now)
        .await
        .map_err(failure)?;
    let line = Online::new(agency, &pins, client.clone(), verifier.authentication());
    match line.introspect(token, now).await.map_err(failure)? {
        OnlineAnswer::Yes(_) => Ok(Verdict::Yes(held)),
        OnlineAnswer::No(refusal) => {
            // The no stands, whether or not the list can be had just now.
            let _ = cache.renew_lists(&client, now, now).await;
            Ok(Verdict::No(refusal))
        }
    }
}

fn answer(verdict: Verdict, offline: bool) -> Answer {
    let (exit, verdict, code, words, details) = match verdict {
        Verdict::Yes(token) => (Exit::Yes, "yes", None, held(&token), details(&token)),
        Verdict::No(refusal) => {
            let (why, advice) = refusal.map_or(
                ("The verifier says no, and not why.", "Do not act on it."),
                words::refusal,
            );
            (
                Exit::No,
                "no",
                refusal.map(|r| r.code().to_owned()),
                format!("No. {why} {advice}"),
                Map::new(),
            )
        }
        Verdict::Unknown(fault) => {
            let words = format!(
                "Could not tell, so do not act on it. {}\n{}",
                fault.what, fault.advice
            );
            (
                Exit::Unknown,
                "unknown",
                Some(fault.code),
                words,
                Map::new(),
            )
        }
    };
    let mut json = json!({ "verdict": verdict, "code": code, "offline": offline });
    if let Value::Object(members) = &mut json {
        members.extend(details);
    }
    Answer { exit, words, json }
}

fn held(token: &VerifiedToken) -> String {
    let consent = &token.claims().consent;
    format!(
        "Yes.\nPurposes: {}\nData: {}",
        consent.purposes.join(", "),
        consent.datatypes.join(", ")
    )
}

fn details(token: &VerifiedToken) -> Map<String, Value> {
    let claims = token.claims();
    let consent = &claims.consent;
    let details = json!({
        "grant": claims.jti.to_string(),
        "purposes": consent.purposes,
        "datatypes": consent.datatypes,
        "exp": claims.exp.as_i64(),
    });
    match details {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
