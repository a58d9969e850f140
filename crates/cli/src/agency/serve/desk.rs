//! The console's API as a member of staff uses it, for filling the sample county.

use bytes::Bytes;
use http::{Request, header};
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
        let request =
            Request::get(format!("{}/api/{path}", self.url)).header(header::COOKIE, &self.cookie);
        let request = request
            .body(Bytes::new())
            .map_err(|e| fault(path, &e.to_string()))?;
        let answer = self
            .transport
            .send(request)
            .await
            .map_err(|e| fault(path, &e.to_string()))?;
        let found = answer
            .status()
            .is_success()
            .then(|| serde_json::from_slice(answer.body()).ok());
        Ok(found.flatten())
    }

    async fn send(&self, path: &str, ask: &Value) -> Result<(Value, Option<String>), Failure> {
        let request = Request::post(format!("{}/api/{path}", self.url))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ORIGIN, &self.url)
            .header(header::COOKIE, &self.cookie)
            .header("assent-csrf", &self.csrf)
            .body(Bytes::from(ask.to_string()))
            .map_err(|e| fault(path, &e.to_string()))?;
        let answer = self
            .transport
            .send(request)
            .await
            .map_err(|e| fault(path, &e.to_string()))?;
        let cookie = answer
            .headers()
            .get(header::SET_COOKIE)
            .and_then(|value| value.to_str().ok());
        let cookie = cookie
            .and_then(|line| line.split(';').next())
            .map(str::to_owned);
        let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        if answer.status().is_success() {
            Ok((body, cookie))
        } else {
            Err(fault(path, &body.to_string()))
        }
    }
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
