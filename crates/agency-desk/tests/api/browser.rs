//! A browser as far as a console sees one: cookies, where a call comes from, and an event stream.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, Request, header};
use protocol::{
    HttpTransport, Transport,
    http_transport::HttpChunks,
    transport::{Chunks, Streaming},
};
use serde_json::{Value, json};

/// A test that waits for longer has failed.
const GIVES_UP: std::time::Duration = std::time::Duration::from_secs(30);

/// One browser.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) url: String,
    pub(crate) cookie: Option<String>,
    pub(crate) csrf: String,
    /// Sent with every call, over what a browser would send.
    pub(crate) extra: Vec<(String, String)>,
    transport: HttpTransport,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    pub(crate) fn new(url: &str) -> Self {
        Browser {
            url: url.to_owned(),
            cookie: None,
            csrf: String::new(),
            extra: Vec::new(),
            transport: HttpTransport::new().unwrap(),
        }
    }

    /// The same browser, whose calls carry another header.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.extra.push((name.to_owned(), value.to_owned()));
        other
    }

    pub(crate) async fn sign_in(&mut self, user: &str, password: &str) -> (u16, Value) {
        let answer = self
            .post("sign-in", json!({ "user": user, "password": password }))
            .await;
        self.takes(&answer);
        (answer.status, answer.json())
    }

    /// Keeps the cookie and the token of a session.
    pub(crate) fn takes(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let pair = cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned();
            self.cookie = Some(pair);
        }
        if let Some(csrf) = answer.json()["signed_in"]["csrf"].as_str() {
            csrf.clone_into(&mut self.csrf);
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(
            self.request(Method::GET, &format!("/api/{path}")),
            Bytes::new(),
        )
        .await
    }

    pub(crate) async fn post(&self, path: &str, ask: Value) -> Answer {
        let request = self.request(Method::POST, &format!("/api/{path}"));
        self.send(request, ask.to_string().into()).await
    }

    /// Does something that has to succeed.
    pub(crate) async fn done(&self, path: &str, ask: Value) -> Value {
        let answer = self.post(path, ask).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.json());
        answer.json()
    }

    /// Looks at something that has to be there.
    pub(crate) async fn seen(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.json());
        answer.json()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let mut headers: Vec<(String, String)> =
            vec![("sec-fetch-site".into(), "same-origin".into())];
        if method == Method::POST {
            headers.push(("origin".into(), self.url.clone()));
            headers.push(("content-type".into(), "application/json".into()));
            headers.push(("assent-csrf".into(), self.csrf.clone()));
        }
        headers.extend(
            self.cookie
                .clone()
                .map(|cookie| ("cookie".to_owned(), cookie)),
        );
        for (name, value) in &self.extra {
            headers.retain(|(own, _)| own != name);
            headers.push((name.clone(), value.clone()));
        }
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url));
        let given = headers.into_iter().filter(|(_, value)| !value.is_empty());
        given.fold(request, |request, (name, value)| {
            request.header(name, value)
        })
    }

    pub(crate) async fn send(&self, request: http::request::Builder, body: Bytes) -> Answer {
        let answer = self
            .transport
            .send(request.body(body).unwrap())
            .await
            .unwrap();
        let (head, body) = answer.into_parts();
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body,
        }
    }

    /// Opens the event stream.
    pub(crate) async fn live(&self) -> Live {
        let request = self
            .request(Method::GET, "/api/events")
            .body(Bytes::new())
            .unwrap();
        let answer = self.transport.open(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        Live {
            chunks: answer.into_body(),
            read: BytesMut::new(),
        }
    }

    /// Opens the stream and waits until the console follows its verifier.
    pub(crate) async fn connected(&self) -> Live {
        let mut live = self.live().await;
        live.until(|event| event["kind"] == "line" && event["connected"] == true)
            .await;
        live
    }
}

/// An open event stream.
pub(crate) struct Live {
    chunks: HttpChunks,
    read: BytesMut,
}

impl Live {
    /// The next event; none at the stream's end.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            let text = String::from_utf8_lossy(&self.read).into_owned();
            if let Some((event, _)) = text.split_once("\n\n") {
                let used = event.len() + 2;
                let data = event
                    .lines()
                    .find_map(|line| line.strip_prefix("data: "))
                    .map(str::to_owned);
                let _ = self.read.split_to(used);
                match data {
                    Some(data) => return serde_json::from_str(&data).ok(),
                    None => continue,
                }
            }
            let piece = self.chunks.next().await.ok().flatten()?;
            self.read.extend_from_slice(&piece);
        }
    }

    /// Waits for an event; a stream that never brings it must not hold the others up.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut others = Vec::new();
        let found = tokio::time::timeout(GIVES_UP, async {
            loop {
                let event = self.next().await.expect("the stream goes on");
                if wanted(&event) {
                    return event;
                }
                others.push(event);
            }
        });
        let found = found.await;
        found.unwrap_or_else(|_| panic!("it never came; these did: {others:?}"))
    }

    /// Waits for what happened to a consent.
    pub(crate) async fn act(&mut self, grant: &str, act: &str) -> Value {
        self.until(|event| {
            event["kind"] == "consent" && event["grant"] == grant && event["act"] == act
        })
        .await
    }
}
