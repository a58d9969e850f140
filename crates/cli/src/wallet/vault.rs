//! The vault itself: made, checked, copied, brought back, exported, and its passphrase.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    time::Instant,
};

use ::vault::{Argon2Params, Credential, RecoveryPhrase, Vault, VaultError};
use clap::Args;
use serde_json::json;
use wallet_app::is_weak;
use zeroize::Zeroizing;

use super::{
    Common,
    desk::{Desk, busy, passphrase as prepared, place},
    failure,
    fresh::{self, Fresh},
    table,
};
use crate::{
    outcome::{self, Answer, Exit, Failure, Outcome},
    secret,
};

#[derive(Args)]
pub(crate) struct FileArgs {
    /// The file.
    file: PathBuf,
}

#[derive(Args)]
pub(crate) struct RecoverArgs {
    /// The file with the 24 words.
    #[arg(long, value_name = "FILE")]
    phrase_file: PathBuf,
}

#[derive(Args)]
pub(crate) struct PassphraseChange {
    /// Read the new passphrase from the first line of this file (or from ASSENT_NEW_PASSPHRASE, or a prompt).
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

/// Makes a vault and shows the 24 words, this once.
pub(crate) fn init(common: &Common, json: bool) -> Outcome {
    let place = place(common)?;
    make_folder(&place)?;
    if place.exists() {
        return Err(failure::occupied(&place));
    }
    let typed = common.secret().read_new("Choose a passphrase: ")?;
    let passphrase = prepared(&typed)?;
    let busy = busy("Making the vault …");
    let made = Vault::create(&place, &passphrase, Argon2Params::DEFAULT);
    busy.finish_and_clear();
    let (vault, phrase) = made.map_err(|error| failure::vault_at(&error, &place))?;
    let listed: Vec<&str> = phrase.expose_words().collect();
    let rows: Vec<[String; 4]> = listed
        .chunks(4)
        .enumerate()
        .map(|(row, words)| numbered(row * 4, words))
        .collect();
    let text = format!(
        "Your vault: {}\n{}\nYour 24 recovery words. Write them on paper, in this order, and keep them safe.\n\
         They are shown this once. Whoever has them can open your wallet; without them a forgotten passphrase cannot be helped.\n\n{}",
        place.display(),
        weakness(&typed),
        table::table(["", "", "", ""], &rows).trim_start_matches('\n'),
    );
    let members = json!({
        "vault": place.display().to_string(),
        "recovery_phrase": listed.join(" "),
        "weak_passphrase": is_weak(&typed),
    });
    let told = outcome::tell_once(&Answer::yes(text, members), json);
    match told {
        Ok(()) => Ok(Answer::said(Exit::Yes)),
        Err(error) => {
            // Nobody has the words, and nobody has put anything into it: it can be made again.
            drop(vault);
            std::fs::remove_file(&place).map_err(|error| Failure::file(&place, &error))?;
            Err(Failure {
                what: format!(
                    "The 24 recovery words could not be written, so no vault was made: {}.",
                    outcome::file_words(&error)
                ),
                ..Failure::unsaid(&error)
            })
        }
    }
}

/// What to know about a passphrase that was just set; nothing where it is good.
fn weakness(typed: &str) -> &'static str {
    if is_weak(typed) {
        "! This passphrase is easy to guess. Set a longer one, of several words: `assent wallet passphrase`.\n"
    } else {
        ""
    }
}

fn numbered(before: usize, words: &[&str]) -> [String; 4] {
    std::array::from_fn(|at| {
        words
            .get(at)
            .map_or_else(String::new, |word| format!("{:2} {word}", before + at + 1))
    })
}

/// Times the unlocking and reads the whole file.
pub(crate) fn unlock_check(common: &Common) -> Outcome {
    let place = place(common)?;
    let locked = match Vault::open(&place) {
        Ok(locked) => locked,
        Err(error) => return unsound(&error, &place),
    };
    let passphrase = prepared(&common.secret().read("Passphrase: ")?)?;
    let start = Instant::now();
    let checked = locked
        .unlock(&passphrase)
        .map_err(|still| still.error)
        .and_then(|unlocked| {
            let unlocked_in = start.elapsed();
            unlocked.verify()?;
            Ok((unlocked_in, unlocked.records()))
        });
    match checked {
        Ok((unlocked_in, records)) => {
            let milliseconds = u64::try_from(unlocked_in.as_millis()).unwrap_or(u64::MAX);
            let text =
                format!("The vault is sound: {records} records, unlocked in {milliseconds} ms.");
            Ok(Answer::yes(
                text,
                json!({ "sound": true, "milliseconds": milliseconds, "records": records }),
            ))
        }
        Err(error) => unsound(&error, &place),
    }
}

/// Damage is a clear no; whatever else went wrong is said as it is.
fn unsound(error: &VaultError, place: &Path) -> Outcome {
    let failure = failure::vault_at(error, place);
    if failure.code != "vault_damaged" {
        return Err(failure);
    }
    let text = format!(
        "The vault is not sound. {}\n{}",
        failure.what, failure.advice
    );
    Ok(Answer::no(
        text,
        json!({ "sound": false, "code": failure.code, "what": failure.what }),
    ))
}

/// Copies the vault to a new file.
pub(crate) fn backup(desk: &mut Desk, args: &FileArgs) -> Outcome {
    desk.wallet
        .vault()
        .backup(&args.file)
        .map_err(|error| failure::backup(&error, &args.file))?;
    let shown = args.file.display().to_string();
    let text = format!(
        "Backup written and checked: {shown}\nIt opens with the same passphrase and the same 24 words."
    );
    Ok(Answer::yes(text, json!({ "backup": shown })))
}

/// Brings a backup back as the vault; nothing in it may put a consent back into force.
pub(crate) fn restore(common: &Common, args: &FileArgs) -> Outcome {
    let place = place(common)?;
    make_folder(&place)?;
    let passphrase = prepared(&common.secret().read("Passphrase of the backup: ")?)?;
    let busy = busy("Checking the backup …");
    let restored = Vault::restore(&args.file, &place, &Credential::Passphrase(&passphrase));
    busy.finish_and_clear();
    let restored = restored.map_err(|error| failure::restore(&error, &args.file, &place))?;
    let mut desk = Desk::new(restored, common);
    desk.wallet.settle_after_restore()?;
    let text = format!(
        "Restored: {}\nWhat you stopped since the backup stays stopped. Run `assent wallet sync` to see how things stand now.",
        place.display()
    );
    Ok(Answer::yes(
        text,
        json!({ "vault": place.display().to_string(), "grants": desk.wallet.grants()?.len() }),
    ))
}

/// Opens the vault with the 24 words and sets a new passphrase; where the vault is lost, makes a new one
/// with the same keys.
pub(crate) fn recover(common: &Common, args: &RecoverArgs) -> Outcome {
    let typed = std::fs::read_to_string(&args.phrase_file)
        .map_err(|error| Failure::file(&args.phrase_file, &error))?;
    let phrase = RecoveryPhrase::parse(&Zeroizing::new(typed)).map_err(failure::phrase)?;
    let place = place(common)?;
    let found = place.exists();
    let (new, costs) = (
        || common.secret().read_new("Choose a new passphrase: "),
        Argon2Params::DEFAULT,
    );
    let typed;
    if found {
        let locked = Vault::open(&place).map_err(|error| failure::recover(&error, &place))?;
        let mut unlocked = locked
            .unlock_with_phrase(&phrase)
            .map_err(|still| failure::recover(&still.error, &place))?;
        typed = new()?;
        unlocked
            .change_passphrase(&prepared(&typed)?, costs)
            .map_err(|error| failure::vault(&error))?;
    } else {
        make_folder(&place)?;
        typed = new()?;
        Vault::create_from_phrase(&place, &prepared(&typed)?, costs, &phrase)
            .map_err(|error| failure::vault_at(&error, &place))?;
    }
    let text = if found {
        format!(
            "Recovered: {}\nThe new passphrase is set; everything is as it was.",
            place.display()
        )
    } else {
        format!(
            "A new vault with your keys: {}\nYour data and consents are not in it. If you have a backup, restore that instead.",
            place.display()
        )
    };
    let weak = is_weak(&typed);
    Ok(Answer::yes(
        format!("{text}\n{}", weakness(&typed)),
        json!({ "vault": place.display().to_string(), "found": found, "weak_passphrase": weak }),
    ))
}

/// Writes everything but the keys to a new file.
pub(crate) fn export(desk: &mut Desk, args: &FileArgs) -> Outcome {
    let export = desk.wallet.export()?;
    let text = Zeroizing::new(serde_json::to_vec_pretty(&export).map_err(|error| {
        Failure::new(
            Exit::Unknown,
            "export",
            format!("The export cannot be written: {error}"),
            "Update this program.",
        )
    })?);
    let mut file = Fresh::begin(&args.file)?;
    let written = file.file().write_all(&text);
    written.map_err(|error| fresh::refused(&args.file, error.kind()))?;
    file.publish()?;
    let shown = args.file.display().to_string();
    let mut words =
        format!("Exported: {shown}\nIt is not encrypted. Keep it where nobody else can read it.");
    let paths = export.fields.iter().map(|(path, _)| path);
    let files = paths.filter(|path| path.document().is_some());
    let files: Vec<String> = files.map(ToString::to_string).collect();
    if !files.is_empty() {
        words.push_str("\nIt lists the files that you keep, but does not hold them: `assent wallet data save PATH FILE` writes one out.");
    }
    Ok(Answer::yes(
        words,
        json!({ "export": shown, "grants": export.grants.len(), "items": export.fields.len(), "without_files": files }),
    ))
}

/// Sets a new passphrase.
pub(crate) fn passphrase(desk: &mut Desk, args: &PassphraseChange) -> Outcome {
    let typed = new_passphrase(args.new_passphrase_file.as_deref())?;
    let new = prepared(&typed)?;
    let busy = busy("Setting the passphrase …");
    let changed = desk
        .wallet
        .vault_mut()
        .change_passphrase(&new, Argon2Params::DEFAULT);
    busy.finish_and_clear();
    changed.map_err(|error| failure::vault(&error))?;
    let text = "The new passphrase is set. Backups made before still open with the old one.";
    Ok(Answer::yes(
        format!("{text}\n{}", weakness(&typed)),
        json!({ "changed": true, "weak_passphrase": is_weak(&typed) }),
    ))
}

/// The old passphrase may come from `ASSENT_PASSPHRASE`; the new one never does.
fn new_passphrase(file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    if let Some(file) = file {
        return secret::first_line(file);
    }
    if let Ok(new) = std::env::var("ASSENT_NEW_PASSPHRASE") {
        return Ok(Zeroizing::new(new));
    }
    let ask = |prompt: &str| {
        secret::ask(prompt).map_err(|error| {
            Failure::usage(
                format!("The new passphrase could not be read: {error}"),
                "Type it when asked, or use --new-passphrase-file.",
            )
        })
    };
    let first = ask("New passphrase: ")?;
    if *first != *ask("The same again: ")? {
        return Err(Failure::usage(
            "The two passphrases are not the same.",
            "Try again.",
        ));
    }
    Ok(first)
}

fn make_folder(place: &Path) -> Result<(), Failure> {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))
        }
        _ => Ok(()),
    }
}
