//! The demo's care plan: a signed paper that goes with a consent, read by the one service that may, handed on to
//! the one that the consent names, and of no use to either once it is over.

use serde_json::Value;

use super::{Story, county, stage::Said, text};
use crate::outcome::Failure;

const PLAN: &str = "Care plan of Emrys Bowen: dialysis on Monday, Wednesday and Friday at home.";
const AMBULANCE: &str = "https://ambulance.cwmderw.example";
const POLICE: &str = "https://police.cwmderw.example";

/// The consent behind the paper, and what the health board handed on.
pub(super) struct Plan {
    grant: String,
    handover: String,
}

impl Story {
    pub(super) fn care_plan(&mut self) -> Result<Plan, Failure> {
        self.chapter("A care plan goes with a consent, sealed like the rest");
        let file = self.stage.write("care-plan.txt", PLAN)?;
        let kept = [
            "data",
            "attach",
            "documents.care-plan",
            &file,
            "--title",
            "My care plan",
        ];
        let kept = self.stage.wallet("emrys", &kept)?;
        self.hold("Emrys keeps the paper in the vault", &kept, 0)?;
        let request = self.request("health", &county::care_plan(), "plan.jwt")?;
        let granted = self.stage.wallet("emrys", &["grant", &request])?;
        self.hold(
            "Emrys lets the health board read it, and tell the ambulance trust",
            &granted,
            0,
        )?;
        let plan = Plan {
            grant: text(&granted.json, "grant"),
            handover: self.stage.path("plan.handover"),
        };
        let out = self.stage.path("papers");
        let read = [
            "read",
            &plan.grant,
            "--reason",
            "planning care",
            "--actor",
            "nurse-7",
            "--documents",
            &out,
        ];
        let read = self.stage.agency("health", &read)?;
        let step = "the health board has the very paper, on record";
        self.expect(step, is_the_paper(&read), &read)?;
        Ok(plan)
    }

    /// From the health board to the ambulance trust, past the verifier and on record.
    pub(super) fn hand_on(&mut self, plan: &Plan) -> Result<(), Failure> {
        self.chapter("The health board hands it on, to whom Emrys named and nobody else");
        let elsewhere = self.forward(plan, POLICE)?;
        self.hold("to the police, whom Emrys did not name: no", &elsewhere, 1)?;
        let handed = self.forward(plan, AMBULANCE)?;
        self.hold("to the ambulance trust: on record first", &handed, 0)?;
        let stranger = self.stage.agency("police", &["receive", &plan.handover])?;
        self.hold("the police find the file: no", &stranger, 1)?;
        let received = self.receive(plan)?;
        let step = "the ambulance trust opens it, the very paper with it";
        self.expect(step, is_the_paper(&received), &received)?;
        let synced = self.stage.wallet("emrys", &["sync"])?;
        self.hold("Emrys's wallet asks what was done", &synced, 0)?;
        let history = self.stage.wallet("emrys", &["history", &plan.grant])?;
        let told = history.text.contains("forward") && history.text.contains(AMBULANCE);
        self.expect("and tells who has it now", told, &history)
    }

    fn forward(&mut self, plan: &Plan, to: &str) -> Result<Said, Failure> {
        let words = [
            "forward",
            &plan.grant,
            "--to",
            to,
            "--reason",
            "taking you to dialysis",
            "--actor",
            "nurse-7",
            "--out",
            &plan.handover,
        ];
        self.stage.agency("health", &words)
    }

    fn receive(&mut self, plan: &Plan) -> Result<Said, Failure> {
        let out = self.stage.path("handed-papers");
        let words = ["receive", &plan.handover, "--documents", &out];
        self.stage.agency("ambulance", &words)
    }

    /// The file is still there; what it is worth is not.
    pub(super) fn plan_is_over(&mut self, plan: &Plan) -> Result<(), Failure> {
        let again = self.receive(plan)?;
        let refused = again.json.pointer("/error/code") == Some(&Value::from("revoked"));
        let step = "the ambulance trust can open what was handed to it no more";
        self.expect(step, again.exit == 1 && refused, &again)?;
        for kind in ["health", "ambulance"] {
            let watched = self.stage.agency(kind, &["watch", "--once"])?;
            self.hold(&format!("the {kind} service hears of it"), &watched, 0)?;
            let erased = self.stage.agency(kind, &["erased", &plan.grant])?;
            self.hold("and states that it deleted the plan", &erased, 0)?;
        }
        Ok(())
    }
}

/// Whether the answer names a file with exactly the paper in it.
fn is_the_paper(said: &Said) -> bool {
    let written = said.json.pointer("/documents/0/file");
    let path = written.and_then(Value::as_str);
    let content = path.and_then(|path| std::fs::read_to_string(path).ok());
    said.exit == 0 && content.as_deref() == Some(PLAN)
}
