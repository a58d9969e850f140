//! The console's API as a member of staff uses it, for filling the sample county.

use bytes::Bytes;
use http::{Request, Response, header};
use protocol::{HttpTransport, Transport};
use serde_json::{Value, json};

use crate::outcome::{Exit, Failure};

/// Somebody who is signed in.
pub(super) struct Desk {
    url: String,
    transport: HttpTransport,
    cookie: String,
    csrf: String,
}

impl Desk {
    /// Signs in.
    pub(super) async fn sign_in(url: &str, user: &str, password: &str) -> Result<Self, Failure> {
        let transport = HttpTransport::new().map_err(|e| fault("sign-in", &e.to_string()))?;
        let mut desk = Desk {
            url: url.to_owned(),
            transport,
            cookie: String::new(),
            csrf: String::new(),
        };
        let (session, cookie) = desk
            .send("sign-in", &json!({ "user": user, "password": password }))
            .await?;
        desk.cookie = cookie.unwrap_or_default();
        let csrf = session.pointer("/signed_in/csrf").and_then(Value::as_str);
        csrf.unwrap_or_default().clone_into(&mut desk.csrf);
        Ok(desk)
    }

    /// Does something.
    pub(super) async fn post(&self, path: &str, ask: &Value) -> Result<Value, Failure> {
        Ok(self.send(path, ask).await?.0)
    }

    /// Looks something up; none where it is not there yet.
    pub(super) async fn get(&self, path: &str) -> Result<Option<Value>, Failure> {
        let request = Request::get(self.address(path)).body(Bytes::new());
        let (found, answer) = self.ask(path, request).await?;
        Ok(found.then(|| body(&answer)))
    }

    async fn send(&self, path: &str, ask: &Value) -> Result<(Value, Option<String>), Failure> {
        let request = Request::post(self.address(path))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ORIGIN, &self.url)
            .header("assent-csrf", &self.csrf)
            .body(Bytes::from(ask.to_string()));
        let (done, answer) = self.ask(path, request).await?;
        let body = body(&answer);
        if !done {
            return Err(fault(path, &body.to_string()));
        }
        let cookie = answer.headers().get(header::SET_COOKIE);
        let pair = cookie.and_then(|line| line.to_str().ok()?.split(';').next());
        Ok((body, pair.map(str::to_owned)))
    }

    fn address(&self, path: &str) -> String {
        format!("{}/api/{path}", self.url)
    }

    /// Whether it was done, and what was said.
    async fn ask(
        &self,
        path: &str,
        request: http::Result<Request<Bytes>>,
    ) -> Result<(bool, Response<Bytes>), Failure> {
        let mut request = request.map_err(|e| fault(path, &e.to_string()))?;
        if let Ok(cookie) = self.cookie.parse() {
            request.headers_mut().insert(header::COOKIE, cookie);
        }
        let answer = self.transport.send(request).await;
        let answer = answer.map_err(|e| fault(path, &e.to_string()))?;
        Ok((answer.status().is_success(), answer))
    }
}

fn body(answer: &Response<Bytes>) -> Value {
    serde_json::from_slice(answer.body()).unwrap_or_default()
}

fn fault(path: &str, said: &str) -> Failure {
    let what = format!("The sample county could not be filled: {path} said {said}.");
    Failure::new(
        Exit::Unknown,
        "sample",
        what,
        "Keep the output and report it.",
    )
}
