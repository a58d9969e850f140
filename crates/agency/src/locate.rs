//! Who may be calling, and from where: the locators of sealed shares, kept by the agency itself so that the
//! verifier never hears of a call. They hold telephone numbers and addresses, and are for the owner of the
//! agency's folder alone; they go when the consent is paused, ends or is taken back.

use std::{collections::BTreeMap, path::PathBuf};

use consent_token::{
    id::{Jti, UnixSeconds},
    key::Thumbprint,
};
use protocol::share::Share;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{AgencyError, Identity, files};

const FILE: &str = "locators.json";

/// A word of an address must be at least this alike (Jaro-Winkler; 1 is the same): one slip in four letters.
const ALIKE: f64 = 0.82;

/// The local index.
#[derive(Debug)]
pub struct Locators {
    dir: PathBuf,
    kept: BTreeMap<Jti, Locator>,
}

/// One person's locator.
#[derive(Clone, Serialize, Deserialize)]
struct Locator {
    holder: Thumbprint,
    until: UnixSeconds,
    revision: u64,
    fields: Map<String, Value>,
}

/// A grant that may be the caller's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// The grant that can be opened for an incident.
    pub grant: Jti,
    /// How alike, from 0 to 1.
    pub score: f64,
    /// What matched: `contact.phone` or `home.address`.
    pub by: &'static str,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Call<'a> {
    /// The caller's number.
    Phone(&'a str),
    /// The place, as it was understood on the telephone.
    Address(&'a str),
}

impl Locators {
    /// Reads the index in the agency's folder.
    ///
    /// # Errors
    /// [`AgencyError::File`] and [`AgencyError::Damaged`].
    pub fn open(agency: &Identity) -> Result<Self, AgencyError> {
        let dir = agency.dir().to_owned();
        let kept = files::read_json(&dir.join(FILE))?.unwrap_or_default();
        Ok(Locators { dir, kept })
    }

    /// Keeps a locator until its consent ends.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn keep(
        &mut self,
        grant: Jti,
        holder: Thumbprint,
        until: UnixSeconds,
        share: Share,
    ) -> Result<(), AgencyError> {
        let locator = Locator {
            holder,
            until,
            revision: share.revision,
            fields: share.fields,
        };
        self.change(|kept| {
            kept.insert(grant, locator);
            true
        })
    }

    /// Forgets a grant's locator.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn forget(&mut self, grant: &Jti) -> Result<(), AgencyError> {
        self.change(|kept| kept.remove(grant).is_some())
    }

    /// Whether the locator of that revision, or a later one, is here.
    #[must_use]
    pub fn has(&self, grant: &Jti, revision: u64) -> bool {
        self.kept
            .get(grant)
            .is_some_and(|kept| kept.revision >= revision)
    }

    /// What is kept of a grant: the fields that match a call to a person.
    #[must_use]
    pub fn held(&self, grant: &Jti) -> Option<&Map<String, Value>> {
        self.kept.get(grant).map(|kept| &kept.fields)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The grants that may be the caller's, the likeliest first.
    #[must_use]
    pub fn find(&self, call: Call<'_>, now: UnixSeconds) -> Vec<Match> {
        let current = self.kept.iter().filter(|(_, locator)| now < locator.until);
        let mut found: Vec<Match> = current
            .filter_map(|(grant, locator)| {
                let (score, by) = locator.score(call)?;
                Some(Match {
                    grant: *grant,
                    score,
                    by,
                })
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }

    /// How many people have allowed this agency to open something at a place, before any name is asked.
    #[must_use]
    pub fn count(&self, call: Call<'_>, now: UnixSeconds) -> usize {
        let people: std::collections::BTreeSet<Thumbprint> = self
            .find(call, now)
            .iter()
            .filter_map(|found| self.kept.get(&found.grant))
            .map(|locator| locator.holder)
            .collect();
        people.len()
    }

    /// Changes what is kept as it is now, whoever else works in the folder; `change` says whether it did.
    fn change(
        &mut self,
        change: impl FnOnce(&mut BTreeMap<Jti, Locator>) -> bool,
    ) -> Result<(), AgencyError> {
        let _alone = files::lock(&self.dir)?;
        let path = self.dir.join(FILE);
        self.kept = files::read_json(&path)?.unwrap_or_default();
        match change(&mut self.kept) {
            true => files::write_private_json(&path, &self.kept),
            false => Ok(()),
        }
    }
}

impl Locator {
    fn score(&self, call: Call<'_>) -> Option<(f64, &'static str)> {
        match call {
            Call::Phone(number) => {
                let wanted = digits(number)?;
                let same = self
                    .phones()
                    .any(|own| digits(&own).as_ref() == Some(&wanted));
                same.then_some((1.0, "contact.phone"))
            }
            Call::Address(text) => {
                let score = alike(&plain(text), &plain(&self.address()?));
                (score > 0.0).then_some((score, "home.address"))
            }
        }
    }

    fn phones(&self) -> impl Iterator<Item = String> {
        let value = self.fields.get("contact.phone");
        let listed = value.and_then(Value::as_array).into_iter().flatten();
        listed.filter_map(|phone| Some(phone.get("number")?.as_str()?.to_owned()))
    }

    /// Every word of the address, in the order in which the profile has them.
    fn address(&self) -> Option<String> {
        let address = self.fields.get("home.address")?.as_object()?;
        let texts = |value: &Value| match value {
            Value::String(text) => vec![text.clone()],
            Value::Array(lines) => lines
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        Some(
            address
                .values()
                .flat_map(texts)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }
}

/// A number's last nine digits: what is left of it in every country's way to write it, trunk prefix and
/// country code apart. None where it is too short to tell people apart.
fn digits(number: &str) -> Option<String> {
    let all: String = number.chars().filter(char::is_ascii_digit).collect();
    all.get(all.len().checked_sub(9)?..).map(str::to_owned)
}

/// Lower-case words without punctuation and marks, so that Tŷ and Ty are the same.
fn plain(text: &str) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let bare: String = text
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    bare.split_whitespace().map(str::to_owned).collect()
}

/// How well every word of what was asked finds its like in the address, whatever the order; 0 where one has
/// none. Numbers have to be the same: number 3 is not number 8.
fn alike(asked: &[String], address: &[String]) -> f64 {
    let scores: Vec<f64> = asked.iter().map(|word| best(word, address)).collect();
    if scores.is_empty() || scores.iter().any(|score| *score < ALIKE) {
        return 0.0;
    }
    let count = f64::from(u32::try_from(scores.len()).unwrap_or(u32::MAX));
    scores.iter().sum::<f64>() / count
}

fn best(word: &str, address: &[String]) -> f64 {
    if word.chars().any(|c| c.is_ascii_digit()) {
        return if address.iter().any(|own| own == word) {
            1.0
        } else {
            0.0
        };
    }
    let scores = address.iter().map(|own| strsim::jaro_winkler(word, own));
    scores.fold(0.0, f64::max)
}

impl std::fmt::Debug for Locator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Locator(until {})", self.until)
    }
}

#[cfg(test)]
mod tests;
