//! How the demo's services ask: the sample requests, as arguments.

use super::{Story, county};
use crate::outcome::Failure;

impl Story {
    /// Signs one of the sample requests as the agency of `kind`, into a file.
    pub(super) fn request(
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
    pub(super) fn terms(&self, sample: &county::Request) -> Result<Vec<String>, Failure> {
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
        for action in &sample.actions {
            words.extend(["--action".into(), action.clone()]);
        }
        for agency in &sample.recipients {
            words.extend(["--recipient".into(), agency.clone()]);
        }
        if sample.on_incident {
            words.push("--on-incident".into());
        }
        if let Some(circle) = &sample.circle {
            words.extend(["--circle".into(), circle.id.clone()]);
            words.extend(["--tier".into(), circle.tier.to_string()]);
        }
        Ok(words)
    }
}
