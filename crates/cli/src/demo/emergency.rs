//! The demo's emergency: a call is matched by the services themselves, each opens its own tier, the person
//! sees it first thing, and afterwards all of it is taken back.

use std::time::Instant;

use serde_json::Value;

use super::{LATE, Story, county, stage::Said, text};
use crate::outcome::Failure;

/// One service of the circle, and the consent that it was given.
pub(super) struct Member {
    /// The folder of the service: its kind.
    kind: String,
    grant: String,
}

impl Member {
    pub(super) fn new(grant: &Value) -> Self {
        let agency = text(grant, "agency");
        let host = agency.trim_start_matches("https://");
        Member {
            kind: host.split('.').next().unwrap_or_default().to_owned(),
            grant: text(grant, "grant"),
        }
    }
}

const INCIDENT: &str = "INC-2026-1124-07";

impl Story {
    pub(super) fn grant_to_the_circle(&mut self) -> Result<Vec<Member>, Failure> {
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

    /// A fire call: matched locally, opened in tiers, told to the person.
    pub(super) fn emergency(&mut self, circle: &[Member]) -> Result<(), Failure> {
        self.chapter("Smoke at number 17: the call is matched, and opened in tiers");
        for member in circle {
            let watched = self.stage.agency(&member.kind, &["watch", "--once"])?;
            let step = format!(
                "the {} service's software follows its consents",
                member.kind
            );
            self.hold(&step, &watched, 0)?;
        }
        let mut matched = 0;
        for member in circle {
            let by_number = ["locate", "--phone", "029 2018 0199"];
            let found = self.stage.agency(&member.kind, &by_number)?;
            if found.exit == 0 {
                let step = format!("the {} control room knows the caller's number", member.kind);
                let own = found.text.contains(&member.grant);
                self.expect(&step, own, &found)?;
                matched += 1;
            }
        }
        if matched == 0 {
            return Err(super::step_failed(
                "a control room knows the caller",
                "nobody does",
            ));
        }
        for member in circle {
            self.open_tier(member)?;
        }
        self.told_first(circle)
    }

    fn open_tier(&mut self, member: &Member) -> Result<(), Failure> {
        let kind = &member.kind;
        let without = [
            "open",
            &member.grant,
            "--incident",
            "",
            "--reason",
            "call",
            "--actor",
            "desk-2",
        ];
        let refused = self.stage.agency(kind, &without)?;
        self.hold(
            &format!("without an incident the {kind} service opens nothing"),
            &refused,
            1,
        )?;
        let blocks = self.stage.path(&format!("{kind}-call"));
        let with = [
            "open",
            &member.grant,
            "--incident",
            INCIDENT,
            "--reason",
            "call",
            "--actor",
            "desk-2",
            "--additional-data",
            &blocks,
            "--language",
            "en,cy",
        ];
        let opened = self.stage.agency(kind, &with)?;
        let fields = opened.json.get("fields").and_then(Value::as_object);
        let items = fields.map_or(0, serde_json::Map::len);
        self.hold(
            &format!("for {INCIDENT} it opens the {items} items of its tier"),
            &opened,
            0,
        )?;
        let codes = fields.is_none_or(|fields| !fields.contains_key("home.key_safe"));
        self.expect("the key safe's code is not among them", codes, &opened)?;
        let written = opened.json.pointer("/additional_data/blocks");
        let count = written.and_then(Value::as_array).map_or(0, Vec::len);
        let step = format!("call handling gets it as {count} NG112 documents");
        self.expect(&step, count >= 3, &opened)?;
        let again = self.stage.agency(kind, &with)?;
        let same = again.json.get("index") == opened.json.get("index");
        self.expect(
            "a second look within the incident is the same opening",
            same && again.exit == 0,
            &again,
        )
    }

    fn told_first(&mut self, circle: &[Member]) -> Result<(), Failure> {
        let synced = self.stage.wallet("emrys", &["sync"])?;
        self.hold("Emrys's wallet asks who looked", &synced, 0)?;
        let news = synced.json.get("news").and_then(Value::as_array);
        let openings = news
            .into_iter()
            .flatten()
            .filter(|one| text(one, "act") == "open");
        let told = openings
            .filter(|one| text(one, "incident") == INCIDENT)
            .count();
        let step = "and tells every opening: who, for which incident, why";
        self.expect(step, told == circle.len(), &synced)
    }

    /// Everything is taken back: ciphertext gone, acknowledged, deletions stated, one of them still owed.
    pub(super) fn take_the_circle_back(&mut self, circle: &[Member]) -> Result<(), Failure> {
        self.chapter("The emergency is over; Emrys takes everything back");
        let revoked = self.stage.wallet("emrys", &["revoke", "--all"])?;
        self.hold("one command for all that is left", &revoked, 0)?;
        for member in circle {
            let kind = &member.kind;
            let words = [
                "open",
                &member.grant,
                "--incident",
                INCIDENT,
                "--reason",
                "call",
                "--actor",
                "desk-2",
            ];
            let refused = self.stage.agency(kind, &words)?;
            self.hold(
                &format!("the {kind} service can open nothing any more"),
                &refused,
                1,
            )?;
            let watched = self.stage.agency(kind, &["watch", "--once"])?;
            self.hold(
                "its software forgets the caller and acknowledges",
                &watched,
                0,
            )?;
            let found = self
                .stage
                .agency(kind, &["locate", "--phone", "029 2018 0199"])?;
            self.hold("the number is not known there any more", &found, 1)?;
            if kind == LATE {
                continue;
            }
            let erased = self.stage.agency(kind, &["erased", &member.grant])?;
            self.hold("it states that it deleted what it had read", &erased, 0)?;
        }
        let Some(late) = circle.iter().find(|member| member.kind == LATE) else {
            return Ok(());
        };
        self.is_overdue(late)
    }

    /// The service that forgot is shown to be late: by its own software, and to the person.
    fn is_overdue(&mut self, late: &Member) -> Result<(), Failure> {
        let kind = &late.kind;
        let mut owed = self.stage.agency(kind, &["obligations"])?;
        // Its second is over as soon as the clock says so.
        let patience = Instant::now();
        while !is_late(&owed, &late.grant) && patience.elapsed().as_secs() < 5 {
            owed = self.stage.agency(kind, &["obligations"])?;
        }
        let step = format!("the {kind} service has not deleted, and is told that it is late");
        self.expect(&step, is_late(&owed, &late.grant), &owed)?;
        let synced = self.stage.wallet("emrys", &["sync"])?;
        self.hold("Emrys's wallet asks what became of it", &synced, 0)?;
        let history = self.stage.wallet("emrys", &["history"])?;
        let overdue = synced.json.get("overdue").and_then(Value::as_array);
        let named = overdue
            .into_iter()
            .flatten()
            .any(|one| text(one, "grant") == late.grant);
        let step = format!("and shows that the {kind} service is overdue, and nobody else");
        let alone = overdue.map_or(0, Vec::len) == 1;
        self.expect(&step, named && alone && history.exit == 0, &synced)
    }
}

/// Whether the obligations name the grant as overdue.
fn is_late(owed: &Said, grant: &str) -> bool {
    let listed = owed.json.get("obligations").and_then(Value::as_array);
    let mut own = listed
        .into_iter()
        .flatten()
        .filter(|one| text(one, "grant") == grant);
    own.any(|one| one.get("overdue") == Some(&Value::Bool(true)))
}
