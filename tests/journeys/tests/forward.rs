//! A share handed on to another agency: only where the consent names it, on record, opened by it alone, and owed
//! back like the first.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the finding"
)]

use std::{fs, process::Command};

use journeys::{Said, Verifier, program, run};
use serde_json::Value;

struct County {
    folder: tempfile::TempDir,
    verifier: Verifier,
}

impl County {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let verifier = Verifier::start(folder.path());
        let county = County { folder, verifier };
        for kind in ["fire", "police", "health"] {
            let id = format!("https://{kind}.example");
            county.held(kind, &["init", "--id", &id, "--name", kind, "--kind", kind]);
            let entry = county.path(&format!("{kind}/registry-entry.json"));
            assert_eq!(county.verifier.operator(&["agency", "add", &entry]).exit, 0);
        }
        county.held("wallet", &["init"]);
        county.held("wallet", &["data", "set", "identity.name", "Megan Powell"]);
        county.held("wallet", &["data", "set", "home.access", "ring twice"]);
        let plan = county.path("plan.pdf");
        fs::write(&plan, plan_file()).unwrap();
        county.held("wallet", &["data", "attach", "documents.plan", &plan]);
        county
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn assent(&self, who: &str, words: &[&str]) -> Said {
        let mut command = Command::new(program("assent"));
        match who {
            "wallet" => command
                .args(["wallet"])
                .args(words)
                .args(["--vault", &self.path("my.vault")]),
            agency => command
                .args(["agency"])
                .args(words)
                .args(["--dir", &self.path(agency)]),
        };
        run(command
            .arg("--json")
            .env("ASSENT_PASSPHRASE", "a quiet valley after the rain")
            .env("ASSENT_VERIFIER", &self.verifier.url))
    }

    fn held(&self, who: &str, words: &[&str]) -> Value {
        let said = self.assent(who, words);
        assert_eq!(said.exit, 0, "{who} {words:?}: {}", said.text);
        said.json
    }

    /// A consent of fire's, which may hand on to the police where it is to.
    fn consent(&self, actions: &[&str]) -> String {
        let notice = self.path("notice.en.txt");
        fs::write(&notice, "We visit, and may tell the police.").unwrap();
        let out = self.path("request.jws");
        let asked = [
            "request",
            "--purpose",
            "fire-safety-visit",
            "--data",
            "identity.name,home.access,documents.plan",
            "--notice",
            &notice,
            "--until",
            "P1Y",
            "--out",
            &out,
        ];
        self.held("fire", &[&asked[..], actions].concat());
        self.held("wallet", &["grant", &out])["grant"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

fn plan_file() -> Vec<u8> {
    (0..300_000_u32).map(|at| (at % 251) as u8).collect()
}

const FORWARD: [&str; 6] = [
    "--action",
    "read",
    "--action",
    "forward",
    "--recipient",
    "https://police.example",
];

#[test]
fn it_reaches_the_named_agency_on_record_and_is_owed_back() {
    let county = County::new();
    let grant = county.consent(&FORWARD);
    let file = county.path("handover.json");
    let forward = [
        "forward",
        &grant,
        "--to",
        "https://police.example",
        "--reason",
        "missing person",
        "--actor",
        "crew-12",
        "--data",
        "home.access,documents.plan",
        "--out",
        &file,
    ];
    let handed = county.held("fire", &forward);
    assert_eq!(handed["files"].as_array().unwrap().len(), 2);
    let document = format!("{file}.documents.plan");
    let clear = &plan_file()[..64];
    let sealed = fs::read(&document).unwrap();
    assert!(!sealed.windows(64).any(|part| part == clear));
    let sealed = fs::read_to_string(&file).unwrap();
    assert!(!sealed.contains("ring twice"));
    assert_eq!(
        county.assent("health", &["receive", &file]).exit,
        1,
        "not handed to the health board"
    );
    let out = county.path("out");
    let receive = ["receive", &file, "--documents", &out];
    let received = county.held("police", &receive);
    assert_eq!(received["by"], "https://fire.example");
    assert_eq!(
        received["fields"].as_object().unwrap().len(),
        2,
        "only what was handed on"
    );
    let opened = received["documents"][0]["file"].as_str().unwrap();
    assert!(fs::read(opened).unwrap() == plan_file());
    let handover = fs::read(&file).unwrap();
    let mut changed: Value = serde_json::from_str(&sealed).unwrap();
    let ct = changed["envelope"]["ct"].as_str().unwrap();
    let other = if ct.starts_with('A') { "B" } else { "A" };
    changed["envelope"]["ct"] = format!("{other}{}", &ct[1..]).into();
    let mut unsigned: Value = serde_json::from_str(&sealed).unwrap();
    unsigned.as_object_mut().unwrap().remove("signature");
    for (given, code) in [
        (changed, "handover_forged"),
        (unsigned, "handover_unsigned"),
    ] {
        fs::write(&file, given.to_string()).unwrap();
        let refused = county.assent("police", &["receive", &file]);
        assert_eq!(refused.exit, 1, "{}", refused.text);
        assert_eq!(refused.json["error"]["code"], code);
    }

    county.held("wallet", &["sync"]);
    let history = county.held("wallet", &["history", &grant]).to_string();
    assert!(
        history.contains("forward") && history.contains("https://police.example"),
        "{history}"
    );

    county.held("wallet", &["revoke", &grant]);
    fs::write(&file, handover).unwrap();
    let over = county.assent("police", &receive);
    assert_eq!(over.exit, 1, "{}", over.text);
    assert_eq!(over.json["error"]["code"], "revoked");
    county.held("police", &["watch", "--once"]);
    let owed = county.held("police", &["obligations"]).to_string();
    assert!(owed.contains(&grant), "{owed}");
    county.held("police", &["erased", &grant]);
    let refused = county.assent("police", &["read", &grant, "--reason", "x", "--actor", "y"]);
    assert_eq!(refused.exit, 1, "{}", refused.text);
    let synced = county.held("wallet", &["sync"]);
    assert!(
        synced["evidence"].as_array().unwrap().is_empty(),
        "{synced}"
    );
    let history = county.held("wallet", &["history", &grant]).to_string();
    assert!(
        history.contains("\"recipient\":\"https://police.example\""),
        "{history}"
    );
    assert_eq!(
        county.assent("fire", &forward).exit,
        1,
        "after the end nothing is handed on"
    );
}

#[test]
fn nobody_else_is_reached_and_nothing_where_the_consent_does_not_say_so() {
    let county = County::new();
    let out = county.path("handover.json");
    let without = county.consent(&[]);
    let with = county.consent(&FORWARD);
    for (grant, to) in [
        (&without, "https://police.example"),
        (&with, "https://health.example"),
    ] {
        let words = [
            "forward", grant, "--to", to, "--reason", "call", "--actor", "crew-12", "--out", &out,
        ];
        let refused = county.assent("fire", &words);
        assert_eq!(refused.exit, 1, "{}", refused.text);
        assert!(fs::metadata(&out).is_err(), "nothing was written");
    }
}
