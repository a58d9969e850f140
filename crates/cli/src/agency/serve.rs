//! `assent agency serve`: the agency's console in a browser, and with `--demo` the sample county behind it.

mod desk;
mod sample;

use std::{net::SocketAddr, path::Path};

use ::agency::{Cache, Identity};
use agency_desk::{Clock, Config, Console, Options, StartError};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::oneshot};

use super::{Common, VerifierArgs, failure};
use crate::{
    clock,
    outcome::{Answer, Exit, Failure, Outcome},
    print,
    stop::asked as stopped,
};

/// Serve the agency's console to browsers.
#[derive(clap::Args)]
pub struct Args {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8450")]
    listen: SocketAddr,
    /// Show the sample county: a verifier, five agencies and residents of its own, gone afterwards.
    #[arg(long)]
    demo: bool,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Serves until Ctrl-C.
pub async fn run(args: Args, json: bool) -> Outcome {
    let listener = TcpListener::bind(args.listen).await.map_err(|e| {
        let what = format!("{} cannot be listened on: {e}.", args.listen);
        Failure::new(Exit::Unknown, "listen", what, "Choose another --listen.")
    })?;
    if args.demo {
        return sample::run(listener, json).await;
    }
    let agency = pinned(&args).await?;
    let console = open(
        agency,
        listener,
        options(&args.common.dir, args.verifier.verifier)?,
    )
    .await?;
    let (url, code) = (
        console.url().to_owned(),
        console.set_up_code().map(str::to_owned),
    );
    tell(&url, code.as_deref(), json)?;
    console.serve(stopped()).await.map_err(start_failure)?;
    Ok(Answer::yes("Stopped.", json!({ "stopped": true })))
}

/// The agency; a verifier whose log key is given is contacted now and held to it.
async fn pinned(args: &Args) -> Result<Identity, Failure> {
    let agency = Identity::open(&args.common.dir).map_err(failure)?;
    if args.verifier.log_vkey.is_some() {
        let mut cache = Cache::open(&agency).map_err(failure)?;
        args.verifier.connect(&mut cache).await?;
    }
    Ok(agency)
}

fn options(dir: &Path, verifier: Option<String>) -> Result<Options, Failure> {
    Ok(Options {
        config: Config::read(dir).map_err(start_failure)?,
        clock: Clock::new(clock::now),
        verifier,
        sample: Vec::new(),
    })
}

async fn open(
    agency: Identity,
    listener: TcpListener,
    options: Options,
) -> Result<Console, Failure> {
    Console::new(agency, listener, options)
        .await
        .map_err(start_failure)
}

fn tell(url: &str, code: Option<&str>, json: bool) -> Result<(), Failure> {
    if json {
        return print::json(
            &json!({ "listening": url, "set_up_code": code, "pages": agency_desk::are_built_in() }),
        );
    }
    print::words(&format!("assent agency console listens on {url}"))?;
    if let Some(code) = code {
        print::words(&format!(
            "Nobody can sign in yet. Make the first administrator there with this code: {code}"
        ))?;
    }
    tell_of_pages()
}

fn tell_of_pages() -> Result<(), Failure> {
    if agency_desk::are_built_in() {
        return Ok(());
    }
    print::words(
        "Its pages are not in this program: build ui/agency with Node, then build with --features agency-pages.",
    )
}

fn start_failure(error: StartError) -> Failure {
    let (code, advice) = match error {
        StartError::Agency(error) => return failure(error),
        StartError::Insecure => (
            "insecure",
            "Listen on 127.0.0.1, put a reverse proxy with TLS in front, and name it as public_url in desk.toml.",
        ),
        StartError::Config(_) => ("config", "Mend desk.toml in the agency's folder."),
        StartError::Listen(_) => ("listen", "Choose another --listen."),
        _ => ("start", "Try again."),
    };
    Failure::new(Exit::Usage, code, format!("{error}."), advice)
}

/// Serves beside what else is done; the sender stops it.
fn beside(
    console: Console,
) -> (
    oneshot::Sender<()>,
    tokio::task::JoinHandle<Result<(), StartError>>,
) {
    let (stop, stopping) = oneshot::channel::<()>();
    let serving = tokio::spawn(console.serve(async move {
        // A sender that is gone stops it too.
        let _ = stopping.await;
    }));
    (stop, serving)
}

/// Nothing, as JSON.
fn nothing() -> Value {
    json!({})
}
