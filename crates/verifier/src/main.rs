//! `assent-verifier`: makes, serves and backs up a verifier, and does its registrar's acts.

mod failure;
mod print;

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use consent_token::id::AgencyId;
use protocol::registry::{Agency, AgencyStatus, Auditor, Circle};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use store_sqlite::SqliteStore;
use tokio::net::TcpListener;
use verifier::{
    Config, Held, Keys, Server,
    registrar::{self, Act, DATABASE},
};

use failure::{Failure, UNKNOWN, USAGE};

/// The system's own takes a sixth of the time of a busy verifier.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Registers signed consents, publishes their status and keeps a log that nobody can rewrite.
#[derive(Parser)]
#[command(
    name = "assent-verifier",
    version,
    propagate_version = true,
    max_term_width = 100
)]
struct Cli {
    /// Print one JSON object instead of words.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make keys and an empty log.
    Init(InitArgs),
    /// Serve until told to stop.
    Serve(ServeArgs),
    /// Admit, suspend and list agencies; also while serving.
    #[command(subcommand)]
    Agency(AgencyCommand),
    /// Admit auditors; also while serving.
    #[command(subcommand)]
    Auditor(AddCommand),
    /// Add circles of agencies that answer together; also while serving.
    #[command(subcommand)]
    Circle(AddCommand),
    /// Copy keys and database into a new folder; also while serving.
    Backup {
        /// The folder to make.
        target: PathBuf,
        #[command(flatten)]
        data: DataArgs,
    },
}

#[derive(Args)]
struct DataArgs {
    /// The verifier's folder.
    #[arg(
        long,
        value_name = "DIR",
        env = "ASSENT_VERIFIER_DATA",
        default_value = "verifier-data"
    )]
    data: PathBuf,
}

#[derive(Args)]
struct InitArgs {
    #[command(flatten)]
    data: DataArgs,
    /// The public URL, without which it is the address that `serve` listens on.
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8440")]
    listen: SocketAddr,
    /// Address and port of the Prometheus metrics; without it there are none.
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// A TOML file with limits, life times and witnesses.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum AgencyCommand {
    /// Admit an agency by its registry-entry.json, or take its changed entry.
    Add {
        /// The agency's registry-entry.json.
        file: PathBuf,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Suspend an agency: its tokens are refused at once.
    Suspend {
        /// The agency's URL.
        id: AgencyId,
        #[command(flatten)]
        data: DataArgs,
    },
    /// List the agencies.
    List {
        #[command(flatten)]
        data: DataArgs,
    },
}

#[derive(Subcommand)]
enum AddCommand {
    /// Add or change an entry.
    Add {
        /// The entry as JSON.
        file: PathBuf,
        #[command(flatten)]
        data: DataArgs,
    },
}

/// What a command ends with, in words and in JSON.
type Outcome = Result<(String, Value), Failure>;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && std::env::args_os().any(|word| word == "--json") => {
            return ended(print::json(&Failure::of_words(&error).json()), USAGE);
        }
        Err(error) => error.exit(),
    };
    match run(cli.command, cli.json).await {
        Ok((_, value)) if cli.json && !value.is_null() => ended(print::json(&value), 0),
        Ok((words, _)) if !words.is_empty() => ended(print::words(&words), 0),
        Ok(_) => ExitCode::SUCCESS,
        Err(failure) if cli.json => ended(print::json(&failure.json()), failure.exit),
        Err(failure) => {
            print::aside(&failure.words());
            ExitCode::from(failure.exit)
        }
    }
}

/// The exit code, where the answer was written. Who closed the pipe has seen enough.
fn ended(written: io::Result<()>, exit: u8) -> ExitCode {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            print::aside(&format!("The answer cannot be written: {error}."));
            ExitCode::from(UNKNOWN)
        }
        _ => ExitCode::from(exit),
    }
}

async fn run(command: Command, json: bool) -> Outcome {
    match command {
        Command::Init(args) => init(&args),
        Command::Serve(args) => serve(args, json).await,
        Command::Agency(AgencyCommand::Add { file, data }) => {
            let agency: Agency = read(&file)?;
            let name = agency.name.clone();
            act(
                &data,
                Act::AddAgency(Box::new(agency)),
                format!("{name} is admitted."),
            )
            .await
        }
        Command::Agency(AgencyCommand::Suspend { id, data }) => {
            act(
                &data,
                Act::SuspendAgency(id.clone()),
                format!("{id} is suspended."),
            )
            .await
        }
        Command::Agency(AgencyCommand::List { data }) => list(&data).await,
        Command::Auditor(AddCommand::Add { file, data }) => {
            let auditor: Auditor = read(&file)?;
            act(
                &data,
                Act::AddAuditor(Box::new(auditor)),
                "The auditor is admitted.".into(),
            )
            .await
        }
        Command::Circle(AddCommand::Add { file, data }) => {
            let circle: Circle = read(&file)?;
            act(
                &data,
                Act::AddCircle(Box::new(circle)),
                "The circle is added.".into(),
            )
            .await
        }
        Command::Backup { target, data } => backup(&data, &target).await,
    }
}

fn init(args: &InitArgs) -> Outcome {
    let issuer = args.issuer.as_deref().map(|url| url.trim_end_matches('/'));
    if issuer.is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(Failure::new(
            USAGE,
            "issuer",
            "The issuer is not an http or https URL.",
            "Give it as https://verifier.example.",
        ));
    }
    let keys = verifier::create(&args.data.data, issuer)?;
    let (log, registrar) = (keys.log_vkey(), keys.registrar.thumbprint().to_string());
    let words =
        format!("Log key (auditors pin it):  {log}\nRegistrar key:              {registrar}");
    Ok((
        words,
        json!({ "log_vkey": log, "registrar_key": registrar, "issuer": keys.issuer }),
    ))
}

async fn serve(args: ServeArgs, json: bool) -> Outcome {
    logging();
    let data = &args.data.data;
    let config = match &args.config {
        Some(path) => Config::read(path)?,
        None => Config::default(),
    };
    let keys = Keys::read(data)?;
    let _held = Held::hold(data)?;
    let store = SqliteStore::open(&data.join(DATABASE))?;
    let listener = TcpListener::bind(args.listen).await.map_err(|e| {
        let what = format!("{} cannot be listened on: {e}.", args.listen);
        Failure::new(UNKNOWN, "listen", what, "Choose another --listen.")
    })?;
    let address = listener
        .local_addr()
        .map_err(|e| Failure::machine("listen", &e, "Choose another --listen."))?;
    let issuer = config
        .issuer
        .clone()
        .or_else(|| keys.issuer.clone())
        .unwrap_or_else(|| format!("http://{address}"));
    let server = Server::new(store, keys, config, issuer.clone())
        .await
        .map_err(|e| Failure::machine("storage", &e, "Restore a backup."))?;
    let control = server
        .control()
        .listen(data)
        .await
        .map_err(|e| Failure::machine("file", &e, "Check that the folder can be written."))?;
    if let Some(metrics) = args.metrics {
        let listener = TcpListener::bind(metrics)
            .await
            .map_err(|e| Failure::machine("listen", &e, "Choose another --metrics."))?;
        let router = server.metrics_router();
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    // Who does not listen for it any more is served all the same.
    let _unheard = if json {
        let ready = json!({ "listening": format!("http://{address}"), "issuer": issuer });
        print::json(&ready)
    } else {
        print::words(&format!("assent-verifier listens on http://{address}"))
    };
    let served = server.serve(listener, stopped()).await;
    // The next `agency add` must not look for this process.
    let _ = fs::remove_file(control);
    served.map_err(|e| {
        let advice = "Start it again: nothing that was acknowledged is lost.";
        Failure::machine("stopped", &e, advice)
    })?;
    Ok((String::new(), Value::Null))
}

async fn act(data: &DataArgs, act: Act, words: String) -> Outcome {
    let serial = registrar::act(&data.data, &act).await?;
    Ok((words, json!({ "serial": serial })))
}

async fn list(data: &DataArgs) -> Outcome {
    let registry = registrar::registry(&data.data).await?;
    let agencies = registry
        .map(|registry| registry.agencies)
        .unwrap_or_default();
    let line = |agency: &Agency| {
        let status = if agency.status == AgencyStatus::Active {
            "active"
        } else {
            "suspended"
        };
        format!("{status:<10} {:<32} {}", agency.name, agency.id)
    };
    let words = if agencies.is_empty() {
        "No agencies yet.".into()
    } else {
        agencies.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    Ok((words, json!({ "agencies": agencies })))
}

async fn backup(data: &DataArgs, target: &Path) -> Outcome {
    let advice = "Choose a folder that does not exist yet, on a disk with room.";
    // Before anything is made: a wrong --data leaves nothing behind.
    Keys::read(&data.data)?;
    let store = SqliteStore::open(&data.data.join(DATABASE))?;
    make_folder(target).map_err(|e| {
        Failure::new(
            UNKNOWN,
            "file",
            format_args!("{}: {e}.", target.display()),
            advice,
        )
    })?;
    store
        .backup(&target.join(DATABASE))
        .await
        .map_err(|e| Failure::machine("storage", &e, advice))?;
    Keys::copy(&data.data, target)?;
    Ok((
        format!("Keys and database are in {}.", target.display()),
        json!({ "backup": target }),
    ))
}

/// A new folder that only its owner enters.
fn make_folder(path: &Path) -> io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let shown = path.display();
    let text = fs::read(path).map_err(|e| {
        Failure::new(
            UNKNOWN,
            "file",
            format_args!("{shown}: {e}."),
            "Check the path.",
        )
    })?;
    consent_token::json::from_slice(&text).map_err(|e| {
        let what = format_args!("{shown} cannot be read: {e}.");
        Failure::new(USAGE, "entry", what, "Ask its author for a correct one.")
    })
}

/// JSON lines on standard error; `RUST_LOG` says how many.
fn logging() {
    let filter =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt()
        .json()
        .with_writer(io::stderr)
        .with_env_filter(filter)
        .init();
}

/// Ctrl-C, or the service manager's SIGTERM.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
