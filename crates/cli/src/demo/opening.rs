//! The demo's first chapters: five services and an auditor are admitted, three residents fill their wallets.

use super::{LATE, Story, county, text};
use crate::outcome::Failure;

impl Story {
    pub(super) fn open_the_county(&mut self) -> Result<String, Failure> {
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

    pub(super) fn fill_three_wallets(&mut self) -> Result<(), Failure> {
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
}

/// How soon each service promised to delete. The council's promise is one that the story sees broken.
fn promised(kind: &str) -> &'static str {
    match kind {
        LATE => "PT1S",
        _ => "P30D",
    }
}
