//! The sample county: its verifier, made once and kept between runs, and a request of one of its agencies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{Running, answer, run_quietly, start_and_wait};

/// The request that waits for whoever tries the wallet.
const REQUEST: &str = "fire-safety-visit";
/// The person whose data whoever tries the wallet may bring in: the one of the README.
const RESIDENT: &str = "gwenllian-probert.vcf";
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
            println!("Making the sample county: a verifier, five agencies and their circle.");
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

    /// The verifier's address.
    pub(crate) fn url() -> String {
        format!("http://{LISTEN}")
    }

    /// Where somebody who tries it has a wallet of their own, apart from their real one.
    pub(crate) fn wallet(&self) -> PathBuf {
        self.folder.join("wallet")
    }

    /// A person of the sample county, to be brought in.
    pub(crate) fn resident(&self) -> PathBuf {
        self.samples.join("residents").join(RESIDENT)
    }

    /// A sample request, signed now by its agency: the link that a person would get. It is good for a day.
    ///
    /// # Errors
    /// When the sample cannot be read, or the program refuses.
    pub(crate) fn request(&self) -> Result<String, XtaskError> {
        let path = self
            .samples
            .join("requests")
            .join(format!("{REQUEST}.json"));
        let asked = read(&path)?;
        let agencies = Agency::all_in(&read(&self.samples.join("agencies.json"))?);
        let asking = asked.get("agency").and_then(Value::as_str);
        let asking = agencies
            .iter()
            .find(|agency| Some(agency.id.as_str()) == asking);
        let asking = asking.ok_or(XtaskError::NotHere { path })?;
        let folder = self.folder.join(&asking.kind);
        let mut request = Command::new(&self.assent);
        request
            .args(["agency", "request", "--json", "--dir"])
            .arg(&folder);
        for (language, text) in notices(&asked) {
            let file = folder.join(format!("{REQUEST}.{language}.txt"));
            fs::write(&file, text).map_err(|source| XtaskError::File {
                path: file.clone(),
                source,
            })?;
            request
                .arg("--notice")
                .arg(format!("{language}={}", file.display()));
        }
        let said = answer(request.args(terms(&asked)))?;
        let link = said.get("link").and_then(Value::as_str).unwrap_or_default();
        Ok(link.to_owned())
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
        run_quietly(&mut self.operator(&["init", "--issuer", &format!("http://{LISTEN}")]))?;
        let path = self.samples.join("agencies.json");
        for agency in Agency::all_in(&read(&path)?) {
            let folder = self.folder.join(&agency.kind);
            run_quietly(
                Command::new(&self.assent)
                    .args(["agency", "init"])
                    .args(agency.words())
                    .arg("--dir")
                    .arg(&folder),
            )?;
            run_quietly(
                self.operator(&["agency", "add"])
                    .arg(folder.join("registry-entry.json")),
            )?;
        }
        run_quietly(
            self.operator(&["circle", "add"])
                .arg(self.samples.join("circle.json")),
        )
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

/// What a sample request asks, as the words of `assent agency request`.
fn terms(asked: &Value) -> Vec<String> {
    let text = |pointer: &str| asked.pointer(pointer).and_then(Value::as_str);
    let single = [
        ("--purpose", text("/purpose")),
        ("--until", text("/max_duration")),
        ("--retention", text("/retention")),
        ("--jurisdiction", text("/jurisdiction")),
        ("--notice-version", text("/notice/version")),
    ];
    let single = single
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let several = [
        ("--data", "data"),
        ("--required", "required"),
        ("--action", "actions"),
    ];
    let several = several.into_iter().flat_map(|(name, member)| {
        let values = asked
            .get(member)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        values.filter_map(move |value| Some((name, value.as_str()?)))
    });
    let mut words: Vec<String> = single
        .chain(several)
        .flat_map(|(name, value)| [name.to_owned(), value.to_owned()])
        .collect();
    if asked.get("on_incident") == Some(&Value::Bool(true)) {
        words.push("--on-incident".to_owned());
    }
    words
}

fn notices(asked: &Value) -> impl Iterator<Item = (&String, &str)> {
    let texts = asked.pointer("/notice/texts").and_then(Value::as_object);
    let texts = texts.into_iter().flatten();
    texts.filter_map(|(language, text)| Some((language, text.as_str()?)))
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
    fn the_person_to_bring_in_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = root.ancestors().nth(2).unwrap();
        assert!(
            folder
                .join("samples/county/residents")
                .join(RESIDENT)
                .is_file()
        );
    }

    #[test]
    fn the_sample_request_is_whole() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = root
            .ancestors()
            .nth(2)
            .unwrap()
            .join("samples/county/requests");
        let asked = read(&folder.join(format!("{REQUEST}.json"))).unwrap();
        let words = terms(&asked);
        for name in [
            "--purpose",
            "--until",
            "--retention",
            "--data",
            "--required",
        ] {
            assert!(words.iter().any(|word| word == name), "{name}");
        }
        assert_eq!(notices(&asked).count(), 2);
        let circle = asked.get("circle").is_some_and(|circle| !circle.is_null());
        assert!(!circle, "a request to a circle needs words of its own");
    }

    #[test]
    fn a_county_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&folder.path().join("agencies.json")).is_err());
    }
}
