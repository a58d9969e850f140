//! The demo's power cut: a street agrees at once, the verifier is killed in the middle, and what was
//! acknowledged is there.

use std::path::Path;

use serde_json::Value;

use super::{Story, stage::said, text};
use crate::outcome::Failure;

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

impl Story {
    /// Several people agree at once; when the first has her receipt, the power goes.
    pub(super) fn kill_and_restart(&mut self) -> Result<(), Failure> {
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
}
