//! `assent demo`: the whole story in one go, with real processes over real HTTP. It ends with 0 only if
//! every step held.

#![allow(clippy::print_stdout, reason = "the story is told while it happens")]

mod care;
pub(crate) mod county;
mod emergency;
mod offer;
pub(crate) mod stage;

use std::{path::Path, time::Instant};

use serde_json::{Value, json};

use crate::outcome::{Answer, Exit, Failure, Outcome};
use emergency::Member;
use stage::{Said, Stage, said, step_failed};

/// How to play.
#[derive(clap::Args)]
pub struct Args {
    /// Leave the verifier up at the end, until Ctrl-C.
    #[arg(long)]
    stay: bool,
}

/// People whose consents are on their way when the verifier is killed.
const IN_FLIGHT: usize = 6;

/// A consent that nobody asked for: the person offers it.
const DIRECT_GRANT: [&str; 9] = [
    "grant",
    "--agency",
    "https://council.cwmderw.example",
    "--purpose",
    "priority-services",
    "--data",
    "identity.name",
    "--until",
    "2030-01-01",
];

/// Plays the story.
pub async fn run(args: Args, json: bool) -> Outcome {
    let folder = std::env::temp_dir().join(format!("assent-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
    let mut story = Story {
        stage: Stage::new(&folder)?,
        json,
        steps: 0,
        started: Instant::now(),
    };
    let outcome = story.play();
    if outcome.is_ok() && args.stay {
        story.tell(&format!(
            "The verifier stays at {}. Its folder: {}. Stop it with Ctrl-C.",
            story.stage.url,
            folder.display()
        ));
        story.stage.wait();
    }
    drop(story);
    // A failed story leaves its folder for whoever looks into it.
    if outcome.is_ok() {
        std::fs::remove_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
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
        self.care_plan()?;
        let circle = self.grant_to_the_circle()?;
        self.emergency(&circle)?;
        self.offer_in_the_heat()?;
        self.kill_and_restart()?;
        self.pause_and_resume(&token, &grant)?;
        self.take_back(&token, &grant)?;
        self.restore_an_old_backup(&token, &grant)?;
        self.take_the_circle_back(&circle)?;
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

    fn open_the_county(&mut self) -> Result<String, Failure> {
        self.chapter("The county opens");
        let url = self.stage.url.clone();
        let made = self.stage.operator(&["init", "--issuer", &url])?;
        self.hold("the operator makes keys and an empty log", &made, 0)?;
        let vkey = text(&made.json, "log_vkey");
        self.stage.start()?;
        for agency in county::county().agencies {
            let name_cy = format!("cy={}", agency.name.cy);
            let promise = ["--erase-within", promised(&agency.kind)];
            let words = [agency.init_words(&name_cy).as_slice(), &promise].concat();
            let made = self.stage.agency(&agency.kind, &words)?;
            self.hold(&format!("{} makes its keys", agency.name.en), &made, 0)?;
            let entry = self
                .stage
                .path(&format!("{}/registry-entry.json", agency.kind));
            let added = self.stage.operator(&["agency", "add", &entry])?;
            self.hold("the registrar admits it, on the log", &added, 0)?;
        }
        self.admit_an_auditor()?;
        let circle = self.stage.write("circle.json", county::CIRCLE)?;
        let added = self.stage.operator(&["circle", "add", &circle])?;
        self.hold("the five form the circle 'emergency response'", &added, 0)?;
        Ok(vkey)
    }

    fn admit_an_auditor(&mut self) -> Result<(), Failure> {
        let id = [
            "init",
            "--id",
            "https://audit.cwmderw.example",
            "--name",
            "Cwm Derw Scrutiny",
        ];
        let made = self.stage.audit("auditor", &id)?;
        self.hold("an auditor makes a key", &made, 0)?;
        let added = self
            .stage
            .operator(&["auditor", "add", &text(&made.json, "entry")])?;
        self.hold(
            "and is admitted, to see the statements behind the log",
            &added,
            0,
        )
    }

    fn fill_three_wallets(&mut self) -> Result<(), Failure> {
        self.chapter("Three residents write down, once, what helps them be safe");
        for (person, file, data) in [
            ("emrys", "emrys.ips.json", county::RESIDENT_IPS),
            ("gwenllian", "gwenllian.vcf", county::RESIDENT_VCARD),
            ("mared", "mared.wallet.json", county::RESIDENT_WALLET),
        ] {
            let made = self.stage.wallet(person, &["init"])?;
            self.hold(
                &format!("{person} makes a wallet and gets 24 recovery words"),
                &made,
                0,
            )?;
            let file = self.stage.write(file, data)?;
            let imported = self.stage.wallet(person, &["import", &file])?;
            self.hold(
                &format!(
                    "{person} imports {}",
                    file.rsplit('/').next().unwrap_or(&file)
                ),
                &imported,
                0,
            )?;
        }
        // What the summary does not hold, the resident adds.
        let set = self.stage.wallet(
            "emrys",
            &["data", "set", "contact.phone", "+44 29 2018 0199"],
        )?;
        self.hold("emrys adds a phone number", &set, 0)?;
        Ok(())
    }

    fn ask_and_grant(&mut self) -> Result<String, Failure> {
        self.chapter("The fire service asks; Emrys reads and agrees");
        let request = self.request("fire", &county::fire_visit(), "visit.jwt")?;
        let review = self.stage.wallet("emrys", &["review", &request])?;
        self.hold(
            "the request says who asks, what for and for how long",
            &review,
            0,
        )?;
        let granted = self
            .stage
            .wallet("emrys", &["grant", &request, "--without", "home.pets"])?;
        self.hold("Emrys agrees, but leaves out the pets", &granted, 0)?;
        let grant = text(&granted.json, "grant");
        self.expect("the consent has an id", !grant.is_empty(), &granted)?;
        Ok(grant)
    }

    fn check_yes(&mut self, grant: &str) -> Result<String, Failure> {
        let token = self.stage.wallet("emrys", &["token", grant])?;
        let token = self.stage.write("token.jwt", &text(&token.json, "token"))?;
        for (words, claim) in [
            (&["check"][..], "the fire service checks online: yes"),
            (
                &["check", "--offline"],
                "and offline, from its own copies: yes",
            ),
            (
                &[
                    "check",
                    "--purpose",
                    "fire-safety-visit",
                    "--data",
                    "home.address",
                ],
                "for this purpose and the address: yes",
            ),
        ] {
            let checked = self.stage.agency("fire", &[words, &[&token]].concat())?;
            self.verdict(claim, &checked, "yes", None)?;
        }
        let checked = self
            .stage
            .agency("fire", &["check", &token, "--data", "home.pets"])?;
        self.verdict("for the pets: no", &checked, "no", Some("data_not_covered"))?;
        let checked = self.stage.agency("police", &["check", &token])?;
        self.verdict(
            "the police hold the same token up: no",
            &checked,
            "no",
            Some("wrong_audience"),
        )?;
        let listed = self.stage.agency("fire", &["grants"])?;
        self.hold("the fire service lists what it was given", &listed, 0)?;
        Ok(token)
    }

    fn grant_to_the_circle(&mut self) -> Result<Vec<Member>, Failure> {
        self.chapter("One act for the whole circle");
        let request = self.request("ambulance", &county::ambulance(), "circle.jwt")?;
        let granted = self.stage.wallet("emrys", &["grant", &request])?;
        self.hold("Emrys agrees for the emergency circle", &granted, 0)?;
        let grants = granted.json.get("grants").and_then(Value::as_array);
        let members: Vec<Member> = grants.into_iter().flatten().map(Member::new).collect();
        self.expect(
            "each member that may read something has its own consent",
            members.len() >= 2,
            &granted,
        )?;
        Ok(members)
    }

    /// Several people agree at once; when the first has her receipt, the power goes.
    fn kill_and_restart(&mut self) -> Result<(), Failure> {
        self.chapter("The power goes while a street agrees");
        let card = self.stage.path("gwenllian.vcf");
        let street: Vec<String> = (1..=IN_FLIGHT)
            .map(|number| format!("neighbour-{number}"))
            .collect();
        for person in &street {
            let made = self.stage.wallet(person, &["init"])?;
            self.hold(&format!("{person} makes a wallet"), &made, 0)?;
            let imported = self.stage.wallet(person, &["import", &card])?;
            self.hold("and fills it", &imported, 0)?;
        }
        let mut in_flight = Vec::new();
        for person in &street {
            in_flight.push((person, self.stage.wallet_started(person, &DIRECT_GRANT)?));
        }
        let mut acknowledged = Vec::new();
        for (number, (person, child)) in in_flight.into_iter().enumerate() {
            let output = child
                .wait_with_output()
                .map_err(|e| Failure::file(Path::new("assent"), &e))?;
            if number == 0 {
                self.stage.kill();
                self.tell("  the first has a receipt, and the verifier was killed (SIGKILL)");
            }
            let said = said(&output);
            let sent = said
                .json
                .get("waiting")
                .and_then(Value::as_array)
                .is_some_and(Vec::is_empty);
            if said.exit == 0 && sent {
                acknowledged.push((person, text(&said.json, "grant")));
            }
        }
        self.stage.start()?;
        self.tell("  and started again");
        for (person, grant) in &acknowledged {
            let shown = self.stage.wallet(person, &["token", grant])?;
            let token = self
                .stage
                .write("street.jwt", &text(&shown.json, "token"))?;
            let checked = self.stage.agency("council", &["check", &token])?;
            self.verdict(
                &format!("{person}'s consent was acknowledged, and is there"),
                &checked,
                "yes",
                None,
            )?;
        }
        for person in &street {
            let synced = self.stage.wallet(person, &["sync"])?;
            self.hold(
                &format!("{person}'s wallet sends what waited, and its proofs hold"),
                &synced,
                0,
            )?;
        }
        Ok(())
    }

    fn pause_and_resume(&mut self, token: &str, grant: &str) -> Result<(), Failure> {
        self.chapter("Emrys pauses, and goes on");
        let backup = self.stage.path("before.backup");
        let saved = self.stage.wallet("emrys", &["backup", &backup])?;
        self.hold("Emrys keeps a backup", &saved, 0)?;
        let paused = self.stage.wallet("emrys", &["suspend", grant])?;
        self.hold("Emrys pauses the consent", &paused, 0)?;
        let checked = self.stage.agency("fire", &["check", token])?;
        self.verdict(
            "the fire service checks: no",
            &checked,
            "no",
            Some("suspended"),
        )?;
        let resumed = self.stage.wallet("emrys", &["resume", grant])?;
        self.hold("Emrys ends the pause", &resumed, 0)?;
        let checked = self.stage.agency("fire", &["check", token])?;
        self.verdict("the fire service checks: yes", &checked, "yes", None)
    }

    fn take_back(&mut self, token: &str, grant: &str) -> Result<(), Failure> {
        self.chapter("Emrys takes it back");
        let revoked = self.stage.wallet("emrys", &["revoke", grant])?;
        self.hold("one command, and it is over", &revoked, 0)?;
        let checked = self.stage.agency("fire", &["check", token])?;
        self.verdict("online: no", &checked, "no", Some("revoked"))?;
        let erased = self.stage.agency("fire", &["erased", grant])?;
        self.hold(
            "the fire service states that it deleted what it had, on the log",
            &erased,
            0,
        )?;
        let synced = self.stage.wallet("emrys", &["sync"])?;
        self.hold(
            "the wallet fetches what happened and checks every proof",
            &synced,
            0,
        )?;
        let history = self.stage.wallet("emrys", &["history", grant])?;
        let all = history.json.to_string();
        self.hold("Emrys reads the history", &history, 0)?;
        self.expect("the deletion is in it", all.contains("erased"), &history)
    }

    fn restore_an_old_backup(&mut self, token: &str, grant: &str) -> Result<(), Failure> {
        self.chapter("An old backup cannot bring it back");
        let backup = self.stage.path("before.backup");
        let restored = self.stage.wallet("old-phone", &["restore", &backup])?;
        self.hold(
            "the backup from before is restored on another device",
            &restored,
            0,
        )?;
        let synced = self.stage.wallet("old-phone", &["sync"])?;
        self.hold("it asks how things stand", &synced, 0)?;
        let resumed = self.stage.wallet("old-phone", &["resume", grant])?;
        self.expect("resuming there is refused", resumed.exit != 0, &resumed)?;
        let checked = self.stage.agency("fire", &["check", token])?;
        self.verdict(
            "and the fire service still hears no",
            &checked,
            "no",
            Some("revoked"),
        )
    }

    fn audit(&mut self, vkey: &str, grant: &str) -> Result<(), Failure> {
        self.chapter("An auditor checks it all, trusting nobody");
        let audited = self.stage.audit("auditor", &["--log-vkey", vkey])?;
        self.hold(
            "every entry, tile, proof and status list agrees",
            &audited,
            0,
        )?;
        self.expect(
            "no findings",
            audited.json.get("ok") == Some(&Value::Bool(true)),
            &audited,
        )?;
        let shown = self.stage.wallet("emrys", &["show", grant])?;
        let proof = self.stage.write("proof.json", &shown.text)?;
        let now = self
            .stage
            .audit("auditor", &["grant", grant, "--proof", &proof])?;
        self.hold("was the consent in force now? no", &now, 1)?;
        let report = self.stage.path("report");
        let written = self.stage.audit("auditor", &["report", "--out", &report])?;
        self.hold("a report with plots and tables is written", &written, 0)?;
        self.accountable(&written)?;
        let again = self.stage.audit("auditor", &[])?;
        self.hold("the next visit proves consistency with this one", &again, 0)
    }

    /// Signs one of the sample requests as the agency of `kind`, into a file.
    fn request(
        &mut self,
        kind: &str,
        sample: &county::Request,
        file: &str,
    ) -> Result<String, Failure> {
        let out = self.stage.path(file);
        let mut words = vec!["request".to_owned(), "--out".to_owned(), out.clone()];
        words.extend(self.terms(sample)?);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let made = self.stage.agency(kind, &words)?;
        self.hold(&format!("the {kind} service signs a request"), &made, 0)?;
        Ok(out)
    }

    /// What a sample request asks, as arguments.
    fn terms(&self, sample: &county::Request) -> Result<Vec<String>, Failure> {
        let texts = &sample.notice.texts;
        let en = self.stage.write("notice.en.txt", &texts.en)?;
        let cy = self.stage.write("notice.cy.txt", &texts.cy)?;
        let (en, cy) = (format!("en={en}"), format!("cy={cy}"));
        let (data, required) = (sample.data.join(","), sample.required.join(","));
        let mut words: Vec<String> = [
            ("--purpose", sample.purpose.as_str()),
            ("--data", &data),
            ("--required", &required),
            ("--notice", &en),
            ("--notice", &cy),
            ("--notice-version", &sample.notice.version),
            ("--until", &sample.max_duration),
            ("--retention", &sample.retention),
            ("--jurisdiction", &sample.jurisdiction),
        ]
        .into_iter()
        .flat_map(|(name, value)| [name.to_owned(), value.to_owned()])
        .collect();
        if sample.on_incident {
            words.push("--on-incident".into());
        }
        if let Some(circle) = &sample.circle {
            words.extend(["--circle".into(), circle.id.clone()]);
            words.extend(["--tier".into(), circle.tier.to_string()]);
        }
        Ok(words)
    }

    fn chapter(&self, title: &str) {
        self.tell(&format!("\n{title}"));
    }

    fn tell(&self, words: &str) {
        if !self.json {
            println!("{words}");
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

/// How soon each service promised to delete. The council's promise is one that the story sees broken.
fn promised(kind: &str) -> &'static str {
    match kind {
        LATE => "PT1S",
        _ => "P30D",
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
