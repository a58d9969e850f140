//! `assent agency push`: hands every change on to a system of the agency's own, as security event tokens.

use ::agency::{AgencyError, Events, Online, Pushed, Receiver};
use protocol::{
    HttpTransport,
    api::AgencyEvent,
    client::{PushError, Until},
};
use serde_json::json;

use super::{Common, VerifierArgs, again, failure, wait};
use crate::{
    clock,
    outcome::{Answer, Exit, Failure, Outcome},
    print,
    stop::Stop,
};

/// Attempts for one change before `--once` gives up: some seconds.
const ATTEMPTS_ONCE: u32 = 4;

/// Hand every change on to a system of yours, as a security event token (RFC 8417) by HTTP (RFC 8935). With --json one object a line.
#[derive(clap::Args)]
pub struct Args {
    /// Where the tokens are posted: https, or plain http on this computer.
    #[arg(long, value_name = "URL")]
    to: String,
    /// Whom the tokens are for (`aud`); the address, unless given.
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    /// End once every change that there is was taken.
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

struct Pushing<'a> {
    line: Online<'a, HttpTransport>,
    receiver: Receiver,
    once: bool,
    json: bool,
    taken: usize,
}

/// Runs the command, until it is stopped unless it is to end by itself.
pub async fn run(args: Args, json: bool) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let receiver = Receiver::open(&agency, &args.to, args.audience.as_deref()).map_err(failure)?;
    let mut stop = Stop::listen();
    let connected = match args.once {
        true => Some(args.verifier.connect(&mut cache).await?),
        false => args.verifier.connect_at_last(&mut cache, &mut stop).await?,
    };
    let Some((client, pins)) = connected else {
        return Ok(Answer::said(Exit::Yes));
    };
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let mut pushing = Pushing {
        line,
        receiver,
        once: args.once,
        json,
        taken: 0,
    };
    if args.once {
        let events = pushing.events(Until::Now).await.map_err(failure)?;
        pushing.all(events).await?;
    } else {
        tokio::select! {
            ended = pushing.follow() => ended?,
            () = stop.asked() => {}
        }
    }
    let words = match pushing.taken {
        0 => "Nothing new.".to_owned(),
        _ => String::new(),
    };
    Ok(Answer::yes(words, json!({ "taken": pushing.taken })))
}

impl Pushing<'_> {
    async fn events(&self, until: Until) -> Result<Events, AgencyError> {
        self.line
            .events_for(&self.receiver, until, clock::now())
            .await
    }

    /// Comes back after every cut, where the receiver was.
    async fn follow(&mut self) -> Result<(), Failure> {
        let mut attempt = 0;
        loop {
            let before = self.taken;
            match self.events(Until::Stopped).await {
                Ok(events) => {
                    self.all(events).await?;
                    attempt = if self.taken > before { 0 } else { attempt };
                    wait(attempt).await;
                }
                Err(error) if error.is_passing() => again(&error, attempt).await,
                Err(error) => return Err(failure(error)),
            }
            attempt += 1;
        }
    }

    async fn all(&mut self, mut events: Events) -> Result<(), Failure> {
        while let Some(event) = events.next().await.map_err(failure)? {
            self.one(&event).await?;
            self.taken += 1;
            if self.json {
                print::json(
                    &json!({ "index": event.index, "act": event.act, "grant": event.grant.to_string() }),
                )?;
            } else {
                print::words(&format!("{}  {} handed on", event.grant, event.act))?;
            }
        }
        Ok(())
    }

    /// One change, again and again with growing delays until it is taken: the ones behind it wait.
    async fn one(&mut self, event: &AgencyEvent) -> Result<(), Failure> {
        for attempt in 0.. {
            match self
                .line
                .push(&mut self.receiver, event, clock::now())
                .await
                .map_err(failure)?
            {
                Pushed::Taken => break,
                Pushed::Again(error) if self.once && attempt + 1 >= ATTEMPTS_ONCE => {
                    return Err(not_taken(&error));
                }
                Pushed::Again(error) => {
                    print::aside(&format!("Not taken yet: {error}. It is sent again."));
                    wait(attempt).await;
                }
            }
        }
        Ok(())
    }
}

fn not_taken(error: &PushError) -> Failure {
    Failure::new(
        Exit::Unknown,
        "not_taken",
        format!("The receiver did not take a change: {error}."),
        "Start it, or look at its log. Nothing is lost: run the command again.",
    )
}
