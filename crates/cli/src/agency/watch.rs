//! `assent agency watch`: follows every change of the agency's grants, acts on it and says so.

#![allow(clippy::print_stdout, reason = "each change is told when it happens")]

use ::agency::{AgencyError, Cache, Events, Locators, Online, Reaction, Record, wait_before};
use consent_token::id::Jti;
use protocol::{HttpTransport, VerifierClient, api::AgencyEvent, client::Until};
use serde_json::json;

use super::{Common, VerifierArgs, failure};
use crate::{
    clock,
    outcome::{Answer, Failure, Outcome},
};

/// Follow every change of the consents given to the agency, and act on it.
#[derive(clap::Args)]
pub struct Args {
    /// End once every change that there is was dealt with.
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

struct Watching<'a> {
    line: Online<'a, HttpTransport>,
    client: VerifierClient<HttpTransport>,
    cache: Cache,
    record: Record,
    locators: Locators,
    json: bool,
    changes: usize,
}

/// Runs the command, until Ctrl-C unless it is to end.
pub async fn run(args: Args, json: bool) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    let mut watching = Watching {
        line: Online::new(
            &agency,
            &pins,
            client.clone(),
            args.verifier.authentication(),
        ),
        client,
        cache,
        record: Record::open(&agency).map_err(failure)?,
        locators: Locators::open(&agency).map_err(failure)?,
        json,
        changes: 0,
    };
    if args.once {
        watching.catch_up().await.map_err(failure)?;
    } else {
        let _alone = agency.follow_alone().map_err(failure)?;
        tokio::select! {
            stopped = watching.follow() => stopped?,
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    let words = match watching.changes {
        0 => "Nothing new.".to_owned(),
        _ => String::new(),
    };
    Ok(Answer::yes(words, json!({ "changes": watching.changes })))
}

impl Watching<'_> {
    async fn catch_up(&mut self) -> Result<(), AgencyError> {
        let events = self
            .line
            .events(&self.record, Until::Now, clock::now())
            .await?;
        self.deal_with(events).await
    }

    /// Comes back after every cut, where it was.
    async fn follow(&mut self) -> Result<(), Failure> {
        let mut attempt = 0;
        loop {
            let before = self.changes;
            let followed = match self
                .line
                .events(&self.record, Until::Stopped, clock::now())
                .await
            {
                Ok(events) => self.deal_with(events).await,
                Err(error) => Err(error),
            };
            match followed {
                Err(error) if error.is_refusal() => return Err(failure(error)),
                Err(AgencyError::Client(_)) | Ok(()) => {}
                Err(error) => return Err(failure(error)),
            }
            attempt = if self.changes > before {
                0
            } else {
                attempt + 1
            };
            let mut wait = tokio::time::interval(wait_before(attempt));
            wait.tick().await;
            wait.tick().await;
        }
    }

    async fn deal_with(&mut self, mut events: Events) -> Result<(), AgencyError> {
        while let Some(event) = events.next().await? {
            let (changed, now) = (event.at.as_seconds(), clock::now());
            // Before it counts as dealt with: what could not be fetched comes again with the change.
            self.cache.renew_lists(&self.client, changed, now).await?;
            let own = (&mut self.record, &mut self.locators);
            let reaction = self.line.react(&event, own, now).await?;
            self.changes += 1;
            self.tell(&event, reaction);
        }
        Ok(())
    }

    fn tell(&self, event: &AgencyEvent, reaction: Reaction) {
        if self.json {
            let line = json!({
                "index": event.index, "at": event.at, "grant": event.grant.to_string(),
                "act": event.act, "status": event.status, "reaction": reaction,
            });
            println!("{line}");
        } else {
            println!("{}", in_words(event.grant, &event.act, reaction));
        }
    }
}

fn in_words(grant: Jti, act: &str, reaction: Reaction) -> String {
    let what = match act {
        "grant" => "a new consent",
        "share" => "the data changed; they can be read",
        "suspend" => "paused",
        "resume" => "the pause is over",
        "revoke" => "taken back: delete what was read under it",
        "erase-request" => "the person asks you to delete what was read",
        other => other,
    };
    let done = match reaction {
        Reaction::Noted => "",
        Reaction::Acknowledged => " (local copies gone, acknowledged)",
        Reaction::Withheld => " (local copies withheld)",
    };
    format!("{grant}  {what}{done}")
}
