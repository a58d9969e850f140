//! `assent agency offer`: help, and the rule that says whom it is for.

use std::{collections::BTreeMap, fs, path::PathBuf};

use ::agency::{Help, Online};
use consent_token::term::Language;
use profile::{Lang, rule::Rule};
use serde_json::{Value, json};

use super::{VerifierArgs, failure, inputs, request};
use crate::{
    clock,
    outcome::{Answer, Failure, Outcome},
};

/// Offer help.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// A short name: LANG=TEXT; once for each language.
    #[arg(long, value_name = "LANG=TEXT", required = true)]
    title: Vec<String>,
    /// What help it is: LANG=TEXT; once for each language.
    #[arg(long, value_name = "LANG=TEXT", required = true)]
    text: Vec<String>,
    /// The rule that says whom it is for: a JSON file.
    #[arg(long = "for", value_name = "RULE.json")]
    rule: PathBuf,
    /// How long the offer stands: a date, or a duration such as P30D; at most 90 days.
    #[arg(long, value_name = "DATE", default_value = "P30D")]
    stands: String,
    #[command(flatten)]
    request: request::Args,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Signs the offer and publishes it.
pub async fn run(args: Args) -> Outcome {
    let (agency, mut cache) = super::open(&args.request.common)?;
    let now = clock::now();
    let stands = inputs::until(&args.stands, now)?;
    let help = Help {
        title: texts(&args.title)?,
        text: texts(&args.text)?,
        rule: rule(&args.rule)?,
        until: stands.after(now).unwrap_or(now),
    };
    let explained = help.rule.explain(Lang::En);
    let terms = args.request.terms(&agency, &cache, now)?;
    let (offer, signed) = help.sign(&agency, terms, now).map_err(failure)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let offered = line.offer(&signed).await.map_err(failure)?;
    Ok(Answer::yes(
        format!("Offered to people who {explained}. Who accepts, grants; nobody else is known."),
        json!({ "offer": offered.offer.to_string(), "exp": offer.exp.as_i64(), "jws": signed }),
    ))
}

fn rule(path: &PathBuf) -> Result<Rule, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    Rule::parse(&value).map_err(|error| {
        Failure::usage(
            format!("{}: {error}.", path.display()),
            "See docs/spec/offers.md for the rules that wallets know.",
        )
    })
}

fn texts(arguments: &[String]) -> Result<BTreeMap<Language, String>, Failure> {
    let text = |argument: &String| {
        let parts = argument.split_once('=');
        let read = parts.and_then(|(lang, text)| Some((lang.parse().ok()?, text.to_owned())));
        read.ok_or_else(|| {
            Failure::usage(
                format!("{argument} does not begin with a language."),
                "Write it as LANG=TEXT, such as en=\"Help in the heat\".",
            )
        })
    };
    arguments.iter().map(text).collect()
}
