//! The transport of the programs: reqwest over rustls. Plain HTTP goes to loopback only, redirects are
//! never followed, and no answer is read past its limit.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use url::Url;

use crate::transport::{Chunks, Streaming, Transport, TransportError, is_safe};

/// The largest answer that is read: a page of audit bodies stays well below it.
const ANSWER_MAX_BYTES: usize = 32 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(30);
/// A verifier's event stream sends something at least every 15 seconds.
const SILENCE: Duration = Duration::from_secs(45);

/// HTTP/1.1 and 2 with connection reuse.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
    streams: reqwest::Client,
}

/// A body as it comes from the network.
#[derive(Debug)]
pub struct HttpChunks {
    answer: reqwest::Response,
    place: String,
}

impl HttpTransport {
    /// A transport with this machine's root certificates.
    ///
    /// # Errors
    /// [`TransportError::Unreachable`] where the machine's TLS set-up cannot be used.
    pub fn new() -> Result<Self, TransportError> {
        // A second installation is refused and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(HttpTransport {
            client: build(client().timeout(TIMEOUT))?,
            streams: build(client().read_timeout(SILENCE))?,
        })
    }
}

fn client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("assent/", env!("CARGO_PKG_VERSION")))
        .no_proxy()
}

fn build(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, TransportError> {
    builder
        .build()
        .map_err(|_| TransportError::Unreachable("this computer's TLS set-up".into()))
}

impl Transport for HttpTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (mut answer, place) = start(&self.client, request).await?;
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|e| failure(&e, &place))? {
            if body.len() + chunk.len() > ANSWER_MAX_BYTES {
                return Err(TransportError::TooLarge(place));
            }
            body.extend_from_slice(&chunk);
        }
        let (status, headers) = (answer.status(), answer.headers().clone());
        Ok(response(status, headers, body.freeze()))
    }
}

impl Streaming for HttpTransport {
    type Chunks = HttpChunks;

    async fn open(&self, request: Request<Bytes>) -> Result<Response<HttpChunks>, TransportError> {
        let (answer, place) = start(&self.streams, request).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        Ok(response(status, headers, HttpChunks { answer, place }))
    }
}

impl Chunks for HttpChunks {
    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.answer
            .chunk()
            .await
            .map_err(|e| failure(&e, &self.place))
    }
}

/// Sends where it is safe, and waits for the answer's head.
async fn start(
    client: &reqwest::Client,
    request: Request<Bytes>,
) -> Result<(reqwest::Response, String), TransportError> {
    let shown = request.uri().to_string();
    let place = request
        .uri()
        .authority()
        .map_or_else(|| shown.clone(), ToString::to_string);
    if !Url::parse(&shown).is_ok_and(|url| is_safe(&url)) {
        return Err(TransportError::Insecure(shown));
    }
    let (head, body) = request.into_parts();
    let sent = client
        .request(head.method, shown)
        .headers(head.headers)
        .body(body)
        .send()
        .await;
    let answer = sent.map_err(|e| failure(&e, &place))?;
    Ok((answer, place))
}

fn response<B>(status: http::StatusCode, headers: http::HeaderMap, body: B) -> Response<B> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn failure(error: &reqwest::Error, place: &str) -> TransportError {
    if error.is_timeout() {
        TransportError::TimedOut(place.to_owned())
    } else {
        TransportError::Unreachable(place.to_owned())
    }
}
