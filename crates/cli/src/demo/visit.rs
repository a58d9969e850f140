//! The demo's visit by the fire service: asked for, agreed to, checked, read, paused, taken back, and not
//! brought back by an old backup.

use super::{Story, county, text};
use crate::outcome::Failure;

impl Story {
    pub(super) fn ask_and_grant(&mut self) -> Result<String, Failure> {
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

    pub(super) fn check_yes(&mut self, grant: &str) -> Result<String, Failure> {
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

    /// The fire service reads for its visit; the person finds it in the history.
    pub(super) fn read_on_record(&mut self, grant: &str) -> Result<(), Failure> {
        self.chapter("The fire service reads what it was given");
        let words = [
            "read",
            grant,
            "--reason",
            "planning the visit",
            "--actor",
            "crew-12",
        ];
        let read = self.stage.agency("fire", &words)?;
        self.hold(
            "only its own key opens the share; reading is on the log first",
            &read,
            0,
        )?;
        let fields = read.json.get("fields");
        let holds = |path: &str| fields.is_some_and(|fields| fields.get(path).is_some());
        let exact = holds("home.address") && !holds("home.pets");
        self.expect("the address is in it, the pets are not", exact, &read)?;
        let stranger = self.stage.agency("police", &words)?;
        self.hold("the police ask for the same share: no", &stranger, 1)
    }

    pub(super) fn pause_and_resume(&mut self, token: &str, grant: &str) -> Result<(), Failure> {
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

    pub(super) fn take_back(&mut self, token: &str, grant: &str) -> Result<(), Failure> {
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

    pub(super) fn restore_an_old_backup(
        &mut self,
        token: &str,
        grant: &str,
    ) -> Result<(), Failure> {
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
}
