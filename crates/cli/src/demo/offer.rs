//! The demo's heatwave: the council offers help to people with equipment at home, each wallet decides for
//! itself, and whom it fits may say yes.

use serde_json::Value;

use super::{Story, county, text};
use crate::outcome::Failure;

impl Story {
    pub(super) fn offer_in_the_heat(&mut self) -> Result<(), Failure> {
        self.chapter("A heatwave: the council offers help, and is not told whom it fits");
        let rule = self.stage.write("heatwave.rule.json", county::HEAT_RULE)?;
        let mut words: Vec<String> = [
            "offer",
            "--title",
            "en=Help in the heat",
            "--title",
            "cy=Cymorth yn y gwres",
            "--text",
            "en=We call every day, and bring a generator if the power fails.",
            "--text",
            "cy=Byddwn yn ffonio bob dydd, ac yn dod â generadur os bydd y trydan yn methu.",
            "--stands",
            "P30D",
            "--for",
        ]
        .map(str::to_owned)
        .into();
        words.push(rule);
        words.extend(self.terms(&county::resilience())?);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let offered = self.stage.agency("council", &words)?;
        self.hold(
            "the council offers help to who has equipment at home",
            &offered,
            0,
        )?;
        for (person, fits) in [("gwenllian", false), ("emrys", true), ("mared", true)] {
            let shown = self.stage.wallet(person, &["offers"])?;
            let found = shown.json.get("offers").and_then(Value::as_array);
            let same = found.is_some_and(|found| found.is_empty() != fits);
            let word = if fits { "fits" } else { "does not fit" };
            self.expect(
                &format!("{person}'s wallet decides by itself: it {word}"),
                same,
                &shown,
            )?;
        }
        let accepted = self.stage.wallet(
            "mared",
            &["grant", "--offer", &text(&offered.json, "offer")],
        )?;
        self.hold("Mared accepts: a consent like any other", &accepted, 0)?;
        let grant = text(&accepted.json, "grant");
        let read = [
            "read",
            &grant,
            "--reason",
            "heatwave list",
            "--actor",
            "officer-4",
        ];
        let read = self.stage.agency("council", &read)?;
        self.hold(
            "now, and only now, the council knows, and reads what she gave",
            &read,
            0,
        )
    }
}
