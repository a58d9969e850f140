//! The demo's audit: everything recomputed, and what the report says of the services.

use serde_json::Value;

use super::{LATE, Story, stage::Said, text};
use crate::outcome::Failure;

impl Story {
    pub(super) fn audit(&mut self, vkey: &str, grant: &str) -> Result<(), Failure> {
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

    /// What the auditor's report says of the services.
    fn accountable(&mut self, written: &Said) -> Result<(), Failure> {
        let agencies = written
            .json
            .pointer("/conduct/agencies")
            .and_then(Value::as_array);
        let count =
            |one: &Value, what: &str| one.get(what).and_then(Value::as_u64).unwrap_or_default();
        let sum = |what: &str| {
            agencies
                .into_iter()
                .flatten()
                .map(|one| count(one, what))
                .sum::<u64>()
        };
        let openings = sum("openings");
        let step = format!("the report counts {openings} openings, service by service");
        self.expect(&step, openings > 0, written)?;
        let late: Vec<&Value> = agencies
            .into_iter()
            .flatten()
            .filter(|one| count(one, "deletions_overdue") > 0)
            .collect();
        let is_council = matches!(late.as_slice(), [one] if text(one, "agency").contains(LATE));
        self.expect(
            "names the one service whose deletion is overdue",
            is_council,
            written,
        )?;
        let slowest = written
            .json
            .pointer("/conduct/slowest_acknowledgement")
            .and_then(Value::as_i64);
        let step = format!(
            "and the longest from a revocation to its acknowledgement: {} ms",
            slowest.unwrap_or_default()
        );
        self.expect(&step, slowest.is_some(), written)
    }
}
