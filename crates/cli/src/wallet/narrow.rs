//! `narrow`: less data, or an earlier end, in place of a consent that is in force.

use ::wallet::{Choice, State};
use clap::Args;
use serde_json::json;

use super::{
    data,
    desk::{Desk, busy},
    grant, words,
};
use crate::outcome::{Answer, Outcome};

#[derive(Args)]
pub(crate) struct NarrowArgs {
    /// The consent's id, or its first letters.
    grant: String,
    /// Leave an item out from now on; can be given several times.
    #[arg(long, value_name = "PATH", required_unless_present = "until")]
    without: Vec<String>,
    /// An earlier last day, as 2027-12-31, or a moment, as 2027-12-31T18:00:00Z.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

/// Signs the narrower consent and sends it if the verifier can be reached; the wider one ends with it.
pub(crate) async fn run(desk: &mut Desk, args: &NarrowArgs) -> Outcome {
    let without: Result<Vec<_>, _> = args.without.iter().map(|path| data::parse(path)).collect();
    let choice = Choice {
        without: without?,
        ends_at: args.until.as_deref().map(grant::until).transpose()?,
    };
    let (old, line) = (desk.wallet.grant_called(&args.grant)?.id, desk.line()?);
    let new = desk.wallet.narrow_online(&line, &old, &choice).await?;
    let busy = busy("Putting the narrower consent in its place …");
    let summary = desk.wallet.send(&line).await;
    busy.finish_and_clear();
    let summary = summary?;
    let (mut sent, mut shared) = (summary.sent, summary.shared);
    sent.retain(|sent| sent.grant == new.id || sent.grant == old);
    shared.retain(|shared| shared.grant == new.id);
    let answer = grant::answer(desk, &[], std::slice::from_ref(&new), (&sent, &shared))?;
    let (replaced, now) = (
        desk.wallet.grant_called(&old.to_string())?,
        desk.wallet.now(),
    );
    let told = match replaced.state(now) {
        State::Revoked => "The wider consent is stopped.".to_owned(),
        _ => format!("The wider consent: {}.", words::state(&replaced, now)),
    };
    let mut json = answer.json;
    if let Some(object) = json.as_object_mut() {
        let state = replaced.state(now);
        object.insert("replaces".into(), json!({ "grant": old, "state": state }));
    }
    Ok(Answer {
        exit: answer.exit,
        words: format!("{}{told}\n", answer.words),
        json,
    })
}
