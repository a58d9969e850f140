//! `import` and `data …`: the citizen's own data.

mod documents;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use profile::{
    Lang, Path, Profile, Section, TypedValue,
    import::{Imported, Unmapped},
};
use serde_json::{Value, json};

use super::{
    desk::{Desk, busy},
    failure, table, words,
};
use crate::outcome::{Answer, Exit, Failure, Outcome};

#[derive(Args)]
pub(crate) struct ImportArgs {
    /// Contact cards (.vcf), patient summaries (FHIR JSON) or wallet files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum DataCommand {
    /// Everything you wrote down, and what else there is room for.
    List,
    /// One item in full.
    Show {
        /// The item, such as home.address.
        path: String,
    },
    /// Write one item down.
    Set {
        /// The item, such as contact.phone.
        path: String,
        /// Plain text, or JSON for more than that.
        value: String,
    },
    /// Keep a file with your information, such as a signed decision: up to 20 MiB.
    Attach {
        /// The item, documents. and a name of yours, such as documents.care-plan.
        path: String,
        /// The file.
        file: PathBuf,
        /// What you call it; the file's name, unless given.
        #[arg(long)]
        title: Option<String>,
        /// What kind of file it is, such as application/pdf; known from the usual endings.
        #[arg(long, value_name = "TYPE")]
        media_type: Option<String>,
    },
    /// Write a kept file out again.
    Save {
        /// The item, such as documents.care-plan.
        path: String,
        /// The new file.
        file: PathBuf,
    },
    /// Remove one item.
    Remove {
        /// The item.
        path: String,
    },
}

/// Reads files into the data; what has no place is listed, and so is what was replaced.
pub(crate) async fn import(desk: &mut Desk, args: &ImportArgs) -> Outcome {
    let (mut text, mut imports, mut changed) = (String::new(), Vec::new(), Vec::new());
    for (file, bytes) in readable(&args.files)? {
        let before = desk.wallet.profile()?;
        let imported = desk
            .wallet
            .import(&bytes)
            .map_err(|error| named(file, &error))?;
        text.push_str(&format!(
            "{}: {} imported.\n",
            file.display(),
            words::count(imported.fields.len(), "item")
        ));
        text.push_str(&taken(&imported, &before));
        text.push_str(&left_out(&imported, desk.lang));
        text.push('\n');
        imports.push(for_scripts(file, &imported, &before));
        changed.extend(imported.fields.into_iter().map(|(path, _)| path));
    }
    let given = pass_on(desk, &changed).await?;
    Ok(Answer::yes(
        text + &given.words,
        json!({ "imported": imports, "given_to": given.json }),
    ))
}

/// Every file, read and understood before any of them is taken over.
fn readable(files: &[PathBuf]) -> Result<Vec<(&PathBuf, Vec<u8>)>, Failure> {
    let mut all = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).map_err(|error| Failure::file(file, &error));
        let understood = bytes.and_then(|bytes| match profile::import::any(&bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(named(file, &error.into())),
        });
        all.push((
            file,
            understood.map_err(|failure| nothing_taken(failure, files))?,
        ));
    }
    Ok(all)
}

/// Where one of several files is no good, the others were left alone.
fn nothing_taken(failure: Failure, files: &[PathBuf]) -> Failure {
    if files.len() == 1 {
        return failure;
    }
    Failure {
        what: format!("{} Nothing was imported.", failure::sentence(&failure.what)),
        ..failure
    }
}

/// What was written down, and what stood there before.
fn taken(imported: &Imported, before: &Profile) -> String {
    let row = |(path, value): &(Path, Value)| {
        let replaced = before.value(path).filter(|old| old != value);
        let replaced = replaced.map(|old| format!("instead of: {}", one_line(&words::value(&old))));
        [
            path.to_string(),
            words::value(value),
            replaced.unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = imported.fields.iter().map(row).collect();
    table::table(["Item", "Value", ""], &rows)
}

/// What has no place, with the reason.
fn left_out(imported: &Imported, lang: Lang) -> String {
    if imported.unmapped.is_empty() {
        return String::new();
    }
    let row = |left: &Unmapped| {
        [
            left.location.clone(),
            one_line(&left.what),
            left.reason.explain(lang).to_owned(),
        ]
    };
    let rows: Vec<_> = imported.unmapped.iter().map(row).collect();
    format!(
        "\nNot imported:\n{}",
        table::table(["Where", "What", "Why"], &rows)
    )
}

fn for_scripts(file: &std::path::Path, imported: &Imported, before: &Profile) -> Value {
    let fields: serde_json::Map<String, Value> = imported
        .fields
        .iter()
        .map(|(path, value)| (path.to_string(), value.clone()))
        .collect();
    let replaced: Vec<&Path> = imported
        .fields
        .iter()
        .filter(|(path, value)| before.value(path).is_some_and(|old| old != *value))
        .map(|(path, _)| path)
        .collect();
    json!({
        "file": file.display().to_string(),
        "format": imported.format,
        "fields": fields,
        "replaced": replaced,
        "unmapped": imported.unmapped,
        "found": imported.found,
        "used": imported.used,
    })
}

/// `data …`.
pub(crate) async fn run(desk: &mut Desk, command: DataCommand) -> Outcome {
    match command {
        DataCommand::List => list(desk),
        DataCommand::Show { path } => show(desk, &parse(&path)?),
        DataCommand::Set { path, value } => set(desk, &parse(&path)?, &value).await,
        DataCommand::Attach {
            path,
            file,
            title,
            media_type,
        } => documents::attach(desk, &parse(&path)?, &file, (title, media_type)).await,
        DataCommand::Save { path, file } => documents::save(desk, &parse(&path)?, &file),
        DataCommand::Remove { path } => remove(desk, &parse(&path)?).await,
    }
}

fn list(desk: &mut Desk) -> Outcome {
    let profile = desk.wallet.profile()?;
    let mut text = String::new();
    for section in Section::ALL {
        let here = profile
            .iter()
            .filter(|(path, _)| path.entry().section == section);
        let rows: Vec<_> = here
            .map(|(path, value)| {
                [
                    path.to_string(),
                    path.label(desk.lang).to_owned(),
                    words::value(&value.to_json()),
                ]
            })
            .collect();
        if !rows.is_empty() {
            text.push_str(&format!(
                "{}\n{}\n",
                section.label(desk.lang),
                table::table(["Item", "Name", "Value"], &rows)
            ));
        }
    }
    let empty: Vec<&str> = profile::paths()
        .iter()
        .filter(|entry| entry.to_path().is_some_and(|path| !profile.has(&path)))
        .map(|entry| entry.path)
        .collect();
    if !empty.is_empty() {
        text.push_str(&format!(
            "Nothing written down yet for:\n{}\n",
            empty.join(", ")
        ));
    }
    Ok(Answer::yes(
        text,
        json!({ "fields": profile, "empty": empty }),
    ))
}

fn show(desk: &mut Desk, path: &Path) -> Outcome {
    let profile = desk.wallet.profile()?;
    let Some(value) = profile.value(path) else {
        let help = path.entry().help(desk.lang);
        let text = format!(
            "Nothing is written down for {path}.\n{help}\nAllowed: {}",
            path.entry().allowed.in_lang(desk.lang)
        );
        return Ok(Answer::no(text, json!({ "path": path, "value": null })));
    };
    let pretty = serde_json::to_string_pretty(&value).unwrap_or_default();
    Ok(Answer::yes(
        format!("{} ({path})\n{pretty}", path.label(desk.lang)),
        json!({ "path": path, "value": value }),
    ))
}

async fn set(desk: &mut Desk, path: &Path, typed: &str) -> Outcome {
    desk.wallet.set_data(path, understood(path, typed))?;
    let value = desk.wallet.profile()?.value(path);
    let given = pass_on(desk, std::slice::from_ref(path)).await?;
    let text = format!(
        "Written down: {} ({path}): {}\n{}",
        path.label(desk.lang),
        value.as_ref().map(words::value).unwrap_or_default(),
        given.words
    );
    Ok(Answer::yes(
        text,
        json!({ "path": path, "value": value, "given_to": given.json }),
    ))
}

async fn remove(desk: &mut Desk, path: &Path) -> Outcome {
    let was_there = desk.wallet.remove_data(path)?;
    let given = pass_on(desk, std::slice::from_ref(path)).await?;
    let text = if was_there {
        format!("Removed: {path}\n{}", given.words)
    } else {
        format!("Nothing was written down for {path}.")
    };
    Ok(Answer::yes(
        text,
        json!({ "path": path, "removed": was_there, "given_to": given.json }),
    ))
}

/// What became of a change for the agencies that may see it.
struct Given {
    words: String,
    json: Value,
}

/// Sends a change to the agencies that may see it, if the verifier can be reached; says whom it concerns.
async fn pass_on(desk: &mut Desk, paths: &[Path]) -> Result<Given, Failure> {
    let mut grants = Vec::<::wallet::Grant>::new();
    for path in paths {
        let given = desk.wallet.given_to(path)?;
        grants.extend(given);
    }
    grants.sort_by_key(|grant| grant.id);
    grants.dedup_by_key(|grant| grant.id);
    let mut shared = Vec::new();
    if let Some(line) = desk.line_if_known()?.filter(|_| !grants.is_empty()) {
        let busy = busy("Sealing it for those who may see it …");
        let summary = desk.wallet.send(&line).await;
        busy.finish_and_clear();
        shared = summary?.shared;
    }
    let waiting = desk.wallet.shares_waiting()?;
    let (mut words, mut json) = (String::new(), Vec::new());
    for grant in &grants {
        let done = shared.iter().find(|shared| shared.grant == grant.id);
        let waits = waiting.contains(&grant.id);
        words.push_str(&match done {
            Some(done) => format!("{}\n", words::shared(done)),
            None if waits => words::shares_waiting(std::slice::from_ref(grant)),
            None => continue,
        });
        json.push(json!({
            "grant": grant.id,
            "agency": grant.agency,
            "waits": waits,
            "shared": done.map(|done| &done.outcome),
        }));
    }
    Ok(Given {
        words,
        json: Value::Array(json),
    })
}

/// JSON where it fits the item, else plain text; a telephone number is no number.
fn understood(path: &Path, typed: &str) -> Value {
    let json = serde_json::from_str::<Value>(typed).ok();
    let fits = |value: &Value| TypedValue::parse(path, value.clone()).is_ok();
    let text = Value::String(typed.to_owned());
    match json {
        Some(value) if fits(&value) => value,
        // Meant as JSON, so the error should be about it.
        Some(value) if (value.is_object() || value.is_array()) && !fits(&text) => value,
        _ => text,
    }
}

/// A path that exists.
pub(crate) fn parse(path: &str) -> Result<Path, Failure> {
    path.parse().map_err(|error: profile::PathError| {
        Failure::new(
            Exit::Usage,
            "unknown_path",
            failure::sentence(&error.to_string()),
            "`assent wallet data list` names every item.",
        )
    })
}

fn named(file: &std::path::Path, error: &::wallet::WalletError) -> Failure {
    let failure = failure::wallet(error);
    Failure {
        what: format!("{}: {}", file.display(), failure.what),
        ..failure
    }
}

fn one_line(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 60 {
        line
    } else {
        line.chars().take(59).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_json_only_where_that_fits_the_item() {
        let value = |path: &str, typed: &str| understood(&path.parse().unwrap(), typed);
        assert_eq!(value("contact.phone", "02920180000"), json!("02920180000"));
        assert_eq!(value("identity.birth_date", "1956"), json!("1956"));
        assert_eq!(
            value("identity.name", "Megan Powell"),
            json!("Megan Powell")
        );
        assert!(value("home.address", r#"{"locality":"Aberwylan"}"#).is_object());
        assert_eq!(
            value("identity.languages", r#"["cy","en"]"#),
            json!(["cy", "en"])
        );
    }
}
