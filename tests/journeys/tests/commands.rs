//! Every command line of the three programs, as `commands/*.txt` write them down: exit code, what is printed,
//! JSON where `--json` asks for it, and failures of two lines. The files run in order, in one folder, against
//! one verifier.
//!
//! A step begins with `$` and the words, single quotes around what has spaces. Below it: `=` the exit code (0
//! where it is left out), `?` what the output has, `!` what it has not, `:` a name for the output or, with a
//! JSON pointer, for a part of it; `{NAME}` stands for it from then on. `-` stops the verifier.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the finding"
)]

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use journeys::{Said, Verifier, program, root, run};

struct World<'a> {
    folder: &'a Path,
    names: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl World<'_> {
    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.names {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    fn run(&self, line: &str) -> Said {
        let words = words(&self.filled(line));
        let mut command = Command::new(program(&words[0]));
        command
            .args(&words[1..])
            .current_dir(self.folder)
            .env("ASSENT_PASSPHRASE", "seven quiet otters build a weir")
            .env("TZ", "UTC");
        run(&mut command)
    }

    fn hold(&mut self, holds: bool, what: &str, shown: &str) {
        if !holds {
            self.faults.push(format!("{what}\n{shown}"));
        }
    }

    /// One step: the command and what is said about it.
    fn step(&mut self, line: &str, notes: &[&str], place: &str) {
        let said = self.run(line);
        let wanted = notes.iter().find_map(|note| note.strip_prefix("= "));
        let wanted: i32 = wanted.map_or(0, |code| code.parse().unwrap());
        let shown = format!("{place}: {line}\nexit {}\n{}\n", said.exit, said.text);
        self.hold(said.exit == wanted, "another exit code", &shown);
        let of_clap = said.text.starts_with("error: ");
        if line.contains(" --json") {
            self.hold(!said.json.is_null(), "not JSON and nothing else", &shown);
        } else if said.exit == 3 || (said.exit == 2 && !of_clap) {
            let two = said.text.lines().count() == 2;
            self.hold(
                two,
                "not what happened and what to do, in two lines",
                &shown,
            );
        }
        for note in notes {
            let (kind, rest) = note.split_at(1);
            let rest = self.filled(rest.trim());
            match kind {
                "?" => self.hold(said.text.contains(&rest), &format!("no {rest:?}"), &shown),
                "!" => self.hold(!said.text.contains(&rest), &rest, &shown),
                ":" => self.keep(&rest, &said, &shown),
                _ => {}
            }
        }
    }

    fn keep(&mut self, name: &str, said: &Said, shown: &str) {
        let (name, value) = match name.split_once(' ') {
            None => (name, Some(said.text.clone())),
            Some((name, pointer)) => {
                let part = said.json.pointer(pointer);
                let text = part.map(|part| part.as_str().map_or(part.to_string(), str::to_owned));
                (name, text)
            }
        };
        self.hold(value.is_some(), &format!("nothing to call {name}"), shown);
        self.names
            .insert(name.to_owned(), value.unwrap_or_default());
    }
}

/// Words as a shell would cut them, with single quotes only.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in line.split('\'').enumerate() {
        if place % 2 == 0 {
            words.extend(part.split_whitespace().map(str::to_owned));
        } else {
            words.push(part.to_owned());
        }
    }
    words
}

#[test]
fn every_command_does_as_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("en.txt"), "We would like to visit.\n").unwrap();
    fs::write(folder.path().join("cy.txt"), "Hoffem ymweld.\n").unwrap();
    fs::write(folder.path().join("half.json"), "{").unwrap();
    let mut verifier = Some(Verifier::start(folder.path()));
    let served = verifier.as_ref().unwrap();
    let names = [
        ("url", served.url.clone()),
        ("data", served.data.to_str().unwrap().to_owned()),
        ("vkey", served.log_vkey.clone()),
        (
            "county",
            root().join("samples/county").to_str().unwrap().to_owned(),
        ),
    ];
    let mut world = World {
        folder: folder.path(),
        names: names.map(|(name, value)| (name.to_owned(), value)).into(),
        faults: Vec::new(),
    };
    let here = root().join("tests/journeys/commands");
    let mut files: Vec<_> = fs::read_dir(here)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut steps = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let place = format!("{}:{}", file.display(), number + 1);
            if line.starts_with('-') {
                verifier = None;
            } else if let Some(line) = line.strip_prefix("$ ") {
                let notes = lines[number + 1..].iter().copied();
                let notes: Vec<&str> = notes
                    .take_while(|note| note.starts_with(['=', '?', '!', ':']))
                    .collect();
                world.step(line, &notes, &place);
                steps += 1;
            }
        }
    }
    assert!(
        steps > 90 && verifier.is_none(),
        "the files are read to their end"
    );
}
