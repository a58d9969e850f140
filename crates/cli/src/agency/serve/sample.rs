//! `assent agency serve --demo`: the sample county with a console of its fire service: residents who agreed,
//! one who took it back, one who paused, a request that waits and an incident. All of it came about as it
//! would in earnest: wallets and agencies are programs, the console is asked by its staff.

use std::{path::Path, time::Duration};

use ::agency::Identity;
use agency_desk::{Sample, api::Role};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{
    beside, desk::Desk, failure, nothing, open, options, start_failure, stopped, tell_of_pages,
};
use crate::{
    demo::{
        county,
        stage::{Said, Stage, step_failed},
    },
    outcome::{Answer, Exit, Failure, Outcome},
    print,
};

/// Everyone's password; it is shown on the sign-in page.
const PASSWORD: &str = "a quiet valley";
const CIRCLE: &str = "https://council.cwmderw.example/circles/emergency-response";
const RESIDENTS: [(&str, &str, &str); 3] = [
    ("emrys", "emrys.ips.json", county::RESIDENT_IPS),
    ("gwenllian", "gwenllian.vcf", county::RESIDENT_VCARD),
    ("mared", "mared.wallet.json", county::RESIDENT_WALLET),
];
/// How long the console may take to hear of a consent.
const TRIES: u32 = 200;
const BETWEEN: Duration = Duration::from_millis(50);

/// Serves the sample county until Ctrl-C, and clears it away.
pub(super) async fn run(listener: TcpListener, json: bool) -> Outcome {
    let folder = std::env::temp_dir().join(format!("assent-county-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
    let outcome = tokio::select! {
        served = serve(&folder, listener, json) => served,
        () = stopped() => Ok(Answer::yes("Stopped.", nothing())),
    };
    std::fs::remove_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
    outcome
}

async fn serve(folder: &Path, listener: TcpListener, json: bool) -> Outcome {
    let mut stage = Stage::new(folder)?;
    if !json {
        print::words("The sample county opens; this takes some seconds.")?;
    }
    stage = off_the_runtime(move || county_of(&mut stage).map(|()| stage)).await?;
    let dir = folder.join("fire");
    let agency = Identity::open(&dir).map_err(failure)?;
    let mut options = options(&dir, Some(stage.url.clone()))?;
    options.sample = staff();
    let console = open(agency, listener, options).await?;
    let url = console.url().to_owned();
    let (stop, serving) = beside(console);
    let stage = fill(stage, &url).await?;
    tell(&url, &stage, json)?;
    let served = serving.await;
    drop(stop);
    match served {
        Ok(served) => served.map_err(start_failure)?,
        Err(_) => {
            return Err(Failure::new(
                Exit::Unknown,
                "stopped",
                "The console stopped.",
                "Start it again.",
            ));
        }
    }
    Ok(Answer::yes("Stopped.", nothing()))
}

/// Processes are waited for where waiting stops nobody.
async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(step_failed("the sample county opens", "it stopped")))
}

fn staff() -> Vec<Sample> {
    let one = |user: &str, name: &str, roles: &[Role]| Sample {
        user: user.into(),
        name: name.into(),
        password: PASSWORD.into(),
        roles: roles.to_vec(),
    };
    vec![
        one("mari", "Mari Prys", &[Role::Caseworker]),
        one("huw", "Huw Tudur", &[Role::ControlRoom]),
        one("sioned", "Sioned Rhys", &[Role::PrivacyOfficer]),
        one("gwyn", "Gwyn Morgan", &[Role::Admin]),
        one("all", "Every role, to look around", &Role::ALL),
    ]
}

/// A verifier, five agencies, their circle, and three residents with what they wrote down.
fn county_of(stage: &mut Stage) -> Result<(), Failure> {
    let url = stage.url.clone();
    done("init", &stage.operator(&["init", "--issuer", &url])?)?;
    stage.start()?;
    for agency in county::county().agencies {
        let name_cy = format!("cy={}", agency.name.cy);
        let words = agency.init_words(&name_cy);
        done("agency init", &stage.agency(&agency.kind, &words)?)?;
        let entry = stage.path(&format!("{}/registry-entry.json", agency.kind));
        done("agency add", &stage.operator(&["agency", "add", &entry])?)?;
    }
    let circle = stage.write("circle.json", county::CIRCLE)?;
    done("circle add", &stage.operator(&["circle", "add", &circle])?)?;
    for (person, file, data) in RESIDENTS {
        let file = stage.write(file, data)?;
        done("wallet init", &stage.wallet(person, &["init"])?)?;
        done("wallet import", &stage.wallet(person, &["import", &file])?)?;
    }
    done(
        "data set",
        &stage.wallet(
            "emrys",
            &["data", "set", "contact.phone", "+44 29 2018 0199"],
        )?,
    )
}

fn done(step: &str, said: &Said) -> Result<(), Failure> {
    if said.exit == 0 {
        Ok(())
    } else {
        Err(step_failed(step, &said.text))
    }
}

/// What the staff and the residents did this morning.
async fn fill(stage: Stage, url: &str) -> Result<Stage, Failure> {
    let mari = Desk::sign_in(url, "mari", PASSWORD).await?;
    let visit = template(&mari, "fire-safety-visit", "Fire safety visit").await?;
    let emergency = emergency(&mari).await?;
    let mut links = Vec::new();
    for (person, _, _) in RESIDENTS {
        links.push((
            person,
            ask(&mari, &visit, &format!("Visit: {person}")).await?,
        ));
    }
    for person in ["emrys", "gwenllian"] {
        links.push((
            person,
            ask(&mari, &emergency, &format!("Emergency: {person}")).await?,
        ));
    }
    let no = ask(&mari, &visit, "Second visit: mared").await?;
    let (stage, grants) = off_the_runtime(move || answers(stage, &links, &no)).await?;
    for grant in &grants {
        heard_of(&mari, grant).await?;
    }
    let [emrys, gwenllian, mared, ..] = grants.as_slice() else {
        return Err(step_failed("residents agree", "some did not"));
    };
    for (grant, reason) in [
        (emrys, "Planning the visit on Tuesday"),
        (mared, "Asked which alarm beeps"),
    ] {
        mari.post("consent/read", &json!({ "grant": grant, "reason": reason }))
            .await?;
    }
    let (paused, ended) = (gwenllian.clone(), mared.clone());
    let stage = off_the_runtime(move || {
        done(
            "suspend",
            &stage.wallet("gwenllian", &["suspend", &paused])?,
        )?;
        done("revoke", &stage.wallet("mared", &["revoke", &ended])?)?;
        Ok(stage)
    })
    .await?;
    ask(&mari, &visit, "Waits for an answer: the Bowen family").await?;
    let huw = Desk::sign_in(url, "huw", PASSWORD).await?;
    let incident = json!({ "reference": "FIRE-2026-1124-07", "kind": "fire", "place": "17 Heol y Felin, Cwm Derw", "phone": "029 2018 0199" });
    huw.post("incident/declare", &incident).await?;
    Ok(stage)
}

/// Residents answer the requests; the last one says no to one. Gives the consents, in order.
fn answers(
    stage: Stage,
    links: &[(&str, String)],
    no: &str,
) -> Result<(Stage, Vec<String>), Failure> {
    let mut grants = Vec::new();
    for (person, link) in links {
        let granted = stage.wallet(person, &["grant", link])?;
        done("grant", &granted)?;
        let grant = granted.json.get("grant").and_then(Value::as_str);
        grants.push(grant.unwrap_or_default().to_owned());
    }
    for (person, _, _) in RESIDENTS {
        done("sync", &stage.wallet(person, &["sync"])?)?;
    }
    done("decline", &stage.wallet("mared", &["decline", no])?)?;
    Ok((stage, grants))
}

async fn template(mari: &Desk, id: &str, note: &str) -> Result<Value, Failure> {
    let all = mari.get("templates?lang=en").await?.unwrap_or_default();
    let templates = all.get("templates").and_then(Value::as_array);
    let found = templates
        .into_iter()
        .flatten()
        .find(|one| one.get("id").and_then(Value::as_str) == Some(id));
    let mut draft = found
        .and_then(|one| one.get("draft"))
        .cloned()
        .unwrap_or_default();
    set(&mut draft, "note", json!(note));
    Ok(draft)
}

/// For the whole circle: the fire service may open what responders at the door must know.
async fn emergency(mari: &Desk) -> Result<Value, Failure> {
    let mut draft = template(mari, "emergency-response", "Emergency").await?;
    set(&mut draft, "circle", json!(CIRCLE));
    Ok(draft)
}

fn set(draft: &mut Value, member: &str, value: Value) {
    if let Some(draft) = draft.as_object_mut() {
        draft.insert(member.to_owned(), value);
    }
}

/// Makes a request; gives its link.
async fn ask(mari: &Desk, draft: &Value, note: &str) -> Result<String, Failure> {
    let mut draft = draft.clone();
    set(&mut draft, "note", json!(note));
    let made = mari.post("request/make", &draft).await?;
    Ok(made
        .get("link")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned())
}

/// Waits until the console heard of a consent from the verifier.
async fn heard_of(mari: &Desk, grant: &str) -> Result<(), Failure> {
    let mut ticks = tokio::time::interval(BETWEEN);
    for _ in 0..TRIES {
        ticks.tick().await;
        let seen = mari.get(&format!("consent?grant={grant}")).await?;
        let shared = seen
            .as_ref()
            .and_then(|seen| seen.get("history"))
            .and_then(Value::as_array);
        let is_shared = |act: &Value| act.get("act").and_then(Value::as_str) == Some("share");
        if shared.is_some_and(|acts| acts.iter().any(is_shared)) {
            return Ok(());
        }
    }
    Err(step_failed("the console hears of a consent", grant))
}

fn tell(url: &str, stage: &Stage, json: bool) -> Result<(), Failure> {
    let names: Vec<String> = staff().into_iter().map(|one| one.user).collect();
    if json {
        let line = json!({ "listening": url, "verifier": stage.url, "users": names, "password": PASSWORD, "folder": stage.folder, "pages": agency_desk::are_built_in() });
        return print::json(&line);
    }
    print::words(&format!("assent agency console listens on {url}"))?;
    print::words(&format!(
        "Sign in as {} with the password: {PASSWORD}",
        names.join(", ")
    ))?;
    print::words(&format!(
        "The verifier is at {}. The county's folder: {}. Ctrl-C ends it all.",
        stage.url,
        stage.folder.display()
    ))?;
    tell_of_pages()
}
