//! Connections: each is served on a task of its own, and one that does not send a request in time, its head or its
//! body, is closed, so that nobody can hold the verifier's sockets by being slow.

use std::{
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{BoxError, Router, extract::ConnectInfo, serve::Listener};
use hyper::{
    Request,
    body::{Body, Bytes, Frame, Incoming, SizeHint},
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::{Sleep, sleep},
};

use crate::config::Config;

/// How long a caller may take to send a request.
#[derive(Clone, Copy)]
pub(crate) struct Patience {
    head: Duration,
    body: Duration,
}

impl Patience {
    pub(crate) fn of(config: &Config) -> Self {
        Patience {
            head: Duration::from_secs(config.head_within.get().into()),
            body: Duration::from_secs(config.body_within.get().into()),
        }
    }
}

/// Serves until `stop` resolves, then until every running request has ended.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    patience: Patience,
    stop: impl Future<Output = ()> + Send,
) {
    let server = Server {
        builder: builder(patience.head),
        service: TowerToHyperService::new(router),
        open: GracefulShutdown::new(),
        patience,
    };
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            // axum's own, which waits where the system has no socket left.
            (stream, address) = Listener::accept(&mut listener) => server.take(stream, address),
            () = &mut stop => break,
        }
    }
    drop(listener);
    server.open.shutdown().await;
}

struct Server {
    builder: Builder<TokioExecutor>,
    service: TowerToHyperService<Router>,
    open: GracefulShutdown,
    patience: Patience,
}

/// HTTP/1.1 and 2. From the end of an answer on, the next request's head has the same time as the first.
fn builder(head_within: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(head_within);
    builder
}

impl Server {
    fn take(&self, stream: TcpStream, address: SocketAddr) {
        // A small answer must not wait for the peer's delayed acknowledgement.
        let _ = stream.set_nodelay(true);
        let begun = Arc::new(Notify::new());
        let (told, service) = (begun.clone(), self.service.clone());
        let patience = self.patience;
        let service = service_fn(move |mut request: Request<Incoming>| {
            told.notify_one();
            request.extensions_mut().insert(ConnectInfo(address));
            service.call(request.map(|body| Timely::new(body, patience.body)))
        });
        let connection = self
            .builder
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        let connection = self.open.watch(connection);
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            // Before the first bytes nobody knows yet whose head it is, HTTP/1.1's or 2's.
            let first = tokio::time::timeout(patience.head, begun.notified());
            tokio::select! {
                _ended = connection.as_mut() => {}
                begun = first => if begun.is_ok() {
                    let _ended = connection.await;
                },
            }
        });
    }
}

/// The body was not there in time.
#[derive(Debug, thiserror::Error)]
#[error("the body did not arrive in time")]
pub(crate) struct Late;

/// A body that has to be there in time. The clock starts only where it has to be waited for.
struct Timely {
    body: Incoming,
    within: Duration,
    end: Option<Pin<Box<Sleep>>>,
}

impl Timely {
    fn new(body: Incoming, within: Duration) -> Self {
        Timely {
            body,
            within,
            end: None,
        }
    }
}

impl Body for Timely {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let within = self.within;
        #[expect(
            clippy::disallowed_methods,
            reason = "a deadline beside the body, which is the event that is waited for"
        )]
        let end = self.end.get_or_insert_with(|| Box::pin(sleep(within)));
        match end.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Some(Err(Late.into()))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
