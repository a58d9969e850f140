//! `assent demo`: the whole story in one go, with real processes over real HTTP. It ends with 0 only if
//! every step held.

mod audit;
mod care;
pub(crate) mod county;
mod emergency;
mod offer;
mod opening;
mod request;
pub(crate) mod stage;
mod street;
mod visit;

use std::time::Instant;

use serde_json::{Value, json};

use crate::{
    outcome::{Answer, Exit, Failure, Outcome},
    print,
    stop::Stop,
};
use stage::{Said, Stage, step_failed};

/// How to play.
#[derive(clap::Args)]
pub struct Args {
    /// Leave the verifier up at the end, until Ctrl-C.
    #[arg(long)]
    stay: bool,
}

/// Plays the story.
pub async fn run(args: Args, json: bool) -> Outcome {
    let folder = std::env::temp_dir().join(format!("assent-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
    let mut stop = Stop::listen();
    let mut story = Story {
        stage: Stage::new(&folder)?,
        json,
        steps: 0,
        started: Instant::now(),
    };
    let curtain = story.stage.curtain();
    let playing = tokio::task::spawn_blocking(move || (story.play(), story));
    tokio::pin!(playing);
    let (played, stopped) = tokio::select! {
        played = &mut playing => (played, false),
        () = stop.asked() => {
            // Nothing is started any more; what runs ends, and then nobody writes into the folder.
            curtain.fall();
            (playing.await, true)
        }
    };
    let (outcome, story) =
        played.map_err(|_| step_failed("the story is played to its end", "it stopped"))?;
    if outcome.is_ok() && args.stay && !stopped {
        story.tell(&format!(
            "The verifier stays at {}. Its folder: {}. Stop it with Ctrl-C.",
            story.stage.url,
            folder.display()
        ));
        stop.asked().await;
    }
    drop(story);
    // A failed story leaves its folder for whoever looks into it.
    if outcome.is_ok() || stopped {
        std::fs::remove_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
    }
    if stopped {
        let what = "The demo was stopped before its end.";
        return Err(Failure::new(
            Exit::Unknown,
            "stopped",
            what,
            "Nothing of it is left.",
        ));
    }
    outcome
}

struct Story {
    stage: Stage,
    json: bool,
    steps: usize,
    started: Instant,
}

impl Story {
    fn play(&mut self) -> Outcome {
        let vkey = self.open_the_county()?;
        self.fill_three_wallets()?;
        let grant = self.ask_and_grant()?;
        let token = self.check_yes(&grant)?;
        self.read_on_record(&grant)?;
        let plan = self.care_plan()?;
        self.hand_on(&plan)?;
        let circle = self.grant_to_the_circle()?;
        self.emergency(&circle)?;
        self.offer_in_the_heat()?;
        self.kill_and_restart()?;
        self.pause_and_resume(&token, &grant)?;
        self.take_back(&token, &grant)?;
        self.restore_an_old_backup(&token, &grant)?;
        self.take_the_circle_back(&circle)?;
        self.plan_is_over(&plan)?;
        self.audit(&vkey, &grant)?;
        let seconds = self.started.elapsed().as_secs();
        let words = format!(
            "Every one of {} steps held, in {seconds} seconds.",
            self.steps
        );
        Ok(Answer {
            exit: Exit::Yes,
            words,
            json: json!({ "ok": true, "steps": self.steps }),
        })
    }

    fn chapter(&self, title: &str) {
        self.tell(&format!("\n{title}"));
    }

    fn tell(&self, words: &str) {
        if !self.json {
            // Where it cannot be written, the answer at the end cannot either, and says so.
            let _ = print::words(words);
        }
    }

    /// A step that must end with `exit`.
    fn hold(&mut self, step: &str, said: &Said, exit: i32) -> Result<(), Failure> {
        self.expect(step, said.exit == exit, said)
    }

    fn expect(&mut self, step: &str, held: bool, said: &Said) -> Result<(), Failure> {
        if !held {
            return Err(step_failed(step, &said.text));
        }
        self.steps += 1;
        self.tell(&format!("  ✓ {step}"));
        Ok(())
    }

    fn verdict(
        &mut self,
        step: &str,
        said: &Said,
        verdict: &str,
        code: Option<&str>,
    ) -> Result<(), Failure> {
        let same = text(&said.json, "verdict") == verdict;
        let named = code.is_none_or(|code| text(&said.json, "code") == code);
        self.expect(step, same && named, said)
    }
}

/// The kind of the service that forgets to delete.
const LATE: &str = "council";

/// A text member, or nothing.
fn text(value: &Value, member: &str) -> String {
    value
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
