//! A light load client: keep-alive HTTP/1.1 over hyper, so many connections with one request under way on
//! each. It shares the machine and the runtime with the server; both sides of a ratio pay for it.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, Uri, header::HOST};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, task::JoinSet};

use crate::{
    Failure,
    numbers::{Sample, Series},
};

/// Connections of every load, as the aims say.
pub(crate) const CONNECTIONS: usize = 64;

type Connection = SendRequest<Full<Bytes>>;

/// A request, ready to be sent.
#[derive(Clone)]
pub(crate) struct Ask {
    method: Method,
    path: Uri,
    headers: HeaderMap,
    body: Bytes,
    expected: StatusCode,
}

impl Ask {
    pub(crate) fn get(path: &'static str) -> Self {
        let (method, path) = (Method::GET, Uri::from_static(path));
        Self {
            method,
            path,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            expected: StatusCode::OK,
        }
    }

    pub(crate) fn post(
        path: &'static str,
        headers: HeaderMap,
        body: impl Into<Bytes>,
        expected: StatusCode,
    ) -> Self {
        Self {
            method: Method::POST,
            path: Uri::from_static(path),
            headers,
            body: body.into(),
            expected,
        }
    }

    fn request(&self, host: &http::HeaderValue) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.path.clone();
        request.headers_mut().clone_from(&self.headers);
        request.headers_mut().insert(HOST, host.clone());
        request
    }
}

/// What a load came to.
pub(crate) struct Load {
    pub(crate) sample: Sample,
    /// How long each caller waited.
    pub(crate) waits: Series,
    /// Some of the answers, each with its request's number.
    pub(crate) answers: Vec<(usize, Bytes)>,
}

/// Every so many answers one is kept.
const KEPT: usize = 97;

/// Connections that stay open from load to load.
pub(crate) struct Client {
    connections: Vec<Connection>,
    host: http::HeaderValue,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self, Failure> {
        let mut connections = Vec::with_capacity(CONNECTIONS);
        for _ in 0..CONNECTIONS {
            connections.push(connect(address).await?);
        }
        Ok(Self {
            connections,
            host: address.to_string().parse()?,
        })
    }

    /// Sends `count` requests, the asks in turn, and waits for every answer.
    pub(crate) async fn load(&mut self, asks: Arc<[Ask]>, count: usize) -> Result<Load, Failure> {
        let next = Arc::new(AtomicUsize::new(0));
        let mut callers = JoinSet::new();
        let start = Instant::now();
        for connection in self.connections.drain(..) {
            let caller = Caller {
                connection,
                host: self.host.clone(),
                asks: asks.clone(),
                next: next.clone(),
            };
            callers.spawn(caller.run(count));
        }
        let mut done = Load {
            sample: Sample {
                operations: count,
                elapsed: Duration::ZERO,
            },
            waits: Series::default(),
            answers: Vec::new(),
        };
        while let Some(called) = callers.join_next().await {
            let called = called??;
            self.connections.push(called.connection);
            done.waits.extend(called.waits);
            done.answers.extend(called.answers);
        }
        done.sample.elapsed = start.elapsed();
        Ok(done)
    }
}

async fn connect(address: SocketAddr) -> Result<Connection, Failure> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (connection, driver) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(driver);
    Ok(connection)
}

struct Caller {
    connection: Connection,
    host: http::HeaderValue,
    asks: Arc<[Ask]>,
    next: Arc<AtomicUsize>,
}

struct Called {
    connection: Connection,
    waits: Vec<Duration>,
    answers: Vec<(usize, Bytes)>,
}

impl Caller {
    async fn run(mut self, count: usize) -> Result<Called, Failure> {
        let (mut waits, mut answers) = (Vec::new(), Vec::new());
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(Called {
                    connection: self.connection,
                    waits,
                    answers,
                });
            }
            let start = Instant::now();
            let body = self.call(number).await?;
            waits.push(start.elapsed());
            if number.is_multiple_of(KEPT) {
                answers.push((number, body));
            }
        }
    }

    async fn call(&mut self, number: usize) -> Result<Bytes, Failure> {
        let ask = self
            .asks
            .get(number % self.asks.len())
            .ok_or("nothing to ask")?;
        self.connection.ready().await?;
        let (head, body) = self
            .connection
            .send_request(ask.request(&self.host))
            .await?
            .into_parts();
        let body = body.collect().await?.to_bytes();
        if head.status == ask.expected {
            Ok(body)
        } else {
            Err(format!(
                "{} answered {}: {}",
                ask.path,
                head.status,
                String::from_utf8_lossy(&body)
            )
            .into())
        }
    }
}
