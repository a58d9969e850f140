//! `assent agency …`: asks for consent, checks it, and says what was done with it.

mod check;
mod documents;
mod export;
mod forward;
mod grants;
mod init;
mod inputs;
mod locate;
mod offer;
mod push;
mod read;
mod request;
mod serve;
mod watch;
mod words;

use std::path::PathBuf;

use ::agency::{AgencyError, Cache, Identity, Pins, wait_before};
use clap::{Args, Subcommand};
use protocol::{HttpTransport, VerifierClient};

use crate::{
    outcome::{self, Exit, Failure, Outcome, sentence},
    print,
    stop::Stop,
};

/// What an agency does.
#[derive(Subcommand)]
pub enum Command {
    /// Make keys and an entry to hand to the registrar.
    Init(init::Args),
    /// Ask for consent: a signed request as a link, a file or a QR code.
    Request(Box<request::Args>),
    /// Check a consent: exit code 0 is yes, 1 is no, 3 could not tell.
    Check(check::Args),
    /// List the consents given to the agency.
    Grants(grants::GrantsArgs),
    /// Offer help to whom a rule fits; each wallet decides by itself.
    Offer(Box<offer::Args>),
    /// Read what is shared under a consent; on record first.
    Read(read::ReadArgs),
    /// Open what waits for an incident; on record first, and the person is told.
    Open(Box<read::OpenArgs>),
    /// Hand what is shared on to another agency that the consent names; on record first.
    Forward(Box<forward::ForwardArgs>),
    /// Open what another agency handed on.
    Receive(forward::ReceiveArgs),
    /// Record a second person's look at an opening.
    Review(locate::ReviewArgs),
    /// Find whose consents a call may be about, in the agency's own index.
    Locate(locate::LocateArgs),
    /// Show who else serves a case of a circle.
    Case(locate::CaseArgs),
    /// Follow every change, acknowledge revocations, keep the index for calls.
    Watch(watch::Args),
    /// Hand every change on to a system of yours: webhooks, as security event tokens.
    Push(push::Args),
    /// List what is to be deleted, and by when.
    Obligations(locate::ObligationsArgs),
    /// State that everything read under a grant was deleted.
    Erased(grants::ErasedArgs),
    /// Serve the agency's console to browsers.
    Serve(serve::Args),
}

/// What every command needs to know.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// The agency's folder.
    #[arg(
        long,
        value_name = "DIR",
        env = "ASSENT_AGENCY_DIR",
        default_value = "."
    )]
    pub dir: PathBuf,
}

/// How to reach the verifier.
#[derive(Args, Clone, Debug)]
pub struct VerifierArgs {
    /// The verifier's address; remembered after the first time.
    #[arg(long, value_name = "URL", env = "ASSENT_VERIFIER")]
    pub verifier: Option<String>,
    /// The log key that the verifier's operator published; compared at the first contact.
    #[arg(long, value_name = "VKEY")]
    pub log_vkey: Option<String>,
    /// Show who asks with a DPoP proof on every call instead of a bearer token.
    #[arg(long)]
    pub dpop: bool,
}

/// Runs a command.
pub async fn run(command: Command, json: bool) -> Outcome {
    match command {
        Command::Init(args) => init::run(args),
        Command::Request(args) => request::run(*args, json),
        Command::Check(args) => check::run(args).await,
        Command::Grants(args) => grants::list(args).await,
        Command::Offer(args) => offer::run(*args).await,
        Command::Read(args) => read::read(args).await,
        Command::Open(args) => read::open(*args).await,
        Command::Forward(args) => forward::forward(*args).await,
        Command::Receive(args) => forward::receive(args).await,
        Command::Review(args) => locate::review(args).await,
        Command::Locate(args) => locate::locate(args),
        Command::Case(args) => locate::case(args).await,
        Command::Watch(args) => watch::run(args, json).await,
        Command::Push(args) => push::run(args, json).await,
        Command::Obligations(args) => locate::obligations(args),
        Command::Erased(args) => grants::erased(args).await,
        Command::Serve(args) => serve::run(args, json).await,
    }
}

impl VerifierArgs {
    /// A client for the verifier that is named, or was named before.
    fn client(&self, cache: &Cache) -> Result<VerifierClient<HttpTransport>, AgencyError> {
        // A variable that is set to nothing names nothing.
        let named = self.verifier.as_deref().filter(|url| !url.is_empty());
        let url = named.or_else(|| cache.pins().map(|pins| pins.url.as_str()));
        let url = url.ok_or(AgencyError::NoVerifier)?;
        let transport = HttpTransport::new().map_err(protocol::ClientError::from)?;
        Ok(VerifierClient::new(url, transport))
    }

    /// Contacts the verifier and holds it to what is pinned.
    async fn connect(
        &self,
        cache: &mut Cache,
    ) -> Result<(VerifierClient<HttpTransport>, Pins), Failure> {
        self.try_connect(cache).await.map_err(failure)
    }

    async fn try_connect(
        &self,
        cache: &mut Cache,
    ) -> Result<(VerifierClient<HttpTransport>, Pins), AgencyError> {
        let client = self.client(cache)?;
        let pins = cache.connect(&client, self.log_vkey.as_deref()).await?;
        let pins = pins.clone();
        Ok((client, pins))
    }

    /// As [`VerifierArgs::connect`]; a verifier that does not answer is asked until it does, or until it is to stop.
    async fn connect_at_last(
        &self,
        cache: &mut Cache,
        stop: &mut Stop,
    ) -> Result<Option<(VerifierClient<HttpTransport>, Pins)>, Failure> {
        let connected = async {
            let mut attempt = 0;
            loop {
                match self.try_connect(cache).await {
                    Err(error) if error.is_passing() => again(&error, attempt).await,
                    other => return other.map_err(failure),
                }
                attempt += 1;
            }
        };
        tokio::select! {
            connected = connected => connected.map(Some),
            () = stop.asked() => Ok(None),
        }
    }

    fn authentication(&self) -> ::agency::Authentication {
        if self.dpop {
            ::agency::Authentication::Dpop
        } else {
            ::agency::Authentication::Bearer
        }
    }
}

/// The agency in its folder, with its copies.
fn open(common: &Common) -> Result<(Identity, Cache), Failure> {
    let agency = Identity::open(&common.dir).map_err(failure)?;
    let cache = Cache::open(&agency).map_err(failure)?;
    Ok((agency, cache))
}

/// Says once why nothing comes, and waits before the next try.
async fn again(error: &AgencyError, attempt: u32) {
    if attempt == 0 {
        let what = sentence(&error.to_string());
        print::aside(&format!("{what} It is asked again until it answers."));
    }
    wait(attempt).await;
}

async fn wait(attempt: u32) {
    let mut wait = tokio::time::interval(wait_before(attempt));
    wait.tick().await;
    wait.tick().await;
}

/// What went wrong, in two lines. A clear no of the verifier is a no, and says why.
fn failure(error: AgencyError) -> Failure {
    let exit = match &error {
        AgencyError::Exists(_)
        | AgencyError::NoAgency(_)
        | AgencyError::NoEncryptionKeys(_)
        | AgencyError::NoVerifier
        | AgencyError::OtherVerifier { .. }
        | AgencyError::UnknownTerm(_)
        | AgencyError::Unsignable(_) => Exit::Usage,
        error if error.is_refusal() => Exit::No,
        _ => Exit::Unknown,
    };
    if let AgencyError::File { path, kind } = &error {
        let what = outcome::kind_in_words(*kind).map_or_else(|| kind.to_string(), str::to_owned);
        let advice = outcome::file_advice(*kind);
        return Failure::new(exit, error.code(), format!("{path}: {what}."), advice);
    }
    if let Some((why, advice)) = words::refused(&error) {
        return Failure::new(exit, error.code(), why, advice);
    }
    let what = sentence(&error.to_string());
    Failure::new(exit, error.code(), what, words::advice(&error))
}

#[cfg(test)]
mod tests {
    use protocol::{ClientError, Code, Problem, client_assertion::AssertionError, dpop::DpopError};

    use super::*;

    fn refused(code: Code, detail: &str) -> Failure {
        let problem = Problem::new(code, Some(detail.to_owned()));
        failure(ClientError::Refused(Box::new(problem)).into())
    }

    #[test]
    fn a_wrong_clock_is_no_word_on_the_agency() {
        for told in [
            refused(Code::InvalidClient, &AssertionError::Time.to_string()),
            refused(Code::InvalidDpop, &DpopError::Time.to_string()),
        ] {
            assert_eq!((told.exit, told.code.as_str()), (Exit::Unknown, "clock"));
            assert!(told.advice.contains("this computer's clock"));
        }
        let unknown = refused(Code::InvalidClient, "the client is not registered");
        assert_eq!(unknown.exit, Exit::No);
        assert!(unknown.advice.contains("registrar"));
    }

    #[test]
    fn a_refusal_says_what_and_then_what_to_do() {
        for code in Code::OWN {
            let told = refused(*code, "why");
            assert!(told.what.len() > 5 && told.what.ends_with('.'), "{told:?}");
            assert!(!told.advice.contains("network") || told.exit == Exit::Unknown);
        }
        let strange = failure(ClientError::NotAVerifier("http://a".into()).into());
        assert_eq!(strange.advice, "Check the address.");
    }
}
