//! The demo's care plan: a signed paper that goes with a consent, read by the one service that may.

use serde_json::Value;

use super::{Story, text};
use crate::outcome::Failure;

const PLAN: &str = "Care plan of Emrys Bowen: dialysis on Monday, Wednesday and Friday at home.";

impl Story {
    pub(super) fn care_plan(&mut self) -> Result<(), Failure> {
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
        let words = [
            "grant",
            "--agency",
            "https://health.cwmderw.example",
            "--purpose",
            "care-coordination",
            "--data",
            "identity.name,documents.care-plan",
            "--until",
            "2030-01-01",
        ];
        let granted = self.stage.wallet("emrys", &words)?;
        self.hold("and lets the health board read it", &granted, 0)?;
        let grant = text(&granted.json, "grant");
        let out = self.stage.path("papers");
        let read = [
            "read",
            &grant,
            "--reason",
            "planning care",
            "--actor",
            "nurse-7",
            "--documents",
            &out,
        ];
        let read = self.stage.agency("health", &read)?;
        let written = read
            .json
            .pointer("/documents/0/file")
            .and_then(Value::as_str);
        let content = written.and_then(|path| std::fs::read_to_string(path).ok());
        self.expect(
            "the health board has the very paper, on record",
            read.exit == 0 && content.as_deref() == Some(PLAN),
            &read,
        )
    }
}
