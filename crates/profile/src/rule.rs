//! Whom an offer is for (PROTOCOL section 12): a small rule over data paths, evaluated on the person's own
//! device and nowhere else. It is total and bounded: at most 32 nodes, at most 4 deep, no loops; a node that
//! is not known makes the whole rule unusable.

mod words;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use crate::{Path, Profile};

/// Nodes of a rule at most.
pub const MAX_NODES: usize = 32;
/// Nodes above each other at most.
pub const MAX_DEPTH: usize = 4;
/// Entries of a list of postcodes at most.
const MAX_PREFIXES: usize = 64;

/// A rule that can be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule(Node);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Has(Path),
    Code(Vec<CodePart>),
    Age(Age),
    Area(Vec<String>),
    During(During),
}

/// The path first, then the codes, as in `["code", path, code, …]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum CodePart {
    Path(Path),
    Code(String),
}

/// Whole years, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Age {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<u16>,
}

/// Days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct During {
    from: Date,
    to: Date,
}

/// Why a rule cannot be used. Its author mends it; nobody evaluates it meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// More than 32 nodes.
    #[error("a rule has at most {MAX_NODES} nodes")]
    TooLarge,
    /// More than 4 nodes above each other.
    #[error("a rule is at most {MAX_DEPTH} nodes deep")]
    TooDeep,
    /// Not a node of this version, or with another content than it takes.
    #[error("a rule has a node that is not known: {0}")]
    UnknownNode(String),
}

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// [`RuleError`].
    pub fn parse(value: &Value) -> Result<Self, RuleError> {
        let mut nodes = 0;
        node(value, 1, &mut nodes).map(Rule)
    }

    /// Whether the rule fits what is written down, on that day. What is not written down fits nothing but `not`.
    #[must_use]
    pub fn fits(&self, profile: &Profile, today: Date) -> bool {
        self.0.fits(profile, today)
    }

    /// The rule as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        serde_json::to_value(&self.0).expect("paths, texts and dates are plain JSON")
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Rule::parse(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

fn node(value: &Value, depth: usize, nodes: &mut usize) -> Result<Node, RuleError> {
    *nodes += 1;
    if *nodes > MAX_NODES {
        return Err(RuleError::TooLarge);
    }
    if depth > MAX_DEPTH {
        return Err(RuleError::TooDeep);
    }
    let (name, content) = only_member(value).ok_or_else(|| unknown("a node has one member"))?;
    let strange = || unknown(name);
    Ok(match name {
        "all" => Node::All(list(content, depth, nodes, name)?),
        "any" => Node::Any(list(content, depth, nodes, name)?),
        "not" => Node::Not(Box::new(node(content, depth + 1, nodes)?)),
        "has" => Node::Has(
            text(content)
                .and_then(|path| path.parse().ok())
                .ok_or_else(strange)?,
        ),
        "code" => Node::Code(codes(content).ok_or_else(strange)?),
        "age" => Node::Age(age(content).ok_or_else(strange)?),
        "area" => Node::Area(prefixes(content).ok_or_else(strange)?),
        "during" => Node::During(during(content).ok_or_else(strange)?),
        other => return Err(unknown(other)),
    })
}

fn unknown(name: &str) -> RuleError {
    RuleError::UnknownNode(name.chars().take(40).collect())
}

fn only_member(value: &Value) -> Option<(&str, &Value)> {
    let members: &Map<String, Value> = value.as_object()?;
    let (name, content) = members.iter().next()?;
    (members.len() == 1).then_some((name, content))
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn list(
    content: &Value,
    depth: usize,
    nodes: &mut usize,
    name: &str,
) -> Result<Vec<Node>, RuleError> {
    let items = content.as_array().filter(|items| !items.is_empty());
    let items = items.ok_or_else(|| unknown(name))?;
    items
        .iter()
        .map(|item| node(item, depth + 1, nodes))
        .collect()
}

fn codes(content: &Value) -> Option<Vec<CodePart>> {
    let items = content.as_array()?;
    let (path, codes) = items.split_first()?;
    let path: Path = text(path)?.parse().ok()?;
    let is_short = (1..MAX_NODES).contains(&codes.len());
    let codes = codes
        .iter()
        .map(|code| Some(CodePart::Code(text(code)?.to_owned())));
    let parts = std::iter::once(Some(CodePart::Path(path))).chain(codes);
    is_short.then(|| parts.collect()).flatten()
}

fn age(content: &Value) -> Option<Age> {
    let age: Age = serde_json::from_value(content.clone()).ok()?;
    let ordered = match (age.min, age.max) {
        (None, None) => false,
        (Some(min), Some(max)) => min <= max,
        _ => true,
    };
    ordered.then_some(age)
}

fn prefixes(content: &Value) -> Option<Vec<String>> {
    let items = content.as_array()?;
    let prefixes = items.iter().map(|item| {
        let prefix = plain(text(item)?);
        (!prefix.is_empty()).then_some(prefix)
    });
    (1..=MAX_PREFIXES)
        .contains(&items.len())
        .then(|| prefixes.collect())
        .flatten()
}

fn during(content: &Value) -> Option<During> {
    let during: During = serde_json::from_value(content.clone()).ok()?;
    (during.from <= during.to).then_some(during)
}

impl Node {
    fn fits(&self, profile: &Profile, today: Date) -> bool {
        match self {
            Node::All(nodes) => nodes.iter().all(|node| node.fits(profile, today)),
            Node::Any(nodes) => nodes.iter().any(|node| node.fits(profile, today)),
            Node::Not(node) => !node.fits(profile, today),
            Node::Has(path) => profile.has(path),
            Node::Code(parts) => has_code(profile, parts),
            Node::Age(age) => years(profile, today).is_some_and(|years| age.holds(years)),
            Node::Area(prefixes) => postcode(profile).is_some_and(|code| {
                prefixes
                    .iter()
                    .any(|prefix| code.starts_with(prefix.as_str()))
            }),
            Node::During(during) => (during.from..=during.to).contains(&today),
        }
    }
}

impl Age {
    fn holds(self, years: i16) -> bool {
        let years = u16::try_from(years).unwrap_or(0);
        self.min.is_none_or(|min| years >= min) && self.max.is_none_or(|max| years <= max)
    }
}

fn has_code(profile: &Profile, parts: &[CodePart]) -> bool {
    let [CodePart::Path(path), wanted @ ..] = parts else {
        return false;
    };
    let held = profile.codes(path);
    wanted
        .iter()
        .any(|part| matches!(part, CodePart::Code(code) if held.contains(code)))
}

/// Whole years, where at least the year of birth is written down; of a year alone, the fewest it can be.
fn years(profile: &Profile, today: Date) -> Option<i16> {
    let path: Path = "identity.birth_date".parse().ok()?;
    let value = profile.value(&path)?;
    let mut parts = value.as_str()?.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: i8 = parts
        .next()
        .and_then(|part| part.parse().ok())
        .unwrap_or(12);
    let day: i8 = parts
        .next()
        .and_then(|part| part.parse().ok())
        .unwrap_or(31);
    let had_birthday = (today.month(), today.day()) >= (month, day);
    Some(today.year() - year - i16::from(!had_birthday))
}

fn postcode(profile: &Profile) -> Option<String> {
    let path: Path = "home.address".parse().ok()?;
    let value = profile.value(&path)?;
    Some(plain(value.get("postcode")?.as_str()?))
}

/// Capitals without spaces: how postcodes are compared.
fn plain(postcode: &str) -> String {
    let kept = postcode.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests;
