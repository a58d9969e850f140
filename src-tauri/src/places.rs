//! What the program is told about the machine: by its words, by the environment, or by nobody.

use clap::Parser;
use tauri::{AppHandle, Manager as _};
use wallet_app::Places;

/// Assent: share what helps keep you safe, and take it back at once.
#[derive(Parser)]
struct Words {
    /// The vault's file, in place of the usual one.
    #[arg(long, env = "ASSENT_VAULT", value_name = "FILE")]
    vault: Option<std::path::PathBuf>,
    /// The folder that files for you are written to, in place of `Assent` in your home.
    #[arg(long, env = "ASSENT_PAPERS", value_name = "DIR")]
    papers: Option<std::path::PathBuf>,
    /// The verifier to suggest on first use.
    #[arg(long, env = "ASSENT_VERIFIER", value_name = "URL")]
    verifier: Option<String>,
    /// A link to open.
    #[arg(value_name = "assent://…")]
    _link: Vec<String>,
}

/// The places that were named. On a phone the vault is in the app's own folder, which no other app can read.
pub(crate) fn told(app: &AppHandle) -> Places {
    // Words that cannot be read must not keep anybody from their wallet.
    let words = Words::try_parse().ok();
    let (vault, papers, verifier) = words.map_or((None, None, None), |words| {
        (words.vault, words.papers, words.verifier)
    });
    let own = cfg!(mobile)
        .then(|| app.path().app_data_dir().ok())
        .flatten();
    let inside = |name: &str| own.as_ref().map(|folder| folder.join(name));
    Places {
        vault: vault.or_else(|| inside("wallet.vault")),
        papers: papers.or_else(|| inside("papers")),
        verifier,
    }
}
