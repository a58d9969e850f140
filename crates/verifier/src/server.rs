//! The verifier put together: routes, limits, the sequencer's task and an orderly stop.

use std::{sync::Arc, time::Instant};

use arc_swap::ArcSwap;
use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use http::{HeaderName, HeaderValue, Method, header};
use protocol::{HttpTransport, TransportError, client::REGISTRY_PROOF_HEADER, share};
use tokio::{net::TcpListener, sync::watch};
use tower_http::cors::{self, CorsLayer};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};
use verifier_store::Ledger;

use crate::{
    auth::Bearers,
    boot::{self, BootError},
    config::Config,
    connections::{self, Patience},
    control::Control,
    expiry,
    handlers::{
        agency, attachments, audit, audit_pages, events, grants, health, introspect, log, meta,
        offers, shares, slots, statements, status, token,
    },
    keys::Keys,
    known_tokens::KnownTokens,
    limits::{self, Limit},
    metrics::Metrics,
    once::Once,
    openapi::Description,
    published::Published,
    registrar::{self, RegistrarError},
    reject,
    sequencer::{Sequencer, SequencerError},
    slots::Slots,
    state::{App, Database, Shared, now},
    streams::Streams,
    witness::{Cosigned, Witness},
};

/// Bytes of a request's body at most: two JWTs and a ticket with room to spare.
pub(crate) const BODY_AT_MOST: usize = 32 * 1024;

/// A verifier that has read its database and is ready to listen.
pub struct Server {
    app: Shared,
    task: std::pin::Pin<Box<dyn Future<Output = Result<(), SequencerError>> + Send>>,
    witnesses: Vec<Witness>,
    stop: watch::Sender<bool>,
}

/// Why a verifier cannot start or has stopped. The operator can mend it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The database cannot be served.
    #[error(transparent)]
    Boot(#[from] BootError),
    /// The registry cannot be published under the verifier's address.
    #[error(transparent)]
    Registry(#[from] Box<RegistrarError>),
    /// A commit failed.
    #[error(transparent)]
    Sequencer(#[from] SequencerError),
    /// A witness's key is not a vkey.
    #[error("the witness key {0} cannot be read")]
    Witness(String),
    /// No TLS client can be made for the witnesses.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

impl Server {
    /// Reads the database back and checks that it hashes to its head.
    ///
    /// # Errors
    /// [`ServerError`].
    pub async fn new(
        store: Database,
        keys: Keys,
        config: Config,
        issuer: String,
    ) -> Result<Self, ServerError> {
        let (store, keys, metrics) = (
            Arc::new(store),
            Arc::new(keys),
            Arc::new(Metrics::default()),
        );
        let mut ledger = Ledger::default();
        boot::catch_up(&*store, &mut ledger).await?;
        let ledger = registrar::in_the_name_of(&issuer, &*store, ledger, &keys)
            .await
            .map_err(Box::new)?;
        metrics.started(ledger.head().size);
        let published = Arc::new(ArcSwap::new(Published::new(ledger, &keys.log)));
        let (sequencer, task) = Sequencer::new(
            store.clone(),
            keys.clone(),
            published.clone(),
            metrics.clone(),
            &config.sequencer,
        );
        let metadata = serde_json::to_vec(&meta::metadata(&issuer, &keys, &config))
            .unwrap_or_default()
            .into();
        let (stop, stopping) = watch::channel(false);
        let witnesses = Witness::all(&config.witnesses).map_err(ServerError::Witness)?;
        let app = App {
            slots: Slots::new(keys.tickets.clone(), config.ticket_lifetime),
            bearers: Bearers::new(&keys.bearers),
            once: Once::new(now()),
            known_tokens: KnownTokens::default(),
            status_cache: status::StatusCache::default(),
            offers: offers::OffersDocument::default(),
            streams: Streams::new(config.event_streams),
            cosigned: Arc::new(Cosigned::default()),
            config,
            issuer,
            keys,
            store,
            published,
            sequencer,
            metrics,
            metadata,
            stopping,
        };
        Ok(Server {
            stop,
            app: Arc::new(app),
            task: Box::pin(task),
            witnesses,
        })
    }

    /// The registrar's way in, for acts while serving.
    #[must_use]
    pub fn control(&self) -> Control {
        Control::new(self.app.clone())
    }

    /// What the handlers reach and the task that commits, for tests of a moment that no caller can hit.
    #[cfg(test)]
    pub(crate) fn into_parts(self) -> (Shared, impl Future<Output = Result<(), SequencerError>>) {
        (self.app, self.task)
    }

    /// The metrics in OpenMetrics text, for a listener of their own.
    pub fn metrics_router(&self) -> Router {
        let metrics = self.app.metrics.clone();
        let text = move || {
            let body = metrics.text();
            async move {
                (
                    [(
                        "content-type",
                        "application/openmetrics-text; version=1.0.0; charset=utf-8",
                    )],
                    body,
                )
            }
        };
        Router::new().route("/metrics", get(text))
    }

    /// Serves until `stop` resolves, then lets running requests end. A failed commit ends it at once.
    ///
    /// # Errors
    /// [`ServerError`].
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServerError> {
        let router = router(&self.app);
        for witness in self.witnesses {
            let app = &self.app;
            let transport = HttpTransport::new()?;
            tokio::spawn(witness.run(
                transport,
                app.published.clone(),
                app.cosigned.clone(),
                app.metrics.clone(),
            ));
        }
        let expiry = expiry::run(self.app.store.clone(), self.app.stopping.clone());
        let expiry = tokio::spawn(expiry);
        let grace = self.app.config.stop_within.into();
        let patience = Patience::of(&self.app.config);
        drop(self.app);
        let announced = self.stop;
        let grace = std::time::Duration::from_secs(grace);
        let mut stopping = announced.subscribe();
        let stop = async move {
            stop.await;
            announced.send_replace(true);
        };
        // A client that does not finish its request must not keep the verifier from stopping.
        let late = async move {
            if stopping.wait_for(|stopped| *stopped).await.is_ok() {
                let _ended_before = tokio::time::timeout(grace, std::future::pending::<()>()).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        let mut sequencer = tokio::spawn(self.task);
        let ended = tokio::select! {
            () = connections::serve(listener, router, patience, stop) => Ok(()),
            () = late => Ok(()),
            ended = &mut sequencer => match ended {
                Ok(result) => Ok(result?),
                Err(_) => Err(SequencerError::Append("the sequencer panicked".into()).into()),
            },
        };
        expiry.abort();
        ended
    }
}

/// Every route with its description; limits and state are put around it later.
pub(crate) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(public_routes())
        .merge(other_routes())
        .merge(write_routes())
        .merge(upload_routes())
        .merge(slot_routes())
        .merge(token_routes())
        .merge(status_routes())
}

/// What is the same for everybody, and so for every page in a browser too.
fn public_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(meta::well_known))
        .routes(routes!(meta::registry))
        .routes(routes!(meta::openapi))
        .routes(routes!(offers::list))
        .routes(routes!(log::checkpoint))
        .route("/log/tile/{*path}", get(log::tile))
}

fn other_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(grants::show))
        .routes(routes!(agency::grants))
        .routes(routes!(agency::case))
        .routes(routes!(events::events))
        .routes(routes!(shares::read))
        .routes(routes!(attachments::read))
        .routes(routes!(introspect::introspect))
        .routes(routes!(audit::statements))
        .route("/audit", get(audit_pages::without_slash))
        .route("/audit/", get(audit_pages::index))
        .route("/audit/{*path}", get(audit_pages::file))
}

fn write_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(grants::register))
        .routes(routes!(statements::record))
        .routes(routes!(offers::publish))
}

fn upload_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(shares::upload))
        .routes(routes!(attachments::upload, attachments::remove))
        .layer(DefaultBodyLimit::max(share::MAX_BYTES))
}

fn slot_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(slots::take))
}

fn status_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(status::list))
}

fn token_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(token::issue))
}

fn router(app: &Shared) -> Router {
    let limits = &app.config.rate_limits;
    let limited = |routes: OpenApiRouter<Shared>, per_minute| {
        let limit = Limit::per_minute(per_minute, app.config.behind_proxy);
        sweep(limit.clone());
        routes.layer(middleware::from_fn_with_state(limit, limits::limit))
    };
    let past = Limit::per_minute(limits.past, app.config.behind_proxy);
    sweep(past.clone());
    let past = middleware::from_fn_with_state(past, limits::limit_past);
    let public = public_routes().merge(status_routes().layer(past));
    let (public, _) = public.split_for_parts();
    // What refuses a method stands inside: a browser's question before its request has one of its own.
    let public = public
        .method_not_allowed_fallback(reject::method_not_allowed)
        .layer(cross_origin());
    let routes = other_routes()
        .merge(limited(
            write_routes().merge(upload_routes()),
            limits.writes,
        ))
        .merge(limited(slot_routes(), limits.slots))
        .merge(limited(token_routes(), limits.tokens));
    let (router, _) = routes.split_for_parts();
    router
        .merge(public)
        .fallback(reject::not_found)
        .method_not_allowed_fallback(reject::method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_AT_MOST))
        .layer(middleware::map_response(not_kept))
        .layer(middleware::from_fn_with_state(app.clone(), observe))
        .with_state(app.clone())
}

/// Lets pages of every origin read what everybody may, without credentials (Fetch standard, CORS protocol). The
/// answer is the same for all of them, so that no cache has to tell them apart.
fn cross_origin() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(cors::Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::IF_NONE_MATCH])
        .expose_headers([
            header::ETAG,
            header::RETRY_AFTER,
            HeaderName::from_static(REGISTRY_PROOF_HEADER),
        ])
        .max_age(std::time::Duration::from_secs(24 * 60 * 60))
}

/// What says nothing of caches is for its caller alone.
async fn not_kept(mut response: Response) -> Response {
    let headers = response.headers_mut().entry(header::CACHE_CONTROL);
    headers.or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Addresses that have not come back for a while are forgotten.
fn sweep(limit: Limit) {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(std::time::Duration::from_secs(60));
        loop {
            ticks.tick().await;
            limit.sweep();
        }
    });
}

/// Counts each answer by route; the log line holds no address, grant or agency.
async fn observe(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    let status = response.status().as_u16();
    app.metrics.answered(route, status, started.elapsed());
    tracing::debug!(%method, route, status, micros = started.elapsed().as_micros(), "answered");
    response
}
