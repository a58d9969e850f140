//! `assent agency watch`: follows every change of the agency's grants, acts on it and says so.

use ::agency::{AgencyError, Cache, Events, Locators, Online, Reaction, Record};
use consent_token::id::Jti;
use protocol::{HttpTransport, VerifierClient, api::AgencyEvent, client::Until};
use serde_json::json;

use super::{Common, VerifierArgs, again, failure, wait};
use crate::{
    clock,
    outcome::{Answer, Exit, Failure, Outcome},
    print,
    stop::Stop,
};

/// Follow every change of the consents given to the agency, and act on it. With --json one object a line.
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

/// Why following ended.
enum Ended {
    Agency(AgencyError),
    /// Nobody can be told what changed.
    Unsaid(Failure),
}

impl From<AgencyError> for Ended {
    fn from(error: AgencyError) -> Self {
        Ended::Agency(error)
    }
}

impl From<Ended> for Failure {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Agency(error) => failure(error),
            Ended::Unsaid(failure) => failure,
        }
    }
}

/// Runs the command, until it is stopped unless it is to end by itself.
pub async fn run(args: Args, json: bool) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let alone = (!args.once).then(|| agency.follow_alone()).transpose();
    let _alone = alone.map_err(failure)?;
    let mut stop = Stop::listen();
    let connected = match args.once {
        true => Some(args.verifier.connect(&mut cache).await?),
        false => args.verifier.connect_at_last(&mut cache, &mut stop).await?,
    };
    let Some((client, pins)) = connected else {
        return Ok(Answer::said(Exit::Yes));
    };
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
        watching.catch_up().await?;
    } else {
        tokio::select! {
            ended = watching.follow() => ended?,
            () = stop.asked() => {}
        }
    }
    let words = match watching.changes {
        0 => "Nothing new.".to_owned(),
        _ => String::new(),
    };
    Ok(Answer::yes(words, json!({ "changes": watching.changes })))
}

impl Watching<'_> {
    async fn catch_up(&mut self) -> Result<(), Ended> {
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
                Err(error) => Err(error.into()),
            };
            if self.changes > before {
                attempt = 0;
            }
            match followed {
                Ok(()) => wait(attempt).await,
                Err(Ended::Agency(error)) if error.is_passing() => again(&error, attempt).await,
                Err(ended) => return Err(ended.into()),
            }
            attempt += 1;
        }
    }

    async fn deal_with(&mut self, mut events: Events) -> Result<(), Ended> {
        while let Some(event) = events.next().await? {
            let (changed, now) = (event.at.as_seconds(), clock::now());
            // Before it counts as dealt with: what could not be fetched comes again with the change.
            self.cache.renew_lists(&self.client, changed, now).await?;
            let own = (&mut self.record, &mut self.locators);
            let reaction = self.line.react(&event, own, now).await?;
            self.changes += 1;
            self.tell(&event, reaction).map_err(Ended::Unsaid)?;
        }
        Ok(())
    }

    fn tell(&self, event: &AgencyEvent, reaction: Reaction) -> Result<(), Failure> {
        if self.json {
            let line = json!({
                "index": event.index, "at": event.at, "grant": event.grant.to_string(),
                "act": event.act, "status": event.status, "reaction": reaction,
            });
            print::json(&line)
        } else {
            print::words(&in_words(event.grant, &event.act, reaction))
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
