//! The sample county's verifier: made once, kept between runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{Running, run, start_and_wait};

/// Where the sample county's verifier listens.
const LISTEN: &str = "127.0.0.1:8440";

/// The county: two programs, what is known of it, and where it is kept.
pub(crate) struct County {
    assent: PathBuf,
    verifier: PathBuf,
    samples: PathBuf,
    folder: PathBuf,
}

impl County {
    pub(crate) fn new(place: &Place, profile: &str) -> Self {
        Self {
            assent: place.program(profile, "assent"),
            verifier: place.program(profile, "assent-verifier"),
            samples: place.root.join("samples").join("county"),
            folder: place.target.join("county"),
        }
    }

    /// Starts the verifier, after making it and admitting the agencies the first time.
    ///
    /// # Errors
    /// When a sample cannot be read, or a program refuses; its words stand above.
    pub(crate) fn start(&self) -> Result<Running, XtaskError> {
        let complete = self.folder.join("complete");
        if !complete.is_file() {
            self.found()?;
            fs::write(&complete, "").map_err(|source| XtaskError::File {
                path: complete,
                source,
            })?;
        }
        let mut serve = self.operator(&["serve", "--listen", LISTEN]);
        let (running, ready) = start_and_wait(&mut serve)?;
        println!("{ready}");
        Ok(running)
    }

    /// Makes keys, an empty log, five agencies and their circle. A half-made county is made anew.
    fn found(&self) -> Result<(), XtaskError> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder).map_err(|source| XtaskError::File {
                path: self.folder.clone(),
                source,
            })?;
        }
        fs::create_dir_all(&self.folder).map_err(|source| XtaskError::File {
            path: self.folder.clone(),
            source,
        })?;
        run(&mut self.operator(&["init", "--issuer", &format!("http://{LISTEN}")]))?;
        let path = self.samples.join("agencies.json");
        for agency in Agency::all_in(&read(&path)?) {
            let folder = self.folder.join(&agency.kind);
            run(Command::new(&self.assent)
                .args(["agency", "init"])
                .args(agency.words())
                .arg("--dir")
                .arg(&folder))?;
            run(self
                .operator(&["agency", "add"])
                .arg(folder.join("registry-entry.json")))?;
        }
        run(self
            .operator(&["circle", "add"])
            .arg(self.samples.join("circle.json")))
    }

    fn operator(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.verifier);
        command
            .args(words)
            .arg("--data")
            .arg(self.folder.join("verifier"));
        command
    }
}

/// An agency of the samples, as far as its own `agency init` asks.
#[derive(Debug, PartialEq, Eq)]
struct Agency {
    id: String,
    name: String,
    name_cy: String,
    kind: String,
    privacy_url: String,
}

impl Agency {
    fn all_in(county: &Value) -> Vec<Self> {
        let agencies = county.get("agencies").and_then(Value::as_array);
        agencies.into_iter().flatten().map(Self::of).collect()
    }

    fn of(agency: &Value) -> Self {
        let text = |pointer: &str| {
            agency
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Self {
            id: text("/id"),
            name: text("/name/en"),
            name_cy: text("/name/cy"),
            kind: text("/kind"),
            privacy_url: text("/privacy_url"),
        }
    }

    fn words(&self) -> Vec<String> {
        let pairs = [
            ("--id", self.id.clone()),
            ("--name", self.name.clone()),
            ("--name-in", format!("cy={}", self.name_cy)),
            ("--kind", self.kind.clone()),
            ("--privacy-url", self.privacy_url.clone()),
        ];
        pairs
            .into_iter()
            .flat_map(|(name, value)| [name.to_owned(), value])
            .collect()
    }
}

fn read(path: &Path) -> Result<Value, XtaskError> {
    let failed = |source| XtaskError::File {
        path: path.to_path_buf(),
        source,
    };
    let text = fs::read(path).map_err(failed)?;
    serde_json::from_slice(&text).map_err(|error| failed(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_have_all_that_agency_init_asks_for() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .unwrap();
        let county = read(&root.join("samples").join("county").join("agencies.json")).unwrap();
        let agencies = Agency::all_in(&county);
        assert_eq!(agencies.len(), 5);
        let whole = |agency: &Agency| {
            let empty = |word: &String| word.is_empty() || word == "cy=";
            agency.id.starts_with("https://") && !agency.words().iter().any(empty)
        };
        assert!(agencies.iter().all(whole), "{agencies:?}");
    }

    #[test]
    fn a_county_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&folder.path().join("agencies.json")).is_err());
    }
}
