//! Every error of the wallet in a person's words: what happened, and what to do.

use std::path::Path;

use ::vault::{PassphraseError, PhraseError, VaultError};
use ::wallet::{WalletError, words};
use consent_token::{Refusal, request::AnswerError};
use profile::Lang;
use protocol::{ClientError, TransportError};

use super::fresh;
use crate::outcome::{Exit, Failure};

impl From<WalletError> for Failure {
    fn from(error: WalletError) -> Self {
        wallet(&error)
    }
}

/// Any error of the wallet.
pub(crate) fn wallet(error: &WalletError) -> Failure {
    let (exit, advice) = match error {
        WalletError::Vault(error) => return vault(error),
        WalletError::Client(error) => return client(error),
        WalletError::Request(refusal) => return request(*refusal),
        WalletError::Answer(error) => return answer(error),
        WalletError::Value(error) => {
            return Failure::new(
                Exit::Usage,
                "value",
                error.problem.to_string(),
                format!("Allowed here: {}", error.allowed(Lang::En)),
            );
        }
        WalletError::Import(error) => {
            return Failure::new(
                Exit::Usage,
                error.code(),
                "The file cannot be imported.",
                error.explain(Lang::En),
            );
        }
        WalletError::EndsTooLate { latest } => {
            let what = format!(
                "This consent can run until {} at most.",
                words::day(*latest, Lang::En)
            );
            return Failure::new(
                Exit::Usage,
                error.code(),
                what,
                "Choose an earlier end with --until.",
            );
        }
        WalletError::NotADocument(_) => (
            Exit::Usage,
            "Choose a name after documents., such as documents.care-plan.",
        ),
        WalletError::AttachmentSize => (
            Exit::Usage,
            "Keep a smaller file, or split it; an empty one says nothing.",
        ),
        WalletError::AttachmentFile(std::io::ErrorKind::StorageFull) => {
            return vault(&VaultError::DiskFull);
        }
        WalletError::AttachmentFile(_) => {
            (Exit::Unknown, "Check the file and that you may use it.")
        }
        WalletError::Record(_) => (
            Exit::Unknown,
            "Update this program; if that does not help, restore a backup.",
        ),
        WalletError::Randomness(_) => (Exit::Unknown, "Restart the computer."),
        WalletError::NoVerifier => (
            Exit::Usage,
            "Name one with --verifier URL; it is remembered.",
        ),
        WalletError::NotAVerifier(_) => (Exit::Unknown, "Check the address given with --verifier."),
        WalletError::OtherVersion(_) => (
            Exit::Unknown,
            "Update this program, or ask the verifier's operator to update theirs.",
        ),
        WalletError::VerifierChanged(_) => (
            Exit::No,
            "Nothing was sent. Ask the operator why, by a way you trust. The proof is kept in your wallet.",
        ),
        WalletError::OtherVerifier { .. } => (
            Exit::Usage,
            "Nothing was sent; what you decided is kept. A wallet keeps to one verifier: leave --verifier out, and see what ASSENT_VERIFIER says.",
        ),
        WalletError::OutOfTime => (
            Exit::Unknown,
            "Check this computer's clock: date, time and time zone. If it is right, tell the verifier's operator.",
        ),
        WalletError::NoRegistry => (Exit::Unknown, "Connect once with `assent wallet sync`."),
        WalletError::Registry(_) | WalletError::RegistryUnproven => (
            Exit::No,
            "The earlier list stays in use. Tell the operator; the proof is kept in your wallet.",
        ),
        WalletError::Link(_) => (
            Exit::Usage,
            "Copy the whole link, or ask the agency for a new one.",
        ),
        WalletError::OtherAgency { .. } => (
            Exit::No,
            "Do not use this link. Tell the agency that it claims to come from.",
        ),
        WalletError::UnknownCircle(_) => (Exit::No, "Tell the agency that asks."),
        WalletError::UnknownAgency(_) => (
            Exit::Usage,
            "`assent wallet agencies` lists who is registered.",
        ),
        WalletError::AgencySuspended(_) => (
            Exit::No,
            "It may not ask for anything until the registrar admits it again.",
        ),
        WalletError::UnknownPurpose(_) => (
            Exit::Usage,
            "Use one of the purposes, such as emergency-response.",
        ),
        WalletError::EndsInPast => (Exit::Usage, "Choose a later end with --until."),
        WalletError::NoSlots { .. } => (
            Exit::Unknown,
            "Nothing was signed. Connect to the network and try again; `assent wallet sync` fills the stock for later.",
        ),
        WalletError::NotARequest => (Exit::Usage, "Do not grant it, and nothing is shared."),
        WalletError::AnsweredAlready(_) => (
            Exit::No,
            "Take that consent back instead: `assent wallet revoke`.",
        ),
        WalletError::NotRegistered => (
            Exit::No,
            "Send it with `assent wallet sync` first, or take it back and give another.",
        ),
        WalletError::GrantPaused => (
            Exit::No,
            "End the pause first, or take it back and give another.",
        ),
        WalletError::NotNarrower => (
            Exit::Usage,
            "Name an item with --without, or an earlier end with --until.",
        ),
        WalletError::UnknownOffer(_) => (
            Exit::Usage,
            "`assent wallet offers` lists those that fit you.",
        ),
        WalletError::UnknownGrant(_) => (
            Exit::Usage,
            "`assent wallet grants` lists them. The first letters are enough if they fit only one.",
        ),
        WalletError::GrantEnded => (Exit::No, "Give a new consent if you want to share again."),
        _ => (Exit::Unknown, "Update this program."),
    };
    Failure::new(exit, error.code(), sentence(&error.to_string()), advice)
}

/// An error of the way to the verifier or an agency.
pub(crate) fn client(error: &ClientError) -> Failure {
    let what = sentence(&error.to_string());
    match error {
        ClientError::Transport(TransportError::Insecure(_)) => {
            Failure::new(Exit::Usage, "insecure", what, "Use an https:// address.")
        }
        ClientError::Transport(_) => Failure::new(
            Exit::Unknown,
            "unreachable",
            what,
            "Check the network and the address. What you decided is kept and can be sent later.",
        ),
        ClientError::Refused(problem) if problem.code == "invalid_dpop_proof" => Failure::new(
            Exit::Unknown,
            problem.code.clone(),
            "The verifier does not accept this computer's proof of who asks; mostly that is the time in it.",
            "Check this computer's clock: date, time and time zone.",
        ),
        ClientError::Refused(problem) => {
            let exit = if problem.status >= 500 || problem.status == 429 {
                Exit::Unknown
            } else {
                Exit::No
            };
            Failure::new(
                exit,
                problem.code.clone(),
                what,
                super::words::refusal(&problem.code).to_owned(),
            )
        }
        ClientError::Unanswered { status, .. } if *status >= 500 || *status == 429 => Failure::new(
            Exit::Unknown,
            "unreachable",
            what,
            "Try again later. What you decided is kept and can be sent later.",
        ),
        ClientError::Unanswered { .. } => {
            Failure::new(Exit::Unknown, "unreachable", what, "Check the address.")
        }
        _ => Failure::new(
            Exit::Unknown,
            "not_a_verifier",
            what,
            "Check the address, and whether the network wants you to sign in first.",
        ),
    }
}

/// A request that is not shown, and why.
fn request(refusal: Refusal) -> Failure {
    let (what, advice) = match refusal {
        Refusal::Expired => (
            "The request is too old to be answered.",
            "Ask the agency for a new one.",
        ),
        Refusal::NotYetValid => (
            "The request comes from the future.",
            "Check this computer's clock.",
        ),
        Refusal::UnknownAgency => (
            "Whoever made this request is not registered.",
            "Do not answer it.",
        ),
        Refusal::AgencySuspended => ("The agency that asks is suspended.", "Do not answer it."),
        Refusal::WrongAgencyKey | Refusal::BadSignature | Refusal::KeyMismatch => (
            "The request was not signed by the agency that it names.",
            "Do not answer it. Tell the agency.",
        ),
        Refusal::UnknownTerm => (
            "The request uses terms that this wallet does not know.",
            "Update this program; nothing is signed that is not understood.",
        ),
        Refusal::TooLarge => (
            "This is too long for one consent.",
            "Ask for, or give, less at once.",
        ),
        _ => (
            "This is not a consent request.",
            "Copy the whole link, file or text, or ask the agency for a new one.",
        ),
    };
    Failure::new(Exit::No, refusal.code(), what, advice)
}

fn answer(error: &AnswerError) -> Failure {
    let advice = match error {
        AnswerError::RequiredMissing(_) => "Give it too, or do not answer the request at all.",
        AnswerError::NothingChosen => "Leave at least one item in.",
        AnswerError::NotRequested(_) => "`assent wallet review` shows what is asked.",
        _ => "Ask the agency for a new request.",
    };
    Failure::new(Exit::Usage, "answer", sentence(&error.to_string()), advice)
}

/// An error of the vault.
pub(crate) fn vault(error: &VaultError) -> Failure {
    let (exit, code, advice) = match error {
        VaultError::NotFound => (
            Exit::Usage,
            "vault_not_found",
            "Make one with `assent wallet init`, or say where it is with --vault FILE.",
        ),
        VaultError::AlreadyExists => (
            Exit::Usage,
            "vault_exists",
            "Choose another name; files are never overwritten.",
        ),
        VaultError::LeftoverJournal => (
            Exit::Unknown,
            "vault_journal",
            "Put the vault's file back beside it, or move the journal away.",
        ),
        VaultError::InUse => (
            Exit::Unknown,
            "vault_in_use",
            "Close the other program or window first.",
        ),
        VaultError::NotAVault => (
            Exit::Usage,
            "not_a_vault",
            "Check the file that --vault names.",
        ),
        VaultError::NewerFormat { .. } | VaultError::SlotNewer => {
            (Exit::Unknown, "vault_newer", "Update this program.")
        }
        VaultError::WrongPassphrase => (
            Exit::No,
            "wrong_passphrase",
            "Try again. If it is forgotten, use your 24 words: `assent wallet recover --phrase-file FILE`.",
        ),
        VaultError::WrongRecoveryPhrase => (
            Exit::No,
            "wrong_phrase",
            "Use the words that were shown when this vault was made.",
        ),
        VaultError::SlotDamaged => (
            Exit::Unknown,
            "vault_damaged",
            "Use your 24 words: `assent wallet recover --phrase-file FILE`.",
        ),
        VaultError::KeyDerivation(_) => (
            Exit::Unknown,
            "memory",
            "Close other programs and try again.",
        ),
        VaultError::DiskFull => (Exit::Unknown, "disk_full", "Make room and try again."),
        VaultError::BackupUnfinished => (
            Exit::Usage,
            "backup_unfinished",
            "Make the backup with `assent wallet backup FILE`.",
        ),
        VaultError::Randomness => (Exit::Unknown, "randomness", "Restart the computer."),
        VaultError::MustReopen => (
            Exit::Unknown,
            "storage",
            "Run the command again and see what `assent wallet status` says.",
        ),
        VaultError::Record(_) => (Exit::Usage, "too_large", "Store less in one item."),
        VaultError::Io(_) | VaultError::Storage { .. } => (
            Exit::Unknown,
            "storage",
            "Check the disk and that you may use the folder.",
        ),
        _ => (
            Exit::Unknown,
            "vault_damaged",
            "Nothing was changed. Restore a backup: `assent wallet restore FILE --vault NEWFILE`.",
        ),
    };
    Failure::new(exit, code, sentence(&error.to_string()), advice)
}

/// An error of opening or making the vault at `place`.
pub(crate) fn vault_at(error: &VaultError, place: &Path) -> Failure {
    let shown = place.display();
    let what = match error {
        VaultError::NotFound => format!("There is no vault at {shown}."),
        VaultError::NotAVault => format!("{shown} is not a vault."),
        VaultError::AlreadyExists => return occupied(place),
        _ => return vault(error),
    };
    Failure {
        what,
        ..vault(error)
    }
}

/// There is a file where a new one was to be.
pub(crate) fn occupied(place: &Path) -> Failure {
    let shown = place.display();
    Failure {
        what: format!("There is a file at {shown} already; it was left as it is."),
        ..vault(&VaultError::AlreadyExists)
    }
}

/// A backup that could not be written to `file`.
pub(crate) fn backup(error: &VaultError, file: &Path) -> Failure {
    match error {
        VaultError::NotFound => fresh::no_folder(file),
        VaultError::AlreadyExists => occupied(file),
        other => vault(other),
    }
}

/// A backup `file` that could not be brought back to `place`.
pub(crate) fn restore(error: &VaultError, file: &Path, place: &Path) -> Failure {
    let shown = file.display();
    let told = |what: String, advice: &str| Failure {
        what,
        advice: advice.to_owned(),
        ..vault(error)
    };
    match error {
        VaultError::NotFound => told(
            format!("There is no file {shown}."),
            "Check the name of the backup.",
        ),
        VaultError::NotAVault => told(
            format!("{shown} is not a backup of a wallet."),
            "Choose a file that `assent wallet backup` wrote.",
        ),
        VaultError::AlreadyExists => occupied(place),
        VaultError::WrongPassphrase => told(
            "This passphrase does not open the backup.".to_owned(),
            "Try again, with the passphrase of the time when the backup was made.",
        ),
        other if vault(other).code == "vault_damaged" => told(
            format!("The backup {shown} is not whole: {other}."),
            "Nothing was written. Copy it again from where it is kept, or use an older backup.",
        ),
        other => vault(other),
    }
}

/// An error of opening the vault at `place` with the 24 words.
pub(crate) fn recover(error: &VaultError, place: &Path) -> Failure {
    match error {
        VaultError::SlotDamaged => Failure {
            what: "The part of the vault that the 24 words open is damaged.".to_owned(),
            advice: "Open it with your passphrase, and make a backup. If the passphrase is forgotten, restore a backup: `assent wallet restore FILE --vault NEWFILE`."
                .to_owned(),
            ..vault(error)
        },
        other => vault_at(other, place),
    }
}

/// A revocation that could not be signed for the reason that was given.
pub(crate) fn reason(error: &WalletError) -> Failure {
    let what = match error {
        WalletError::Request(Refusal::TooLarge) => "The reason is too long to be signed.",
        WalletError::Request(_) => "This reason cannot be signed.",
        other => return wallet(other),
    };
    let advice = "Nothing was stopped. Say it in fewer and plainer words, or leave --reason out.";
    Failure::new(Exit::Usage, "reason", what, advice)
}

/// A passphrase that cannot be one.
pub(crate) fn passphrase(error: &PassphraseError) -> Failure {
    Failure::new(
        Exit::Usage,
        "passphrase",
        sentence(&error.to_string()),
        "Type it again.",
    )
}

/// Words that are not a recovery phrase.
pub(crate) fn phrase(error: PhraseError) -> Failure {
    Failure::new(
        Exit::Usage,
        "phrase",
        sentence(&error.to_string()),
        "Compare the words with your paper, one by one.",
    )
}

/// The first letter large and a full stop at the end.
pub(crate) fn sentence(text: &str) -> String {
    // An address and the name of an item are written as they are.
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.trim_end_matches(['.', ':', ',']).contains('.') {
        return format!("{}.", text.trim_end_matches('.'));
    }
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let end = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_large_unless_it_begins_with_a_name() {
        assert_eq!(sentence("the disk is full"), "The disk is full.");
        assert_eq!(
            sentence("identity.name is not asked for"),
            "identity.name is not asked for."
        );
        assert_eq!(sentence("https://v.example: no"), "https://v.example: no.");
        assert_eq!(sentence("stop."), "Stop.");
    }

    #[test]
    fn what_is_wrong_with_a_backup_is_never_told_of_the_vault() {
        let (file, place) = (Path::new("b.vault"), Path::new("w.vault"));
        let said = |error| restore(&error, file, place);
        assert_eq!(said(VaultError::NotFound).what, "There is no file b.vault.");
        assert!(said(VaultError::NotAVault).what.contains("b.vault"));
        assert!(said(VaultError::AlreadyExists).what.contains("w.vault"));
        for damage in [VaultError::Truncated, VaultError::RowAltered { rows: 1 }] {
            let told = said(damage);
            assert!(told.what.contains("b.vault"), "{}", told.what);
            assert!(!told.advice.contains("restore"), "{}", told.advice);
        }
        let told = recover(&VaultError::SlotDamaged, place);
        assert!(!told.advice.contains("24 words"), "{}", told.advice);
    }
}
