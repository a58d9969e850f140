//! Connections: each is served on a task of its own, and one that does not send the head of a request in time is
//! closed, so that nobody can hold the verifier's sockets by being slow.

use std::{net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo, serve::Listener};
use hyper::{
    Request,
    body::Incoming,
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
};

/// Serves until `stop` resolves, then until every running request has ended.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    head_within: Duration,
    stop: impl Future<Output = ()> + Send,
) {
    let server = Server {
        builder: builder(head_within),
        service: TowerToHyperService::new(router),
        open: GracefulShutdown::new(),
        head_within,
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
    head_within: Duration,
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
        let service = service_fn(move |mut request: Request<Incoming>| {
            told.notify_one();
            request.extensions_mut().insert(ConnectInfo(address));
            service.call(request)
        });
        let connection = self
            .builder
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        let connection = self.open.watch(connection);
        let head_within = self.head_within;
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            // Before the first bytes nobody knows yet whose head it is, HTTP/1.1's or 2's.
            let first = tokio::time::timeout(head_within, begun.notified());
            tokio::select! {
                _ended = connection.as_mut() => {}
                begun = first => if begun.is_ok() {
                    let _ended = connection.await;
                },
            }
        });
    }
}
