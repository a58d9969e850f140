//! Serves the wallet's interface to a browser on this machine, with the same commands as the window has.
//! It prints one line with its address; the address holds a token, without which it answers nothing.

use std::{
    io::Write as _, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration,
};

use clap::Parser;
use devhost::{Door, router};
use tokio::net::TcpListener;
use wallet_app::{App, Places};

/// The wallet's interface in a browser, for trying it; never for a person's real data.
#[derive(Parser)]
struct Arguments {
    /// The vault's file.
    #[arg(long, value_name = "FILE")]
    vault: PathBuf,
    /// The folder that files for the person are written to.
    #[arg(long, value_name = "DIR")]
    papers: PathBuf,
    /// The verifier to suggest on first use.
    #[arg(long, value_name = "URL")]
    verifier: Option<String>,
    /// The built interface.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/wallet/dist"))]
    pages: PathBuf,
    /// Where to listen: an address of this machine alone.
    #[arg(long, default_value = "127.0.0.1:0", value_parser = loopback)]
    listen: SocketAddr,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| "not an address and a port".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("this program listens on the loopback interface only".to_owned())
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "The test host stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(asked: Arguments) -> std::io::Result<()> {
    let app = Arc::new(App::new(Places {
        vault: Some(asked.vault),
        papers: Some(asked.papers),
        verifier: asked.verifier,
    }));
    let listener = TcpListener::bind(asked.listen).await?;
    let door = Door::new(listener.local_addr()?)?;
    writeln!(std::io::stdout(), "{}", door.address())?;
    let watched = app.clone();
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(2));
        loop {
            ticks.tick().await;
            watched.lock_if_idle().await;
        }
    });
    axum::serve(listener, router(app, door, &asked.pages)).await
}
