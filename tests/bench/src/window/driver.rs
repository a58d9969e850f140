//! As much of W3C WebDriver as scrolling needs.

use std::{path::Path, time::Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::Failure;

use super::screen::patient;

/// The member that holds an element's reference (W3C WebDriver, section 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long a script may take, in milliseconds.
const SCRIPT_MS: u32 = 600_000;

/// An open window; it is closed when dropped.
pub(crate) struct Window {
    session: String,
}

impl Window {
    /// Opens the program through the driver at this port.
    pub(crate) fn open(port: u16, program: &Path) -> Result<Self, Failure> {
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "wry",
            "webkitgtk:browserOptions": {"binary": program, "args": []},
            "timeouts": {"script": SCRIPT_MS},
        }}});
        let root = format!("http://127.0.0.1:{port}/session");
        let answer = post(&root, &wanted)?;
        let id = answer.get("sessionId").and_then(Value::as_str);
        let id = id.ok_or("the driver names no session")?;
        Ok(Self {
            session: format!("{root}/{id}"),
        })
    }

    /// What a script answers.
    pub(crate) fn run(&self, script: &str, arguments: &Value) -> Result<Value, Failure> {
        let body = json!({"script": script, "args": arguments});
        post(&format!("{}/execute/sync", self.session), &body)
    }

    /// What a script answers by calling its last argument.
    pub(crate) fn run_async(&self, script: &str, arguments: &Value) -> Result<Value, Failure> {
        let body = json!({"script": script, "args": arguments});
        post(&format!("{}/execute/async", self.session), &body)
    }

    /// What a script answers, asked again until it is something.
    pub(crate) fn until<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: &Value,
    ) -> Result<T, Failure> {
        let start = Instant::now();
        loop {
            let answer = self.run(script, arguments)?;
            if !answer.is_null() {
                return Ok(serde_json::from_value(answer)?);
            }
            patient(start, "the page does not come as far as that")?;
        }
    }

    /// Types into the element that a script finds.
    pub(crate) fn type_into(&self, script: &str, text: &str) -> Result<(), Failure> {
        let element: Value = self.until(script, &json!([]))?;
        let element = element.get(ELEMENT).and_then(Value::as_str);
        let element = element.ok_or("the script finds no element")?;
        let address = format!("{}/element/{element}/value", self.session);
        post(&address, &json!({ "text": text })).map(drop)
    }

    /// Presses a key so many times.
    pub(crate) fn press(&self, key: char, times: usize) -> Result<(), Failure> {
        let stroke = ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key}));
        let strokes = stroke.iter().cycle().take(2 * times).collect::<Vec<_>>();
        let body = json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]});
        post(&format!("{}/actions", self.session), &body).map(drop)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
    }
}

fn post(address: &str, body: &Value) -> Result<Value, Failure> {
    let request = ureq::post(address)
        .config()
        .http_status_as_error(false)
        .build();
    let mut answer = request.send_json(body)?;
    let mut body: Value = answer.body_mut().read_json()?;
    let value = body.get_mut("value").map(Value::take).unwrap_or_default();
    if answer.status().is_success() {
        Ok(value)
    } else {
        Err(format!("the driver refuses: {value}").into())
    }
}
