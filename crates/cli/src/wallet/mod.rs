//! `assent wallet …`: the citizen's commands. Each opens the vault, asks the wallet, and words the answer;
//! whatever was found against the verifier is shouted by every one of them until it is read.

mod data;
mod decline;
mod desk;
mod failure;
mod fresh;
mod grant;
mod grants;
mod looks;
mod narrow;
mod offers;
mod review;
mod state;
mod sync;
mod table;
mod vault;
pub(crate) mod words;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use profile::Lang;

use crate::{outcome::Outcome, secret::PassphraseArgs};
use desk::Desk;

/// What every wallet command takes.
#[derive(ClapArgs)]
pub struct Args {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Which vault, which verifier, which language.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct Common {
    /// The vault's file; without it, the one in your data folder.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) vault: Option<PathBuf>,
    /// The address of the verifier; remembered after the first use.
    #[arg(long, global = true, value_name = "URL", env = "ASSENT_VERIFIER")]
    pub(crate) verifier: Option<String>,
    /// Read the passphrase from the first line of this file.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// The language of labels and notices: en or cy.
    #[arg(long, global = true, value_name = "LANG", default_value = "en", value_parser = lang)]
    pub(crate) lang: Lang,
}

impl Common {
    /// Where the passphrase comes from.
    pub(crate) fn secret(&self) -> PassphraseArgs {
        PassphraseArgs {
            passphrase_file: self.passphrase_file.clone(),
        }
    }
}

fn lang(tag: &str) -> Result<Lang, String> {
    tag.parse()
        .map_err(|error: profile::PathError| error.to_string())
}

#[derive(Subcommand)]
enum Command {
    /// Make a new vault; prints the 24 recovery words once.
    Init,
    /// What the wallet holds, what waits, and how things stand with the verifier.
    Status(state::StatusArgs),
    /// Time the unlocking and check that the vault is sound.
    UnlockCheck,
    /// Read contact cards, patient summaries or wallet files into your data.
    Import(data::ImportArgs),
    /// Your own data.
    #[command(subcommand)]
    Data(data::DataCommand),
    /// Who may ask for your data.
    Agencies,
    /// What a request asks, in plain words; nothing is signed.
    Review(review::ReviewArgs),
    /// Agree to a request, or let an agency read something on your own account.
    Grant(grant::GrantArgs),
    /// Say no to a request; the no is signed, and nothing is shared.
    Decline(decline::DeclineArgs),
    /// Share less, or for less time: a narrower consent in place of one that is in force.
    Narrow(narrow::NarrowArgs),
    /// Offers of help that fit what you wrote down; decided here, nothing is sent.
    Offers,
    /// One of them.
    #[command(subcommand)]
    Offer(offers::OfferCommand),
    /// Every consent you gave.
    Grants,
    /// One consent in full.
    Show(grants::GrantName),
    /// The signed token of a consent, and nothing else.
    Token(grants::GrantName),
    /// Who looked, and what else happened.
    History(grants::HistoryArgs),
    /// Take a consent back, for ever; or all consents of one circle's case.
    Revoke(grants::RevokeArgs),
    /// Pause a consent.
    Suspend(grants::GrantName),
    /// End a pause.
    Resume(grants::GrantName),
    /// Send what waits, fetch who looked, check every proof.
    Sync,
    /// Copy the vault to a new file, while it is in use.
    Backup(vault::FileArgs),
    /// Bring a backup back.
    Restore(vault::FileArgs),
    /// Open the vault with the 24 words and set a new passphrase.
    Recover(vault::RecoverArgs),
    /// Write everything but the keys to a plain JSON file.
    Export(vault::FileArgs),
    /// Set a new passphrase.
    Passphrase(vault::PassphraseChange),
}

/// Runs one wallet command.
pub async fn run(args: Args, json: bool) -> Outcome {
    let common = &args.common;
    match args.command {
        Command::Init => vault::init(common, json),
        Command::UnlockCheck => vault::unlock_check(common),
        Command::Restore(file) => vault::restore(common, &file),
        Command::Recover(args) => vault::recover(common, &args),
        command => {
            let mut desk = Desk::open(common)?;
            let outcome = at_desk(command, &mut desk).await;
            let outcome = desk.tell(outcome, json);
            desk.shout(outcome, json)
        }
    }
}

async fn at_desk(command: Command, desk: &mut Desk) -> Outcome {
    match command {
        Command::Status(args) => state::status(desk, &args),
        Command::Import(args) => data::import(desk, &args).await,
        Command::Data(command) => data::run(desk, command).await,
        Command::Agencies => state::agencies(desk).await,
        Command::Review(args) => review::run(desk, &args).await,
        Command::Grant(args) => grant::run(desk, args).await,
        Command::Decline(args) => decline::run(desk, &args).await,
        Command::Narrow(args) => narrow::run(desk, &args).await,
        Command::Offer(command) => offers::run(desk, &command),
        Command::Offers => offers::list(desk).await,
        Command::Grants => grants::list(desk),
        Command::Show(name) => grants::show(desk, &name),
        Command::Token(name) => grants::token(desk, &name),
        Command::History(args) => grants::history(desk, &args),
        Command::Revoke(args) => grants::revoke(desk, args).await,
        Command::Suspend(name) => grants::suspend(desk, &name).await,
        Command::Resume(name) => grants::resume(desk, &name).await,
        Command::Sync => sync::run(desk).await,
        Command::Backup(file) => vault::backup(desk, &file),
        Command::Export(file) => vault::export(desk, &file),
        Command::Passphrase(args) => vault::passphrase(desk, &args),
        Command::Init | Command::UnlockCheck | Command::Restore(_) | Command::Recover(_) => {
            unreachable!("these open the vault in their own way")
        }
    }
}
