//! The console put together: it opens the agency's folder, listens, follows the verifier and stops in good order.

use std::{net::SocketAddr, sync::Arc};

use agency::{AgencyError, Alone, Identity};
use tokio::net::TcpListener;

use crate::{
    Clock, Config,
    api::{DemoUser, Role},
    desk::{Desk, Opening},
    follow, password,
    people::Person,
    place::Place,
    server,
};

/// What a console is started with.
#[derive(Debug)]
pub struct Options {
    /// `desk.toml`.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// The verifier's address; the one from before unless given.
    pub verifier: Option<String>,
    /// Users of a sample, each shown with their password on the sign-in page.
    pub sample: Vec<Sample>,
}

/// A user of a sample.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The name to sign in with.
    pub user: String,
    /// The name as colleagues read it.
    pub name: String,
    /// The password, which is no secret.
    pub password: String,
    /// What they may do.
    pub roles: Vec<Role>,
}

/// A console that is ready to serve.
pub struct Console {
    desk: Arc<Desk>,
    listener: TcpListener,
    _alone: Alone,
}

/// Why a console cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// `desk.toml` says something that cannot be; its author mends it.
    #[error("{0}")]
    Config(String),
    /// Others could listen in: the address is not of this computer, and nothing says that TLS stands in front.
    #[error("without TLS in front, a console listens on this computer only")]
    Insecure,
    /// The agency's folder cannot be used.
    #[error(transparent)]
    Agency(#[from] AgencyError),
    /// The listener broke.
    #[error("the listener failed: {0}")]
    Listen(#[from] std::io::Error),
    /// A user of the sample cannot be made.
    #[error("the sample's users cannot be made: {0}")]
    Sample(#[from] crate::ApiError),
}

impl Console {
    /// Opens the agency's folder; nothing is served or sent yet.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn new(
        agency: Identity,
        listener: TcpListener,
        options: Options,
    ) -> Result<Self, StartError> {
        let at = listener.local_addr()?;
        let public = options.config.public_url.as_ref();
        if public.is_none() && !at.ip().is_loopback() {
            return Err(StartError::Insecure);
        }
        // Before anything is read: what another console changes meanwhile would be overwritten.
        let alone = agency.follow_alone()?;
        let shown = |one: &Sample| DemoUser {
            user: one.user.clone(),
            password: one.password.clone(),
            roles: one.roles.clone(),
        };
        let desk = Desk::open(Opening {
            place: Place::new(public, at),
            agency: Arc::new(agency),
            demo: options.sample.iter().map(shown).collect(),
            config: options.config,
            clock: options.clock,
            verifier: options.verifier,
        })?;
        for one in options.sample {
            add(&desk, one).await?;
        }
        Ok(Console {
            desk: Arc::new(desk),
            listener,
            _alone: alone,
        })
    }

    /// Where staff reach it, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.desk.place.url
    }

    /// The code that makes the first administrator, as long as nobody is known.
    #[must_use]
    pub fn set_up_code(&self) -> Option<&str> {
        self.desk
            .set_up_code
            .as_deref()
            .filter(|_| self.desk.demo.is_empty())
    }

    /// Serves until `stop` resolves. Pages' streams are ended, other calls may end by themselves.
    ///
    /// # Errors
    /// [`StartError::Listen`].
    pub async fn serve(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), StartError> {
        let following = tokio::spawn(follow::follow(self.desk.clone()));
        let refreshing = tokio::spawn(follow::refresh(self.desk.clone()));
        let service = server::router(self.desk).into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(self.listener, service);
        let served = tokio::select! {
            served = async { serving.await } => served,
            () = stop => Ok(()),
        };
        following.abort();
        refreshing.abort();
        Ok(served?)
    }
}

async fn add(desk: &Desk, one: Sample) -> Result<(), crate::ApiError> {
    if desk.people()?.find(&one.user).is_some() {
        return Ok(());
    }
    let mut person = Person::new(&one.name, one.roles)?;
    person.password = Some(password::hash(&one.password).await?);
    desk.people()?.add(&desk.agency, &one.user, person)
}
