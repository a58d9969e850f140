//! As much of W3C WebDriver as the window's tests need.

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The member that holds an element's reference (W3C WebDriver, section 12.2).
pub(crate) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long an element may take to appear, in milliseconds.
const PATIENCE_MS: u32 = 60_000;
const PATIENCE: Duration = Duration::from_secs(60);

/// An open window; it is closed when dropped.
pub(crate) struct Window {
    session: String,
}

impl Window {
    /// Opens the program, with these words.
    pub(crate) fn open(port: u16, program: &Path, words: &[&str]) -> Self {
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "wry",
            "webkitgtk:browserOptions": {"binary": program, "args": words},
            "timeouts": {"implicit": PATIENCE_MS, "script": PATIENCE_MS},
        }}});
        let root = format!("http://127.0.0.1:{port}/session");
        let answer = post(&root, &wanted);
        let id = answer["sessionId"].as_str().expect("a session id");
        Self {
            session: format!("{root}/{id}"),
        }
    }

    /// The text of the first element that matches, once there is one.
    pub(crate) fn text(&self, selector: &str) -> String {
        let element = self.element(selector);
        let text = get(&format!("{}/element/{element}/text", self.session));
        text.as_str().expect("a text").to_owned()
    }

    pub(crate) fn click(&self, selector: &str) {
        self.click_on(&self.element(selector));
    }

    /// Clicks an element that a script found.
    pub(crate) fn click_on(&self, element: &str) {
        let address = format!("{}/element/{element}/click", self.session);
        post(&address, &json!({}));
    }

    /// Types into an element that a script found; a file field is given a file by its path.
    pub(crate) fn type_into(&self, element: &str, text: &str) {
        let address = format!("{}/element/{element}/value", self.session);
        post(&address, &json!({ "text": text }));
    }

    /// The element that a script returns, asked for again until there is one.
    pub(crate) fn found(&self, script: &str, arguments: &Value) -> String {
        let start = Instant::now();
        loop {
            let answer = self.run(script, arguments.clone());
            if let Some(element) = answer[ELEMENT].as_str() {
                return element.to_owned();
            }
            assert!(
                start.elapsed() < PATIENCE,
                "nothing is found for {arguments} on this page:\n{}",
                self.text("body")
            );
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }

    /// Makes the page's window this large, in CSS pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let size = json!({"x": 0, "y": 0, "width": width, "height": height});
        post(&format!("{}/window/rect", self.session), &size);
    }

    pub(crate) fn run(&self, script: &str, arguments: Value) -> Value {
        let body = json!({"script": script, "args": arguments});
        post(&format!("{}/execute/sync", self.session), &body)
    }

    /// Runs a script that calls its last argument with the answer.
    pub(crate) fn run_async(&self, script: &str) -> Value {
        let body = json!({"script": script, "args": []});
        post(&format!("{}/execute/async", self.session), &body)
    }

    /// What the window looks like, as PNG bytes.
    pub(crate) fn picture(&self) -> Vec<u8> {
        let picture = get(&format!("{}/screenshot", self.session));
        STANDARD
            .decode(picture.as_str().expect("base64 text"))
            .expect("base64")
    }

    fn element(&self, selector: &str) -> String {
        let body = json!({"using": "css selector", "value": selector});
        let found = post(&format!("{}/element", self.session), &body);
        found[ELEMENT].as_str().expect("an element").to_owned()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
    }
}

fn get(address: &str) -> Value {
    value(
        ureq::get(address)
            .config()
            .http_status_as_error(false)
            .build()
            .call(),
    )
}

fn post(address: &str, body: &Value) -> Value {
    value(
        ureq::post(address)
            .config()
            .http_status_as_error(false)
            .build()
            .send_json(body),
    )
}

fn value(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
    let mut answer = answer.expect("the driver answers");
    let mut body: Value = answer
        .body_mut()
        .read_json()
        .expect("the driver answers in JSON");
    assert!(answer.status().is_success(), "the driver refuses: {body}");
    body["value"].take()
}
